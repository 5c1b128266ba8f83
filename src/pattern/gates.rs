//! What must stand in a sentence on either side of an anchor, for any way through a program to be open.
//!
//! "Officials … said" needs a verb of saying behind the officials: in a sentence without one, no anchor need be tried. For
//! each program there is at most one such gate on each side: tests one of which is passed in every match. Programs share
//! them, and gates that few words pass share a bit: for every place of a sentence, one number says which bits are passed
//! somewhere before it, another which further on.

use rustc_hash::FxHashMap;

use super::resolve::Test;
use super::sentence::Seen;
use super::traits::{AllTraits, Traits, ALWAYS, FIRST_GATE, OPEN};
use super::vocabulary::Vocabulary;
use crate::compact::compact;
use crate::text::room;

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
const MILLION: f64 = 1e6;

/// Gates that share a bit: how often, in a million words, one of them is to be passed, and how many words pass one, more or
/// less.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    often: f64,
    frequency: f64,
}

impl Shared {
    fn with(self, other: Shared) -> Shared {
        Shared { often: self.often + other.often, frequency: self.frequency + other.frequency }
    }

    /// How often the bit spares a run: where no word of half a sentence passes.
    fn spared(self) -> f64 {
        let others = (1.0 - self.frequency / MILLION).max(0.0);
        // Not by a power, which is not the same on all machines.
        (0..HALF_A_SENTENCE).fold(self.often, |spared, _| spared * others)
    }
}

impl Gates {
    /// Chooses from gates, each with how often, in a million words, it is to be passed, and gives them their bits: there are
    /// more gates than bits, so those that few words pass share some.
    pub(super) fn choose<'a>(wanted: impl Iterator<Item = (&'a Gate, usize)>) -> Gates {
        let mut all = FxHashMap::<&Vec<Test>, Shared>::default();
        for (gate, often) in wanted.filter(|(gate, _)| !gate.tests.is_empty()) {
            let own = all.entry(&gate.tests).or_default();
            own.often += (often as f64).min(MILLION);
            own.frequency = gate.frequency as f64;
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|(tests, own), (other, its)| its.spared().total_cmp(&own.spared()).then_with(|| tests.cmp(other)));
        let mut bits = [Shared::default(); (Traits::BITS as GateId - FIRST_GATE) as usize];
        let mut chosen = FxHashMap::default();
        for (tests, own) in all {
            let gain = |bit: &Shared| bit.with(own).spared() - bit.spared();
            let best = (FIRST_GATE..).zip(&mut bits).max_by(|(_, bit), (_, other)| gain(bit).total_cmp(&gain(other)));
            if let Some((number, bit)) = best.filter(|(_, bit)| gain(bit) > 0.0) {
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
            let sets = vocabulary.bits(sets.into_iter().map(|set| vocabulary.bit(set)));
            let passing = (0..vocabulary.rows()).filter(|row| vocabulary.holds_any(*row, &[], &sets));
            traits.add_to_rows(passing.map(|row| row as usize), 1 << gate);
        }
    }
}

/// The gates that are passed on either side of an anchor: by what begins before it, and by what begins further on.
#[derive(Clone, Copy, Debug, Default)]
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

/// The gates that are passed in a sentence whose terms are known, by token and behind the last.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// By token; behind those of this sentence, what is left of others.
    before: Vec<Traits>,
    further: Vec<Traits>,
}

impl Passed {
    /// Notes the gates that are passed before each token, and there or further on.
    pub(super) fn note(&mut self, seen: &[Seen]) {
        let Passed { before, further } = self;
        let (before, further) = (room(before, seen.len() + 1), room(further, seen.len() + 1));
        let mut passed = Around { before: ALWAYS, further: ALWAYS };
        // Both ways at once: nobody can foresee how long a sentence is, and each loop has an end.
        let places = before.iter_mut().zip(further.iter_mut().rev());
        for ((before, further), (first, last)) in places.zip(seen.iter().zip(seen.iter().rev())) {
            (*before, *further) = (passed.before, passed.further);
            passed.before |= first.known.traits;
            passed.further |= last.known.traits;
        }
        (before[seen.len()], further[0]) = (passed.before, passed.further);
    }

    /// The gates that are passed on either side of the tokens `from..to`.
    #[inline]
    pub(super) fn around(&self, from: usize, to: usize) -> Around {
        Around { before: self.before[from], further: self.further[to] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::vocabulary::Written;

    fn gate(word: u32, frequency: usize) -> Gate {
        Gate { tests: vec![Test::Word((word, Written::Any))], frequency }
    }

    #[test]
    fn rare_gates_share_bits_and_the_commonest_have_none() {
        let bits = u32::from(Traits::BITS as GateId - FIRST_GATE);
        let rare: Vec<Gate> = (1..=3 * bits).map(|word| gate(word, 4)).collect();
        let (common, always) = (gate(9_000, 50_000), gate(9_001, 1_000_000));
        let wanted = rare.iter().chain([&common, &always]).map(|gate| (gate, 1_000));
        let gates = Gates::choose(wanted);
        let numbers: Vec<GateId> = rare.iter().map(|gate| gates.number(gate)).collect();
        assert!(numbers.iter().all(|number| *number >= FIRST_GATE));
        assert!(bits > 1 && (FIRST_GATE..Traits::BITS as GateId).all(|bit| numbers.contains(&bit)), "{numbers:?}");
        assert_eq!(gates.number(&common), OPEN, "it would spoil a bit for the others");
        assert_eq!(gates.number(&always), OPEN);
        assert_eq!(gates.number(&gate(9_002, 4)), OPEN, "nobody asked for it");
        assert_eq!(gates.number(&Gate::default()), OPEN);
    }

    #[test]
    fn where_there_are_few_a_common_gate_has_a_bit_of_its_own() {
        let (rare, common) = (gate(1, 4), gate(2, 50_000));
        let gates = Gates::choose([(&rare, 10), (&common, 1_000), (&common, 1)].into_iter());
        assert_ne!(gates.number(&rare), gates.number(&common));
        assert!(gates.number(&rare) > OPEN && gates.number(&common) > OPEN);
    }
}
