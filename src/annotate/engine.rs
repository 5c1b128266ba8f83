//! The pass over a text: sentence by sentence, phrases first, then names, then constructions.

use std::iter::from_fn;

use super::annotation::Voice;
use super::annotator::Compiled;
use super::buffers::Buffers;
use super::Language;
use crate::pattern::{Companions, Found, Patterns, Sentence};
use crate::text::names::{self, Clues};
use crate::text::{Quotation, Span};

/// A match that stayed.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'a> {
    /// Place in the annotator's list of entries.
    pub(crate) entry: usize,
    pub(crate) span: Span,
    pub(crate) sentence: usize,
    pub(crate) voice: Voice,
    pub(crate) parts: Vec<(&'a str, Span)>,
}

/// What a pass over a text yields.
pub(crate) struct Pass<'a> {
    pub(crate) sentences: Vec<Span>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) hits: Vec<Hit<'a>>,
}

/// Annotates a text. With `all`, matches that others would hide are kept, for the self-test of entries.
pub(crate) fn annotate<'a>(compiled: &'a Compiled, text: &str, all: bool) -> Pass<'a> {
    // About as many as news has of them, so that it does not have to grow.
    let mut hits = Vec::with_capacity(text.len() / 256);
    let mut known = Companions::default();
    let each = |read: Read, found: &mut Vec<Found<'a>>| {
        if found.is_empty() {
            return;
        }
        known.forget();
        found.retain(|hit| compiled.patterns.in_company(hit.entry, hit.span, read.sentence, &mut known));
        if !all {
            compiled.resolve(found, |_, _| {});
        }
        hits.extend(found.drain(..).map(|hit| Hit {
            entry: hit.entry,
            span: hit.span,
            sentence: read.number,
            voice: read.reach.voice(hit.span),
            parts: hit.parts,
        }));
    };
    let Compiled { language, patterns, buffers, .. } = compiled;
    let (sentences, quotations) = buffers.lend(|buffers| read(language, patterns, text, buffers, all, each));
    Pass { sentences, quotations, hits }
}

/// A sentence that was read.
pub(super) struct Read<'s> {
    number: usize,
    pub(super) span: Span,
    pub(super) sentence: &'s Sentence,
    /// Only where something was found does it go along.
    reach: &'s Reach<'s>,
}

/// So many sentences are read, then searched for names, then for constructions, then all that was found is weighed: the code of
/// all that is more than the processor has at hand, and would have to be fetched again for each sentence.
const TOGETHER: usize = 32;

/// Reads a text; `each` gets every sentence with all that the patterns find in it, before anything is weighed. Exceptions are
/// looked for `always`, or else where there is something to except. Returns sentences and quotations.
pub(super) fn read<'a>(
    language: &Language,
    patterns: &'a Patterns,
    text: &str,
    buffers: &mut Buffers,
    always: bool,
    mut each: impl FnMut(Read, &mut Vec<Found<'a>>),
) -> (Vec<Span>, Vec<Quotation>) {
    let Buffers { blocks, quotations: reader, here, sentences, keys, names, characters, scratch } = buffers;
    names.forget();
    // About as many as news has of them, so that it does not have to grow.
    let mut spans = Vec::with_capacity(text.len() / 64);
    let mut quotations = Vec::new();
    let (mut phrases, mut constructions) = (Vec::with_capacity(64), Vec::with_capacity(64));
    let mut found = Vec::with_capacity(64);

    let [reach, heard] = here;
    let (mut reach, mut heard) = (Reach::new(reach), Reach::new(heard));
    let mut splitter = language.splitter.sentences_with(text, std::mem::take(blocks));
    sentences.resize_with(TOGETHER, Sentence::default);
    while let Some(page) = splitter.turn() {
        reader.read(text, page, &language.quotations, &mut quotations);
        characters.clear();
        patterns.characters(text, page.range(), |hit| characters.push((hit.entry, hit.span)));
        characters.sort_by_key(|(_, span)| span.start());
        let mut characters = characters.iter().copied().peekable();
        let first = spans.len();
        spans.extend(from_fn(|| splitter.next_of_page()));
        for (first, together) in (first..).step_by(TOGETHER).zip(spans[first..].chunks(TOGETHER)) {
            let sentences = &mut sentences[..together.len()];
            patterns.read(text, together, sentences, keys, |hit| phrases.push(hit));
            for sentence in sentences.iter_mut() {
                let clues = Clues::new(text, &sentence.seen, &sentence.clues);
                names::find(&clues, names, &mut sentence.names);
            }
            let mut counts = [0; TOGETHER];
            for ((span, sentence), count) in together.iter().zip(sentences.iter_mut()).zip(&mut counts) {
                reach.advance(*span, &quotations);
                sentence.set_quotations(reach.here.iter().map(|quotation| quotation.span()));
                let before = constructions.len();
                patterns.constructions(sentence, scratch, &mut constructions);
                *count = constructions.len() - before;
            }
            let (mut phrases, mut constructions) = (phrases.drain(..).peekable(), constructions.drain(..));
            for ((number, span), (sentence, count)) in (first..).zip(together).zip(sentences.iter().zip(counts)) {
                found.clear();
                found.extend(from_fn(|| phrases.next_if(|hit: &Found| hit.span.start() < span.end())));
                found.extend(constructions.by_ref().take(count));
                let runs = from_fn(|| characters.next_if(|(_, run)| run.start() < span.end()));
                let within = runs.filter(|(_, run)| span.covers(*run));
                found.extend(within.map(|(entry, span)| Found { entry, span, parts: Vec::new() }));
                if always || !found.is_empty() {
                    patterns.exceptions(sentence, scratch, &mut found);
                    heard.advance(*span, &quotations);
                }
                each(Read { number, span: *span, sentence, reach: &heard }, &mut found);
            }
        }
    }
    *blocks = splitter.into_buffers();
    (spans, quotations)
}

/// What a match lost to: an entry and where that matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rival {
    pub(super) entry: usize,
    pub(super) span: Span,
}

impl Compiled {
    /// Of the matches of one device, leaves the leftmost and longest, and none that an exception overlaps; `lost` is told
    /// of each that does not stay.
    pub(super) fn resolve<'a>(&self, found: &mut Vec<Found<'a>>, mut lost: impl FnMut(&Found<'a>, Rival)) {
        let rank = |hit: &Found| {
            (
                self.device_of[hit.entry],
                !self.excepts[hit.entry],
                hit.span.start(),
                std::cmp::Reverse(hit.span.end()),
                hit.entry,
            )
        };
        found.sort_by_key(rank);
        let (mut device, mut exceptions, mut last) = (usize::MAX, Vec::<Rival>::new(), None::<Rival>);
        found.retain(|hit| {
            if self.device_of[hit.entry] != device {
                device = self.device_of[hit.entry];
                exceptions.clear();
                last = None;
            }
            let own = Rival { entry: hit.entry, span: hit.span };
            if self.excepts[hit.entry] {
                exceptions.push(own);
                return false;
            }
            let exception = exceptions.iter().find(|rival| rival.span.overlaps(hit.span)).copied();
            let rival = exception.or(last.filter(|rival| hit.span.start() < rival.span.end()));
            match rival {
                Some(rival) => lost(hit, rival),
                None => last = Some(own),
            }
            rival.is_none()
        });
        found.sort_by_key(|hit| (hit.span.start(), std::cmp::Reverse(hit.span.end()), self.device_of[hit.entry]));
    }
}

/// Goes along with the sentences and knows which quotations reach into the current one.
struct Reach<'q> {
    /// How many quotations begin before the end of it.
    passed: usize,
    /// In order of their start.
    here: &'q mut Vec<Quotation>,
}

impl Reach<'_> {
    /// Before the first sentence.
    fn new(here: &mut Vec<Quotation>) -> Reach<'_> {
        here.clear();
        Reach { passed: 0, here }
    }

    fn advance(&mut self, sentence: Span, quotations: &[Quotation]) {
        self.here.retain(|quotation| quotation.span().end() > sentence.start());
        while let Some(next) = quotations.get(self.passed).filter(|next| next.span().start() < sentence.end()) {
            if next.span().end() > sentence.start() {
                self.here.push(*next);
            }
            self.passed += 1;
        }
    }

    fn voice(&self, span: Span) -> Voice {
        let first = Span::new(span.start(), span.start() + 1);
        match self.here.iter().any(|quotation| quotation.inner().covers(first)) {
            true => Voice::Quoted,
            false => Voice::Author,
        }
    }
}
