//! What is kept by what is known of a word.

use super::vocabulary::{RowId, UNKNOWN};
use super::word_ids::Known;
use crate::compact::{self, Compact};

/// One for each word and, for phrases and what no lexicon names, one for each row.
#[derive(Debug)]
pub(super) struct ByKnown<T> {
    /// By word; behind them by row.
    all: Vec<T>,
    /// How many words there are.
    words: usize,
}

impl<T> ByKnown<T> {
    pub(super) fn new(by_word: Vec<T>, by_row: impl Iterator<Item = T>) -> ByKnown<T> {
        let (words, mut all) = (by_word.len(), by_word);
        all.extend(by_row);
        ByKnown { all, words }
    }

    /// That of a word, or of its row where no lexicon names it. Rows that are made up as they come have none.
    #[inline]
    pub(super) fn get(&self, Known { id, row, .. }: &Known) -> Option<&T> {
        let of_row = self.words + *row as usize;
        self.all.get(if *id == UNKNOWN { of_row } else { *id as usize })
    }

    /// That of a row.
    pub(super) fn of_row(&self, row: RowId) -> &T {
        &self.all[self.words + row as usize]
    }

    /// By word, and by row.
    pub(super) fn parts(&self) -> (&[T], &[T]) {
        self.all.split_at(self.words)
    }
}

impl<T: Compact> Compact for ByKnown<T> {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.all.write(to);
        self.words.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<ByKnown<T>> {
        Some(ByKnown { all: Vec::read(from)?, words: usize::read(from)? })
    }
}
