//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them, and a row of bits says for every place of a sentence which gates are passed somewhere before it, and behind it.

use rustc_hash::FxHashMap;

use super::filed::Filed;
use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{RowId, Vocabulary, WordId, Written};

/// The number of a gate.
pub(super) type GateId = u16;
/// What is always passed.
const OPEN: GateId = 0;

/// The gates of all programs.
#[derive(Debug)]
pub(super) struct Gates {
    /// How many words of bits a row has.
    width: usize,
    /// By row of the vocabulary: the gates that its sets pass.
    by_row: Vec<u64>,
    /// By word: the gates that it passes if it is written so, as places in `rows`.
    by_word: Filed<(Written, u32)>,
    rows: Vec<u64>,
    /// All gates, for words whose row is made up as they come: whatever such a word may pass.
    all: Vec<u64>,
}

/// Collects gates, equal ones once.
#[derive(Debug, Default)]
pub(super) struct GatesBuilder {
    known: FxHashMap<Vec<Test>, GateId>,
}

/// The gates that are passed in a sentence.
#[derive(Debug, Default)]
pub(super) struct Passed {
    width: usize,
    /// By place: those passed by what begins before it.
    before: Vec<u64>,
    /// By place: those passed by what begins there or further on.
    behind: Vec<u64>,
}

impl GatesBuilder {
    /// The number of a gate; without tests, it stands open.
    pub(super) fn gate(&mut self, tests: &[Test]) -> GateId {
        if tests.is_empty() {
            return OPEN;
        }
        let next = self.known.len() as GateId + 1;
        *self.known.entry(tests.to_vec()).or_insert(next)
    }

    pub(super) fn build(self, vocabulary: &Vocabulary) -> Gates {
        let width = (self.known.len() + 1).div_ceil(64);
        let rows = vocabulary.rows() as usize;
        let mut by_row = vec![0; rows * width];
        let mut by_word: FxHashMap<(WordId, Written), Vec<u64>> = FxHashMap::default();
        for (tests, gate) in &self.known {
            let (word_of_bits, bit) = (usize::from(*gate) / 64, 1u64 << (gate % 64));
            let mut named = |words: &[(WordId, Written)]| {
                for word in words {
                    by_word.entry(*word).or_insert_with(|| vec![0; width])[word_of_bits] |= bit;
                }
            };
            let mut sets = Vec::new();
            for test in tests {
                match test {
                    Test::Word(word) => named(&[*word]),
                    Test::OneOf(list) => named(vocabulary.list(*list)),
                    Test::Set(set) => sets.push(*set),
                    Test::AnyWord | Test::Name(_) | Test::Quotation => {}
                }
            }
            let sets = vocabulary.bits(sets.into_iter());
            for row in (0..rows).filter(|row| vocabulary.common(*row as u32, &[], &sets).next().is_some()) {
                by_row[row * width + word_of_bits] |= bit;
            }
        }
        let (mut filed, mut rows) = (Vec::new(), Vec::new());
        for ((word, written), row) in by_word {
            filed.push((word as usize, (written, rows.len() as u32)));
            rows.extend(row);
        }
        Gates { width, by_row, by_word: Filed::new(vocabulary.len(), filed), rows, all: vec![u64::MAX; width] }
    }
}

impl Gates {
    /// The gates that the sets of a row pass, or `None` past the last row.
    fn row(&self, row: RowId) -> Option<&[u64]> {
        self.by_row.get(row as usize * self.width..(row as usize + 1) * self.width)
    }

    /// Finds the gates that are passed in a sentence.
    pub(super) fn read(&self, sentence: &Sentence, passed: &mut Passed) {
        let width = self.width;
        let Passed { before, behind, .. } = passed;
        for rows in [&mut *before, &mut *behind] {
            rows.clear();
            rows.resize((sentence.len() + 1) * width, 0);
        }
        passed.width = width;
        let mut add = |at: usize, more: &[u64]| {
            behind[at * width..].iter_mut().zip(more).for_each(|(own, more)| *own |= more);
        };
        for (at, (word, row)) in sentence.ids.iter().enumerate() {
            match self.row(*row) {
                Some(gates) => add(at, gates),
                None => add(at, &self.all),
            }
            let shape = sentence.tokens[at].shape;
            let named = self.by_word.get(*word as usize).unwrap_or_default();
            for (_, from) in named.iter().filter(|(written, _)| written.allows(shape)) {
                add(at, &self.rows[*from as usize..][..width]);
            }
        }
        for term in &sentence.terms {
            add(term.start, self.row(term.row).unwrap_or_default());
        }
        for at in width..before.len() {
            before[at] = before[at - width] | behind[at - width];
        }
        for at in (0..behind.len() - width).rev() {
            behind[at] |= behind[at + width];
        }
    }
}

impl Passed {
    /// Whether a gate is passed by what begins before a place.
    pub(super) fn before(&self, place: usize, gate: GateId) -> bool {
        gate == OPEN || self.before[place * self.width + usize::from(gate) / 64] >> (gate % 64) & 1 == 1
    }

    /// Whether a gate is passed by what begins at a place or further on.
    pub(super) fn behind(&self, place: usize, gate: GateId) -> bool {
        gate == OPEN || self.behind[place * self.width + usize::from(gate) / 64] >> (gate % 64) & 1 == 1
    }
}
