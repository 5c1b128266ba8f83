//! What can stand first on each side of an anchor: the cheapest question about a side, and asked most often. All of it is
//! answered beforehand, as nobody can foresee the answers, and a wrong guess costs more than a look into a table.

use rustc_hash::FxHashMap;

use super::bits::{has, join, set, Sparse};
use super::by_known::ByKnown;
use super::matcher::Direction;
use super::vocabulary::{BitId, RowId, Vocabulary, WordId, UNKNOWN};
use super::ways::Look;
use crate::compact::compact;

/// The number of a side.
pub(super) type SideId = u32;

/// The number of a kind of words: those that stand first on the same sides are of one kind.
type KindId = u16;
/// What stands beside the edge of a sentence.
const NOTHING: KindId = 0;
/// What only the tests themselves can tell of.
const ANYTHING: KindId = 1;

/// What can come first on each side.
#[derive(Debug)]
pub(super) struct Openings {
    /// However a word is written; what no lexicon names is taken for a word.
    of_words: ByKnown<KindId>,
    /// By kind: a bit for each side that may have no words or begins with it.
    kinds: Sparse<u64>,
    /// How many words of bits that takes.
    width: usize,
}

compact!(Openings { of_words, kinds, width });

/// What the tests ask for that can come first on a side.
pub(super) struct First {
    pub(super) sets: Vec<BitId>,
    pub(super) words: Vec<WordId>,
    pub(super) any_word: bool,
    /// Whether the side may have no words.
    pub(super) nothing: bool,
}

/// The sides that what stands next to a place allows.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a>(&'a [u64]);

impl Beside<'_> {
    /// Whether a side has no words or may begin with what stands here: `true`, too, where only the tests themselves can tell.
    #[inline]
    pub(super) fn allows(self, side: SideId) -> bool {
        has(self.0, side as usize)
    }
}

impl Openings {
    /// Of sides in the order of their numbers.
    pub(super) fn of(sides: impl Iterator<Item = First>, vocabulary: &Vocabulary) -> Openings {
        let sides: Vec<First> = sides.collect();
        let width = sides.len().div_ceil(64).max(1);
        let those = |wanted: &dyn Fn(&First) -> bool| {
            let mut row = vec![0; width];
            set(&mut row, (0..sides.len()).filter(|side| wanted(&sides[*side])));
            row
        };
        let (mut by_set, mut by_word) = (FxHashMap::default(), FxHashMap::default());
        for (side, first) in sides.iter().enumerate() {
            let row = || vec![0; width];
            first.sets.iter().for_each(|it| set(by_set.entry(*it).or_insert_with(row), [side]));
            first.words.iter().for_each(|it| set(by_word.entry(*it).or_insert_with(row), [side]));
        }
        let any_word = those(&|first| first.any_word);
        let mut kinds = Kinds::default();
        let nothing = those(&|first| first.nothing);
        kinds.number(nothing.clone());
        kinds.number(vec![u64::MAX; width]);
        let mut kind = |rows: &[RowId], is_word: bool, word: WordId| {
            let mut bits = nothing.clone();
            let sets = rows.iter().flat_map(|row| vocabulary.bits_of(*row)).filter_map(|set| by_set.get(&set));
            for more in sets.chain(is_word.then_some(&any_word)).chain(by_word.get(&word)) {
                join(&mut bits, more);
            }
            kinds.number(bits)
        };
        let are_words = vocabulary.are_words();
        let mut of_words = vec![ANYTHING; vocabulary.len()];
        // Thousands of words are in the same sets, and few are asked for by themselves.
        let mut of_rows = FxHashMap::default();
        for (word, rows) in vocabulary.words() {
            let is_word = are_words[word as usize];
            of_words[word as usize] = match by_word.contains_key(&word) {
                true => kind(&rows, is_word, word),
                false => *of_rows.entry((rows, is_word)).or_insert_with(|| kind(&rows, is_word, UNKNOWN)),
            };
        }
        let of_words = ByKnown::new(of_words, (0..vocabulary.rows()).map(|row| kind(&[row], true, UNKNOWN)));
        Openings { of_words, kinds: Sparse(kinds.bits.into()), width }
    }

    /// What stands next to a place.
    #[inline]
    pub(super) fn beside(&self, place: usize, direction: Direction, look: Look) -> Beside<'_> {
        let kind = look.next(place, direction).map_or(NOTHING, |(at, more)| {
            let kind = self.of_words.get(&look.sentence.seen[at].known).copied().unwrap_or(ANYTHING);
            if more {
                ANYTHING
            } else {
                kind
            }
        });
        self.of_kind(kind)
    }

    #[inline]
    fn of_kind(&self, kind: KindId) -> Beside<'_> {
        Beside(&self.kinds.0[usize::from(kind) * self.width..][..self.width])
    }

    /// Whether a side may have no words.
    #[inline]
    pub(super) fn may_be_empty(&self, side: SideId) -> bool {
        self.of_kind(NOTHING).allows(side)
    }
}

/// Kinds in the order in which they were first asked for.
#[derive(Default)]
struct Kinds {
    numbers: FxHashMap<Vec<u64>, KindId>,
    bits: Vec<u64>,
}

impl Kinds {
    /// The number of those that stand first on some sides. Where there are more kinds than numbers, the others are not told apart.
    fn number(&mut self, sides: Vec<u64>) -> KindId {
        if let Some(number) = self.numbers.get(&sides) {
            return *number;
        }
        let Ok(next) = KindId::try_from(self.numbers.len()) else { return ANYTHING };
        self.bits.extend(&sides);
        self.numbers.insert(sides, next);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_kinds_have_one_number_and_those_beyond_the_last_are_told_apart_by_nobody() {
        let mut kinds = Kinds::default();
        let most = u64::from(KindId::MAX);
        for n in 0..=most {
            assert_eq!(u64::from(kinds.number(vec![n, 1])), n);
        }
        assert_eq!(kinds.number(vec![most + 1, 1]), ANYTHING);
        assert_eq!(u64::from(kinds.number(vec![most, 1])), most);
        assert_eq!(kinds.bits.len() as u64, 2 * (most + 1), "what has no number takes no room");
    }
}
