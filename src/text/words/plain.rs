//! The fast path: words of ASCII letters, numbers in digits and single marks, which are nearly all of a text. What it is not
//! sure of it leaves to the general path.

use super::{Shape, Token, WordRules};
use crate::text::eight::{eight, eight_times, HIGH};
use crate::text::Span;

/// What a byte is to this path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    /// A mark of one byte, which no word goes on behind.
    Mark,
    /// Marks behind which a word may go on.
    Stop,
    Hyphen,
    Apostrophe,
    Dollar,
    /// "&", "@" and "_".
    Joint,
    /// The first byte of a dash, of a curly quotation mark and of an ellipsis, among others.
    Dash,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 0x80 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'.' => Class::Stop,
            b'-' => Class::Hyphen,
            b'\'' => Class::Apostrophe,
            b'$' => Class::Dollar,
            b'&' | b'@' | b'_' => Class::Joint,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes[0xe2] = Class::Dash;
    classes
};

/// A text up to where it is cut, by bytes.
pub(super) struct Bytes<'t>(&'t [u8]);

impl Bytes<'_> {
    pub(super) fn new(text: &str, end: usize) -> Bytes<'_> {
        Bytes(&text.as_bytes()[..end])
    }

    /// Appends the token at `at`, or the word and its clitic, behind any white space; returns where it ends. `None` where the
    /// general path has to say. What is cut begins at `from`.
    #[inline]
    pub(super) fn cut(&self, at: usize, from: usize, rules: &WordRules, tokens: &mut Vec<Token>) -> Option<usize> {
        let mut start = at;
        while self.class(start)? == Class::Space {
            start += 1;
        }
        let (end, shape) = match self.class(start)? {
            Class::Letter => return self.word(start, rules, tokens),
            Class::Digit => (self.number_end(start)?, Shape::Number),
            Class::Dollar if self.class(start + 1) == Some(Class::Digit) => {
                (self.number_end(start + 1)?, Shape::Number)
            }
            Class::Mark | Class::Joint | Class::Dollar => (start + 1, Shape::Mark),
            // Several in a row are one.
            Class::Stop | Class::Hyphen if self.class(start + 1) != self.class(start) => (start + 1, Shape::Mark),
            // Where a text begins, it may be a clitic by itself.
            Class::Apostrophe if start > from => (start + 1, Shape::Mark),
            Class::Dash if start > from => (self.curly(start)?, Shape::Mark),
            _ => return None,
        };
        tokens.push(Token { span: Span::new(start, end), shape });
        Some(end)
    }

    #[inline]
    fn class(&self, at: usize) -> Option<Class> {
        self.0.get(at).map(|byte| CLASSES[*byte as usize])
    }

    /// Appends the word at `start`, and the clitic behind it.
    #[inline]
    fn word(&self, start: usize, rules: &WordRules, tokens: &mut Vec<Token>) -> Option<usize> {
        let end = self.letters_end(start);
        match self.class(end) {
            None | Some(Class::Space | Class::Mark) => {
                tokens.push(self.word_token(start, end));
                Some(end)
            }
            _ => self.joined_word(start, end, rules, tokens),
        }
    }

    /// As `word`, where the first letters of the word end at `end` and it may go on behind a hyphen or an apostrophe.
    #[inline(never)]
    fn joined_word(&self, start: usize, mut end: usize, rules: &WordRules, tokens: &mut Vec<Token>) -> Option<usize> {
        while self.class(end) == Some(Class::Hyphen) && self.class(end + 1) == Some(Class::Letter) {
            end = self.letters_end(end + 1);
        }
        let mut tail = end;
        if let Some(after) = self.apostrophe_end(end).filter(|after| self.class(*after) == Some(Class::Letter)) {
            tail = self.letters_end(after);
            if !rules.has_clitic(&self.0[after..tail]) {
                end = tail;
            }
        }
        if !self.ends_word(tail) {
            return None;
        }
        tokens.push(self.word_token(start, end));
        if end < tail {
            tokens.push(Token { span: Span::new(end, tail), shape: Shape::Lower });
        }
        Some(tail)
    }

    #[inline]
    fn word_token(&self, start: usize, end: usize) -> Token {
        let shape = match self.0[start].is_ascii_lowercase() {
            true => Shape::Lower,
            false => capital(&self.0[start + 1..end]),
        };
        Token { span: Span::new(start, end), shape }
    }

    /// Where the digits at `start` end, with the commas and points between them, and a per cent sign.
    fn number_end(&self, start: usize) -> Option<usize> {
        let mut end = start;
        loop {
            while self.class(end) == Some(Class::Digit) {
                end += 1;
            }
            match self.0.get(end) {
                Some(b',' | b'.') if self.class(end + 1) == Some(Class::Digit) => end += 1,
                Some(b'%') => return Some(end + 1),
                _ => return self.ends_word(end).then_some(end),
            }
        }
    }

    /// Where the run of letters at `at` ends, of which there may be none.
    fn letters_end(&self, mut at: usize) -> usize {
        loop {
            let others = not_letters(eight(self.0, at));
            if others != 0 {
                return at + others.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
    }

    /// Whether no word goes on at `at`, whatever it is.
    fn ends_word(&self, at: usize) -> bool {
        match self.class(at) {
            None | Some(Class::Space | Class::Mark) => true,
            Some(Class::Stop | Class::Hyphen | Class::Joint) => self.has_no_letter(at + 1),
            Some(Class::Apostrophe | Class::Dash) => match self.apostrophe_end(at) {
                Some(after) => self.has_no_letter(after),
                None => self.curly(at).is_some(),
            },
            Some(Class::Letter | Class::Digit | Class::Dollar | Class::Other) => false,
        }
    }

    /// Whether it is certain that neither a letter nor a digit stands at `at`.
    fn has_no_letter(&self, at: usize) -> bool {
        match self.class(at) {
            Some(Class::Letter | Class::Digit | Class::Other) => false,
            Some(Class::Dash) => self.curly(at).is_some(),
            _ => true,
        }
    }

    /// The end of the apostrophe at `at`, straight or curly.
    fn apostrophe_end(&self, at: usize) -> Option<usize> {
        match self.rest(at) {
            [b'\'', ..] => Some(at + 1),
            [0xe2, 0x80, 0x98 | 0x99, ..] => Some(at + 3),
            _ => None,
        }
    }

    /// The end of the dash, curly quotation mark or ellipsis at `at`, if nothing behind it may be part of it.
    fn curly(&self, at: usize) -> Option<usize> {
        let is_curly = |rest: &[u8]| matches!(rest, [0xe2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6, ..]);
        let rest = self.rest(at);
        let alone = |rest: &[u8]| rest.first().is_none_or(u8::is_ascii) || is_curly(rest);
        (is_curly(rest) && alone(&rest[3..])).then_some(at + 3)
    }

    fn rest(&self, at: usize) -> &[u8] {
        &self.0[at..]
    }
}

/// How a word of letters, hyphens and apostrophes is written that has this behind a capital.
fn capital(rest: &[u8]) -> Shape {
    match rest {
        [] => Shape::Capital,
        _ if rest.iter().any(u8::is_ascii_lowercase) => Shape::Capital,
        _ => Shape::Capitals,
    }
}

/// The highest bit of each byte that is no ASCII letter.
fn not_letters(bytes: u64) -> u64 {
    // Small letters, without the highest bit, so that no sum carries into the next byte.
    let small = (bytes & !HIGH) | eight_times(0x20);
    let from_a = small + eight_times(0x80 - b'a');
    let beyond_z = small + eight_times(0x80 - b'z' - 1);
    (!from_a | beyond_z | bytes) & HIGH
}
