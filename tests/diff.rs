//! What changed between two versions of a lexicon, by the table of cases, and what holds for any two.

mod support;

use proptest::prelude::*;
use rhetor::{Bump, Lexicon, LexiconDiff, Record, TagChange};
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
    text: Vec<TextCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    before: Table,
    #[serde(default)]
    after: Table,
    bump: String,
    /// Whether the version of the later one will do.
    enough: Option<bool>,
    /// The lowest that would.
    least: Option<String>,
    changes: Vec<String>,
}

/// What becomes of the tags of a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextCase {
    name: String,
    before: Table,
    after: Table,
    text: String,
    /// `gained`, `lost` or the fields that changed; then the tag as it is now, or was.
    changes: Vec<String>,
}

/// What a file need not say in a case.
const HEAD: &str = r#"
schema = 1
id = "house/test"
version = "1.0.0"
language = "en"
title = "Test"
license = "CC0-1.0"
"#;
const DEVICE: &str = r#"
id = "hype"
title = "Hype"
definition = "Loud words."
"#;
const ENTRY: &str = r#"
device = "hype"
match = ["x"]
note = "Why."
since = "1.0.0"
examples = ["[x]"]
"#;

/// The lexicon that says this.
fn lexicon(said: &Table) -> Lexicon {
    let text = file(said);
    Lexicon::from_toml("test.toml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The file that says this, and what need not be said.
fn file(said: &Table) -> String {
    let mut file: Table = HEAD.parse().unwrap();
    let Value::Array(devices) = file.entry("device").or_insert_with(|| Value::Array(Vec::new())) else {
        unreachable!()
    };
    devices.push(Value::Table(DEVICE.parse().unwrap()));
    for (key, value) in said {
        match (key.as_str(), value) {
            ("device", Value::Array(more)) => file["device"].as_array_mut().unwrap().extend(more.iter().cloned()),
            ("entry", Value::Array(entries)) => {
                let filled = |entry: &Value| {
                    let mut whole: Table = ENTRY.parse().unwrap();
                    whole.extend(entry.as_table().unwrap().clone());
                    Value::Table(whole)
                };
                file.insert(key.clone(), Value::Array(entries.iter().map(filled).collect()));
            }
            _ => drop(file.insert(key.clone(), value.clone())),
        }
    }
    file.to_string()
}

#[test]
fn every_case() {
    let table: Cases = toml::from_str(include_str!("cases/diff.toml")).unwrap();
    assert!(table.case.len() >= 60);
    let mut failed = 0;
    for case in &table.case {
        let diff = LexiconDiff::between(&lexicon(&case.before), &lexicon(&case.after));
        let shown = |change: &rhetor::Change| format!("{}: {change} ({})", change.bump(), change.reason());
        let changes: Vec<String> = diff.changes().iter().map(shown).collect();
        let same = changes == case.changes
            && diff.bump().to_string() == case.bump
            && case.enough.is_none_or(|enough| enough == diff.version_is_enough())
            && case.least.as_ref().is_none_or(|least| *least == diff.least_version().to_string());
        if !same {
            failed += 1;
            let (bump, least) = (diff.bump(), diff.least_version());
            eprintln!("{}: {bump}, {} ({least})\n{changes:#?}", case.name, diff.version_is_enough());
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

#[test]
fn every_text() {
    let table: Cases = toml::from_str(include_str!("cases/diff.toml")).unwrap();
    for case in &table.text {
        let record = |said: &Table| support::plain_annotator(&file(said)).annotate(&case.text).to_record();
        let (before, after): (Record, Record) = (record(&case.before), record(&case.after));
        let shown = |change: &TagChange| {
            let tag = change.tag();
            let what = match change {
                TagChange::Gained(_) => "gained".to_owned(),
                TagChange::Lost(_) => "lost".to_owned(),
                TagChange::Changed { before, fields, .. } => format!("{} of {:?}", fields.join(", "), before.text),
            };
            format!("{what}: {:?}, {} {}", tag.text, tag.device, tag.entry.id)
        };
        let changes: Vec<String> = before.changes_to(&after).iter().map(shown).collect();
        assert_eq!(changes, case.changes, "{}", case.name);
        assert_eq!(before.changes_to(&before), [], "{}", case.name);
    }
}

#[test]
fn what_called_for_the_bump_can_be_told() {
    let before: Table = "entry = [{ id = \"a\" }, { id = \"b\", gloss = \"g\" }, { id = \"c\" }]".parse().unwrap();
    let after: Table = "entry = [{ id = \"b\" }, { id = \"d\" }]".parse().unwrap();
    let diff = LexiconDiff::between(&lexicon(&before), &lexicon(&after));
    let because: Vec<String> = diff.because().map(|change| change.to_string()).collect();
    assert_eq!(because, ["entry a removed", "entry c removed"]);
    let renumbered: Table = "version = \"1.0.1\"".parse().unwrap();
    let diff = LexiconDiff::between(&lexicon(&Table::new()), &lexicon(&renumbered));
    assert!(!diff.is_empty() && diff.because().next().is_none());
}

#[test]
fn its_json_has_this_shape() {
    let before: Table = "entry = [{ id = \"a\" }]".parse().unwrap();
    let after: Table = "version = \"1.0.1\"\nentry = [{ id = \"a\", match = [\"y\", \"x\"] }]".parse().unwrap();
    let diff = LexiconDiff::between(&lexicon(&before), &lexicon(&after));
    let json = serde_json::to_string_pretty(&diff).unwrap();
    let json = json.replace(&diff.before().fingerprint, "that of the one");
    insta::assert_snapshot!(json.replace(&diff.after().fingerprint, "that of the other"));
}

// --- any two lexicons ---

/// Few strings, so that two lexicons often say the same; some are the same pattern written otherwise.
fn strings(at_least: usize) -> impl Strategy<Value = Value> {
    let words = ["a", "b", "(a)", "a  b", "a b", "!a", "<c>", "!<c>", "<d>", "x !<d>", "<"];
    let word = prop::sample::select(words.to_vec()).prop_map(Value::from);
    prop::collection::vec(word, at_least..3).prop_map(Value::Array)
}

fn entry() -> impl Strategy<Value = Value> {
    let id = prop::sample::select(vec!["x", "y", "z"]).prop_map(Value::from);
    let flags = (any::<bool>(), any::<bool>(), prop::option::weighted(0.2, Just(0.5)), any::<bool>());
    (id, strings(1), strings(0), strings(0), flags).prop_map(
        |(id, patterns, requires, excludes, (exception, gloss, confidence, deprecated))| {
            let mut entry = Table::from_iter([("id", id), ("match", patterns)].map(|(k, v)| (k.to_owned(), v)));
            entry.insert("requires".into(), requires);
            entry.insert("excludes".into(), excludes);
            entry.insert("exception".into(), exception.into());
            if gloss {
                entry.insert("gloss".into(), "g".into());
            }
            if let Some(confidence) = confidence {
                entry.insert("confidence".into(), confidence.into());
            }
            if deprecated {
                let deprecated = [("version", "1.0.0"), ("reason", "Old.")];
                let deprecated = deprecated.map(|(key, value)| (key.to_owned(), Value::from(value)));
                entry.insert("deprecated".into(), Value::Table(Table::from_iter(deprecated)));
            }
            Value::Table(entry)
        },
    )
}

fn said() -> impl Strategy<Value = Table> {
    let names = || prop::sample::subsequence(vec!["c", "d"], 0..=2);
    let classes = (names(), strings(0), strings(0));
    let phrases = (names(), prop::sample::select(vec!["a", "(a)", "a <c>", "a !<c>"]));
    let version = prop::sample::select(vec!["1.0.0", "1.0.0", "1.1.0"]);
    (classes, phrases, prop::collection::vec(entry(), 0..4), version, strings(0)).prop_map(
        |((classes, first, second), (phrases, phrase), mut entries, version, uses)| {
            let mut seen = std::collections::HashSet::new();
            entries.retain(|entry| seen.insert(entry["id"].to_string()));
            let classes = classes.into_iter().zip([first, second]).map(|(name, members)| (name.to_owned(), members));
            let phrases = phrases.into_iter().map(|name| (name.to_owned(), Value::from(phrase)));
            Table::from_iter([
                ("version".to_owned(), Value::from(version)),
                ("use".to_owned(), uses),
                ("class".to_owned(), Value::Table(classes.collect())),
                ("phrase".to_owned(), Value::Table(phrases.collect())),
                ("entry".to_owned(), Value::Array(entries)),
            ])
        },
    )
}

/// Two lexicons that have much in common: the second says the same as the first, but for some keys.
fn two() -> impl Strategy<Value = (Table, Table)> {
    (said(), said(), prop::collection::vec(prop::bool::weighted(0.3), 5)).prop_map(|(first, other, taken)| {
        let mut second = first.clone();
        for ((key, value), _) in other.into_iter().zip(taken).filter(|(_, taken)| *taken) {
            second.insert(key, value);
        }
        (first, second)
    })
}

proptest! {
    #[test]
    fn nothing_changed_if_and_only_if_the_fingerprint_is_the_same((before, after) in two()) {
        let (before, after) = (lexicon(&before), lexicon(&after));
        let diff = LexiconDiff::between(&before, &after);
        prop_assert_eq!(diff.is_empty(), before.fingerprint() == after.fingerprint(), "{:?}", diff);
        prop_assert!(LexiconDiff::between(&before, &before).is_empty());
    }

    /// What is added on the way there is removed on the way back, field by field.
    #[test]
    fn the_way_back_undoes_the_way_there((before, after) in two()) {
        let (before, after) = (lexicon(&before), lexicon(&after));
        let sorted = |diff: LexiconDiff, back: bool| {
            let mut shown: Vec<String> = diff
                .changes()
                .iter()
                .map(|change| {
                    let (from, to) = match back {
                        false => (change.before(), change.after()),
                        true => (change.after(), change.before()),
                    };
                    format!("{} {:?} {:?} {from:?} {to:?}", change.section(), change.id(), change.field())
                })
                .collect();
            shown.sort();
            shown
        };
        let (there, back) = (LexiconDiff::between(&before, &after), LexiconDiff::between(&after, &before));
        prop_assert_eq!(sorted(there, false), sorted(back, true));
    }

    /// The lowest version that is said to be enough is, and no bump is smaller.
    #[test]
    fn the_least_version_is_enough(
        (major, minor, patch) in (0u64..3, 0u64..3, 0u64..3),
        pre in prop::sample::select(vec!["", "-rc.1"]),
        bump in prop::sample::select(vec![Bump::None, Bump::Patch, Bump::Minor, Bump::Major]),
    ) {
        let old: semver::Version = format!("{major}.{minor}.{patch}{pre}").parse().unwrap();
        let least = bump.next(&old);
        prop_assert!(Bump::between(&old, &least).is_some_and(|made| made >= bump), "{} -> {}", old, least);
        prop_assert!(Bump::between(&least, &old).is_none_or(|made| made == Bump::None));
    }
}
