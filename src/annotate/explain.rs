//! Why a span is tagged, or why it is not.

use serde::{Deserialize, Serialize};

use super::annotator::Compiled;
use super::buffers::Buffers;
use super::engine::{self, Rival};
use super::{Document, EntryRecord};
use crate::lexicon::Entry;
use crate::pattern::{Companions, Found, Near, Scratch, Sentence, Trace};
use crate::text::{cut, fold, Span};

/// The most near misses that are looked for.
const NEAREST: usize = 10;

/// Why a span is tagged, or why it is not. All offsets are in bytes.
///
/// ```
/// let annotator = rhetor::Annotator::bundled();
/// let document = annotator.annotate("Officials say the raid caused collateral damage, or collateral harm.");
///
/// let tag = &document.explain(document.find("officials")[0]).tags[0];
/// assert_eq!(tag.entry.lexicon, "en/unnamed-source");
/// let words: Vec<_> = tag.elements.iter().flat_map(|element| &element.met).map(|met| met.text.as_str()).collect();
/// assert_eq!(words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>(), ["Officials", "say"]);
///
/// let explanation = document.explain(document.find("collateral harm")[0]);
/// assert!(explanation.tags.is_empty());
/// let near = explanation.nearest.iter().find(|near| near.entry.id == "collateral-damage").unwrap();
/// assert_eq!((near.found.as_ref().unwrap().text.as_str(), near.wanted.as_str()), ("harm", "\"damage\""));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The span that was asked about.
    pub span: Span,
    /// Each tag that touches the span, by where they begin.
    pub tags: Vec<Reason>,
    /// What matched there and is no tag.
    #[serde(default)]
    pub lost: Vec<LostMatch>,
    /// Where nothing matched: the patterns that came nearest, the nearest first, each of another entry. They are only
    /// looked for in a span within one sentence, near its first 64 words.
    #[serde(default)]
    pub nearest: Vec<NearMiss>,
}

/// Which entry matched, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What it tags, or would.
    #[serde(flatten)]
    pub passage: Passage,
    /// Id of the device.
    pub device: String,
    /// The kind within the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The entry.
    pub entry: EntryRecord,
    /// The pattern, as written.
    pub pattern: String,
    /// Its elements and the words that met them.
    pub elements: Vec<ElementRecord>,
    /// Words and classes of which one has to stand in the same sentence, as written; empty where nothing has to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// What stands there of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Passage>,
    /// Words and classes of which none may stand in the same sentence, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
    /// The plain expression that the phrase replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gloss: Option<String>,
    /// Why it is worth a tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An element of a pattern, and the words that met it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementRecord {
    /// The element as written, such as `<adverb>{0,2}`.
    pub element: String,
    /// Where it stands in the pattern, in bytes.
    pub at: Span,
    /// The words: none where it holds without any, as `!x` does. `None` where it was not met, or not reached.
    pub met: Option<Passage>,
}

/// A stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where, in bytes of the text.
    #[serde(flatten)]
    pub span: Span,
    /// What stands there.
    pub text: String,
}

/// A match that is no tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LostMatch {
    /// What matched.
    #[serde(flatten)]
    pub matched: Reason,
    /// Why it is no tag.
    pub lost: LostTo,
}

/// Why a match is no tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "to")]
#[non_exhaustive]
pub enum LostTo {
    /// Nothing that the entry requires stands in the sentence.
    Missing,
    /// Words stand in the sentence that the entry excludes.
    Excluded(Passage),
    /// An exception of the same device matches here.
    Exception {
        /// The exception.
        entry: EntryRecord,
        /// Where it matches.
        #[serde(flatten)]
        passage: Passage,
    },
    /// Another match of the same device begins further left, or is longer, or its entry comes first.
    Other {
        /// The other entry.
        entry: EntryRecord,
        /// Where it matches.
        #[serde(flatten)]
        passage: Passage,
    },
}

/// A pattern that nearly matched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Id of the device.
    pub device: String,
    /// The entry.
    pub entry: EntryRecord,
    /// The pattern, as written.
    pub pattern: String,
    /// Its elements and the words that met them.
    pub elements: Vec<ElementRecord>,
    /// Which of `elements` failed first, counted from 0.
    pub failed: usize,
    /// What stands in its place, behind a gap all that it might have been; `None` at the end of the sentence.
    pub found: Option<Passage>,
    /// What was wanted there, in plain words.
    pub wanted: String,
}

impl Document<'_> {
    /// Why a span is tagged, or why it is not. That of an annotation explains it, and what else touches it; any other may
    /// be asked about as well.
    ///
    /// The first explanation takes as long as building the annotator did: the patterns are compiled once more, element by
    /// element. After that, each takes about as long as annotating the text.
    pub fn explain(&self, span: Span) -> Explanation {
        let compiled = self.annotator().compiled();
        let trace = compiled.trace();
        // An empty span means the character behind it.
        let around = Span::new(span.start(), span.end().max(span.start().saturating_add(1)));
        let mut explanation = Explanation { span, tags: Vec::new(), lost: Vec::new(), nearest: Vec::new() };
        let mut scratch = Scratch::default();
        let buffers = &mut Buffers::default();
        engine::read(&compiled.language, &trace.patterns, self.text(), buffers, false, |read, found| {
            if read.span.overlaps(around) {
                let mut explainer =
                    Explainer { compiled, trace, text: self.text(), sentence: read.sentence, scratch: &mut scratch };
                explainer.matches(around, found, &mut explanation);
                if explanation.tags.is_empty() && explanation.lost.is_empty() && read.span.covers(span) {
                    explanation.nearest = explainer.nearest(around);
                }
            }
        });
        explanation
    }

    /// Every place where a phrase stands in the text, whatever its capitals, apostrophes, hyphens and line breaks. It
    /// begins and ends with a word, and lies within a sentence.
    ///
    /// ```
    /// let annotator = rhetor::Annotator::bundled();
    /// let document = annotator.annotate("Collateral\ndamage is damage.");
    /// assert_eq!(document.find("collateral damage"), [rhetor::Span::new(0, 17)]);
    /// assert_eq!(document.find("age"), []);
    /// ```
    pub fn find(&self, phrase: &str) -> Vec<Span> {
        let rules = &self.annotator().compiled().language.words;
        let tokens = |text: &str, within: Span| {
            let mut tokens = Vec::new();
            cut(text, within, rules, &mut tokens);
            let folded = |span: Span| {
                let mut folded = String::new();
                fold(&text[span.range()], &mut folded);
                (folded, span)
            };
            tokens.iter().map(|token| folded(token.span())).collect::<Vec<_>>()
        };
        let wanted = tokens(phrase, Span::new(0, phrase.len()));
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for sentence in self.sentences() {
            for window in tokens(self.text(), *sentence).windows(wanted.len()) {
                if window.iter().map(|(word, _)| word).eq(wanted.iter().map(|(word, _)| word)) {
                    found.push(Span::new(window[0].1.start(), window[window.len() - 1].1.end()));
                }
            }
        }
        found
    }
}

/// Explains what stands in one sentence.
struct Explainer<'e> {
    compiled: &'e Compiled,
    trace: &'e Trace,
    text: &'e str,
    sentence: &'e Sentence,
    scratch: &'e mut Scratch,
}

impl Explainer<'_> {
    /// What matches and touches the span: that which is tagged and that which is not.
    fn matches(&mut self, around: Span, found: &mut Vec<Found>, explanation: &mut Explanation) {
        let mut lost: Vec<(Found, LostTo)> = Vec::new();
        let mut known = Companions::default();
        found.retain(|hit| {
            let stays = self.trace.patterns.in_company(hit.entry, hit.span, self.sentence, &mut known);
            if !stays && hit.span.overlaps(around) {
                let company = self.trace.patterns.company(hit.entry, hit.span, self.sentence);
                let missing = company.required.is_none() && !self.entry(hit.entry).requires.is_empty();
                let excluded = company.excluded.filter(|_| !missing);
                let reason = excluded.map_or(LostTo::Missing, |span| LostTo::Excluded(self.passage(span)));
                lost.push((hit.clone(), reason));
            }
            stays
        });
        self.compiled.resolve(found, |hit, rival| {
            // That an entry finds a piece of what it found already says nothing.
            let own = rival.entry == hit.entry && rival.span.covers(hit.span);
            if hit.span.overlaps(around) && !own {
                lost.push((hit.clone(), self.lost_to(rival)));
            }
        });
        let tags: Vec<Reason> =
            found.iter().filter(|hit| hit.span.overlaps(around)).map(|hit| self.reason(hit)).collect();
        explanation.tags.extend(tags);
        lost.sort_by_key(|(hit, _)| (hit.entry, hit.span.start(), std::cmp::Reverse(hit.span.end())));
        lost.dedup_by(|(next, _), (hit, _)| next.entry == hit.entry && hit.span.covers(next.span));
        lost.retain(|(hit, _)| !self.entry(hit.entry).is_exception());
        lost.sort_by_key(|(hit, _)| (hit.span.start(), std::cmp::Reverse(hit.span.end())));
        let lost = lost.into_iter().map(|(hit, lost)| LostMatch { matched: self.reason(&hit), lost });
        explanation.lost.extend(lost);
    }

    fn nearest(&mut self, span: Span) -> Vec<NearMiss> {
        let tried = |entry| !self.compiled.entry(entry).1.is_exception();
        let nearest = self.trace.nearest(self.sentence, span, NEAREST, tried, self.scratch);
        nearest.into_iter().map(|near| self.near_miss(near)).collect()
    }

    fn near_miss(&self, near: Near) -> NearMiss {
        let pattern = self.pattern(near.entry, near.pattern);
        let elements = near.elements.iter().map(|(number, met)| self.element(near.entry, near.pattern, *number, *met));
        NearMiss {
            device: self.entry(near.entry).device().to_owned(),
            entry: self.record(near.entry),
            pattern: pattern.to_owned(),
            elements: elements.collect(),
            failed: near.failed,
            found: near.found.map(|span| self.passage(span)),
            wanted: near.wanted,
        }
    }

    fn reason(&mut self, hit: &Found) -> Reason {
        let (pattern, elements) = match self.trace.explain(hit, self.sentence, self.scratch) {
            Some((pattern, met)) => {
                let taken = self.trace.pattern(hit.entry, pattern).taken(&met, None);
                (
                    pattern,
                    taken.into_iter().map(|(number, met)| self.element(hit.entry, pattern, number, met)).collect(),
                )
            }
            None => self.characters(hit),
        };
        let entry = self.entry(hit.entry);
        let company = self.trace.patterns.company(hit.entry, hit.span, self.sentence);
        Reason {
            passage: self.passage(hit.span),
            device: entry.device().to_owned(),
            kind: entry.kind().map(str::to_owned),
            entry: self.record(hit.entry),
            pattern: self.pattern(hit.entry, pattern).to_owned(),
            elements,
            requires: entry.requires().map(str::to_owned).collect(),
            required: company.required.map(|span| self.passage(span)),
            excludes: entry.excludes().map(str::to_owned).collect(),
            gloss: entry.gloss().map(str::to_owned),
            note: entry.note().map(str::to_owned),
        }
    }

    /// The pattern of characters that made a match, which is its only element.
    fn characters(&self, hit: &Found) -> (usize, Vec<ElementRecord>) {
        let here = &self.text[hit.span.range()];
        let is_it = |pattern: &str| pattern.trim().trim_matches('`').eq_ignore_ascii_case(here);
        match self.entry(hit.entry).patterns().position(is_it) {
            Some(pattern) => (pattern, vec![self.element(hit.entry, pattern, 0, Some(hit.span))]),
            None => (0, Vec::new()),
        }
    }

    fn element(&self, entry: usize, pattern: usize, number: usize, met: Option<Span>) -> ElementRecord {
        let at = self.trace.pattern(entry, pattern).elements[number].at;
        let element = self.pattern(entry, pattern)[at.range()].to_owned();
        ElementRecord { element, at, met: met.map(|span| self.passage(span)) }
    }

    fn lost_to(&self, rival: Rival) -> LostTo {
        let (entry, passage) = (self.record(rival.entry), self.passage(rival.span));
        match self.entry(rival.entry).is_exception() {
            true => LostTo::Exception { entry, passage },
            false => LostTo::Other { entry, passage },
        }
    }

    fn entry(&self, entry: usize) -> &Entry {
        self.compiled.entry(entry).1
    }

    fn pattern(&self, entry: usize, pattern: usize) -> &str {
        self.entry(entry).patterns().nth(pattern).unwrap_or_default()
    }

    fn record(&self, entry: usize) -> EntryRecord {
        let (lexicon, entry) = self.compiled.entry(entry);
        EntryRecord {
            lexicon: lexicon.id().to_owned(),
            version: lexicon.version().to_string(),
            id: entry.id().to_owned(),
        }
    }

    fn passage(&self, span: Span) -> Passage {
        Passage { span, text: self.text[span.range()].to_owned() }
    }
}
