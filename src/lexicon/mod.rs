//! Lexicon files become [`Lexicon`]s: read, checked for form, fingerprinted. What their patterns mean is for `pattern`.

mod bundled;
mod compact;
mod fault;
mod load;
mod lock;
mod overlay;
mod requirement;
mod schema;
mod source;

#[cfg(all(test, feature = "bundled"))]
pub(crate) use bundled::languages;
pub(crate) use bundled::{language, released};
#[cfg(all(test, feature = "bundled"))]
pub(crate) use compact::sections;
pub use fault::{Fault, LexiconError, Severity};
pub(crate) use load::{brackets, suggest};
pub use lock::{Lock, Shelf};
pub(crate) use overlay::overlay;
pub(crate) use schema::{Content, Fields, Text};
pub use schema::{Deprecated, Device, Disabled, Entry, Lexicon, Override, Reference};
pub use source::Source;
