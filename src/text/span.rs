//! The one way in which this crate says where something stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into the original text, always on character boundaries.
///
/// ```
/// let span = rhetor::Span::new(4, 10);
/// assert_eq!(&"the camps were empty"[span.range()], "camps ");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(description = "A stretch of the text, in the unit of `offsets`."))]
#[serde(try_from = "RawSpan")]
pub struct Span {
    /// Where it begins.
    start: usize,
    /// Where it ends: behind the last that belongs to it.
    end: usize,
}

/// What a stored span looks like before it is checked.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawSpan {
    start: usize,
    end: usize,
}

impl TryFrom<RawSpan> for Span {
    type Error = String;

    fn try_from(raw: RawSpan) -> Result<Span, String> {
        if raw.start > raw.end {
            return Err(format!("a span cannot run backwards: {}..{}", raw.start, raw.end));
        }
        Ok(Span { start: raw.start, end: raw.end })
    }
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`. An `end` before `start` gives the empty span at `start`.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last one.
    pub const fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a standard range, to slice text with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether every byte of `other` lies in this span.
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Range<usize> {
        span.range()
    }
}
