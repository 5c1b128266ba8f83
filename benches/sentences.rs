//! How fast sentences are cut: [`rhetor::SentenceSplitter`] against `unicode_sentences` of unicode-segmentation.
//!
//! Both begin from the boundaries of UAX #29; this crate then takes back those behind abbreviations, initials and the
//! like, and reads through line breaks. The figures are throughput in bytes of text, from one run on one thread: what
//! counts is the ratio. The two do not do the same work and do not find the same sentences, so each says beforehand how
//! many it finds, and every run is held to that number.
//!
//! - `as-is`: half of the text is wrapped at 72 columns, where UAX #29 ends a "sentence" at every line.
//! - `unwrapped`: the same with a paragraph a line, where the two are nearest to each other.

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use rhetor::SentenceSplitter;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    let mut criterion = support::criterion();
    sentences(&mut criterion);
    criterion.final_summary();
}

fn sentences(criterion: &mut Criterion) {
    let text = support::text();
    let unwrapped = support::unwrapped(&text);
    let splitter = SentenceSplitter::english();

    type Engine<'a> = (&'a str, &'a dyn Fn(&str) -> usize);
    let engines: [Engine; 2] = [
        ("rhetor", &|text| splitter.sentences(text).count()),
        ("unicode-segmentation", &|text| text.unicode_sentences().count()),
    ];
    let mut group = criterion.benchmark_group("sentences");
    for (form, text) in [("as-is", &text), ("unwrapped", &unwrapped)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        for (name, count) in engines {
            let expected = count(text);
            eprintln!("{name}, {form}: {expected} sentences");
            group.bench_with_input(BenchmarkId::new(name, form), text, |b, text| {
                b.iter(|| assert_eq!(count(black_box(text)), expected));
            });
        }
    }
    group.finish();
}
