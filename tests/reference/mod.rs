//! The engine against a slow, obvious reading of the same lexicons, with all devices on: over ten thousand made-up articles,
//! and over the annotated corpora where they lie beside the checkout.
//!
//! Three things are held for every sentence. Whatever an entry reports is a way through one of its patterns, part by part.
//! From every word on, the longest way through every pattern is reported. And of what is reported, that stays which by
//! `docs/patterns.md` wins. (Which of the shorter ways are reported besides depends on the anchors of the engine: it is
//! held that they are ways, not which.)

mod texts;

use std::cmp::Reverse;
use std::path::Path;

use serde::Deserialize;

use super::annotator::{Annotator, Compiled};
use super::engine::{self, Hit};
use super::Voice;
use crate::pattern::reference::{Match, Reference};
use crate::text::names::Memory;
use crate::text::{find_quotations, Span};

const ARTICLES: usize = 10_000;
/// Where corpora may lie that are not part of the project: lines of JSON, each with a text.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval");

#[test]
fn made_up_articles_are_annotated_as_the_reference_says() {
    let found = compare(&texts::articles(ARTICLES));
    assert!(found > ARTICLES, "only {found} tags: the articles try too little");
}

#[test]
fn corpora_are_annotated_as_the_reference_says() {
    let Ok(files) = std::fs::read_dir(Path::new(CORPORA)) else { return };
    let mut texts = Vec::new();
    for path in files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "jsonl")) {
        #[derive(Deserialize)]
        struct Line {
            text: String,
        }
        let lines = std::fs::read_to_string(path).unwrap();
        texts.extend(lines.lines().map(|line| serde_json::from_str::<Line>(line).unwrap().text));
    }
    compare(&texts);
}

/// Holds the engine to the reference on every text, and says how many tags there are.
fn compare(texts: &[String]) -> usize {
    let annotator = Annotator::builder().all_devices().build().unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let run = |share: &[String]| {
            let plain = Plain::new(annotator.compiled());
            share.iter().map(|text| plain.compare(text)).sum::<usize>()
        };
        let shares: Vec<_> = texts.chunks(texts.len().div_ceil(threads)).collect();
        let running: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || run(share))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

/// The rules by which an annotator reports, without its engine.
struct Plain<'c> {
    compiled: &'c Compiled,
    reference: Reference,
}

impl Plain<'_> {
    fn new(compiled: &Compiled) -> Plain<'_> {
        let Compiled { lexicons, entries, language, .. } = compiled;
        let names = language.names.as_deref();
        let reference = Reference::new(lexicons, entries, names, language.inflection(), &language.words);
        Plain { compiled, reference }
    }

    fn compare(&self, text: &str) -> usize {
        let language = &self.compiled.language;
        let quotations = find_quotations(text, &language.quotations);
        let spans: Vec<Span> = quotations.iter().map(|quotation| quotation.span()).collect();
        let reported = engine::annotate(self.compiled, text, true);
        let staying = engine::annotate(self.compiled, text, false);
        let mut memory = Memory::default();
        for (number, span) in language.splitter.sentences(text).enumerate() {
            let sentence = self.reference.read(text, span, &spans, &mut memory);
            let mut hits: Vec<&Hit> = reported.hits.iter().filter(|hit| hit.sentence == number).collect();
            for entry in 0..self.compiled.entries.len() {
                let own = hits.iter().filter(|hit| hit.entry == entry);
                let matches = self.reference.matches(entry, &sentence);
                for hit in own.clone() {
                    let is_it = |found: &Match| found.span == hit.span && found.parts == hit.parts;
                    assert!(matches.iter().any(is_it), "no way to this: {}", self.told(text, span, hit));
                }
                for found in matches.iter().filter(|found| found.due) {
                    let is_it = |hit: &&&Hit| found.span == hit.span && found.parts == hit.parts;
                    let what =
                        || format!("{} {found:?} in {:?}", self.compiled.entry(entry).1.id(), &text[span.range()]);
                    assert!(own.clone().any(|hit| is_it(&hit)), "not found: {}", what());
                }
            }
            self.resolve(&mut hits);
            let staying = staying.hits.iter().filter(|hit| hit.sentence == number);
            assert!(hits.iter().copied().map(key).eq(staying.map(key)), "others stay in {:?}", &text[span.range()]);
            for hit in hits {
                let first = Span::new(hit.span.start(), hit.span.start() + 1);
                let is_quoted = quotations.iter().any(|quotation| quotation.inner().covers(first));
                assert_eq!(hit.voice == Voice::Quoted, is_quoted, "the voice of {}", self.told(text, span, hit));
            }
        }
        staying.hits.len()
    }

    /// Leaves the hits that win: of each device those that begin first, and of these the longest, and of these that of the
    /// first entry; but none on which an exception lies.
    fn resolve(&self, hits: &mut Vec<&Hit>) {
        let device = |hit: &Hit| self.compiled.device_of[hit.entry];
        let is_exception = |hit: &Hit| self.compiled.entry(hit.entry).1.is_exception();
        let (exceptions, mut rest): (Vec<&Hit>, Vec<&Hit>) = hits.iter().partition(|hit| is_exception(hit));
        rest.sort_by_key(|hit| (hit.span.start(), Reverse(hit.span.end()), device(hit), hit.entry));
        hits.clear();
        for hit in rest {
            let beats = |other: &&&Hit| device(other) == device(hit) && other.span.overlaps(hit.span);
            if !exceptions.iter().any(|other| beats(&other)) && !hits.iter().any(|other| beats(&other)) {
                hits.push(hit);
            }
        }
    }

    fn told(&self, text: &str, sentence: Span, hit: &Hit) -> String {
        let part = |(role, span): &(&str, Span)| format!(" [{role}: {}]", &text[span.range()]);
        let parts: String = hit.parts.iter().map(part).collect();
        let id = self.compiled.entry(hit.entry).1.id();
        format!("{id} [{}]{parts} in {:?}", &text[hit.span.range()], &text[sentence.range()])
    }
}

/// What tells hits apart.
fn key<'h>(hit: &'h Hit) -> (usize, Span, &'h [(&'h str, Span)]) {
    (hit.entry, hit.span, &hit.parts)
}
