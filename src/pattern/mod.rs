//! The pattern language: a line becomes a tree, names get their meaning, and what comes out runs over sentences.

mod affixes;
mod anchors;
mod bits;
mod by_known;
mod compile;
mod constructions;
mod filed;
mod filter;
mod form;
mod gates;
mod inflect;
mod matcher;
mod mentions;
mod near;
mod openings;
mod phrases;
mod places;
mod program;
#[cfg(all(test, feature = "bundled"))]
#[path = "../../tests/reference/matcher.rs"]
pub(crate) mod reference;
mod resolve;
mod sentence;
mod survey;
mod syntax;
mod trace;
mod traits;
mod vocabulary;
mod wanted;
mod ways;
mod word_ids;
mod words;

pub(crate) use compile::{compile, Companions, EntryId, Found, Patterns};
pub use form::{Form, FormError};
pub use inflect::{Inflection, InflectionError};
pub(crate) use matcher::Scratch;
pub(crate) use phrases::Key;
pub(crate) use sentence::Sentence;
pub(crate) use survey::{doubtful_groups, mentioned, Survey};
pub use syntax::{Pattern, PatternError};
pub(crate) use trace::{Near, Trace};
pub(crate) use vocabulary::{Word, WordId};
