//! Joins what a reader of markup comes across to prose.

use super::elements::{implies_end, Role};
use super::mapped::Mapped;
use super::switches::Switches;
use super::Prose;
use crate::text::Span;

/// Stands where something that is no prose stands in a sentence.
const OBJECT: &str = "\u{FFFC}";

/// An end tag is no further from its start tag than this many open elements, which keeps time linear.
const DEEPEST: usize = 512;

/// Takes text and what stands between it, in the order of the source.
///
/// White space and breaks are only written when text follows, so that no block begins or ends with them.
pub(super) struct Writer<'s> {
    source: &'s str,
    prose: Mapped,
    /// What lies between the text so far and the text to come.
    joint: Joint,
    open: Vec<Open>,
    /// How many of the open elements are silent.
    silent: usize,
    pub(super) switches: Switches,
}

#[derive(Default)]
struct Joint {
    /// Whether the text to come begins a block.
    block: bool,
    /// Line breaks.
    lines: usize,
    space: Option<Span>,
    /// Something that is no prose.
    object: Option<Span>,
    /// White space behind it.
    behind: Option<Span>,
}

/// An element whose end is still to come.
struct Open {
    /// Empty for an element of Markdown, whose end is always told.
    name: String,
    role: Role,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str) -> Writer<'s> {
        Writer {
            source,
            prose: Mapped::default(),
            joint: Joint { block: true, ..Joint::default() },
            open: Vec::new(),
            silent: 0,
            switches: Switches::default(),
        }
    }

    /// The prose, and what was said about tagging in it.
    pub(super) fn finish(self) -> Prose<'s> {
        let (passages, notes) = self.switches.finish(self.source);
        Prose { source: self.source, mapped: self.prose, passages, notes }
    }

    // --- text ---

    /// Text that stands at a span of the source, as it is or written in another way there.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        if self.silent > 0 {
            return;
        }
        if self.source.get(span.range()) != Some(text) {
            return match text.chars().all(is_space) {
                true => self.space(span),
                false => self.visible(text, span, false),
            };
        }
        let (mut at, mut rest) = (span.start(), text);
        while !rest.is_empty() {
            let word = rest.find(is_space).unwrap_or(rest.len());
            if word > 0 {
                self.visible(&rest[..word], Span::new(at, at + word), true);
            }
            let space = rest.len() - word - rest[word..].trim_start_matches(is_space).len();
            if space > 0 {
                self.space(Span::new(at + word, at + word + space));
            }
            at += word + space;
            rest = &rest[word + space..];
        }
    }

    /// White space, which is a single space wherever text stands on both sides.
    pub(super) fn space(&mut self, span: Span) {
        let joint = &mut self.joint;
        match joint.object {
            _ if self.silent > 0 => {}
            Some(_) => _ = joint.behind.get_or_insert(span),
            None => _ = joint.space.get_or_insert(span),
        }
    }

    /// A line break that is meant.
    pub(super) fn line(&mut self) {
        if self.silent == 0 {
            self.joint = Joint { block: self.joint.block, lines: self.joint.lines + 1, ..Joint::default() };
        }
    }

    /// Something in a sentence that is no prose.
    pub(super) fn object(&mut self, span: Span) {
        if self.silent == 0 {
            let start = self.joint.object.map_or(span.start(), Span::start);
            self.joint.object = Some(Span::new(start, span.end()));
            self.joint.behind = None;
        }
    }

    /// The end of a block, or the start of one, at a byte of the source.
    pub(super) fn part(&mut self, at: usize) {
        if self.silent == 0 {
            self.joint = Joint { block: true, ..Joint::default() };
            self.switches.part(at);
        }
    }

    fn visible(&mut self, text: &str, span: Span, copied: bool) {
        let Joint { block, lines, space, object, behind } = std::mem::take(&mut self.joint);
        let start = object.map_or(span.start(), Span::start);
        self.switches.text(start);
        let between = Span::new(self.prose.source_end(), start);
        match (block, lines) {
            _ if self.prose.text().is_empty() => {}
            (true, _) | (false, 2..) => self.prose.push("\n\n", between, false),
            (false, 1) => self.prose.push("\n", between, false),
            (false, 0) => self.push_space(space),
        }
        if let Some(object) = object {
            self.prose.push(OBJECT, object, false);
            self.push_space(behind);
        }
        self.prose.push(text, span, copied);
    }

    fn push_space(&mut self, space: Option<Span>) {
        if let Some(span) = space {
            self.prose.push(" ", span, self.source.get(span.range()) == Some(" "));
        }
    }

    // --- elements ---

    /// A comment, which may be about tagging.
    pub(super) fn comment(&mut self, comment: &str, span: Span) {
        self.switches.comment(comment, span, self.joint.block);
    }

    /// An element of Markdown begins; the span is all of it.
    pub(super) fn open_markdown(&mut self, role: Role, span: Span) {
        self.open(String::new(), role, span);
    }

    /// The innermost element of Markdown ends, and with it every element of HTML that was opened in it.
    pub(super) fn close_markdown(&mut self, span: Span) {
        if let Some(place) = self.open.iter().rposition(|open| open.name.is_empty()) {
            self.close(place, span);
        }
    }

    /// A start tag.
    pub(super) fn start_tag(&mut self, name: &str, self_closing: bool, span: Span) {
        let role = Role::of(name);
        while self.open.last().is_some_and(|open| implies_end(&open.name, name, role)) {
            self.close(self.open.len() - 1, Span::new(span.start(), span.start()));
        }
        match role {
            Role::Inline => {}
            Role::Line => self.line(),
            Role::Rule => self.part(span.start()),
            Role::Image => self.object(span),
            Role::Drawing if self_closing => self.object(span),
            _ => self.open(name.to_owned(), role, span),
        }
    }

    /// An end tag. One for an element that is not open, or not within the same element of Markdown, ends nothing.
    pub(super) fn end_tag(&mut self, name: &str, span: Span) {
        let mut inner = self.open.iter().enumerate().rev().take(DEEPEST).take_while(|(_, open)| !open.name.is_empty());
        match inner.find(|(_, open)| open.name == name).map(|(place, _)| place) {
            Some(place) => self.close(place, span),
            None if matches!(Role::of(name), Role::Block | Role::Listing) => self.part(span.start()),
            None => {}
        }
    }

    fn open(&mut self, name: String, role: Role, span: Span) {
        match role {
            Role::Block | Role::Listing => {
                self.part(span.start());
                self.switches.opens(span.start(), self.open.len() + 1);
            }
            Role::Drawing => self.object(span),
            Role::Quote => self.text("“", span),
            _ => {}
        }
        self.silent += usize::from(role.is_silent());
        self.open.push(Open { name, role });
    }

    /// Closes an open element and those within it.
    fn close(&mut self, place: usize, span: Span) {
        while self.open.len() > place {
            let Some(Open { role, .. }) = self.open.pop() else { break };
            self.silent -= usize::from(role.is_silent());
            match role {
                Role::Block | Role::Listing => self.part(span.end()),
                Role::Drawing => self.object(span),
                Role::Quote if self.open.len() == place => self.text("”", span),
                _ => {}
            }
            self.switches.closes(span.end(), self.open.len());
        }
    }
}

/// White space that HTML and Markdown treat as a space.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C')
}
