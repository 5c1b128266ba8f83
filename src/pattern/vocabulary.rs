//! Every word that a lexicon names has a number, and every set of words that a pattern tests has a bit: a test at match
//! time compares numbers or looks at a bit, never at a string.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::compact::compact;
use crate::text::{fold, shape, Shape};

/// Number of a word in its folded form; [`UNKNOWN`] for words that no lexicon names.
pub(crate) type WordId = u32;
pub(crate) const UNKNOWN: WordId = 0;

/// Number of a set, and so of its bit in a row.
pub(crate) type SetId = u32;

/// How a word has to be written to count: a lexicon that writes "US" does not mean "us".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Written {
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

    pub(crate) fn allows(self, shape: Shape) -> bool {
        match self {
            Written::Any => true,
            Written::Capital => shape.is_capital(),
            Written::Capitals => shape == Shape::Capitals,
        }
    }
}

/// Number of a short list of words: too short to be worth a bit in every row.
pub(crate) type ListId = u32;

/// The longest list that is looked through word by word.
const MAX_LIST: usize = 12;

/// A word as a pattern names it.
pub(crate) type Word = (WordId, Written);

/// Words by a beginning and an ending, less those taken away again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Affixes {
    pub(crate) any_of: BTreeSet<(String, String)>,
    pub(crate) except: BTreeSet<WordId>,
}

impl Affixes {
    /// Whether they make a word a member, which is spelled so in its folded form.
    pub(crate) fn grant(&self, id: WordId, folded: &str) -> bool {
        let mut any_of = self.any_of.iter();
        !self.except.contains(&id) && any_of.any(|(prefix, suffix)| fits(prefix, suffix, folded))
    }
}

/// Whether a word begins and ends so, with at least one letter of its own.
fn fits(prefix: &str, suffix: &str, word: &str) -> bool {
    // The last letter rules most words out without a call.
    suffix.as_bytes().last().is_none_or(|last| word.as_bytes().last() == Some(last))
        && word.len() > prefix.len() + suffix.len()
        && word.starts_with(prefix)
        && word.ends_with(suffix)
}

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
    /// How often common words stand in a million.
    frequencies: FxHashMap<WordId, usize>,
    folded: String,
}

/// How often an ordinary word stands in a million, and words of an affix, roughly.
const ORDINARY: usize = 20;
const AFFIXED: usize = 20_000;
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
            let id = self.word(word);
            self.frequencies.insert(id, COMMONEST / (rank + 1));
        }
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

    /// Every word in its folded form, by its number.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![String::new(); self.ids.len() + 1];
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

    /// `more` are rows beyond those of single words: the sets that each phrase is a member of.
    pub(crate) fn build(self, more: &mut [(Vec<SetId>, RowId)]) -> Vocabulary {
        let mut rows =
            Rows { width: self.sets.len().div_ceil(64).max(1), bits: Vec::new(), known: FxHashMap::default() };
        rows.of([].into_iter());
        let affixes = Affix::all(&self.sets);

        // Which word, written how, belongs to which set; a word that counts in small letters counts in capitals too.
        let mut members: Vec<(WordId, Written, SetId)> = Vec::new();
        for (set, content) in self.sets() {
            members.extend(content.words.iter().map(|(word, written)| (*word, *written, set)));
        }
        let digits: Vec<SetId> = self.sets().filter(|(_, set)| set.digits).map(|(id, _)| id).collect();
        for (folded, word) in &self.ids {
            if shape(folded) == Shape::Number && folded.contains(char::is_numeric) {
                members.extend(digits.iter().map(|set| (*word, Written::Any, *set)));
            }
            for affix in affixes.iter().filter(|affix| affix.fits(folded)) {
                let granted = affix.sets.iter().filter(|(_, except)| !except.contains(word));
                members.extend(granted.map(|(set, _)| (*word, Written::Any, *set)));
            }
        }
        let mut by_word = vec![[NO_ROW; 3]; self.ids.len() + 1];
        let mut row = vec![0; rows.width];
        for (of_word, members) in by_word.iter_mut().zip(Filed::by_word(&members, self.ids.len() + 1).lists()) {
            row.fill(0);
            let mut id = NO_ROW;
            for written in [Written::Any, Written::Capital, Written::Capitals] {
                let mut sets = members.iter().filter(|(w, _)| *w == written).map(|(_, set)| *set).peekable();
                if sets.peek().is_some() {
                    rows.set(&mut row, sets);
                    id = rows.intern(&row);
                }
                of_word[written as usize] = id;
            }
        }
        for (sets, id) in more {
            *id = rows.of(sets.iter().copied());
        }
        let digits = rows.of(digits.into_iter());
        let affixes =
            affixes.into_iter().map(|affix| (rows.of(affix.sets.iter().map(|(set, _)| *set)), affix)).collect();
        Vocabulary { lists: self.lists, ids: self.ids, by_word, affixes, digits, width: rows.width, rows: rows.bits }
    }
}

/// What belongs to each word, filed by the word's number.
struct Filed {
    /// Where the list of each word ends.
    ends: Vec<u32>,
    lists: Vec<(Written, SetId)>,
}

impl Filed {
    /// Counts first, and so needs no comparison.
    fn by_word(members: &[(WordId, Written, SetId)], words: usize) -> Filed {
        let mut ends = vec![0; words];
        members.iter().for_each(|(word, ..)| ends[*word as usize] += 1);
        let mut next = 0;
        for end in &mut ends {
            (*end, next) = (next, next + *end);
        }
        let mut lists = vec![(Written::Any, 0); members.len()];
        for (word, written, set) in members {
            let end = &mut ends[*word as usize];
            lists[*end as usize] = (*written, *set);
            *end += 1;
        }
        Filed { ends, lists }
    }

    fn lists(&self) -> impl Iterator<Item = &[(Written, SetId)]> {
        let mut from = 0;
        self.ends.iter().map(move |to| &self.lists[std::mem::replace(&mut from, *to as usize)..*to as usize])
    }
}

/// A beginning and an ending, and the sets whose members they make.
#[derive(Debug)]
struct Affix {
    prefix: String,
    suffix: String,
    sets: Vec<Granted>,
}

compact!(Affix { prefix, suffix, sets });

/// A set, and the words that were taken away from it again.
type Granted = (SetId, BTreeSet<WordId>);

impl Affix {
    fn all(sets: &[Rc<Set>]) -> Vec<Affix> {
        let mut found: BTreeMap<(String, String), Vec<Granted>> = BTreeMap::new();
        for (id, set) in sets.iter().enumerate() {
            for affixes in &set.affixes {
                for affix in &affixes.any_of {
                    found.entry(affix.clone()).or_default().push((id as SetId, affixes.except.clone()));
                }
            }
        }
        found.into_iter().map(|((prefix, suffix), sets)| Affix { prefix, suffix, sets }).collect()
    }

    fn fits(&self, word: &str) -> bool {
        fits(&self.prefix, &self.suffix, word)
    }
}

/// Number of a row: the sets that a word or phrase belongs to.
pub(crate) type RowId = u32;

/// Equal rows are kept once: thousands of words belong to the same sets.
struct Rows {
    width: usize,
    bits: Vec<u64>,
    known: FxHashMap<Vec<u64>, RowId>,
}

impl Rows {
    fn set(&self, row: &mut [u64], sets: impl Iterator<Item = SetId>) {
        for set in sets {
            row[set as usize / 64] |= 1 << (set % 64);
        }
    }

    fn of(&mut self, sets: impl Iterator<Item = SetId>) -> RowId {
        let mut row = vec![0; self.width];
        self.set(&mut row, sets);
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

/// The row of words that belong to no set.
pub(crate) const NO_ROW: RowId = 0;

/// The words and sets of an annotator's lexicons.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<String, WordId>,
    by_word: Vec<[RowId; 3]>,
    lists: Vec<Vec<Word>>,
    /// Each affix with the row of the sets that it makes a word a member of.
    affixes: Vec<(RowId, Affix)>,
    digits: RowId,
    width: usize,
    rows: Vec<u64>,
}

compact!(Vocabulary { ids, by_word, lists, affixes, digits, width, rows });

impl Vocabulary {
    /// Number of a token and its row. A row that only affixes can give is built in `extra`, one row of bits each.
    pub(crate) fn look_up(&self, folded: &str, shape: Shape, extra: &mut Vec<u64>) -> (WordId, RowId) {
        if let Some(id) = self.ids.get(folded) {
            return (*id, self.by_word[*id as usize][Written::of(shape) as usize]);
        }
        if shape == Shape::Number {
            return (UNKNOWN, self.digits);
        }
        let mut found = self.affixes.iter().filter(|(_, affix)| affix.fits(folded)).map(|(row, _)| *row);
        let Some(first) = found.next() else { return (UNKNOWN, NO_ROW) };
        let Some(second) = found.next() else { return (UNKNOWN, first) };
        // Several affixes at once: their rows together, kept with the sentence.
        let row = (self.rows.len() + extra.len()) / self.width;
        let from = extra.len();
        extra.extend(self.row(first));
        for other in std::iter::once(second).chain(found) {
            for (bits, more) in extra[from..].iter_mut().zip(self.row(other)) {
                *bits |= more;
            }
        }
        (UNKNOWN, row as RowId)
    }

    fn row(&self, row: RowId) -> &[u64] {
        let from = row as usize * self.width;
        &self.rows[from..from + self.width]
    }

    fn row_with<'a>(&'a self, row: RowId, extra: &'a [u64]) -> &'a [u64] {
        let from = row as usize * self.width;
        match from.checked_sub(self.rows.len()) {
            None => &self.rows[from..from + self.width],
            Some(from) => &extra[from..from + self.width],
        }
    }

    /// The words of a list.
    pub(crate) fn list(&self, id: ListId) -> &[Word] {
        &self.lists[id as usize]
    }

    /// Whether the row holds the set.
    pub(crate) fn holds(&self, row: RowId, extra: &[u64], set: SetId) -> bool {
        self.row_with(row, extra)[set as usize / 64] >> (set % 64) & 1 == 1
    }

    /// How many rows there are, apart from those made up as they come.
    pub(crate) fn rows(&self) -> RowId {
        (self.rows.len() / self.width) as RowId
    }

    /// How many words it knows.
    pub(crate) fn len(&self) -> usize {
        self.by_word.len()
    }
}
