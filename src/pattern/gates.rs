//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them. Those that spare the most work, as many as a number has bits, are kept: for every place of a sentence, one number
//! says which are passed somewhere before it, another which behind it.

use rustc_hash::FxHashMap;

use super::resolve::Test;
use super::traits::{AllTraits, Traits, FIRST_GATE, OPEN};
use super::vocabulary::Vocabulary;
use crate::compact::compact;

/// The number of a gate: its bit in the traits of a word.
pub(super) type GateId = u8;
/// A gate: tests, and how many words of a million pass one of them, more or less. Without tests, it stands open.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate {
    pub(super) tests: Vec<Test>,
    pub(super) frequency: usize,
}

compact!(Gate { tests, frequency });

/// The gates of an annotator, equal ones once.
#[derive(Debug)]
pub(super) struct Gates {
    chosen: FxHashMap<Vec<Test>, GateId>,
}

/// The words that an anchor has before it, or behind it.
const HALF_A_SENTENCE: usize = 10;
const MILLION: usize = 1_000_000;

/// Gates that share a bit: how often, in a million words, one of them is to be passed, and how many words pass one, more or
/// less.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    often: usize,
    frequency: usize,
}

impl Shared {
    fn with(self, other: Shared) -> Shared {
        Shared { often: self.often + other.often, frequency: self.frequency + other.frequency }
    }

    /// How often the bit spares a run, times a million: where no word of half a sentence passes.
    fn spared(self) -> usize {
        let others = MILLION.saturating_sub(self.frequency);
        (0..HALF_A_SENTENCE).fold(self.often * MILLION, |spared, _| spared / MILLION * others)
    }
}

impl Gates {
    /// Chooses from gates, each with how often, in a million words, it is to be passed, and gives them their bits: there are
    /// more gates than bits, so those that few words pass share some.
    pub(super) fn choose<'a>(wanted: impl Iterator<Item = (&'a Gate, usize)>) -> Gates {
        let mut all = FxHashMap::<&Vec<Test>, Shared>::default();
        for (gate, often) in wanted.filter(|(gate, _)| !gate.tests.is_empty()) {
            let own = all.entry(&gate.tests).or_default();
            *own = Shared { often: own.often + often.min(MILLION), frequency: gate.frequency };
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|(tests, own), (other, its)| its.spared().cmp(&own.spared()).then_with(|| tests.cmp(other)));
        let mut bits = [Shared::default(); (Traits::BITS as GateId - FIRST_GATE) as usize];
        let mut chosen = FxHashMap::default();
        for (tests, own) in all {
            let gain = |bit: &Shared| (bit.with(own).spared()).saturating_sub(bit.spared());
            let best = (FIRST_GATE..).zip(&mut bits).max_by_key(|(_, bit)| gain(bit));
            if let Some((number, bit)) = best.filter(|(_, bit)| gain(bit) > 0) {
                *bit = bit.with(own);
                chosen.insert(tests.clone(), number);
            }
        }
        Gates { chosen }
    }

    /// The number of a gate; of one that was not chosen, that of what is always passed.
    pub(super) fn number(&self, gate: &Gate) -> GateId {
        self.chosen.get(&gate.tests).copied().unwrap_or(OPEN)
    }

    /// Adds to the traits of words and rows which gates they pass.
    pub(super) fn tell(&self, vocabulary: &Vocabulary, traits: &mut AllTraits) {
        for (tests, gate) in &self.chosen {
            let mut sets = Vec::new();
            for test in tests {
                match test {
                    Test::Word((word, _)) => traits.add_to_words([*word as usize], 1 << gate),
                    Test::OneOf(list) => {
                        let words = vocabulary.list(*list).iter().map(|(word, _)| *word as usize);
                        traits.add_to_words(words, 1 << gate);
                    }
                    Test::Set(set) => sets.push(*set),
                    Test::AnyWord | Test::Name(_) | Test::Quotation => {}
                }
            }
            let sets = vocabulary.bits(sets.into_iter());
            let passing = (0..vocabulary.rows()).filter(|row| vocabulary.holds_any(*row, &[], &sets));
            traits.add_to_rows(passing.map(|row| row as usize), 1 << gate);
        }
    }
}

/// The gates that are passed on either side of an anchor: by what begins before it, and by what begins further on.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) before: Traits,
    pub(super) further: Traits,
}

impl Around {
    /// Whether both gates of a construction are passed, that of its side ahead and that of its side behind.
    #[inline]
    pub(super) fn are_passed(self, [ahead, behind]: [GateId; 2]) -> bool {
        (self.further >> ahead) & (self.before >> behind) & 1 == 1
    }
}
