//! Text into sentences, quotations, words and names; knows nothing of lexicons.

#[cfg(feature = "bundled")]
mod english;
pub(crate) mod names;
mod offsets;
mod quotations;
mod sentences;
mod span;
mod words;

pub(crate) use names::{Name, NameKind, CLUE_CLASSES};
pub use offsets::{OffsetMap, Position};
#[cfg(feature = "bundled")]
pub use quotations::quotations;
pub use quotations::Quotation;
pub(crate) use quotations::{find as find_quotations, QuotationRules};
pub(crate) use sentences::SentenceRules;
pub use sentences::{SentenceSplitter, Sentences};
pub use span::Span;
pub(crate) use words::{cut, fold, shape, Shape, Short, Token, WordRules};
