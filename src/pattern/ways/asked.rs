//! What is asked for by number, with the rows of the places that ask for it.

use super::Row;
use crate::compact::{self, Compact};
use crate::pattern::vocabulary::{Word, WordId, Written};

/// Numbers of words or sets that are asked for, each at the first place that was free from the one on which its hash names:
/// as many places as a power of two, no more than half of them taken.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    places: Vec<Option<Ask>>,
}

/// A number that is asked for, how the word has to be written, and the row of the places that ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Ask {
    number: WordId,
    row: Row,
    written: Written,
}

impl Asked {
    /// Of words or sets, each with its row.
    pub(super) fn of(asked: Vec<(Word, Row)>) -> Asked {
        let size = if asked.is_empty() { 0 } else { (2 * asked.len()).next_power_of_two() };
        let mut all = Asked { places: vec![None; size] };
        for ((number, written), row) in asked {
            let mut place = all.first_place(number);
            while all.places[place].is_some() {
                place = all.next_place(place);
            }
            all.places[place] = Some(Ask { number, row, written });
        }
        all
    }

    /// All that is asked for, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Word, Row)> + '_ {
        self.places.iter().flatten().map(|Ask { number, row, written }| ((*number, *written), *row))
    }

    /// Calls `found` with each row that asks for a number.
    #[inline]
    pub(super) fn each(&self, number: WordId, mut found: impl FnMut(Written, Row)) {
        if self.places.is_empty() {
            return;
        }
        let mut place = self.first_place(number);
        while let Some(ask) = self.places[place] {
            if ask.number == number {
                found(ask.written, ask.row);
            }
            place = self.next_place(place);
        }
    }

    #[inline]
    fn first_place(&self, number: WordId) -> usize {
        (number.wrapping_mul(0x9e37_79b9) >> 15) as usize & (self.places.len() - 1)
    }

    #[inline]
    fn next_place(&self, place: usize) -> usize {
        (place + 1) & (self.places.len() - 1)
    }
}

impl Compact for Asked {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_unstable();
        all.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Asked> {
        Some(Asked::of(Vec::read(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_with_all_of_its_rows_and_no_other() {
        let asked: Vec<(Word, Row)> =
            (0..300).flat_map(|n| [((2 * n, Written::Any), n as Row), ((2 * n, Written::Capital), 7)]).collect();
        let of = |asked: &Asked, number| {
            let mut rows = Vec::new();
            asked.each(number, |written, row| rows.push(((number, written), row)));
            rows.sort_unstable();
            rows
        };
        let all = Asked::of(asked.clone());
        for number in 0..600 {
            let expected: Vec<_> = asked.iter().copied().filter(|((own, _), _)| *own == number).collect();
            assert_eq!(of(&all, number), expected, "{number}");
        }
        assert_eq!(of(&Asked::default(), 0), []);
    }
}
