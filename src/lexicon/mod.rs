//! Lexicon files become [`Lexicon`]s: read, checked for form, fingerprinted. What their patterns mean is for `pattern`.

mod bundled;
mod fault;
mod load;
mod schema;

pub(crate) use bundled::BUNDLED;
pub use fault::{Fault, LexiconError, Severity};
pub(crate) use load::{brackets, suggest};
pub(crate) use schema::{fingerprint, Text};
pub use schema::{Deprecated, Device, Entry, Lexicon, Reference};
