//! Finds phrases of known words: each is filed under two words of it that stand side by side, those that text and other
//! phrases have least often, so that a text full of "of the" opens nothing.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::filed::Filed;
use super::sentence::Sentence;
use super::traits::PHRASE;
use super::vocabulary::{VocabularyBuilder, Word, WordId, Written, UNKNOWN};
use crate::compact::{self, compact, Compact};

/// Number of a phrase, in the order in which phrases were added.
pub(crate) type PhraseId = u32;

#[derive(Debug, Default)]
pub(crate) struct PhraseBuilder {
    ids: FxHashMap<Vec<Word>, PhraseId>,
    phrases: Vec<Vec<Word>>,
}

impl PhraseBuilder {
    /// The number of a phrase; the same words always give the same.
    pub(crate) fn add(&mut self, words: &[Word]) -> PhraseId {
        if let Some(id) = self.ids.get(words) {
            return *id;
        }
        let id = self.phrases.len() as PhraseId;
        self.phrases.push(words.to_vec());
        self.ids.insert(words.to_vec(), id);
        id
    }

    pub(crate) fn len(&self) -> usize {
        self.phrases.len()
    }

    pub(crate) fn build(self, vocabulary: &VocabularyBuilder) -> Phrases {
        let mut shared = FxHashMap::<Pair, usize>::default();
        for key in self.phrases.iter().flat_map(|phrase| keys(phrase)) {
            *shared.entry(pair(key)).or_default() += 1;
        }
        let in_text = |(first, second): Pair| {
            let [first, second] = [first, second].map(|word| vocabulary.frequency(&(word, Written::Any)));
            first * second
        };
        let often = |key: &[Word]| in_text(pair(key)) * shared[&pair(key)];
        let (mut filed, mut words) = (Vec::new(), Vec::new());
        for (id, phrase) in (0..).zip(&self.phrases) {
            let Some((before, key)) = keys(phrase).enumerate().min_by_key(|(_, key)| often(key)) else { continue };
            let (from, before) = (words.len() as u32, (before + key.len() - 1) as u32);
            let written = (key[0].1, key[key.len() - 1].1);
            words.extend(phrase);
            filed.push((
                Place::of(pair(key)).list(),
                Keyed { pair: pair(key), written, before, phrase: id, from, len: phrase.len() as u32 },
            ));
        }
        // Of pairs that share a list, the commonest comes first; phrases of one pair stand together.
        filed.sort_by_key(|(_, keyed): &(usize, Keyed)| (Reverse(in_text(keyed.pair)), keyed.pair));
        Phrases::new(Filed::new(LISTS, filed), words)
    }
}

/// Two words side by side. Where a phrase is one word, the first is [`UNKNOWN`].
type Pair = (WordId, WordId);

/// The words under which a phrase may be filed.
fn keys(phrase: &[Word]) -> impl Iterator<Item = &[Word]> {
    phrase.windows(phrase.len().clamp(1, 2))
}

fn pair(key: &[Word]) -> Pair {
    match key {
        [(first, _), (second, _)] => (*first, *second),
        _ => (UNKNOWN, key[0].0),
    }
}

/// There are so many words of bits that few pairs find theirs by chance.
const BITS: usize = 1 << 13;
/// As many as there are phrases, more or less.
const LISTS: usize = 1 << 15;

/// Where a pair is found: both halves of a product, in which any bit may be a one.
#[derive(Clone, Copy)]
struct Place {
    low: u64,
    high: u64,
}

impl Place {
    #[inline]
    fn of((first, second): Pair) -> Place {
        // One more, as zero would have no bits.
        let number = (u64::from(first) << 32).wrapping_add(u64::from(second) + 1);
        let product = u128::from(number) * 0x9e37_79b9_7f4a_7c15;
        Place { low: product as u64, high: (product >> 64) as u64 }
    }

    /// Its word of bits.
    #[inline]
    fn word(self) -> usize {
        self.high as usize % BITS
    }

    /// Its bits there, some eight of them.
    #[inline]
    fn bits(self) -> u64 {
        self.low & self.low.rotate_left(27) & self.low.rotate_left(45)
    }

    fn list(self) -> usize {
        (self.low >> (64 - LISTS.ilog2())) as usize
    }
}

/// A phrase under one of its pairs.
#[derive(Debug)]
struct Keyed {
    pair: Pair,
    /// How the words of the pair have to be written; of one word, twice.
    written: (Written, Written),
    /// How many words of the phrase stand before the second of the pair.
    before: u32,
    phrase: PhraseId,
    /// Where its words begin among those of all, and how many they are.
    from: u32,
    len: u32,
}

/// Phrases by two words of each.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// The bits that no pair has under which phrases are filed.
    absent: Vec<u64>,
    /// By the places of pairs.
    filed: Filed<Keyed>,
    words: Vec<Word>,
}

/// The bits that no pair has under which phrases are filed.
#[derive(Clone, Copy)]
pub(super) struct Filter<'a>(&'a [u64; BITS]);

impl Filter<'_> {
    /// `false` where no phrase is filed under two words side by side.
    #[inline]
    pub(super) fn may_have(self, first: WordId, second: WordId) -> bool {
        let place = Place::of((first, second));
        self.0[place.word()] & place.bits() == 0
    }
}

compact!(Keyed { pair, written, before, phrase, from, len });

/// The rest follows from that.
impl Compact for Phrases {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.filed.write(to);
        self.words.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Phrases> {
        Some(Phrases::new(Filed::read(from)?, Vec::read(from)?))
    }
}

impl Phrases {
    fn new(filed: Filed<Keyed>, words: Vec<Word>) -> Phrases {
        let mut phrases = Phrases { absent: vec![u64::MAX; BITS], filed, words };
        for keyed in phrases.filed.items().iter().filter(|keyed| keyed.pair.0 != UNKNOWN) {
            let place = Place::of(keyed.pair);
            phrases.absent[place.word()] &= !place.bits();
        }
        phrases
    }

    /// The words that are phrases themselves.
    pub(super) fn alone(&self) -> impl Iterator<Item = usize> + '_ {
        let alone = self.filed.items().iter().filter(|keyed| keyed.pair.0 == UNKNOWN);
        alone.map(|keyed| keyed.pair.1 as usize)
    }

    /// What tells of nearly all words side by side that no phrase is filed under them.
    pub(super) fn filter(&self) -> Filter<'_> {
        // As an array, whose bounds need no check.
        Filter(self.absent.as_slice().try_into().unwrap_or(&[u64::MAX; BITS]))
    }

    /// Calls `found` with every phrase in a sentence: its number, first token and number of tokens.
    pub(crate) fn find(&self, sentence: &Sentence, mut found: impl FnMut(PhraseId, usize, usize)) {
        for at in sentence.keys() {
            let known = &sentence.known[at];
            if known.traits & PHRASE != 0 {
                self.find_at(at, (UNKNOWN, known.id), sentence, &mut found);
            }
            let before = at.checked_sub(1).map_or(UNKNOWN, |before| sentence.known[before].id);
            if before != UNKNOWN {
                self.find_at(at, (before, known.id), sentence, &mut found);
            }
        }
    }

    /// Calls `found` with every phrase that is filed under a pair whose second word stands at `at`.
    #[inline(never)]
    fn find_at(&self, at: usize, pair: Pair, sentence: &Sentence, found: &mut impl FnMut(PhraseId, usize, usize)) {
        let list = self.filed.get(Place::of(pair).list()).unwrap_or_default();
        let first = list.iter().position(|keyed| keyed.pair == pair).unwrap_or(list.len());
        for keyed in list[first..].iter().take_while(|keyed| keyed.pair == pair) {
            let len = keyed.len as usize;
            let Some(start) = at.checked_sub(keyed.before as usize) else { continue };
            let may_be = |written: Written, at: usize| written.allows(sentence.tokens[at].shape);
            let is_here = match len {
                // Nothing beyond the pair has to be fetched.
                1 | 2 => may_be(keyed.written.0, start) && may_be(keyed.written.1, at),
                _ => sentence.says(&self.words[keyed.from as usize..][..len], start),
            };
            if is_here {
                found(keyed.phrase, start, len);
            }
        }
    }
}
