//! A small table that spares most looks into a large one.

/// Bits that tell of nearly everything that was not added that it was not: a blocked Bloom filter. Each item has its bits in
/// one of so many words; what is kept are those that nothing has.
#[derive(Debug)]
pub(super) struct Filter<const WORDS: usize>(Box<[u64; WORDS]>);

/// The bits of a filter, for a loop to keep at hand.
#[derive(Clone, Copy)]
pub(super) struct FilterBits<'a, const WORDS: usize>(&'a [u64; WORDS]);

impl<const WORDS: usize> Filter<WORDS> {
    pub(super) fn new() -> Filter<WORDS> {
        Filter(Box::new([u64::MAX; WORDS]))
    }

    /// Adds an item: a hash that chooses the word, and its bits there.
    pub(super) fn add(&mut self, hash: u64, bits: u64) {
        self.0[hash as usize % WORDS] &= !bits;
    }

    #[inline]
    pub(super) fn bits(&self) -> FilterBits<'_, WORDS> {
        FilterBits(&self.0)
    }
}

impl<const WORDS: usize> FilterBits<'_, WORDS> {
    /// `false` where the item was not added.
    #[inline]
    pub(super) fn may_have(self, hash: u64, bits: u64) -> bool {
        self.0[hash as usize % WORDS] & bits == 0
    }
}
