//! Reads HTML.

use super::mapped::Mapped;
use super::tokens::{tokens, Token};
use super::writer::Writer;

/// Tells a writer what stands in an HTML text that was taken from the source.
pub(super) fn read(html: &Mapped, writer: &mut Writer<'_>) {
    for token in tokens(html.text()) {
        match token {
            Token::Start { name, self_closing, span } => writer.start_tag(&name, self_closing, html.to_source(span)),
            Token::End { name, span } => writer.end_tag(&name, html.to_source(span)),
            Token::Comment { text, span } => writer.comment(&text, html.to_source(span)),
            Token::Replaced { text, span } => writer.text(&text, html.to_source(span)),
            Token::Copied { span } => html.pieces(span).for_each(|(piece, span)| writer.text(piece, span)),
        }
    }
}
