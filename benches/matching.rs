//! How fast phrases are found: this crate against bare aho-corasick, over the same phrases in the same text.
//!
//! The phrases are those of the bundled lexicons whose patterns name words and inflected words only ("collateral
//! damage", "neutralise/v"), as the surface forms that they stand for; patterns with operators are left out. Line breaks
//! within paragraphs are spaces, for aho-corasick would miss a phrase that runs over one. All figures are throughput in
//! bytes of text, from one run on one thread: read them as ratios to one another, for machines differ.
//!
//! - `rhetor/default-devices`: `Annotator::bundled()`, everything that it does: sentences, quotations, words, names, all
//!   phrases and all patterns with operators, and whose voice each is in. It does far more than the others, so that
//!   this ratio says what an annotation costs beyond a bare search, not which search is faster.
//! - `rhetor/same-phrases`: the same annotator with the phrases and nothing else to look for. It still cuts sentences,
//!   quotations, words and names.
//! - `aho-corasick/…`: ASCII case-insensitive, each match checked for word boundaries. `auto`, `contiguous-nfa` and
//!   `dfa` search leftmost-longest; `dfa-overlapping` reports every match, and it alone of these loses none: of
//!   leftmost-longest matches, one that fails the check hides a shorter one that would have passed.
//!
//! Before measuring, each engine says how many matches it finds, and every run is held to that number. On the text made
//! here, the overlapping matches, thinned to the leftmost and longest, must be as many as those of `same-phrases`; on
//! real text they may differ, for this crate alone folds apostrophes and hyphens.

mod support;

use std::collections::BTreeSet;
use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput};
use rhetor::{Annotator, Form, Inflection, Lexicon};

/// Of a pattern that would be more surface forms, none are taken.
const MOST_FORMS: usize = 200;

fn main() {
    let mut criterion = support::criterion();
    matching(&mut criterion);
    criterion.final_summary();
}

fn matching(criterion: &mut Criterion) {
    let text = support::unwrapped(&support::text());
    let phrases = surface_forms();
    eprintln!("phrases: {}", phrases.len());

    let bundled = Annotator::bundled();
    let same = only_these(&phrases);
    let auto = automaton(&phrases, None, MatchKind::LeftmostLongest);
    let nfa = automaton(&phrases, Some(AhoCorasickKind::ContiguousNFA), MatchKind::LeftmostLongest);
    let dfa = automaton(&phrases, Some(AhoCorasickKind::DFA), MatchKind::LeftmostLongest);
    let all = automaton(&phrases, Some(AhoCorasickKind::DFA), MatchKind::Standard);
    if support::is_made() {
        let oracle = leftmost_longest(&all, &text);
        assert!(oracle > 0, "the text holds none of the phrases");
        assert_eq!(oracle, same.annotate(&text).annotations().len(), "the engines disagree");
    }

    type Engine<'a> = (&'a str, &'a dyn Fn(&str) -> usize);
    let engines: [Engine; 6] = [
        ("rhetor/default-devices", &|text| bundled.annotate(text).annotations().len()),
        ("rhetor/same-phrases", &|text| same.annotate(text).annotations().len()),
        ("aho-corasick/auto", &|text| words(&auto, text)),
        ("aho-corasick/contiguous-nfa", &|text| words(&nfa, text)),
        ("aho-corasick/dfa", &|text| words(&dfa, text)),
        ("aho-corasick/dfa-overlapping", &|text| overlapping_words(&all, text).count()),
    ];
    let mut group = criterion.benchmark_group("matching");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (name, count) in engines {
        let expected = count(&text);
        eprintln!("{name}: {expected} matches");
        group.bench_function(name, |b| b.iter(|| assert_eq!(count(black_box(&text)), expected)));
    }
    group.finish();
}

/// The phrases of the bundled lexicons, in lower case.
fn surface_forms() -> BTreeSet<String> {
    let lexicons = Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).expect("a bundled lexicon reads"));
    let mut phrases = BTreeSet::new();
    for lexicon in lexicons {
        for entry in lexicon.entries() {
            phrases.extend(entry.patterns().flat_map(expand));
        }
    }
    phrases
}

/// The surface forms of a pattern; none if it holds more than words and inflected words.
fn expand(pattern: &str) -> Vec<String> {
    let mut phrases = vec![String::new()];
    for word in pattern.split_whitespace() {
        let forms = match word.rsplit_once('/') {
            None if is_plain(word) => vec![word.to_owned()],
            Some((lemma, form)) if is_plain(lemma) => match form.parse::<Form>() {
                Ok(form) => Inflection::english().forms(lemma, form),
                Err(_) => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        if phrases.len() * forms.len() > MOST_FORMS {
            return Vec::new();
        }
        let joined = |phrase: &String, form: &String| format!("{phrase} {form}").trim_start().to_lowercase();
        phrases = phrases.iter().flat_map(|phrase| forms.iter().map(move |form| joined(phrase, form))).collect();
    }
    phrases
}

/// Whether an element of a pattern is a word and nothing else.
fn is_plain(element: &str) -> bool {
    element.starts_with(char::is_alphanumeric)
        && element.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.'))
}

/// An annotator that looks for these phrases only.
fn only_these(phrases: &BTreeSet<String>) -> Annotator {
    let patterns: Vec<String> = phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect();
    let file = format!(
        r#"
        schema = 1
        id = "bench/phrases"
        version = "1.0.0"
        language = "en"
        title = "Phrases"
        license = "CC0-1.0"

        [[device]]
        id = "phrase"
        title = "Phrase"
        definition = "A phrase that the bench looks for."

        [[entry]]
        id = "phrase"
        device = "phrase"
        match = [{}]
        since = "1.0.0"
        note = "It is one of those looked for."
        examples = ["[{}]"]
        "#,
        patterns.join(", "),
        phrases.first().expect("the lexicons hold phrases")
    );
    let lexicon = Lexicon::from_toml("bench.toml", &file).unwrap_or_else(|error| panic!("{error}"));
    let builder = Annotator::builder().without_bundled().lexicon(lexicon).only(["phrase"]);
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

fn automaton(phrases: &BTreeSet<String>, kind: Option<AhoCorasickKind>, matches: MatchKind) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    let builder = builder.ascii_case_insensitive(true).match_kind(matches).kind(kind);
    builder.build(phrases).expect("the phrases fit an automaton")
}

/// Counts the matches that are whole words.
fn words(automaton: &AhoCorasick, text: &str) -> usize {
    automaton.find_iter(text).filter(|found| is_bounded(text, found.start(), found.end())).count()
}

/// All matches that are whole words, in the order of their ends.
fn overlapping_words<'a>(automaton: &'a AhoCorasick, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let all = automaton.find_overlapping_iter(text).map(|found| (found.start(), found.end()));
    all.filter(|&(start, end)| is_bounded(text, start, end))
}

/// Counts what remains of the overlapping matches when the leftmost and longest keep their place.
fn leftmost_longest(automaton: &AhoCorasick, text: &str) -> usize {
    let mut found: Vec<(usize, usize)> = overlapping_words(automaton, text).collect();
    found.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let mut free = 0;
    found.retain(|&(start, end)| {
        let stays = start >= free;
        free = if stays { end } else { free };
        stays
    });
    found.len()
}

/// Whether neither end is inside a word; a hyphen is, as this crate cuts words.
fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '-';
    !text[..start].chars().next_back().is_some_and(is_inside) && !text[end..].chars().next().is_some_and(is_inside)
}
