//! What several tests need: small lexicons, and a language that is built in no time.

// Each test uses its own part of this.
#![allow(dead_code)]

pub(crate) mod reference;

use rhetor::{Annotator, AnnotatorBuilder, Language, Lexicon};

/// The head of a lexicon file with one device for each of the ids.
pub(crate) fn head(devices: &[&str]) -> String {
    let mut text = String::from(
        "schema = 1\nid = \"test/lexicon\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Test\"\nlicense = \"CC0-1.0\"\n",
    );
    for id in devices {
        text += &format!("\n[[device]]\nid = \"{id}\"\ntitle = \"{id}\"\ndefinition = \"A device.\"\n");
    }
    text
}

/// An entry, as TOML; `more` are further lines of it.
pub(crate) fn entry(id: &str, device: &str, patterns: &[&str], more: &str) -> String {
    let patterns = list(patterns);
    format!(
        "\n[[entry]]\nid = \"{id}\"\ndevice = \"{device}\"\nmatch = {patterns}\nnote = \"A note.\"\nsince = \"1.0.0\"\n\
         examples = [\"[x]\"]\n{more}\n"
    )
}

/// A list of strings, as TOML.
pub(crate) fn list(strings: &[&str]) -> String {
    toml::Value::from(strings.to_vec()).to_string()
}

/// English but for its names. No bundled lexicon is read for its sake, so an annotator is built in a moment.
pub(crate) fn english_without_names() -> Language {
    language_without_names(include_str!("../../lexicons/en/inflection.toml"))
}

/// The same with no inflection at all.
pub(crate) fn plain_language() -> Language {
    language_without_names(
        "schema = 1\nid = \"xx/inflection\"\nversion = \"1.0.0\"\nrules = []\nirregular = []\nspelling = []\n[letters]\n[set]\n",
    )
}

fn language_without_names(inflection: &str) -> Language {
    let mut rules: toml::Table = include_str!("../../lexicons/en/language.toml").parse().unwrap();
    rules.remove("names");
    rules.insert("language".into(), "xx".into());
    Language::from_toml(&rules.to_string(), inflection).unwrap()
}

/// An annotator of the plain language with one lexicon and all its devices.
pub(crate) fn plain_annotator(lexicon: &str) -> Annotator {
    build(Annotator::builder().language(plain_language()), lexicon)
}

/// An annotator of English with one lexicon and all its devices; names only where a pattern asks for them.
pub(crate) fn english_annotator(lexicon: &str) -> Annotator {
    let names = ["<name>", "<person>", "<place>", "<body>"].iter().any(|name| lexicon.contains(name));
    match names {
        true => build(Annotator::builder().without_bundled(), lexicon),
        false => build(Annotator::builder().language(english_without_names()), lexicon),
    }
}

fn build(builder: AnnotatorBuilder, lexicon: &str) -> Annotator {
    let lexicon = Lexicon::from_toml("test.toml", lexicon).unwrap_or_else(|error| panic!("{error}\n{lexicon}"));
    builder.lexicon(lexicon).all_devices().build().unwrap_or_else(|error| panic!("{error}"))
}

/// Device, entry and span of each annotation.
pub(crate) fn tags(annotator: &Annotator, text: &str) -> Vec<(String, String, std::ops::Range<usize>)> {
    let document = annotator.annotate(text);
    document.annotations().map(|a| (a.device().to_owned(), a.entry().id().to_owned(), a.span().range())).collect()
}
