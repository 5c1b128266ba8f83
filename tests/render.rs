//! What people read: the terminal's and the browser's view of a small article with a lexicon of its own.

use rhetor::{html, terminal, Annotator, Article, Lexicon, Record, TerminalOptions, Unit};

const ARTICLE: &str = "Camp & village <hit>

“The surgical raid caused\ncollateral damage,” officials said. The men were neutralised\x1b[2J at dawn.
Ça suffit: the so called hard choices made it 😊 a night of collateral damage.
";

const LEXICON: &str = r#"
schema = 1
id = "house/test"
version = "1.2.3"
language = "en"
title = "Test"
license = "CC0-1.0"

[[device]]
id = "softener"
title = "Softener"
definition = "Says it mildly."

[[device]]
id = "passive"
title = "Passive <b>"
definition = "Nobody did it."

[[device]]
id = "crossing"
title = "Crossing"
definition = "Overlaps others."

[[entry]]
id = "collateral"
device = "softener"
kind = "military"
match = ["collateral damage"]
gloss = "people killed & homes destroyed"
since = "1.0.0"
examples = ["[collateral damage]"]

[[entry]]
id = "neutralised"
device = "softener"
kind = "killing"
match = ["neutralised"]
gloss = "killed"
since = "1.0.0"
examples = ["[neutralised]"]

[[entry]]
id = "were-done"
device = "passive"
match = ["were neutralised"]
note = "By \"whom\"?"
since = "1.0.0"
examples = ["[were neutralised]"]

[[entry]]
id = "hard-choices"
device = "softener"
match = ["hard choices made"]
gloss = "cuts"
since = "1.0.0"
examples = ["[hard choices made]"]

[[entry]]
id = "so-called"
device = "crossing"
match = ["so called hard choices"]
note = "It crosses."
since = "1.0.0"
examples = ["[so called hard choices]"]
"#;

/// The article's record, without the data files that belong to English itself and change with it.
fn record() -> Record {
    let lexicon = Lexicon::from_toml("test.toml", LEXICON).unwrap_or_else(|error| panic!("{error}"));
    let annotator =
        Annotator::builder().without_bundled().lexicon(lexicon).build().unwrap_or_else(|error| panic!("{error}"));
    let mut record = annotator.annotate(ARTICLE).to_record();
    record.lexicons.retain(|source| source.id.starts_with("house/"));
    record
}

#[test]
fn terminal_without_colour() {
    insta::assert_snapshot!(terminal(&record(), ARTICLE, &TerminalOptions::default()).unwrap());
}

#[test]
fn terminal_with_colour() {
    let shown = terminal(&record(), ARTICLE, &TerminalOptions::default().color(true)).unwrap();
    insta::assert_snapshot!(shown.replace('\x1b', "ESC"));
}

#[test]
fn html_page() {
    let (record, empty) = (record(), Record { annotations: Vec::new(), ..record() });
    let articles = [
        Article { name: "a <b>.txt", text: ARTICLE, record: &record },
        Article { name: "b.txt", text: "Nothing.", record: &empty },
    ];
    insta::assert_snapshot!(html("Two & more", &articles).unwrap());
}

#[test]
fn the_unit_of_offsets_makes_no_difference() {
    let record = record();
    let options = TerminalOptions::default();
    let shown = terminal(&record, ARTICLE, &options).unwrap();
    let other = record.in_unit(Unit::Chars, ARTICLE).unwrap();
    assert_eq!(terminal(&other, ARTICLE, &options).unwrap(), shown, "chars");
}

#[test]
fn a_record_of_another_text_is_refused() {
    let record = record();
    assert!(terminal(&record, "Another text.", &TerminalOptions::default()).is_err());
    assert!(html("x", &[Article { name: "x", text: "", record: &record }]).is_err());
}

#[test]
fn an_empty_text_is_shown() {
    let record = Record { annotations: Vec::new(), sentences: Vec::new(), ..record() };
    assert!(terminal(&record, "", &TerminalOptions::default()).unwrap().starts_with("\n0 tags in 0 sentences\n"));
    assert!(html("x", &[]).unwrap().contains("<main>\n</main>"));
}
