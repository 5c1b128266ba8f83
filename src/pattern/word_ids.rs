//! From words to their numbers, by one look at a table for nearly every word of a text.

use rustc_hash::FxHashMap;

use super::filter::Filter;
use super::places::{Place, Places};
use super::traits::{Traits, CASED};
use super::vocabulary::{RowId, WordId, NO_ROW, UNKNOWN};
use crate::compact::{self, Compact};
use crate::text::Short;

/// Words in their folded form, all different, each with its number and the row that it has however it is written.
#[derive(Debug)]
pub(crate) struct WordIds {
    /// Tells of nearly all words that are not known, so that no place has to be fetched for them.
    filter: Filter<WORDS_OF_BITS>,
    /// Short words.
    short: Places<Slot>,
    /// All others.
    long: FxHashMap<String, Known>,
}

/// So many that few words that are not known find their bit by chance, and so few that they stay at hand.
const WORDS_OF_BITS: usize = 1 << 12;

/// A short word with what is known of it; as a whole in one line of the processor's memory.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
struct Slot {
    /// The word, and in the highest bit whether the place is passed.
    word: Short,
    known: Known,
}

const PASSED: u64 = 1 << 63;

impl Slot {
    fn word(&self) -> Short {
        Short { high: self.word.high & !PASSED, ..self.word }
    }

    #[inline]
    fn is(&self, word: Short) -> bool {
        // With the highest bit shifted out.
        self.word.low == word.low && (self.word.high ^ word.high) << 1 == 0
    }
}

impl Default for Slot {
    fn default() -> Slot {
        Slot { word: Short { low: 0, high: 0 }, known: Known { id: UNKNOWN, row: NO_ROW, traits: 0 } }
    }
}

impl Place for Slot {
    #[inline]
    fn is_passed(&self) -> bool {
        self.word.high & PASSED != 0
    }

    fn pass(&mut self) {
        self.word.high |= PASSED;
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) id: WordId,
    pub(crate) row: RowId,
    pub(crate) traits: Traits,
}

impl Known {
    /// Whether there is more to be known of it where it has a capital.
    #[inline]
    pub(crate) fn is_cased(&self) -> bool {
        self.traits & CASED != 0
    }
}

impl WordIds {
    /// For so many words, to be added, the commonest first.
    pub(crate) fn of_size(words: usize) -> WordIds {
        WordIds { filter: Filter::new(), short: Places::of_size(words), long: FxHashMap::default() }
    }

    /// Adds a word, a new one.
    pub(crate) fn add(&mut self, word: &str, known: Known) {
        match Short::new(word) {
            Some(word) => {
                let hash = hash(word);
                self.filter.add(hash, bit(hash));
                self.short.add(hash, Slot { word, known });
            }
            None => drop(self.long.insert(word.to_owned(), known)),
        }
    }

    #[inline]
    pub(crate) fn short(&self, word: Short) -> Option<&Known> {
        let hash = hash(word);
        if !self.filter.bits().may_have(hash, bit(hash)) {
            return None;
        }
        self.short.find(hash, |slot| slot.is(word)).map(|slot| &slot.known)
    }

    pub(crate) fn get(&self, folded: &str) -> Option<&Known> {
        match Short::new(folded) {
            Some(word) => self.short(word),
            None => self.long.get(folded),
        }
    }

    /// Every word with what is known of it, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (String, Known)> + '_ {
        let short = self.short.iter().map(|slot| (slot.word().spelled(), slot.known));
        short.chain(self.long.iter().map(|(word, known)| (word.clone(), *known)))
    }

    /// What is known of each word.
    pub(crate) fn known_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        self.short.iter_mut().map(|slot| &mut slot.known).chain(self.long.values_mut())
    }
}

/// No text can make the table bad, for what a text says is only looked up.
#[inline]
fn hash(word: Short) -> u64 {
    word.mixed(0, 0xd1b5_4a32_d192_ed03)
}

/// The bit of a word in the filter, by other bits of its hash than choose where.
#[inline]
fn bit(hash: u64) -> u64 {
    1 << (hash / WORDS_OF_BITS as u64 % 64)
}

/// The words in the order of their numbers, which their places follow from, without their traits.
impl Compact for WordIds {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        let mut all: Vec<_> = self.iter().map(|(word, known)| (word, (known.id, known.row))).collect();
        all.sort_by_key(|(_, (id, _))| *id);
        all.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<WordIds> {
        let words = usize::read(from)?;
        let mut ids = WordIds::of_size(words);
        for _ in 0..words {
            let word = from.string()?;
            let (id, row) = <(WordId, RowId)>::read(from)?;
            ids.add(word, Known { id, row, traits: 0 });
        }
        Some(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let word = |n: u32| format!("{n:b}");
        let known = |n: u32| Known { id: n, row: n / 2, traits: u64::from(n) << 32 };
        let mut ids = WordIds::of_size(70_000);
        (0..70_000).for_each(|n| ids.add(&word(n), known(n)));
        for n in 0..140_000 {
            assert_eq!(ids.get(&word(n)).copied(), (n < 70_000).then(|| known(n)), "{n}");
        }
        assert_eq!(WordIds::of_size(0).get("word"), None);
    }
}
