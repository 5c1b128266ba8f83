//! Lexicons compiled together, ready to annotate any number of texts.

use std::sync::{Arc, OnceLock};

use super::buffers::Pool;
use super::document::Document;
use super::{engine, AnnotatorBuilder, Language};
use crate::lexicon::{Device, Entry, Lexicon, Source};
use crate::pattern::{EntryId, Patterns, Trace};

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
    pub(super) lexicons: Vec<Lexicon>,
    pub(crate) language: Language,
    pub(super) devices: Vec<Device>,
    pub(super) entries: Vec<EntryId>,
    /// For each entry, the place of its device in `devices`.
    pub(crate) device_of: Vec<usize>,
    /// For each entry, whether it is an exception: entries themselves are far apart.
    pub(super) excepts: Vec<bool>,
    pub(crate) patterns: Patterns,
    pub(super) sources: Vec<Source>,
    /// Made when somebody first asks for an explanation.
    pub(super) trace: OnceLock<Trace>,
    pub(super) buffers: Pool,
}

impl Compiled {
    /// The patterns, element by element.
    pub(crate) fn trace(&self) -> &Trace {
        let Language { names, words, .. } = &self.language;
        let inflection = || self.language.inflection();
        self.trace.get_or_init(|| Trace::compile(&self.lexicons, &self.entries, names.as_deref(), inflection(), words))
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
        AnnotatorBuilder::new()
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

    pub(super) fn new(compiled: Compiled) -> Annotator {
        Annotator { compiled: Arc::new(compiled) }
    }

    pub(super) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    pub(super) fn entry(&self, entry: usize) -> (&Lexicon, &Entry) {
        self.compiled.entry(entry)
    }
}
