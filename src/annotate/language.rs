//! What has to be known of a language besides its lexicons.

use semver::Version;
use serde::Deserialize;

use super::Source;
use crate::lexicon::{fingerprint, suggest, BUNDLED};
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
    pub(crate) inflection: Inflection,
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
    id: String,
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
        let file: File = toml::from_str(language)?;
        let forms = Inflection::from_toml(inflection)?;
        // The canonical content of a data file is its TOML without layout and comments.
        let canonical =
            |text: &str| -> Result<String, toml::de::Error> { Ok(fingerprint(&text.parse::<toml::Table>()?)) };
        let sources = vec![
            Source { id: file.id, version: file.version.to_string(), fingerprint: canonical(language)? },
            Source {
                id: forms.id().to_owned(),
                version: forms.version().to_owned(),
                fingerprint: canonical(inflection)?,
            },
        ];
        Ok(Language {
            tag: file.language,
            splitter: SentenceSplitter::new(file.sentences),
            quotations: file.quotations,
            words: file.words,
            inflection: forms,
            names: file.names.lexicon,
            sources,
        })
    }

    /// A language inside this crate, by its BCP 47 tag.
    ///
    /// # Errors
    /// When there is none of that tag, as is always so without the feature `bundled`.
    pub fn bundled(tag: &str) -> Result<Language, LanguageError> {
        match BUNDLED.languages.iter().find(|(known, ..)| *known == tag) {
            Some((_, language, inflection)) => Language::from_toml(language, inflection),
            None => {
                let hint = suggest(tag, BUNDLED.languages.iter().map(|(tag, ..)| *tag));
                Err(LanguageError::Unknown { tag: tag.to_owned(), hint })
            }
        }
    }

    /// The BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }
}
