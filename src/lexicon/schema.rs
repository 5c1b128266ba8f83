//! The form of a lexicon file, schema 1.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use semver::Version;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::fault::{Fault, Kind};
use super::{bundled, load, LexiconError, Shelf, Source};
use crate::compact::Lazily;

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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) refs: TextList,
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

    /// Ids of the references on the device as a whole; those on one of its entries stand at the entry.
    pub fn refs(&self) -> impl Iterator<Item = &str> {
        strings(&self.refs)
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

/// A work that supports an entry, or a device as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What entries and devices name it by.
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

/// An entry of the lexicon that another extends, with some of its fields said anew.
#[derive(Clone, Debug, Serialize)]
pub struct Override {
    pub(crate) entry: Text,
    pub(crate) reason: String,
    #[serde(flatten)]
    pub(crate) fields: Fields,
}

impl Override {
    /// Id of the entry.
    pub fn entry(&self) -> &str {
        self.entry.get_ref()
    }

    /// Why it is changed.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// The fields of an entry that an override may say anew; `None` where the entry's own stays.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<Text>,
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub(crate) patterns: Option<TextList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) requires: Option<TextList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) excludes: Option<TextList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) exception: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gloss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) examples: Option<TextList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counterexamples: Option<TextList>,
}

/// An entry of the lexicon that another extends, which is not to be used.
#[derive(Clone, Debug, Serialize)]
pub struct Disabled {
    pub(crate) entry: Text,
    pub(crate) reason: String,
}

impl Disabled {
    /// Id of the entry.
    pub fn entry(&self) -> &str {
        self.entry.get_ref()
    }

    /// Why it is not to be used.
    pub fn reason(&self) -> &str {
        &self.reason
    }
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
    /// By far the most of it, and of no use to an annotator that is kept ready.
    pub(crate) classes: Lazily<BTreeMap<String, TextList>>,
    pub(crate) phrases: BTreeMap<String, Text>,
    pub(crate) entries: Vec<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extends: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) overrides: Vec<Override>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) disabled: Vec<Disabled>,
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
    pub(crate) source: Cow<'static, str>,
    pub(crate) content: Content,
    pub(crate) fingerprint: String,
    /// What it was released with, where a certain release was asked for.
    pub(crate) shelf: Option<Shelf>,
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

    /// One of the lexicons inside this crate: `en/euphemism` as it is now, `en/euphemism@1.0.0` as it was released, or
    /// the highest version that fits a requirement, such as `en/euphemism@^1.2` (as in Cargo; the number alone is that
    /// version and no other). Earlier versions are here with the feature `released`.
    ///
    /// A version asked for by its number brings along what it was released with: an annotator with it takes classes,
    /// names and the rules of the language from the same release, so that it tags as it did then.
    ///
    /// ```
    /// let lexicon = rhetor::Lexicon::bundled("en/euphemism@^1")?;
    /// assert_eq!(lexicon.version().major, 1);
    /// let error = rhetor::Lexicon::bundled("en/euphemism@0.9.0").unwrap_err();
    /// assert!(error.to_string().starts_with("there is no \"en/euphemism@0.9.0\"; of en/euphemism there are: 1."));
    /// # Ok::<(), rhetor::LexiconError>(())
    /// ```
    ///
    /// # Errors
    /// When there is none of that id or version; the message lists those there are.
    pub fn bundled(id: &str) -> Result<Lexicon, LexiconError> {
        bundled::lexicon(id)
    }

    /// Ids of the lexicons inside this crate, whatever their language.
    pub fn bundled_ids() -> impl Iterator<Item = &'static str> {
        bundled::ids()
    }

    /// The versions of a lexicon that are inside this crate, lowest first.
    ///
    /// # Errors
    /// When there is none of that id; the message lists those there are.
    pub fn bundled_versions(id: &str) -> Result<Vec<Version>, LexiconError> {
        bundled::versions(id)
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

    /// The works that its devices and entries refer to.
    pub fn references(&self) -> &[Reference] {
        &self.content.references
    }

    /// The bundled lexicon that it extends, such as `en/euphemism@^1`; its entries are then additions to that.
    pub fn extends(&self) -> Option<&str> {
        self.content.extends.as_ref().map(|wanted| wanted.get_ref().as_str())
    }

    /// Entries of the lexicon that it extends, changed.
    pub fn overrides(&self) -> &[Override] {
        &self.content.overrides
    }

    /// Entries of the lexicon that it extends, left out.
    pub fn disabled(&self) -> &[Disabled] {
        &self.content.disabled
    }

    /// Id, version and fingerprint.
    pub fn source(&self) -> Source {
        Source { id: self.id().to_owned(), version: self.version().to_string(), fingerprint: self.fingerprint.clone() }
    }

    /// Names of its classes, with the number of members each lists.
    pub fn classes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.content.classes.iter().map(|(name, members)| (name.as_str(), members.len()))
    }

    /// The members of one of its classes, as written in the file; none where it has no class of that name.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// let names = rhetor::Lexicon::bundled("en/names")?;
    /// assert!(names.class_members("country").any(|country| country == "Norway"));
    /// assert_eq!(names.class_members("planet").count(), 0);
    /// # }
    /// # Ok::<(), rhetor::LexiconError>(())
    /// ```
    pub fn class_members(&self, class: &str) -> impl Iterator<Item = &str> {
        strings(self.content.classes.get(class).map_or(&[], Vec::as_slice))
    }

    /// Its phrases: named patterns that entries use like classes, as written in the file.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.content.phrases.iter().map(|(name, pattern)| (name.as_str(), pattern.get_ref().as_str()))
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
