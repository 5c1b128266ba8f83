//! What has to be known of a language besides its lexicons.

use std::sync::OnceLock;

use semver::Version;
use serde::Deserialize;

use crate::compact::kept;
use crate::lexicon::{self, suggest, Source};
use crate::pattern::{Inflection, InflectionError};
use crate::text::{QuotationRules, SentenceRules, SentenceSplitter, WordRules};

/// The rules of a language: how its sentences end, how its words are cut, what its words' forms are.
///
/// They are data: `language.toml` and `inflection.toml` in the language's folder. Adding a language adds no code.
///
/// ```
/// let english = rhetor::Language::bundled("en").expect("the feature `bundled` is on");
/// assert_eq!(english.tag(), "en");
/// ```
#[derive(Debug)]
pub struct Language {
    tag: String,
    pub(crate) splitter: SentenceSplitter,
    pub(crate) quotations: QuotationRules,
    pub(crate) words: WordRules,
    /// Read from `unread` when first asked for: an annotator whose patterns are kept does without.
    inflection: OnceLock<Inflection>,
    unread: &'static str,
    /// Id of the lexicon whose classes tell names apart.
    pub(crate) names: Option<String>,
    pub(crate) sources: Vec<Source>,
}

/// Why the files of a language could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LanguageError {
    /// `language.toml` is not what it should be; the message names line and column.
    #[error("language.toml: {0}")]
    Rules(#[from] toml::de::Error),
    /// `inflection.toml` is not what it should be; the message names the line.
    #[error("inflection.toml: {0}")]
    Inflection(#[from] InflectionError),
    /// A version of a file that was never released, or not with this crate.
    #[error("there is no version {version} of {id} among the releases")]
    NotReleased {
        /// Id of the file.
        id: String,
        /// The version asked for.
        version: String,
    },
    /// No language of that tag is bundled.
    #[error("no bundled language is called \"{tag}\"{hint}")]
    Unknown {
        /// The tag asked for.
        tag: String,
        /// The nearest that there is.
        hint: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "read so that no other schema is taken for this one")]
    schema: One,
    #[allow(dead_code, reason = "read by `Source::of_rules`")]
    id: String,
    #[allow(dead_code, reason = "read by `Source::of_rules`")]
    version: Version,
    language: String,
    #[allow(dead_code, reason = "for readers of the file")]
    title: String,
    #[allow(dead_code, reason = "for readers of the file")]
    license: String,
    sentences: SentenceRules,
    quotations: QuotationRules,
    #[serde(default)]
    words: WordRules,
    #[serde(default)]
    names: NameRules,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NameRules {
    lexicon: Option<String>,
}

/// The number 1, and nothing else.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct One;

impl TryFrom<u32> for One {
    type Error = &'static str;

    fn try_from(n: u32) -> Result<One, &'static str> {
        (n == 1).then_some(One).ok_or("only schema 1 is known to this version of rhetor")
    }
}

impl Language {
    /// Reads a language from the text of its `language.toml` and its `inflection.toml`.
    ///
    /// # Errors
    /// When either file is not what it should be.
    pub fn from_toml(language: &str, inflection: &str) -> Result<Language, LanguageError> {
        let rules = Language::of_rules(language)?;
        let forms = OnceLock::from(Inflection::from_toml(inflection)?);
        let sources = vec![Source::of_rules(language)?, Source::of_rules(inflection)?];
        Ok(Language { inflection: forms, sources, ..rules })
    }

    /// Without what its files are and without inflection.
    fn of_rules(text: &str) -> Result<Language, LanguageError> {
        let file: File = toml::from_str(text)?;
        Ok(Language {
            tag: file.language,
            splitter: SentenceSplitter::new(file.sentences),
            quotations: file.quotations,
            words: file.words,
            inflection: OnceLock::new(),
            unread: "",
            names: file.names.lexicon,
            sources: Vec::new(),
        })
    }

    /// A language inside this crate, by its BCP 47 tag.
    ///
    /// # Errors
    /// When there is none of that tag, as is always so without the feature `bundled`.
    pub fn bundled(tag: &str) -> Result<Language, LanguageError> {
        Language::released(tag, |_| None)
    }

    /// A language with its files, `TAG/language` and `TAG/inflection`, in the versions asked for; `None` asks for the
    /// present one.
    pub(super) fn released(tag: &str, version: impl Fn(&str) -> Option<String>) -> Result<Language, LanguageError> {
        let (language, inflection) = match lexicon::language(tag) {
            Ok(texts) => texts,
            Err(known) => return Err(LanguageError::Unknown { tag: tag.to_owned(), hint: suggest(tag, known) }),
        };
        let text = |file: &str, present: &'static str| {
            let id = format!("{tag}/{file}");
            match version(&id) {
                None => Ok(present),
                Some(version) => lexicon::released(&id, &version)
                    .or_else(|| is_version(present, &version).then_some(present))
                    .ok_or(LanguageError::NotReleased { id, version }),
            }
        };
        let (language, inflection) = (text("language", language)?, text("inflection", inflection)?);
        let source = |file: &str, text: &'static str| kept::<Source>(&format!("{tag}/{file}"), text, text);
        match (source("language", language), source("inflection", inflection)) {
            // Who keeps what a file is has read it.
            (Some(one), Some(other)) => {
                Ok(Language { unread: inflection, sources: vec![one, other], ..Language::of_rules(language)? })
            }
            _ => Language::from_toml(language, inflection),
        }
    }

    /// The forms of words.
    pub(crate) fn inflection(&self) -> &Inflection {
        self.inflection.get_or_init(|| match Inflection::from_toml(self.unread) {
            Ok(inflection) => inflection,
            Err(error) => unreachable!("a file that is kept as sound: {error}"),
        })
    }

    /// The tag of the bundled language that a data file holds rules of.
    pub(super) fn of_file(id: &str) -> Option<&str> {
        let tag = id.strip_suffix("/language").or(id.strip_suffix("/inflection"))?;
        lexicon::language(tag).is_ok().then_some(tag)
    }

    /// The BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }
}

/// Whether a data file says that it is this version.
fn is_version(text: &str, version: &str) -> bool {
    #[derive(Deserialize)]
    struct Head {
        version: String,
    }
    toml::from_str(text).is_ok_and(|head: Head| head.version == version)
}

/// What the files of the bundled languages are, as it is to be kept.
#[cfg(all(test, feature = "bundled"))]
pub(super) fn sections() -> Vec<u8> {
    let texts = lexicon::languages();
    let files = texts.iter().flat_map(|(tag, language, inflection)| {
        [(format!("{tag}/language"), *language), (format!("{tag}/inflection"), *inflection)]
    });
    let section = |(id, text): (String, &'static str)| {
        crate::compact::keep(&id, text, text, &Source::of_rules(text).expect("sound rules"))
    };
    files.flat_map(section).collect()
}
