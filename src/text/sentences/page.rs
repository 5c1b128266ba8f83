//! A text page by page: what every reader of it needs to know before all else.
//!
//! A text is gone through more than once, for its lines, its signs, its quotations and its sentences. By pages, what was read is
//! still at hand for the next of them, however long the text is.

use std::ops::Range;

use memchr::memchr2;

use super::beyond::Beyond;
use crate::text::{leading_space, trimmed_end};

/// A page has as many whole paragraphs as it takes to fill so many bytes: far fewer than the processor has at hand.
pub(super) const PAGE: usize = 1 << 16;
/// Lines longer than this were never wrapped, so each of them is a paragraph.
pub(super) const UNWRAPPED: usize = 120;

/// Byte offsets of a block; begins with something to be seen.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Block {
    pub(in crate::text) start: usize,
    pub(in crate::text) end: usize,
}

/// The lines of a page, without the white space around them, and the paragraphs that blank lines part.
#[derive(Debug, Default)]
pub(in crate::text) struct Lines {
    all: Vec<Block>,
    paragraphs: Vec<Paragraph>,
}

#[derive(Clone, Copy, Debug)]
struct Paragraph {
    /// Up to where the lines are its own.
    end: usize,
    /// The bytes of its longest line.
    most: usize,
}

impl Lines {
    /// The lines of a paragraph.
    pub(super) fn of(&self, paragraph: usize) -> Option<&[Block]> {
        let end = self.paragraphs.get(paragraph)?.end;
        let start = paragraph.checked_sub(1).map_or(0, |before| self.paragraphs[before].end);
        Some(&self.all[start..end])
    }

    /// How many bytes the longest line of a paragraph has; no line has more characters.
    pub(super) fn most_bytes(&self, paragraph: usize) -> usize {
        self.paragraphs[paragraph].most
    }

    /// How many paragraphs there are.
    pub(in crate::text) fn paragraphs(&self) -> usize {
        self.paragraphs.len()
    }
}

/// Some whole paragraphs of a text.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(in crate::text) lines: Lines,
    pub(in crate::text) beyond: Beyond,
    start: usize,
    end: usize,
}

impl Page {
    /// Begins another text, before its first page.
    pub(in crate::text) fn begin(&mut self) {
        self.end = 0;
    }

    /// Goes on to the next page, if there is one.
    pub(in crate::text) fn turn(&mut self, text: &str) -> bool {
        self.lines.all.clear();
        self.lines.paragraphs.clear();
        self.beyond.clear();
        self.start = self.end;
        self.extend(text, PAGE)
    }

    /// Adds the paragraphs that it takes to read so many bytes further, one at least; whether there is any.
    pub(in crate::text) fn extend(&mut self, text: &str, least: usize) -> bool {
        let Page { lines: Lines { all, paragraphs }, beyond, end, .. } = self;
        let (from, before) = (*end, paragraphs.len());
        loop {
            let lines = all.len();
            let most = paragraph(text, end, all);
            if lines == all.len() {
                break;
            }
            paragraphs.push(Paragraph { end: all.len(), most });
            if *end - from >= least {
                break;
            }
        }
        beyond.read(text, from..*end);
        paragraphs.len() > before
    }

    /// Byte offsets of all that was read of the text for it.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Calls `each` with the paragraphs of the page from one on, `from`: what blank lines part, and single lines where they
    /// are too long to have been wrapped.
    pub(in crate::text) fn paragraphs(&self, text: &str, from: usize, mut each: impl FnMut(Block)) {
        for (paragraph, lines) in (from..).map_while(|paragraph| Some((paragraph, self.lines.of(paragraph)?))) {
            let fits = |line: &Block| columns(&text[line.start..line.end]) <= UNWRAPPED;
            // One line is a paragraph in either case.
            match lines {
                [first, .., last] if self.lines.most_bytes(paragraph) <= UNWRAPPED || lines.iter().all(fits) => {
                    each(Block { start: first.start, end: last.end })
                }
                _ => lines.iter().for_each(|line| each(*line)),
            }
        }
    }
}

/// Reads the lines of the next paragraph, without the white space around them, and leaves `position` behind it. Returns how many
/// bytes the longest has.
fn paragraph(text: &str, position: &mut usize, lines: &mut Vec<Block>) -> usize {
    let bytes = text.as_bytes();
    let mut start = *position + leading_space(&text[*position..]);
    let mut most = 0;
    while start < text.len() {
        let end = memchr2(b'\n', b'\r', &bytes[start..]).map_or(text.len(), |at| start + at);
        let line = Block { start, end: trimmed_end(text, start, end) };
        most = most.max(line.end - line.start);
        lines.push(line);
        let after = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        *position = after.min(text.len());
        start = *position;
        // Nearly all lines begin with a letter.
        if bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        for c in text[start..].chars() {
            match c {
                '\n' | '\r' => {
                    *position = start + 1;
                    return most;
                }
                _ if c.is_whitespace() => start += c.len_utf8(),
                _ => break,
            }
        }
    }
    *position = text.len();
    most
}

/// How many characters a line has.
pub(super) fn columns(line: &str) -> usize {
    if line.is_ascii() {
        line.len()
    } else {
        line.chars().count()
    }
}
