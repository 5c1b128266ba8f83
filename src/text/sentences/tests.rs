use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::page::PAGE;
use super::{base_boundaries, SentenceSplitter};
use crate::text::Span;

/// What UAX #29 gives, changed in the only two ways that this module means to differ: a blank line always ends a sentence, and
/// any other line break is a space.
fn oracle(text: &str) -> Vec<usize> {
    let mut found = vec![];
    let (mut start, mut position) = (None, 0);
    let mut close = |start: &mut Option<usize>, end: usize| {
        let Some(from) = start.take() else { return };
        let paragraph = text[from..end].trim_end().replace(['\r', '\n'], " ");
        // The rarer line breaks, by spaces of the same length.
        let paragraph = paragraph.replace('\u{2028}', "\u{2003}").replace('\u{85}', "\u{a0}");
        found.extend(paragraph.split_sentence_bound_indices().map(|(at, _)| from + at));
    };
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            close(&mut start, position);
        } else if start.is_none() {
            start = Some(position + line.len() - line.trim_start().len());
        }
        position += line.len();
    }
    close(&mut start, text.len());
    found
}

/// Texts in which every class of characters that the rules tell apart turns up, next to every other.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ".", ".", "?", "!", "。", "؟", "․", "…", "a", "Zb", "ß", "É", "ǅ", "ა", "א", "漢", "\u{301}", "\u{200d}",
        "\u{ad}", "7", "٣", " ", " ", "\u{a0}", "\t", "\n", "\r\n", "\n\n", "\u{2028}", "\u{2029}", "\u{85}", "\"",
        "'", "(", ")", "“", "”", "»", "「", ",", ":", "-", "—", "،", "$", "😀", "\u{feff}", "_",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn base_is_uax_29_but_for_line_breaks(text in texts()) {
        prop_assert_eq!(base_boundaries(&text), oracle(&text), "{:?}", text);
    }

    #[test]
    fn nothing_visible_lies_outside_every_sentence(text in texts()) {
        let splitter = SentenceSplitter::english();
        let mut end = 0;
        for span in splitter.sentences(&text) {
            let sentence = &text[span.range()];
            prop_assert!(!sentence.is_empty() && sentence.trim() == sentence, "{:?} in {:?}", sentence, text);
            prop_assert!(text[end..span.start()].trim().is_empty(), "{:?} in {:?}", sentence, text);
            end = span.end();
        }
        prop_assert!(text[end..].trim().is_empty(), "{:?}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in any::<String>()) {
        base_boundaries(&text);
        SentenceSplitter::english().sentences(&text).count();
    }
}

#[test]
fn a_text_of_many_pages_has_the_sentences_of_its_paragraphs() {
    let splitter = SentenceSplitter::english();
    let paragraphs = [
        "It rained… Gen. Roe left at 5 p.m. “Why?” nobody asked",
        "LOUD HEADLINE\nA line\nof prose. Another.",
        "؟ 。 x",
    ];
    let (mut text, mut expected) = (String::new(), Vec::new());
    for number in 0..6000 {
        let paragraph = paragraphs[number * number % 7 % paragraphs.len()];
        let shifted = |span: Span| (text.len() + span.start(), text.len() + span.end());
        expected.extend(splitter.sentences(paragraph).map(shifted));
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    let found: Vec<_> = splitter.sentences(&text).map(|span| (span.start(), span.end())).collect();
    assert!(text.len() > 3 * PAGE && found.len() > 6000);
    assert_eq!(found, expected);
}
