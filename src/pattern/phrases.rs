//! Finds phrases of known words: each phrase is filed under the word of it that the fewest phrases share, so that a text
//! full of "the" opens nothing.

use rustc_hash::FxHashMap;

use super::sentence::Sentence;
use super::vocabulary::{Vocabulary, Word, WordId, UNKNOWN};
use crate::compact::compact;

/// Number of a phrase, in the order in which phrases were added.
pub(crate) type PhraseId = u32;

#[derive(Debug, Default)]
pub(crate) struct PhraseBuilder {
    ids: FxHashMap<Vec<Word>, PhraseId>,
    phrases: Vec<Vec<Word>>,
}

impl PhraseBuilder {
    /// The number of a phrase; the same words always give the same.
    pub(crate) fn add(&mut self, words: &[Word]) -> PhraseId {
        if let Some(id) = self.ids.get(words) {
            return *id;
        }
        let id = self.phrases.len() as PhraseId;
        self.phrases.push(words.to_vec());
        self.ids.insert(words.to_vec(), id);
        id
    }

    pub(crate) fn len(&self) -> usize {
        self.phrases.len()
    }

    pub(crate) fn build(self, vocabulary: &Vocabulary) -> Phrases {
        let mut shared = vec![0u32; vocabulary.len()];
        for (word, _) in self.phrases.iter().flatten() {
            shared[*word as usize] += 1;
        }
        let mut keyed: Vec<(WordId, Keyed)> = Vec::new();
        for (id, phrase) in self.phrases.iter().enumerate() {
            let Some(key) = (0..phrase.len()).min_by_key(|at| shared[phrase[*at].0 as usize]) else { continue };
            let beside = if key > 0 { key - 1 } else { (phrase.len() - 1).min(1) };
            let offset = beside as i32 - key as i32;
            keyed.push((
                phrase[key].0,
                Keyed { phrase: id as PhraseId, key: key as u32, beside: phrase[beside].0, offset },
            ));
        }
        keyed.sort_by_key(|(word, _)| *word);
        let mut key_of = vec![0; vocabulary.len()];
        let mut keys = vec![Key { from: 0, to: 0, before: 0, after: 0 }];
        let mut from = 0;
        for of_word in keyed.chunk_by(|a, b| a.0 == b.0) {
            let to = from + of_word.len() as u32;
            let mut key = Key { from, to, before: 0, after: 0 };
            for (_, filed) in of_word {
                match filed.offset {
                    0 => key.before = u64::MAX,
                    offset if offset < 0 => key.before |= bit(filed.beside),
                    _ => key.after |= bit(filed.beside),
                }
            }
            key_of[of_word[0].0 as usize] = keys.len() as u32;
            keys.push(key);
            from = to;
        }
        let mut words = Vec::new();
        let mut ends = Vec::new();
        for phrase in self.phrases {
            words.extend(phrase);
            ends.push(words.len() as u32);
        }
        Phrases { key_of, keys, keyed: keyed.into_iter().map(|(_, filed)| filed).collect(), words, ends }
    }
}

/// Phrases by their rarest word.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// For each word, its place in `keys`. The first of them is that of most words, under which no phrase is filed.
    key_of: Vec<u32>,
    keys: Vec<Key>,
    keyed: Vec<Keyed>,
    /// All phrases behind one another; phrase `i` ends before `ends[i]`.
    words: Vec<Word>,
    ends: Vec<u32>,
}

/// A word under which phrases are filed.
#[derive(Debug)]
struct Key {
    /// From where and to where they stand in `keyed`.
    from: u32,
    to: u32,
    /// The bits of the words that one of them wants beside it: where neither neighbour has its bit here, none is looked at.
    before: u64,
    after: u64,
}

/// One of 64 bits for a word.
fn bit(word: WordId) -> u64 {
    1 << (word % 64)
}

/// A phrase under one of its words.
#[derive(Debug)]
struct Keyed {
    phrase: PhraseId,
    /// The place of that word in the phrase.
    key: u32,
    /// The word beside it, which rules out nearly all phrases at once, and on which side it stands; a single word stands beside
    /// itself.
    beside: WordId,
    offset: i32,
}

compact!(Phrases { key_of, keys, keyed, words, ends });
compact!(Key { from, to, before, after });
compact!(Keyed { phrase, key, beside, offset });

impl Phrases {
    fn words(&self, phrase: PhraseId) -> &[Word] {
        let from = phrase.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.words[from as usize..self.ends[phrase as usize] as usize]
    }

    /// Calls `found` with every phrase in a sentence: its number, first token and number of tokens.
    pub(crate) fn find(&self, sentence: &Sentence, mut found: impl FnMut(PhraseId, usize, usize)) {
        let mut last = UNKNOWN;
        for (at, (word, _)) in sentence.ids.iter().enumerate() {
            let before = std::mem::replace(&mut last, *word);
            let key = &self.keys[self.key_of[*word as usize] as usize];
            let after = sentence.ids.get(at + 1).map_or(UNKNOWN, |(word, _)| *word);
            // One test, nearly always false, costs less than several that are hard to foresee.
            if key.before & bit(before) | key.after & bit(after) != 0 {
                self.find_at(at, key, sentence, &mut found);
            }
        }
    }

    /// Calls `found` with every phrase that is filed under the word at `at`.
    #[inline(never)]
    fn find_at(&self, at: usize, key: &Key, sentence: &Sentence, found: &mut impl FnMut(PhraseId, usize, usize)) {
        for filed in &self.keyed[key.from as usize..key.to as usize] {
            let beside = at.wrapping_add_signed(filed.offset as isize);
            if sentence.ids.get(beside).is_some_and(|(word, _)| *word == filed.beside) {
                let words = self.words(filed.phrase);
                let Some(start) = at.checked_sub(filed.key as usize) else { continue };
                if sentence.says(words, start) {
                    found(filed.phrase, start, words.len());
                }
            }
        }
    }
}
