//! What lexicons say and their authors hardly mean, by the table of cases.

#![cfg(feature = "bundled")]

mod support;

use rhetor::{Annotator, Lexicon, Severity};
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
    body: String,
    /// How many errors there are besides.
    #[serde(default)]
    errors: usize,
    /// Every warning, in order: line, column, entry and message.
    warnings: Vec<String>,
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/warnings.toml")).unwrap();
    let skipped = table.head.matches('\n').count();
    let mut failed = 0;
    for case in &table.case {
        let lexicon = Lexicon::from_toml("test.toml", &format!("{}{}", table.head, case.body)).unwrap();
        let builder = Annotator::builder().language(support::english_without_names()).lexicon(lexicon.clone());
        let mut faults = builder.all_devices().check().unwrap();
        faults.sort_by_key(|fault| (fault.line(), fault.column()));
        let (warnings, errors): (Vec<_>, Vec<_>) =
            faults.into_iter().partition(|fault| fault.severity() == Severity::Warning);
        let found: Vec<String> = warnings
            .iter()
            .map(|fault| {
                let entry = fault.entry().map_or(String::new(), |entry| format!(", entry \"{entry}\""));
                format!("{}:{}{entry}: {}", fault.line() - skipped, fault.column(), fault.message())
            })
            .collect();
        // Warnings keep nobody from using a lexicon.
        let builder = Annotator::builder().language(support::english_without_names()).lexicon(lexicon);
        let builds = builder.all_devices().build().is_ok();
        if found != case.warnings || errors.len() != case.errors || builds != (case.errors == 0) {
            failed += 1;
            eprintln!("{}:\n  want {:#?}\n  got  {found:#?}\n  {errors:#?}", case.name, case.warnings);
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

#[test]
fn a_warning_is_shown_with_its_place() {
    let file = support::head(&["hype"]) + &support::entry("x", "hype", &["x"], "") + "[class]\nidle = [\"y\"]\n";
    let lexicon = Lexicon::from_toml("test.toml", &file).unwrap();
    let builder = Annotator::builder().language(support::plain_language()).lexicon(lexicon).all_devices();
    let shown: Vec<String> = builder.check().unwrap().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    test.toml:22:1: warning: no entry uses the class `idle`; use it or take it away
        idle = ["y"]
        ^^^^
    "#);
}
