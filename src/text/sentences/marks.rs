//! Marks that may end a sentence, and what UAX #29 says of each.

use super::unicode::{class, Class};

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

/// A mark in a block, with what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) sign: char,
    /// Where it begins.
    pub(super) at: usize,
    /// Where it ends, with the characters that only modify it.
    pub(super) after: usize,
    /// The end of the brackets, quotation marks and white space behind it.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) next: usize,
    /// Whether UAX #29 puts a boundary at `next`.
    pub(super) boundary: bool,
}

/// The next mark in `text[from..end]`. An ellipsis `…` counts as one, though UAX #29 gives it no boundary.
pub(super) fn next_mark(text: &str, block_start: usize, from: usize, end: usize) -> Option<Mark> {
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|&b| MAY_BEGIN[b as usize])?;
        // Nearly all marks are a full stop.
        let (sign, kind) = match bytes[at] {
            b'.' => ('.', Class::ATerm),
            b @ (b'?' | b'!') => (b as char, Class::STerm),
            _ => {
                let sign = text[at..end].chars().next()?;
                (sign, class(sign))
            }
        };
        let after = at + sign.len_utf8();
        match kind {
            Class::ATerm | Class::STerm => return Some(look_around(text, block_start, at, sign, kind, end)),
            Class::ParaSep => return Some(Mark { sign, at, after, next: after, boundary: true }),
            _ if sign == '…' => return Some(look_around(text, block_start, at, sign, kind, end)),
            _ => at = after,
        }
    }
}

fn look_around(text: &str, block_start: usize, at: usize, sign: char, kind: Class, end: usize) -> Mark {
    let block = &text[..end];
    let after = pass(block, at + sign.len_utf8(), |c| c == Class::Extend);
    let closed = pass(block, after, |c| matches!(c, Class::Close | Class::Extend));
    let next = if closed < end { pass(block, closed, |c| matches!(c, Class::Sp | Class::Extend)) } else { end };
    let boundary = match first(block, next) {
        _ if !matches!(kind, Class::ATerm | Class::STerm) => false,
        // SB8a, SB9
        Some(Class::SContinue | Class::ATerm | Class::STerm | Class::ParaSep) => false,
        _ if kind == Class::STerm => true,
        // SB6
        _ if first(block, after) == Some(Class::Numeric) => false,
        // SB7
        _ if first(block, after) == Some(Class::Upper) && letter_ends(&text[block_start..at]) => false,
        // SB8
        _ => !small_letter_first(&block[next..]),
    };
    Mark { sign, at, after, next, boundary }
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
    let from = text[start..end]
        .char_indices()
        .rev()
        .take(LONGEST_WORD)
        .find(|&(_, c)| ends_word(c))
        .map_or(end.saturating_sub(LONGEST_WORD).max(start), |(at, c)| start + at + c.len_utf8());
    let mut from = from;
    while !text.is_char_boundary(from) {
        from += 1;
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
