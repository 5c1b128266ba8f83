//! Lexicons compiled together, ready to annotate any number of texts.

use std::sync::{Arc, OnceLock};

use super::document::Document;
use super::engine;
use super::language::LanguageError;
use super::{Language, Source};
use crate::lexicon::{suggest, Device, Entry, Fault, Lexicon, LexiconError};
use crate::pattern::{compile, EntryId, Patterns, Trace};

/// Tags the devices of its lexicons in texts.
///
/// Built once, in milliseconds; then it annotates by `&self`, from any number of threads. A clone is cheap and shares
/// everything.
///
/// ```
/// let annotator = rhetor::Annotator::bundled();
/// let document = annotator.annotate("Officials say the raid caused collateral damage.");
/// let tags: Vec<_> = document.annotations().map(|a| (a.device(), a.text())).collect();
/// assert_eq!(tags, [("unnamed-source", "Officials"), ("euphemism", "collateral damage")]);
/// ```
#[derive(Clone, Debug)]
pub struct Annotator {
    compiled: Arc<Compiled>,
}

/// What an annotator shares with its clones.
#[derive(Debug)]
pub(crate) struct Compiled {
    lexicons: Vec<Lexicon>,
    pub(crate) language: Language,
    devices: Vec<Device>,
    entries: Vec<EntryId>,
    /// For each entry, the place of its device in `devices`.
    pub(crate) device_of: Vec<usize>,
    pub(crate) patterns: Patterns,
    sources: Vec<Source>,
    /// Made when somebody first asks for an explanation.
    trace: OnceLock<Trace>,
}

impl Compiled {
    /// The patterns, element by element.
    pub(crate) fn trace(&self) -> &Trace {
        let Language { names, inflection, words, .. } = &self.language;
        self.trace.get_or_init(|| Trace::compile(&self.lexicons, &self.entries, names.as_deref(), inflection, words))
    }

    pub(crate) fn entry(&self, entry: usize) -> (&Lexicon, &Entry) {
        let (lexicon, entry) = self.entries[entry];
        (&self.lexicons[lexicon], &self.lexicons[lexicon].entries()[entry])
    }

    /// As `entry`, or `None` past the last.
    pub(crate) fn entry_at(&self, entry: usize) -> Option<(&Lexicon, &Entry)> {
        (entry < self.entries.len()).then(|| self.entry(entry))
    }
}

impl Annotator {
    /// The bundled English lexicons with their default devices.
    ///
    /// # Panics
    /// Never with the lexicons of a released crate: a test builds them all. Without the feature `bundled` there are no
    /// lexicons, and this function does not exist.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Annotator {
        match Annotator::builder().build() {
            Ok(annotator) => annotator,
            Err(error) => unreachable!("the bundled lexicons do not build: {error}"),
        }
    }

    /// To choose lexicons, devices and language.
    pub fn builder() -> AnnotatorBuilder {
        AnnotatorBuilder { lexicons: Vec::new(), language: None, bundled: true, devices: Devices::Default(Vec::new()) }
    }

    /// Tags a text of any length; the result borrows both.
    pub fn annotate<'a>(&'a self, text: &'a str) -> Document<'a> {
        Document::new(self, text, engine::annotate(&self.compiled, text, false))
    }

    /// Tags many texts on all cores, in the order in which they come.
    ///
    /// ```
    /// let annotator = rhetor::Annotator::bundled();
    /// let documents = annotator.annotate_all(&["Officials say so.", "Nobody does."]);
    /// assert_eq!(documents.iter().map(|d| d.annotations().count()).collect::<Vec<_>>(), [1, 0]);
    /// ```
    #[cfg(feature = "parallel")]
    pub fn annotate_all<'a, T: AsRef<str> + Sync>(&'a self, texts: &'a [T]) -> Vec<Document<'a>> {
        use rayon::prelude::*;
        texts.par_iter().map(|text| self.annotate(text.as_ref())).collect()
    }

    /// The devices that it looks for.
    pub fn devices(&self) -> &[Device] {
        &self.compiled.devices
    }

    /// The lexicons that it was built from, those whose classes others use included.
    pub fn lexicons(&self) -> &[Lexicon] {
        &self.compiled.lexicons
    }

    /// Id, version and fingerprint of every data file that its tags depend on.
    pub fn sources(&self) -> &[Source] {
        &self.compiled.sources
    }

    pub(super) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    pub(super) fn entry(&self, entry: usize) -> (&Lexicon, &Entry) {
        self.compiled.entry(entry)
    }
}

/// Chooses what an [`Annotator`] is built from.
///
/// ```
/// use rhetor::{Annotator, Lexicon};
///
/// let euphemisms = Annotator::builder().only(["euphemism"]).build()?;
/// assert_eq!(euphemisms.devices().len(), 1);
/// # Ok::<(), rhetor::BuildError>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct AnnotatorBuilder {
    lexicons: Vec<Lexicon>,
    language: Option<Language>,
    bundled: bool,
    devices: Devices,
}

#[derive(Debug)]
enum Devices {
    /// The default ones, and these.
    Default(Vec<String>),
    Only(Vec<String>),
    All,
}

/// Why an annotator could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Lexicons have faults; every one of them is listed.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The files of the language have faults, or there is no such language.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// No lexicon declares a device that was asked for.
    #[error("no lexicon declares the device \"{device}\"; there are: {known}{hint}")]
    UnknownDevice {
        /// The device asked for.
        device: String,
        /// Those declared.
        known: String,
        /// The nearest of them.
        hint: String,
    },
    /// Two lexicons have the same id.
    #[error("two lexicons have the id \"{0}\"; give one of them another")]
    SameId(String),
}

impl AnnotatorBuilder {
    /// Adds a lexicon. One with the id of a bundled lexicon takes its place.
    pub fn lexicon(mut self, lexicon: Lexicon) -> AnnotatorBuilder {
        self.lexicons.push(lexicon);
        self
    }

    /// Leaves the bundled lexicons out, save where a lexicon that was added uses their classes.
    pub fn without_bundled(mut self) -> AnnotatorBuilder {
        self.bundled = false;
        self
    }

    /// The rules of another language than English.
    pub fn language(mut self, language: Language) -> AnnotatorBuilder {
        self.language = Some(language);
        self
    }

    /// Looks for these devices and no others.
    pub fn only<S: Into<String>>(mut self, devices: impl IntoIterator<Item = S>) -> AnnotatorBuilder {
        self.devices = Devices::Only(devices.into_iter().map(Into::into).collect());
        self
    }

    /// Looks for these devices besides the default ones.
    pub fn also<S: Into<String>>(mut self, devices: impl IntoIterator<Item = S>) -> AnnotatorBuilder {
        self.devices = Devices::Default(devices.into_iter().map(Into::into).collect());
        self
    }

    /// Looks for every device that any lexicon declares.
    pub fn all_devices(mut self) -> AnnotatorBuilder {
        self.devices = Devices::All;
        self
    }

    /// Compiles the lexicons.
    ///
    /// # Errors
    /// Lists every fault in every lexicon: patterns that do not read, unknown classes, cycles. Names a device that no
    /// lexicon declares.
    pub fn build(self) -> Result<Annotator, BuildError> {
        match self.build_with_faults()? {
            (annotator, faults) if faults.is_empty() => Ok(annotator),
            (_, faults) => Err(LexiconError::from(faults).into()),
        }
    }

    /// As [`AnnotatorBuilder::build`], but goes on without the patterns at fault.
    pub(super) fn build_with_faults(self) -> Result<(Annotator, Vec<Fault>), BuildError> {
        let language = match self.language {
            Some(language) => language,
            None => Language::bundled("en")?,
        };
        let mut given = self.lexicons;
        if let Some(twice) =
            given.iter().enumerate().find(|(i, l)| given[..*i].iter().any(|other| other.id() == l.id()))
        {
            return Err(BuildError::SameId(twice.1.id().to_owned()));
        }
        let own = given.len();
        for id in Lexicon::bundled_ids().filter(|id| id.split('/').next() == Some(language.tag())) {
            if !given.iter().any(|lexicon| lexicon.id() == id) {
                given.push(Lexicon::bundled(id)?);
            }
        }
        let offered = if self.bundled { given.len() } else { own };
        let declared: Vec<Device> =
            given[..offered].iter().flat_map(|lexicon| lexicon.devices().iter().cloned()).collect();
        let devices = chosen(declared, &self.devices)?;
        let lexicons = needed(given, own, offered, &devices, language.names.as_deref());

        let mut entries = Vec::new();
        let mut device_of = Vec::new();
        for (l, lexicon) in lexicons.iter().enumerate() {
            for (e, entry) in lexicon.entries().iter().enumerate() {
                if let Some(device) = devices.iter().position(|device| device.id() == entry.device()) {
                    entries.push((l, e));
                    device_of.push(device);
                }
            }
        }
        let (patterns, faults) =
            compile(&lexicons, &entries, language.names.as_deref(), &language.inflection, &language.words);
        let mut sources: Vec<Source> = lexicons
            .iter()
            .map(|l| Source {
                id: l.id().to_owned(),
                version: l.version().to_string(),
                fingerprint: l.fingerprint().to_owned(),
            })
            .collect();
        sources.extend(language.sources.iter().cloned());
        let trace = OnceLock::new();
        let compiled = Compiled { lexicons, language, devices, entries, device_of, patterns, sources, trace };
        Ok((Annotator { compiled: Arc::new(compiled) }, faults))
    }
}

/// The devices to look for, each once.
fn chosen(declared: Vec<Device>, wanted: &Devices) -> Result<Vec<Device>, BuildError> {
    let named = match wanted {
        Devices::Default(more) => more,
        Devices::Only(only) => only,
        Devices::All => &Vec::new(),
    };
    for device in named {
        if !declared.iter().any(|d| d.id() == device) {
            let known: Vec<&str> = declared.iter().map(Device::id).collect();
            let hint = suggest(device, known.iter().copied());
            return Err(BuildError::UnknownDevice { device: device.clone(), known: known.join(", "), hint });
        }
    }
    let mut devices: Vec<Device> = Vec::new();
    for device in declared {
        let is_named = named.contains(&device.id);
        let wanted = match wanted {
            Devices::All => true,
            Devices::Only(_) => is_named,
            Devices::Default(_) => is_named || device.is_default(),
        };
        if wanted && !devices.iter().any(|other| other.id == device.id) {
            devices.push(device);
        }
    }
    Ok(devices)
}

/// The lexicons with entries for the devices, and those that they use at any remove. One of the `own` that has classes
/// only was given for the sake of these.
fn needed(lexicons: Vec<Lexicon>, own: usize, offered: usize, devices: &[Device], names: Option<&str>) -> Vec<Lexicon> {
    let finds = |lexicon: &Lexicon| lexicon.entries().iter().any(|e| devices.iter().any(|d| d.id() == e.device()));
    let offers = |(at, lexicon): &(usize, &Lexicon)| finds(lexicon) || (*at < own && lexicon.entries().is_empty());
    let offered = lexicons[..offered].iter().enumerate().filter(offers);
    let mut ids: Vec<String> = offered.map(|(_, lexicon)| lexicon.id().to_owned()).collect();
    ids.extend(names.map(str::to_owned));
    let mut next = 0;
    while next < ids.len() {
        if let Some(lexicon) = lexicons.iter().find(|l| l.id() == ids[next]) {
            for used in lexicon.uses() {
                if !ids.iter().any(|id| id == used) {
                    ids.push(used.to_owned());
                }
            }
        }
        next += 1;
    }
    lexicons.into_iter().filter(|lexicon| ids.iter().any(|id| id == lexicon.id())).collect()
}
