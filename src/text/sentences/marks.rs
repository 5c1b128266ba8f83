//! Marks that may end a sentence, and what UAX #29 says of each.

use memchr::memchr3;

use super::unicode::{class, Class};
use crate::text::eight::{ascii_end, eight, not_letters};
use crate::text::{char_at, is_alphanumeric};

/// With which bytes a mark beyond ASCII may begin; all others are passed over.
const MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [0xd6, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xea, 0xef, 0xf0];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i] as usize] = true;
        i += 1;
    }
    table
};

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
    /// The first place not passed yet where a mark of ASCII stands, and where one beyond may begin; the end where there is none.
    ascii: usize,
    beyond: usize,
}

impl<'t> Marks<'t> {
    pub(super) fn new(text: &'t str) -> Marks<'t> {
        let bytes = text.as_bytes();
        Marks { text, ascii: ascii(bytes, 0), beyond: beyond(bytes, 0) }
    }

    /// The next mark in `text[from..end]`; `from` never goes back. An ellipsis `…` counts as one, though UAX #29 gives it no
    /// boundary.
    pub(super) fn next(&mut self, mut from: usize, end: usize) -> Option<Mark> {
        let bytes = &self.text.as_bytes()[..end];
        loop {
            self.pass(from);
            let at = self.ascii.min(self.beyond);
            let sign = match *bytes.get(at)? {
                sign if sign.is_ascii() => sign as char,
                _ => self.text[at..end].chars().next()?,
            };
            let after = at + sign.len_utf8();
            let kind = match sign {
                '.' => Class::ATerm,
                '?' | '!' => Class::STerm,
                '…' => Class::Other,
                _ => class(sign),
            };
            match kind {
                Class::ATerm | Class::STerm => {
                    let after = match bytes.get(after) {
                        Some(next) if !next.is_ascii() => pass(&self.text[..end], after, |c| c == Class::Extend),
                        _ => after,
                    };
                    return Some(Mark { sign, kind, at, after });
                }
                Class::ParaSep => return Some(Mark { sign, kind, at, after }),
                _ if sign == '…' => return Some(Mark { sign, kind, at, after }),
                _ => from = after,
            }
        }
    }

    fn pass(&mut self, from: usize) {
        if self.ascii < from {
            self.ascii = ascii(self.text.as_bytes(), from);
        }
        if self.beyond < from {
            self.beyond = beyond(self.text.as_bytes(), from);
        }
    }
}

fn ascii(bytes: &[u8], from: usize) -> usize {
    memchr3(b'.', b'?', b'!', &bytes[from..]).map_or(bytes.len(), |at| from + at)
}

fn beyond(bytes: &[u8], mut from: usize) -> usize {
    loop {
        from = ascii_end(bytes, from);
        match bytes[from..] {
            // Of the commonest signs, which are quotation marks and dashes, only `․`, `…`, a paragraph's end, `‼` and `‽` count.
            [0xe2, 0x80, last, ..] if !matches!(last, 0xa4 | 0xa6 | 0xa9 | 0xbc | 0xbd) => from += 3,
            [lead, ..] if !MAY_BEGIN[lead as usize] => from += 1,
            _ => return from,
        }
    }
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
