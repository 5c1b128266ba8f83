//! What a document has said of its names so far.

use std::hash::{BuildHasher, RandomState};

use super::{Clues, NameKind, Word};
use crate::text::words::{fold_to_numbers, Short};

/// Names by what they say, in a table that is forgotten without freeing anything.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The folded forms of their words as numbers, those of all names behind one another.
    words: Vec<Short>,
    names: Vec<Known>,
    /// At the first place that was free from the one on which the hash of a name falls: one more than its place in `names`; zero
    /// where there is none. A power of two, never more than half full.
    table: Vec<u32>,
    /// Bits that are ones where some name begins with a word whose number falls there: most that are asked for begin with no
    /// such word.
    begun: [u64; 32],
    seed: Seed,
    /// The words of the name that was last asked for.
    key: Vec<Short>,
    folded: String,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u64,
    /// Where its words stand among all.
    start: usize,
    end: usize,
    kind: NameKind,
}

/// What nobody can know who writes a text to make the table bad.
#[derive(Debug)]
struct Seed([u64; 2]);

impl Default for Seed {
    fn default() -> Seed {
        let random = RandomState::new();
        Seed([0, 1].map(|n| random.hash_one(n)))
    }
}

impl Memory {
    /// Begins another document.
    pub(crate) fn forget(&mut self) {
        self.words.clear();
        self.names.clear();
        self.table.fill(0);
        self.begun.fill(0);
    }

    /// What the tokens `from..to` stand for.
    #[inline]
    pub(super) fn kind(&mut self, clues: &Clues<impl Word>, from: usize, to: usize) -> Option<NameKind> {
        let (at, bit) = self.begins(clues, from);
        if self.begun[at] & bit == 0 {
            return None;
        }
        self.find(clues, from, to)
    }

    #[inline(never)]
    fn find(&mut self, clues: &Clues<impl Word>, from: usize, to: usize) -> Option<NameKind> {
        let hash = self.ask(clues, from, to);
        let place = self.place(hash);
        self.at(place).map(|name| name.kind)
    }

    pub(super) fn set_kind(&mut self, clues: &Clues<impl Word>, from: usize, to: usize, kind: NameKind) {
        if self.table.len() <= 2 * self.names.len() {
            self.grow();
        }
        let (at, bit) = self.begins(clues, from);
        self.begun[at] |= bit;
        let hash = self.ask(clues, from, to);
        let place = self.place(hash);
        match self.at(place) {
            Some(name) => name.kind = kind,
            None => {
                let start = self.words.len();
                self.words.extend_from_slice(&self.key);
                self.names.push(Known { hash, start, end: self.words.len(), kind });
                self.table[place] = self.names.len() as u32;
            }
        }
    }

    /// Where among `begun` the word at `from` falls, and its bit there.
    fn begins(&self, clues: &Clues<impl Word>, from: usize) -> (usize, u64) {
        let number = clues.words[from].number();
        (number as usize / 64 % self.begun.len(), 1 << (number % 64))
    }

    /// Puts what the tokens `from..to` say into `key`, and returns its hash.
    fn ask(&mut self, clues: &Clues<impl Word>, from: usize, to: usize) -> u64 {
        let Memory { key, folded, seed: Seed([a, b]), .. } = self;
        key.clear();
        let mut hash = 0;
        for token in &clues.tokens[from..to] {
            fold_to_numbers(clues.text, *token, folded, |word| {
                let product = u128::from(word.low ^ *a ^ hash) * u128::from(word.high ^ *b);
                hash = product as u64 ^ (product >> 64) as u64;
                key.push(word);
            });
        }
        hash
    }

    /// Where in the table the name in `key` stands, or would stand.
    fn place(&self, hash: u64) -> usize {
        let last = self.table.len() - 1;
        let mut place = hash as usize & last;
        while let Some(name) = self.table[place].checked_sub(1).map(|name| &self.names[name as usize]) {
            if name.hash == hash && self.words[name.start..name.end] == self.key {
                break;
            }
            place = (place + 1) & last;
        }
        place
    }

    fn at(&mut self, place: usize) -> Option<&mut Known> {
        let name = self.table[place].checked_sub(1)?;
        self.names.get_mut(name as usize)
    }

    fn grow(&mut self) {
        let size = (2 * self.table.len()).max(64);
        self.table.clear();
        self.table.resize(size, 0);
        for (name, known) in (1..).zip(&self.names) {
            let mut place = known.hash as usize & (size - 1);
            while self.table[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.table[place] = name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::names::Buffers;
    use crate::text::{cut, Span, WordRules};

    /// Words of which nothing is known.
    #[derive(Clone, Copy)]
    struct Unknown;

    impl Word for Unknown {
        fn clues(&self) -> u16 {
            0
        }

        fn number(&self) -> u32 {
            0
        }
    }

    /// Asks for all of a text as one name; with a kind, remembers it.
    fn name(memory: &mut Memory, text: &str, kind: Option<NameKind>) -> Option<NameKind> {
        let mut tokens = Vec::new();
        cut(text, Span::new(0, text.len()), &WordRules::default(), &mut tokens);
        let buffers = Buffers::default();
        let words = vec![Unknown; tokens.len()];
        let clues = Clues::new(text, &tokens, &words, &buffers);
        kind.into_iter().for_each(|kind| memory.set_kind(&clues, 0, tokens.len(), kind));
        memory.kind(&clues, 0, tokens.len())
    }

    #[test]
    fn every_name_is_remembered_however_written_and_no_other() {
        let mut memory = Memory::default();
        let of = |n: usize| format!("Élise {n:b} Extraordinarily-Long-Name {}", "o".repeat(n % 40));
        for n in 0..500 {
            name(&mut memory, &of(n), Some(NameKind::Person));
        }
        name(&mut memory, "élise 0  extraordinarily‐long‐name", Some(NameKind::Body));
        for n in 0..1000 {
            let kind = if n == 0 { NameKind::Body } else { NameKind::Person };
            assert_eq!(name(&mut memory, &of(n), None), (n < 500).then_some(kind), "{n}");
        }
        assert_eq!(name(&mut memory, "Élise", None), None);
        memory.forget();
        assert_eq!(name(&mut memory, &of(1), None), None);
    }
}
