//! What names a data file for good.

use serde::{Deserialize, Serialize};

use super::schema::fingerprint;

/// A lexicon or other data file that a result was made with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Id of the file, such as `en/euphemism`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its content, in hexadecimal.
    pub fingerprint: String,
}

impl Source {
    /// Names a data file that is no lexicon, `language.toml` or `inflection.toml`, by its text. Its content is its TOML
    /// without layout and comments.
    ///
    /// ```
    /// let source = rhetor::Source::of_rules("id = \"xx/language\"\nversion = \"1.2.0\"\n# comment")?;
    /// assert_eq!((source.id.as_str(), source.version.as_str()), ("xx/language", "1.2.0"));
    /// assert_eq!(source, rhetor::Source::of_rules("version = '1.2.0'\nid = 'xx/language'")?);
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is not TOML, or has no id or version; the message names line and column.
    pub fn of_rules(text: &str) -> Result<Source, toml::de::Error> {
        #[derive(Deserialize)]
        struct Head {
            id: String,
            version: semver::Version,
        }
        let Head { id, version } = toml::from_str(text)?;
        Ok(Source { id, version: version.to_string(), fingerprint: fingerprint(&text.parse::<toml::Table>()?) })
    }
}
