//! Text into blocks: stretches whose line breaks are mere white space.
//!
//! A blank line always ends a block. A single line break does so only where the lines themselves show that nobody wrapped the
//! text there: a line of its own such as a headline, a dateline, a list item, or a field at the head of a message.

use std::cell::LazyCell;
use std::ops::Deref;

use memchr::memchr2;

use super::beyond::Beyond;
use super::frame;
use super::lists::Marker;
use super::rules::{Rules, Trait};
use crate::text::{leading_space, trimmed_end};

/// Lines longer than this were never wrapped, so each of them is a paragraph.
const UNWRAPPED: usize = 120;
/// A line that leaves this much more room than the next word needs was broken on purpose.
const ROOM: usize = 8;

/// Byte offsets of a block; begins with something to be seen.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Block {
    pub(in crate::text) start: usize,
    pub(in crate::text) end: usize,
}

/// The lines of a text, without the white space around them, and the paragraphs that blank lines part.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    all: Vec<Block>,
    /// By paragraph: up to where the lines are its own.
    ends: Vec<usize>,
}

impl Lines {
    /// Reads another text.
    fn read(&mut self, text: &str) {
        self.all.clear();
        self.ends.clear();
        let mut position = 0;
        loop {
            paragraph(text, &mut position, &mut self.all);
            if self.ends.last().copied().unwrap_or(0) == self.all.len() {
                return;
            }
            self.ends.push(self.all.len());
        }
    }

    /// The lines of a paragraph.
    fn of(&self, paragraph: usize) -> Option<&[Block]> {
        let end = *self.ends.get(paragraph)?;
        let start = paragraph.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.all[start..end])
    }

    /// The lines of each paragraph.
    pub(super) fn by_paragraph(&self) -> impl Iterator<Item = &[Block]> {
        (0..).map_while(|paragraph| self.of(paragraph))
    }

    /// Calls `each` with the paragraphs of the text, `text`: what blank lines part, and single lines where they are too long to
    /// have been wrapped.
    pub(in crate::text) fn paragraphs(&self, text: &str, mut each: impl FnMut(Block)) {
        for lines in self.by_paragraph() {
            // One line is a paragraph in either case.
            let wrapped = || lines.iter().all(|line| columns(&text[line.start..line.end]) <= UNWRAPPED);
            match lines {
                [first, .., last] if wrapped() => each(Block { start: first.start, end: last.end }),
                _ => lines.iter().for_each(|line| each(*line)),
            }
        }
    }
}

/// What is read of a text before all else, in memory that texts reuse.
#[derive(Debug, Default)]
pub(crate) struct BlockBuffers {
    pub(in crate::text) lines: Lines,
    pub(in crate::text) beyond: Beyond,
    /// The blocks of the current paragraph that are still to come, last first.
    ready: Vec<Block>,
    cuts: Vec<usize>,
}

impl BlockBuffers {
    /// Reads another text.
    pub(crate) fn read(&mut self, text: &str) {
        self.lines.read(text);
        self.beyond.read(text);
    }
}

/// The blocks of a text, in order.
pub(super) struct Blocks<'t> {
    rules: &'t Rules,
    text: &'t str,
    pub(super) buffers: BlockBuffers,
    /// The paragraph to come.
    paragraph: usize,
}

impl<'t> Blocks<'t> {
    /// Of a text that the `buffers` read.
    pub(super) fn new(rules: &'t Rules, text: &'t str, mut buffers: BlockBuffers) -> Blocks<'t> {
        buffers.ready.clear();
        Blocks { rules, text, buffers, paragraph: 0 }
    }

    /// Cuts the next paragraph into blocks, `ready`.
    fn cut(&mut self) -> Option<()> {
        let Blocks { rules, text, buffers: BlockBuffers { lines, ready, cuts, .. }, .. } = self;
        let lines = lines.of(self.paragraph)?;
        self.paragraph += 1;
        let width = LazyCell::new(|| lines.iter().map(|line| columns(&text[line.start..line.end])).max().unwrap_or(0));
        let mut start = 0;
        let mut list = None;
        for (i, pair) in lines.windows(2).enumerate() {
            let (above, below) = (&text[pair[0].start..pair[0].end], &text[pair[1].start..pair[1].end]);
            if i == 0 {
                list = Marker::at_start(above);
            }
            let marker = Marker::at_start(below);
            let item = marker.is_some_and(|m| m.stands_after(list, above));
            if item || on_its_own(rules, above, below, i == 0, &width) {
                let block = Block { start: lines[start].start, end: pair[0].end };
                frame::cut(rules, text, block, cuts, ready);
                start = i + 1;
            }
            if item {
                list = marker;
            }
        }
        if let (Some(first), Some(last)) = (lines.get(start), lines.last()) {
            let block = Block { start: first.start, end: last.end };
            frame::cut(rules, text, block, cuts, ready);
        }
        ready.reverse();
        Some(())
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        if self.buffers.ready.is_empty() {
            self.cut()?;
        }
        self.buffers.ready.pop()
    }
}

/// Whether the line `above` stands on its own, for reasons that no wrapped line of prose gives.
fn on_its_own(rules: &Rules, above: &str, below: &str, first: bool, width: &impl Deref<Target = usize>) -> bool {
    // Nearly all wrapped lines begin so.
    if below.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    let mut words = below.split_whitespace();
    let next = words.next().unwrap_or("");
    let opening = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opens = opening.starts_with(|c: char| !c.is_lowercase());
    if !opens || above.ends_with([',', ';', '-', '(', '&']) || above.ends_with(hyphenates) {
        return false;
    }
    let last = above.rsplit(char::is_whitespace).next().unwrap_or("");
    if rules.folded_is(Trait::Small, last) {
        return false;
    }
    let capitals = all_capitals(above);
    if capitals && !all_capitals(below) {
        return true;
    }
    let bare = next.len() == opening.len();
    let width = **width;
    let chosen = width > UNWRAPPED || columns(above) + 1 + columns(next) + ROOM <= width;
    chosen && (width > UNWRAPPED || capitals || title_case(rules, above) || (first && bare))
}

fn hyphenates(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{ad}')
}

/// Whether `line` is written like a headline: at least two words, all but small ones with a capital.
fn title_case(rules: &Rules, line: &str) -> bool {
    let mut capitalised = 0;
    for word in line.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        if word.starts_with(char::is_uppercase) {
            capitalised += 1;
        } else if word.starts_with(char::is_lowercase) && !rules.folded_is(Trait::Small, word) {
            return false;
        }
    }
    capitalised >= 2
}

/// Reads the lines of the next paragraph, without the white space around them, and leaves `position` behind it.
fn paragraph(text: &str, position: &mut usize, lines: &mut Vec<Block>) {
    let bytes = text.as_bytes();
    let mut start = *position + leading_space(&text[*position..]);
    while start < text.len() {
        let end = memchr2(b'\n', b'\r', &bytes[start..]).map_or(text.len(), |at| start + at);
        lines.push(Block { start, end: trimmed_end(text, start, end) });
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
                    return;
                }
                _ if c.is_whitespace() => start += c.len_utf8(),
                _ => break,
            }
        }
    }
    *position = text.len();
}

fn columns(line: &str) -> usize {
    if line.is_ascii() {
        line.len()
    } else {
        line.chars().count()
    }
}

/// Whether `line` has letters, at least two words or one long one, and all of them are capitals.
fn all_capitals(line: &str) -> bool {
    let mut letters = 0;
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 5
}
