//! Explanations as a terminal shows them.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use rhetor::{ElementRecord, EntryRecord, Explanation, LostMatch, LostTo, NearMiss, OffsetMap, Passage, Reason, Span};

use crate::messages::harmless;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const BAD: Style = Style::new().fg_color(Some(clap::builder::styling::Color::Ansi(AnsiColor::Red)));

/// The widest that the column of elements gets.
const WIDEST: usize = 40;

/// A page that explanations are added to.
pub(super) struct Page<'a> {
    name: &'a str,
    text: &'a str,
    map: OffsetMap<'a>,
    out: String,
}

/// A row of the table under an entry: a label, what the lexicon says, and what the text has.
struct Row {
    label: &'static str,
    left: String,
    right: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Page<'a> {
        Page { name, text, map: OffsetMap::new(text), out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Explains the tags at a place.
    pub(super) fn tags(&mut self, explanation: &Explanation, place: &str) {
        explanation.tags.iter().for_each(|reason| self.tag(reason));
        if explanation.tags.is_empty() {
            self.line(&format!("no tag in {}; --phrase \"…\" tells why a phrase of it is none", harmless(place)));
        }
    }

    /// Explains a phrase, tagged or not.
    pub(super) fn phrase(&mut self, explanation: &Explanation) {
        explanation.tags.iter().for_each(|reason| self.tag(reason));
        explanation.lost.iter().for_each(|lost| self.lost(lost));
        if explanation.tags.is_empty() && explanation.lost.is_empty() {
            let what = match explanation.nearest.is_empty() {
                true => "is not tagged, and no pattern that is looked for comes near it",
                false => "is not tagged; the nearest patterns:",
            };
            let text = &self.text[explanation.span.range()];
            self.head(explanation.span, &format!("\"{}\" {what}", shown(text)));
            explanation.nearest.iter().for_each(|near| self.near(near));
        }
    }

    /// Says that another device than those `sought` would tag a span.
    pub(super) fn not_sought(&mut self, device: &str, span: Span, sought: &str) {
        let text = shown(&self.text[span.range()]);
        self.head(span, &format!("\"{text}\" would be tagged as {device}, which is not looked for"));
        self.line(&format!("  --device {sought},{device} looks for it too"));
    }

    fn tag(&mut self, reason: &Reason) {
        let Reason { passage, device, .. } = reason;
        self.head(passage.span, &format!("{device}{}: {}", kind(reason), quoted(passage)));
        self.entry(&reason.entry, "");
        let mut rows = pattern_rows(&reason.pattern, &reason.elements);
        rows.extend(requires_row(reason, reason.required.as_ref().map_or("–".to_owned(), |p| shown(&p.text))));
        rows.extend(excludes_row(reason, "–".to_owned()));
        self.rows(rows);
        self.notes(reason);
    }

    fn lost(&mut self, lost: &LostMatch) {
        let LostMatch { matched, lost } = lost;
        let Reason { passage, device, .. } = matched;
        let but = match lost {
            LostTo::Other { .. } => "matches too, but gives way",
            _ => "matches, but is not tagged",
        };
        self.head(passage.span, &format!("{device}{}: {} {but}", kind(matched), quoted(passage)));
        self.entry(&matched.entry, "");
        let mut rows = pattern_rows(&matched.pattern, &matched.elements);
        let bad = |what: &str| format!("{BAD}✗{BAD:#} {what}");
        let required = match (lost, &matched.required) {
            (LostTo::Missing, _) => bad("none of these stands in the sentence"),
            (_, Some(passage)) => shown(&passage.text),
            (_, None) => "–".to_owned(),
        };
        rows.extend(requires_row(matched, required));
        let excluded = match lost {
            LostTo::Excluded(passage) => bad(&format!("{} stands in the sentence", quoted(passage))),
            _ => "–".to_owned(),
        };
        rows.extend(excludes_row(matched, excluded));
        self.rows(rows);
        match lost {
            LostTo::Exception { entry, passage } => {
                self.note("lost to", &format!("{entry}, an exception, which matches {}", quoted(passage)))
            }
            LostTo::Other { entry, passage } => {
                let (own, other) = (matched.passage.span, passage.span);
                let why = match () {
                    () if other.start() < own.start() => "begins further left",
                    () if other.len() > own.len() => "is longer",
                    () => "comes first",
                };
                self.note("lost to", &format!("{entry}, which matches {} and {why}", quoted(passage)));
            }
            _ => {}
        }
    }

    fn near(&mut self, near: &NearMiss) {
        self.entry(&near.entry, &format!(" ({})", near.device));
        let mut rows = pattern_rows(&near.pattern, &near.elements);
        let found = near.found.as_ref().map_or("the sentence ends".to_owned(), quoted);
        // The first row is the pattern itself.
        if let Some(row) = rows.get_mut(near.failed + 1) {
            row.right = format!("{BAD}✗{BAD:#} {found}: wanted {}", harmless(&near.wanted));
        }
        self.rows(rows);
    }

    fn head(&mut self, span: Span, what: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let position = self.map.to_position(span.start());
        let name = if self.name.is_empty() { String::new() } else { harmless(self.name) + ":" };
        self.line(&format!("{BOLD}{name}{}:{}{BOLD:#}  {what}", position.line, position.column));
    }

    fn entry(&mut self, entry: &EntryRecord, more: &str) {
        self.line(&format!("  {entry}{more}"));
    }

    fn rows(&mut self, rows: Vec<Row>) {
        let elements = rows.iter().filter(|row| !row.right.is_empty());
        let width = elements.map(|row| row.left.chars().count()).max().unwrap_or(0).min(WIDEST);
        for Row { label, left, right } in rows {
            if right.is_empty() {
                self.note(label, &left);
            } else if left.chars().count() <= width {
                self.note(label, &format!("{left:width$}  {right}"));
            } else {
                self.note(label, &left);
                self.note("", &format!("{:width$}  {right}", ""));
            }
        }
    }

    fn notes(&mut self, reason: &Reason) {
        for (label, note) in [("gloss", &reason.gloss), ("note", &reason.note)] {
            note.iter().for_each(|note| self.note(label, &harmless(note)));
        }
    }

    fn note(&mut self, label: &str, what: &str) {
        self.line(&format!("  {FAINT}{label:8}{FAINT:#}  {what}"));
    }

    fn line(&mut self, line: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{}", line.trim_end());
    }
}

/// The pattern, then each of its elements with what met it.
fn pattern_rows(pattern: &str, elements: &[ElementRecord]) -> Vec<Row> {
    let mut rows = vec![Row { label: "pattern", left: harmless(pattern), right: String::new() }];
    rows.extend(elements.iter().map(|ElementRecord { element, met, .. }| {
        let right = match met {
            Some(passage) if !passage.text.is_empty() => shown(&passage.text),
            // What never takes words holds.
            Some(_) if element.starts_with(['!', '~', '^']) => "✓".to_owned(),
            Some(_) => "–".to_owned(),
            None => String::new(),
        };
        Row { label: "", left: harmless(element), right }
    }));
    rows
}

fn requires_row(reason: &Reason, right: String) -> Option<Row> {
    let left = harmless(&reason.requires.join(", "));
    (!reason.requires.is_empty()).then_some(Row { label: "requires", left, right })
}

fn excludes_row(reason: &Reason, right: String) -> Option<Row> {
    let left = harmless(&reason.excludes.join(", "));
    (!reason.excludes.is_empty()).then_some(Row { label: "excludes", left, right })
}

fn kind(reason: &Reason) -> String {
    reason.kind.as_ref().map(|kind| format!(" ({kind})")).unwrap_or_default()
}

fn quoted(passage: &Passage) -> String {
    format!("\"{}\"", shown(&passage.text))
}

/// Text on one line.
fn shown(text: &str) -> String {
    harmless(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
