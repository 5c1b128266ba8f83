//! One tag: where, what, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::annotator::Annotator;
use super::engine::Hit;
use crate::lexicon::{Entry, Lexicon};
use crate::text::Span;

/// Whose words a span stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The writer's own.
    Author,
    /// Those of somebody quoted.
    Quoted,
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Voice::Author => "author",
            Voice::Quoted => "quoted",
        })
    }
}

/// A part of a match that its pattern names, such as the reporting verb as `cue`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What the pattern calls it.
    pub role: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// An entry together with the lexicon that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct EntryRef<'a> {
    lexicon: &'a Lexicon,
    entry: &'a Entry,
}

impl<'a> EntryRef<'a> {
    /// The lexicon.
    pub fn lexicon(self) -> &'a Lexicon {
        self.lexicon
    }

    /// The entry's id.
    pub fn id(self) -> &'a str {
        self.entry.id()
    }

    /// The plain expression that the phrase replaces.
    pub fn gloss(self) -> Option<&'a str> {
        self.entry.gloss()
    }

    /// Why it is tagged.
    pub fn note(self) -> Option<&'a str> {
        self.entry.note()
    }

    /// The whole entry.
    pub fn entry(self) -> &'a Entry {
        self.entry
    }
}

/// A span that an entry tagged.
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a> {
    pub(super) annotator: &'a Annotator,
    pub(super) text: &'a str,
    pub(super) hit: &'a Hit<'a>,
}

impl<'a> Annotation<'a> {
    /// Where, in bytes of the text.
    pub fn span(&self) -> Span {
        self.hit.span
    }

    /// The text of the span.
    pub fn text(&self) -> &'a str {
        &self.text[self.hit.span.range()]
    }

    /// Id of the device, such as `euphemism`.
    pub fn device(&self) -> &'a str {
        self.entry().entry.device()
    }

    /// The kind within the device, such as `military`.
    pub fn kind(&self) -> Option<&'a str> {
        self.entry().entry.kind()
    }

    /// The entry that tagged it.
    pub fn entry(&self) -> EntryRef<'a> {
        let (lexicon, entry) = self.annotator.entry(self.hit.entry);
        EntryRef { lexicon, entry }
    }

    /// Number of the sentence that it begins in, counted from 0.
    pub fn sentence(&self) -> usize {
        self.hit.sentence
    }

    /// Whose words it stands in.
    pub fn voice(&self) -> Voice {
        self.hit.voice
    }

    /// Further parts of the match, such as the cue.
    pub fn parts(&self) -> impl Iterator<Item = Part<'a>> + 'a {
        self.hit.parts.iter().map(|(role, span)| Part { role, span: *span })
    }

    /// The share of the entry's tags in ordinary news that its authors expect to be right, from 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.entry().entry.confidence()
    }
}
