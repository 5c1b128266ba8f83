//! Text and compiled lexicons become annotations: spans that know their entry, voice and sentence.

mod annotation;
mod annotator;
mod document;
mod engine;
mod language;
mod record;
mod self_test;

pub use annotation::{Annotation, EntryRef, Part, Source, Voice};
pub use annotator::{Annotator, AnnotatorBuilder, BuildError};
pub use document::Document;
pub use language::{Language, LanguageError};
pub use record::{AnnotationRecord, DeviceRecord, EntryRecord, OffRecord, OffsetError, PartRecord, Record, Unit};
pub use self_test::check;
