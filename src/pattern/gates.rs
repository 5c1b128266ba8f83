//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them, and a row of bits says for every place of a sentence which gates are passed somewhere before it, and behind it.

use rustc_hash::FxHashMap;

use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{RowId, Vocabulary, Word, Written};
use crate::compact::compact;

/// The number of a gate.
pub(super) type GateId = u8;
/// What is always passed.
const OPEN: GateId = 0;

/// A bit for each gate.
type Row = [u64; 4];
/// The one that is always passed.
const ALWAYS: Row = [1 << OPEN, 0, 0, 0];
/// As many gates as there are bits: programs beyond them do without.
const MOST: usize = 256;

/// The gates of all programs.
#[derive(Debug)]
pub(super) struct Gates {
    /// By row of the vocabulary: the gates that its sets pass.
    by_row: Vec<Row>,
    /// For each word, its place in `named`. The first of them is that of most words, which no gate names.
    by_word: Vec<u32>,
    /// The gates that a word itself passes, by how it is written.
    named: Vec<[Row; 3]>,
}

compact!(Gates { by_row, by_word, named });

/// Collects gates, equal ones once.
#[derive(Debug, Default)]
pub(super) struct GatesBuilder {
    known: FxHashMap<Vec<Test>, GateId>,
}

/// The gates that are passed in a sentence.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// By place: those passed by what begins before it.
    before: Vec<Row>,
    /// By place: those passed by what begins there or further on.
    behind: Vec<Row>,
}

impl GatesBuilder {
    /// The number of a gate; without tests, it stands open.
    pub(super) fn gate(&mut self, tests: Vec<Test>) -> GateId {
        let next = self.known.len() + 1;
        match self.known.get(&tests) {
            Some(gate) => *gate,
            None if tests.is_empty() || next == MOST => OPEN,
            None => *self.known.entry(tests).or_insert(next as GateId),
        }
    }

    pub(super) fn build(self, vocabulary: &Vocabulary) -> Gates {
        let mut by_row = vec![Row::default(); vocabulary.rows() as usize];
        let mut by_word: FxHashMap<Word, Row> = FxHashMap::default();
        for (tests, gate) in &self.known {
            let open = |row: &mut Row| row[usize::from(*gate) / 64] |= 1 << (gate % 64);
            let mut sets = Vec::new();
            for test in tests {
                match test {
                    Test::Word(word) => open(by_word.entry(*word).or_default()),
                    Test::OneOf(list) => {
                        vocabulary.list(*list).iter().for_each(|word| open(by_word.entry(*word).or_default()));
                    }
                    Test::Set(set) => sets.push(*set),
                    Test::AnyWord | Test::Name(_) | Test::Quotation => {}
                }
            }
            let sets = vocabulary.bits(sets.into_iter());
            for (row, gates) in by_row.iter_mut().enumerate() {
                if vocabulary.holds_any(row as RowId, &[], &sets) {
                    open(gates);
                }
            }
        }
        let mut words: Vec<(Word, Row)> = by_word.into_iter().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        let mut by_word = vec![0; vocabulary.len()];
        let mut named = vec![[Row::default(); 3]];
        for of_word in words.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
            let mut rows = [Row::default(); 3];
            for ((word, written), row) in of_word {
                by_word[*word as usize] = named.len() as u32;
                // What counts in small letters counts in capitals too.
                rows[*written as usize..].iter_mut().for_each(|rows| join(rows, row));
            }
            named.push(rows);
        }
        Gates { by_row, by_word, named }
    }
}

impl Gates {
    /// Finds the gates that are passed in a sentence.
    pub(super) fn read(&self, sentence: &Sentence, passed: &mut Passed) {
        let Passed { before, behind } = passed;
        behind.clear();
        behind.extend(sentence.ids.iter().zip(&sentence.tokens).map(|((word, row), token)| {
            // A row that is made up from several affixes may pass all.
            let mut gates = self.by_row.get(*row as usize).copied().unwrap_or([u64::MAX; 4]);
            let named = &self.named[self.by_word[*word as usize] as usize];
            join(&mut gates, &named[Written::of(token.shape) as usize]);
            gates
        }));
        behind.push(Row::default());
        for term in &sentence.terms {
            if let Some(gates) = self.by_row.get(term.row as usize) {
                join(&mut behind[term.start], gates);
            }
        }
        before.clear();
        let mut all = ALWAYS;
        before.extend(behind.iter().map(|gates| {
            let before = all;
            join(&mut all, gates);
            before
        }));
        all = ALWAYS;
        for gates in behind.iter_mut().rev() {
            join(&mut all, gates);
            *gates = all;
        }
    }
}

/// Adds the gates of a row to another.
fn join(row: &mut Row, more: &Row) {
    row.iter_mut().zip(more).for_each(|(own, more)| *own |= more);
}

impl Passed {
    /// The gates that are passed on either side of the tokens `from..to`.
    #[inline]
    pub(super) fn around(&self, from: usize, to: usize) -> Around<'_> {
        Around { before: &self.before[from], behind: &self.behind[to] }
    }
}

/// The gates that are passed on either side of an anchor.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    before: &'a Row,
    behind: &'a Row,
}

impl Around<'_> {
    /// Whether one gate is passed by what begins before the anchor, another by what begins behind it.
    #[inline]
    pub(super) fn are_passed(&self, before: GateId, behind: GateId) -> bool {
        let bit = |row: &Row, gate: GateId| row[usize::from(gate) / 64] >> (gate % 64) & 1;
        bit(self.before, before) & bit(self.behind, behind) == 1
    }
}
