//! Memory that documents reuse, whichever thread reads them.

use std::sync::{Mutex, PoisonError};

use crate::pattern::{Key, Scratch, Sentence};
use crate::text::names;
use crate::text::{BlockBuffers, Quotation, QuotationReader, Sieve, Span};

/// What reading a document needs, and its result does not keep.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) blocks: BlockBuffers,
    pub(super) quotations: QuotationReader,
    /// The quotations that reach into the current sentence: the one that is searched, and the one that is weighed.
    pub(super) here: [Vec<Quotation>; 2],
    /// Those that are read together.
    pub(super) sentences: Vec<Sentence>,
    /// Where phrases may begin in these.
    pub(super) keys: Sieve<Key>,
    pub(super) names: names::Memory,
    /// Matches of patterns of characters, with their entries.
    pub(super) characters: Vec<(usize, Span)>,
    pub(super) scratch: Scratch,
}

/// Lends buffers; there are as many as were ever lent at once.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Buffers>>);

impl Pool {
    /// Lends what was used before, or what is new where all is lent.
    pub(super) fn lend<R>(&self, work: impl FnOnce(&mut Buffers) -> R) -> R {
        // Nothing else is done under the lock, so nothing is left halfway when a thread panics.
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lent = free().pop();
        let mut lent = lent.unwrap_or_default();
        let result = work(&mut lent);
        free().push(lent);
        result
    }
}
