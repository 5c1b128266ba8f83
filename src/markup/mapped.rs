//! Text that knows where it is from.

use crate::text::Span;

/// Text made of pieces of a source, in the order of the source.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapped {
    text: String,
    /// By where they begin; each reaches to the next, the last to the end of the text.
    runs: Vec<Run>,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: usize,
    /// What it stands for.
    source: Span,
    /// Whether it is that, byte for byte, or something in its place.
    copied: bool,
}

impl Mapped {
    /// All of a source from a byte on, as it is.
    pub(super) fn copy_of(source: &str, from: usize) -> Mapped {
        let mut mapped = Mapped::default();
        mapped.push(&source[from..], Span::new(from, source.len()), true);
        mapped
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the source behind all that the text stands for.
    pub(super) fn source_end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.source.end())
    }

    /// Adds what stands at a span of the source, or with `copied: false` something that takes its place.
    pub(super) fn push(&mut self, piece: &str, source: Span, copied: bool) {
        if piece.is_empty() {
            return;
        }
        // A parser that went back would bring the runs out of order.
        let behind = self.source_end();
        let copied = copied && source.start() >= behind && source.len() == piece.len();
        let source = Span::new(source.start().max(behind), source.end().max(behind));
        match self.runs.last_mut() {
            Some(last) if copied && last.copied && last.source.end() == source.start() => {
                last.source = Span::new(last.source.start(), source.end());
            }
            _ => self.runs.push(Run { start: self.text.len(), source, copied }),
        }
        self.text.push_str(piece);
    }

    /// Where a span of the text stands in the source.
    pub(super) fn to_source(&self, span: Span) -> Span {
        let start = self.floor(span.start());
        let end = self.floor(span.end()).max(start);
        let from = self.run_at(start).map_or(0, |run| match run.copied {
            true => (run.source.start() + start - run.start).min(run.source.end()),
            false => run.source.start(),
        });
        if start == end {
            return Span::new(from, from);
        }
        let to = self.run_at(end - 1).map_or(0, |run| match run.copied {
            true => (run.source.start() + end - run.start).min(run.source.end()),
            false => run.source.end(),
        });
        Span::new(from, to)
    }

    /// A span of the text in pieces that stand in the source without a gap, each with its place there.
    pub(super) fn pieces(&self, span: Span) -> impl Iterator<Item = (&str, Span)> {
        let first = self.runs.partition_point(|run| run.start <= span.start()).saturating_sub(1);
        let starts = self.runs[first..].iter().map(|run| run.start).take_while(move |start| *start < span.end());
        let ends = self.runs[first..].iter().skip(1).map(|run| run.start).chain([self.text.len()]);
        starts.zip(ends).map(move |(start, end)| {
            let piece = Span::new(start.max(span.start()), end.min(span.end()));
            (self.text.get(piece.range()).unwrap_or_default(), self.to_source(piece))
        })
    }

    fn run_at(&self, offset: usize) -> Option<&Run> {
        self.runs[..self.runs.partition_point(|run| run.start <= offset)].last()
    }

    /// The last start of a character at or before `offset`.
    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_has_all_of_what_was_replaced() {
        let source = "é<b>so</b>&hellip; x";
        let mut mapped = Mapped::default();
        for (piece, start, end, copied) in
            [("é", 0, 2, true), ("so", 5, 7, true), ("…", 11, 19, false), (" x", 19, 21, true)]
        {
            mapped.push(piece, Span::new(start, end), copied);
        }
        assert_eq!(mapped.text(), "éso… x");
        let found = |start, end| &source[mapped.to_source(Span::new(start, end)).range()];
        assert_eq!(found(0, 3), "é<b>s");
        assert_eq!(found(2, 4), "so");
        assert_eq!(found(4, 7), "&hellip;");
        assert_eq!(found(3, 8), "o</b>&hellip; ");
        // Within characters, and past the end.
        assert_eq!(found(1, 5), "é<b>so");
        assert_eq!(found(8, 99), "x");
        assert_eq!(found(99, 99), "");
    }

    #[test]
    fn what_goes_back_stays_in_order() {
        let mut mapped = Mapped::default();
        mapped.push("abc", Span::new(2, 5), true);
        mapped.push("bc", Span::new(3, 5), true);
        assert_eq!(mapped.to_source(Span::new(3, 5)), Span::new(5, 5));
    }
}
