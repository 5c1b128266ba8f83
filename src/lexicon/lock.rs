//! Which versions of data files were released together, and what each of them was.

use semver::Version;
use serde::{Deserialize, Serialize};

use super::Source;

/// A lock file: every release of a set of data files, with the fingerprint of each file, oldest first.
///
/// It stands beside the files that were released, as `lock.toml`, and is only ever added to.
///
/// ```
/// let lock = rhetor::Lock::from_toml(r#"
///     [[shelf]]
///     date = "2026-11-26"
///     files = [
///         { id = "house/plain-words", version = "1.0.0", fingerprint = "0f1e" },
///         { id = "house/names", version = "1.2.0", fingerprint = "2d3c" },
///     ]
/// "#)?;
/// let released = lock.last("house/names").expect("it was released");
/// assert_eq!(released.version, "1.2.0");
/// assert_eq!(lock.shelf("house/names", "1.2.0").unwrap().files.len(), 2);
/// assert!(lock.shelf("house/names", "1.1.0").is_none());
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    #[serde(default, rename = "shelf")]
    shelves: Vec<Shelf>,
}

/// The files as they stood side by side at a release, new and old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// The day of the release, as `YYYY-MM-DD`.
    pub date: String,
    /// Id, version and fingerprint of each file.
    pub files: Vec<Source>,
}

impl Shelf {
    /// The file of that id.
    pub fn file(&self, id: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.id == id)
    }
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    /// When it is not what `lock.toml` should be; the message names line and column.
    pub fn from_toml(text: &str) -> Result<Lock, toml::de::Error> {
        toml::from_str(text)
    }

    /// The releases, oldest first.
    pub fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The first release that held a version of a file: what it was made to stand beside.
    pub fn shelf(&self, id: &str, version: &str) -> Option<&Shelf> {
        self.shelves.iter().find(|shelf| shelf.file(id).is_some_and(|file| file.version == version))
    }

    /// The highest version of a file that was released.
    pub fn last(&self, id: &str) -> Option<&Source> {
        let released = self.shelves.iter().filter_map(|shelf| shelf.file(id));
        released.max_by_key(|file| Version::parse(&file.version).ok())
    }

    /// Adds a release.
    pub fn push(&mut self, shelf: Shelf) {
        self.shelves.push(shelf);
    }

    /// The lock file as text, a line for each file.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut text =
            String::from("# What was released together. Written by `rhetor lexicon release`; never changed by hand.\n");
        for Shelf { date, files } in &self.shelves {
            text += &format!("\n[[shelf]]\ndate = {}\nfiles = [\n", quoted(date));
            for Source { id, version, fingerprint } in files {
                let [id, version, fingerprint] = [id, version, fingerprint].map(|field| quoted(field));
                text += &format!("    {{ id = {id}, version = {version}, fingerprint = {fingerprint} }},\n");
            }
            text += "]\n";
        }
        text
    }
}
