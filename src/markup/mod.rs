//! Markdown and HTML: the prose in them, and where each piece of it stands.
//!
//! `markdown` and `html` read a source and tell `writer` what they come across; it joins the pieces to prose. `mapped`
//! holds the prose and knows where it is from, `switches` what comments say about tagging, and `record` annotates.

mod addresses;
mod elements;
mod front;
mod html;
mod mapped;
mod markdown;
mod record;
mod switches;
mod tokens;
mod writer;

use crate::annotate::OffRecord;
use crate::text::Span;
use mapped::Mapped;
use writer::Writer;

/// The prose of a Markdown or HTML source: what a reader reads, without the markup around and in it.
///
/// Left out are code, formulas, attributes, scripts, styles, comments, labels of buttons, note numbers, and front matter
/// between `---` or `+++` at the top. What is not prose but stands in a sentence, such as an image, leaves an object
/// replacement character, so that the words around it stay apart. Characters written as `&rsquo;` are the characters
/// that they stand for; words joined over an element boundary are one word; blocks are parted by a blank line, and other
/// white space is a single space, or a line break for `<br>`. Every position in the prose is known in the source.
///
/// A comment switches tagging off and on again:
///
/// ```text
/// <!-- rhetor: off -->                       from here on, up to `on` or to the end of the source
/// <!-- rhetor: on -->
/// <!-- rhetor: next - quoted as it stood --> for the next block, with a reason
/// ```
///
/// The reason is whatever follows the word, with or without a dash or colon before it. The next block is a paragraph,
/// a heading, a list, a table, a block quote, or in HTML the next element of this kind, with all that it holds.
///
/// ```
/// use rhetor::{Annotator, Prose};
///
/// let source = "The *collateral* damage of `x` – the officials&rsquo; words.";
/// let prose = Prose::markdown(source);
/// assert_eq!(prose.text(), "The collateral damage of \u{FFFC} – the officials’ words.");
///
/// let record = prose.record(&Annotator::bundled());
/// assert_eq!(record.annotations[0].device, "euphemism");
/// assert_eq!(record.annotations[0].text, "collateral* damage");
/// assert_eq!(&source[record.annotations[0].span.range()], "collateral* damage");
/// ```
#[derive(Clone, Debug)]
pub struct Prose<'s> {
    source: &'s str,
    mapped: Mapped,
    passages: Vec<OffRecord>,
    notes: Vec<MarkupNote>,
}

/// A comment that looks like a directive and cannot be followed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MarkupNote {
    /// The comment, in bytes of the source.
    pub span: Span,
    /// What is wrong with it, and what to do.
    pub message: String,
}

impl<'s> Prose<'s> {
    /// The prose of a Markdown source: CommonMark with tables, footnotes, strikethrough, task lists, math, attributes of
    /// headings, and the HTML in it. Never fails: everything is Markdown.
    ///
    /// ```
    /// let prose = rhetor::Prose::markdown("# Talks\n\n- Officials\n  spoke\n- `make`\n");
    /// assert_eq!(prose.text(), "Talks\n\nOfficials spoke");
    /// ```
    pub fn markdown(source: &'s str) -> Prose<'s> {
        let mut writer = Writer::new(source);
        markdown::read(source, front::end(source), &mut writer);
        writer.finish()
    }

    /// The prose of an HTML source, a page or a part of one. Never fails: faults in it are taken as a browser takes
    /// them, as far as that can be done without building its tree.
    ///
    /// ```
    /// let prose = rhetor::Prose::html("<title>x</title><p>No <b>collateral</b>\n  damage<p>&ldquo;No&rdquo;");
    /// assert_eq!(prose.text(), "No collateral damage\n\n“No”");
    /// ```
    pub fn html(source: &'s str) -> Prose<'s> {
        let mut writer = Writer::new(source);
        html::read(&Mapped::copy_of(source, front::end(source)), &mut writer);
        writer.finish()
    }

    /// The prose.
    pub fn text(&self) -> &str {
        self.mapped.text()
    }

    /// What it was made from.
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// Where a span of the prose stands in the source. Markup within it is included, markup around it is not; a span
    /// that begins or ends within something replaced, such as `&hellip;`, has all of it.
    ///
    /// ```
    /// use rhetor::{Prose, Span};
    ///
    /// let source = "<p>No <b>collateral</b> damage&hellip;</p>";
    /// let prose = Prose::html(source);
    /// assert_eq!(&prose.text()[3..20], "collateral damage");
    /// assert_eq!(&source[prose.to_source(Span::new(3, 20)).range()], "collateral</b> damage");
    /// assert_eq!(&source[prose.to_source(Span::new(20, 23)).range()], "&hellip;");
    /// ```
    pub fn to_source(&self, span: Span) -> Span {
        self.mapped.to_source(span)
    }

    /// The passages in which tagging is switched off, in bytes of the source, by where they begin.
    ///
    /// ```
    /// let prose = rhetor::Prose::markdown("One.\n\n<!-- rhetor: next - a quotation -->\n\n> Two.\n\nThree.");
    /// let [passage] = prose.passages() else { panic!() };
    /// assert_eq!(&prose.source()[passage.span.range()], "> Two.");
    /// assert_eq!(passage.reason.as_deref(), Some("a quotation"));
    /// ```
    pub fn passages(&self) -> &[OffRecord] {
        &self.passages
    }

    /// What is wrong with the comments that are or look like directives, by where they stand.
    ///
    /// ```
    /// let prose = rhetor::Prose::html("<p>One.<!-- rhetor: of --></p>");
    /// assert_eq!(prose.notes()[0].message, "`rhetor: of` is not known; there are `off`, `on` and `next`");
    /// ```
    pub fn notes(&self) -> &[MarkupNote] {
        &self.notes
    }
}
