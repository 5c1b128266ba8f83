//! The stretches of a text that stand in quotation marks.

mod signs;

use super::sentences::Page;
use super::Span;
pub(crate) use signs::QuotationRules;
use signs::{read, Candidates, Shape, Sign, Sort};

/// A double mark closes its quotation over at most this many single ones, which keeps time linear.
const MOST_PASSED: usize = 8;

/// A stretch of text in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotation {
    span: Span,
    inner: Span,
    depth: usize,
}

impl Quotation {
    /// All of it, with its marks.
    pub const fn span(self) -> Span {
        self.span
    }

    /// What stands between its marks.
    pub const fn inner(self) -> Span {
        self.inner
    }

    /// In how many other quotations it stands.
    pub const fn depth(self) -> usize {
        self.depth
    }
}

/// The quotations in an English `text`, in order of their starts, an outer one before those within it.
///
/// Knows “ ”, " ", ‘ ’, ' ', '' '', `` '', „ “, « » and ‹ ›. An apostrophe is no quotation mark, so a single straight mark counts only where it
/// clearly opens and another closes it. A quotation that is never closed ends with its paragraph, unless the next paragraph opens
/// with the same mark: then it goes on, as in a speech of several paragraphs. Never fails, and takes time linear in the text.
///
/// ```
/// let text = "“The ‘strike’ is over,” officials said.";
/// let found = rhetor::quotations(text);
/// assert_eq!(found.len(), 2);
/// assert_eq!(&text[found[0].span().range()], "“The ‘strike’ is over,”");
/// assert_eq!(&text[found[1].inner().range()], "strike");
/// assert_eq!(found[1].depth(), 1);
/// ```
#[cfg(feature = "bundled")]
pub fn quotations(text: &str) -> Vec<Quotation> {
    find(text, &super::english::ENGLISH.quotations)
}

/// The same by the rules of any language.
#[cfg(any(test, feature = "bundled"))]
pub(crate) fn find(text: &str, rules: &QuotationRules) -> Vec<Quotation> {
    let (mut page, mut reader, mut found) = (Page::default(), QuotationReader::default(), Vec::new());
    while page.turn(text) {
        reader.read(text, &mut page, rules, &mut found);
    }
    found
}

/// Reads the quotations of texts page by page, with the same memory.
#[derive(Debug, Default)]
pub(crate) struct QuotationReader {
    /// `None` where what looked like an opening mark was none.
    found: Vec<Option<Quotation>>,
    open: Vec<Open>,
    /// The signs of a paragraph.
    signs: Vec<Sign>,
    /// The ends of the quotations that stand around the current one.
    ends: Vec<usize>,
}

/// A quotation that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    sign: Sign,
    /// Its place in `found`.
    index: usize,
}

impl QuotationReader {
    /// Adds the quotations of a page to those `found`. As none is left open, the page goes on until all are closed.
    pub(crate) fn read(&mut self, text: &str, page: &mut Page, rules: &QuotationRules, found: &mut Vec<Quotation>) {
        let mut signs = std::mem::take(&mut self.signs);
        let (mut from, mut paragraph, mut passed) = (page.range().start, 0, 0);
        let mut last_end = 0;
        loop {
            let mut candidates = Candidates::new(text, from..page.range().end, &page.beyond.quotes[passed..]);
            page.paragraphs(text, paragraph, |paragraph| {
                signs.clear();
                read(text, paragraph.start, paragraph.end, rules, &mut candidates, &mut signs);
                let continued = self.go_on(&signs, paragraph.start, last_end);
                self.paragraph(text, &mut signs, continued);
                last_end = paragraph.end;
            });
            (from, paragraph, passed) = (page.range().end, page.lines.paragraphs(), page.beyond.quotes.len());
            if self.open.is_empty() || !page.extend(text, 0) {
                break;
            }
        }
        self.signs = signs;
        self.end_open(0, last_end);
        self.finish(found);
    }

    /// Ends the quotations left open by the paragraph before, which ended at `end`, but for those that the marks at the start of
    /// this one take up again. Returns how many marks did so.
    fn go_on(&mut self, signs: &[Sign], start: usize, end: usize) -> usize {
        let mut at = start;
        let mut continued = 0;
        for (open, sign) in self.open.iter().zip(signs) {
            if sign.at != at || sign.sort != open.sign.sort || sign.shape == Shape::Close {
                break;
            }
            at = sign.end();
            continued += 1;
        }
        self.end_open(continued, end);
        continued
    }

    /// Opens and closes quotations by the marks of a paragraph, the first `continued` of which are spent.
    fn paragraph(&mut self, text: &str, signs: &mut [Sign], continued: usize) {
        if signs.len() == continued {
            return;
        }
        note_better_ends(text, signs);
        for &sign in &signs[continued..] {
            let partner = self.partner(sign);
            let closes = partner.is_some() && sign.closes() && !(sign.better_follows && sign.may_be_apostrophe(text));
            if let (true, Some(partner)) = (closes, partner) {
                self.close(partner, sign);
            } else if sign.opens() {
                self.open.push(Open { sign, index: self.found.len() });
                self.found.push(None);
            }
        }
    }

    /// The open quotation that `sign` would close. Single marks never reach beyond an open quotation of another sort: they may be
    /// apostrophes. Others do, over single marks only, since what a single mark opened may be nothing.
    fn partner(&self, sign: Sign) -> Option<usize> {
        let passed = self.open.iter().rev().take(MOST_PASSED).take_while(|open| {
            open.sign.sort != sign.sort && sign.sort != Sort::Single && open.sign.sort == Sort::Single
        });
        let at = self.open.len().checked_sub(passed.count() + 1)?;
        (self.open[at].sign.sort == sign.sort).then_some(at)
    }

    fn close(&mut self, partner: usize, sign: Sign) {
        let Open { sign: first, index } = self.open[partner];
        self.open.truncate(partner);
        self.found[index] =
            Some(Quotation { span: Span::new(first.at, sign.end()), inner: Span::new(first.end(), sign.at), depth: 0 });
    }

    /// Ends all quotations but the outermost `keep` at `end`.
    fn end_open(&mut self, keep: usize, end: usize) {
        for Open { sign, index } in self.open.drain(keep..) {
            if sign.needs_no_end() && sign.end() < end {
                let inner = Span::new(sign.end(), end);
                self.found[index] = Some(Quotation { span: Span::new(sign.at, end), inner, depth: 0 });
            }
        }
    }

    /// Adds what was found in a page, with the depth of each.
    fn finish(&mut self, found: &mut Vec<Quotation>) {
        self.ends.clear();
        found.reserve(self.found.iter().flatten().count());
        for mut quotation in self.found.drain(..).flatten() {
            let around = self.ends.iter().rposition(|&end| end > quotation.span.start()).map_or(0, |at| at + 1);
            self.ends.truncate(around);
            quotation.depth = around;
            self.ends.push(quotation.span.end());
            found.push(quotation);
        }
    }
}

/// Notes for each sign whether a later one closes a single quotation beyond doubt before another could open.
fn note_better_ends(text: &str, signs: &mut [Sign]) {
    let mut ahead = false;
    for sign in signs.iter_mut().rev() {
        sign.better_follows = ahead;
        if sign.sort != Sort::Single {
            continue;
        }
        if sign.closes() && !sign.may_be_apostrophe(text) {
            ahead = true;
        } else if sign.opens() {
            ahead = false;
        }
    }
}
