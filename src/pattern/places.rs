//! A table with one look for nearly everything that is looked up in it.

use super::bits::Sparse;
use crate::compact::{self, Compact};

/// What stands at a place of a table: where there is nothing, the default, which nothing that is looked for is taken for.
pub(super) trait Place: Copy + Default + PartialEq {
    /// Whether something had to go on from here, as the place was taken.
    fn is_passed(&self) -> bool;

    fn pass(&mut self);
}

/// Each at the first place that was free from the one on which its hash names: what comes first is found at once, so the
/// commonest should. A search ends where nothing had to go on.
#[derive(Debug)]
pub(super) struct Places<T>(Sparse<T>);

impl<T: Place> Places<T> {
    /// For so many, to be added.
    pub(super) fn of_size(size: usize) -> Places<T> {
        Places(Sparse(vec![T::default(); 2 * size + 2].into()))
    }

    /// The upper half of `hash` says where it should be.
    pub(super) fn add(&mut self, hash: u64, it: T) {
        let mut place = self.first(hash);
        while self.all()[place] != T::default() {
            self.0 .0[place].pass();
            place = self.next(place);
        }
        self.0 .0[place] = it;
    }

    /// The first with this hash that is wanted, if there is one.
    #[inline(always)]
    pub(super) fn find(&self, hash: u64, is_wanted: impl Fn(&T) -> bool) -> Option<&T> {
        let mut place = self.first(hash);
        loop {
            let here = &self.all()[place];
            if is_wanted(here) {
                return Some(here);
            }
            if !here.is_passed() {
                return None;
            }
            place = self.next(place);
        }
    }

    /// What stands on the place that this hash names; it, or nothing, unless something had to go on from there.
    #[inline(always)]
    pub(super) fn glance(&self, hash: u64) -> &T {
        &self.all()[self.first(hash)]
    }

    /// All, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.all().iter().filter(|it| **it != T::default())
    }

    /// As `iter`, to be changed; hashes must not.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0 .0.iter_mut().filter(|it| **it != T::default())
    }

    #[inline]
    fn all(&self) -> &[T] {
        &self.0 .0
    }

    #[inline]
    fn first(&self, hash: u64) -> usize {
        (((hash >> 32) * self.all().len() as u64) >> 32) as usize
    }

    #[inline]
    fn next(&self, place: usize) -> usize {
        if place + 1 < self.all().len() {
            place + 1
        } else {
            0
        }
    }
}

impl<T: Place + Compact> Compact for Places<T> {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.0.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Places<T>> {
        Some(Places(Sparse::read(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    struct Number {
        number: u64,
        is_passed: bool,
    }

    impl Place for Number {
        fn is_passed(&self) -> bool {
            self.is_passed
        }

        fn pass(&mut self) {
            self.is_passed = true;
        }
    }

    #[test]
    fn everything_added_is_found_and_nothing_else_whatever_the_hashes() {
        for spread in [0, 1, 1 << 32, 0x9e37_79b9_7f4a_7c15, u64::MAX] {
            let hash = |number: u64| number.wrapping_mul(spread);
            let mut places = Places::of_size(500);
            (1..=500).for_each(|number| places.add(hash(number), Number { number, is_passed: false }));
            for number in 1..1000 {
                let found = places.find(hash(number), |it| it.number == number).map(|it| it.number);
                assert_eq!(found, (number <= 500).then_some(number), "{number} of {spread}");
            }
            let mut all: Vec<u64> = places.iter().map(|it| it.number).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(1..=500));
        }
        assert_eq!(Places::<Number>::of_size(0).find(7, |it| it.number == 7), None);
    }
}
