//! What changed: between two versions of a lexicon, and between the tags that a text got with each.

mod bump;
mod change;
mod compare;
mod lexicons;
mod list;
mod sides;
mod tags;

pub use bump::Bump;
pub use change::{Action, Change, Section};
pub use lexicons::LexiconDiff;
pub use tags::TagChange;
