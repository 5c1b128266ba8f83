//! Short words as numbers, which are folded, hashed and compared without a loop.

use crate::text::eight::{eight_times, sixteen, HIGH};
use crate::text::Span;

/// The folded form of a word of 1 to 15 ASCII bytes, as two numbers: its bytes, the first lowest, and in the highest byte how
/// many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    pub(crate) low: u64,
    /// Never zero.
    pub(crate) high: u64,
}

impl Short {
    /// A word in its folded form.
    pub(crate) fn new(folded: &str) -> Option<Short> {
        Short::of(folded.as_bytes(), 0, folded.len())
    }

    /// The folded form of `text[span]`.
    #[inline]
    pub(crate) fn fold(text: &str, span: Span) -> Option<Short> {
        let Short { low, high } = Short::of(text.as_bytes(), span.start(), span.len())?;
        // What several marks in a row fold to is for `super::fold` to say.
        let marks = span.len() > 1 && matches!(low as u8, b'.' | b'-');
        // The length, which is no letter, stays as it is.
        (!marks).then(|| Short { low: small(low), high: small(high) })
    }

    /// Its last byte.
    pub(crate) fn last(self) -> u8 {
        let len = self.high >> 56;
        let (bytes, at) = if len > 8 { (self.high, len - 9) } else { (self.low, len - 1) };
        (bytes >> (8 * at)) as u8
    }

    #[inline]
    fn of(bytes: &[u8], start: usize, len: usize) -> Option<Short> {
        let [keep_low, keep_high] = *KEEP.get(len)?;
        let (low, high) = sixteen(bytes, start);
        let (low, high) = (low & keep_low, high & keep_high);
        ((low | high) & HIGH == 0 && len > 0).then_some(Short { low, high: high | (len as u64) << 56 })
    }
}

/// By the length of a word, the bits that are its own in the sixteen bytes from its start on.
const KEEP: [[u64; 2]; 16] = {
    let mut keep = [[0; 2]; 16];
    let mut len = 1;
    while len < keep.len() {
        let bits = u128::MAX >> (128 - 8 * len);
        keep[len] = [bits as u64, (bits >> 64) as u64];
        len += 1;
    }
    keep
};

/// With small letters for capitals; all eight are ASCII.
fn small(bytes: u64) -> u64 {
    let from_a = bytes + eight_times(0x80 - b'A');
    let beyond_z = bytes + eight_times(0x80 - b'Z' - 1);
    bytes | (from_a & !beyond_z & HIGH) >> 2
}
