//! Byte offsets into the offsets that other programs count in.

use std::ops::Range;
use std::sync::OnceLock;

use super::Span;

/// A checkpoint stands every this many bytes, so that no look-up reads more of the text than that.
const STRIDE: usize = 128;

/// Turns byte offsets into code points, UTF-16 units, or line and column, and back.
///
/// Building it takes one pass over the text, and next to nothing if the text is ASCII; a look-up takes time that hardly grows
/// with the text. Every method takes any offset: one past the end means the end of the text, and one inside a character means
/// the start of that character.
///
/// ```
/// use rhetor::{OffsetMap, Position};
///
/// let map = OffsetMap::new("Café 😀\nclosed");
/// assert_eq!(map.to_chars(6), 5);
/// assert_eq!(map.to_utf16(10), 7);
/// assert_eq!(map.from_utf16(7), 10);
/// assert_eq!(map.to_position(11), Position { line: 2, column: 1 });
/// ```
#[derive(Clone, Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    /// How much lies before byte `STRIDE * i`, less the character that this byte may cut. Empty if the text is ASCII.
    checkpoints: Vec<Checkpoint>,
    /// Where each line begins; found when first asked for.
    lines: OnceLock<Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    bytes: usize,
    chars: usize,
    utf16: usize,
}

/// A line and a column, both counted from 1; the column in code points.
///
/// A line ends with `\n`, `\r\n` or `\r`, which belong to the line that they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

impl<'t> OffsetMap<'t> {
    /// The map of `text`.
    pub fn new(text: &'t str) -> OffsetMap<'t> {
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            let mut last = Checkpoint { bytes: 0, chars: 0, utf16: 0 };
            checkpoints.reserve(text.len() / STRIDE + 1);
            checkpoints.push(last);
            for at in (STRIDE..text.len()).step_by(STRIDE) {
                last = last.advance(text, floor(text, at));
                checkpoints.push(last);
            }
        }
        OffsetMap { text, checkpoints, lines: OnceLock::new() }
    }

    /// How many code points lie before byte `offset`.
    pub fn to_chars(&self, offset: usize) -> usize {
        self.count(offset).chars
    }

    /// How many UTF-16 units lie before byte `offset`.
    pub fn to_utf16(&self, offset: usize) -> usize {
        self.count(offset).utf16
    }

    /// The byte at which the code point with this index begins.
    pub fn from_chars(&self, chars: usize) -> usize {
        self.find(chars, |point| point.chars, |_| 1)
    }

    /// The byte at which the character with this UTF-16 unit begins.
    pub fn from_utf16(&self, units: usize) -> usize {
        self.find(units, |point| point.utf16, char::len_utf16)
    }

    /// The line and column of byte `offset`.
    pub fn to_position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines().partition_point(|&start| start <= offset);
        Position { line, column: self.to_chars(offset) - self.to_chars(self.lines()[line - 1]) + 1 }
    }

    /// The byte at this line and column. A line past the last means the end of the text, a column past the end of its line means
    /// the end of that line, and a zero counts as one.
    pub fn from_position(&self, position: Position) -> usize {
        let Some(&start) = self.lines().get(position.line.max(1) - 1) else { return self.text.len() };
        let end = match self.lines().get(position.line.max(1)) {
            Some(&next) => start + self.text[start..next].trim_end_matches(['\r', '\n']).len(),
            None => self.text.len(),
        };
        self.from_chars(self.to_chars(start).saturating_add(position.column.max(1) - 1)).min(end)
    }

    /// The span in code points.
    ///
    /// ```
    /// let map = rhetor::OffsetMap::new("“so-called”");
    /// assert_eq!(map.chars(rhetor::Span::new(3, 12)), 1..10);
    /// ```
    pub fn chars(&self, span: Span) -> Range<usize> {
        self.to_chars(span.start())..self.to_chars(span.end())
    }

    /// The span in UTF-16 units.
    pub fn utf16(&self, span: Span) -> Range<usize> {
        self.to_utf16(span.start())..self.to_utf16(span.end())
    }

    fn count(&self, offset: usize) -> Checkpoint {
        let offset = floor(self.text, offset);
        match self.checkpoints.get(offset / STRIDE) {
            Some(point) => point.advance(self.text, offset),
            None if self.checkpoints.is_empty() => Checkpoint { bytes: offset, chars: offset, utf16: offset },
            // The end of a text whose length is a multiple of the stride.
            None => self.checkpoints[self.checkpoints.len() - 1].advance(self.text, offset),
        }
    }

    fn find(&self, wanted: usize, unit: impl Fn(&Checkpoint) -> usize, width: impl Fn(char) -> usize) -> usize {
        if self.checkpoints.is_empty() {
            return wanted.min(self.text.len());
        }
        let point = self.checkpoints[self.checkpoints.partition_point(|point| unit(point) <= wanted) - 1];
        let mut reached = unit(&point);
        for (at, c) in self.text[point.bytes..].char_indices() {
            reached += width(c);
            if reached > wanted {
                return point.bytes + at;
            }
        }
        self.text.len()
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
            let starts = ends.filter(|&at| !bytes[at..].starts_with(b"\r\n")).map(|at| at + 1);
            std::iter::once(0).chain(starts).collect()
        })
    }
}

impl Checkpoint {
    /// The count at byte `to`, which is the start of a character.
    fn advance(self, text: &str, to: usize) -> Checkpoint {
        let between = &text.as_bytes()[self.bytes..to];
        let chars = between.iter().filter(|&&b| b & 0xc0 != 0x80).count();
        // Characters of four bytes are those of two UTF-16 units.
        let pairs = between.iter().filter(|&&b| b >= 0xf0).count();
        Checkpoint { bytes: to, chars: self.chars + chars, utf16: self.utf16 + chars + pairs }
    }
}

/// The last start of a character at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
