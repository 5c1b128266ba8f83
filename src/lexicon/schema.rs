//! The form of a lexicon file, schema 1.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use semver::Version;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::fault::{Fault, Kind};
use super::{bundled, load, LexiconError};

/// A string of the file together with where it stands in it.
pub(crate) type Text = Spanned<String>;
pub(crate) type TextList = Vec<Text>;

/// A device that a lexicon declares: a way of persuading that its entries find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Device {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) definition: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) kinds: Vec<String>,
    pub(crate) default: bool,
}

impl Device {
    /// The id that annotations carry, such as `euphemism`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What to call it in a legend.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it is, in a sentence.
    pub fn definition(&self) -> &str {
        &self.definition
    }

    /// The kinds that its entries may have; empty where any will do.
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// Whether it is looked for unless somebody says otherwise.
    pub fn is_default(&self) -> bool {
        self.default
    }
}

/// Since when, and why, an entry should no longer be relied upon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// The version of the lexicon that deprecated the entry.
    pub version: Version,
    /// Why.
    pub reason: String,
}

/// A work that supports an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What entries name it by.
    pub id: String,
    /// Title of the work.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When it was published.
    pub year: u16,
    /// Where to find it: a URL, a DOI, a publisher.
    pub source: String,
}

/// One entry of a lexicon: what it matches and why that is worth a reader's notice.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub(crate) id: Text,
    pub(crate) device: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    #[serde(rename = "match")]
    pub(crate) patterns: TextList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) requires: TextList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) excludes: TextList,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) exception: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gloss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) since: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deprecated: Option<Deprecated>,
    pub(crate) confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) refs: TextList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) examples: TextList,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) counterexamples: TextList,
}

impl Entry {
    /// The id, which never changes and is never given to another entry.
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// Id of the device that the entry finds.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The kind within the device, such as `military`.
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The patterns, as written in the file.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        strings(&self.patterns)
    }

    /// Words and classes of which one must stand in the same sentence, as written in the file.
    pub fn requires(&self) -> impl Iterator<Item = &str> {
        strings(&self.requires)
    }

    /// Words and classes of which none may stand in the same sentence, as written in the file.
    pub fn excludes(&self) -> impl Iterator<Item = &str> {
        strings(&self.excludes)
    }

    /// Whether the entry only keeps others of its device from tagging what it matches.
    pub fn is_exception(&self) -> bool {
        self.exception
    }

    /// The plain expression that the phrase replaces.
    pub fn gloss(&self) -> Option<&str> {
        self.gloss.as_deref()
    }

    /// Why it is tagged, or what to watch for.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The version of the lexicon in which the entry first stood.
    pub fn since(&self) -> &Version {
        &self.since
    }

    /// Whether, since when and why it should no longer be relied upon.
    pub fn deprecated(&self) -> Option<&Deprecated> {
        self.deprecated.as_ref()
    }

    /// The share of its tags in ordinary news that its authors expect to be right, from 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Ids of the references that support it.
    pub fn refs(&self) -> impl Iterator<Item = &str> {
        strings(&self.refs)
    }

    /// Sentences in which brackets enclose what the entry tags.
    pub fn examples(&self) -> impl Iterator<Item = &str> {
        strings(&self.examples)
    }

    /// Sentences in which the entry tags nothing.
    pub fn counterexamples(&self) -> impl Iterator<Item = &str> {
        strings(&self.counterexamples)
    }
}

fn strings(list: &[Text]) -> impl Iterator<Item = &str> {
    list.iter().map(|text| text.get_ref().as_str())
}

/// What a lexicon file says: the part that its fingerprint is made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) schema: u32,
    pub(crate) id: String,
    pub(crate) version: Version,
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) license: String,
    #[serde(rename = "use")]
    pub(crate) uses: TextList,
    pub(crate) devices: Vec<Device>,
    pub(crate) references: Vec<Reference>,
    pub(crate) classes: BTreeMap<String, TextList>,
    pub(crate) phrases: BTreeMap<String, Text>,
    pub(crate) entries: Vec<Entry>,
}

/// A versioned list of entries, read from a file and checked for form.
///
/// ```
/// let lexicon = rhetor::Lexicon::from_toml("house.toml", r#"
///     schema = 1
///     id = "house/plain-words"
///     version = "1.0.0"
///     language = "en"
///     title = "Plain words"
///     license = "CC0-1.0"
///
///     [[device]]
///     id = "wordy"
///     title = "Wordy"
///     definition = "A long way to say a short thing."
///
///     [[entry]]
///     id = "at-this-point-in-time"
///     match = ["at this point in time"]
///     gloss = "now"
///     since = "1.0.0"
///     examples = ["They have no plans [at this point in time]."]
/// "#)?;
/// assert_eq!(lexicon.entries()[0].gloss(), Some("now"));
/// # Ok::<(), rhetor::LexiconError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(crate) file: String,
    /// The file itself: faults found later show the line.
    pub(crate) source: String,
    pub(crate) content: Content,
    pub(crate) fingerprint: String,
    /// Where the names of classes and phrases stand in the file.
    pub(crate) places: BTreeMap<String, Range<usize>>,
}

impl Lexicon {
    /// Reads a lexicon from TOML text; `file` is what faults call it.
    ///
    /// # Errors
    /// Lists every fault of form: broken TOML, unknown or missing keys, bad ids and versions, brackets that do not pair.
    /// Faults of meaning (patterns, classes, examples) are found when an annotator is built.
    pub fn from_toml(file: &str, text: &str) -> Result<Lexicon, LexiconError> {
        match load::lexicon(file, text) {
            (Some(lexicon), faults) if !faults.iter().any(Fault::is_error) => Ok(lexicon),
            (_, faults) => Err(faults.into()),
        }
    }

    /// Reads a lexicon from a file.
    ///
    /// # Errors
    /// As [`Lexicon::from_toml`], and when the file cannot be read or is not UTF-8.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Lexicon, LexiconError> {
        let path = path.as_ref();
        Lexicon::from_toml(&path.display().to_string(), &read(path)?)
    }

    /// As [`Lexicon::from_path`], but a file with faults of form still gives as much of the lexicon as can be had, so
    /// that one look finds the faults of form and of meaning alike.
    ///
    /// # Errors
    /// When the file cannot be read or is not UTF-8.
    pub fn from_path_with_faults(path: impl AsRef<Path>) -> Result<(Option<Lexicon>, Vec<Fault>), LexiconError> {
        let path = path.as_ref();
        Ok(load::lexicon(&path.display().to_string(), &read(path)?))
    }

    /// One of the lexicons inside this crate, such as `en/euphemism`.
    ///
    /// # Errors
    /// When there is none of that id; the message lists those there are.
    pub fn bundled(id: &str) -> Result<Lexicon, LexiconError> {
        match bundled::BUNDLED.lexicons.iter().find(|(known, _)| *known == id) {
            Some((id, text)) => Lexicon::from_toml(&format!("{id}.toml"), text),
            None => {
                let known: Vec<&str> = Lexicon::bundled_ids().collect();
                Err(Kind::Unknown { id: id.to_owned(), known: known.join(", ") }.into())
            }
        }
    }

    /// Ids of the lexicons inside this crate, whatever their language.
    pub fn bundled_ids() -> impl Iterator<Item = &'static str> {
        bundled::BUNDLED.lexicons.iter().map(|(id, _)| *id)
    }

    /// The id, such as `en/euphemism`.
    pub fn id(&self) -> &str {
        &self.content.id
    }

    /// The version: major when entries are removed or change their meaning, minor when they are added, patch for wording.
    pub fn version(&self) -> &Version {
        &self.content.version
    }

    /// The language, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.content.language
    }

    /// What to call it.
    pub fn title(&self) -> &str {
        &self.content.title
    }

    /// The licence, as an SPDX expression.
    pub fn license(&self) -> &str {
        &self.content.license
    }

    /// SHA-256 of the canonical content, in hexadecimal: the same however the file is laid out.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Ids of the lexicons whose classes it uses.
    pub fn uses(&self) -> impl Iterator<Item = &str> {
        strings(&self.content.uses)
    }

    /// The devices that it declares.
    pub fn devices(&self) -> &[Device] {
        &self.content.devices
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.content.entries
    }

    /// The works that its entries refer to.
    pub fn references(&self) -> &[Reference] {
        &self.content.references
    }

    /// Names of its classes, with the number of members each lists.
    pub fn classes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.content.classes.iter().map(|(name, members)| (name.as_str(), members.len()))
    }

    /// The line in which a byte of the file stands, counted from 1.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        load::line_of(&self.source, at)
    }

    /// A fault at `at` (a byte offset into the file), `len` bytes long.
    pub(crate) fn fault(&self, at: usize, len: usize, entry: Option<&str>, message: String) -> Fault {
        load::fault(&self.file, &self.source, at..at + len, entry, message)
    }

    /// A fault at the bytes `at` of what a string of the file says.
    pub(crate) fn fault_in(&self, text: &Text, at: Range<usize>, entry: Option<&str>, message: String) -> Fault {
        let at = load::place_in_file(&self.source, text, at);
        load::fault(&self.file, &self.source, at, entry, message)
    }
}

fn read(path: &Path) -> Result<String, LexiconError> {
    let bytes = std::fs::read(path).map_err(|source| Kind::Read { path: path.to_owned(), source })?;
    Ok(String::from_utf8(bytes)
        .map_err(|e| Kind::NotUtf8 { path: path.to_owned(), offset: e.utf8_error().valid_up_to() })?)
}

/// SHA-256 of the content in a form that white space, comments and the order of tables do not touch.
pub(crate) fn fingerprint(content: &impl Serialize) -> String {
    let canonical = serde_json::to_vec(content).unwrap_or_default();
    Sha256::digest(&canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}
