//! Releases kept, and results made again.

use std::fs;

use super::{said, written, Place, HOUSE};

const TEXT: &str = "Café: no plans at this point in time.\n";

/// A place where the house lexicon was released.
fn released() -> Place {
    let place = Place::new();
    assert_eq!(
        written(&mut place.rhetor("lexicon release --to released house.toml"), 0),
        "released: house/plain-words 1.2.0\n"
    );
    place
}

#[test]
fn a_release_is_a_copy_and_a_fingerprint() {
    let place = released();
    let copy = fs::read_to_string(place.path("released/house/plain-words/1.2.0.toml")).expect("a copy");
    assert_eq!(copy, HOUSE);
    let lock = fs::read_to_string(place.path("released/lock.toml")).expect("a lock file");
    assert!(lock.contains("{ id = \"house/plain-words\", version = \"1.2.0\", fingerprint = \""), "{lock}");
    let again = written(&mut place.rhetor("lexicon release --to released house.toml"), 0);
    assert_eq!(again, "nothing new: every file was released as it is\n");
    assert_eq!(fs::read_to_string(place.path("released/lock.toml")).expect("a lock file"), lock);
}

#[test]
fn what_was_released_does_not_change() {
    let place = released();
    let path = "released/house/plain-words/1.2.0.toml";
    place.file(path, HOUSE.replace("gloss = \"now\"", "gloss = \"today\""));
    let wrong = said(&mut place.rhetor("lexicon release --check --to released house.toml"), 1);
    assert!(wrong.contains("1.2.0.toml: was changed after its release"), "{wrong}");
    // Layout is no content.
    place.file(path, HOUSE.replace("\n\n", "\n"));
    place.rhetor("lexicon release --check --to released house.toml").assert().code(0);
    fs::remove_file(place.path(path)).expect("it was there");
    place.rhetor("lexicon release --check --to released house.toml").assert().code(1);
}

#[test]
fn changed_content_needs_a_new_version() {
    let place = released();
    let changed = HOUSE.replace("gloss = \"now\"", "gloss = \"today\"");
    place.file("house.toml", &changed);
    for (args, code) in [("--check", 1), ("", 2)] {
        let wrong = said(&mut place.rhetor(&format!("lexicon release {args} --to released house.toml")), code);
        assert!(wrong.contains("house.toml: house/plain-words 1.2.0 was released with other content"), "{wrong}");
    }
    place.file("house.toml", changed.replace("1.2.0", "1.2.1"));
    let check = written(&mut place.rhetor("lexicon release --check --to released house.toml"), 0);
    assert_eq!(check, "not yet released: house/plain-words 1.2.1\n");
    assert!(!place.path("released/house/plain-words/1.2.1.toml").exists());
    place.rhetor("lexicon release --to released house.toml").assert().code(0);
    assert!(place.path("released/house/plain-words/1.2.1.toml").exists());
}

#[test]
fn the_new_version_has_to_say_as_much_as_the_change() {
    let place = released();
    let removed = HOUSE.replace("match = [\"a <few> of\"]", "match = [\"a handful of\"]");
    for (version, said_of) in [
        ("1.2.1", Some("calls for a major version")),
        ("1.3.0", Some("calls for a major version")),
        ("1.1.0", Some("1.2.0 was released")),
        ("2.0.0", None),
    ] {
        place.file("house.toml", removed.replace("1.2.0", version));
        let mut command = place.rhetor("lexicon release --check --to released house.toml");
        match said_of {
            Some(wanted) => {
                let wrong = said(&mut command, 1);
                assert!(wrong.contains(wanted), "{version}: {wrong}");
            }
            None => drop(command.assert().code(0)),
        }
    }
}

#[test]
fn a_lexicon_with_faults_is_not_released() {
    let place = Place::new();
    place.file("house.toml", HOUSE.replace("[absolutely must]", "absolutely [must]"));
    let wrong = said(&mut place.rhetor("lexicon release --to released house.toml"), 2);
    assert!(wrong.contains("the example is tagged as [\"absolutely must\"]"), "{wrong}");
    assert!(!place.path("released").exists());
}

#[test]
fn what_is_bundled_keeps_to_its_releases() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let place = Place::new();
    let files =
        fs::read_dir(format!("{root}/lexicons/en")).expect("the lexicons").map(|file| file.expect("a file").path());
    let files: Vec<String> = files.map(|path| path.display().to_string()).collect();
    let mut command = place.rhetor("lexicon release --check");
    command.arg("--to").arg(format!("{root}/lexicons/released")).args(files);
    command.assert().code(0);
}

#[test]
fn a_result_is_made_again_byte_for_byte() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("b.txt", "A handful of plans.");
    for (format, texts) in [("json", "a.txt"), ("jsonl", "a.txt b.txt"), ("json", "a.txt b.txt")] {
        let then = written(&mut place.annotate(&format!("--format {format} --offsets chars {texts}")), 0);
        place.file("then", &then);
        let again = format!("annotate --reproduce then --lexicon house.toml --format {format} {texts}");
        assert_eq!(written(&mut place.rhetor(&again), 0), then);
    }
}

#[test]
fn a_result_that_cannot_be_made_again_says_why() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("then.json", written(&mut place.annotate("--format json a.txt"), 0));
    let without = said(&mut place.rhetor("annotate --reproduce then.json a.txt"), 2);
    assert!(without.contains("the record was made with house/plain-words 1.2.0, which is not to be had"), "{without}");
    place.file("house.toml", HOUSE.replace("gloss = \"now\"", "gloss = \"today\""));
    let changed = said(&mut place.rhetor("annotate --reproduce then.json --lexicon house.toml a.txt"), 2);
    assert!(changed.contains("house/plain-words 1.2.0, but its content is another"), "{changed}");
    let nothing = said(&mut place.rhetor("annotate --reproduce house.toml a.txt"), 2);
    assert!(nothing.contains("house.toml: no result of `rhetor annotate --format json`"), "{nothing}");
}
