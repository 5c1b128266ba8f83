//! Text into sentences, quotations, words and names; knows nothing of lexicons.

mod eight;
#[cfg(feature = "bundled")]
mod english;
pub(crate) mod names;
mod offsets;
mod quotations;
mod sentences;
mod sieve;
mod span;
mod words;

pub(crate) use names::{Name, NameKind, CLUE_CLASSES};
pub use offsets::{OffsetMap, Position};
#[cfg(test)]
pub(crate) use quotations::find as find_quotations;
#[cfg(feature = "bundled")]
pub use quotations::quotations;
pub use quotations::Quotation;
pub(crate) use quotations::{QuotationReader, QuotationRules};
pub(crate) use sentences::{BlockBuffers, SentenceRules};
pub use sentences::{SentenceSplitter, Sentences};
pub(crate) use sieve::Sieve;
pub use span::Span;
pub(crate) use words::{cut, fold, shape, Shape, Short, Token, Tokens, WordRules};

/// The first `len` of a buffer that only grows: what is left there of another sentence is to be written over.
#[inline]
pub(crate) fn room<T: Clone + Default>(buffer: &mut Vec<T>, len: usize) -> &mut [T] {
    if buffer.len() < len {
        buffer.resize(len, T::default());
    }
    &mut buffer[..len]
}

/// The character at `at`, unless the text ends there.
#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at)? {
        byte if byte < 0x80 => Some(byte as char),
        _ => text[at..].chars().next(),
    }
}

/// As `char::is_alphanumeric`, which takes long to say no to a dash or a curly quotation mark.
fn is_alphanumeric(c: char) -> bool {
    !matches!(c, '‐'..='‧') && c.is_alphanumeric()
}

/// The length of the white space at the start of `text`.
#[inline]
fn leading_space(text: &str) -> usize {
    match text.as_bytes() {
        [] => 0,
        [first, ..] if first.is_ascii_graphic() => 0,
        [b' ', second, ..] if second.is_ascii_graphic() => 1,
        bytes => {
            let spaces = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
            // Beyond ASCII there is more white space.
            match bytes.get(spaces) {
                Some(next) if !next.is_ascii_graphic() => text.len() - text.trim_start().len(),
                _ => spaces,
            }
        }
    }
}

/// Where `text[start..end]` ends without the white space at its end.
#[inline]
fn trimmed_end(text: &str, start: usize, end: usize) -> usize {
    match text.as_bytes()[start..end].last() {
        Some(last) if last.is_ascii_graphic() => end,
        _ => start + text[start..end].trim_end().len(),
    }
}
