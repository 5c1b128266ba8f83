//! Marks that may end a sentence, and what UAX #29 says of each.

use memchr::memchr3;

use super::beyond::Beyond;
use super::unicode::{class, Class};
use crate::text::eight::{eight, not_letters};
use crate::text::{char_at, is_alphanumeric};

/// A mark that may end a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) sign: char,
    kind: Class,
    /// Where it begins.
    pub(super) at: usize,
    /// Where it ends, with the characters that only modify it.
    pub(super) after: usize,
}

/// Goes from mark to mark.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    text: &'t str,
    /// The first place not passed yet where a mark of ASCII stands; the end where there is none.
    ascii: usize,
    /// How many marks of the page beyond ASCII are passed.
    passed: usize,
}

impl<'t> Marks<'t> {
    pub(super) fn new(text: &'t str) -> Marks<'t> {
        Marks { text, ascii: ascii(text.as_bytes(), 0), passed: 0 }
    }

    /// Goes on to the next page, all marks of the one before being passed.
    pub(super) fn turn(&mut self) {
        self.passed = 0;
    }

    /// The next mark in `text[from..end]`, where the page has these signs `beyond` ASCII; `from` never goes back. An ellipsis `…`
    /// counts as one, though UAX #29 gives it no boundary.
    pub(super) fn next(&mut self, beyond: &Beyond, from: usize, end: usize) -> Option<Mark> {
        if self.ascii < from {
            self.ascii = ascii(self.text.as_bytes(), from);
        }
        while beyond.marks.get(self.passed).is_some_and(|at| *at < from) {
            self.passed += 1;
        }
        let at = beyond.marks.get(self.passed).map_or(self.ascii, |at| self.ascii.min(*at));
        if at >= end {
            return None;
        }
        let sign = char_at(self.text, at)?;
        let kind = match sign {
            '.' => Class::ATerm,
            '?' | '!' => Class::STerm,
            '…' => Class::Other,
            _ => class(sign),
        };
        let mut after = at + sign.len_utf8();
        if matches!(kind, Class::ATerm | Class::STerm) {
            let block = &self.text[..end];
            if block.as_bytes().get(after).is_some_and(|next| !next.is_ascii()) {
                after = pass(block, after, |c| c == Class::Extend);
            }
        }
        Some(Mark { sign, kind, at, after })
    }
}

fn ascii(bytes: &[u8], from: usize) -> usize {
    memchr3(b'.', b'?', b'!', &bytes[from..]).map_or(bytes.len(), |at| from + at)
}

impl Mark {
    /// Where UAX #29 puts the boundary that this mark makes in `text[start..end]`, if any, with spaces for line breaks.
    pub(super) fn boundary(&self, text: &str, start: usize, end: usize) -> Option<usize> {
        let block = &text[..end];
        let closed = pass(block, self.after, |c| matches!(c, Class::Close | Class::Extend));
        let next = pass(block, closed, |c| matches!(c, Class::Sp | Class::Extend));
        let found = match (self.kind, first(block, next)) {
            (Class::ParaSep, _) => return Some(self.after),
            // SB8a, SB9
            (_, Some(Class::SContinue | Class::ATerm | Class::STerm | Class::ParaSep)) => false,
            (Class::STerm, _) => true,
            // SB6
            (Class::ATerm, _) if first(block, self.after) == Some(Class::Numeric) => false,
            // SB7
            (Class::ATerm, _)
                if first(block, self.after) == Some(Class::Upper) && letter_ends(&text[start..self.at]) =>
            {
                false
            }
            // SB8
            (Class::ATerm, _) => !small_letter_first(&block[next..]),
            _ => false,
        };
        found.then_some(next)
    }
}

/// The end of the run of characters from `at` whose class passes.
fn pass(text: &str, at: usize, test: impl Fn(Class) -> bool) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end).filter(|c| test(class(*c))) {
        end += c.len_utf8();
    }
    end
}

fn first(text: &str, at: usize) -> Option<Class> {
    char_at(text, at).map(class)
}

/// Whether the last character that is no mere modifier is a letter with case.
fn letter_ends(text: &str) -> bool {
    let last = text.chars().rev().map(class).find(|&c| c != Class::Extend);
    matches!(last, Some(Class::Upper | Class::Lower))
}

/// Whether a small letter comes before any other letter or mark. What is looked at ends at the next mark, so that looking ahead
/// from every mark costs no more than one pass.
fn small_letter_first(text: &str) -> bool {
    for c in text.chars() {
        match class(c) {
            Class::Lower => return true,
            Class::Upper | Class::OLetter | Class::ParaSep | Class::ATerm | Class::STerm => return false,
            _ => {}
        }
    }
    false
}

/// No listed word is longer than this many bytes.
const LONGEST_WORD: usize = 32;

/// The word that ends at `end`: back to white space, a bracket, a quotation mark or a dash, but not beyond `start`, nor much
/// farther than any listed word is long.
pub(super) fn word_before(text: &str, start: usize, end: usize) -> &str {
    let bytes = text.as_bytes();
    if let Some(last) = bytes[start..end].last_chunk() {
        let letters = not_letters(u64::from_le_bytes(*last)).leading_zeros() as usize / 8;
        // Nearly always a space stands before the letters.
        if bytes[start..end - letters].last() == Some(&b' ') {
            return &text[end - letters..end];
        }
    }
    let mut from = end;
    while from > start && end - from < LONGEST_WORD {
        let last = bytes[from - 1];
        let width = match last {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            b' ' => break,
            _ => match text[start..from].chars().next_back() {
                Some(c) if !ends_word(c) => c.len_utf8(),
                _ => break,
            },
        };
        from -= width;
    }
    &text[from..end]
}

/// The word at the start of `text`: letters, digits, and apostrophes within.
pub(super) fn word_at(text: &str) -> &str {
    let bytes = text.as_bytes();
    let letters = not_letters(eight(bytes, 0)).trailing_zeros() as usize / 8;
    if matches!(bytes.get(letters), Some(b' ' | b',' | b'.' | b'\n')) {
        return &text[..letters];
    }
    let len = text
        .char_indices()
        .take(LONGEST_WORD)
        .find(|&(_, c)| !is_alphanumeric(c) && !matches!(c, '\'' | '’' | '-'))
        .map_or(text.len(), |(at, _)| at);
    text[..len].trim_end_matches(['\'', '’', '-'])
}

/// Whether `c` parts words. Signs within addresses do not, so that "?c=d." does not end in an initial.
fn ends_word(c: char) -> bool {
    match c {
        '\'' | '’' => false,
        '*' | '–' | '—' => true,
        _ => matches!(class(c), Class::Sp | Class::ParaSep | Class::Close),
    }
}
