//! Every word that a lexicon names has a number, and every set of words that a pattern tests has a bit: a test at match
//! time compares numbers or looks at a bit, never at a string.

use std::collections::{BTreeSet, HashMap};

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

/// A word as a pattern names it.
pub(crate) type Word = (WordId, Written);

/// Words by a beginning and an ending, less those taken away again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Affixes {
    pub(crate) any_of: BTreeSet<(String, String)>,
    pub(crate) except: BTreeSet<WordId>,
}

/// What a class means: words, affixes, and phrases of several words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Set {
    pub(crate) words: BTreeSet<Word>,
    pub(crate) affixes: Vec<Affixes>,
    pub(crate) phrases: BTreeSet<Vec<Word>>,
    /// Whether numbers written in digits belong to it.
    pub(crate) digits: bool,
}

impl Set {
    pub(crate) fn add(&mut self, other: &Set) {
        self.words.extend(&other.words);
        self.affixes.extend(other.affixes.iter().filter(|a| !self.affixes.contains(a)).cloned().collect::<Vec<_>>());
        self.phrases.extend(other.phrases.iter().cloned());
        self.digits |= other.digits;
    }

    /// The same with each phrase stood for by its first word: what a sentence must hold if it holds any member.
    pub(crate) fn single_words(&self) -> Set {
        let mut set = Set { phrases: BTreeSet::new(), ..self.clone() };
        set.words.extend(self.phrases.iter().filter_map(|p| p.first()));
        set
    }

    /// How many words it stands for, more or less: a measure of how rare it is in text.
    pub(crate) fn weight(&self) -> usize {
        self.words.len() + self.phrases.len() + 1000 * (self.affixes.len() + usize::from(self.digits))
    }
}

/// Gives numbers while lexicons are compiled.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder {
    ids: HashMap<String, WordId>,
    sets: Vec<Set>,
    set_ids: HashMap<Set, SetId>,
    folded: String,
}

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

    pub(crate) fn set(&mut self, set: Set) -> SetId {
        if let Some(id) = self.set_ids.get(&set) {
            return *id;
        }
        let id = self.sets.len() as SetId;
        self.sets.push(set.clone());
        self.set_ids.insert(set, id);
        id
    }

    pub(crate) fn get(&self, id: SetId) -> &Set {
        &self.sets[id as usize]
    }

    pub(crate) fn sets(&self) -> impl Iterator<Item = (SetId, &Set)> {
        self.sets.iter().enumerate().map(|(i, set)| (i as SetId, set))
    }

    /// `more` are rows beyond those of single words: the sets that each phrase is a member of.
    pub(crate) fn build(self, more: &mut [(Vec<SetId>, RowId)]) -> Vocabulary {
        let mut rows = Rows { width: self.sets.len().div_ceil(64).max(1), bits: Vec::new(), known: HashMap::new() };
        rows.intern(vec![0; rows.width]);
        let mut affixes: Vec<(String, String)> =
            self.sets.iter().flat_map(|set| &set.affixes).flat_map(|a| a.any_of.iter().cloned()).collect();
        affixes.sort();
        affixes.dedup();

        // For each word, its bits by how it is written.
        let mut bits = vec![[(); 3].map(|()| BTreeSet::<SetId>::new()); self.ids.len() + 1];
        for (set, members) in self.sets() {
            for (word, written) in &members.words {
                let from = *written as usize;
                for bits in &mut bits[*word as usize][from..] {
                    bits.insert(set);
                }
            }
        }
        // A number that some lexicon names is still a number.
        for (_, word) in self.ids.iter().filter(|(folded, _)| shape(folded) == Shape::Number) {
            for (set, _) in self.sets().filter(|(_, members)| members.digits) {
                bits[*word as usize].iter_mut().for_each(|bits| _ = bits.insert(set));
            }
        }
        let matching = |word: &str, a: &(String, String)| is_affixed(word, &a.0, &a.1);
        for (folded, word) in &self.ids {
            if !affixes.iter().any(|a| matching(folded, a)) {
                continue;
            }
            for (set, members) in self.sets() {
                let holds =
                    members.affixes.iter().any(|a| !a.except.contains(word) && a.any_of.iter().any(|a| matching(folded, a)));
                if holds {
                    bits[*word as usize].iter_mut().for_each(|bits| _ = bits.insert(set));
                }
            }
        }
        let mut row = |sets: &BTreeSet<SetId>| rows.intern(rows.spread(sets.iter().copied()));
        let by_word = bits.iter().map(|[lower, capital, capitals]| [row(lower), row(capital), row(capitals)]).collect();
        for (sets, id) in more {
            *id = rows.intern(rows.spread(sets.iter().copied()));
        }
        let digits = rows.intern(rows.spread(self.sets().filter(|(_, s)| s.digits).map(|(id, _)| id)));
        let affixes = affixes
            .into_iter()
            .map(|affix| {
                let sets = self.sets().filter(|(_, s)| s.affixes.iter().any(|a| a.any_of.contains(&affix))).map(|(id, _)| id);
                let row = rows.intern(rows.spread(sets));
                (affix, row)
            })
            .collect();
        Vocabulary {
            ids: self.ids.into_iter().map(|(word, id)| (word.into_boxed_str(), id)).collect(),
            by_word,
            affixes,
            digits,
            width: rows.width,
            rows: rows.bits,
        }
    }
}

/// Whether a word begins and ends so, with at least one letter of its own.
fn is_affixed(word: &str, prefix: &str, suffix: &str) -> bool {
    word.len() > prefix.len() + suffix.len() && word.starts_with(prefix) && word.ends_with(suffix)
}

/// Number of a row: the sets that a word or phrase belongs to.
pub(crate) type RowId = u32;

/// Equal rows are kept once: thousands of words belong to the same sets.
struct Rows {
    width: usize,
    bits: Vec<u64>,
    known: HashMap<Vec<u64>, RowId>,
}

impl Rows {
    fn spread(&self, sets: impl Iterator<Item = SetId>) -> Vec<u64> {
        let mut row = vec![0; self.width];
        for set in sets {
            row[set as usize / 64] |= 1 << (set % 64);
        }
        row
    }

    fn intern(&mut self, row: Vec<u64>) -> RowId {
        let next = self.known.len() as RowId;
        *self.known.entry(row).or_insert_with_key(|row| {
            self.bits.extend(row);
            next
        })
    }
}

/// The row of words that belong to no set.
pub(crate) const NO_ROW: RowId = 0;

/// The words and sets of an annotator's lexicons.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, WordId>,
    by_word: Vec<[RowId; 3]>,
    /// Each affix with the sets that it makes a word a member of.
    affixes: Vec<((String, String), RowId)>,
    digits: RowId,
    width: usize,
    rows: Vec<u64>,
}

impl Vocabulary {
    /// Number of a token and its row. A row that only affixes can give is built in `extra`, one row of bits each.
    pub(crate) fn look_up(&self, folded: &str, shape: Shape, extra: &mut Vec<u64>) -> (WordId, RowId) {
        if let Some(id) = self.ids.get(folded) {
            return (*id, self.by_word[*id as usize][Written::of(shape) as usize]);
        }
        if shape == Shape::Number {
            return (UNKNOWN, self.digits);
        }
        let mut found = self.affixes.iter().filter(|((prefix, suffix), _)| is_affixed(folded, prefix, suffix)).map(|(_, row)| *row);
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

    /// Whether the row holds the set.
    pub(crate) fn holds(&self, row: RowId, extra: &[u64], set: SetId) -> bool {
        self.row_with(row, extra)[set as usize / 64] >> (set % 64) & 1 == 1
    }

    /// Adds the row's sets to `all`, which is as wide as a row.
    pub(crate) fn gather(&self, row: RowId, extra: &[u64], all: &mut [u64]) {
        if row != NO_ROW {
            for (bits, more) in all.iter_mut().zip(self.row_with(row, extra)) {
                *bits |= more;
            }
        }
    }

    /// Width of a row, in units of 64 sets.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many words it knows.
    pub(crate) fn len(&self) -> usize {
        self.by_word.len()
    }
}
