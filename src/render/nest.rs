//! Segments become marks that open and close in order, for formats in which marks can lie in one another but not cross.

use super::segments::Segment;
use crate::annotate::AnnotationRecord;

/// What a renderer writes next.
pub(super) enum Step<'t, 'r, 's> {
    /// A mark opens; `again` if it was closed a moment ago so that another could close.
    Open { tag: &'r AnnotationRecord, again: bool },
    /// Text, and the marks around it from the outermost to the innermost.
    Text { text: &'t str, within: &'s [&'r AnnotationRecord] },
    /// The innermost mark closes; `more` if it opens again at once.
    Close { tag: &'r AnnotationRecord, more: bool },
}

/// Walks the segments of a text. Of two annotations that cross, the later one is broken where the earlier one ends.
pub(super) fn nest<'t, 'r, E>(
    segments: impl IntoIterator<Item = Segment<'t, &'r AnnotationRecord>>,
    mut write: impl FnMut(Step<'t, 'r, '_>) -> Result<(), E>,
) -> Result<(), E> {
    let holds = |tags: &[&AnnotationRecord], tag: &AnnotationRecord| tags.iter().any(|other| std::ptr::eq(*other, tag));
    let mut open: Vec<&AnnotationRecord> = Vec::new();
    for segment in segments {
        let next = segment.annotations;
        let kept = open.iter().zip(&next).take_while(|(a, b)| std::ptr::eq(**a, **b)).count();
        for tag in open[kept..].iter().rev() {
            write(Step::Close { tag, more: holds(&next, tag) })?;
        }
        for tag in &next[kept..] {
            write(Step::Open { tag, again: holds(&open, tag) })?;
        }
        open = next;
        write(Step::Text { text: segment.text, within: &open })?;
    }
    open.iter().rev().try_for_each(|tag| write(Step::Close { tag, more: false }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::{EntryRecord, Voice};
    use crate::render::segments;
    use crate::text::Span;

    fn tag(span: Span) -> AnnotationRecord {
        let entry = EntryRecord { lexicon: String::new(), version: String::new(), id: String::new() };
        let (device, text, parts, voice) = (String::new(), String::new(), Vec::new(), Voice::Author);
        let (kind, gloss, note, sentence, confidence) = (None, None, None, 0, 1.0);
        AnnotationRecord { span, device, kind, text, sentence, voice, entry, parts, gloss, note, confidence }
    }

    proptest! {
        #[test]
        fn marks_open_and_close_in_order(spans in prop::collection::vec((0usize..30, 0usize..30), 0..9)) {
            const TEXT: &str = "abcdefghijklmnopqrstuvwxyz";
            let tags: Vec<AnnotationRecord> = spans.into_iter().map(|(start, end)| tag(Span::new(start, end))).collect();
            let (mut open, mut shown, mut ended) = (Vec::<*const AnnotationRecord>::new(), String::new(), 0);
            nest(segments(TEXT, tags.iter().map(|tag| (tag.span, tag))), |step| {
                match step {
                    Step::Open { tag, .. } => open.push(tag),
                    Step::Text { text, within } => {
                        prop_assert!(within.iter().map(|tag| *tag as *const _).eq(open.iter().copied()));
                        shown += text;
                    }
                    Step::Close { tag, more } => {
                        prop_assert_eq!(open.pop(), Some(tag as *const _));
                        ended += usize::from(!more);
                    }
                }
                Ok(())
            })?;
            prop_assert!(open.is_empty());
            prop_assert_eq!(shown, TEXT);
            let within_text = |tag: &&AnnotationRecord| tag.span.start() < TEXT.len() && !tag.span.is_empty();
            prop_assert_eq!(ended, tags.iter().filter(within_text).count());
        }
    }
}
