//! What several rooms have to know of every word at once: bits of one number, which stands beside the word in the table of
//! words, so that nobody has to look it up.

use super::vocabulary::{RowId, WordId};
use crate::compact::compact;
use crate::text::CLUE_CLASSES;

/// Bits of what is known of a word.
pub(crate) type Traits = u64;

/// What it may be in a name: a bit for each of [`CLUE_CLASSES`], in their order.
pub(super) const CLUES: Traits = (1 << CLUE_CLASSES.len()) - 1;
/// It is a phrase by itself, or, once the terms of a sentence are known, one of them begins with it.
pub(super) const PHRASE: Traits = 1 << CLUE_CLASSES.len();
/// Some construction is anchored at the word itself, or at a set that it belongs to.
pub(super) const ANCHOR: Traits = PHRASE << 1;
/// Likewise, some construction of exceptions.
pub(super) const EXCEPTION: Traits = PHRASE << 2;
/// Its row depends on how it is written.
pub(super) const CASED: Traits = PHRASE << 3;
/// In a sentence: a term, name or quotation begins with the token, or ends with it.
pub(super) const BEGINS: Traits = PHRASE << 4;
pub(super) const ENDS: Traits = PHRASE << 5;
/// All further bits are of gates.
pub(super) const FIRST_GATE: u8 = CLUE_CLASSES.len() as u8 + 6;
pub(super) const GATES: Traits = Traits::MAX << FIRST_GATE;
/// The gate that stands open: the last bit before those, which nobody asks of what is passed in a sentence.
pub(super) const OPEN: u8 = FIRST_GATE - 1;
pub(super) const ALWAYS: Traits = 1 << OPEN;

/// Traits by row, which words that no lexicon names have, too, and by word, however it is written. Those of a word in a text
/// are both together.
#[derive(Debug, Default)]
pub(super) struct AllTraits {
    of_row: Vec<Traits>,
    of_word: Vec<Traits>,
}

compact!(AllTraits { of_row, of_word });

impl AllTraits {
    /// None yet.
    pub(super) fn of_size(rows: usize, words: usize) -> AllTraits {
        AllTraits { of_row: vec![0; rows], of_word: vec![0; words] }
    }

    pub(super) fn of_row(&self, row: RowId) -> Traits {
        self.of_row.get(row as usize).copied().unwrap_or_default()
    }

    /// Those of a word that has this row as it is written.
    pub(super) fn of(&self, word: WordId, row: RowId) -> Traits {
        self.of_word.get(word as usize).copied().unwrap_or_default() | self.of_row(row)
    }

    pub(super) fn add_to_rows(&mut self, rows: impl IntoIterator<Item = usize>, traits: Traits) {
        rows.into_iter().for_each(|row| self.of_row[row] |= traits);
    }

    pub(super) fn add_to_words(&mut self, words: impl IntoIterator<Item = usize>, traits: Traits) {
        words.into_iter().for_each(|word| self.of_word[word] |= traits);
    }
}
