//! The fast path: words of ASCII letters, numbers in digits and single marks, which are nearly all of a text. What it is not
//! sure of it leaves to the general path.

use super::short::Letters;
use super::{Cut, Shape, Short, Token, WordRules};
use crate::text::eight::{eight, not_digits};
use crate::text::Span;

/// What a byte is to this path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Class {
    Space,
    /// A mark of one byte, which no word goes on behind.
    Mark,
    Letter,
    Digit,
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
            // With control characters.
            0..=b' ' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'.' => Class::Stop,
            b'-' => Class::Hyphen,
            b'\'' => Class::Apostrophe,
            b'$' => Class::Dollar,
            b'&' | b'@' | b'_' => Class::Joint,
            0x7f => Class::Other,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes[0xe2] = Class::Dash;
    classes
};

/// A text, and what of it is cut, by bytes.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'t> {
    all: &'t [u8],
    /// Up to where it is cut.
    until: &'t [u8],
    /// From where on.
    from: usize,
}

impl Bytes<'_> {
    pub(super) fn new(text: &str, within: Span) -> Bytes<'_> {
        let all = text.as_bytes();
        Bytes { all, until: &all[..within.end()], from: within.start() }
    }

    /// What looks like a word of letters at `at`, if the word ends where that does, and whether white space follows.
    /// Always inlined and in parts, as what it returns is better not put into memory.
    #[inline(always)]
    pub(super) fn word(&self, at: usize) -> Option<(Letters, bool)> {
        let letters = Letters::at(self.all, at);
        if CLASSES[letters.first() as usize] != Class::Letter {
            return None;
        }
        let end = at + letters.len;
        let before_space = self.has_space(end);
        // Where the text is cut off in a word, the longer way knows.
        let ends = before_space || (end <= self.until.len() && self.ends_word(end));
        ends.then_some((letters, before_space))
    }

    /// The mark at `at` and its folded form, if it is sure to be one of a single byte.
    #[inline(always)]
    pub(super) fn mark(&self, at: usize) -> Option<(Token, Short)> {
        let byte = *self.until.get(at)?;
        let alone = match CLASSES[byte as usize] {
            Class::Mark => true,
            // Several in a row are one.
            Class::Stop | Class::Hyphen => self.until.get(at + 1) != Some(&byte),
            _ => false,
        };
        alone.then(|| (Token::new(at, 1, Shape::Mark), Short::mark(byte)))
    }

    /// Whether white space stands at `at`.
    #[inline]
    pub(super) fn has_space(&self, at: usize) -> bool {
        self.until.get(at).is_some_and(|byte| *byte <= b' ')
    }

    /// The number or other mark at `start`, and its folded form where that is known at once. `None` where a longer look
    /// is needed.
    #[inline(always)]
    pub(super) fn token(&self, start: usize, rules: &WordRules) -> Option<(Token, Option<Short>)> {
        let byte = *self.until.get(start)?;
        let mark = |len| Token::new(start, len, Shape::Mark);
        if let Some(digits) = self.digits_start(start) {
            let (end, shape) = self.number_end(digits, rules)?;
            let span = Span::new(start, end);
            return Some((Token::of(span, shape), Short::of(self.all, span).filter(|_| byte.is_ascii())));
        }
        match CLASSES[byte as usize] {
            Class::Joint => Some((mark(1), Some(Short::mark(byte)))),
            // Where a text begins, it may be a clitic by itself.
            Class::Apostrophe if start > self.from => Some((mark(1), Some(Short::mark(byte)))),
            Class::Dash => {
                let end = self.curly(start).filter(|_| start > self.from || self.apostrophe_end(start).is_none())?;
                Some((mark(end - start), curly_mark(self.until[end - 1])))
            }
            Class::Dollar => Some((mark(1), Some(Short::mark(byte)))),
            _ => None,
        }
    }

    /// The word at `start`, which may go on behind hyphens and an apostrophe, and the clitic behind it.
    /// `None` where the general path has to say.
    pub(super) fn joined_word(&self, start: usize, rules: &WordRules) -> Option<Cut> {
        let letters = self.letters_end(start);
        if letters == start {
            return None;
        }
        let mut end = self.joined_end(letters);
        let mut folded = Short::of(self.all, Span::new(start, end));
        let mut clitic = None;
        let mut tail = end;
        if let Some(after) = self.apostrophe_end(end).filter(|after| self.class(*after) == Some(Class::Letter)) {
            tail = self.letters_end(after);
            let ending = Short::of(self.all, Span::new(after, tail)).and_then(|tail| Short::mark(b'\'').then(tail));
            if rules.has_clitic(&self.until[after..tail]) {
                clitic = Some((Token::of(Span::new(end, tail), Shape::Lower), ending));
            } else {
                folded = folded.zip(ending).and_then(|(word, ending)| word.then(ending));
                end = tail;
            }
        }
        let word = Token::of(Span::new(start, end), shape(&self.until[start..end]));
        self.ends_word(tail).then_some(Cut { token: Some((word, folded)), clitic, end: tail })
    }

    #[inline]
    fn class(&self, at: usize) -> Option<Class> {
        self.until.get(at).map(|byte| CLASSES[*byte as usize])
    }

    #[inline]
    pub(super) fn skip_space(&self, mut at: usize) -> usize {
        while self.has_space(at) {
            at += 1;
        }
        at
    }

    /// Where the digits of a number at `at` begin: there, or behind the sign of a currency.
    #[inline(always)]
    fn digits_start(&self, at: usize) -> Option<usize> {
        if self.class(at) == Some(Class::Digit) {
            return Some(at);
        }
        let sign = match self.rest(at) {
            [b'$', ..] => 1,
            [0xc2, 0xa3 | 0xa5, ..] => 2,
            [0xe2, 0x82, 0xac, ..] => 3,
            _ => return None,
        };
        Some(at + sign).filter(|digits| self.class(*digits) == Some(Class::Digit))
    }

    /// Where the digits at `start` end, with the commas and points between them, and a per cent sign or letters, also behind
    /// hyphens; and how what ends there is written.
    #[inline(always)]
    fn number_end(&self, start: usize, rules: &WordRules) -> Option<(usize, Shape)> {
        let mut end = start;
        loop {
            // At once, as nobody can foresee how many they are.
            let digits = not_digits(eight(self.until, end)).trailing_zeros() as usize / 8;
            end += digits;
            match self.until.get(end) {
                Some(byte) if digits == 8 && byte.is_ascii_digit() => {}
                Some(b',' | b'.') if self.class(end + 1) == Some(Class::Digit) => end += 1,
                Some(b'%') => return Some((end + 1, Shape::Number)),
                _ if self.ends_word(end) => return Some((end, Shape::Number)),
                _ => return self.unit_end(end, rules),
            }
        }
    }

    /// As `number_end`, where its digits end at `end` and letters or hyphens follow.
    #[inline(never)]
    fn unit_end(self, end: usize, rules: &WordRules) -> Option<(usize, Shape)> {
        let tail = self.joined_end(self.letters_end(end));
        let unit = &self.until[end..tail];
        let shape = match rules.has_number_ending(unit) {
            true => Shape::Number,
            false => shape(unit.strip_prefix(b"-").unwrap_or(unit)),
        };
        (tail > end && self.ends_word(tail)).then_some((tail, shape))
    }

    /// Where the words of letters end that hyphens join to what ends at `at`.
    fn joined_end(&self, mut at: usize) -> usize {
        while self.class(at) == Some(Class::Hyphen) && self.class(at + 1) == Some(Class::Letter) {
            at = self.letters_end(at + 1);
        }
        at
    }

    /// Where the run of letters at `at` ends, of which there may be none.
    fn letters_end(&self, mut at: usize) -> usize {
        while self.class(at) == Some(Class::Letter) {
            at += 1;
        }
        at
    }

    /// Whether no word goes on at `at`, whatever it is.
    #[inline(always)]
    fn ends_word(&self, at: usize) -> bool {
        match self.class(at) {
            None | Some(Class::Space | Class::Mark) => true,
            // As nearly all sentences do.
            Some(Class::Stop) if at + 1 == self.until.len() => true,
            _ => self.ends_word_at_joint(at),
        }
    }

    /// As `ends_word`, where there is neither white space nor a mark that always ends one.
    #[inline(never)]
    fn ends_word_at_joint(self, at: usize) -> bool {
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
        &self.until[at..]
    }
}

/// The folded form of a dash or curly quotation mark by its last byte; of an ellipsis it is no ASCII.
fn curly_mark(last: u8) -> Option<Short> {
    match last {
        0x93 | 0x94 => Some(Short::mark(b'-')),
        0x98 | 0x99 => Some(Short::mark(b'\'')),
        0x9c | 0x9d => Some(Short::mark(b'"')),
        _ => None,
    }
}

/// How a word of letters, hyphens and apostrophes is written.
fn shape(word: &[u8]) -> Shape {
    match word {
        [first, ..] if !first.is_ascii_uppercase() => Shape::Lower,
        [_] => Shape::Capital,
        [_, rest @ ..] if !rest.iter().any(u8::is_ascii_lowercase) => Shape::Capitals,
        _ => Shape::Capital,
    }
}
