//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them. Those that spare the most work, as many as a number has bits, are kept: for every place of a sentence, one number
//! says which are passed somewhere before it, another which behind it.

use rustc_hash::FxHashMap;

use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{RowId, Vocabulary};
use crate::compact::compact;

/// The number of a gate, and so of its bit.
pub(super) type GateId = u8;
/// What is always passed.
const OPEN: GateId = 0;
/// The bit of that.
const ALWAYS: u64 = 1 << OPEN;
/// No gate: the bit of what some construction may be anchored at.
const ANCHOR: u64 = 1 << 63;
/// How many bits are left for gates.
const MOST: usize = 62;

/// A gate: tests, and how many words of a million pass one of them, more or less. Without tests, it stands open.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate {
    pub(super) tests: Vec<Test>,
    pub(super) frequency: usize,
}

compact!(Gate { tests, frequency });

/// The gates of all programs.
#[derive(Debug)]
pub(super) struct Gates {
    /// By row of the vocabulary: the gates that its sets pass.
    of_row: Vec<u64>,
    /// By word: the gates that it passes by itself, however it is written.
    of_word: Vec<u64>,
}

compact!(Gates { of_row, of_word });

/// What a construction may be anchored at, by its number.
pub(super) enum Anchor {
    Word(usize),
    Row(usize),
}

/// Chooses gates, equal ones once.
#[derive(Debug)]
pub(super) struct GatesBuilder {
    chosen: FxHashMap<Vec<Test>, GateId>,
}

/// The gates that are passed in a sentence.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// The tokens that may be anchors, in order; terms apart.
    pub(super) anchors: Vec<usize>,
    /// By place: those passed by what begins before it.
    before: Vec<u64>,
    /// By place: those passed by what begins there or further on.
    behind: Vec<u64>,
}

/// Of a million words, those that a gate has before it, or behind it: half a sentence.
const HALF_A_SENTENCE: usize = 10;
const MILLION: usize = 1_000_000;

impl GatesBuilder {
    /// Chooses from gates, each with how often, in a million words, it is to be passed.
    pub(super) fn new<'a>(wanted: impl Iterator<Item = (&'a Gate, usize)>) -> GatesBuilder {
        let mut spared = FxHashMap::<&Vec<Test>, usize>::default();
        for (gate, often) in wanted.filter(|(gate, _)| !gate.tests.is_empty()) {
            let shut = MILLION.saturating_sub(HALF_A_SENTENCE * gate.frequency);
            *spared.entry(&gate.tests).or_default() += often.min(MILLION) * shut;
        }
        let mut spared: Vec<_> = spared.into_iter().collect();
        spared.sort_by(|(tests, work), (other, less)| less.cmp(work).then_with(|| tests.cmp(other)));
        let chosen = spared.into_iter().take(MOST).zip(OPEN + 1..);
        GatesBuilder { chosen: chosen.map(|((tests, _), number)| (tests.clone(), number)).collect() }
    }

    /// The number of a gate; of one that was not chosen, that of what is always passed.
    pub(super) fn number(&self, gate: &Gate) -> GateId {
        self.chosen.get(&gate.tests).copied().unwrap_or(OPEN)
    }

    pub(super) fn build(self, vocabulary: &Vocabulary) -> Gates {
        let mut of_row = vec![0; vocabulary.rows() as usize];
        let mut of_word = vec![0; vocabulary.len()];
        for (tests, gate) in &self.chosen {
            let mut sets = Vec::new();
            for test in tests {
                match test {
                    Test::Word((word, _)) => of_word[*word as usize] |= 1 << gate,
                    Test::OneOf(list) => {
                        vocabulary.list(*list).iter().for_each(|(word, _)| of_word[*word as usize] |= 1 << gate);
                    }
                    Test::Set(set) => sets.push(*set),
                    Test::AnyWord | Test::Name(_) | Test::Quotation => {}
                }
            }
            let sets = vocabulary.bits(sets.into_iter());
            for (row, gates) in of_row.iter_mut().enumerate() {
                if vocabulary.holds_any(row as RowId, &[], &sets) {
                    *gates |= 1 << gate;
                }
            }
        }
        Gates { of_row, of_word }
    }
}

impl Gates {
    /// Takes note of a word, or a row, that some construction may be anchored at.
    pub(super) fn add_anchor(&mut self, anchor: Anchor) {
        match anchor {
            Anchor::Word(word) => self.of_word[word] |= ANCHOR,
            Anchor::Row(row) => self.of_row[row] |= ANCHOR,
        }
    }

    /// Finds the gates that are passed in a sentence, and what may be an anchor there.
    pub(super) fn read(&self, sentence: &Sentence, passed: &mut Passed) {
        let Passed { anchors, before, behind } = passed;
        // A row that is made up from several affixes may pass all.
        let by_row = |row: RowId| self.of_row.get(row as usize).copied().unwrap_or(u64::MAX);
        behind.clear();
        behind.extend(sentence.ids.iter().map(|(word, row)| by_row(*row) | self.of_word[*word as usize]));
        anchors.clear();
        anchors.extend(behind.iter().enumerate().filter(|(_, gates)| **gates & ANCHOR != 0).map(|(at, _)| at));
        behind.push(0);
        for term in &sentence.terms {
            behind[term.start] |= by_row(term.row);
        }
        before.clear();
        let mut all = ALWAYS;
        before.extend(behind.iter().map(|gates| {
            let before = all;
            all |= gates;
            before
        }));
        all = ALWAYS;
        for gates in behind.iter_mut().rev() {
            all |= *gates;
            *gates = all;
        }
    }
}

impl Passed {
    /// The gates that are passed on either side of the tokens `from..to`.
    #[inline]
    pub(super) fn around(&self, from: usize, to: usize) -> Around {
        Around { before: self.before[from], behind: self.behind[to] }
    }
}

/// The gates that are passed on either side of an anchor.
#[derive(Clone, Copy)]
pub(super) struct Around {
    before: u64,
    behind: u64,
}

impl Around {
    /// Whether one gate is passed by what begins before the anchor, another by what begins behind it.
    #[inline]
    pub(super) fn are_passed(self, before: GateId, behind: GateId) -> bool {
        (self.before >> before) & (self.behind >> behind) & 1 == 1
    }
}
