//! The engine against oracles that share none of its code.
//!
//! Phrases are looked for in three ways: by the engine; by Aho–Corasick over the folded text, every overlapping match
//! checked for word boundaries; and by trying every phrase at every word. Constructions are held against a list of every
//! string that they can match.
//!
//! The model. A text is a run of words and marks with white space between. Words are folded by small letters, straight
//! apostrophes and plain hyphens; a run of white space counts as one space, whatever it is made of, and none is needed
//! around a mark. A word ends where no letter, digit, or apostrophe or hyphen between two of them goes on; the ending `'s`
//! is a word of its own. Left out, and tested by tables instead: numbers, full stops inside words, dashes and full stops in
//! a row, emoji. Which stretches are sentences is taken from the document.

mod support;

use std::ops::Range;

use aho_corasick::AhoCorasick;
use proptest::prelude::*;
use rhetor::Span;
use support::reference::{self, Re};
use support::{entry, head, plain_annotator};

// --- texts ---

/// Few words, of which some begin, end or hold others.
const WORDS: [&str; 9] = ["a", "ab", "abc", "b", "ba", "don't", "ab-ba", "a's", "ß"];
const MARKS: [&str; 5] = [",", ";", "(", ")", "/"];

/// A piece of a generated text, as the generator knows it.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    /// White space, or none, behind it.
    space: &'static str,
}

fn case() -> impl Strategy<Value = usize> {
    prop_oneof![6 => Just(0), 2 => Just(1), 1 => Just(2)]
}

fn capitals(word: &str, case: usize) -> String {
    match case {
        0 => word.to_owned(),
        1 => {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
        }
        _ => word.to_uppercase(),
    }
}

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![12 => Just(" "), 1 => Just("  "), 1 => Just("\n"), 1 => Just(" \r\n\t"), 1 => Just("\u{a0}"), 1 => Just("\u{ad} "), 1 => Just("\n\n")]
}

fn piece() -> impl Strategy<Value = Piece> {
    let word = (0..WORDS.len(), case(), prop::bool::ANY, 0..8u8).prop_map(|(word, case, curly, soft)| {
        let mut text = capitals(WORDS[word], case);
        if curly {
            text = text.replace('\'', "’").replace('-', "\u{2011}");
        }
        // A soft hyphen behind the first letter of a longer word.
        if soft == 0 && text.chars().all(char::is_alphabetic) && text.chars().count() > 1 {
            let first = text.chars().next().map_or(0, char::len_utf8);
            text.insert(first, '\u{ad}');
        }
        text
    });
    let mark = prop::sample::select(&MARKS[..]).prop_map(str::to_owned);
    let stop = Just(".".to_owned());
    (prop_oneof![9 => word, 2 => mark, 1 => stop], space(), prop::bool::ANY).prop_map(|(text, space, tight)| {
        let mark = MARKS.contains(&text.as_str());
        Piece { space: if mark && tight { "" } else { space }, text }
    })
}

fn text() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec(piece(), 0..40)
}

/// The text, and where each token stands. An ending `'s` is a token of its own.
fn layout(pieces: &[Piece]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    for piece in pieces {
        let start = text.len();
        text += &piece.text;
        let ending = piece.text.find(['\'', '’']).filter(|at| fold(&piece.text[*at..]) == "'s" && *at > 0);
        match ending {
            Some(at) => tokens.extend([start..start + at, start + at..text.len()]),
            None => tokens.push(start..text.len()),
        }
        text += piece.space;
    }
    (text, tokens)
}

fn fold(token: &str) -> String {
    let fold = |c| match c {
        '\u{ad}' => String::new(),
        '’' => "'".to_owned(),
        '\u{2011}' => "-".to_owned(),
        c => char::to_lowercase(c).collect(),
    };
    token.chars().map(fold).collect()
}

// --- lexicons ---

/// An entry of phrases.
#[derive(Clone, Debug)]
struct Phrases {
    device: usize,
    exception: bool,
    /// Each phrase as its words.
    phrases: Vec<Vec<String>>,
}

const DEVICES: [&str; 2] = ["one", "two"];

fn phrase_word() -> impl Strategy<Value = String> {
    let word = (0..WORDS.len(), case()).prop_map(|(word, case)| capitals(WORDS[word], case));
    prop_oneof![10 => word, 1 => Just(",".to_owned())]
}

fn lexicon() -> impl Strategy<Value = Vec<Phrases>> {
    let phrase = prop::collection::vec(phrase_word(), 1..5);
    let entry = (0..2usize, prop::bool::weighted(0.1), prop::collection::vec(phrase, 1..4));
    let entry = entry.prop_map(|(device, exception, phrases)| Phrases { device, exception, phrases });
    prop::collection::vec(entry, 1..8)
}

fn written(lexicon: &[Phrases]) -> String {
    let mut file = head(&DEVICES);
    for (number, phrases) in lexicon.iter().enumerate() {
        let patterns: Vec<String> = phrases.phrases.iter().map(|words| words.join(" ")).collect();
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let more = if phrases.exception { "exception = true" } else { "" };
        file += &entry(&format!("e{number}"), DEVICES[phrases.device], &patterns, more);
    }
    file
}

/// The words of a phrase as text is cut: `a's` is two.
fn cut(words: &[String]) -> Vec<String> {
    words
        .iter()
        .flat_map(|word| match word.to_lowercase().strip_suffix("'s") {
            Some(before) => vec![word[..before.len()].to_owned(), word[before.len()..].to_lowercase()],
            None => vec![word.clone()],
        })
        .collect()
}

/// A word of a lexicon with a capital matches only words with one; one of two or more capitals, only such words.
fn allows(word: &str, token: &str) -> bool {
    let rank = |text: &str| {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        match &letters[..] {
            [first, ..] if !first.is_uppercase() => 0,
            [_, rest @ ..] if !rest.is_empty() && rest.iter().all(|c| !c.is_lowercase()) => 2,
            [_, ..] => 1,
            [] => 0,
        }
    };
    // The ending 's says nothing, however it is written.
    fold(token) == "'s" || rank(token) >= rank(word)
}

// --- two ways to find phrases ---

/// Entry and span of every phrase, whatever it overlaps.
type Matches = Vec<(usize, Span)>;

/// Tries every phrase at every token.
fn by_words(lexicon: &[Phrases], text: &str, tokens: &[Range<usize>], sentences: &[Span]) -> Matches {
    let mut found = Vec::new();
    for sentence in sentences {
        let tokens: Vec<_> = tokens.iter().filter(|t| sentence.covers(Span::new(t.start, t.end))).cloned().collect();
        for (number, phrases) in lexicon.iter().enumerate() {
            for phrase in phrases.phrases.iter().map(|words| cut(words)) {
                for here in tokens.windows(phrase.len()) {
                    let fits = |(token, word): (&Range<usize>, &String)| {
                        let token = &text[token.clone()];
                        fold(token) == fold(word) && allows(word, token)
                    };
                    if here.iter().zip(&phrase).all(fits) {
                        found.push((number, Span::new(here[0].start, here[phrase.len() - 1].end)));
                    }
                }
            }
        }
    }
    found
}

/// Folded text, and for each of its bytes the byte of the text that it comes from.
struct Folded {
    text: String,
    from: Vec<usize>,
}

impl Folded {
    fn new(text: &str, sentence: Span) -> Folded {
        let mut folded = Folded { text: String::new(), from: Vec::new() };
        for (at, c) in text[sentence.range()].char_indices() {
            let at = sentence.start() + at;
            let mark =
                !c.is_whitespace() && !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-' | '\u{2011}' | '\u{ad}');
            if c.is_whitespace() || mark {
                folded.space(at);
            }
            if !c.is_whitespace() {
                folded.push(&fold(&c.to_string()), at);
            }
            if mark {
                folded.space(at);
            }
        }
        folded
    }

    fn push(&mut self, text: &str, at: usize) {
        self.text += text;
        self.from.resize(self.text.len(), at);
    }

    /// One space, and none behind another.
    fn space(&mut self, at: usize) {
        if !self.text.ends_with(' ') {
            self.push(" ", at);
        }
    }

    fn char_before(&self, at: usize) -> char {
        self.text[..at].chars().next_back().unwrap_or(' ')
    }

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// Whether one token ends and another may begin here.
    fn is_boundary(&self, at: usize) -> bool {
        let (before, after) = (self.char_before(at), self.char_at(at));
        let joint = |c| matches!(c, '\'' | '-');
        let ending = |at: usize| {
            let rest = &self.text[at..];
            rest.starts_with("'s") && !self.text[at + 2..].starts_with(|c: char| c.is_alphanumeric() || joint(c))
        };
        let is_ending = ending(at);
        let in_ending = at > 0 && before == '\'' && ending(at - 1);
        let inside = before.is_alphanumeric() && (after.is_alphanumeric() || joint(after))
            || joint(before) && after.is_alphanumeric();
        is_ending || !(inside || in_ending)
    }

    fn span(&self, found: Range<usize>, text: &str) -> Span {
        let last = self.from[found.end - 1];
        Span::new(self.from[found.start], last + text[last..].chars().next().map_or(0, char::len_utf8))
    }
}

/// Aho–Corasick over the folded text, overlapping, with boundaries checked afterwards.
fn by_automaton(lexicon: &[Phrases], text: &str, sentences: &[Span]) -> Matches {
    let mut wanted = Vec::new();
    for (number, phrases) in lexicon.iter().enumerate() {
        for words in &phrases.phrases {
            wanted.push((number, cut(words)));
        }
    }
    // The ending 's follows without a space.
    let line =
        |words: &[String]| words.iter().map(|word| fold(word)).collect::<Vec<_>>().join(" ").replace(" 's", "'s");
    let automaton = AhoCorasick::new(wanted.iter().map(|(_, words)| line(words))).unwrap();
    let mut found = Vec::new();
    for sentence in sentences {
        let folded = Folded::new(text, *sentence);
        for hit in automaton.find_overlapping_iter(&folded.text) {
            if !folded.is_boundary(hit.start()) || !folded.is_boundary(hit.end()) {
                continue;
            }
            let (entry, words) = &wanted[hit.pattern().as_usize()];
            let span = folded.span(hit.range(), text);
            // The folded words of the match are those of the phrase, so they can be told apart by their lengths.
            let mut at = hit.start();
            let written = words.iter().all(|word| {
                at += usize::from(folded.char_at(at) == ' ');
                let end = at + fold(word).len();
                let token = folded.span(at..end, text);
                at = end;
                allows(word, &text[token.range()])
            });
            if written {
                found.push((*entry, span));
            }
        }
    }
    found
}

/// The rule of overlaps: within a device the leftmost and longest stays, of equal ones the first of the lexicon, and
/// nothing that an exception overlaps.
fn resolve(lexicon: &[Phrases], found: Matches) -> Vec<(String, String, Range<usize>)> {
    let mut left = Vec::new();
    for (device, id) in DEVICES.iter().enumerate() {
        let of_device: Matches = found.iter().filter(|(entry, _)| lexicon[*entry].device == device).copied().collect();
        let (exceptions, mut rest): (Matches, Matches) =
            of_device.into_iter().partition(|(entry, _)| lexicon[*entry].exception);
        rest.retain(|(_, span)| !exceptions.iter().any(|(_, other)| other.overlaps(*span)));
        while let Some(best) = rest.iter().copied().min_by_key(|(e, s)| (s.start(), std::cmp::Reverse(s.end()), *e)) {
            rest.retain(|(_, span)| !span.overlaps(best.1));
            left.push(((*id).to_owned(), format!("e{}", best.0), best.1.range()));
        }
    }
    left.sort_by_key(|(device, _, span)| (span.start, std::cmp::Reverse(span.end), device.clone()));
    left
}

// --- constructions ---

const FOUR: [&str; 4] = ["a", "b", "c", "d"];

fn construction() -> impl Strategy<Value = Re> {
    let leaf = prop_oneof![
        10 => (0..4usize).prop_map(Re::Word),
        2 => (1..4usize).prop_map(Re::Gap),
        1 => (0..4usize).prop_map(Re::Not),
        1 => (0..4usize).prop_map(Re::NotBefore),
        1 => Just(Re::Start),
    ];
    let inner = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 2..4).prop_map(Re::Sequence),
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Re::Either),
            1 => inner.clone().prop_map(|re| Re::Repeat(Box::new(re), 0, 1)),
            2 => (inner, 0..3usize, 0..3usize)
                .prop_map(|(re, least, more)| Re::Repeat(Box::new(re), least, (least + more).max(1))),
        ]
    });
    // A word on each side makes matches likely and matching nothing at all rare.
    (inner, prop::option::of(0..4usize), prop::option::of(0..4usize)).prop_map(|(re, before, after)| {
        let around = [before.map(Re::Word), Some(re), after.map(Re::Word)];
        Re::Sequence(around.into_iter().flatten().collect())
    })
}

fn tokens() -> impl Strategy<Value = Vec<Option<usize>>> {
    let token = prop_oneof![12 => (0..4usize).prop_map(Some), 1 => Just(None)];
    prop::collection::vec(token, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn three_ways_find_the_same_phrases(pieces in text(), lexicon in lexicon()) {
        let annotator = plain_annotator(&written(&lexicon));
        let (text, tokens) = layout(&pieces);
        let sentences = annotator.annotate(&text).sentences().to_vec();
        let found = support::tags(&annotator, &text);
        let by_words = resolve(&lexicon, by_words(&lexicon, &text, &tokens, &sentences));
        let by_automaton = resolve(&lexicon, by_automaton(&lexicon, &text, &sentences));
        prop_assert_eq!(&by_words, &by_automaton, "the oracles differ on {:?}", text);
        prop_assert_eq!(&found, &by_words, "in {:?}", text);
    }

    #[test]
    fn constructions_match_what_they_stand_for(pattern in construction(), tokens in tokens()) {
        let Some(surfaces) = pattern.surfaces() else { return Ok(()) };
        let line = pattern.written(&FOUR);
        let lexicon = head(&["one"]) + &entry("e", "one", &[&line], "");
        let lexicon = rhetor::Lexicon::from_toml("test.toml", &lexicon).unwrap();
        let built = rhetor::Annotator::builder().language(support::plain_language()).lexicon(lexicon).build();
        // A start of the sentence behind a word is refused, wherever in the pattern it stands.
        if let Err(error) = &built {
            if line.contains('^') && error.to_string().contains("no word can come before it") {
                return Ok(());
            }
        }
        if surfaces.iter().any(|surface| reference::width(surface) == 0) {
            prop_assert!(built.unwrap_err().to_string().contains("may match nothing"), "{}", line);
            return Ok(());
        }
        let annotator = built.unwrap();
        // Written so that the whole text is one sentence and each token stands at twice its number.
        let text: Vec<&str> = tokens.iter().map(|token| token.map_or(",", |word| FOUR[word])).collect();
        let text = text.join(" ");
        let document = annotator.annotate(&text);
        prop_assert!(document.sentences().len() <= 1);
        let found: Vec<_> = document.annotations().map(|a| a.span().start() / 2..a.span().end().div_ceil(2)).collect();
        prop_assert_eq!(found, reference::find(&surfaces, &tokens), "{} in {:?}", line, text);
    }
}
