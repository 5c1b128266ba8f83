//! Rows of bits: what is done to them wherever they are kept.

use crate::compact::{self, compact, Compact};

/// The places of the ones, lowest first.
#[inline]
pub(super) fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        // Asked for first, as of zero no bit is the lowest.
        let rest = bits & bits.checked_sub(1)?;
        Some(std::mem::replace(&mut bits, rest).trailing_zeros() as usize)
    })
}

/// The numbers of some of the ones of a word among all of its ones, lowest first.
#[inline]
pub(super) fn ranks(mut some: u64, all: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let rest = some & some.checked_sub(1)?;
        let one = std::mem::replace(&mut some, rest) ^ rest;
        Some((all & (one - 1)).count_ones())
    })
}

/// The places of the ones in a row, in order.
#[inline]
pub(super) fn places(row: impl IntoIterator<Item = u64>) -> impl Iterator<Item = usize> {
    row.into_iter().enumerate().flat_map(|(word, bits)| ones(bits).map(move |bit| word * 64 + bit))
}

/// Calls `found` with the places of the ones in a row of known width, in order.
#[inline]
pub(super) fn each_place<const W: usize>(row: [u64; W], mut found: impl FnMut(usize)) {
    for (word, bits) in row.into_iter().enumerate() {
        ones(bits).for_each(|bit| found(word * 64 + bit));
    }
}

/// Adds the ones of a row to another.
#[inline]
pub(super) fn join(row: &mut [u64], more: &[u64]) {
    row.iter_mut().zip(more).for_each(|(own, more)| *own |= more);
}

/// The ones that two rows have in common.
#[inline]
pub(super) fn common<const W: usize>(mut row: [u64; W], other: &[u64; W]) -> [u64; W] {
    row.iter_mut().zip(other).for_each(|(own, other)| *own &= other);
    row
}

/// Whether two rows have a one in common.
#[inline]
pub(super) fn meet(row: &[u64], other: &[u64]) -> bool {
    row.iter().zip(other).fold(0, |common, (one, other)| common | one & other) != 0
}

/// Makes the bits at some places ones.
#[inline]
pub(super) fn set(row: &mut [u64], places: impl IntoIterator<Item = usize>) {
    places.into_iter().for_each(|place| row[place / 64] |= 1 << (place % 64));
}

/// Whether the bit at a place is a one.
#[inline]
pub(super) fn has(row: &[u64], place: usize) -> bool {
    row.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
}

/// Rows of bits, by columns: the same word of all rows lies together, as most questions are about few words of a row.
#[derive(Debug)]
pub(super) struct Columns {
    words: Sparse<u64>,
    rows: usize,
}

impl Columns {
    /// Of rows behind one another, each of so many words.
    pub(super) fn of_rows(rows: &[u64], width: usize) -> Columns {
        let words = (0..width).flat_map(|word| rows.iter().skip(word).step_by(width)).copied().collect();
        Columns { words: Sparse(words), rows: rows.len() / width }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// A word of a row, or `None` past the last row.
    #[inline]
    pub(super) fn word(&self, row: usize, word: usize) -> Option<u64> {
        if row < self.rows {
            self.words.0.get(word * self.rows + row).copied()
        } else {
            None
        }
    }

    /// A row, one that there is.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = u64> + '_ {
        self.words.0.iter().skip(row).step_by(self.rows).copied()
    }
}

compact!(Columns { words, rows });

/// Items of which few are not the default, such as words of bits that are mostly zero: only these are kept, each behind the
/// number of the others before it.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Sparse<T>(pub(super) Box<[T]>);

impl<T: Compact + Copy + Default + PartialEq> Compact for Sparse<T> {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.0.len().write(to);
        let kept = self.0.iter().copied().enumerate().filter(|(_, item)| *item != T::default());
        let gaps = kept.scan(0, |next, (at, item)| Some((at - std::mem::replace(next, at + 1), item)));
        gaps.collect::<Vec<_>>().write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Sparse<T>> {
        let mut all = vec![T::default(); usize::read(from)?];
        let mut rest = all.iter_mut();
        for _ in 0..usize::read(from)? {
            let (others, item) = <(usize, T)>::read(from)?;
            *rest.nth(others)? = item;
        }
        Some(Sparse(all.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_what_the_rows_held() {
        let rows: Vec<u64> = (1..=12).collect();
        for width in [1, 2, 3, 4] {
            let columns = Columns::of_rows(&rows, width);
            assert_eq!(columns.rows(), 12 / width);
            for (number, row) in rows.chunks(width).enumerate() {
                assert!(columns.row(number).eq(row.iter().copied()));
                assert!((0..width).all(|word| columns.word(number, word) == Some(row[word])));
            }
            assert_eq!(columns.word(12 / width, 0), None);
        }
    }
}
