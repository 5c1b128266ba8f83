//! Text into sentences: the boundaries of UAX #29, corrected by what a language's data says.

mod beyond;
mod blocks;
mod frame;
mod judge;
mod lists;
mod marks;
mod page;
mod rules;
#[cfg(test)]
mod tests;
mod unicode;

use std::sync::Arc;

pub(crate) use self::blocks::BlockBuffers;
use self::blocks::Blocks;
use self::judge::Judge;
use self::lists::Items;
use self::marks::Marks;
pub(in crate::text) use self::page::Block;
pub(crate) use self::page::Page;
use self::rules::Rules;
pub(crate) use self::rules::SentenceRules;
use super::{is_alphanumeric, trimmed_end, Span};

/// Cuts text into sentences by the rules of one language; cheap to clone.
///
/// Every character that is not white space belongs to exactly one sentence, so headlines, bylines and list items come out as
/// sentences of their own. A blank line always ends a sentence. A single line break does so only where the lines show that it is
/// no mere wrapping, as after a headline. Time is linear in the length of the text.
///
/// ```
/// let splitter = rhetor::SentenceSplitter::english();
/// let text = "Gen. Roe spoke at 5 p.m. on Friday. “It is over,” he said.";
/// let sentences: Vec<&str> = splitter.sentences(text).map(|span| &text[span.range()]).collect();
/// assert_eq!(sentences, ["Gen. Roe spoke at 5 p.m. on Friday.", "“It is over,” he said."]);
/// ```
#[derive(Clone, Debug)]
pub struct SentenceSplitter {
    rules: Arc<Rules>,
}

impl SentenceSplitter {
    /// The splitter for English, built on first use and shared from then on.
    #[cfg(feature = "bundled")]
    pub fn english() -> SentenceSplitter {
        super::english::ENGLISH.sentences.clone()
    }

    /// A splitter by these rules.
    pub(crate) fn new(rules: SentenceRules) -> SentenceSplitter {
        SentenceSplitter { rules: Arc::new(Rules::new(rules)) }
    }

    /// The sentences of `text` in order, each without the white space around it. Never fails; text without anything visible has
    /// no sentences.
    ///
    /// ```
    /// let splitter = rhetor::SentenceSplitter::english();
    /// let text = "Camp was empty,\nofficials say\n\nBy Jane Roe";
    /// assert_eq!(splitter.sentences(text).count(), 2);
    /// ```
    pub fn sentences<'t>(&'t self, text: &'t str) -> Sentences<'t> {
        self.sentences_with(text, BlockBuffers::default())
    }

    /// As `sentences`, in memory that other texts used before.
    pub(crate) fn sentences_with<'t>(&'t self, text: &'t str, buffers: BlockBuffers) -> Sentences<'t> {
        let nothing = Block { start: 0, end: 0 };
        Sentences {
            judge: Judge::new(&self.rules, text),
            marks: Marks::new(text),
            blocks: Blocks::new(&self.rules, text, buffers),
            items: Items::new(text, nothing),
            block: nothing,
            start: 0,
            text,
        }
    }
}

/// The sentences of a text, in order; made by [`SentenceSplitter::sentences`].
pub struct Sentences<'t> {
    text: &'t str,
    judge: Judge<'t>,
    marks: Marks<'t>,
    blocks: Blocks<'t>,
    block: Block,
    items: Items,
    /// Where the next sentence begins.
    start: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            let next = self.next_of_page();
            if next.is_some() || self.turn().is_none() {
                return next;
            }
        }
    }
}

impl Sentences<'_> {
    /// Goes on to the next page, if there is one.
    pub(crate) fn turn(&mut self) -> Option<&mut Page> {
        self.marks.turn();
        self.blocks.turn().then_some(&mut self.blocks.buffers.page)
    }

    /// The next sentence of the page.
    pub(crate) fn next_of_page(&mut self) -> Option<Span> {
        if self.start >= self.block.end {
            self.block = self.blocks.next()?;
            self.items = Items::new(self.text, self.block);
            self.start = self.block.start;
        }
        let (end, next) = self.end_of_sentence();
        let span = Span::new(self.start, trimmed_end(self.text, self.start, end));
        self.start = next;
        Some(span)
    }

    /// Gives the memory back.
    pub(crate) fn into_buffers(self) -> BlockBuffers {
        self.blocks.buffers
    }

    /// Where the sentence ends, and where what follows begins.
    fn end_of_sentence(&mut self) -> (usize, usize) {
        if self.items.at <= self.start {
            self.items.advance(self.text, self.block.end);
        }
        let limit = self.items.at;
        // A sentence has a letter or a digit, nearly always at its start; marks before the first end nothing.
        let mut from = match self.text.as_bytes()[self.start].is_ascii_alphanumeric() {
            true => self.start,
            false => self.text[self.start..limit].find(is_alphanumeric).map_or(limit, |at| self.start + at),
        };
        let beyond = &self.blocks.buffers.page.beyond;
        while let Some(mark) = self.marks.next(beyond, from, limit).filter(|mark| mark.after < limit) {
            if let Some(ends) = self.judge.end_of_sentence(self.start, &mark, limit) {
                return ends;
            }
            from = mark.after;
        }
        (limit, limit)
    }
}

/// The boundaries between sentences before any rule of a language: where UAX #29 puts them, were line breaks spaces.
#[cfg(test)]
fn base_boundaries(text: &str) -> Vec<usize> {
    let (mut page, mut found, mut marks) = (Page::default(), vec![], Marks::new(text));
    while page.turn(text) {
        marks.turn();
        for lines in (0..).map_while(|paragraph| page.lines.of(paragraph)) {
            let (start, end) = (lines[0].start, lines[lines.len() - 1].end);
            let mut from = start;
            found.push(start);
            while let Some(mark) = marks.next(&page.beyond, from, end) {
                from = mark.after;
                found.extend(mark.boundary(text, start, end).filter(|&at| at < end));
            }
        }
    }
    found
}
