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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_was_added_passes_and_little_else() {
        let hash = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let mut filter = Filter::<64>::new();
        (0..400).for_each(|number| filter.add(hash(number), 1 << (hash(number) / 64 % 64)));
        let passes = |number| filter.bits().may_have(hash(number), 1 << (hash(number) / 64 % 64));
        assert!((0..400).all(passes));
        let by_chance = (400..10_400).filter(|number| passes(*number)).count();
        assert!(by_chance < 2_000, "{by_chance} of 10000");
    }
}
