//! Why something is tagged, or why it is not.

#![cfg(feature = "bundled")]

mod support;

use std::fs;

use proptest::prelude::*;
use rhetor::{Annotator, Document, ElementRecord, Explanation, Lexicon, LostTo, NearMiss, Reason, Span};
use serde::Deserialize;
use support::{english_annotator, entry, head, list, plain_language};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The patterns of an entry `x` of device `one`, behind the `lexicon`: classes, phrases and further entries.
    #[serde(default)]
    r#match: Vec<String>,
    /// What that entry requires and excludes.
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    excludes: Vec<String>,
    #[serde(default)]
    lexicon: String,
    /// Further entries of device `one`, each with one pattern, and exceptions, by their ids.
    #[serde(default)]
    others: Vec<[String; 2]>,
    #[serde(default)]
    exceptions: Vec<[String; 2]>,
    text: String,
    /// What is to be explained; the whole text if absent.
    phrase: Option<String>,
    /// What is said of it.
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    lost: Vec<String>,
    #[serde(default)]
    nearest: Vec<String>,
}

impl Case {
    fn explanation(&self) -> Explanation {
        let strings = |strings: &[String]| list(&strings.iter().map(String::as_str).collect::<Vec<_>>());
        let more = format!("requires = {}\nexcludes = {}", strings(&self.requires), strings(&self.excludes));
        let patterns: Vec<&str> = self.r#match.iter().map(String::as_str).collect();
        let mut lexicon = head(&["one"]) + "\n" + &self.lexicon + &entry("x", "one", &patterns, &more);
        for [id, pattern] in &self.others {
            lexicon += &entry(id, "one", &[pattern], "");
        }
        for [id, pattern] in &self.exceptions {
            lexicon += &entry(id, "one", &[pattern], "exception = true");
        }
        let annotator = english_annotator(&lexicon);
        let document = annotator.annotate(&self.text);
        let span = match &self.phrase {
            Some(phrase) => document.find(phrase)[0],
            None => Span::new(0, self.text.len()),
        };
        document.explain(span)
    }
}

/// `element = words` for each, with `-` for one that took none and `?` for one that was not met.
fn elements(elements: &[ElementRecord]) -> Vec<String> {
    let words = |element: &ElementRecord| match &element.met {
        None => "?".to_owned(),
        Some(passage) if passage.text.is_empty() => "-".to_owned(),
        Some(passage) => passage.text.clone(),
    };
    elements.iter().map(|element| format!("{} = {}", element.element, words(element))).collect()
}

fn reason(reason: &Reason) -> String {
    let required = reason.required.as_ref().map(|words| format!("; requires {}", words.text)).unwrap_or_default();
    format!("{}: {}{required}", reason.entry.id, elements(&reason.elements).join("; "))
}

fn lost(matched: &Reason, lost: &LostTo) -> String {
    let why = match lost {
        LostTo::Missing => format!("{} missing", matched.requires.join(", ")),
        LostTo::Excluded(words) => format!("{} excluded", words.text),
        LostTo::Exception { entry, passage } => format!("exception {}: {}", entry.id, passage.text),
        LostTo::Other { entry, passage } => format!("{}: {}", entry.id, passage.text),
        other => panic!("{other:?}"),
    };
    format!("{} | {why}", reason(matched))
}

fn near(near: &NearMiss) -> String {
    let mut all = elements(&near.elements);
    let found = near.found.as_ref().map_or("the end", |found| &found.text);
    all[near.failed] = format!("{} ✗ {found} (wanted {})", near.elements[near.failed].element, near.wanted);
    format!("{}: {}", near.entry.id, all.join("; "))
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/explain.toml")).unwrap();
    assert!(table.case.len() >= 30);
    let mut failed = 0;
    for case in &table.case {
        let found = case.explanation();
        let compare = |what: &str, found: Vec<String>, wanted: &[String]| {
            if found != wanted {
                eprintln!("{}:\n  {what}: want {wanted:#?}\n  {what}: got  {found:#?}", case.name);
            }
            usize::from(found != wanted)
        };
        failed += compare("tags", found.tags.iter().map(reason).collect(), &case.tags);
        failed += compare("lost", found.lost.iter().map(|l| lost(&l.matched, &l.lost)).collect(), &case.lost);
        failed += compare("nearest", found.nearest.iter().map(near).collect(), &case.nearest);
    }
    assert_eq!(failed, 0);
}

/// What holds for every explanation of every tag: it names the tag's span and entry, and says of each element of the
/// pattern which words met it, one behind the other, within the sentence.
fn explains_itself(document: &Document) -> usize {
    let explanation = document.explain(Span::new(0, document.text().len()));
    assert_eq!(explanation.tags.len(), document.annotations().len());
    for (tag, reason) in document.annotations().zip(&explanation.tags) {
        assert_eq!(reason.passage.span, tag.span());
        assert_eq!(reason.device, tag.device());
        assert_eq!(reason.entry.lexicon, tag.entry().lexicon().id());
        assert_eq!(reason.entry.id, tag.entry().id());
        assert!(tag.entry().entry().patterns().any(|pattern| pattern == reason.pattern));
        assert_eq!(reason.required.is_some(), !reason.requires.is_empty());
        let sentence = document.sentences()[tag.sentence()];
        let (mut end, mut in_pattern) = (sentence.start(), 0);
        for element in &reason.elements {
            assert_eq!(reason.pattern[element.at.range()], element.element);
            assert!(element.at.start() >= in_pattern, "{reason:#?}");
            in_pattern = element.at.end();
            let met = element.met.as_ref().unwrap_or_else(|| panic!("{element:?} of {reason:#?}"));
            assert!(met.span.start() >= end && sentence.covers(met.span), "{reason:#?}");
            assert_eq!(met.text, document.text()[met.span.range()]);
            end = met.span.end();
        }
        let mut met = reason.elements.iter().flat_map(|element| &element.met);
        assert!(met.any(|met| met.span.overlaps(tag.span())), "{reason:#?}");
    }
    explanation.tags.len()
}

#[test]
fn every_tag_of_the_articles_explains_itself() {
    let annotator = Annotator::builder().all_devices().build().unwrap();
    let mut tags = 0;
    for article in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles")).unwrap() {
        let text = fs::read_to_string(article.unwrap().path()).unwrap();
        tags += explains_itself(&annotator.annotate(&text));
    }
    assert!(tags > 100, "{tags}");
}

/// A pattern of few words, so that it is found.
fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["a", "b", "c", "a|b", "<word>", "*c", "<ab>", "<quotation>"]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 20, 4, |inner| {
        let many = |n| prop::collection::vec(inner.clone(), n);
        let times = prop::sample::select(vec!["?", "{2}", "{0,3}"]);
        prop_oneof![
            3 => many(1..5).prop_map(|items| items.join(" ")),
            1 => many(2..4).prop_map(|items| format!("({})", items.join(" | "))),
            1 => (inner.clone(), times).prop_map(|(item, times)| format!("({item}){times}")),
            1 => (prop::sample::select(vec!["!", "~"]), inner.clone()).prop_map(|(sign, item)| format!("{sign}({item})")),
            1 => (prop::sample::select(vec!["", "cue: "]), inner.clone()).prop_map(|(role, item)| format!("[{role}{item}]")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    /// Whatever the patterns, tags explain themselves, and whatever the span, something is said of it.
    #[test]
    fn any_pattern_explains_itself(
        patterns in prop::collection::vec(pattern(), 1..4),
        text in "((a|b|c|A|é|“|”|,)( |\n|\\. )?){0,24}",
        (from, to) in (0..60usize, 0..60usize),
    ) {
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let class = "\n[class]\nab = [\"a\", \"b\", \"a b\", \"c b a\"]\n";
        let lexicon = head(&["one"]) + class + &entry("x", "one", &patterns[..1], "") + &entry("y", "one", &patterns, "");
        let lexicon = Lexicon::from_toml("test.toml", &lexicon).unwrap();
        let builder = Annotator::builder().language(plain_language()).without_bundled().lexicon(lexicon);
        // Half of the patterns are at fault: nothing obligatory, brackets in what must not be there.
        if let Ok(annotator) = builder.all_devices().build() {
            let document = annotator.annotate(&text);
            explains_itself(&document);
            let span = Span::new(from, to);
            let explanation = document.explain(span);
            prop_assert_eq!(explanation.span, span);
            prop_assert!(explanation.tags.is_empty() || explanation.nearest.is_empty());
            prop_assert!(explanation.nearest.iter().all(|near| near.elements[near.failed].met.is_none()));
        }
    }
}

#[test]
fn an_explanation_is_stored_and_read_again() {
    let annotator = Annotator::bundled();
    let document = annotator.annotate("Officials say the raid caused collateral harm. They put the baby to sleep.");
    for phrase in ["officials", "collateral harm", "put the baby to sleep"] {
        let explanation = document.explain(document.find(phrase)[0]);
        let stored = serde_json::to_string(&explanation).unwrap();
        assert_eq!(serde_json::from_str::<Explanation>(&stored).unwrap(), explanation, "{stored}");
    }
}
