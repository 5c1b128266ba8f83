//! Which version of a lexicon somebody wants: what stands behind the `@` of `en/euphemism@^1.2`.

use semver::{Version, VersionReq};

/// A lexicon by its id, and perhaps by its version.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) id: String,
    pub(crate) version: Requirement,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Requirement {
    /// Whatever version there is now.
    Any,
    /// `@1.2.0`: this one and no other.
    Exactly(Version),
    /// `@^1.2`, `@1`, `@>=1.2, <1.5`: the highest that fits.
    Within(VersionReq),
}

impl Wanted {
    /// Reads `id` or `id@version`.
    ///
    /// # Errors
    /// Says what is wrong with the version.
    pub(crate) fn parse(text: &str) -> Result<Wanted, String> {
        let Some((id, version)) = text.split_once('@') else {
            return Ok(Wanted { id: text.to_owned(), version: Requirement::Any });
        };
        let version = match (Version::parse(version), VersionReq::parse(version)) {
            (Ok(version), _) => Requirement::Exactly(version),
            (_, Ok(within)) => Requirement::Within(within),
            (_, Err(error)) => {
                return Err(format!(
                    "\"{version}\" is no version ({error}); write one such as 1.2.0, or a requirement such as ^1.2"
                ))
            }
        };
        Ok(Wanted { id: id.to_owned(), version })
    }
}

impl Requirement {
    pub(crate) fn allows(&self, version: &Version) -> bool {
        match self {
            Requirement::Any => true,
            Requirement::Exactly(wanted) => wanted == version,
            Requirement::Within(within) => within.matches(version),
        }
    }

    pub(crate) fn is_exact(&self) -> bool {
        matches!(self, Requirement::Exactly(_))
    }
}
