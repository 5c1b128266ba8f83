//! Marks that may end a sentence, and what UAX #29 says of each.

use memchr::memchr3;

use super::unicode::{class, Class};

/// How many bytes are searched at a time.
const WINDOW: usize = 256;

/// What kind of byte may begin a mark; all other bytes are passed over.
const MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [b'.', b'?', b'!', 0xd6, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xea, 0xef, 0xf0];
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

/// The next mark in `text[from..end]`. An ellipsis `…` counts as one, though UAX #29 gives it no boundary.
pub(super) fn next_mark(text: &str, from: usize, end: usize) -> Option<Mark> {
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    loop {
        at += may_begin(&bytes[at..])?;
        // Nearly all marks are a full stop.
        let (sign, kind) = match bytes[at] {
            b'.' => ('.', Class::ATerm),
            b @ (b'?' | b'!') => (b as char, Class::STerm),
            _ => {
                let sign = text[at..end].chars().next()?;
                (sign, if sign == '…' { Class::Other } else { class(sign) })
            }
        };
        let after = at + sign.len_utf8();
        match kind {
            Class::ATerm | Class::STerm => {
                let after = pass(&text[..end], after, |c| c == Class::Extend);
                return Some(Mark { sign, kind, at, after });
            }
            Class::ParaSep => return Some(Mark { sign, kind, at, after }),
            _ if sign == '…' => return Some(Mark { sign, kind, at, after }),
            _ => at = after,
        }
    }
}

/// Where the first byte stands that may begin a mark.
fn may_begin(bytes: &[u8]) -> Option<usize> {
    // By windows, so that marks beyond ASCII do not make every search for an ASCII one run to the end of the text.
    let mut from = 0;
    for window in bytes.chunks(WINDOW) {
        let ascii = memchr3(b'.', b'?', b'!', window).unwrap_or(window.len());
        let before = &window[..ascii];
        let found = if before.is_ascii() { None } else { before.iter().position(|&b| MAY_BEGIN[b as usize]) };
        if let Some(at) = found.or((ascii < window.len()).then_some(ascii)) {
            return Some(from + at);
        }
        from += window.len();
    }
    None
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
    for c in text[at..].chars() {
        if !test(class(c)) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn first(text: &str, at: usize) -> Option<Class> {
    text[at..].chars().next().map(class)
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
    let mut from = end;
    while from > start && end - from < LONGEST_WORD {
        let last = bytes[from - 1];
        let width = match last {
            b'a'..=b'z' | b'A'..=b'Z' => 1,
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
    let len = text
        .char_indices()
        .take(LONGEST_WORD)
        .find(|&(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
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
