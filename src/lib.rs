//! Shows how a text persuades.
#![forbid(unsafe_code)]

mod annotate;
mod lexicon;
mod pattern;
mod text;

pub use annotate::{
    check, Annotation, AnnotationRecord, Annotator, AnnotatorBuilder, BuildError, DeviceRecord, Document, EntryRecord,
    EntryRef, Language, LanguageError, OffsetError, Part, PartRecord, Record, Source, Unit, Voice,
};
pub use lexicon::{Deprecated, Device, Entry, Fault, Lexicon, LexiconError, Reference};
pub use pattern::{Form, FormError, Inflection, InflectionError, Pattern, PatternError};
#[cfg(feature = "bundled")]
pub use text::quotations;
pub use text::{OffsetMap, Position, Quotation, SentenceSplitter, Sentences, Span};
