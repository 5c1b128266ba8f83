//! An article as a terminal shows it.

use std::fmt::{self, Display};

use super::legend::{passages_off, Legend};
use super::nest::{nest, Step};
use super::segments::Segment;
use super::visible::Plain;
use crate::annotate::{AnnotationRecord, OffsetError, Record};

/// How [`terminal`] writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalOptions {
    color: bool,
}

impl TerminalOptions {
    /// Whether to colour the spans by device, with ANSI escape sequences; off unless asked for. The labels are there in
    /// either case.
    #[must_use]
    pub fn color(self, color: bool) -> TerminalOptions {
        TerminalOptions { color }
    }
}

/// The text with every span in brackets and labelled with its device, then a legend with counts.
///
/// Lines are as long as those of the text. Control characters in the text, which could steer the terminal, are shown as
/// pictures. Where two annotations cross, the later one is broken in two, with `…` at the break.
///
/// # Errors
/// When the record was made from another text.
///
/// ```
/// use rhetor::{terminal, Annotator, TerminalOptions};
///
/// let text = "Officials say so.";
/// let record = Annotator::bundled().annotate(text).to_record();
/// let shown = terminal(&record, text, &TerminalOptions::default())?;
/// assert!(shown.starts_with("[Officials](unnamed-source) say so.\n"));
/// # Ok::<(), rhetor::OffsetError>(())
/// ```
pub fn terminal(record: &Record, text: &str, options: &TerminalOptions) -> Result<String, OffsetError> {
    let segments = record.segments(text)?.collect();
    Ok(View { record, segments, legend: Legend::of([record]), color: options.color }.to_string())
}

struct View<'a> {
    record: &'a Record,
    segments: Vec<Segment<'a, &'a AnnotationRecord>>,
    legend: Legend<'a>,
    color: bool,
}

const FAINT: &str = "2";
/// Foregrounds that read on dark and light grounds, told apart by most people; then the same, underlined.
const COLORS: [&str; 12] = ["36", "35", "33", "32", "34", "31", "4;36", "4;35", "4;33", "4;32", "4;34", "4;31"];

impl View<'_> {
    fn paint(&self, f: &mut fmt::Formatter<'_>, style: &str, what: impl Display) -> fmt::Result {
        match self.color {
            true => write!(f, "\x1b[{style}m{what}\x1b[0m"),
            false => write!(f, "{what}"),
        }
    }

    fn color_of(&self, device: &str) -> &'static str {
        COLORS[self.legend.place(device) % COLORS.len()]
    }

    fn article(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        nest(self.segments.iter().cloned(), |step| match step {
            Step::Open { again, .. } => self.paint(f, FAINT, if again { "[…" } else { "[" }),
            Step::Text { text, within: [] } => write!(f, "{}", Plain(text)),
            Step::Text { text, within: [.., tag] } => self.paint(f, self.color_of(&tag.device), Plain(text)),
            Step::Close { tag, more } => {
                self.paint(f, FAINT, format_args!("{}]({})", if more { "…" } else { "" }, Plain(&tag.device)))
            }
        })
    }

    fn legend(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tags, sentences) = (self.record.annotations.len(), self.record.sentences.len());
        let plural = |count| if count == 1 { "" } else { "s" };
        writeln!(f, "{tags} tag{} in {sentences} sentence{}", plural(tags), plural(sentences))?;
        if let Some(off) = passages_off(self.record) {
            writeln!(f, "{}", Plain(&off))?;
        }
        let rows = &self.legend.rows;
        let width = rows.iter().map(|row| row.device.chars().count()).max().unwrap_or(0);
        let digits = rows.iter().map(|row| row.count).max().unwrap_or(0).to_string().len();
        for row in rows {
            let padding = width - row.device.chars().count();
            write!(f, "{:>digits$}  ", row.count)?;
            self.paint(f, self.color_of(row.device), Plain(row.device))?;
            write!(f, "{:padding$}  {}", "", Plain(row.title))?;
            match row.kinds() {
                kinds if kinds.is_empty() => writeln!(f)?,
                kinds => writeln!(f, " ({})", Plain(&kinds))?,
            }
            for (phrase, gloss) in &row.glosses {
                writeln!(f, "{:indent$}  {}: {}", "", Plain(phrase), Plain(gloss), indent = digits + 2)?;
            }
        }
        Ok(())
    }
}

impl Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.article(f)?;
        let ends_line = self.segments.last().is_none_or(|segment| segment.text.ends_with('\n'));
        f.write_str(if ends_line { "\n" } else { "\n\n" })?;
        self.legend(f)
    }
}
