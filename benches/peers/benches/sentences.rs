//! How fast sentences are cut: [`rhetor::SentenceSplitter`] against the splitters that there are for Rust.
//!
//! They do not do the same work. unicode-segmentation and icu_segmenter give the boundaries of UAX #29, which know no
//! abbreviations; icu_segmenter is built for any language, once, before the race. srx goes by rules of regular expressions:
//! those of `english.srx` here, far fewer than the sets in use, which is to its advantage. sentencex has lists of
//! abbreviations for many languages, as rhetor has one for English. None but rhetor reads through single line breaks, and
//! so the text has none: a paragraph a line, where all are nearest to each other. Each says how many sentences it finds.

#[path = "../../support/mod.rs"]
mod support;

use icu_segmenter::options::SentenceBreakInvariantOptions;
use icu_segmenter::SentenceSegmenter;
use rhetor::SentenceSplitter;
use srx::SRX;
use support::race::{race, Runner};
use support::MEGABYTE;
use unicode_segmentation::UnicodeSegmentation;

const TEXT: usize = 5 * MEGABYTE;

fn main() {
    let text = support::unwrapped(&support::text(TEXT));
    let bytes = text.len();
    let splitter = SentenceSplitter::english();
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let rules: SRX = include_str!("../english.srx").parse().expect("the rules are read");
    assert!(rules.errors().values().all(Vec::is_empty), "{:?}", rules.errors());
    let rules = rules.language_rules("en");
    let finishes = race(vec![
        Runner::new("rhetor", bytes, || splitter.sentences(&text).count()),
        Runner::new("unicode-segmentation", bytes, || text.unicode_sentences().count()),
        Runner::new("icu_segmenter", bytes, || icu.segment_str(&text).count()),
        Runner::new("srx", bytes, || rules.split(&text).count()),
        Runner::new("sentencex", bytes, || sentencex::get_sentence_boundaries("en", &text).len()),
    ]);
    let (ours, theirs) = finishes.split_first().expect("there are splitters");
    for other in theirs {
        let (bar, aim) = if other.name == "unicode-segmentation" { ("8", "20") } else { ("ahead", "") };
        let what = format!("sentences against {}", other.name);
        support::row(&what, ours.speed_told(), other.speed_told(), ours.speed() / other.speed(), bar, aim);
    }
}
