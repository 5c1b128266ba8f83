//! Shows how a text persuades: splits news prose into sentences, tags rhetorical devices in it against versioned
//! lexicons, and hands out the tags as spans that any program can render.
//!
//! What is tagged is decided by lexicon files, never by code. The code knows how to read text, how to match patterns
//! and how to report spans; which words stand for an unnamed source, or which phrase is a euphemism for what, is data
//! with a version.
//!
//! # How data flows
//!
//! One way only, and each room knows nothing of those below it:
//!
//! ```text
//! text ──> sentences, quotations, words, names       src/text/
//! lexicon files ──> lexicons ──> compiled patterns   src/lexicon/, src/pattern/
//! words + compiled patterns ──> annotations          src/annotate/
//! annotations ──> segments ──> HTML, terminal        src/render/
//! two lexicons, two records ──> what changed         src/diff/
//! ```
//!
//! What takes long on this way is kept for the lexicons inside this crate, in the bytes of `src/compact.rs`.
//!
//! With the feature `markup`, `src/markup/` puts Markdown and HTML at both ends of the first three: it takes the prose out
//! of a source, has it annotated, and takes the annotations back to where they stand in the source.
//!
//! # The main types
//!
//! - [`Annotator`] holds compiled lexicons and tags texts; [`AnnotatorBuilder`] chooses lexicons, devices and language.
//! - [`Document`] is a text with its sentences, its [`Quotation`]s and its [`Annotation`]s, and borrows them all.
//! - [`Annotation`] is one tag: [`Span`], device, [`EntryRef`], [`Voice`], [`Part`]s.
//! - [`Explanation`] says why a span is tagged, or why it is not: [`Document::explain`].
//! - [`Record`] is a document that owns what it says, for serde; its offsets count in any [`Unit`].
//! - [`segments`] cuts a text where tags begin and end, for renderers; [`html()`] and [`terminal()`] are two of them.
//! - [`Lexicon`] is a versioned list of [`Entry`]s, read from TOML; [`Fault`] is what is wrong with one, and [`check`]
//!   looks for all of them.
//! - [`LexiconDiff`] is what changed between two versions of a lexicon, with the [`Bump`] that this calls for;
//!   [`Record::changes_to`] is what became of the tags of a text.
//! - [`Language`] holds the rules of a language, which are data too; [`Inflection`] its forms of words.
//! - [`SentenceSplitter`], [`quotations`] and [`OffsetMap`] are there for those who want these and nothing else.
//!
//! The pattern language is taught by example in `docs/patterns.md`, and why things are as they are stands in
//! `DESIGN.md`.
//!
//! # Examples
//!
//! ## Tag a text
//!
//! ```
//! let annotator = rhetor::Annotator::bundled();
//! let document = annotator.annotate("“The camp was empty,” officials said.");
//! let tag = document.annotations().next().unwrap();
//! assert_eq!((tag.device(), tag.text()), ("unnamed-source", "officials"));
//! assert_eq!(tag.parts().map(|part| part.role).collect::<Vec<_>>(), ["cue"]);
//! ```
//!
//! ## Say why
//!
//! ```
//! let annotator = rhetor::Annotator::bundled();
//! let document = annotator.annotate("The raid caused collateral damage.");
//! let tag = document.annotations().next().unwrap();
//! let entry = tag.entry();
//! assert_eq!(entry.lexicon().id(), "en/euphemism");
//! assert_eq!(entry.id(), "collateral-damage");
//! assert_eq!(entry.gloss(), Some("civilians killed and homes destroyed"));
//! ```
//!
//! ## Show a text with its tags
//!
//! ```
//! let annotator = rhetor::Annotator::bundled();
//! let document = annotator.annotate("Officials say so.");
//! let mut page = String::new();
//! for piece in document.segments() {
//!     match piece.annotations.first() {
//!         Some(tag) => page += &format!("<mark title={:?}>{}</mark>", tag.device(), piece.text),
//!         None => page += piece.text,
//!     }
//! }
//! assert_eq!(page, r#"<mark title="unnamed-source">Officials</mark> say so."#);
//! ```
//!
//! ## Choose what to look for
//!
//! ```
//! use rhetor::Annotator;
//!
//! let passives = Annotator::builder().only(["passive-voice"]).build()?;
//! let document = passives.annotate("Officials say the bridge was opened by the mayor.");
//! assert!(document.annotations().all(|tag| tag.device() == "passive-voice"));
//!
//! let error = Annotator::builder().only(["euphemisms"]).build().unwrap_err();
//! assert!(error.to_string().ends_with("did you mean `euphemism`?"));
//! # Ok::<(), rhetor::BuildError>(())
//! ```
//!
//! ## Use a lexicon of one's own
//!
//! ```
//! use rhetor::{Annotator, Lexicon};
//!
//! let house = Lexicon::from_toml("house.toml", r#"
//!     schema = 1
//!     id = "house/plain-words"
//!     version = "1.0.0"
//!     language = "en"
//!     title = "Plain words"
//!     license = "CC0-1.0"
//!
//!     [[device]]
//!     id = "wordy"
//!     title = "Wordy"
//!     definition = "A long way to say a short thing."
//!
//!     [[entry]]
//!     id = "in-order-to"
//!     match = ["in order to"]
//!     gloss = "to"
//!     since = "1.0.0"
//!     examples = ["They met [in order to] talk."]
//! "#)?;
//! assert!(rhetor::check(house.clone())?.is_empty());
//!
//! let annotator = Annotator::builder().lexicon(house).also(["wordy"]).build()?;
//! let document = annotator.annotate("Officials met in order to talk.");
//! assert_eq!(document.annotations().next().unwrap().device(), "wordy");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Find every fault in a lexicon
//!
//! ```
//! let error = rhetor::Lexicon::from_toml("house.toml", "schema = 2\nid = \"House Style\"").unwrap_err();
//! let first = &error.faults()[0];
//! assert_eq!((first.line(), first.column()), (1, 1));
//! assert!(error.faults().len() > 2);
//! assert!(error.to_string().contains("house.toml:1:10: schema 2 is not known to this version of rhetor"));
//! ```
//!
//! ## Store the results
//!
//! ```
//! let text = "Officials say nothing.";
//! let record = rhetor::Annotator::bundled().annotate(text).to_record();
//! let json = serde_json::to_string(&record)?;
//! let again: rhetor::Record = serde_json::from_str(&json)?;
//! assert_eq!(again, record);
//! assert_eq!(again.lexicons[0].fingerprint.len(), 64);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! ## Give offsets to another language
//!
//! ```
//! use rhetor::{Annotator, Unit};
//!
//! let text = "“Ça suffit,” officials say.";
//! let record = Annotator::bundled().annotate(text).to_record();
//! assert_eq!(record.annotations[0].span.start(), 18); // bytes
//! assert_eq!(record.in_unit(Unit::Chars, text)?.annotations[0].span.start(), 13); // as Python counts
//! # Ok::<(), rhetor::OffsetError>(())
//! ```
//!
//! ## Split sentences and nothing else
//!
//! ```
//! let text = "Gen. Roe arrived at 5 p.m. on Friday. Nobody met him.";
//! let sentences: Vec<&str> =
//!     rhetor::SentenceSplitter::english().sentences(text).map(|span| &text[span.range()]).collect();
//! assert_eq!(sentences, ["Gen. Roe arrived at 5 p.m. on Friday.", "Nobody met him."]);
//! ```
//!
//! # Untrusted input
//!
//! No text makes this crate panic. The time to annotate grows linearly with the text: patterns repeat a bounded number
//! of times, a match spans a bounded number of words, and no pattern looks at the same word in the same state twice
//! from one start. What the bounds are stands in `docs/patterns.md`; a pattern past one is a [`Fault`] that says which.
//!
//! # Features
//!
//! - `bundled` (default): the English lexicons and rules inside the crate.
//! - `released`: every earlier version of the bundled lexicons, for [`Lexicon::bundled`] and
//!   [`AnnotatorBuilder::reproduce`].
//! - `parallel`: `Annotator::annotate_all`, which tags many texts on all cores.
//! - `markup`: `Prose`, the prose in Markdown and HTML, with its places in the source.
//! - `schema`: `schemars::JsonSchema` for [`Record`] and what is in it.
//!
//! There is no unsafe code, no state outside of what one builds, and no input but what one gives.
#![forbid(unsafe_code)]

mod annotate;
mod compact;
mod diff;
mod lexicon;
#[cfg(feature = "markup")]
mod markup;
mod pattern;
mod render;
mod text;

pub use annotate::{
    check, Annotation, AnnotationRecord, Annotator, AnnotatorBuilder, BuildError, DeviceRecord, Document,
    ElementRecord, EntryRecord, EntryRef, Explanation, Language, LanguageError, LostMatch, LostTo, NearMiss, OffRecord,
    OffsetError, Part, PartRecord, Passage, Reason, Record, Unit, Voice,
};
pub use diff::{Action, Bump, Change, LexiconDiff, Section, TagChange};
pub use lexicon::{
    Deprecated, Device, Disabled, Entry, Fault, Lexicon, LexiconError, Lock, Override, Reference, Severity, Shelf,
    Source,
};
#[cfg(feature = "markup")]
pub use markup::{MarkupNote, Prose};
pub use pattern::{Form, FormError, Inflection, InflectionError, Pattern, PatternError};
pub use render::{html, segments, terminal, Article, Segment, Segments, TerminalOptions};
#[cfg(feature = "bundled")]
pub use text::quotations;
pub use text::{OffsetMap, Position, Quotation, SentenceSplitter, Sentences, Span};

/// The examples of the README, run as tests.
#[cfg(all(doctest, feature = "bundled"))]
#[doc = include_str!("../README.md")]
struct Readme;
