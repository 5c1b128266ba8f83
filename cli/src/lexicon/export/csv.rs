//! Entries as rows of CSV; `--help` says what the columns hold.

use rhetor::{Entry, Lexicon};

use crate::lexicon::wording::in_words;
use crate::messages::{harmless, Failure};

const COLUMNS: [&str; 19] = [
    "lexicon",
    "version",
    "id",
    "device",
    "kind",
    "exception",
    "match",
    "in_words",
    "requires",
    "excludes",
    "gloss",
    "note",
    "since",
    "deprecated_version",
    "deprecated_reason",
    "confidence",
    "references",
    "examples",
    "counterexamples",
];

/// A row of headings, then a row for each entry of each lexicon.
pub(super) fn table(lexicons: &[Lexicon]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(Failure::new)?;
    for lexicon in lexicons {
        for entry in lexicon.entries() {
            writer.write_record(row(lexicon, entry)).map_err(Failure::new)?;
        }
    }
    let bytes = writer.into_inner().map_err(Failure::new)?;
    String::from_utf8(bytes).map_err(Failure::new)
}

fn row(lexicon: &Lexicon, entry: &Entry) -> [String; COLUMNS.len()] {
    let deprecated = entry.deprecated();
    [
        lexicon.id().to_owned(),
        lexicon.version().to_string(),
        entry.id().to_owned(),
        entry.device().to_owned(),
        entry.kind().unwrap_or_default().to_owned(),
        entry.is_exception().to_string(),
        list(entry.patterns()),
        list(entry.patterns().map(in_words)),
        list(entry.requires()),
        list(entry.excludes()),
        harmless(entry.gloss().unwrap_or_default()),
        harmless(entry.note().unwrap_or_default()),
        entry.since().to_string(),
        deprecated.map_or(String::new(), |deprecated| deprecated.version.to_string()),
        deprecated.map_or(String::new(), |deprecated| harmless(&deprecated.reason)),
        entry.confidence().to_string(),
        list(entry.refs()),
        list(entry.examples()),
        list(entry.counterexamples()),
    ]
}

/// The items in one field, so that they can be told apart again.
fn list(items: impl Iterator<Item = impl AsRef<str>>) -> String {
    let items: Vec<String> = items.map(|item| harmless(item.as_ref()).replace("||", "\\|\\|")).collect();
    items.join(" || ")
}
