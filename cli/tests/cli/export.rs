//! Lexicons and entries for readers who do not read TOML.

use std::fs;

use serde_json::Value;

use super::{said, written, Place};

/// A lexicon with everything that a page has to say, and with signs that mean something in Markdown and in CSV.
const QUIET: &str = r##"schema = 1
id = "house/quiet-words"
version = "2.1.0"
language = "en"
title = "Quiet words & *other* ones"
license = "CC0-1.0"

[[device]]
id = "hush"
title = "Hush"
definition = "1. A quiet word for a loud thing."
kinds = ["noise", "money"]
refs = ["doe-1999"]

[[device]]
id = "mumble"
title = "Mumble"
definition = "What nobody can hear."
default = false

[[reference]]
id = "doe-1999"
title = "Words that <whisper>"
author = "Jane Doe"
year = 1999
source = "Quiet Press; https://example.org/a_b?c=1&d=2."

[[reference]]
id = "roe-2001"
title = "Silence"
author = "Richard Roe"
year = 2001
source = "Journal of Hush 3, pp. 1-9"

[class]
pet = ["cat/n", "dog/n", "parrot"]
sound = [
    "bang", "boom", "buzz", "clang", "clap", "clatter", "click", "crack", "crash", "creak", "drum", "fizz", "gurgle", "hiss",
    "hum", "jangle", "patter", "pop", "rattle", "roar", "rustle", "sizzle", "splash", "thud", "thump", "whirr", "zip",
]

[phrase]
some-pet = "(a|the)? <pet>"

[[entry]]
id = "lively"
device = "hush"
kind = "noise"
match = ["[lively] <some-pet>", "animated <sound>{1,2}", "spirited discussion/n|debate/n|exchange/n|conversation/n|dialogue/n|argument/n"]
gloss = "loud | very loud"
note = "Said of *noise*."
requires = ["neighbour/n", "night/nn"]
excludes = ["bark/n", "bark/v"]
since = "1.0.0"
refs = ["roe-2001"]
examples = ["The neighbours have a [lively] dog, \"Rex\", at 12_Main_St.", "[Lively] cats kept the neighbours up."]
counterexamples = ["The neighbours held a \\[lively\\] debate."]

[[entry]]
id = "low-hum"
device = "hush"
kind = "noise"
match = ["low hum"]
gloss = "noise"
since = "1.0.0"
deprecated = { version = "2.0.0", reason = "Nobody says so." }
confidence = 0.555
examples = ["There was a [low hum]."]

[[entry]]
id = "hum-of-fridge"
device = "hush"
exception = true
match = ["low hum of the fridge"]
note = "It does hum."
since = "2.1.0"
examples = ["Nothing but the [low hum of the fridge]."]

[[entry]]
id = "adjust"
device = "hush"
kind = "money"
match = ["adjust/v fees"]
requires = ["<pet>"]
gloss = "raise"
since = "1.0.0"
examples = ["The cat home will [adjust fees]."]

[[entry]]
id = "it-s-said"
device = "mumble"
match = ["it ['s said]"]
note = "Who says it?"
since = "1.0.0"
examples = ["It['s said] || heard."]
"##;

fn quiet() -> Place {
    let place = Place::new();
    place.file("quiet.toml", QUIET);
    place
}

/// Without the fingerprint, which says nothing to a reader of a test.
fn without_fingerprint(text: &str) -> String {
    let mut shown = text.to_owned();
    while let Some(at) = shown.as_bytes().windows(64).position(|hash| hash.iter().all(u8::is_ascii_hexdigit)) {
        shown.replace_range(at..at + 64, "FINGERPRINT");
    }
    shown
}

#[test]
fn the_lexicon_of_these_tests_is_sound() {
    assert!(written(&mut quiet().rhetor("lexicon check quiet.toml"), 0).ends_with("no fault\n"));
}

#[test]
fn an_entry_is_a_page() {
    let place = quiet();
    insta::assert_snapshot!(written(&mut place.rhetor("lexicon show quiet.toml lively"), 0));
    insta::assert_snapshot!(written(&mut place.rhetor("lexicon show quiet.toml low-hum"), 0));
    insta::assert_snapshot!(written(&mut place.rhetor("lexicon show quiet.toml hum-of-fridge"), 0));
}

#[test]
fn an_unknown_entry_is_told_its_like() {
    let place = quiet();
    for (asked, wanted) in [
        ("livley", "error: quiet.toml has no entry \"livley\"; did you mean `lively`? `rhetor lexicon show"),
        ("hum", "did you mean `low-hum` or `hum-of-fridge`? "),
        ("zzz", "has no entry \"zzz\"; `rhetor lexicon show quiet.toml --entries` lists those it has"),
    ] {
        let said = said(&mut place.rhetor(&format!("lexicon show quiet.toml {asked}")), 2);
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn markdown_is_a_page() {
    let page = written(&mut quiet().rhetor("lexicon export quiet.toml"), 0);
    insta::assert_snapshot!(without_fingerprint(&page));
}

#[test]
fn csv_has_a_row_an_entry() {
    let place = quiet();
    let table = written(&mut place.rhetor("lexicon export quiet.toml --format csv"), 0);
    insta::assert_snapshot!(table);

    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let column = |name: &str| {
        let headers = csv::Reader::from_reader(table.as_bytes()).headers().expect("headings").clone();
        headers.iter().position(|heading| heading == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(&rows[0][column("gloss")], "loud | very loud");
    let examples: Vec<&str> = rows[0][column("examples")].split(" || ").collect();
    assert_eq!(examples[0], "The neighbours have a [lively] dog, \"Rex\", at 12_Main_St.");
    assert_eq!(&rows[4][column("examples")], r"It['s said] \|\| heard.");
}

#[test]
fn json_has_everything() {
    let place = quiet();
    let text = written(&mut place.rhetor("lexicon export quiet.toml house.toml --format json"), 0);
    let lexicons: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(lexicons.len(), 2);
    assert_eq!(lexicons[0]["classes"]["sound"].as_array().map(Vec::len), Some(27));
    let alone = written(&mut place.rhetor("lexicon export house.toml --format json"), 0);
    insta::assert_snapshot!(without_fingerprint(&alone));
}

#[test]
fn a_path_is_a_file_or_a_directory() {
    let place = quiet();
    let page = written(&mut place.rhetor("lexicon export quiet.toml"), 0);
    assert_eq!(written(&mut place.rhetor("lexicon export quiet.toml --output new/quiet.md"), 0), "");
    assert_eq!(fs::read_to_string(place.path("new/quiet.md")).expect("a file"), page);

    assert_eq!(written(&mut place.rhetor("lexicon export quiet.toml house.toml --output pages"), 0), "");
    assert_eq!(fs::read_to_string(place.path("pages/house/quiet-words.md")).expect("a file"), page);
    assert!(place.path("pages/house/plain-words.md").is_file());
    let index = fs::read_to_string(place.path("pages/README.md")).expect("a file");
    let rows: Vec<&str> = index.lines().filter(|line| line.starts_with("| [house/")).collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].starts_with(
            "| [house/quiet-words](house/quiet-words.md) | 2.1.0 | 5 | `hush`, `mumble` | Quiet words \\& \\*other\\* ones | CC0-1.0 | `"
        ),
        "{index}"
    );

    written(&mut place.rhetor("lexicon export quiet.toml --format csv --output pages"), 0);
    assert!(place.path("pages/house/quiet-words.csv").is_file());
}

#[test]
fn what_cannot_be_exported_is_named() {
    let place = quiet();
    assert!(
        said(&mut place.rhetor("lexicon export en/nothing"), 2).contains("no bundled lexicon is called \"en/nothing\"")
    );
    place.file("broken.toml", "schema = 1\nid = [");
    assert!(said(&mut place.rhetor("lexicon export quiet.toml broken.toml"), 2).contains("broken.toml:2:"));
    // A file stands where a directory is wanted.
    let said = said(&mut place.rhetor("lexicon export quiet.toml --output quiet.toml/quiet.md"), 2);
    assert!(said.contains("cannot write quiet.toml/quiet.md: "), "{said}");
}
