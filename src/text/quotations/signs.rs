//! Quotation marks, and what their neighbours say of their use.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memchr3;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Double,
    Single,
    /// « »
    Angle,
    /// ‹ ›
    SingleAngle,
}

/// What the mark itself says of its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Open,
    Close,
    Straight,
}

/// What stands beside a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// White space, or the edge of the paragraph.
    Space,
    Letter,
    Digit,
    /// An opening bracket or quotation mark, a dash, a slash.
    Opening,
    Other,
}

/// A quotation mark, or what may be one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) at: usize,
    len: usize,
    pub(super) sort: Sort,
    pub(super) shape: Shape,
    before: Side,
    after: Side,
    /// Whether it stands for letters left out, as in ’em or ’90s.
    elision: bool,
    /// Whether a capital or a further mark follows, as at the start of a speech.
    begins_speech: bool,
    /// Whether a later one closes a single quotation beyond doubt before another could open.
    pub(super) better_follows: bool,
}

impl Sign {
    pub(super) fn end(self) -> usize {
        self.at + self.len
    }

    /// Whether it can open a quotation.
    pub(super) fn opens(self) -> bool {
        let free = matches!(self.before, Side::Space | Side::Opening);
        match (self.shape, self.sort) {
            _ if self.elision => false,
            (Shape::Close, _) => false,
            (Shape::Open, Sort::Single) => self.before != Side::Letter,
            (Shape::Open, _) => true,
            (Shape::Straight, Sort::Single) => free && self.after != Side::Space,
            // Not the inches of 12".
            (Shape::Straight, _) => free || self.before == Side::Other,
        }
    }

    /// Whether it can close a quotation that is open.
    pub(super) fn closes(self) -> bool {
        let word = |side| matches!(side, Side::Letter | Side::Digit);
        match (self.shape, self.sort) {
            _ if self.elision => false,
            (Shape::Open, Sort::Double) => {
                self.before != Side::Space && self.before != Side::Opening && !word(self.after)
            }
            (Shape::Open, _) => false,
            (_, Sort::Single) => !word(self.after) && self.before != Side::Space,
            (Shape::Close, _) => true,
            (Shape::Straight, _) => {
                !(self.before == Side::Space && self.after != Side::Space) && self.before != Side::Opening
            }
        }
    }

    /// Whether a single mark that could close a quotation may as well be the apostrophe of a genitive: behind an s, with a word
    /// to come.
    pub(super) fn may_be_apostrophe(self, text: &str) -> bool {
        self.sort == Sort::Single
            && self.after == Side::Space
            && text[..self.at].ends_with(['s', 'S'])
            && self.end() < text.len()
    }

    /// Whether what it opens is a quotation even if nothing closes it.
    pub(super) fn needs_no_end(self) -> bool {
        match self.sort {
            Sort::Single => self.shape == Shape::Open && self.begins_speech,
            _ => true,
        }
    }
}

/// Appends the signs in `text[start..end]`, but for apostrophes within words.
/// `candidates` are those of the text from `start` on, or earlier.
pub(super) fn read(
    text: &str,
    start: usize,
    end: usize,
    rules: &QuotationRules,
    candidates: &mut Candidates,
    signs: &mut Vec<Sign>,
) {
    let text = &text[..end];
    candidates.pass(start);
    loop {
        let at = candidates.first();
        if at >= end {
            return;
        }
        if let Some(end) = apostrophe_end(text.as_bytes(), start, at) {
            candidates.pass(end);
            continue;
        }
        let Some(c) = text[at..].chars().next() else { return };
        let mut len = c.len_utf8();
        let doubled = doubled(c).filter(|_| text[at + len..].starts_with(c));
        if let Some((sort, shape)) = doubled.or_else(|| sort(c)) {
            if doubled.is_some() {
                len *= 2;
            }
            let rest = &text[at + len..];
            let next = rest.chars().next();
            let (mut before, after) = (side(text[start..at].chars().next_back()), side(next));
            if !(sort == Sort::Single && before == Side::Letter && matches!(after, Side::Letter | Side::Digit)) {
                // A mark right behind one of another sort that opens, opens too.
                let opened = |last: &Sign| last.end() == at && last.sort != sort && last.opens() && !last.closes();
                if signs.last().is_some_and(opened) {
                    before = Side::Opening;
                }
                let elision = sort == Sort::Single && elides(rest, rules);
                let begins_speech = next.is_some_and(|c| c.is_uppercase() || c == '“');
                signs.push(Sign { at, len, sort, shape, before, after, elision, begins_speech, better_follows: false });
            }
        }
        candidates.pass(at + len);
    }
}

/// The end of the mark at `at` if letters on both sides show at once that it is an apostrophe.
fn apostrophe_end(bytes: &[u8], start: usize, at: usize) -> Option<usize> {
    let end = match bytes[at..] {
        [b'\'', ..] => at + 1,
        [0xe2, 0x80, 0x99, ..] => at + 3,
        _ => return None,
    };
    let behind_letter = bytes[start..at].last().is_some_and(u8::is_ascii_alphabetic);
    (behind_letter && bytes.get(end).is_some_and(u8::is_ascii_alphabetic)).then_some(end)
}

/// The next places where a sign may be: of an ASCII one, and of those beyond.
pub(super) struct Candidates<'t> {
    bytes: &'t [u8],
    /// The end where there is none.
    ascii: usize,
    beyond: &'t [usize],
}

impl<'t> Candidates<'t> {
    /// Of a part of a text, which has these quotation marks `beyond` ASCII.
    pub(super) fn new(text: &'t str, part: Range<usize>, beyond: &'t [usize]) -> Candidates<'t> {
        let bytes = &text.as_bytes()[..part.end];
        Candidates { bytes, ascii: ascii(bytes, part.start), beyond }
    }

    fn first(&self) -> usize {
        self.beyond.first().map_or(self.ascii, |beyond| self.ascii.min(*beyond))
    }

    /// Passes all before `at`.
    fn pass(&mut self, at: usize) {
        if self.ascii < at {
            self.ascii = ascii(self.bytes, at);
        }
        while let Some((_, later)) = self.beyond.split_first().filter(|(first, _)| **first < at) {
            self.beyond = later;
        }
    }
}

fn ascii(bytes: &[u8], from: usize) -> usize {
    memchr3(b'"', b'\'', b'`', &bytes[from..]).map_or(bytes.len(), |at| from + at)
}

/// What two single marks stand for that are a double one.
fn doubled(c: char) -> Option<(Sort, Shape)> {
    match c {
        '\'' => Some((Sort::Double, Shape::Straight)),
        '`' | '‘' => Some((Sort::Double, Shape::Open)),
        '’' => Some((Sort::Double, Shape::Close)),
        _ => None,
    }
}

fn sort(c: char) -> Option<(Sort, Shape)> {
    Some(match c {
        '"' => (Sort::Double, Shape::Straight),
        '“' | '„' | '‟' => (Sort::Double, Shape::Open),
        '”' => (Sort::Double, Shape::Close),
        '\'' => (Sort::Single, Shape::Straight),
        '‘' | '‚' | '‛' => (Sort::Single, Shape::Open),
        '’' => (Sort::Single, Shape::Close),
        '«' => (Sort::Angle, Shape::Open),
        '»' => (Sort::Angle, Shape::Close),
        '‹' => (Sort::SingleAngle, Shape::Open),
        '›' => (Sort::SingleAngle, Shape::Close),
        _ => return None,
    })
}

fn side(c: Option<char>) -> Side {
    match c {
        None => Side::Space,
        Some(c) if c.is_ascii_lowercase() => Side::Letter,
        Some('(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '-' | '‐'..='―' | '/' | '=') => Side::Opening,
        Some('’' | '”' | '…') => Side::Other,
        Some(c) if c.is_whitespace() => Side::Space,
        Some(c) if c.is_alphabetic() => Side::Letter,
        Some(c) if c.is_numeric() => Side::Digit,
        Some(_) => Side::Other,
    }
}

/// The table `[quotations]` of a language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotationRules {
    /// What follows the apostrophe of words whose beginning was left out.
    elisions: HashSet<String>,
}

/// Whether `rest`, behind a single mark, is the rest of a word whose beginning was left out, or of a year as in ’08 and ’90s.
fn elides(rest: &str, rules: &QuotationRules) -> bool {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits == 2 {
        let after = rest[2..].strip_prefix('s').unwrap_or(&rest[2..]);
        return !after.starts_with(char::is_alphanumeric);
    }
    let mut word = [0; 8];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic);
    let len = word.iter_mut().zip(letters).map(|(to, letter)| *to = letter.to_ascii_lowercase()).count();
    let word = std::str::from_utf8(&word[..len]);
    (1..8).contains(&len) && word.is_ok_and(|word| rules.elisions.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences::Page;

    #[test]
    fn every_sign_beyond_ascii_is_noted_and_no_other() {
        let mut page = Page::default();
        for c in '\u{80}'..=char::MAX {
            page.begin();
            page.turn(&format!("a{c}b"));
            let is_sign = sort(c).or_else(|| doubled(c)).is_some();
            assert_eq!(page.beyond.quotes, Vec::from_iter(is_sign.then_some(1)), "{c:?}");
        }
    }
}
