//! A small table that spares most looks into a large one.

/// Bits that tell of nearly everything that was not added that it was not: those that nothing added has. In so many words of
/// bits, each item in one of them (a blocked Bloom filter, of bits that are turned round).
#[derive(Debug)]
pub(super) struct Filter<const WORDS: usize> {
    absent: Box<[u64; WORDS]>,
}

impl<const WORDS: usize> Filter<WORDS> {
    pub(super) fn new() -> Filter<WORDS> {
        Filter { absent: Box::new([u64::MAX; WORDS]) }
    }

    /// Adds an item by two hashes of it.
    pub(super) fn add(&mut self, one: u64, other: u64) {
        self.absent[one as usize % WORDS] &= !bits(other);
    }

    /// `false` where the item was not added.
    #[inline]
    pub(super) fn may_have(&self, one: u64, other: u64) -> bool {
        self.bits().may_have(one, other)
    }

    /// Its bits, for a loop to keep at hand.
    #[inline]
    pub(super) fn bits(&self) -> FilterBits<'_, WORDS> {
        FilterBits(&self.absent)
    }
}

/// The bits of a filter.
#[derive(Clone, Copy)]
pub(super) struct FilterBits<'a, const WORDS: usize>(&'a [u64; WORDS]);

impl<const WORDS: usize> FilterBits<'_, WORDS> {
    /// As [`Filter::may_have`].
    #[inline]
    pub(super) fn may_have(self, one: u64, other: u64) -> bool {
        self.0[one as usize % WORDS] & bits(other) == 0
    }
}

/// Some eight of 64 bits.
#[inline]
fn bits(hash: u64) -> u64 {
    hash & hash.rotate_left(27) & hash.rotate_left(45)
}
