//! What a document has said of its names so far.

use std::hash::{BuildHasher, RandomState};

use super::{Clues, NameKind};

/// Names by what they say, in a table that is forgotten without freeing anything.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Their folded forms, behind one another.
    text: String,
    names: Vec<Known>,
    /// At the first place that was free from the one on which the hash of a name falls: one more than its place in `names`; zero
    /// where there is none. A power of two, never more than half full.
    table: Vec<u32>,
    /// Keyed, so that no text can make the table bad on purpose.
    hasher: RandomState,
    /// With which letters names begin and end: a bit for each pair. Most words that are asked for are told by it to be none.
    ends: [u64; 16],
    /// The folded form of the name that was last asked for.
    key: String,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u64,
    /// Where it stands in `text`.
    start: usize,
    end: usize,
    kind: NameKind,
}

impl Memory {
    /// Begins another document.
    pub(crate) fn forget(&mut self) {
        self.text.clear();
        self.names.clear();
        self.table.fill(0);
        self.ends = [0; 16];
    }

    /// What the tokens `from..to` stand for.
    pub(super) fn kind(&mut self, clues: &Clues, from: usize, to: usize) -> Option<NameKind> {
        let ends = self.ends(clues, from, to);
        if self.ends[ends / 64] >> (ends % 64) & 1 == 0 {
            return None;
        }
        clues.key(from, to, &mut self.key);
        let place = self.place(self.hasher.hash_one(&self.key));
        self.at(place).map(|name| name.kind)
    }

    pub(super) fn set_kind(&mut self, clues: &Clues, from: usize, to: usize, kind: NameKind) {
        let ends = self.ends(clues, from, to);
        self.ends[ends / 64] |= 1 << (ends % 64);
        clues.key(from, to, &mut self.key);
        if self.table.len() <= 2 * self.names.len() {
            self.grow();
        }
        let hash = self.hasher.hash_one(&self.key);
        let place = self.place(hash);
        match self.at(place) {
            Some(name) => name.kind = kind,
            None => {
                let start = self.text.len();
                self.text.push_str(&self.key);
                self.names.push(Known { hash, start, end: self.text.len(), kind });
                self.table[place] = self.names.len() as u32;
            }
        }
    }

    /// The bit of the first and last letter of a name, in its folded form.
    fn ends(&mut self, clues: &Clues, from: usize, to: usize) -> usize {
        let bytes = clues.text.as_bytes();
        let mut ends = [bytes[clues.tokens[from].span.start()], bytes[clues.tokens[to - 1].span.end() - 1]];
        if !ends.iter().all(u8::is_ascii_alphabetic) {
            clues.key(from, to, &mut self.key);
            ends = [self.key.bytes().next().unwrap_or(0), self.key.bytes().last().unwrap_or(0)];
        }
        // Of a letter these bits are the same, large or small.
        usize::from(ends[0] & 31) << 5 | usize::from(ends[1] & 31)
    }

    /// Where in the table the name in `key` stands, or would stand.
    fn place(&self, hash: u64) -> usize {
        let last = self.table.len() - 1;
        let mut place = hash as usize & last;
        while let Some(name) = self.table[place].checked_sub(1).map(|name| &self.names[name as usize]) {
            if name.hash == hash && self.text[name.start..name.end] == self.key {
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
