//! From words to their numbers, by one look at a table for nearly every word of a text.

use rustc_hash::FxHashMap;

use super::vocabulary::{RowId, WordId, NO_ROW, UNKNOWN};
use crate::text::Short;

/// Words in their folded form, all different, each with its number and the row that it has however it is written.
#[derive(Debug)]
pub(crate) struct WordIds {
    /// Short words, each at the first place that was free from the one on which its hash names; a power of two, never more than half full.
    short: Vec<Slot>,
    /// All others.
    long: FxHashMap<String, Known>,
}

/// A short word with what is known of it.
#[derive(Clone, Copy, Debug)]
struct Slot {
    word: Short,
    known: Known,
}

const EMPTY: Slot = Slot { word: Short { low: 0, high: 0 }, known: Known { id: UNKNOWN, row: NO_ROW } };

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) id: WordId,
    pub(crate) row: RowId,
}

impl WordIds {
    /// Of at most so many words.
    pub(crate) fn new(most: usize, words: impl Iterator<Item = (String, Known)>) -> WordIds {
        let size = (2 * most).next_power_of_two().max(2);
        let mut ids = WordIds { short: vec![EMPTY; size], long: FxHashMap::default() };
        for (word, known) in words {
            match Short::new(&word) {
                Some(short) => {
                    let mut place = ids.first_place(short);
                    while !ids.short[place].is_empty() {
                        place = ids.next_place(place);
                    }
                    ids.short[place] = Slot { word: short, known };
                }
                None => {
                    ids.long.insert(word, known);
                }
            }
        }
        ids
    }

    #[inline]
    pub(crate) fn short(&self, word: Short) -> Option<Known> {
        let mut place = self.first_place(word);
        loop {
            let slot = &self.short[place];
            if slot.word == word {
                return Some(slot.known);
            }
            if slot.is_empty() {
                return None;
            }
            place = self.next_place(place);
        }
    }

    pub(crate) fn get(&self, folded: &str) -> Option<Known> {
        match Short::new(folded) {
            Some(word) => self.short(word),
            None => self.long.get(folded).copied(),
        }
    }

    /// Where the word stands, unless that place was taken. Both halves of their product, mixed; no text can make the table bad,
    /// for what a text says is only looked up.
    #[inline]
    fn first_place(&self, word: Short) -> usize {
        let product = u128::from(word.low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(word.high ^ 0xd1b5_4a32_d192_ed03);
        (product as usize ^ (product >> 64) as usize) & (self.short.len() - 1)
    }

    #[inline]
    fn next_place(&self, place: usize) -> usize {
        (place + 1) & (self.short.len() - 1)
    }
}

impl Slot {
    fn is_empty(&self) -> bool {
        self.word.high == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let word = |n: u32| format!("{n:b}");
        let known = |n: u32| Known { id: n, row: n / 2 };
        let ids = WordIds::new(70_000, (0..70_000).map(|n| (word(n), known(n))));
        for n in 0..140_000 {
            assert_eq!(ids.get(&word(n)), (n < 70_000).then(|| known(n)), "{n}");
        }
        assert_eq!(WordIds::new(0, std::iter::empty()).get("word"), None);
    }
}
