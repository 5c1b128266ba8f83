//! What becomes of the tags of texts when one lexicon takes the place of another.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use rhetor::{AnnotationRecord, Annotator, Device, Lexicon, OffsetMap, PartRecord, Span, TagChange};
use serde::{Serialize, Serializer};

use super::{one_line, SHOWN};
use crate::input::Inputs;
use crate::messages::{error, Failure};

/// What became of the tags of all texts.
///
/// As JSON: `read`, `devices`, `before`, `after`, `gained`, `lost`, `changed`; `entries`, each with `lexicon`, `entry`,
/// `gained`, `lost`, `changed`; and `tags`, each with `text`, `line`, `column`, `sentence`, `change` (`gained`, `lost`,
/// `changed`), `fields` (each with `field`, `before`, `after`) if it changed, and the tag itself as `before` and `after`,
/// in the form of `rhetor annotate --format json` with offsets in bytes.
#[derive(Default, Serialize)]
pub(super) struct Texts {
    /// How many texts were read.
    pub(super) read: usize,
    /// The devices looked for.
    pub(super) devices: Vec<String>,
    /// How many tags there were.
    pub(super) before: usize,
    /// How many there are now.
    pub(super) after: usize,
    #[serde(flatten)]
    pub(super) sums: Sums,
    pub(super) entries: Vec<EntrySums>,
    pub(super) tags: Vec<Tag>,
    /// Whether a text could not be read.
    #[serde(skip)]
    pub(super) faulty: bool,
}

/// How many tags came, went, and became others.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Sums {
    pub(super) gained: usize,
    pub(super) lost: usize,
    pub(super) changed: usize,
}

/// The same for one entry: that of the tag as it is now, or was if it is gone.
#[derive(Serialize)]
pub(super) struct EntrySums {
    pub(super) lexicon: String,
    pub(super) entry: String,
    #[serde(flatten)]
    pub(super) sums: Sums,
}

/// What became of a tag, and where.
#[derive(Serialize)]
pub(super) struct Tag {
    /// Id of the text.
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The sentence, with brackets around the tag.
    pub(super) sentence: Sentence,
    pub(super) change: What,
    /// What of it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<AnnotationRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<AnnotationRecord>,
}

/// What a field of a tag was and is, as people read it; absent where there is nothing.
#[derive(Serialize)]
pub(super) struct Field {
    pub(super) field: &'static str,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    Gained,
    Lost,
    Changed,
}

impl Tag {
    /// The tag as it is now, or as it was if it is gone.
    pub(super) fn record(&self) -> Option<&AnnotationRecord> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

impl Texts {
    /// Annotates each text twice, among the bundled lexicons: with the one lexicon and with the other.
    pub(super) fn compare(
        before: Lexicon,
        after: Lexicon,
        paths: &[PathBuf],
        devices: &[String],
    ) -> Result<Texts, Failure> {
        let others = others(&[before.id(), after.id()])?;
        let devices = match devices {
            [] => own_devices(&[&before, &after]),
            _ => devices.to_vec(),
        };
        let declared = |lexicon: &Lexicon| others.iter().chain([lexicon]).flat_map(Lexicon::devices).map(id).collect();
        let (in_before, in_after): (Vec<String>, Vec<String>) = (declared(&before), declared(&after));
        // A device that only one of them has is no fault of the other.
        let wanted = |own: &[String], other: &[String]| {
            devices.iter().filter(|device| own.contains(device) || !other.contains(device)).cloned().collect::<Vec<_>>()
        };
        let first = annotator(before, &others, &devices, wanted(&in_before, &in_after))?;
        let second = annotator(after, &others, &devices, wanted(&in_after, &in_before))?;

        let mut looked_for: Vec<String> = first.devices().iter().chain(second.devices()).map(id).collect();
        looked_for.sort_unstable();
        looked_for.dedup();
        let mut texts = Texts { devices: looked_for, ..Texts::default() };
        let inputs = Inputs::find(paths, None);
        let bar = progress(inputs.count());
        for file in inputs.files() {
            for text in file.texts() {
                match text {
                    Ok((id, text)) => texts.add(&id, &text, &first, &second),
                    Err(fault) => {
                        texts.faulty = true;
                        bar.suspend(|| error(&fault));
                    }
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        texts.sum_up();
        Ok(texts)
    }

    fn add(&mut self, id: &str, text: &str, first: &Annotator, second: &Annotator) {
        let [before, after] = [first, second].map(|annotator| annotator.annotate(text).to_record());
        self.read += 1;
        self.before += before.annotations.len();
        self.after += after.annotations.len();
        let changes = before.changes_to(&after);
        if changes.is_empty() {
            return;
        }
        let map = OffsetMap::new(text);
        for change in changes {
            let tag = change.tag();
            let place = map.to_position(tag.span.start());
            // Both have the same sentences: these are no matter of a lexicon.
            let sentence = before.sentences.get(tag.sentence).copied().unwrap_or(tag.span);
            let (what, fields, before, after) = match change {
                TagChange::Gained(tag) => (What::Gained, Vec::new(), None, Some(tag)),
                TagChange::Lost(tag) => (What::Lost, Vec::new(), Some(tag), None),
                TagChange::Changed { before, after, fields } => (What::Changed, fields, Some(before), Some(after)),
            };
            let said = |field| Field {
                field,
                before: before.and_then(|tag| value(tag, field, text)),
                after: after.and_then(|tag| value(tag, field, text)),
            };
            self.tags.push(Tag {
                text: id.to_owned(),
                line: place.line,
                column: place.column,
                sentence: Sentence::new(text, sentence, tag.span),
                change: what,
                fields: fields.into_iter().map(said).collect(),
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    }

    fn sum_up(&mut self) {
        let mut entries: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
        for tag in &self.tags {
            let entry = tag.record().map_or(("", ""), |record| (&record.entry.lexicon, &record.entry.id));
            for sums in [&mut self.sums, entries.entry(entry).or_default()] {
                match tag.change {
                    What::Gained => sums.gained += 1,
                    What::Lost => sums.lost += 1,
                    What::Changed => sums.changed += 1,
                }
            }
        }
        let named = |((lexicon, entry), sums): ((&str, &str), Sums)| EntrySums {
            lexicon: lexicon.to_owned(),
            entry: entry.to_owned(),
            sums,
        };
        self.entries = entries.into_iter().map(named).collect();
    }
}

/// What a field of a tag in `text` says.
fn value(tag: &AnnotationRecord, field: &str, text: &str) -> Option<String> {
    match field {
        "span" => Some(tag.text.clone()),
        "kind" => tag.kind.clone(),
        "voice" => Some(tag.voice.to_string()),
        "entry" => Some(format!("{} {}", tag.entry.lexicon, tag.entry.id)),
        "parts" if tag.parts.is_empty() => None,
        "parts" => {
            let part =
                |part: &PartRecord| format!("{}: {}", part.role, text.get(part.span.range()).unwrap_or_default());
            Some(tag.parts.iter().map(part).collect::<Vec<_>>().join(", "))
        }
        "gloss" => tag.gloss.clone(),
        "note" => tag.note.clone(),
        _ => Some(tag.confidence.to_string()),
    }
}

fn id(device: &Device) -> String {
    device.id().to_owned()
}

/// The bundled lexicons that find something, but for those of these ids.
fn others(but: &[&str]) -> Result<Vec<Lexicon>, Failure> {
    let bundled = Lexicon::bundled_ids().filter(|id| !but.contains(id)).map(Lexicon::bundled);
    let all: Vec<Lexicon> = bundled.collect::<Result<_, _>>().map_err(Failure::new)?;
    Ok(all.into_iter().filter(|lexicon| !lexicon.entries().is_empty()).collect())
}

/// The devices that their entries find, each once.
fn own_devices(lexicons: &[&Lexicon]) -> Vec<String> {
    let mut devices: Vec<String> = Vec::new();
    for entry in lexicons.iter().flat_map(|lexicon| lexicon.entries()) {
        if !devices.iter().any(|device| device == entry.device()) {
            devices.push(entry.device().to_owned());
        }
    }
    devices
}

/// One lexicon among the others, which looks for what is `wanted`, or for the default devices if nobody named any.
fn annotator(
    lexicon: Lexicon,
    others: &[Lexicon],
    named: &[String],
    wanted: Vec<String>,
) -> Result<Annotator, Failure> {
    let builder = others
        .iter()
        .cloned()
        .fold(Annotator::builder().without_bundled().lexicon(lexicon), |builder, other| builder.lexicon(other));
    let builder = if named.is_empty() { builder } else { builder.only(wanted) };
    builder.build().map_err(Failure::new)
}

/// A bar of files, where somebody watches and there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    let bar = match io::stderr().is_terminal() && files > 1 {
        true => ProgressBar::new(files as u64),
        false => ProgressBar::hidden(),
    };
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// A sentence around a tag, on one line; of a very long one, what is near. Its `Display` form has brackets around the
/// tag.
pub(super) struct Sentence {
    pub(super) before: String,
    pub(super) tag: String,
    pub(super) behind: String,
}

impl Sentence {
    fn new(text: &str, sentence: Span, tag: Span) -> Sentence {
        let part = |from: usize, to: usize| one_line(text.get(from..to).unwrap_or_default());
        let before = part(sentence.start(), tag.start());
        let behind = part(tag.end(), sentence.end());
        let first = before.char_indices().rev().nth(SHOWN).map(|(at, c)| at + c.len_utf8());
        let last = behind.char_indices().nth(SHOWN).map(|(at, _)| at);
        Sentence {
            before: first.map_or(before.clone(), |first| format!("…{}", &before[first..])),
            tag: part(tag.start(), tag.end()),
            behind: last.map_or(behind.clone(), |last| format!("{}…", &behind[..last])),
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]{}", self.before, self.tag, self.behind)
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
