//! A list of what stays of many, where nobody can foresee what does.

use super::room;

/// What stayed of the items that were taken. Each is written down in any case, and the next one over it where it does not stay:
/// a wrong guess would cost the processor more than that.
#[derive(Debug, Default)]
pub(crate) struct Sieve<T> {
    /// So many; behind them what is left of earlier ones.
    all: Vec<T>,
    count: usize,
}

impl<T: Copy + Default> Sieve<T> {
    /// Begins anew.
    pub(crate) fn clear(&mut self) {
        self.count = 0;
    }

    /// Takes one item, whether or not there is room.
    #[inline(always)]
    pub(crate) fn push(&mut self, item: T, stays: bool) {
        self.more(1).take(item, stays);
    }

    /// Room for so many more items to be taken.
    #[inline(always)]
    pub(crate) fn more(&mut self, most: usize) -> More<'_, T> {
        let Sieve { all, count } = self;
        More { places: &mut room(all, *count + most)[*count..], next: 0, count }
    }

    /// Leaves those that stay.
    #[inline(always)]
    pub(crate) fn retain(&mut self, stays: impl Fn(T) -> bool) {
        let mut next = 0;
        for at in 0..self.count {
            let item = self.all[at];
            self.all[next] = item;
            next += usize::from(stays(item));
        }
        self.count = next;
    }

    /// Those that stayed, in the order in which they were taken.
    pub(crate) fn all(&self) -> &[T] {
        &self.all[..self.count]
    }
}

/// Takes items, no more than there is room for.
pub(crate) struct More<'s, T> {
    places: &'s mut [T],
    next: usize,
    count: &'s mut usize,
}

impl<T> More<'_, T> {
    #[inline(always)]
    pub(crate) fn take(&mut self, item: T, stays: bool) {
        self.places[self.next] = item;
        self.next += usize::from(stays);
    }
}

impl<T> Drop for More<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        *self.count += self.next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(sieve: &mut Sieve<u32>, items: impl ExactSizeIterator<Item = u32>, stays: impl Fn(u32) -> bool) {
        let mut more = sieve.more(items.len());
        items.for_each(|item| more.take(item, stays(item)));
    }

    #[test]
    fn what_stays_is_left_in_its_order_and_nothing_from_before() {
        let mut sieve = Sieve::default();
        take(&mut sieve, [0, 1, 2, 3, 4].into_iter(), |_| true);
        sieve.clear();
        assert!(sieve.all().is_empty());
        take(&mut sieve, [0, 1, 2, 3].into_iter(), |n| n != 1);
        take(&mut sieve, [].into_iter(), |_| true);
        take(&mut sieve, [7, 8, 9].into_iter(), |n| n % 2 == 1);
        assert_eq!(sieve.all(), [0, 2, 3, 7, 9]);
        sieve.retain(|n| n % 3 == 0);
        assert_eq!(sieve.all(), [0, 3, 9]);
        (10..16).for_each(|n| sieve.push(n, n % 2 == 0));
        assert_eq!(sieve.all(), [0, 3, 9, 10, 12, 14]);
    }
}
