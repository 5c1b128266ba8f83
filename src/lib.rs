//! Shows how a text persuades.
#![forbid(unsafe_code)]

mod text;

pub use text::Span;
