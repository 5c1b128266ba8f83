//! What a language says about the ends of its sentences: data, read from the table `[sentences]` of its `language.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::eight::{not_letters, SMALL};

/// The table `[sentences]`, as it stands in the file. What each list means is said there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SentenceRules {
    never_end: Vec<String>,
    may_end: Vec<String>,
    before_number: Vec<String>,
    usually_ends: Vec<String>,
    times: Vec<String>,
    after_times: Vec<String>,
    days: Vec<String>,
    months: Vec<String>,
    before_times: Vec<String>,
    marked_names: Vec<String>,
    starters: Vec<String>,
    always_capital: Vec<String>,
    speaking: Vec<String>,
    small_words: Vec<String>,
    fields: Vec<String>,
    credits: Vec<String>,
    labels: Vec<String>,
    closings: Vec<String>,
    faces: Vec<String>,
}

/// What a word with a full stop may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title: what it belongs to follows.
    NeverEnds,
    /// Ends a sentence only before a word that opens sentences.
    MayEnd,
    /// Joined to the number after it, otherwise an ordinary word.
    BeforeNumber,
    /// Ends a sentence before any capital.
    UsuallyEnds,
    /// A time of day.
    Time,
}

/// What else is known of a word; several may be true of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Trait {
    Starter = 1,
    AlwaysCapital = 1 << 1,
    Speaking = 1 << 2,
    Small = 1 << 3,
    AfterTime = 1 << 4,
    BeforeTime = 1 << 5,
    Day = 1 << 6,
    Month = 1 << 7,
    Field = 1 << 8,
    Credit = 1 << 9,
    Label = 1 << 10,
    Closing = 1 << 11,
}

/// The rules, ready for use.
#[derive(Debug)]
pub(super) struct Rules {
    abbreviations: FxHashMap<Box<str>, Abbreviation>,
    endings: Endings,
    traits: FxHashMap<Box<str>, u16>,
    marked_names: Vec<Box<str>>,
    faces: Vec<Box<str>>,
    /// Whether a face begins with a byte.
    face_starts: [bool; 256],
    longest: usize,
}

impl Rules {
    pub(super) fn new(table: SentenceRules) -> Rules {
        let mut abbreviations = FxHashMap::default();
        for (list, sort) in [
            (&table.times, Abbreviation::Time),
            (&table.never_end, Abbreviation::NeverEnds),
            (&table.may_end, Abbreviation::MayEnd),
            (&table.before_number, Abbreviation::BeforeNumber),
            (&table.usually_ends, Abbreviation::UsuallyEnds),
        ] {
            for word in list {
                for form in forms(word) {
                    abbreviations.entry(form.into_boxed_str()).or_insert(sort);
                }
            }
        }
        let endings = Endings::of(abbreviations.keys().map(|word| &**word));
        let mut traits: FxHashMap<Box<str>, u16> = FxHashMap::default();
        for (list, what) in [
            (&table.starters, Trait::Starter),
            (&table.always_capital, Trait::AlwaysCapital),
            (&table.speaking, Trait::Speaking),
            (&table.small_words, Trait::Small),
            (&table.after_times, Trait::AfterTime),
            (&table.before_times, Trait::BeforeTime),
            (&table.days, Trait::Day),
            (&table.months, Trait::Month),
            (&table.days, Trait::AfterTime),
            (&table.months, Trait::AfterTime),
            (&table.fields, Trait::Field),
            (&table.credits, Trait::Credit),
            (&table.labels, Trait::Label),
            (&table.closings, Trait::Closing),
        ] {
            for word in list {
                *traits.entry(word.as_str().into()).or_default() |= what as u16;
            }
        }
        let longest = abbreviations.keys().chain(traits.keys()).map(|word| word.len()).max().unwrap_or(0);
        let mut face_starts = [false; 256];
        table.faces.iter().filter_map(|face| face.bytes().next()).for_each(|b| face_starts[b as usize] = true);
        let boxed = |list: Vec<String>| list.into_iter().map(String::into_boxed_str);
        Rules {
            abbreviations,
            endings,
            traits,
            marked_names: boxed(table.marked_names).collect(),
            faces: boxed(table.faces).collect(),
            face_starts,
            longest,
        }
    }

    /// Whether the letters before a full stop may be, or end, an abbreviation or an initial; nearly always they are not.
    pub(super) fn may_be_abbreviation(&self, before: &[u8]) -> bool {
        self.endings.may_hold(before)
    }

    /// What `word`, written without its last full stop, is short for, if anything.
    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    /// Whether `what` is true of `word` as it stands.
    pub(super) fn is(&self, what: Trait, word: &str) -> bool {
        word.len() <= self.longest && self.traits.get(word).is_some_and(|&known| known & what as u16 != 0)
    }

    /// Whether `what` is true of `word` in whatever case, and with whichever apostrophe.
    pub(super) fn folded_is(&self, what: Trait, word: &str) -> bool {
        // A curly apostrophe is two bytes longer than a straight one.
        if word.len() > self.longest + 2 {
            return false;
        }
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return self.is(what, word);
        }
        let mut folded = [0; 32];
        if let Some(folded) = folded.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            folded.copy_from_slice(word.as_bytes());
            folded.make_ascii_lowercase();
            return std::str::from_utf8(folded).is_ok_and(|word| self.is(what, word));
        }
        self.is(what, &word.to_lowercase().replace('’', "'"))
    }

    /// Whether `text`, which ends in a mark, ends in a name that carries this mark.
    pub(super) fn ends_in_marked_name(&self, text: &str) -> bool {
        self.marked_names.iter().any(|name| {
            text.strip_suffix(&**name)
                .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
    }

    /// Whether a face begins with this byte.
    pub(super) fn may_be_face(&self, first: u8) -> bool {
        self.face_starts[first as usize]
    }

    /// The length of the face that `text` begins with, if it does and the face stands alone.
    pub(super) fn face(&self, text: &str) -> Option<usize> {
        text.bytes().next().filter(|b| self.may_be_face(*b))?;
        let face = self.faces.iter().filter(|face| text.starts_with(&***face)).map(|face| face.len()).max()?;
        (!text[face..].starts_with(|c: char| c.is_alphanumeric())).then_some(face)
    }
}

/// The letters in which words end, up to eight, in bits by their hash: no word ends in letters whose bit is not set.
#[derive(Debug)]
struct Endings {
    bits: [u64; 64],
}

impl Endings {
    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Endings {
        let mut bits = [0; 64];
        for word in words {
            let mut last = [0; 8];
            last.iter_mut().rev().zip(word.bytes().rev()).for_each(|(to, byte)| *to = byte);
            let hash = Self::hash(Self::letters(last).0);
            bits[hash / 64] |= 1 << (hash % 64);
        }
        Endings { bits }
    }

    /// Also where fewer than two letters stand, or too little to tell.
    fn may_hold(&self, text: &[u8]) -> bool {
        let Some(last) = text.last_chunk() else { return true };
        let (letters, count) = Self::letters(*last);
        let hash = Self::hash(letters);
        count < 2 || self.bits[hash / 64] >> (hash % 64) & 1 == 1
    }

    /// The letters at the end, in small ones, and how many they are.
    fn letters(last: [u8; 8]) -> (u64, u32) {
        let last = u64::from_le_bytes(last);
        let len = not_letters(last).leading_zeros();
        let others = u64::MAX.checked_shr(len).unwrap_or(0);
        ((last | SMALL) & !others, len / 8)
    }

    fn hash(letters: u64) -> usize {
        (letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52) as usize
    }
}

/// The forms that a listed abbreviation stands for.
fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let first = word.chars().next().map_or(0, char::len_utf8);
    let small = !word.contains(char::is_uppercase);
    if word.len() > first && small {
        forms.push(word[..first].to_uppercase() + &word[first..]);
    }
    // Two capitals are more often short for something else.
    if word.len() > 2 || !small {
        forms.push(word.to_uppercase());
    }
    forms
}
