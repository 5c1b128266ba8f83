//! Every fault that a lexicon file can have, by the table of cases: what is said of it and where.

#![cfg(feature = "bundled")]

mod support;

use std::path::{Path, PathBuf};

use rhetor::{check, Annotator, BuildError, Fault, Lexicon, Severity};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What stands before every `body`.
    head: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// A whole file,
    file: Option<String>,
    /// or what comes behind the head; lines are counted from its first,
    body: Option<String>,
    /// or the one pattern of an entry `x`, in line 3 from column 11, as a basic string.
    pattern: Option<String>,
    /// Every fault, in order: line, column, entry and message.
    faults: Vec<String>,
}

impl Case {
    /// The file, and how many lines of it are not counted.
    fn file(&self, head: &str) -> (String, usize) {
        let body = match (&self.file, &self.body, &self.pattern) {
            (Some(file), None, None) => return (file.clone(), 0),
            (None, Some(body), None) => body.clone(),
            (None, None, Some(pattern)) => format!(
                "[[entry]]\nid = \"x\"\nmatch = [\"{pattern}\"]\nnote = \"Why.\"\nsince = \"1.0.0\"\nexamples = [\"[x]\"]\n"
            ),
            _ => panic!("{}: say one of file, body and pattern", self.name),
        };
        (format!("{head}{body}"), head.matches('\n').count())
    }
}

/// A file of this content, which no other test writes.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{name}.toml"));
    std::fs::write(&path, content).unwrap();
    path
}

/// The faults of form and those of meaning, as one look at the file gives them, warnings apart.
fn faults_of(path: &Path) -> Vec<Fault> {
    let (lexicon, mut faults) = Lexicon::from_path_with_faults(path).unwrap();
    if let Some(lexicon) = lexicon {
        // Reading the bundled lexicons takes time, and only those that use them need them.
        let alone = lexicon.uses().next().is_none() && lexicon.extends().is_none();
        match if alone { check_alone(lexicon) } else { check(lexicon) } {
            Ok(more) => faults.extend(more),
            // What cannot be tried because of its form has been said already.
            Err(error) => assert!(!faults.is_empty(), "{error}"),
        }
    }
    faults.retain(|fault| fault.severity() == Severity::Error);
    faults.sort_by_key(|fault| (fault.line(), fault.column()));
    faults.dedup();
    faults
}

/// As `check`, in a language of its own that is English but for its names.
fn check_alone(lexicon: Lexicon) -> Result<Vec<Fault>, BuildError> {
    Annotator::builder().language(support::english_without_names()).lexicon(lexicon).all_devices().check()
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/faults.toml")).unwrap();
    assert!(table.case.len() >= 45);
    let mut failed = 0;
    for (number, case) in table.case.iter().enumerate() {
        let (content, skipped) = case.file(&table.head);
        let path = file(&number.to_string(), content.as_bytes());
        let found: Vec<String> = faults_of(&path)
            .iter()
            .map(|fault| {
                assert_eq!(Path::new(fault.file()), path, "{}", case.name);
                let entry = fault.entry().map_or(String::new(), |entry| format!(", entry \"{entry}\""));
                format!("{}:{}{entry}: {}", fault.line() as isize - skipped as isize, fault.column(), fault.message())
            })
            .collect();
        if found != case.faults {
            failed += 1;
            eprintln!("{}:\n  want {:#?}\n  got  {found:#?}", case.name, case.faults);
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

#[test]
fn a_fault_is_shown_with_its_place() {
    let path = file("shown", include_str!("cases/faults/shown.toml").as_bytes());
    let shown: Vec<String> = faults_of(&path).iter().map(Fault::to_string).collect();
    let shown = shown.join("\n").replace(&path.display().to_string(), "shown.toml");
    assert_eq!(shown, include_str!("cases/faults/shown.txt").trim_end());
}

#[test]
fn a_file_of_other_bytes_than_utf8() {
    let path = file("latin1", b"schema = 1\ntitle = \"Caf\xe9\"\n");
    let error = Lexicon::from_path(&path).unwrap_err();
    assert_eq!(error.to_string(), format!("{}: not UTF-8 at byte 23; save the file as UTF-8", path.display()));
    assert!(error.faults().is_empty());
    assert!(Lexicon::from_path_with_faults(&path).is_err());
}

#[test]
fn a_missing_file() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults-missing.toml");
    let error = Lexicon::from_path(&path).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: ", path.display())), "{error}");
    assert!(Lexicon::from_path_with_faults(&path).is_err());
}

#[test]
fn an_unknown_bundled_lexicon() {
    let error = Lexicon::bundled("en/euphemisms").unwrap_err().to_string();
    assert!(error.starts_with("no bundled lexicon is called \"en/euphemisms\"; there are: "), "{error}");
    assert!(error.contains("en/euphemism,"), "{error}");
}

/// A lexicon without fault; `more` are lines for its head.
fn small(id: &str, more: &str) -> Lexicon {
    let file = format!(
        "schema = 1\nid = \"{id}\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"T\"\nlicense = \"CC0-1.0\"\n{more}\n\
         [[device]]\nid = \"d\"\ntitle = \"D\"\ndefinition = \"D.\"\n\
         [[entry]]\nid = \"x\"\nmatch = [\"x\"]\nnote = \"N.\"\nsince = \"1.0.0\"\nexamples = [\"[x]\"]\n"
    );
    Lexicon::from_toml(&format!("{id}.toml"), &file).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn lexicons_that_use_each_other() {
    let builder = Annotator::builder().without_bundled().all_devices();
    let builder = builder.lexicon(small("test/a", "use = [\"test/b\"]")).lexicon(small("test/b", "use = [\"test/a\"]"));
    let faults = builder.check().unwrap();
    let shown: Vec<String> = faults.iter().map(|f| f.to_string().lines().next().unwrap_or("").to_owned()).collect();
    assert_eq!(
        shown,
        [
            "test/a.toml:7:8: \"test/b\" uses \"test/a\" in turn; move what both need to a third lexicon",
            "test/b.toml:7:8: \"test/a\" uses \"test/b\" in turn; move what both need to a third lexicon",
        ]
    );
}

#[test]
fn two_lexicons_of_one_id() {
    let built = Annotator::builder().lexicon(small("test/a", "")).lexicon(small("test/a", "")).build();
    assert!(matches!(&built, Err(BuildError::SameId(id)) if id == "test/a"));
    assert_eq!(built.unwrap_err().to_string(), "two lexicons have the id \"test/a\"; give one of them another");
}

#[test]
fn faults_of_all_lexicons_come_at_once() {
    let bad = |id: &str| small(id, "use = [\"no/such\"]");
    let error = Annotator::builder().lexicon(bad("test/a")).lexicon(bad("test/b")).build().unwrap_err().to_string();
    assert!(error.contains("test/a.toml:7:8: ") && error.contains("test/b.toml:7:8: "), "{error}");
}
