//! Annotates prose, and says what was found in terms of the source.

use super::addresses::addresses;
use super::Prose;
use crate::annotate::{Annotator, Record};
use crate::text::Span;

impl Prose<'_> {
    /// The annotations of the prose with all their spans in the source, and the passages that are switched off.
    ///
    /// Nothing is tagged that reaches into one of these, or into an address such as `https://example.org`. The text of an
    /// annotation is what stands in the source, markup within it included; so the record fits the source, and renderers
    /// and [`Record::in_unit`] take the source as its text.
    ///
    /// ```
    /// use rhetor::{Annotator, Prose};
    ///
    /// let source = "<!-- rhetor: next - a title --><h1>Officials say</h1><p>Officials<br>say so.</p>";
    /// let record = Prose::html(source).record(&Annotator::bundled());
    /// assert_eq!(record.annotations.len(), 1);
    /// assert_eq!(record.annotations[0].span.start(), 56);
    /// assert_eq!(record.off[0].reason.as_deref(), Some("a title"));
    /// ```
    pub fn record(&self, annotator: &Annotator) -> Record {
        let mut record = annotator.annotate(self.text()).to_record();
        let mut addresses = Passing::new(addresses(self.text()));
        let mut off = Passing::new(self.passages.iter().map(|passage| passage.span).collect());
        record.annotations.retain_mut(|tag| {
            let untouched = !addresses.meet(tag.span);
            tag.span = self.to_source(tag.span);
            tag.text = self.source.get(tag.span.range()).unwrap_or_default().to_owned();
            for part in &mut tag.parts {
                part.span = self.to_source(part.span);
            }
            untouched && !off.meet(tag.span)
        });
        for sentence in &mut record.sentences {
            *sentence = self.to_source(*sentence);
        }
        record.off.clone_from(&self.passages);
        record
    }
}

/// Spans by where they begin, asked about others that come in order too.
struct Passing {
    spans: Vec<Span>,
    /// Those before this one end before whatever is to come.
    first: usize,
}

impl Passing {
    fn new(spans: Vec<Span>) -> Passing {
        Passing { spans, first: 0 }
    }

    /// Whether one of them overlaps a span that begins no earlier than the last one asked about.
    fn meet(&mut self, span: Span) -> bool {
        while self.spans.get(self.first).is_some_and(|own| own.end() <= span.start()) {
            self.first += 1;
        }
        self.spans[self.first..].iter().take_while(|own| own.start() < span.end()).any(|own| own.overlaps(span))
    }
}
