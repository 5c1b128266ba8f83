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
