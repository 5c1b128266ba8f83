//! A text cut where annotations begin and end.

use std::cmp::Reverse;
use std::iter::Peekable;
use std::vec::IntoIter;

use crate::annotate::{Annotation, AnnotationRecord, Document, OffsetError, Record, Unit};
use crate::text::Span;

/// A piece of a text in which no annotation begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment<'t, A> {
    /// Where, in bytes of the text.
    pub span: Span,
    /// The text of the piece; never empty.
    pub text: &'t str,
    /// What covers the whole of it, by where it begins; of those that begin together, the longer first.
    pub annotations: Vec<A>,
}

/// Cuts a text into consecutive pieces, each with the annotations that cover it: all that a renderer needs where
/// annotations overlap.
///
/// The pieces together are the text. An annotation is an offset in bytes with anything at all; a span that reaches past the
/// end of the text, or ends within a character, is cut back, and an empty one covers nothing. Beyond the sorting of
/// annotations that are not in order, the time is that of writing the pieces down.
///
/// ```
/// use rhetor::{segments, Span};
///
/// let pieces: Vec<_> = segments("were neutralised", [(Span::new(0, 16), "passive"), (Span::new(5, 16), "euphemism")])
///     .map(|piece| (piece.text, piece.annotations))
///     .collect();
/// assert_eq!(pieces, [("were ", vec!["passive"]), ("neutralised", vec!["passive", "euphemism"])]);
/// ```
pub fn segments<A: Clone>(text: &str, annotations: impl IntoIterator<Item = (Span, A)>) -> Segments<'_, A> {
    let fitted = annotations.into_iter().map(|(span, a)| (fit(text, span), a)).filter(|(span, _)| !span.is_empty());
    let mut waiting: Vec<(Span, A)> = fitted.collect();
    waiting.sort_by_key(|(span, _)| (span.start(), Reverse(span.end())));
    Segments { text, at: 0, waiting: waiting.into_iter().peekable(), open: Vec::new() }
}

/// The pieces of a text; see [`segments`].
#[derive(Clone, Debug)]
pub struct Segments<'t, A> {
    text: &'t str,
    at: usize,
    waiting: Peekable<IntoIter<(Span, A)>>,
    /// Those that cover the piece before, in their order.
    open: Vec<(Span, A)>,
}

impl<'t, A: Clone> Iterator for Segments<'t, A> {
    type Item = Segment<'t, A>;

    fn next(&mut self) -> Option<Segment<'t, A>> {
        let start = self.at;
        if start == self.text.len() {
            return None;
        }
        self.open.retain(|(span, _)| span.end() > start);
        while let Some(next) = self.waiting.next_if(|(span, _)| span.start() == start) {
            self.open.push(next);
        }
        let begins = self.waiting.peek().map_or(self.text.len(), |(span, _)| span.start());
        let end = self.open.iter().map(|(span, _)| span.end()).fold(begins, usize::min);
        self.at = end;
        let annotations = self.open.iter().map(|(_, a)| a.clone()).collect();
        Some(Segment { span: Span::new(start, end), text: &self.text[start..end], annotations })
    }
}

/// The span cut back to the text and to whole characters.
fn fit(text: &str, span: Span) -> Span {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    Span::new(floor(span.start()), floor(span.end()))
}

impl Document<'_> {
    /// The text in consecutive pieces, each with the annotations that cover it.
    ///
    /// ```
    /// let annotator = rhetor::Annotator::bundled();
    /// let document = annotator.annotate("Officials say so.");
    /// let mut shown = String::new();
    /// for piece in document.segments() {
    ///     match piece.annotations.first() {
    ///         Some(annotation) => shown += &format!("<{}>{}</>", annotation.device(), piece.text),
    ///         None => shown += piece.text,
    ///     }
    /// }
    /// assert_eq!(shown, "<unnamed-source>Officials</> say so.");
    /// ```
    pub fn segments(&self) -> Segments<'_, Annotation<'_>> {
        segments(self.text(), self.annotations().map(|annotation| (annotation.span(), annotation)))
    }
}

impl Record {
    /// The text that the record was made from, in consecutive pieces, each with the annotations that cover it.
    ///
    /// The pieces' own spans are in bytes, whatever [`Record::offsets`] says.
    ///
    /// # Errors
    /// When a span does not hold in `text` what the record says it does.
    ///
    /// ```
    /// let text = "Officials say so.";
    /// let record = rhetor::Annotator::bundled().annotate(text).to_record();
    /// let pieces: Vec<&str> = record.segments(text)?.map(|piece| piece.text).collect();
    /// assert_eq!(pieces, ["Officials", " say so."]);
    /// assert!(record.segments("Another text.").is_err());
    /// # Ok::<(), rhetor::OffsetError>(())
    /// ```
    pub fn segments<'a>(&'a self, text: &'a str) -> Result<Segments<'a, &'a AnnotationRecord>, OffsetError> {
        let in_bytes = self.in_unit(Unit::Bytes, text)?;
        Ok(segments(text, in_bytes.annotations.iter().map(|a| a.span).zip(&self.annotations)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_are_the_text_and_cover_each_annotation_exactly(
            text in "[a-cé😊 ]{0,24}",
            spans in prop::collection::vec((0usize..60, 0usize..60), 0..12),
        ) {
            let spans: Vec<Span> = spans.into_iter().map(|(start, end)| Span::new(start, end)).collect();
            let pieces: Vec<_> = segments(&text, spans.iter().copied().zip(0..)).collect();

            prop_assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text.clone());
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty() && &text[piece.span.range()] == piece.text));
            for (number, span) in spans.iter().enumerate() {
                let fitted = fit(&text, *span);
                let covered: usize =
                    pieces.iter().filter(|piece| piece.annotations.contains(&number)).map(|piece| piece.span.len()).sum();
                prop_assert_eq!(covered, fitted.len());
                let within = |piece: &&Segment<usize>| fitted.covers(piece.span);
                prop_assert!(pieces.iter().filter(within).all(|piece| piece.annotations.contains(&number)));
            }
            for pair in pieces.windows(2) {
                prop_assert_ne!(&pair[0].annotations, &pair[1].annotations);
            }
        }
    }

    #[test]
    fn a_span_is_cut_back_to_whole_characters() {
        let pieces: Vec<_> =
            segments("é!", [(Span::new(1, 9), ())]).map(|piece| (piece.text, piece.annotations.len())).collect();
        assert_eq!(pieces, [("é!", 1)]);
    }
}
