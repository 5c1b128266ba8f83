//! What a document has said of its names so far.

use std::hash::{BuildHasher, RandomState};

use super::{Clues, NameKind, Word};
use crate::text::words::{fold_to_numbers, Short};

/// Names by what they say, which are forgotten without freeing anything.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    names: Tree,
    /// Bits that are ones where some name begins with a word whose number falls there: most that are asked for begin with no
    /// such word.
    begun: [u64; 32],
    folded: String,
}

impl Memory {
    /// Begins another document.
    pub(crate) fn forget(&mut self) {
        self.names.forget();
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
        let Memory { names, folded, .. } = self;
        let mut node = Some(ROOT);
        words(clues, from, to, folded, |word| node = node.and_then(|node| names.behind(node, word)));
        names.nodes[node? as usize].kind
    }

    pub(super) fn set_kind(&mut self, clues: &Clues<impl Word>, from: usize, to: usize, kind: NameKind) {
        let (at, bit) = self.begins(clues, from);
        self.begun[at] |= bit;
        let Memory { names, folded, .. } = self;
        let mut node = ROOT;
        words(clues, from, to, folded, |word| node = names.behind(node, word).unwrap_or_else(|| names.add(node, word)));
        names.nodes[node as usize].kind = Some(kind);
    }

    /// Where among `begun` the word at `from` falls, and its bit there.
    fn begins(&self, clues: &Clues<impl Word>, from: usize) -> (usize, u64) {
        let number = clues.words[from].number().unwrap_or(0);
        (number as usize / 64 % self.begun.len(), 1 << (number % 64))
    }
}

/// Calls `each` with the tokens `from..to`, however they are written, as numbers.
#[inline]
fn words(clues: &Clues<impl Word>, from: usize, to: usize, folded: &mut String, mut each: impl FnMut(Short)) {
    for (token, word) in clues.tokens[from..to].iter().zip(&clues.words[from..to]) {
        match word.number() {
            Some(number) => each(Short::of_number(number)),
            None => fold_to_numbers(clues.text, *token, folded, &mut each),
        }
    }
}

/// Names word by word: those that begin with the same words share these.
#[derive(Debug)]
struct Tree {
    /// By their numbers; the first stands before the first words of names.
    nodes: Vec<Node>,
    /// At the first place that was free from the one on which a node falls: its number; that of the root where there is none.
    /// A power of two, never more than a quarter full.
    table: Vec<u32>,
    /// What nobody can know who writes a text to make the table bad.
    seed: [u64; 2],
}

/// A word behind others that names begin with.
#[derive(Clone, Copy, Debug)]
struct Node {
    word: Short,
    /// The number of the word before.
    before: u32,
    /// What the words up to this one stand for, if they are a name.
    kind: Option<NameKind>,
}

const ROOT: u32 = 0;

impl Default for Tree {
    fn default() -> Tree {
        let random = RandomState::new();
        let root = Node { word: Short::of_number(0), before: ROOT, kind: None };
        Tree { nodes: vec![root], table: vec![ROOT; 64], seed: [0, 1].map(|n| random.hash_one(n)) }
    }
}

impl Tree {
    fn forget(&mut self) {
        self.nodes.truncate(1);
        self.table.fill(ROOT);
    }

    /// The number of a word behind another.
    fn behind(&self, before: u32, word: Short) -> Option<u32> {
        Some(self.table[self.place(before, word)]).filter(|number| *number != ROOT)
    }

    /// Adds a word behind another, where it was not, and returns its number.
    fn add(&mut self, before: u32, word: Short) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { word, before, kind: None });
        self.note(number);
        if self.table.len() < 4 * self.nodes.len() {
            let size = 2 * self.table.len();
            self.table.clear();
            self.table.resize(size, ROOT);
            (1..=number).for_each(|number| self.note(number));
        }
        number
    }

    /// Notes in the table where a node stands.
    fn note(&mut self, number: u32) {
        let Node { before, word, .. } = self.nodes[number as usize];
        let place = self.place(before, word);
        self.table[place] = number;
    }

    /// Where in the table a word behind another stands, or would stand.
    fn place(&self, before: u32, word: Short) -> usize {
        let [a, b] = self.seed;
        let product = u128::from(word.low ^ a.wrapping_mul(u64::from(before) + 1)) * u128::from(word.high ^ b);
        let last = self.table.len() - 1;
        let mut place = (product as usize ^ (product >> 64) as usize) & last;
        loop {
            let number = self.table[place];
            let node = &self.nodes[number as usize];
            if number == ROOT || (node.before == before && node.word == word) {
                return place;
            }
            place = (place + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::names::Buffers;
    use crate::text::{cut, Span, WordRules};

    /// A word of which nothing is known but its number, if it has one.
    struct Numbered(Option<u32>);

    impl Word for Numbered {
        fn clues(&self) -> u16 {
            0
        }

        fn number(&self) -> Option<u32> {
            self.0
        }
    }

    /// Asks for all of a text as one name; with a kind, remembers it.
    fn name(memory: &mut Memory, text: &str, kind: Option<NameKind>) -> Option<NameKind> {
        let mut tokens = Vec::new();
        cut(text, Span::new(0, text.len()), &WordRules::default(), &mut tokens);
        let buffers = Buffers::default();
        // Those of digits are known words.
        let words: Vec<_> = tokens.iter().map(|token| Numbered(text[token.span().range()].parse().ok())).collect();
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
