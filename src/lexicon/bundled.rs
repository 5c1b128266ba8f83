//! The lexicons inside this crate, as they are now and as they were released; none without the features `bundled` and
//! `released`.

use std::sync::OnceLock;

use semver::Version;

use super::fault::Kind;
use super::lock::{Lock, Shelf};
use super::requirement::Wanted;
use super::{compact, Lexicon, LexiconError};

/// Data files compiled into the crate.
struct Bundled {
    /// Id and text of each lexicon.
    lexicons: &'static [(&'static str, &'static str)],
    /// Language tag, `language.toml` and `inflection.toml` of each language.
    languages: &'static [(&'static str, &'static str, &'static str)],
    /// Id, version and text of every file ever released.
    released: &'static [(&'static str, &'static str, &'static str)],
    /// The lock file that names them.
    lock: &'static str,
}

#[cfg(not(feature = "bundled"))]
const CURRENT: Bundled = Bundled { lexicons: &[], languages: &[], released: &[], lock: "" };

#[cfg(feature = "bundled")]
const CURRENT: Bundled = Bundled {
    lexicons: &[
        ("en/names", include_str!("../../lexicons/en/names.toml")),
        ("en/reporting", include_str!("../../lexicons/en/reporting.toml")),
        ("en/passives", include_str!("../../lexicons/en/passives.toml")),
        ("en/euphemism", include_str!("../../lexicons/en/euphemism.toml")),
        ("en/unnamed-source", include_str!("../../lexicons/en/unnamed-source.toml")),
        ("en/institutional-voice", include_str!("../../lexicons/en/institutional-voice.toml")),
        ("en/passive-attribution", include_str!("../../lexicons/en/passive-attribution.toml")),
        ("en/agentless-passive", include_str!("../../lexicons/en/agentless-passive.toml")),
        ("en/passive-voice", include_str!("../../lexicons/en/passive-voice.toml")),
    ],
    languages: &[(
        "en",
        include_str!("../../lexicons/en/language.toml"),
        include_str!("../../lexicons/en/inflection.toml"),
    )],
    released: &[],
    lock: "",
};

#[cfg(not(feature = "released"))]
const BUNDLED: Bundled = CURRENT;

/// Files that were released, by id and version.
#[cfg(feature = "released")]
macro_rules! released {
    ($($id:literal $version:literal),* $(,)?) => {
        &[$((
            $id,
            $version,
            include_str!(concat!("../../lexicons/released/", $id, "/", $version, ".toml")),
        )),*]
    };
}

#[cfg(feature = "released")]
const BUNDLED: Bundled = Bundled {
    released: released![
        "en/agentless-passive" "1.0.0",
        "en/agentless-passive" "1.0.1",
        "en/euphemism" "1.0.0",
        "en/euphemism" "1.0.1",
        "en/inflection" "1.0.0",
        "en/institutional-voice" "1.0.0",
        "en/institutional-voice" "1.1.0",
        "en/language" "1.0.0",
        "en/names" "1.0.0",
        "en/passive-attribution" "1.0.0",
        "en/passive-attribution" "1.0.1",
        "en/passive-voice" "1.0.0",
        "en/passive-voice" "1.0.1",
        "en/passives" "1.0.0",
        "en/passives" "2.0.0",
        "en/reporting" "1.0.0",
        "en/reporting" "1.1.0",
        "en/unnamed-source" "1.0.0",
        "en/unnamed-source" "2.0.0",
    ],
    lock: include_str!("../../lexicons/released/lock.toml"),
    ..CURRENT
};

/// The lock file inside this crate; empty without the feature `released`.
fn lock() -> &'static Lock {
    static LOCK: OnceLock<Lock> = OnceLock::new();
    LOCK.get_or_init(|| Lock::from_toml(BUNDLED.lock).unwrap_or_default())
}

/// Ids of the lexicons inside this crate.
pub(super) fn ids() -> impl Iterator<Item = &'static str> {
    BUNDLED.lexicons.iter().map(|(id, _)| *id)
}

/// Id and text of each lexicon, as it is now.
#[cfg(all(test, feature = "bundled"))]
pub(super) fn texts() -> &'static [(&'static str, &'static str)] {
    BUNDLED.lexicons
}

/// `language.toml` and `inflection.toml` of a language, as they are now, or the tags that there are.
pub(crate) fn language(tag: &str) -> Result<(&'static str, &'static str), impl Iterator<Item = &'static str>> {
    let found = BUNDLED.languages.iter().find(|(known, ..)| *known == tag);
    found
        .map(|(_, language, inflection)| (*language, *inflection))
        .ok_or(BUNDLED.languages.iter().map(|(tag, ..)| *tag))
}

/// As [`language`], of every language.
#[cfg(all(test, feature = "bundled"))]
pub(crate) fn languages() -> &'static [(&'static str, &'static str, &'static str)] {
    BUNDLED.languages
}

/// A file as it was released.
pub(crate) fn released(id: &str, version: &str) -> Option<&'static str> {
    BUNDLED.released.iter().find(|file| (file.0, file.1) == (id, version)).map(|(.., text)| *text)
}

/// Every version of a lexicon that is inside this crate, lowest first.
///
/// # Errors
/// When there is none of that id; the message lists those there are.
pub(super) fn versions(id: &str) -> Result<Vec<Version>, LexiconError> {
    let current = current(id).transpose()?;
    let versions = versions_with(id, current.as_ref());
    match versions.is_empty() {
        true => Err(unknown(id)),
        false => Ok(versions),
    }
}

fn versions_with(id: &str, current: Option<&Lexicon>) -> Vec<Version> {
    let released = BUNDLED.released.iter().filter(|(known, ..)| *known == id);
    let mut versions: Vec<Version> = released.filter_map(|(_, version, _)| version.parse().ok()).collect();
    versions.extend(current.map(|lexicon| lexicon.content.version.clone()));
    versions.sort();
    versions.dedup();
    versions
}

/// The lexicon of that id as it is now.
fn current(id: &str) -> Option<Result<Lexicon, LexiconError>> {
    let (id, text) = BUNDLED.lexicons.iter().find(|(known, _)| *known == id)?;
    let file = format!("{id}.toml");
    Some(match compact::lexicon(id, &file, text) {
        Some(lexicon) => Ok(lexicon),
        None => Lexicon::from_toml(&file, text),
    })
}

fn unknown(id: &str) -> LexiconError {
    let known: Vec<&str> = ids().collect();
    Kind::Unknown { id: id.to_owned(), known: known.join(", ") }.into()
}

/// The lexicon that `id` or `id@version` stands for.
pub(super) fn lexicon(wanted: &str) -> Result<Lexicon, LexiconError> {
    let Wanted { id, version } =
        Wanted::parse(wanted).map_err(|message| Kind::Version { wanted: wanted.to_owned(), message })?;
    let current = current(&id).transpose()?;
    let versions = versions_with(&id, current.as_ref());
    let fitting = versions.iter().rev().find(|known| version.allows(known));
    let text = fitting.and_then(|version| released(&id, &version.to_string()));
    match (fitting, current, text) {
        // Whoever asks for one version wants what it was released with, too; a range asks for no release.
        (Some(fitting), Some(current), _)
            if *fitting == current.content.version && !(text.is_some() && version.is_exact()) =>
        {
            Ok(current)
        }
        (Some(fitting), _, Some(text)) => exactly(&id, fitting, text),
        _ if versions.is_empty() => Err(unknown(&id)),
        _ => {
            let known: Vec<String> = versions.iter().map(Version::to_string).collect();
            Err(Kind::NoVersion { wanted: wanted.to_owned(), id, known: known.join(", ") }.into())
        }
    }
}

/// A released lexicon, which remembers what it was released with.
fn exactly(id: &str, version: &Version, text: &str) -> Result<Lexicon, LexiconError> {
    let version = version.to_string();
    let lexicon = Lexicon::from_toml(&format!("{id}@{version}.toml"), text)?;
    let shelf: Option<&Shelf> = lock().shelf(id, &version);
    Ok(Lexicon { shelf: shelf.cloned(), ..lexicon })
}
