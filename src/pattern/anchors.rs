//! The places of a sentence at which constructions may be anchored, and what they call for.

use std::ops::Range;

use super::gates::Around;
use super::vocabulary::Written;
use crate::compact::compact;

/// Candidates, from one place among all up to another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List {
    pub(super) from: u32,
    pub(super) to: u32,
}

compact!(List { from, to });

impl List {
    pub(super) fn is_empty(self) -> bool {
        self.from == self.to
    }

    pub(super) fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

/// Tokens that may be an anchor, and the candidates that they call for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Call {
    /// First token, and the one behind the last. No sentence has as many as this holds.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) written: Written,
    /// The gates that are passed on either side of them.
    pub(super) gates: Around,
    /// Where its candidates end among those of all calls.
    pub(super) end: usize,
    /// How much further on they stand among all that there are.
    pub(super) shift: usize,
}

/// Tokens, likewise, that may be the anchor of one candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) candidate: u32,
}
