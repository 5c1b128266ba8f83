//! Text and compiled lexicons become annotations: spans that know their entry, voice and sentence.

mod annotation;
mod annotator;
mod buffers;
mod builder;
mod company;
mod document;
mod engine;
mod explain;
mod language;
mod lint;
mod record;
#[cfg(all(test, feature = "bundled"))]
#[path = "../../tests/reference/mod.rs"]
mod reference;
mod self_test;

/// What is kept of languages and annotators.
#[cfg(all(test, feature = "bundled"))]
pub(crate) fn sections() -> Vec<u8> {
    [language::sections(), builder::section()].concat()
}

pub use annotation::{Annotation, EntryRef, Part, Voice};
pub use annotator::Annotator;
pub use builder::{AnnotatorBuilder, BuildError};
pub use document::Document;
pub use explain::{ElementRecord, Explanation, LostMatch, LostTo, NearMiss, Passage, Reason};
pub use language::{Language, LanguageError};
pub use record::{AnnotationRecord, DeviceRecord, EntryRecord, OffRecord, OffsetError, PartRecord, Record, Unit};
pub use self_test::check;
