//! Finds phrases of known words: each is filed under two words of it that stand side by side, those that text and other
//! phrases have least often, so that a text full of "of the" opens nothing.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::filter::Filter;
use super::places::{Place, Places};
use super::sentence::Sentence;
use super::vocabulary::{RowId, VocabularyBuilder, Word, WordId, Written, UNKNOWN};
use crate::compact::{self, compact, Compact};
use crate::text::Sieve;

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

    /// `rows` are those of the classes that each phrase is a member of.
    pub(crate) fn build(self, rows: &[RowId], vocabulary: &VocabularyBuilder) -> Phrases {
        let mut shared = FxHashMap::<Pair, usize>::default();
        for key in self.phrases.iter().flat_map(|phrase| keys(phrase)) {
            *shared.entry(pair(key)).or_default() += 1;
        }
        let in_text = |(first, second): Pair| {
            let [first, second] = [first, second].map(|word| vocabulary.frequency(&(word, Written::Any)));
            first * second
        };
        let often = |key: &[Word]| in_text(pair(key)) * shared[&pair(key)];
        let (mut keyed, mut words) = (Vec::new(), Vec::new());
        for ((id, phrase), row) in (0..).zip(&self.phrases).zip(rows) {
            // Of those near its beginning, so that the place of the pair in it takes one byte.
            let Some((start, key)) = (0..u8::MAX).zip(keys(phrase)).min_by_key(|(_, key)| often(key)) else { continue };
            let (from, before) = (words.len() as u32, start + u8::from(key.len() > 1));
            let written = (key[0].1, key[key.len() - 1].1);
            if phrase.len() > key.len() {
                words.extend(phrase);
            }
            let (pair, len) = (pair(key), phrase.len() as u32);
            keyed.push(Keyed { pair, written, before, phrase: id, row: *row, from, len, ..Keyed::default() });
        }
        // The commonest pairs are found at once; phrases of one pair stand together.
        keyed.sort_by_key(|keyed| (Reverse(in_text(keyed.pair)), keyed.pair));
        let mut others = Vec::new();
        let mut firsts = Vec::new();
        for same in keyed.chunk_by(|one, other| one.pair == other.pair) {
            let numbers = (others.len() as u32 + 1..).take(same.len() - 1).chain([0]);
            let mut linked = same.iter().zip(numbers).map(|(keyed, next)| Keyed { next, ..*keyed });
            firsts.extend(linked.next());
            others.extend(linked);
        }
        let mut filed = Places::of_size(firsts.len());
        firsts.into_iter().for_each(|first| filed.add(hashes(first.pair).1, first));
        Phrases::new(filed, others, words)
    }
}

/// Two words side by side. Where a phrase is one word, the first is [`UNKNOWN`].
pub(super) type Pair = (WordId, WordId);

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

/// What tells of nearly all pairs that no phrase is filed under them: in so many words of bits that few find theirs by chance.
type PairFilter = Filter<{ 1 << 13 }>;

/// Two hashes of a pair: one for the filter, and one for its bits there and for the table.
#[inline]
fn hashes((first, second): Pair) -> (u64, u64) {
    // One more, as zero would have no bits.
    let number = (u64::from(first) << 32).wrapping_add(u64::from(second) + 1);
    let product = u128::from(number) * 0x9e37_79b9_7f4a_7c15;
    ((product >> 64) as u64, product as u64)
}

/// The bits of a pair in the filter, some eight.
#[inline]
fn bits(hash: u64) -> u64 {
    hash & hash.rotate_left(27) & hash.rotate_left(45)
}

/// What stands where no phrase is filed. No text has it, not even two words side by side that nobody knows.
const NO_PAIR: Pair = (WordId::MAX, WordId::MAX);

/// A phrase under one of its pairs; as a whole in one line of the processor's memory.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
struct Keyed {
    pair: Pair,
    /// How the words of the pair have to be written; of one word, twice.
    written: (Written, Written),
    /// How many words of the phrase stand before the second of the pair.
    before: u8,
    is_passed: bool,
    phrase: PhraseId,
    row: RowId,
    /// Where its words begin among those of all, if it has more than the pair, and how many they are.
    from: u32,
    len: u32,
    /// The next with the same pair: its number among those that are not the first, counted from one; zero where there is none.
    next: u32,
}

compact!(Keyed { pair, written, before, is_passed, phrase, row, from, len, next });

impl Default for Keyed {
    fn default() -> Keyed {
        let written = (Written::Any, Written::Any);
        Keyed { pair: NO_PAIR, written, before: 0, is_passed: false, phrase: 0, row: 0, from: 0, len: 0, next: 0 }
    }
}

impl Place for Keyed {
    #[inline]
    fn is_passed(&self) -> bool {
        self.is_passed
    }

    fn pass(&mut self) {
        self.is_passed = true;
    }
}

/// Where phrases may be filed: at two words of a sentence, the second of which is its token `at`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Key {
    /// The number of the sentence among those that are read together.
    pub(super) sentence: u32,
    pub(super) at: u32,
    pub(super) pair: Pair,
}

/// A phrase in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) id: PhraseId,
    /// That of the classes that it is a member of.
    pub(super) row: RowId,
    /// Its first token, and how many they are.
    pub(super) start: usize,
    pub(super) len: usize,
}

/// Phrases by two words of each.
#[derive(Debug)]
pub(crate) struct Phrases {
    filter: PairFilter,
    /// The first of each pair.
    filed: Places<Keyed>,
    others: Vec<Keyed>,
    /// Of those that are longer than a pair.
    words: Vec<Word>,
}

/// The rest follows from that.
impl Compact for Phrases {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.filed.write(to);
        self.others.write(to);
        self.words.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Phrases> {
        Some(Phrases::new(Places::read(from)?, Vec::read(from)?, Vec::read(from)?))
    }
}

impl Phrases {
    fn new(filed: Places<Keyed>, others: Vec<Keyed>, words: Vec<Word>) -> Phrases {
        let mut filter = Filter::new();
        for keyed in filed.iter() {
            let (one, other) = hashes(keyed.pair);
            filter.add(one, bits(other));
        }
        Phrases { filter, filed, others, words }
    }

    /// The words that are phrases themselves.
    pub(super) fn alone(&self) -> impl Iterator<Item = usize> + '_ {
        let alone = self.filed.iter().filter(|keyed| keyed.pair.0 == UNKNOWN);
        alone.map(|keyed| keyed.pair.1 as usize)
    }

    /// Says `false` where no phrase is filed under two words side by side, nearly always.
    #[inline(always)]
    pub(super) fn filter(&self) -> impl Fn(Pair) -> bool + '_ {
        let filter = self.filter.bits();
        move |pair| {
            let (one, other) = hashes(pair);
            filter.may_have(one, bits(other))
        }
    }

    /// Leaves the keys under which some phrase is filed, or nearly always. Nothing waits for the places where these should
    /// stand but that, so the processor fetches many at once.
    pub(super) fn leave_filed(&self, keys: &mut Sieve<Key>) {
        keys.retain(|Key { pair, .. }| {
            let here = self.filed.glance(hashes(pair).1);
            (here.pair == pair) | here.is_passed
        });
    }

    /// Calls `found` with every phrase of a sentence that is filed under a key.
    pub(super) fn find(&self, key: &Key, sentence: &Sentence, mut found: impl FnMut(Phrase)) {
        let (at, pair) = (key.at as usize, key.pair);
        let mut next = self.filed.find(hashes(pair).1, |keyed| keyed.pair == pair);
        while let Some(keyed) = next {
            next = self.others.get((keyed.next as usize).wrapping_sub(1));
            let len = keyed.len as usize;
            let Some(start) = at.checked_sub(keyed.before.into()) else { continue };
            let may_be = |written: Written, at: usize| written.allows(sentence.seen[at].token.shape);
            let is_here = match len {
                // Nothing beyond the pair has to be fetched.
                1 | 2 => may_be(keyed.written.0, start) && may_be(keyed.written.1, at),
                _ => sentence.says(&self.words[keyed.from as usize..][..len], start),
            };
            if is_here {
                found(Phrase { id: keyed.phrase, row: keyed.row, start, len });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::traits::PHRASE;
    use crate::pattern::vocabulary::Vocabulary;
    use crate::pattern::word_ids::Known;
    use crate::text::{Span, WordRules};

    fn read(text: &str, vocabulary: &Vocabulary) -> Sentence {
        let mut sentence = Sentence::default();
        sentence.read(text, Span::new(0, text.len()), &WordRules::default(), vocabulary);
        sentence
    }

    #[test]
    fn two_words_that_are_not_known_are_no_phrase_even_if_the_filter_lets_them_pass() {
        let nothing = VocabularyBuilder::default().build(&mut [], [].into_iter());
        let sentence = read("unheard unheard", &nothing);
        // Of tables of many sizes, as some have a phrase at the place that is looked at.
        for phrases in 0..20 {
            let mut vocabulary = VocabularyBuilder::default();
            let mut builder = PhraseBuilder::default();
            for number in 0..phrases {
                builder.add(&["one", "other"].map(|word| (vocabulary.word(&format!("{word}{number}")), Written::Any)));
            }
            let found_by = builder.build(&vec![0; phrases], &vocabulary);
            let key = Key { sentence: 0, at: 1, pair: (UNKNOWN, UNKNOWN) };
            found_by.find(&key, &sentence, |phrase| panic!("{phrase:?} of {phrases}"));
        }
    }

    #[test]
    fn a_phrase_of_one_word_behind_what_is_not_known_is_found_once() {
        let mut vocabulary = VocabularyBuilder::default();
        let mut builder = PhraseBuilder::default();
        // Many pairs, so that the filter lets some pass by chance.
        let mut word = |word: &str, number: u32| (vocabulary.word(&format!("{word}{number}")), Written::Any);
        for number in 0..20_000 {
            builder.add(&[word("one", number), word("other", number)]);
        }
        let alone: Vec<PhraseId> = (0..500).map(|number| builder.add(&[word("alone", number)])).collect();
        let rows = vec![0; builder.len()];
        let (built, found_by) = (vocabulary.build(&mut [], [].into_iter()), builder.build(&rows, &vocabulary));
        let passes = |known: &Known| found_by.filter()((UNKNOWN, known.id));
        let text: String = (0..500).map(|number| format!("unheard alone{number} ")).collect();
        let (mut sentence, mut keys) = (read(&text, &built), Sieve::default());
        assert!(sentence.seen.iter().any(|seen| passes(&seen.known)));
        // As whoever builds an annotator tells them.
        let seen = sentence.seen.iter_mut().map(|seen| &mut seen.known);
        seen.for_each(|known| known.traits |= if known.id == UNKNOWN { 0 } else { PHRASE });
        sentence.note_words(0, &found_by, &mut keys);
        found_by.leave_filed(&mut keys);
        let mut found = Vec::new();
        keys.all().iter().for_each(|key| found_by.find(key, &sentence, |phrase| found.push(phrase.id)));
        assert_eq!(found, alone);
    }

    #[test]
    fn phrases_with_the_same_rarest_words_and_of_any_length_are_all_found() {
        let long = format!("{}rare pair", "so ".repeat(400));
        let phrases = ["rare pair", "a rare pair", "rare pair of", "rare Pair", "pair", "of it", &long];
        let mut vocabulary = VocabularyBuilder::default();
        let mut builder = PhraseBuilder::default();
        for phrase in phrases {
            let words: Vec<Word> = phrase
                .split(' ')
                .map(|word| {
                    let written = if word == "Pair" { Written::Capital } else { Written::Any };
                    (vocabulary.word(word), written)
                })
                .collect();
            builder.add(&words);
        }
        let rows: Vec<RowId> = (0..builder.len() as RowId).map(|row| row * 2).collect();
        let (built, found_by) = (vocabulary.build(&mut [], [].into_iter()), builder.build(&rows, &vocabulary));
        let found = |text: &str| {
            let (mut sentence, mut keys) = (read(text, &built), Sieve::default());
            sentence.note_words(0, &found_by, &mut keys);
            found_by.leave_filed(&mut keys);
            let mut found = Vec::new();
            for key in keys.all() {
                found_by.find(key, &sentence, |Phrase { id, row, start, len }| {
                    assert_eq!(row, id * 2);
                    found.push((phrases[id as usize], start, len));
                });
            }
            found.sort_by_key(|(_, start, len)| (*start, *len));
            found
        };
        let short = found("Not a rare pair of it, a rare Pair");
        let expected = [
            ("a rare pair", 1, 3),
            ("rare pair", 2, 2),
            ("rare pair of", 2, 3),
            ("of it", 4, 2),
            ("a rare pair", 7, 3),
            ("rare pair", 8, 2),
            ("rare Pair", 8, 2),
        ];
        assert_eq!(short, expected);
        assert_eq!(found(&long), [(&long[..], 0, 402), ("rare pair", 400, 2)]);
    }
}
