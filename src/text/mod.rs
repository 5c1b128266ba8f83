//! Text into sentences, quotations and words; knows nothing of lexicons.

mod span;

pub use span::Span;
