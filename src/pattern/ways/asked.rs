//! What is asked for by number, with the rows of the places that ask for it.

use super::Row;
use crate::compact::{self, compact, Compact};
use crate::pattern::bits::{has, ones, ranks, set};
use crate::pattern::vocabulary::{self, BitId, Word, WordId, Written};

/// Sets that are asked for. Their rows come one after the other, in the order of the sets.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct AskedSets {
    bunches: Box<[Bunch]>,
}

compact!(AskedSets { bunches });

/// A word of bits, with the row of the first of its sets.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Bunch {
    bits: u64,
    /// Which word of a row it is.
    word: u32,
    first: Row,
}

compact!(Bunch { bits, word, first });

impl AskedSets {
    /// Of sets whose rows begin with this one.
    pub(super) fn of(sets: vocabulary::Bits, first: Row) -> AskedSets {
        let mut next = first;
        let with_row = |vocabulary::Bunch { bits, word }| {
            let first = next;
            next += bits.count_ones() as Row;
            Bunch { bits, word, first }
        };
        AskedSets { bunches: sets.bunches.into_iter().map(with_row).collect() }
    }

    /// All of them, each with its row.
    pub(super) fn iter(&self) -> impl Iterator<Item = (BitId, Row)> + '_ {
        self.bunches
            .iter()
            .flat_map(|Bunch { bits, word, first }| ones(*bits).map(|bit| *word * 64 + bit as BitId).zip(*first..))
    }

    /// Calls `found` with the row of each of those that a row of the vocabulary holds.
    #[inline]
    pub(super) fn each(&self, held: &[u64], mut found: impl FnMut(Row)) {
        for Bunch { bits, word, first } in &self.bunches {
            ranks(bits & held[*word as usize], *bits).for_each(|rank| found(first + rank as Row));
        }
    }
}

/// For each remainder by 256, whether a number has it that is looked for: most words of a text are told by it.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Remainders {
    bits: [u64; 4],
}

compact!(Remainders { bits });

impl Remainders {
    pub(super) fn of(words: impl IntoIterator<Item = WordId>) -> Remainders {
        let mut bits = [0; 4];
        set(&mut bits, words.into_iter().map(|word| word as usize % 256));
        Remainders { bits }
    }

    /// `false` where the word is none of these.
    #[inline]
    pub(super) fn may_be(&self, word: WordId) -> bool {
        has(&self.bits, word as usize % 256)
    }
}

/// Numbers of words that are asked for, each at the first place that was free from the one on which its hash names:
/// as many places as a power of two, no more than half of them taken.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    places: Box<[Option<Ask>]>,
}

/// A number that is asked for, how the word has to be written, and the row of the places that ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Ask {
    number: WordId,
    row: Row,
    written: Written,
}

impl Asked {
    /// Of words, each with its row.
    pub(super) fn of(asked: Vec<(Word, Row)>) -> Asked {
        let size = if asked.is_empty() { 0 } else { (2 * asked.len()).next_power_of_two() };
        let mut all = Asked { places: vec![None; size].into() };
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
    fn every_set_that_is_held_is_found_with_its_row_and_no_other() {
        let bunches =
            vec![vocabulary::Bunch { bits: 0b1011, word: 0 }, vocabulary::Bunch { bits: 1 << 63 | 1, word: 2 }];
        let asked = AskedSets::of(vocabulary::Bits { bunches }, 5);
        let rows = [(0, 5), (1, 6), (3, 7), (128, 8), (191, 9)];
        assert_eq!(asked.iter().collect::<Vec<_>>(), rows);
        for held in 0..192 {
            let mut row = [0; 3];
            row[held / 64] = 1 << (held % 64);
            let mut found = Vec::new();
            asked.each(&row, |row| found.push(row));
            let expected: Vec<Row> =
                rows.iter().filter(|(set, _)| *set == held as BitId).map(|(_, row)| *row).collect();
            assert_eq!(found, expected, "{held}");
        }
    }

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
