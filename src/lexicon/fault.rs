//! What is wrong with a lexicon file, and where.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use super::load;

/// How bad a [`Fault`] is.
///
/// ```
/// use rhetor::Severity;
///
/// assert_eq!(Severity::Warning.to_string(), "warning");
/// assert!(Severity::Warning < Severity::Error);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The lexicon does what it says, though hardly what its author means.
    Warning,
    /// The lexicon cannot be used as it is.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// One fault in a lexicon file: where it is, what is wrong and what to do about it.
///
/// Its `Display` form is `file:line:column, entry "id": message`, with `warning: ` before the message of a warning, and
/// followed, where the place is known, by the line with a caret under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) entry: Option<String>,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) picture: Option<Picture>,
}

/// The most of a line that is shown before, behind and at the place at fault, in code points.
const SHOWN: usize = 100;

/// A line of the file with the part at fault, in code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    line: String,
    from: usize,
    len: usize,
}

impl Picture {
    /// The line of `source` around `range`, with the range marked; of a very long line, what is near.
    pub(crate) fn of(source: &str, range: Range<usize>) -> Picture {
        let start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = source[range.start..].find('\n').map_or(source.len(), |at| range.start + at);
        let marked = &source[range.start..range.end.min(end).max(range.start)];
        let before = source[start..range.start].trim_start();
        let behind = source[range.start + marked.len()..end].trim_end();

        let cut = before.char_indices().rev().nth(SHOWN).map(|(at, c)| at + c.len_utf8());
        let before = cut.map_or(before.to_owned(), |cut| format!("…{}", &before[cut..]));
        let first = |text: &str| text.char_indices().nth(SHOWN).map(|(cut, _)| format!("{}…", &text[..cut]));
        let line = match first(marked) {
            Some(marked) => before.clone() + &marked,
            None => before.clone() + marked + &first(behind).unwrap_or_else(|| behind.to_owned()),
        };
        Picture { line, from: before.chars().count(), len: marked.chars().count().min(SHOWN) }
    }
}

impl Fault {
    /// A fault in a TOML file of another kind, such as settings that name lexicons, to be shown as those of lexicons are:
    /// `at` is where, in bytes of `text`, which is what the file holds.
    ///
    /// ```
    /// let fault = rhetor::Fault::new("rhetor.toml", "devices = []", 10..12, "name at least one device");
    /// assert_eq!(
    ///     fault.to_string(),
    ///     "rhetor.toml:1:11: name at least one device\n    devices = []\n              ^^"
    /// );
    /// ```
    pub fn new(file: &str, text: &str, at: Range<usize>, message: impl Into<String>) -> Fault {
        load::fault(file, text, at, None, message.into())
    }

    /// Name of the file, or of whatever else the lexicon was read from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column in code points, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Id of the entry at fault; `None` where the fault lies outside of every entry.
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// Whether it keeps the lexicon from being used.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong, and what to do.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same, though nothing that keeps anybody from using the lexicon.
    pub(crate) fn into_warning(self) -> Fault {
        Fault { severity: Severity::Warning, ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)?;
        if let Some(entry) = &self.entry {
            write!(f, ", entry \"{entry}\"")?;
        }
        match self.severity {
            Severity::Error => write!(f, ": {}", self.message)?,
            Severity::Warning => write!(f, ": warning: {}", self.message)?,
        }
        if let Some(p) = &self.picture {
            write!(f, "\n    {}\n    {:from$}{}", p.line, "", "^".repeat(p.len.max(1)), from = p.from)?;
        }
        Ok(())
    }
}

/// Why a lexicon could not be used.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct LexiconError(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("{}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{}: not UTF-8 at byte {offset}; save the file as UTF-8", path.display())]
    NotUtf8 { path: PathBuf, offset: usize },
    #[error("no bundled lexicon is called \"{id}\"; there are: {known}")]
    Unknown { id: String, known: String },
    #[error("lexicon \"{wanted}\": {message}")]
    Version { wanted: String, message: String },
    #[error("there is no \"{wanted}\"; of {id} there are: {known}")]
    NoVersion { wanted: String, id: String, known: String },
    #[error("{}", list(.0))]
    Faults(Vec<Fault>),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}

impl LexiconError {
    /// Every fault found, in the order of the file; empty where the file could not be read at all.
    pub fn faults(&self) -> &[Fault] {
        match &self.0 {
            Kind::Faults(faults) => faults,
            _ => &[],
        }
    }
}

impl From<Vec<Fault>> for LexiconError {
    fn from(faults: Vec<Fault>) -> LexiconError {
        LexiconError(Kind::Faults(faults))
    }
}
