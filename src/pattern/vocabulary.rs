//! Every word that a lexicon names has a number, and every set of words that a pattern tests has a bit: a test at match
//! time compares numbers or looks at a bit, never at a string.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::affixes::{Affix, Affixes, Ends, FiledAffixes};
use super::bits::{places, set, Columns};
use super::filed::Filed;
use super::traits::{AllTraits, Traits, CASED};
use super::word_ids::{Known, WordIds};
use crate::compact::{self, compact, Compact};
use crate::text::{fold, shape, Shape, Short, Token};

/// Number of a word in its folded form; [`UNKNOWN`] for words that no lexicon names.
pub(crate) type WordId = u32;
pub(crate) const UNKNOWN: WordId = 0;

/// Number of a set.
pub(crate) type SetId = u32;
/// The place of a set in a row. Those that are asked for together lie together, so that few words of bits have to be looked at.
pub(crate) type BitId = u32;

/// How a word has to be written to count: a lexicon that writes "US" does not mean "us". Each stands for those behind it, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Written {
    #[default]
    Any,
    Capital,
    Capitals,
}

compact!(Written [Any, Capital, Capitals]);

impl Written {
    pub(crate) fn of(shape: Shape) -> Written {
        match shape {
            Shape::Capital => Written::Capital,
            Shape::Capitals => Written::Capitals,
            _ => Written::Any,
        }
    }

    #[inline]
    pub(crate) fn allows(self, shape: Shape) -> bool {
        self <= Written::of(shape)
    }
}

/// Number of a short list of words: too short to be worth a bit in every row.
pub(crate) type ListId = u32;

/// The longest list that is looked through word by word.
const MAX_LIST: usize = 12;

/// A word as a pattern names it.
pub(crate) type Word = (WordId, Written);

/// What a class means: words, affixes, and phrases of several words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Set {
    /// In their order, each once, as [`Set::sort`] leaves them.
    pub(crate) words: Vec<Word>,
    pub(crate) affixes: Vec<Affixes>,
    /// Likewise.
    pub(crate) phrases: Vec<Rc<[Word]>>,
    /// Whether numbers written in digits belong to it.
    pub(crate) digits: bool,
}

/// Classes hold thousands of words: sizes and ends tell them apart well enough, and equality decides.
impl Hash for Set {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.words.len(), self.words.first(), self.words.last()).hash(state);
        (self.affixes.len(), self.phrases.len(), self.digits).hash(state);
    }
}

impl Set {
    /// Adds the members of another set; [`Set::sort`] puts them in order when all are there.
    pub(crate) fn add(&mut self, other: &Set) {
        self.words.extend(&other.words);
        self.phrases.extend(other.phrases.iter().cloned());
        for affixes in &other.affixes {
            if !self.affixes.contains(affixes) {
                self.affixes.push(affixes.clone());
            }
        }
        self.digits |= other.digits;
    }

    /// Brings words and phrases into their order. They come as runs that are in order: a stable sort merges those.
    pub(crate) fn sort(&mut self) {
        self.words.sort();
        self.words.dedup();
        self.phrases.sort();
        self.phrases.dedup();
    }

    pub(crate) fn holds_word(&self, word: &Word) -> bool {
        self.words.binary_search(word).is_ok()
    }

    pub(crate) fn holds_phrase(&self, phrase: &Rc<[Word]>) -> bool {
        self.phrases.binary_search(phrase).is_ok()
    }
}

/// Gives numbers while lexicons are compiled.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder {
    ids: FxHashMap<String, WordId>,
    sets: Vec<Rc<Set>>,
    set_ids: FxHashMap<Rc<Set>, SetId>,
    lists: Vec<Vec<Word>>,
    list_ids: FxHashMap<Vec<Word>, ListId>,
    /// How often words stand in a million, those of which anything is known.
    frequencies: FxHashMap<WordId, usize>,
    folded: String,
}

const MILLION: usize = 1_000_000;
/// So many words tell how common words are.
const ENOUGH: usize = 30_000;
/// How often an ordinary word, words of an affix, and a punctuation mark stand in a million, roughly.
const ORDINARY: usize = 4;
const AFFIXED: usize = 20_000;
const MARK: usize = 40_000;
/// By Zipf's law the word of rank n stands this often in a million, divided by n.
const COMMONEST: usize = 60_000;

impl VocabularyBuilder {
    pub(crate) fn word(&mut self, token: &str) -> WordId {
        self.folded.clear();
        fold(token, &mut self.folded);
        if let Some(id) = self.ids.get(self.folded.as_str()) {
            return *id;
        }
        let id = self.ids.len() as WordId + 1;
        self.ids.insert(self.folded.clone(), id);
        if !self.folded.contains(char::is_alphanumeric) {
            self.frequencies.insert(id, MARK);
        }
        id
    }

    /// Every word in its folded form, in no order.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.ids.iter().map(|(word, id)| (word.as_str(), *id))
    }

    pub(crate) fn set(&mut self, set: impl Into<Rc<Set>>) -> SetId {
        let set = set.into();
        if let Some(id) = self.set_ids.get(&set) {
            return *id;
        }
        let id = self.sets.len() as SetId;
        self.sets.push(set.clone());
        self.set_ids.insert(set, id);
        id
    }

    /// The number of a list of words, or `None` where a set is better.
    pub(crate) fn list(&mut self, mut words: Vec<Word>) -> Option<ListId> {
        words.sort();
        words.dedup();
        if words.len() > MAX_LIST {
            return None;
        }
        let next = self.lists.len() as ListId;
        Some(*self.list_ids.entry(words).or_insert_with_key(|words| {
            self.lists.push(words.clone());
            next
        }))
    }

    pub(crate) fn list_words(&self, id: ListId) -> &[Word] {
        &self.lists[id as usize]
    }

    /// Takes note of the commonest words of the language, commonest first.
    pub(crate) fn rank(&mut self, common: &[String]) {
        for (rank, word) in common.iter().enumerate() {
            self.note_frequency(word, COMMONEST / (rank + 1));
        }
    }

    /// Takes note that a word is so many of `all` words of text.
    pub(crate) fn count(&mut self, word: &str, times: usize, all: usize) {
        // Once is chance, as is more in few words.
        self.note_frequency(word, if times > 1 { times * MILLION / all.max(ENOUGH) } else { ORDINARY });
    }

    /// Of what is said of a word, the most counts.
    fn note_frequency(&mut self, word: &str, frequency: usize) {
        let id = self.word(word);
        let known = self.frequencies.entry(id).or_default();
        *known = frequency.max(*known);
    }

    /// The words that stand more often in a million.
    pub(crate) fn more_common_than(&self, times: usize) -> FxHashSet<WordId> {
        self.frequencies.iter().filter(|(_, frequency)| **frequency > times).map(|(word, _)| *word).collect()
    }

    /// How often the word stands in a million, more or less.
    pub(crate) fn frequency(&self, (word, _): &Word) -> usize {
        self.frequencies.get(word).copied().unwrap_or(ORDINARY)
    }

    /// How often a member of the set stands in a million, more or less.
    pub(crate) fn set_frequency(&self, id: SetId) -> usize {
        let set = self.get(id);
        let words: usize = set.words.iter().map(|word| self.frequency(word)).sum();
        words + ORDINARY * set.phrases.len() + AFFIXED * (set.affixes.len() + usize::from(set.digits))
    }

    /// The number of a set that has one.
    pub(crate) fn known(&self, set: &Rc<Set>) -> Option<SetId> {
        self.set_ids.get(set).copied()
    }

    /// All numbers of words are smaller.
    pub(crate) fn len(&self) -> usize {
        self.ids.len() + 1
    }

    /// Every word in its folded form, by its number.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![String::new(); self.len()];
        for (word, id) in &self.ids {
            spellings[*id as usize].clone_from(word);
        }
        spellings
    }

    pub(crate) fn get(&self, id: SetId) -> &Set {
        &self.sets[id as usize]
    }

    pub(crate) fn sets(&self) -> impl Iterator<Item = (SetId, &Set)> {
        self.sets.iter().enumerate().map(|(i, set)| (i as SetId, &**set))
    }

    /// `more` are rows beyond those of single words: the sets that each phrase is a member of. Of the sets, those that are
    /// `asked` for come first in a row, in this order.
    pub(crate) fn build(&self, more: &mut [(Vec<SetId>, RowId)], asked: impl Iterator<Item = SetId>) -> Vocabulary {
        let mut rows = Rows::of_sets(self.sets.len(), asked);
        rows.of([].into_iter());
        let affixes =
            Affix::all(self.sets().flat_map(|(id, set)| set.affixes.iter().map(move |affixes| (id, affixes))));

        // Which word, written how, belongs to which set; a word that counts in small letters counts in capitals too.
        let mut members: Vec<(usize, (Written, SetId))> = Vec::new();
        for (set, content) in self.sets() {
            members.extend(content.words.iter().map(|(word, written)| (*word as usize, (*written, set))));
        }
        let digits: Vec<SetId> = self.sets().filter(|(_, set)| set.digits).map(|(id, _)| id).collect();
        for (folded, word) in &self.ids {
            if shape(folded) == Shape::Number && folded.contains(char::is_numeric) {
                members.extend(digits.iter().map(|set| (*word as usize, (Written::Any, *set))));
            }
            for affix in affixes.iter().filter(|affix| affix.fits(folded)) {
                let granted = affix.sets.iter().filter(|(_, except)| !except.contains(word));
                members.extend(granted.map(|(set, _)| (*word as usize, (Written::Any, *set))));
            }
        }
        let mut by_word = vec![[NO_ROW; 3]; self.len()];
        let mut row = vec![0; rows.width];
        let members = Filed::new(by_word.len(), members);
        for (word, of_word) in by_word.iter_mut().enumerate() {
            let members = members.get(word).unwrap_or_default();
            row.fill(0);
            let mut id = NO_ROW;
            for written in [Written::Any, Written::Capital, Written::Capitals] {
                let mut sets = members.iter().filter(|(w, _)| *w == written).map(|(_, set)| *set).peekable();
                if sets.peek().is_some() {
                    set(&mut row, sets.map(|set| rows.bit(set)));
                    id = rows.intern(&row);
                }
                of_word[written as usize] = id;
            }
        }
        for (sets, id) in more {
            *id = rows.of(sets.iter().copied());
        }
        let digits = rows.of(digits.into_iter());
        let affixes = affixes.into_iter().map(|affix| (rows.of(affix.sets.iter().map(|(set, _)| *set)), affix));
        let affixes = FiledAffixes::new(affixes.collect());
        let row = |id: WordId| by_word[id as usize][Written::Any as usize];
        // The commonest words have the lowest numbers: first in the table, each is found at once.
        let mut words: Vec<_> = self.ids.iter().map(|(word, id)| (word, *id)).collect();
        words.sort_unstable_by_key(|(_, id)| *id);
        let mut ids = WordIds::of_size(words.len());
        words.into_iter().for_each(|(word, id)| ids.add(word, Known { id, row: row(id), traits: 0 }));
        let (width, rows, bit_of) = (rows.width, Columns::of_rows(&rows.bits, rows.width), rows.bit_of);
        let words = self.lists.iter().enumerate().flat_map(|(list, words)| words.iter().map(move |word| (list, *word)));
        let lists = Filed::new(self.lists.len(), words.collect());
        let (traits, with_capital) = (AllTraits::default(), Vec::new());
        Vocabulary { lists, ids, by_word, affixes, digits, width, bit_of, rows, traits, with_capital }
    }
}

/// Number of a row: the sets that a word or phrase belongs to.
pub(crate) type RowId = u32;

/// Equal rows are kept once: thousands of words belong to the same sets.
struct Rows {
    width: usize,
    bit_of: Vec<BitId>,
    bits: Vec<u64>,
    known: FxHashMap<Vec<u64>, RowId>,
}

impl Rows {
    /// For so many sets, those first that are asked for.
    fn of_sets(sets: usize, asked: impl Iterator<Item = SetId>) -> Rows {
        let mut bit_of = vec![None; sets];
        let mut next = 0;
        for set in asked.chain(0..sets as SetId) {
            bit_of[set as usize].get_or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
        let bit_of = bit_of.into_iter().flatten().collect();
        Rows { width: sets.div_ceil(64).max(1), bit_of, bits: Vec::new(), known: FxHashMap::default() }
    }

    fn bit(&self, set: SetId) -> usize {
        self.bit_of[set as usize] as usize
    }

    fn of(&mut self, sets: impl Iterator<Item = SetId>) -> RowId {
        let mut row = vec![0; self.width];
        set(&mut row, sets.map(|set| self.bit(set)));
        self.intern(&row)
    }

    fn intern(&mut self, row: &[u64]) -> RowId {
        if let Some(id) = self.known.get(row) {
            return *id;
        }
        let next = self.known.len() as RowId;
        self.known.insert(row.to_vec(), next);
        self.bits.extend(row);
        next
    }
}

/// Some sets: of the words of bits of a row with just them, those that are not zero, which are few.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Bits {
    pub(super) bunches: Vec<Bunch>,
}

/// A word of bits.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bunch {
    pub(super) bits: u64,
    /// Which word of a row it is.
    pub(super) word: u32,
}

compact!(Bits { bunches });
compact!(Bunch { bits, word });

/// The row of words that belong to no set.
pub(crate) const NO_ROW: RowId = 0;

/// The words and sets of an annotator's lexicons.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    ids: WordIds,
    by_word: Vec<[RowId; 3]>,
    lists: Filed<Word>,
    affixes: FiledAffixes,
    digits: RowId,
    width: usize,
    bit_of: Vec<BitId>,
    rows: Columns,
    traits: AllTraits,
    /// By word: what is known of it where it has a capital, all of it at hand at once.
    with_capital: Vec<Known>,
}

/// The words are given their traits when all is read.
impl Compact for Vocabulary {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        let Vocabulary { ids, by_word, lists, affixes, digits, width, bit_of, rows, traits, with_capital: _ } = self;
        ids.write(to);
        by_word.write(to);
        lists.write(to);
        affixes.write(to);
        digits.write(to);
        width.write(to);
        bit_of.write(to);
        rows.write(to);
        traits.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Vocabulary> {
        let (ids, by_word, lists) = Compact::read(from)?;
        let (affixes, digits, width) = Compact::read(from)?;
        let (bit_of, rows, traits) = Compact::read(from)?;
        let (without, with_capital) = (AllTraits::default(), Vec::new());
        let vocabulary =
            Vocabulary { ids, by_word, lists, affixes, digits, width, bit_of, rows, traits: without, with_capital };
        Some(vocabulary.with_traits(traits))
    }
}

impl Vocabulary {
    /// Adds to the traits of words which have other rows when they are written otherwise.
    pub(super) fn tell(&self, traits: &mut AllTraits) {
        let rows = self.by_word.iter().enumerate();
        let cased = rows.filter(|(_, rows)| rows.iter().any(|row| *row != rows[0]));
        traits.add_to_words(cased.map(|(word, _)| word), CASED);
    }

    /// The same with these traits.
    pub(super) fn with_traits(mut self, traits: AllTraits) -> Vocabulary {
        self.ids.known_mut().for_each(|known| known.traits = traits.of(known.id, known.row));
        let known = |(id, &[_, row, _]): (WordId, &[RowId; 3])| Known { id, row, traits: traits.of(id, row) };
        let with_capital = (0..).zip(&self.by_word).map(known).collect();
        Vocabulary { traits, with_capital, ..self }
    }

    /// A word in its folded form, if it is known.
    #[inline(always)]
    pub(crate) fn find(&self, word: Short) -> Option<&Known> {
        self.ids.short(word)
    }

    /// What is known of a word, by its number, that is written with a capital.
    #[inline(always)]
    pub(crate) fn with_capital(&self, id: WordId) -> &Known {
        &self.with_capital[id as usize]
    }

    /// What is known of a word that is written so, `found` of it by its folded form. A row that only affixes can give is built in
    /// `extra`, one row of bits each.
    pub(crate) fn look_up(&self, word: Short, found: Option<&Known>, shape: Shape, extra: &mut Vec<u64>) -> Known {
        self.written(found, shape, || Ends::of_short(word), extra)
    }

    /// As `look_up`, for a token of `text`.
    pub(crate) fn look_up_in(&self, text: &str, token: Token, folded: &mut String, extra: &mut Vec<u64>) -> Known {
        folded.clear();
        fold(&text[token.span().range()], folded);
        self.written(self.ids.get(folded), token.shape, || Ends::of(folded.as_bytes()), extra)
    }

    /// As `look_up`; how the `word` begins and ends is asked only where nothing else is known of it.
    fn written<'w>(
        &self,
        known: Option<&Known>,
        shape: Shape,
        word: impl FnOnce() -> Ends<'w>,
        extra: &mut Vec<u64>,
    ) -> Known {
        let (id, row) = match known {
            Some(Known { id, .. }) => (*id, self.by_word[*id as usize][Written::of(shape) as usize]),
            None if shape == Shape::Number => (UNKNOWN, self.digits),
            None => {
                let (row, traits) = self.row_by_affixes(word(), extra);
                return Known { id: UNKNOWN, row, traits };
            }
        };
        Known { id, row, traits: self.traits.of(id, row) }
    }

    /// The row that affixes give to a word that no lexicon names, and its traits.
    #[inline]
    fn row_by_affixes(&self, word: Ends, extra: &mut Vec<u64>) -> (RowId, Traits) {
        let mut found = self.affixes.fitting(word);
        match found.next() {
            Some(first) => self.row_of_all(first, found, extra),
            None => (NO_ROW, 0),
        }
    }

    /// The row that has the sets of all these, and its traits.
    #[inline(never)]
    fn row_of_all(
        &self,
        first: RowId,
        mut others: impl Iterator<Item = RowId>,
        extra: &mut Vec<u64>,
    ) -> (RowId, Traits) {
        let mut traits = self.traits.of_row(first);
        let Some(second) = others.next() else { return (first, traits) };
        // Several affixes at once: their rows together, kept with the sentence.
        let row = self.rows.rows() + extra.len() / self.width;
        let from = extra.len();
        extra.extend(self.rows.row(first as usize));
        for other in std::iter::once(second).chain(others) {
            let other_row = self.rows.row(other as usize);
            extra[from..].iter_mut().zip(other_row).for_each(|(own, more)| *own |= more);
            traits |= self.traits.of_row(other);
        }
        (row as RowId, traits)
    }

    /// The traits of a row, one that is not made up.
    pub(super) fn traits_of_row(&self, row: RowId) -> Traits {
        self.traits.of_row(row)
    }

    /// The bits of some sets.
    pub(super) fn bits(&self, of: impl Iterator<Item = BitId>) -> Bits {
        let mut sets = vec![0u64; self.width];
        set(&mut sets, of.map(|bit| bit as usize));
        let bunches = (0..).zip(sets).filter(|(_, bits)| *bits != 0).map(|(word, bits)| Bunch { bits, word });
        Bits { bunches: bunches.collect() }
    }

    /// Whether a row holds one of some sets.
    #[inline]
    pub(super) fn holds_any(&self, row: RowId, extra: &[u64], wanted: &Bits) -> bool {
        wanted.bunches.iter().any(|bunch| bunch.bits & self.held(row, extra, bunch.word) != 0)
    }

    /// The bits of the sets that a row holds, one that is not made up.
    pub(super) fn bits_of(&self, row: RowId) -> impl Iterator<Item = BitId> + '_ {
        places(self.rows.row(row as usize)).map(|bit| bit as BitId)
    }

    /// The bit of a set.
    #[inline]
    pub(super) fn bit(&self, set: SetId) -> BitId {
        self.bit_of[set as usize]
    }

    /// Every word in the order of their numbers: its number, and its rows by how it is written.
    pub(super) fn words(&self) -> impl Iterator<Item = (WordId, [RowId; 3])> + '_ {
        (0..).zip(self.by_word.iter().copied()).skip(UNKNOWN as usize + 1)
    }

    /// By the number of a word: whether it is one rather than a mark.
    pub(super) fn are_words(&self) -> Vec<bool> {
        let mut are_words = vec![false; self.len()];
        for (word, Known { id, .. }) in self.ids.iter() {
            are_words[id as usize] = word.contains(char::is_alphanumeric);
        }
        are_words
    }

    /// A word of the bits of a row, one that may be made up.
    #[inline]
    pub(super) fn held(&self, row: RowId, extra: &[u64], word: u32) -> u64 {
        let (row, word) = (row as usize, word as usize);
        self.rows.word(row, word).unwrap_or_else(|| extra[(row - self.rows.rows()) * self.width + word])
    }

    /// The words of a list.
    pub(crate) fn list(&self, id: ListId) -> &[Word] {
        self.lists.get(id as usize).unwrap_or_default()
    }

    /// Whether the row holds the set.
    pub(crate) fn holds(&self, row: RowId, extra: &[u64], set: SetId) -> bool {
        let bit = self.bit(set);
        self.held(row, extra, bit / 64) >> (bit % 64) & 1 == 1
    }

    /// How many rows there are, apart from those made up as they come.
    pub(crate) fn rows(&self) -> RowId {
        self.rows.rows() as RowId
    }

    /// How many words it knows.
    pub(crate) fn len(&self) -> usize {
        self.by_word.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_how_common_a_word_is_counts_and_once_is_nothing() {
        let mut builder = VocabularyBuilder::default();
        builder.rank(&["the", "of"].map(str::to_owned));
        for (word, times) in [("the", 2), ("council", 6), ("road", 1), ("of", 60_000)] {
            builder.count(word, times, 60_000);
        }
        let mut often = |word: &str| {
            let word = (builder.word(word), Written::Any);
            builder.frequency(&word)
        };
        assert_eq!(["the", "council", "road", "unheard"].map(&mut often), [COMMONEST, 100, ORDINARY, ORDINARY]);
        assert_eq!(often("of"), MILLION);
        builder.count("mayor", 2, 10);
        let mayor = (builder.word("mayor"), Written::Any);
        assert_eq!(builder.frequency(&mayor), 66, "ten words tell little");
    }

    #[test]
    fn sets_that_are_asked_for_come_first_in_a_row_and_each_holds_what_it_held() {
        let mut builder = VocabularyBuilder::default();
        let words = ["said", "Told", "denied"].map(|word| builder.word(word));
        let sets = words.map(|word| builder.set(Set { words: vec![(word, Written::Any)], ..Set::default() }));
        let phrase = (vec![sets[0], sets[2]], NO_ROW);
        let mut more = [phrase];
        let vocabulary = builder.build(&mut more, [sets[2], sets[0], sets[2]].into_iter());
        assert_eq!(sets.map(|set| vocabulary.bit(set)), [1, 2, 0]);
        assert_eq!(vocabulary.are_words(), [false, true, true, true]);
        for (word, rows) in vocabulary.words() {
            let held = sets.map(|set| vocabulary.holds(rows[0], &[], set));
            assert_eq!(held, words.map(|own| own == word));
        }
        let [(_, row)] = more;
        assert_eq!(sets.map(|set| vocabulary.holds(row, &[], set)), [true, false, true]);
        assert_eq!(vocabulary.bits_of(row).collect::<Vec<_>>(), [0, 1]);
    }
}
