//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them, and a row of bits says for every place of a sentence which gates are passed somewhere before it, and behind it.

use rustc_hash::FxHashMap;

use super::bits::join;
use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{RowId, Vocabulary};
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
    /// All different, the first without gates.
    rows: Vec<Row>,
    /// By row of the vocabulary: the gates that its sets pass, as a place in `rows`.
    of_row: Vec<u32>,
    /// By word: the gates that it passes by itself, however it is written.
    of_word: Vec<u32>,
}

compact!(Gates { rows, of_row, of_word });

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
        let mut by_word = vec![Row::default(); vocabulary.len()];
        for (tests, gate) in &self.known {
            let open = |row: &mut Row| row[usize::from(*gate) / 64] |= 1 << (gate % 64);
            let mut sets = Vec::new();
            for test in tests {
                match test {
                    Test::Word((word, _)) => open(&mut by_word[*word as usize]),
                    Test::OneOf(list) => {
                        vocabulary.list(*list).iter().for_each(|(word, _)| open(&mut by_word[*word as usize]));
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
        let mut known = FxHashMap::from_iter([(Row::default(), 0)]);
        let mut rows = vec![Row::default()];
        let mut number = |row: Row| {
            *known.entry(row).or_insert_with(|| {
                rows.push(row);
                rows.len() as u32 - 1
            })
        };
        let of_row = by_row.into_iter().map(&mut number).collect();
        let of_word = by_word.into_iter().map(&mut number).collect();
        Gates { rows, of_row, of_word }
    }
}

impl Gates {
    /// Finds the gates that are passed in a sentence.
    pub(super) fn read(&self, sentence: &Sentence, passed: &mut Passed) {
        let Passed { before, behind } = passed;
        let by_row = |row: RowId| self.of_row.get(row as usize).map(|place| &self.rows[*place as usize]);
        behind.clear();
        behind.extend(sentence.ids.iter().map(|(word, row)| {
            // A row that is made up from several affixes may pass all.
            let mut gates = by_row(*row).copied().unwrap_or([u64::MAX; 4]);
            join(&mut gates, &self.rows[self.of_word[*word as usize] as usize]);
            gates
        }));
        behind.push(Row::default());
        for term in &sentence.terms {
            join(&mut behind[term.start], by_row(term.row).unwrap_or(&Row::default()));
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
