//! What is asked for by number, with the rows of the places that ask for it.

use rustc_hash::FxHashMap;

use super::Row;
use crate::compact::{self, compact, Compact};
use crate::pattern::bits::{has, ones, ranks, set, Sparse};
use crate::pattern::vocabulary::{self, BitId, RowId, Vocabulary, Word, WordId, Written};
use crate::text::Shape;

/// Sets that are asked for. Their rows come one after the other, in the order of the sets.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct AskedSets {
    bunches: Box<[Bunch]>,
    /// By row of the vocabulary, where that is worked out beforehand: its class.
    classes: Sparse<Class>,
    /// The first of the rows by class: each has the places of all sets that a row of that class holds.
    joined: Row,
}

compact!(AskedSets { bunches, classes, joined });

/// The number of a class of rows of the vocabulary: those that hold the same of the sets that are asked for.
type Class = u8;

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
        let bunches = sets.bunches.into_iter().map(with_row).collect();
        AskedSets { bunches, classes: Sparse::default(), joined: first }
    }

    /// The same with what each row of the vocabulary holds of them worked out beforehand, where that spares looking at several
    /// words of bits; `joined` adds the row that has the places of some rows behind the one added before.
    pub(super) fn worked_out(mut self, vocabulary: &Vocabulary, mut joined: impl FnMut(Vec<Row>) -> Row) -> AskedSets {
        if self.bunches.len() < 2 {
            return self;
        }
        let mut kinds = FxHashMap::from_iter([(Vec::new(), 0)]);
        let class_of = |row| {
            let mut rows = Vec::new();
            self.each(row, |word| vocabulary.held(row, &[], word), |row| rows.push(row));
            // Most hold none.
            if rows.is_empty() {
                return Some(0);
            }
            let next = kinds.len();
            Class::try_from(*kinds.entry(rows).or_insert(next)).ok()
        };
        if let Some(classes) = (0..vocabulary.rows()).map(class_of).collect() {
            let mut kinds: Vec<(Vec<Row>, usize)> = kinds.into_iter().collect();
            kinds.sort_unstable_by_key(|(_, class)| *class);
            let rows: Vec<Row> = kinds.into_iter().map(|(rows, _)| joined(rows)).collect();
            (self.classes, self.joined) = (Sparse(classes), rows[0]);
        }
        self
    }

    /// All of them, each with its row.
    pub(super) fn iter(&self) -> impl Iterator<Item = (BitId, Row)> + '_ {
        self.bunches
            .iter()
            .flat_map(|Bunch { bits, word, first }| ones(*bits).map(|bit| *word * 64 + bit as BitId).zip(*first..))
    }

    /// Calls `found` with rows of the places that ask for any of those that a row of the vocabulary holds; `held` tells each word
    /// of its bits.
    #[inline]
    pub(super) fn each(&self, row: RowId, held: impl Fn(u32) -> u64, mut found: impl FnMut(Row)) {
        if let Some(class) = self.classes.0.get(row as usize) {
            return found(self.joined + Row::from(*class));
        }
        for Bunch { bits, word, first } in &self.bunches {
            ranks(bits & held(*word), *bits).for_each(|rank| found(first + rank as Row));
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
    /// Of words in order, each with its row; of those with one number, the row of the stricter has all of the others.
    pub(super) fn of(asked: Vec<(Word, Row)>) -> Asked {
        let size = if asked.is_empty() { 0 } else { (2 * asked.len()).next_power_of_two() };
        let mut all = Asked { places: vec![None; size].into() };
        // The stricter first, so that the first that allows how a word is written is all there is.
        for ((number, written), row) in asked.into_iter().rev() {
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

    /// The row of what asks for a number that is written so.
    #[inline]
    pub(super) fn row(&self, number: WordId, shape: Shape) -> Option<Row> {
        if self.places.is_empty() {
            return None;
        }
        let mut place = self.first_place(number);
        while let Some(ask) = self.places[place] {
            if ask.number == number && ask.written.allows(shape) {
                return Some(ask.row);
            }
            place = self.next_place(place);
        }
        None
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
    use crate::pattern::vocabulary::{Set, VocabularyBuilder};

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
            asked.each(0, |word| row[word as usize], |row| found.push(row));
            let expected: Vec<Row> =
                rows.iter().filter(|(set, _)| *set == held as BitId).map(|(_, row)| *row).collect();
            assert_eq!(found, expected, "{held}");
        }
    }

    #[test]
    fn what_is_worked_out_beforehand_is_what_the_sets_give() {
        let mut builder = VocabularyBuilder::default();
        let words: Vec<Word> = (0..130).map(|n| (builder.word(&format!("word{n}")), Written::Any)).collect();
        let sets: Vec<_> =
            words.windows(2).map(|pair| builder.set(Set { words: pair.to_vec(), ..Set::default() })).collect();
        let vocabulary = builder.build(&mut [], sets.iter().copied());
        let asked =
            || AskedSets::of(vocabulary.bits([0, 1, 2, 70, 128].map(|n| vocabulary.bit(sets[n])).into_iter()), 0);
        let rows_of = |asked: &AskedSets, row, held| {
            let mut rows = Vec::new();
            asked.each(row, |word| vocabulary.held(held, &[], word), |row| rows.push(row));
            rows
        };
        let mut joined = Vec::new();
        let worked_out = asked().worked_out(&vocabulary, |rows| {
            joined.push(rows);
            99 + joined.len() as Row
        });
        assert_eq!(joined, [vec![], vec![0], vec![0, 1], vec![1, 2], vec![2], vec![3], vec![4]]);
        for row in 0..vocabulary.rows() {
            let [class] = rows_of(&worked_out, row, row)[..] else { panic!("one row for all") };
            assert_eq!(joined[usize::from(class) - 100], rows_of(&asked(), row, row));
        }
        // Rows that are made up hold what they hold.
        assert_eq!(rows_of(&worked_out, vocabulary.rows(), 2), rows_of(&asked(), 2, 2));
    }

    #[test]
    fn every_number_is_found_with_the_row_for_how_it_is_written_and_no_other() {
        let asked: Vec<(Word, Row)> =
            (0..300).flat_map(|n| [((2 * n, Written::Any), n as Row), ((2 * n, Written::Capitals), 999)]).collect();
        let all = Asked::of(asked.clone());
        for number in 0..600 {
            let any = (number % 2 == 0).then_some((number / 2) as Row);
            assert_eq!(all.row(number, Shape::Lower), any, "{number}");
            assert_eq!(all.row(number, Shape::Capital), any, "{number}");
            assert_eq!(all.row(number, Shape::Capitals), any.map(|_| 999), "{number}");
        }
        let mut again: Vec<_> = all.iter().collect();
        again.sort_unstable();
        assert_eq!(again, asked);
        assert_eq!(Asked::default().row(0, Shape::Lower), None);
    }
}
