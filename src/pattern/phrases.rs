//! Finds phrases of known words: each phrase is filed under the word of it that the fewest phrases share, so that a text
//! full of "the" opens nothing.

use rustc_hash::FxHashMap;

use super::vocabulary::{Vocabulary, Word, WordId, UNKNOWN};
use crate::compact::compact;
use crate::text::Shape;

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
        let mut keyed: Vec<Vec<(PhraseId, u32)>> = vec![Vec::new(); vocabulary.len()];
        for (id, phrase) in self.phrases.iter().enumerate() {
            let key = (0..phrase.len()).min_by_key(|at| shared[phrase[*at].0 as usize]).unwrap_or(0);
            if let Some((word, _)) = phrase.get(key) {
                keyed[*word as usize].push((id as PhraseId, key as u32));
            }
        }
        let mut starts = vec![0];
        let mut flat = Vec::new();
        for list in keyed {
            flat.extend(list);
            starts.push(flat.len() as u32);
        }
        let mut words = Vec::new();
        let mut ends = Vec::new();
        for phrase in self.phrases {
            words.extend(phrase);
            ends.push(words.len() as u32);
        }
        Phrases { starts, keyed: flat, words, ends }
    }
}

/// Phrases by their rarest word.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// `keyed[starts[word]..starts[word + 1]]`: the phrases filed under a word, with its place in each.
    starts: Vec<u32>,
    keyed: Vec<(PhraseId, u32)>,
    /// All phrases behind one another; phrase `i` ends before `ends[i]`.
    words: Vec<Word>,
    ends: Vec<u32>,
}

compact!(Phrases { starts, keyed, words, ends });

impl Phrases {
    fn words(&self, phrase: PhraseId) -> &[Word] {
        let from = phrase.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.words[from as usize..self.ends[phrase as usize] as usize]
    }

    /// Calls `found` with every phrase in a run of `n` tokens: its number, first token and number of tokens.
    pub(crate) fn find(
        &self,
        n: usize,
        token: impl Fn(usize) -> (WordId, Shape),
        mut found: impl FnMut(PhraseId, usize, usize),
    ) {
        for at in 0..n {
            let (word, _) = token(at);
            if word == UNKNOWN {
                continue;
            }
            let filed = self.starts[word as usize] as usize..self.starts[word as usize + 1] as usize;
            for (phrase, key) in &self.keyed[filed] {
                let words = self.words(*phrase);
                let Some(start) = at.checked_sub(*key as usize).filter(|start| start + words.len() <= n) else {
                    continue;
                };
                let here = |(offset, (word, written)): (usize, &Word)| {
                    let (id, shape) = token(start + offset);
                    id == *word && written.allows(shape)
                };
                if words.iter().enumerate().all(here) {
                    found(*phrase, start, words.len());
                }
            }
        }
    }
}
