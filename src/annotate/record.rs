//! Annotations that own what they say: what is stored today can be shown next year, without the lexicon.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Document, Voice};
use crate::lexicon::Source;
use crate::text::{OffsetMap, Span};

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Bytes of UTF-8, as in Rust and Go.
    #[default]
    Bytes,
    /// Unicode code points, as in Python.
    Chars,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

impl Unit {
    const ALL: [(Unit, &'static str); 3] = [(Unit::Bytes, "bytes"), (Unit::Chars, "chars"), (Unit::Utf16, "utf16")];
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Unit::ALL.iter().find(|(unit, _)| unit == self).map_or("bytes", |(_, name)| name))
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(name: &str) -> Result<Unit, String> {
        let known = Unit::ALL.iter().find(|(_, known)| *known == name);
        known
            .map(|(unit, _)| *unit)
            .ok_or_else(|| format!("\"{name}\" is no unit of offsets; there are bytes, chars and utf16"))
    }
}

/// The annotations of a text, with all that it takes to show and explain them.
///
/// ```
/// let text = "Officials say nothing.";
/// let record = rhetor::Annotator::bundled().annotate(text).to_record();
/// let stored = serde_json::to_string(&record)?;
/// let again: rhetor::Record = serde_json::from_str(&stored)?;
/// assert_eq!(again, record);
/// assert_eq!(again.annotations[0].text, "Officials");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        title = "rhetor record",
        description = "The annotations of a text, with all that it takes to show and explain them."
    )
)]
pub struct Record {
    /// What the caller calls the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the offsets count.
    #[serde(default)]
    pub offsets: Unit,
    /// The sentences, in order.
    pub sentences: Vec<Span>,
    /// What was tagged, by where it begins.
    pub annotations: Vec<AnnotationRecord>,
    /// The passages in which comments of a Markdown or HTML source switch tagging off, by where they begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<OffRecord>,
    /// The devices that were looked for.
    pub devices: Vec<DeviceRecord>,
    /// Every data file that the tags depend on.
    pub lexicons: Vec<Source>,
}

/// A device that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceRecord {
    /// Its id, such as `unnamed-source`.
    pub id: String,
    /// What to call it in a legend.
    pub title: String,
}

/// A tag that owns what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnnotationRecord {
    /// Where, in the unit of [`Record::offsets`].
    #[serde(flatten)]
    pub span: Span,
    /// Id of the device.
    pub device: String,
    /// The kind within the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The text of the span.
    pub text: String,
    /// Number of the sentence that it begins in, counted from 0.
    pub sentence: usize,
    /// Whose words it stands in.
    pub voice: Voice,
    /// The entry that tagged it.
    pub entry: EntryRecord,
    /// Further parts of the match.
    #[serde(default)]
    pub parts: Vec<PartRecord>,
    /// The plain expression that it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gloss: Option<String>,
    /// Why it is tagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The share of the entry's tags that its authors expect to be right.
    pub confidence: f64,
}

/// Which entry of which version of which lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryRecord {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Version of the lexicon.
    pub version: String,
    /// Id of the entry.
    pub id: String,
}

impl fmt::Display for EntryRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.lexicon, self.version, self.id)
    }
}

/// A part of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartRecord {
    /// What the pattern calls it, such as `cue`.
    pub role: String,
    /// Where, in the unit of [`Record::offsets`].
    #[serde(flatten)]
    pub span: Span,
}

/// A passage in which tagging was switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OffRecord {
    /// Where, in the unit of [`Record::offsets`].
    #[serde(flatten)]
    pub span: Span,
    /// Why, in the words of whoever switched it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A record that does not belong to the text given with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record does not fit the text: {found:?} stands at {span:?}, not {wanted:?}")]
pub struct OffsetError {
    span: Span,
    wanted: String,
    found: String,
}

impl Document<'_> {
    /// An owned copy, with offsets in bytes.
    pub fn to_record(&self) -> Record {
        let annotations = self
            .annotations()
            .map(|a| AnnotationRecord {
                span: a.span(),
                device: a.device().to_owned(),
                kind: a.kind().map(str::to_owned),
                text: a.text().to_owned(),
                sentence: a.sentence(),
                voice: a.voice(),
                entry: EntryRecord {
                    lexicon: a.entry().lexicon().id().to_owned(),
                    version: a.entry().lexicon().version().to_string(),
                    id: a.entry().id().to_owned(),
                },
                parts: a.parts().map(|p| PartRecord { role: p.role.to_owned(), span: p.span }).collect(),
                gloss: a.entry().gloss().map(str::to_owned),
                note: a.entry().note().map(str::to_owned),
                confidence: a.confidence(),
            })
            .collect();
        let devices = self.annotator().devices().iter();
        Record {
            id: None,
            offsets: Unit::Bytes,
            sentences: self.sentences().to_vec(),
            annotations,
            off: Vec::new(),
            devices: devices.map(|d| DeviceRecord { id: d.id().to_owned(), title: d.title().to_owned() }).collect(),
            lexicons: self.annotator().sources().to_vec(),
        }
    }
}

impl Record {
    /// The same record with offsets in another unit; `text` is the text that it was made from.
    ///
    /// # Errors
    /// When a span does not hold in `text` what the record says it does.
    ///
    /// ```
    /// let text = "“Ça suffit,” officials say.";
    /// let record = rhetor::Annotator::bundled().annotate(text).to_record();
    /// let chars = record.in_unit(rhetor::Unit::Chars, text)?;
    /// assert_eq!(chars.annotations[0].span.range(), 13..22);
    /// # Ok::<(), rhetor::OffsetError>(())
    /// ```
    pub fn in_unit(&self, unit: Unit, text: &str) -> Result<Record, OffsetError> {
        let map = OffsetMap::new(text);
        let convert = |span: Span| {
            let bytes = match self.offsets {
                Unit::Bytes => span,
                Unit::Chars => Span::new(map.from_chars(span.start()), map.from_chars(span.end())),
                Unit::Utf16 => Span::new(map.from_utf16(span.start()), map.from_utf16(span.end())),
            };
            let own = match unit {
                Unit::Bytes => bytes,
                Unit::Chars => Span::new(map.to_chars(bytes.start()), map.to_chars(bytes.end())),
                Unit::Utf16 => Span::new(map.to_utf16(bytes.start()), map.to_utf16(bytes.end())),
            };
            (bytes, own)
        };
        let mut record = Record { offsets: unit, ..self.clone() };
        for span in &mut record.sentences {
            *span = convert(*span).1;
        }
        for off in &mut record.off {
            off.span = convert(off.span).1;
        }
        for annotation in &mut record.annotations {
            let (bytes, own) = convert(annotation.span);
            let found = text.get(bytes.range()).unwrap_or("");
            if found != annotation.text {
                return Err(OffsetError {
                    span: annotation.span,
                    wanted: annotation.text.clone(),
                    found: found.to_owned(),
                });
            }
            annotation.span = own;
            for part in &mut annotation.parts {
                part.span = convert(part.span).1;
            }
        }
        Ok(record)
    }
}
