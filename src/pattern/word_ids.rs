//! From words to their numbers, by one look at a table for nearly every word of a text.

use rustc_hash::FxHashMap;

use super::traits::{Traits, CASED};
use super::vocabulary::{RowId, WordId, NO_ROW, UNKNOWN};
use crate::compact::{self, Compact};
use crate::text::Short;

/// Words in their folded form, all different, each with its number and the row that it has however it is written.
#[derive(Debug)]
pub(crate) struct WordIds {
    /// Where each short word stands among these, with what its hash has besides: at the first place that was free from the one
    /// on which its hash names. Zero where there is none. A quarter of them, so that few have to be at hand: the commonest words
    /// come first and are found at once even so.
    places: Vec<u32>,
    /// The bits of a place that are its hash's: as many as the numbers of words leave.
    tags: u32,
    /// Short words in the order in which they were added, the commonest first, so that those that texts are full of lie
    /// together. Before them one that is no word.
    short: Vec<Slot>,
    /// All others.
    long: FxHashMap<String, Known>,
}

/// A short word with what is known of it; as a whole in one line of the processor's memory.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    word: Short,
    known: Known,
}

const EMPTY: Slot = Slot { word: Short { low: 0, high: 0 }, known: Known { id: UNKNOWN, row: NO_ROW, traits: 0 } };

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
    /// For so many words, to be added.
    pub(crate) fn of_size(words: usize) -> WordIds {
        let places = words + words / 3 + 2;
        let mut short = Vec::with_capacity(words + 1);
        short.push(EMPTY);
        let tags = !((words + 1).next_power_of_two() as u32 - 1);
        WordIds { places: vec![0; places], tags, short, long: FxHashMap::default() }
    }

    /// Adds a word, a new one.
    pub(crate) fn add(&mut self, word: &str, known: Known) {
        match Short::new(word) {
            Some(word) => {
                let Hash { mut place, tag } = self.hash(word);
                while self.places[place] != 0 {
                    place = self.next_place(place);
                }
                self.places[place] = tag | self.short.len() as u32;
                self.short.push(Slot { word, known });
            }
            None => {
                self.long.insert(word.to_owned(), known);
            }
        }
    }

    #[inline]
    pub(crate) fn short(&self, word: Short) -> Option<&Known> {
        let Hash { mut place, tag } = self.hash(word);
        loop {
            let number = self.places[place];
            // Of another hash, it is past the last.
            if let Some(slot) = self.short.get((number ^ tag) as usize) {
                if slot.word == word {
                    return Some(&slot.known);
                }
            }
            if number == 0 {
                return None;
            }
            place = self.next_place(place);
        }
    }

    pub(crate) fn get(&self, folded: &str) -> Option<&Known> {
        match Short::new(folded) {
            Some(word) => self.short(word),
            None => self.long.get(folded),
        }
    }

    /// Every word with what is known of it, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (String, Known)> + '_ {
        let short = self.short.iter().skip(1).map(|slot| (slot.word.spelled(), slot.known));
        short.chain(self.long.iter().map(|(word, known)| (word.clone(), *known)))
    }

    /// What is known of each word.
    pub(crate) fn known_mut(&mut self) -> impl Iterator<Item = &mut Known> {
        let short = self.short.iter_mut().skip(1).map(|slot| &mut slot.known);
        short.chain(self.long.values_mut())
    }

    /// No text can make the table bad, for what a text says is only looked up.
    #[inline]
    fn hash(&self, word: Short) -> Hash {
        let mixed = word.mixed(0, 0xd1b5_4a32_d192_ed03);
        // The lower half says which of the places; what the numbers of words leave of the upper is kept besides.
        let place = ((mixed & 0xffff_ffff) * self.places.len() as u64) >> 32;
        Hash { place: place as usize, tag: (mixed >> 32) as u32 & self.tags }
    }

    #[inline]
    fn next_place(&self, place: usize) -> usize {
        if place + 1 < self.places.len() {
            place + 1
        } else {
            0
        }
    }
}

/// Where a word is looked for first, and what is kept of its hash besides.
struct Hash {
    place: usize,
    tag: u32,
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
