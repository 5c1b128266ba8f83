//! What is tagged, by the table of cases, each with a lexicon of its own.

#![cfg(feature = "bundled")]

mod support;

use rhetor::Annotator;
use serde::Deserialize;
use support::{english_annotator, entry, head};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The patterns of an entry `x` of device `one`, the only one of its lexicon;
    #[serde(default)]
    r#match: Vec<String>,
    /// or the classes, phrases and entries of a lexicon with devices `one` and `two`.
    #[serde(default)]
    lexicon: String,
    text: String,
    /// What is tagged, in order.
    tagged: Vec<String>,
    /// Where it matters: whose words each is in,
    voice: Option<Vec<String>>,
    /// the entry of each,
    entries: Option<Vec<String>>,
    /// the parts of each, `role: text` with `; ` between them,
    parts: Option<Vec<String>>,
    /// and the sentence of each.
    sentences: Option<Vec<usize>>,
}

impl Case {
    fn annotator(&self) -> Annotator {
        let patterns: Vec<&str> = self.r#match.iter().map(String::as_str).collect();
        match patterns.is_empty() {
            true => english_annotator(&(head(&["one", "two"]) + "\n" + &self.lexicon)),
            false => english_annotator(&(head(&["one"]) + &entry("x", "one", &patterns, ""))),
        }
    }

    /// What differs from what was wanted.
    fn differences(&self) -> Vec<String> {
        let annotator = self.annotator();
        let document = annotator.annotate(&self.text);
        let mut differences = Vec::new();
        let mut compare = |what: &str, found: Vec<String>, wanted: &[String]| {
            if found != wanted {
                differences.push(format!("  {what}: want {wanted:?}\n  {what}: got  {found:?}"));
            }
        };
        let each = |of: &dyn Fn(rhetor::Annotation) -> String| document.annotations().map(of).collect::<Vec<_>>();
        compare("tagged", each(&|a| a.text().to_owned()), &self.tagged);
        if let Some(voice) = &self.voice {
            compare("voice", each(&|a| a.voice().to_string()), voice);
        }
        if let Some(entries) = &self.entries {
            compare("entries", each(&|a| a.entry().id().to_owned()), entries);
        }
        if let Some(parts) = &self.parts {
            let part = |p: rhetor::Part| format!("{}: {}", p.role, &self.text[p.span.range()]);
            compare("parts", each(&|a| a.parts().map(part).collect::<Vec<_>>().join("; ")), parts);
        }
        if let Some(sentences) = &self.sentences {
            let sentences: Vec<String> = sentences.iter().map(usize::to_string).collect();
            compare("sentences", each(&|a| a.sentence().to_string()), &sentences);
        }
        differences
    }
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/annotate.toml")).unwrap();
    assert!(table.case.len() >= 60);
    let mut failed = 0;
    for case in &table.case {
        let differences = case.differences();
        if !differences.is_empty() {
            failed += 1;
            eprintln!("{}:\n{}", case.name, differences.join("\n"));
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

#[test]
fn names_of_cases_are_unique() {
    let table: Table = toml::from_str(include_str!("cases/annotate.toml")).unwrap();
    let mut names: Vec<&str> = table.case.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names.windows(2).find(|pair| pair[0] == pair[1]), None);
}
