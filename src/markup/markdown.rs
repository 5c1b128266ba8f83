//! Reads Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::elements::Role;
use super::html;
use super::mapped::Mapped;
use super::tokens::{tokens, Token};
use super::writer::Writer;
use crate::text::Span;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// Tells a writer what stands in a source from a byte on.
pub(super) fn read(source: &str, from: usize, writer: &mut Writer<'_>) {
    // The lines of a block of HTML: within a list or a quotation they do not stand in one piece in the source.
    let mut block: Option<Mapped> = None;
    for (event, range) in Parser::new_ext(&source[from..], options()).into_offset_iter() {
        let span = Span::new(from + range.start, from + range.end);
        match (event, &mut block) {
            (Event::Html(_) | Event::Text(_), Some(html)) => html.push(&source[span.range()], span, true),
            (Event::Start(Tag::HtmlBlock), _) => {
                writer.part(span.start());
                block = Some(Mapped::default());
            }
            (Event::End(TagEnd::HtmlBlock), _) => {
                html::read(&block.take().unwrap_or_default(), writer);
                writer.part(span.end());
            }
            (Event::Start(tag), _) => match role(&tag.to_end()) {
                Role::Inline => {}
                role => writer.open_markdown(role, span),
            },
            (Event::End(tag), _) => match role(&tag) {
                Role::Inline => {}
                _ => writer.close_markdown(span),
            },
            (Event::Text(text), _) => writer.text(&text, span),
            (Event::Html(tag) | Event::InlineHtml(tag), _) => inline(&tag, span, writer),
            (Event::InlineMath(_), _) if is_money(source, span) => writer.text(&source[span.range()], span),
            (Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_), _) => writer.object(span),
            (Event::SoftBreak, _) => writer.space(span),
            (Event::HardBreak, _) => writer.line(),
            (Event::Rule, _) => writer.part(span.start()),
            (Event::FootnoteReference(_) | Event::TaskListMarker(_), _) => {}
        }
    }
}

/// What an element of Markdown is to prose.
fn role(tag: &TagEnd) -> Role {
    match tag {
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
            Role::Inline
        }
        TagEnd::Link => Role::Inline,
        TagEnd::Image => Role::Drawing,
        TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => Role::Listing,
        _ => Role::Block,
    }
}

/// A tag or a comment in a paragraph.
fn inline(tag: &str, span: Span, writer: &mut Writer<'_>) {
    for token in tokens(tag) {
        match token {
            Token::Start { name, self_closing, .. } => writer.start_tag(&name, self_closing, span),
            Token::End { name, .. } => writer.end_tag(&name, span),
            Token::Comment { text, .. } => writer.comment(&text, span),
            Token::Copied { .. } | Token::Replaced { .. } => {}
        }
    }
}

/// Whether what looks like a formula is an amount before another: "$5/$6". Nobody writes a formula right before a digit.
fn is_money(source: &str, span: Span) -> bool {
    source[span.end()..].starts_with(|c: char| c.is_ascii_digit())
}
