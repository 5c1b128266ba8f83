//! What an annotator is built from: lexicons, their versions, devices, a language.

use std::sync::OnceLock;

use super::annotator::{Annotator, Compiled};
use super::buffers::Pool;
use super::company::Company;
use super::language::{Language, LanguageError};
use super::record::Record;
use crate::compact::kept;
use crate::lexicon::{overlay, suggest, Device, Fault, Lexicon, LexiconError, Source};
use crate::pattern::compile;

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
    /// Two versions of a file are wanted at once.
    #[error(
        "{first} was released with {id} {one}, {second} with {id} {other}; \
         take versions that were released together, or say which by \"{id}@VERSION\""
    )]
    Apart {
        /// The file.
        id: String,
        /// A lexicon, with its version.
        first: String,
        /// The version of the file that it was released with.
        one: String,
        /// Another lexicon, with its version.
        second: String,
        /// The version of the file that this one was released with.
        other: String,
    },
    /// A record names a data file that is not to be had as it was.
    #[error("the record was made with {} {}, {what}", .wanted.id, .wanted.version)]
    NotTheSame {
        /// What the record names.
        wanted: Source,
        /// What is the matter with it.
        what: String,
    },
}

impl AnnotatorBuilder {
    pub(super) fn new() -> AnnotatorBuilder {
        AnnotatorBuilder { lexicons: Vec::new(), language: None, bundled: true, devices: Devices::Default(Vec::new()) }
    }

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

    /// Takes the very lexicons, rules and devices that a stored record was made with, so that the same text gives the
    /// same record again. Bundled ones are looked up among the releases; those of one's own have to be given, by
    /// [`AnnotatorBuilder::lexicon`], before.
    ///
    /// ```
    /// use rhetor::Annotator;
    ///
    /// let text = "Officials say so.";
    /// let stored = Annotator::bundled().annotate(text).to_record();
    /// let annotator = Annotator::builder().reproduce(&stored)?.build()?;
    /// assert_eq!(annotator.annotate(text).to_record(), stored);
    /// # Ok::<(), rhetor::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// Names the first file that is not to be had with the version and the fingerprint that the record names.
    pub fn reproduce(mut self, record: &Record) -> Result<AnnotatorBuilder, BuildError> {
        let mut lexicons = Vec::new();
        let mut language = None;
        for wanted in &record.lexicons {
            let differs = |what: String| BuildError::NotTheSame { wanted: wanted.clone(), what };
            if let Some(tag) = Language::of_file(&wanted.id) {
                language = Some(tag);
                continue;
            }
            let lexicon = match self.lexicons.iter().position(|lexicon| lexicon.id() == wanted.id) {
                Some(at) => self.lexicons.remove(at),
                None => Lexicon::bundled(&format!("{}@{}", wanted.id, wanted.version))
                    .map_err(|error| differs(format!("which is not to be had: {error}")))?,
            };
            if lexicon.source() != *wanted {
                let found = lexicon.source();
                return Err(differs(match found.version == wanted.version {
                    true => "but its content is another: the fingerprints differ".to_owned(),
                    false => format!("but what was given is {}", found.version),
                }));
            }
            // Its company is named by the record.
            lexicons.push(Lexicon { shelf: None, ..lexicon });
        }
        if let Some(unused) = self.lexicons.first() {
            let what = "but the record was made without it; leave it out".to_owned();
            return Err(BuildError::NotTheSame { wanted: unused.source(), what });
        }
        if let Some(tag) = language {
            let version = |id: &str| record.lexicons.iter().find(|source| source.id == id).map(|s| s.version.clone());
            let rules = Language::released(tag, version)?;
            if let Some(found) = rules.sources.iter().find(|found| !record.lexicons.contains(found)) {
                let what = "but its content is another: the fingerprints differ".to_owned();
                return Err(BuildError::NotTheSame { wanted: found.clone(), what });
            }
            self.language = Some(rules);
        }
        self.lexicons = lexicons;
        self.bundled = false;
        Ok(self.only(record.devices.iter().map(|device| device.id.as_str())))
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
            (annotator, faults) if !faults.iter().any(Fault::is_error) => Ok(annotator),
            (_, faults) => Err(LexiconError::from(faults).into()),
        }
    }

    /// As [`AnnotatorBuilder::build`], but goes on without the patterns at fault.
    pub(super) fn build_with_faults(self) -> Result<(Annotator, Vec<Fault>), BuildError> {
        let mut given = self.lexicons;
        if let Some(twice) =
            given.iter().enumerate().find(|(i, l)| given[..*i].iter().any(|other| other.id() == l.id()))
        {
            return Err(BuildError::SameId(twice.1.id().to_owned()));
        }
        let mut faults = extended(&mut given)?;
        let own = given.len();
        let own_ids: Vec<String> = given.iter().map(|lexicon| lexicon.id().to_owned()).collect();
        let company = Company::of(&given);
        let language = match self.language {
            Some(language) => language,
            None => Language::released("en", |id| company.version(id))?,
        };
        for id in Lexicon::bundled_ids().filter(|id| id.split('/').next() == Some(language.tag())) {
            if !given.iter().any(|lexicon| lexicon.id() == id) {
                given.push(match company.version(id) {
                    Some(version) => Lexicon::bundled(&format!("{id}@{version}"))?,
                    None => Lexicon::bundled(id)?,
                });
            }
        }
        let offered = if self.bundled { given.len() } else { own };
        let declared: Vec<Device> =
            given[..offered].iter().flat_map(|lexicon| lexicon.devices().iter().cloned()).collect();
        let devices = chosen(declared, &self.devices)?;
        let lexicons = needed(given, own, offered, &devices, language.names.as_deref());
        company
            .holds_together(lexicons.iter().map(Lexicon::id).chain(language.sources.iter().map(|s| s.id.as_str())))?;

        let mut entries = Vec::new();
        let (mut device_of, mut excepts) = (Vec::new(), Vec::new());
        for (l, lexicon) in lexicons.iter().enumerate() {
            for (e, entry) in lexicon.entries().iter().enumerate() {
                if let Some(device) = devices.iter().position(|device| device.id() == entry.device()) {
                    entries.push((l, e));
                    device_of.push(device);
                    excepts.push(entry.is_exception());
                }
            }
        }
        let mut sources: Vec<Source> = lexicons.iter().map(Lexicon::source).collect();
        sources.extend(language.sources.iter().cloned());
        // For faults of those that this crate brought along, a test looks.
        let whole = lexicons.iter().filter(|lexicon| own_ids.iter().any(|id| id == lexicon.id())).count();
        let (patterns, more) = match kept(PATTERNS, &made_from(&sources, &devices), "") {
            Some(patterns) => (patterns, Vec::new()),
            None => {
                let names = language.names.as_deref();
                compile(&lexicons, whole, &entries, names, language.inflection(), &language.words)
            }
        };
        let trace = OnceLock::new();
        let buffers = Pool::default();
        let compiled =
            Compiled { lexicons, language, devices, entries, device_of, excepts, patterns, sources, trace, buffers };
        faults.extend(more);
        Ok((Annotator::new(compiled), faults))
    }
}

/// What the patterns of the default annotator are kept under.
const PATTERNS: &str = "en/patterns";

/// All that patterns depend on.
fn made_from(sources: &[Source], devices: &[Device]) -> String {
    let sources = sources.iter().map(|source| format!("{} {}", source.id, source.fingerprint));
    sources.chain(devices.iter().map(|device| device.id().to_owned())).collect::<Vec<_>>().join("\n")
}

/// The patterns of the default annotator, as they are to be kept.
#[cfg(all(test, feature = "bundled"))]
pub(super) fn section() -> Vec<u8> {
    let annotator = Annotator::bundled();
    let Compiled { lexicons, language, entries, sources, devices, .. } = annotator.compiled();
    let (patterns, _) =
        compile(lexicons, 0, entries, language.names.as_deref(), language.inflection(), &language.words);
    crate::compact::keep(PATTERNS, &made_from(sources, devices), "", &patterns)
}

/// Puts the lexicons that others extend beside these, and lets them be changed.
fn extended(given: &mut Vec<Lexicon>) -> Result<Vec<Fault>, LexiconError> {
    let mut faults = Vec::new();
    let extending: Vec<(String, String)> =
        given.iter().filter_map(|lexicon| Some((lexicon.id().to_owned(), lexicon.extends()?.to_owned()))).collect();
    for (id, extends) in extending {
        let base = extends.split('@').next().unwrap_or_default();
        if !given.iter().any(|lexicon| lexicon.id() == base) {
            let at = given.iter().position(|lexicon| lexicon.id() == id).map_or(given.len(), |at| at + 1);
            given.insert(at, Lexicon::bundled(&extends)?);
        }
        let place = |id: &str| given.iter().position(|lexicon| lexicon.id() == id);
        if let (Some(own), Some(base)) = (place(&id), place(base)) {
            let (changed, extension, more) = overlay(&given[own], &given[base]);
            given[base] = changed;
            given[own] = extension;
            faults.extend(more);
        }
    }
    Ok(faults)
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
