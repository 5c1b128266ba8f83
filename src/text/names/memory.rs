//! What a document has said of its names so far.

use std::hash::{BuildHasher, RandomState};

use super::{Clues, NameKind, Word};
use crate::text::words::{fold_to_numbers, Short};

/// The kinds of names by what they say, which are forgotten without freeing anything.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    kinds: Kinds,
    /// Bits that are ones where some name begins with a word whose number falls there: most that are asked for begin with no
    /// such word.
    begun: [u64; 32],
    folded: String,
}

impl Memory {
    /// Begins another document.
    pub(crate) fn forget(&mut self) {
        self.kinds.forget();
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
        let name = self.print(clues, from, to);
        self.kinds.get(name)
    }

    pub(super) fn set_kind(&mut self, clues: &Clues<impl Word>, from: usize, to: usize, kind: NameKind) {
        let (at, bit) = self.begins(clues, from);
        self.begun[at] |= bit;
        let name = self.print(clues, from, to);
        self.kinds.set(name, kind);
    }

    /// The print of the tokens `from..to`, however they are written.
    fn print(&mut self, clues: &Clues<impl Word>, from: usize, to: usize) -> Print {
        let Memory { kinds, folded, .. } = self;
        let mut print = kinds.seed;
        for word in &clues.words[from..to] {
            match word.number() {
                Some(number) => print.add(Short::of_number(number)),
                None => fold_to_numbers(clues.text, word.token(), folded, |piece| print.add(piece)),
            }
        }
        print
    }

    /// Where among `begun` the word at `from` falls, and its bit there.
    fn begins(&self, clues: &Clues<impl Word>, from: usize) -> (usize, u64) {
        let number = clues.words[from].number().unwrap_or(0);
        (number as usize / 64 % self.begun.len(), 1 << (number % 64))
    }
}

/// What stands for the words of a name: of 128 bits, eight of which give way to its kind. Among a million names, the chance that
/// any two are taken for one another is less than that of a machine's mistake: one in 10²⁴.
#[derive(Clone, Copy, Debug)]
struct Print {
    low: u64,
    high: u64,
}

impl Print {
    /// Goes on with a word, or a piece of one: by two products.
    fn add(&mut self, word: Short) {
        let Print { low, high } = *self;
        self.low = word.mixed(low, high.rotate_left(32));
        self.high = word.mixed(high, low.rotate_left(32) ^ ODDS);
    }

    /// Whether a slot has it.
    #[inline]
    fn is_in(self, [low, high]: [u64; 2]) -> bool {
        // In one comparison, without a branch between two.
        (low ^ self.low) & !KIND | (high ^ self.high) == 0
    }
}

/// So that the two products have no factor in common.
const ODDS: u64 = 0x9e37_79b9_7f4a_7c15;

/// Kinds by the prints of names, which themselves are not kept.
#[derive(Debug)]
struct Kinds {
    /// A power of two.
    buckets: Vec<Bucket>,
    known: usize,
    /// With which every print begins: what nobody can know who writes a text to make the table bad.
    seed: Print,
}

/// Prints of names, each with the kind in its lowest byte, counted from one; zeros behind them. As a whole in one line of the
/// processor's memory. Those that find theirs full are in the next.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket([[u64; 2]; 4]);

/// Where a print leaves room for the kind.
const KIND: u64 = 0xff;
/// How many buckets there are at first.
const FEW: usize = 16;

impl Bucket {
    /// The kind of a name, if it is here; in the lowest byte.
    #[inline]
    fn kind(&self, name: Print) -> u64 {
        // Without branches, as nobody can foresee at which place it is.
        self.0.iter().fold(0, |kind, slot| kind | if name.is_in(*slot) { slot[0] & KIND } else { 0 })
    }

    fn is_full(&self) -> bool {
        self.0[3] != [0; 2]
    }
}

impl Default for Kinds {
    fn default() -> Kinds {
        let random = RandomState::new();
        let seed = Print { low: random.hash_one(0), high: random.hash_one(1) };
        Kinds { buckets: vec![Bucket::default(); FEW], known: 0, seed }
    }
}

impl Kinds {
    fn forget(&mut self) {
        self.buckets.truncate(FEW);
        self.buckets.fill(Bucket::default());
        self.known = 0;
    }

    fn get(&self, name: Print) -> Option<NameKind> {
        let last = self.buckets.len() - 1;
        let mut at = name.high as usize & last;
        loop {
            let bucket = &self.buckets[at];
            let kind = bucket.kind(name);
            if kind != 0 || !bucket.is_full() {
                return NameKind::ALL.get((kind as usize).wrapping_sub(1)).copied();
            }
            at = (at + 1) & last;
        }
    }

    fn set(&mut self, name: Print, kind: NameKind) {
        let own = [name.low & !KIND | (kind as u64 + 1), name.high];
        if !self.put(own) {
            return;
        }
        self.known += 1;
        if self.known > 3 * self.buckets.len() {
            let more = vec![Bucket::default(); 2 * self.buckets.len()];
            let all = std::mem::replace(&mut self.buckets, more);
            for slot in all.iter().flat_map(|bucket| bucket.0).filter(|slot| *slot != [0; 2]) {
                self.put(slot);
            }
        }
    }

    /// Puts a print with a kind where it is, or where it is missing; whether it was.
    fn put(&mut self, [low, high]: [u64; 2]) -> bool {
        let last = self.buckets.len() - 1;
        let mut at = high as usize & last;
        loop {
            for slot in &mut self.buckets[at].0 {
                let known = *slot != [0; 2];
                if !known || (Print { low, high }).is_in(*slot) {
                    *slot = [low, high];
                    return !known;
                }
            }
            at = (at + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::names::Buffers;
    use crate::text::{cut, Span, Token, WordRules};

    /// A word of which nothing is known but its number, if it has one.
    struct Numbered(Token, Option<u32>);

    impl Word for Numbered {
        fn token(&self) -> Token {
            self.0
        }

        fn clues(&self) -> u16 {
            0
        }

        fn number(&self) -> Option<u32> {
            self.1
        }
    }

    /// Asks for all of a text as one name; with a kind, remembers it.
    fn name(memory: &mut Memory, text: &str, kind: Option<NameKind>) -> Option<NameKind> {
        let mut tokens = Vec::new();
        cut(text, Span::new(0, text.len()), &WordRules::default(), &mut tokens);
        let buffers = Buffers::default();
        // Those of digits are known words.
        let words: Vec<_> =
            tokens.iter().map(|token| Numbered(*token, text[token.span().range()].parse().ok())).collect();
        let clues = Clues::new(text, &words, &buffers);
        kind.into_iter().for_each(|kind| memory.set_kind(&clues, 0, tokens.len(), kind));
        memory.kind(&clues, 0, tokens.len())
    }

    #[test]
    fn every_name_is_remembered_however_written_and_no_other() {
        let mut memory = Memory::default();
        let of = |n: usize| format!("Élise {n:b} Extraordinarily-Long-Name {}", "o".repeat(n % 40));
        for n in 0..5000 {
            name(&mut memory, &of(n), Some(NameKind::Person));
        }
        name(&mut memory, "élise 0  extraordinarily‐long‐name", Some(NameKind::Body));
        for n in 0..10_000 {
            let kind = if n == 0 { NameKind::Body } else { NameKind::Person };
            assert_eq!(name(&mut memory, &of(n), None), (n < 5000).then_some(kind), "{n}");
        }
        assert_eq!(name(&mut memory, "Élise", None), None);
        memory.forget();
        assert_eq!(name(&mut memory, &of(1), None), None);
    }
}
