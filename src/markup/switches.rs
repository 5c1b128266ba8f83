//! Comments that switch tagging off and on: `<!-- rhetor: off, with a reason -->`, `on`, `next`.

use super::MarkupNote;
use crate::annotate::OffRecord;
use crate::text::Span;

/// Follows the directives of a source, in order.
#[derive(Debug, Default)]
pub(super) struct Switches {
    /// Where tagging was switched off and not on again.
    off: Option<Directive>,
    next: Option<Next>,
    passages: Vec<(OffRecord, Span)>,
    notes: Vec<MarkupNote>,
}

/// A directive that something is still to come of.
#[derive(Debug)]
struct Directive {
    span: Span,
    reason: Option<String>,
}

/// How far a `next` has come.
#[derive(Debug)]
struct Next {
    directive: Directive,
    state: State,
}

#[derive(Debug)]
enum State {
    /// It stands in a block with text before it, so that text after it is of the same block.
    Within,
    /// Whatever comes belongs to the next block.
    Before,
    /// It began at a byte of the source, and ends when no more than this number of elements are open; `None` for text
    /// with no element around it, which ends where it is parted from other text.
    In { start: usize, around: Option<usize> },
}

impl Switches {
    /// A comment. `fresh`: no text has come in its block.
    pub(super) fn comment(&mut self, comment: &str, span: Span, fresh: bool) {
        let Some(order) = parse(comment) else { return };
        let (order, reason) = match order {
            Ok(order) => order,
            Err(message) => return self.note(span, message),
        };
        let directive = Directive { span, reason };
        match order {
            Order::Off | Order::Next if self.off.is_some() => self.note(span, "tagging is off here already".to_owned()),
            Order::Next if self.next.is_some() => {
                self.note(span, "tagging is off in the next block already".to_owned())
            }
            Order::Off => self.off = Some(directive),
            Order::Next => {
                self.next = Some(Next { directive, state: if fresh { State::Before } else { State::Within } })
            }
            Order::On => match self.off.take() {
                Some(off) => self.passage(off, span.start(), None),
                None => self.note(span, "tagging is not off here; write `rhetor: off` where it is to end".to_owned()),
            },
        }
    }

    /// A block begins, after which `depth` elements are open.
    pub(super) fn opens(&mut self, at: usize, depth: usize) {
        if let Some(Next { state: state @ (State::Within | State::Before), .. }) = &mut self.next {
            *state = State::In { start: at, around: Some(depth - 1) };
        }
    }

    /// Text follows.
    pub(super) fn text(&mut self, at: usize) {
        if let Some(Next { state: state @ State::Before, .. }) = &mut self.next {
            *state = State::In { start: at, around: None };
        }
    }

    /// A block begins or ends.
    pub(super) fn part(&mut self, at: usize) {
        match &mut self.next {
            Some(Next { state: state @ State::Within, .. }) => *state = State::Before,
            Some(Next { state: State::In { around: None, .. }, .. }) => self.end_next(at),
            _ => {}
        }
    }

    /// An element ended, after which `depth` are open.
    pub(super) fn closes(&mut self, at: usize, depth: usize) {
        if let Some(Next { state: State::In { around: Some(around), .. }, .. }) = self.next {
            if depth <= around {
                self.end_next(at);
            }
        }
    }

    /// The passages and notes, by where they begin, once the source is at its end.
    pub(super) fn finish(mut self, source: &str) -> (Vec<OffRecord>, Vec<MarkupNote>) {
        if let Some(off) = self.off.take() {
            self.passage(off, source.len(), None);
        }
        self.end_next(source.len());
        let mut passages = Vec::new();
        for (mut passage, directive) in std::mem::take(&mut self.passages) {
            passage.span = trimmed(source, passage.span);
            match passage.span.is_empty() {
                true => self.note(directive, "nothing stands where this switches tagging off".to_owned()),
                false => passages.push(passage),
            }
        }
        passages.sort_by_key(|passage| passage.span);
        self.notes.sort_by_key(|note| note.span);
        (passages, self.notes)
    }

    fn end_next(&mut self, at: usize) {
        match self.next.take() {
            Some(Next { directive, state: State::In { start, .. } }) => self.passage(directive, at, Some(start)),
            Some(Next { directive, .. }) => self.note(directive.span, "no block follows this".to_owned()),
            None => {}
        }
    }

    fn passage(&mut self, directive: Directive, end: usize, start: Option<usize>) {
        let Directive { span, reason } = directive;
        let off = Span::new(start.unwrap_or(span.end()), end);
        self.passages.push((OffRecord { span: off, reason }, span));
    }

    fn note(&mut self, span: Span, message: String) {
        self.notes.push(MarkupNote { span, message });
    }
}

/// What a directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Off,
    On,
    Next,
}

impl Order {
    const ALL: [(Order, &'static str); 3] = [(Order::Off, "off"), (Order::On, "on"), (Order::Next, "next")];

    fn of(word: &str) -> Option<Order> {
        Order::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(order, _)| *order)
    }
}

/// The order in a comment and its reason, or what is wrong with it; `None` for a comment about something else.
fn parse(comment: &str) -> Option<Result<(Order, Option<String>), String>> {
    const NAME: &str = "rhetor";
    let comment = comment.trim();
    let name = comment.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let rest = &comment[name.len()..];
    let (colon, rest) = match rest.trim_start().strip_prefix(':') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest.strip_prefix(char::is_whitespace)?.trim_start()),
    };
    let (word, reason) = rest.split_at(rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()));
    match Order::of(word) {
        Some(order) if colon => {
            let reason = reason.trim_start().trim_start_matches(['-', '–', '—', ':', ',']);
            let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Ok((order, Some(reason).filter(|reason| !reason.is_empty()))))
        }
        Some(_) => Some(Err(format!("a colon is missing: write `rhetor: {}`", word.to_ascii_lowercase()))),
        None if colon => Some(Err(format!("`rhetor: {word}` is not known; there are `off`, `on` and `next`"))),
        None => None,
    }
}

/// A span of the source without the white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let Some(text) = source.get(span.range()) else { return span };
    let start = span.end() - text.trim_start().len();
    Span::new(start, (span.start() + text.trim_end().len()).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_a_word_and_a_reason() {
        let ok = |order, reason: &str| Some(Ok((order, Some(reason.to_owned()).filter(|reason| !reason.is_empty()))));
        for (comment, wanted) in [
            (" rhetor: off ", ok(Order::Off, "")),
            ("rhetor:on", ok(Order::On, "")),
            ("Rhetor : NEXT", ok(Order::Next, "")),
            (" rhetor: off quoted as it stood ", ok(Order::Off, "quoted as it stood")),
            (" rhetor: off - a\n  reason ", ok(Order::Off, "a reason")),
            (" rhetor: next: why — not?", ok(Order::Next, "why — not?")),
            (" rhetor: off — (see above) ", ok(Order::Off, "(see above)")),
            ("rhetoric: off", None),
            ("rhetor is a tool", None),
            ("the rhetor: off", None),
            ("", None),
            ("rhétor: off", None),
        ] {
            assert_eq!(parse(comment), wanted, "{comment}");
        }
        for (comment, wanted) in [
            ("rhetor: of", "`rhetor: of` is not known; there are `off`, `on` and `next`"),
            ("rhetor:", "`rhetor: ` is not known; there are `off`, `on` and `next`"),
            ("rhetor off", "a colon is missing: write `rhetor: off`"),
        ] {
            assert_eq!(parse(comment), Some(Err(wanted.to_owned())));
        }
    }
}
