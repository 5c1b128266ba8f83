//! What can stand first on each side of an anchor: the cheapest question about a side, and asked most often, so that what it
//! takes to answer it lies together.

use super::matcher::Direction;
use super::vocabulary::{Bits, Bunch, WordId};
use super::ways::Look;
use crate::compact::compact;

/// The number of a side.
pub(super) type SideId = u32;

/// What can come first on each side.
#[derive(Debug)]
pub(super) struct Openings {
    /// By side, and one more, so that each ends where the next begins.
    all: Vec<Opening>,
    sets: Vec<Bunch>,
    words: Vec<WordId>,
}

compact!(Openings { all, sets, words });

#[derive(Debug, Default)]
struct Opening {
    remainders: Remainders,
    /// Where its own begin among those of all sides.
    sets: u32,
    words: u32,
    any_word: bool,
    /// Whether the side may have no words.
    nothing: bool,
}

compact!(Opening { remainders, sets, words, any_word, nothing });

/// What the tests ask for that can come first on a side.
pub(super) struct First {
    pub(super) sets: Bits,
    pub(super) words: Vec<WordId>,
    pub(super) any_word: bool,
    /// Whether the side may have no words.
    pub(super) nothing: bool,
}

/// For each remainder by 64, whether a number has it that is looked for: most words of a text are told by it.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Remainders {
    bits: u64,
}

compact!(Remainders { bits });

impl Remainders {
    pub(super) fn of(words: impl IntoIterator<Item = WordId>) -> Remainders {
        Remainders { bits: words.into_iter().fold(0, |bits, word| bits | 1 << (word % 64)) }
    }

    /// `false` where the word is none of these.
    #[inline]
    pub(super) fn may_be(&self, word: WordId) -> bool {
        self.bits >> (word % 64) & 1 == 1
    }
}

/// The word next to a place.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    id: WordId,
    /// The sets that hold it, as bits.
    held: &'a [u64],
    is_word: bool,
    /// Whether more than the word begins or ends there, of which nothing is known here.
    more: bool,
}

impl<'a> Beside<'a> {
    /// `None` at the edge of the sentence.
    #[inline]
    pub(super) fn at(place: usize, direction: Direction, look: Look<'a>) -> Option<Beside<'a>> {
        let (word, more) = look.next(place, direction)?;
        let known = look.sentence.known[word];
        Some(Beside {
            id: known.id,
            held: look.vocabulary.row_with(known.row, &look.sentence.extra),
            is_word: look.sentence.tokens[word].shape.is_word(),
            more,
        })
    }
}

impl Openings {
    /// Of sides in the order of their numbers.
    pub(super) fn of(sides: impl Iterator<Item = First>) -> Openings {
        let (mut all, mut sets, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for first in sides {
            all.push(Opening {
                remainders: Remainders::of(first.words.iter().copied()),
                sets: sets.len() as u32,
                words: words.len() as u32,
                any_word: first.any_word,
                nothing: first.nothing,
            });
            sets.extend(first.sets.bunches);
            words.extend(first.words);
        }
        all.push(Opening { sets: sets.len() as u32, words: words.len() as u32, ..Opening::default() });
        Openings { all, sets, words }
    }

    /// Whether a side may have no words.
    #[inline]
    pub(super) fn may_be_empty(&self, side: SideId) -> bool {
        self.all[side as usize].nothing
    }

    /// Whether a side has no words or may begin with what stands beside it: `true`, too, where only the tests themselves can
    /// tell.
    #[inline]
    pub(super) fn allow(&self, side: SideId, beside: Option<&Beside>) -> bool {
        let Some([own, next]) = self.all.get(side as usize..).and_then(<[Opening]>::first_chunk) else { return true };
        own.nothing
            || beside.is_some_and(|Beside { id, held, is_word, more }| {
                *more
                    || (own.any_word && *is_word)
                    || self.sets[own.sets as usize..next.sets as usize].iter().any(|bunch| bunch.meets(held))
                    || (own.remainders.may_be(*id) && self.words[own.words as usize..next.words as usize].contains(id))
            })
    }
}
