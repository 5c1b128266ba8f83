//! Releases: what was released is still there as it was, and can be asked for.

#![cfg(feature = "released")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rhetor::{Annotator, BuildError, Lexicon, Lock, Source};

const LOCK: &str = include_str!("../lexicons/released/lock.toml");

fn lock() -> Lock {
    Lock::from_toml(LOCK).unwrap_or_else(|error| panic!("lock.toml: {error}"))
}

/// Every release, by id and version.
fn released() -> BTreeSet<(String, String, String)> {
    let lock = lock();
    let files = lock.shelves().iter().flat_map(|shelf| &shelf.files);
    files.map(|file| (file.id.clone(), file.version.clone(), file.fingerprint.clone())).collect()
}

fn is_lexicon(id: &str) -> bool {
    !id.ends_with("/language") && !id.ends_with("/inflection")
}

#[test]
fn the_lock_reads_back_as_it_is_written() {
    assert_eq!(lock().to_toml(), LOCK);
}

#[test]
fn every_release_is_in_the_crate_with_the_content_of_the_lock() {
    let all = released();
    assert!(all.len() >= 11);
    for (id, version, fingerprint) in &all {
        let path = Path::new("lexicons/released").join(id).join(format!("{version}.toml"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = match is_lexicon(id) {
            true => {
                let wanted = format!("{id}@{version}");
                assert!(Lexicon::bundled_versions(id).unwrap().contains(&version.parse().unwrap()), "{wanted}");
                Lexicon::bundled(&wanted).unwrap_or_else(|error| panic!("{error}")).source()
            }
            false => Source::of_rules(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        };
        assert_eq!((&found.id, &found.version, &found.fingerprint), (id, version, fingerprint));
    }
}

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn nothing_lies_there_that_was_not_released() {
    let mut found = Vec::new();
    files(Path::new("lexicons/released"), &mut found);
    assert_eq!(found.len(), released().iter().map(|(id, version, _)| (id, version)).collect::<BTreeSet<_>>().len() + 1);
}

#[test]
fn a_version_has_one_content() {
    let all = released();
    let versions: BTreeSet<_> = all.iter().map(|(id, version, _)| (id, version)).collect();
    assert_eq!(versions.len(), all.len(), "a version was released twice with different content");
}

#[test]
fn a_requirement_takes_the_highest_that_fits() {
    let versions = Lexicon::bundled_versions("en/euphemism").unwrap();
    let highest = versions.last().unwrap();
    for wanted in ["en/euphemism", "en/euphemism@^1", "en/euphemism@1", "en/euphemism@>=1.0.0, <2"] {
        assert_eq!(Lexicon::bundled(wanted).unwrap().version(), highest, "{wanted}");
    }
    for wanted in ["en/euphemism@1.0.0", "en/euphemism@=1.0.0"] {
        assert_eq!(Lexicon::bundled(wanted).unwrap().version().to_string(), "1.0.0", "{wanted}");
    }
}

#[test]
fn what_does_not_exist_names_what_does() {
    for (wanted, said) in [
        ("en/euphemism@7.0.0", "there is no \"en/euphemism@7.0.0\"; of en/euphemism there are: 1.0.0"),
        ("en/euphemism@^0.9", "there is no \"en/euphemism@^0.9\"; of en/euphemism there are: 1.0.0"),
        ("en/eufemism@1.0.0", "no bundled lexicon is called \"en/eufemism\"; there are: en/names, "),
        ("en/euphemism@one", "\"one\" is no version"),
    ] {
        let error = Lexicon::bundled(wanted).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_release_brings_what_it_was_released_with() {
    let pinned = Lexicon::bundled("en/euphemism@1.0.0").unwrap();
    let annotator = Annotator::builder().lexicon(pinned).build().unwrap();
    for source in annotator.sources() {
        let with = lock().shelf("en/euphemism", "1.0.0").and_then(|shelf| shelf.file(&source.id)).cloned();
        assert_eq!(with.as_ref(), Some(source));
    }
    assert!(annotator.sources().iter().any(|source| source.id == "en/inflection"));
}

const TEXT: &str = "Officials say the raid caused collateral damage. The Pentagon denies it.";

#[test]
fn a_record_can_be_made_again() {
    let first = Lexicon::bundled("en/euphemism@1.0.0").unwrap();
    for builder in [Annotator::builder(), Annotator::builder().all_devices(), Annotator::builder().lexicon(first)] {
        let stored = builder.build().unwrap().annotate(TEXT).to_record();
        let again = Annotator::builder().reproduce(&stored).unwrap().build().unwrap().annotate(TEXT).to_record();
        assert_eq!(again, stored);
    }
}

#[test]
fn a_record_that_cannot_be_made_again_says_why() {
    let stored = Annotator::bundled().annotate(TEXT).to_record();
    let fails = |change: &dyn Fn(&mut Source), id: &str| {
        let mut record = stored.clone();
        change(record.lexicons.iter_mut().find(|source| source.id == id).unwrap());
        let error = Annotator::builder().reproduce(&record).unwrap_err();
        assert!(!matches!(error, BuildError::SameId(_)));
        error.to_string()
    };
    let other = |source: &mut Source| source.fingerprint = "0".repeat(64);
    let newer = |source: &mut Source| source.version = "7.0.0".to_owned();
    let house = |source: &mut Source| source.id = "house/words".to_owned();
    for id in ["en/reporting", "en/language"] {
        assert!(fails(&other, id).contains("fingerprints differ"), "{id}");
    }
    assert!(fails(&newer, "en/reporting").contains("of en/reporting there are: 1.0.0"));
    assert!(fails(&newer, "en/inflection").contains("no version 7.0.0 of en/inflection"));
    assert!(fails(&house, "en/names").contains("house/words 1."));
    let unused = Lexicon::bundled("en/passive-voice").unwrap();
    let error = Annotator::builder().lexicon(unused).reproduce(&stored).unwrap_err().to_string();
    assert!(error.contains("en/passive-voice") && error.contains("made without it"), "{error}");
}
