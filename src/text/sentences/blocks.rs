//! Text into blocks: stretches whose line breaks are mere white space.
//!
//! A blank line always ends a block. A single line break does so only where the lines themselves show that nobody wrapped the
//! text there: a line of its own such as a headline, a dateline, a list item, or a field at the head of a message.

use std::cell::OnceCell;

use super::frame;
use super::lists::{begins_small, Marker};
use super::page::{columns, Block, Page, UNWRAPPED};
use super::rules::{Rules, Trait};

/// A line that leaves this much more room than the next word needs was broken on purpose.
const ROOM: usize = 8;

/// Memory that texts reuse.
#[derive(Debug, Default)]
pub(crate) struct BlockBuffers {
    pub(super) page: Page,
    /// The blocks of the current paragraph that are still to come, last first.
    ready: Vec<Block>,
    cuts: Vec<usize>,
}

/// The blocks of a text, in order, page by page.
pub(super) struct Blocks<'t> {
    rules: &'t Rules,
    text: &'t str,
    pub(super) buffers: BlockBuffers,
    /// The paragraph of the page to come.
    paragraph: usize,
}

impl<'t> Blocks<'t> {
    /// Before the first page of a text.
    pub(super) fn new(rules: &'t Rules, text: &'t str, mut buffers: BlockBuffers) -> Blocks<'t> {
        buffers.page.begin();
        buffers.ready.clear();
        Blocks { rules, text, buffers, paragraph: 0 }
    }

    /// Goes on to the next page, if there is one.
    pub(super) fn turn(&mut self) -> bool {
        self.paragraph = 0;
        self.buffers.page.turn(self.text)
    }

    /// Cuts the next paragraph into blocks, `ready`.
    fn cut(&mut self) -> Option<()> {
        let Blocks { rules, text, buffers: BlockBuffers { page, ready, cuts }, .. } = self;
        let lines = page.lines.of(self.paragraph)?;
        let width = Width { text, lines, most: page.lines.most_bytes(self.paragraph), columns: OnceCell::new() };
        self.paragraph += 1;
        let mut start = 0;
        let mut list = match lines {
            [first, _, ..] => Marker::at_start(&text[first.start..first.end]),
            _ => None,
        };
        for (i, pair) in lines.windows(2).enumerate() {
            let (above, below) = (&text[pair[0].start..pair[0].end], &text[pair[1].start..pair[1].end]);
            if begins_small(below) {
                continue;
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

/// How wide the lines of a paragraph are.
struct Width<'t> {
    text: &'t str,
    lines: &'t [Block],
    /// The bytes of the longest, which has no more characters.
    most: usize,
    /// The characters of the widest, once somebody has asked.
    columns: OnceCell<usize>,
}

impl Width<'_> {
    /// Whether the widest has so many characters.
    fn is_at_least(&self, wanted: usize) -> bool {
        let of_line = |line: &Block| columns(&self.text[line.start..line.end]);
        self.most >= wanted && *self.columns.get_or_init(|| self.lines.iter().map(of_line).max().unwrap_or(0)) >= wanted
    }
}

/// Whether the line `above` stands on its own, for reasons that no wrapped line of prose gives.
fn on_its_own(rules: &Rules, above: &str, below: &str, first: bool, width: &Width) -> bool {
    let next = below.split_whitespace().next().unwrap_or("");
    let opening = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opens = opening.starts_with(|c: char| !c.is_lowercase());
    if !opens || above.ends_with([',', ';', '-', '(', '&']) || above.ends_with(hyphenates) {
        return false;
    }
    let capitals = all_capitals(above);
    let unwrapped = width.is_at_least(UNWRAPPED + 1);
    let bare = next.len() == opening.len();
    let chosen = || unwrapped || width.is_at_least(columns(above) + 1 + columns(next) + ROOM);
    let stands = (capitals && !all_capitals(below))
        || (chosen() && (unwrapped || capitals || (first && bare) || title_case(rules, above)));
    let last = || above.rsplit(char::is_whitespace).next().unwrap_or("");
    stands && !rules.folded_is(Trait::Small, last())
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
