//! Words known by how they begin and end: "*-led" is any word that ends so.

use std::collections::{BTreeMap, BTreeSet};

use super::filed::Filed;
use super::vocabulary::{RowId, SetId, WordId};
use crate::compact::{self, compact, Compact};
use crate::text::Short;

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
        !self.except.contains(&id) && any_of.any(|(prefix, suffix)| fits(prefix, suffix, folded.as_bytes()))
    }
}

/// Whether a word begins and ends so, with at least one letter of its own.
fn fits(prefix: &str, suffix: &str, word: &[u8]) -> bool {
    word.len() > prefix.len() + suffix.len() && word.starts_with(prefix.as_bytes()) && word.ends_with(suffix.as_bytes())
}

/// A beginning and an ending, and the sets whose members they make, each with the words that were taken away from it again.
#[derive(Debug)]
pub(super) struct Affix {
    prefix: String,
    suffix: String,
    pub(super) sets: Vec<(SetId, BTreeSet<WordId>)>,
}

impl Affix {
    /// Of sets, each with its affixes.
    pub(super) fn all<'a>(of_sets: impl Iterator<Item = (SetId, &'a Affixes)>) -> Vec<Affix> {
        let mut found: BTreeMap<(String, String), Vec<_>> = BTreeMap::new();
        for (id, affixes) in of_sets {
            for affix in &affixes.any_of {
                found.entry(affix.clone()).or_default().push((id, affixes.except.clone()));
            }
        }
        found.into_iter().map(|((prefix, suffix), sets)| Affix { prefix, suffix, sets }).collect()
    }

    pub(super) fn fits(&self, word: &str) -> bool {
        fits(&self.prefix, &self.suffix, word.as_bytes())
    }
}

/// How a word begins and ends, as numbers, which are compared without a loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends<'w> {
    /// Its first bytes, the first of them lowest, and its last, the last of them highest; zeros for those it lacks.
    first: u128,
    last: u128,
    len: usize,
    /// The word, if it is not short.
    long: &'w [u8],
}

/// How many bytes of a word its ends tell; a short word has fewer.
const TOLD: usize = 16;

impl Ends<'_> {
    /// Of a word in its folded form.
    pub(super) fn of(word: &[u8]) -> Ends<'_> {
        let first = word.iter().take(TOLD).rev().fold(0, |bytes, byte| bytes << 8 | u128::from(*byte));
        let last = word.iter().rev().take(TOLD).rev().fold(0, |bytes, byte| bytes >> 8 | u128::from(*byte) << 120);
        Ends { first, last, len: word.len(), long: word }
    }

    #[inline]
    pub(super) fn of_short(word: Short) -> Ends<'static> {
        let (first, len) = (word.bytes(), word.len());
        Ends { first, last: first << (8 * (TOLD - len)), len, long: &[] }
    }
}

/// Affixes, each with the row of the sets that it makes a word a member of, by the last two bytes of the words that they may
/// fit.
#[derive(Debug)]
pub(super) struct FiledAffixes {
    by_last: Filed<Filing>,
}

/// So many bits of a byte tell letters apart.
const LETTER_BITS: u32 = 5;
const LETTERS: u8 = 1 << LETTER_BITS;

/// The list for words with these last bytes.
fn list(last_but_one: u8, last: u8) -> usize {
    usize::from(last_but_one % LETTERS) << LETTER_BITS | usize::from(last % LETTERS)
}

impl FiledAffixes {
    pub(super) fn new(affixes: Vec<(RowId, Affix)>) -> FiledAffixes {
        let mut filed = Vec::new();
        for (row, Affix { prefix, suffix, .. }) in affixes {
            let mut bytes = suffix.bytes().rev();
            let mut next = || bytes.next().map_or(0..LETTERS, |byte| byte..byte + 1);
            let (last, last_but_one) = (next(), next());
            let lists = last.flat_map(|last| last_but_one.clone().map(move |other| list(other, last)));
            filed.extend(lists.map(|list| (list, Filing::new(row, &prefix, &suffix))));
        }
        FiledAffixes { by_last: Filed::new(1 << (2 * LETTER_BITS), filed) }
    }

    /// The rows of the affixes that fit a word.
    #[inline]
    pub(super) fn fitting<'a>(&'a self, word: Ends<'a>) -> impl Iterator<Item = RowId> + 'a {
        let list = list((word.last >> 112) as u8, (word.last >> 120) as u8);
        let filed = self.by_last.get(list).unwrap_or_default();
        filed.iter().filter(move |affix| affix.fits(word)).map(|affix| affix.row)
    }
}

compact!(FiledAffixes { by_last });

/// An affix as it is looked for.
#[derive(Debug)]
struct Filing {
    row: RowId,
    /// The length of the shortest word that it fits.
    shortest: usize,
    /// How such a word begins and ends, and which bits of that count.
    first: u128,
    first_bits: u128,
    last: u128,
    last_bits: u128,
    /// All of it, for what is too long to be told by that.
    prefix: String,
    suffix: String,
}

/// The rest follows from the affix.
impl Compact for Filing {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.row.write(to);
        self.prefix.write(to);
        self.suffix.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Filing> {
        Some(Filing::new(RowId::read(from)?, from.string()?, from.string()?))
    }
}

impl Filing {
    fn new(row: RowId, prefix: &str, suffix: &str) -> Filing {
        let other_bits = |affix: &str| 8 * TOLD.saturating_sub(affix.len()) as u32;
        Filing {
            row,
            shortest: prefix.len() + suffix.len() + 1,
            first: Ends::of(prefix.as_bytes()).first,
            first_bits: u128::MAX.checked_shr(other_bits(prefix)).unwrap_or(0),
            last: Ends::of(suffix.as_bytes()).last,
            last_bits: u128::MAX.checked_shl(other_bits(suffix)).unwrap_or(0),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        }
    }

    #[inline]
    fn fits(&self, word: Ends) -> bool {
        word.len >= self.shortest
            && word.last & self.last_bits == self.last
            && word.first & self.first_bits == self.first
            && (self.shortest <= TOLD || fits(&self.prefix, &self.suffix, word.long))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As numbers, affixes fit the same words as letter by letter.
        #[test]
        fn affixes_are_told_by_their_ends(prefix in "[ab]{0,18}", suffix in "[ab]{0,18}", own in "[abé-]{0,12}", cut in 0..3usize) {
            let whole = format!("{prefix}{own}{suffix}");
            let word: String = whole.chars().skip(cut / 2).take(whole.chars().count().saturating_sub(cut)).collect();
            let filing = Filing::new(1, &prefix, &suffix);
            let ends = Ends::of(word.as_bytes());
            let expected = fits(&prefix, &suffix, word.as_bytes());
            prop_assert_eq!(filing.fits(ends), expected);
            if let Some(short) = Short::new(&word) {
                let short = Ends::of_short(short);
                prop_assert_eq!((short.first, short.last, short.len), (ends.first, ends.last, ends.len));
                prop_assert_eq!(filing.fits(short), expected);
            }
        }
    }
}
