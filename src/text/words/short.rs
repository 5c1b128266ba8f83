//! Short words as numbers, which are hashed and compared without a loop.

use crate::text::eight::{not_letters, sixteen, LETTER, SMALL};
use crate::text::{Shape, Span};

/// The folded form of a word of 1 to 15 ASCII bytes, as two numbers: its bytes, the first lowest, and in the highest byte how
/// many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    pub(crate) low: u64,
    /// Never zero, but where a number stands for the word.
    pub(crate) high: u64,
}

impl Short {
    /// A word in its folded form.
    pub(crate) fn new(folded: &str) -> Option<Short> {
        let len = folded.len();
        if len > LONGEST {
            return None;
        }
        let [keep_low, keep_high] = KEEP[len];
        let (low, high) = sixteen(folded.as_bytes(), 0);
        let short = Short { low: low & keep_low, high: high & keep_high | (len as u64) << 56 };
        // Where all bytes look like letters, all are, so that what is found is sure to be a word of letters; marks stand alone.
        let is_mark = |byte: u8| byte >= b'`' && !byte.is_ascii_lowercase();
        let is_short = len == 1 || (len > 0 && !folded.bytes().any(is_mark));
        (is_short && folded.is_ascii()).then_some(short)
    }

    /// A mark of one byte.
    pub(super) fn mark(byte: u8) -> Short {
        Short { low: byte.into(), high: 1 << 56 }
    }

    /// What stands for a word that has a number, which no word is written like.
    pub(in crate::text) fn of_number(number: u32) -> Short {
        Short { low: number.into(), high: 0 }
    }

    /// A number to tell words by: both halves of the product of its two numbers, mixed, each of them changed by one of these.
    #[inline]
    pub(crate) fn mixed(self, low: u64, high: u64) -> u64 {
        let product = u128::from(self.low ^ low) * u128::from(self.high ^ high);
        product as u64 ^ (product >> 64) as u64
    }

    /// Its length in bytes.
    pub(crate) fn len(self) -> usize {
        (self.high >> 56) as usize
    }

    /// Its bytes, the first lowest.
    pub(crate) fn bytes(self) -> u128 {
        u128::from(self.high & !(0xff << 56)) << 64 | u128::from(self.low)
    }

    /// The word.
    pub(crate) fn spelled(self) -> String {
        self.bytes().to_le_bytes()[..self.len()].iter().copied().map(char::from).collect()
    }

    /// The folded form of ASCII letters, digits and what joins them, but "&", "@" and "_", if it is short.
    pub(super) fn of(text: &[u8], span: Span) -> Option<Short> {
        let (low, high) = sixteen(text, span.start());
        (span.len() <= LONGEST).then(|| folded(low, high, span.len()))
    }

    /// Whether it is a short word, of letters only.
    #[inline]
    pub(super) fn is_of_letters(self) -> bool {
        let len = self.len();
        len <= LONGEST && not_letters(self.low) & KEEP[len][0] | not_letters(self.high) & KEEP[len][1] == 0
    }

    /// A text of any length, piece by piece: texts are the same if their pieces are, and no text's pieces begin another's.
    pub(super) fn pieces(text: &str) -> impl Iterator<Item = Short> + '_ {
        let mut pieces = text.as_bytes().chunks(LONGEST);
        std::iter::from_fn(move || {
            let piece = pieces.next()?;
            let (low, high) = sixteen(piece, 0);
            let more = u64::from(pieces.len() > 0) << 63;
            Some(Short { low, high: high | (piece.len() as u64) << 56 | more })
        })
    }

    /// The two behind one another, if that is short.
    pub(super) fn then(self, other: Short) -> Option<Short> {
        let (len, other_len) = (self.high >> 56, other.high >> 56);
        if len + other_len > LONGEST as u64 {
            return None;
        }
        let both = self.bytes() | other.bytes() << (8 * len);
        Some(Short { low: both as u64, high: (both >> 64) as u64 | (len + other_len) << 56 })
    }
}

/// The length of the longest short word.
pub(super) const LONGEST: usize = 15;

/// By the length of a word, the bits that are its own in the sixteen bytes from its start on; none of one that is too long.
const KEEP: [[u64; 2]; LONGEST + 2] = {
    let mut keep = [[0; 2]; LONGEST + 2];
    let mut len = 1;
    while len <= LONGEST {
        let bits = u128::MAX >> (128 - 8 * len);
        keep[len] = [bits as u64, (bits >> 64) as u64];
        len += 1;
    }
    keep
};

/// What looks like the ASCII letters that a word begins with: few other bytes share a bit with them, and none of those that
/// words commonly end at.
pub(super) struct Letters {
    /// They and what follows, in all sixteen bytes.
    low: u64,
    high: u64,
    /// How many of the sixteen look like letters, up to the first that does not.
    pub(super) len: usize,
}

impl Letters {
    #[inline]
    pub(super) fn at(bytes: &[u8], start: usize) -> Letters {
        let (low, high) = sixteen(bytes, start);
        let others = u128::from(!low & LETTER) | u128::from(!high & LETTER) << 64;
        let len = others.trailing_zeros() / 8;
        Letters { low, high, len: len as usize }
    }

    /// The first byte.
    #[inline]
    pub(super) fn first(&self) -> u8 {
        self.low as u8
    }

    /// The folded form of the word that they are. Of one that is too long, what is the form of none.
    #[inline]
    pub(super) fn folded(&self) -> Short {
        folded(self.low, self.high, self.len)
    }

    /// Whether the first is a small one.
    #[inline]
    pub(super) fn is_small(&self) -> bool {
        self.low & 0x20 != 0
    }

    /// How the word is written that they are.
    #[inline]
    pub(super) fn shape(&self) -> Shape {
        if self.is_small() {
            return Shape::Lower;
        }
        let [keep_low, keep_high] = KEEP[self.len];
        let small = (self.low & keep_low | self.high & keep_high) & SMALL;
        match small == 0 && self.len > 1 {
            true => Shape::Capitals,
            false => Shape::Capital,
        }
    }
}

/// The folded form of the first `len` of these bytes.
#[inline]
fn folded(low: u64, high: u64, len: usize) -> Short {
    let [keep_low, keep_high] = KEEP[len];
    // A letter is a small one with this bit; digits and what joins words have it.
    let (low, high) = ((low | SMALL) & keep_low, (high | SMALL) & keep_high);
    Short { low, high: high | (len as u64) << 56 }
}
