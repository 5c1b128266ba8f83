//! How far a version goes up.

use std::cmp::Ordering;
use std::fmt;

use semver::Version;
use serde::Serialize;

/// Which part of a lexicon's version goes up, or should. The greater one includes the lesser.
///
/// ```
/// use rhetor::Bump;
///
/// assert!(Bump::Major > Bump::Minor);
/// assert_eq!(Bump::Minor.to_string(), "minor");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// None does.
    #[default]
    None,
    /// Wording changed; what is tagged did not.
    Patch,
    /// More is found.
    Minor,
    /// Less is found, or what is found means something else.
    Major,
}

impl Bump {
    /// What was done from one version to a later; `None` if the other is the earlier.
    ///
    /// It is what a requirement makes of it: as `^0.2.1` stops before 0.3.0, that is a major step, and 0.2.2 is as good
    /// as a minor one. Nobody may rely on a pre-release, so any step from one is major. What follows a `+` does not count.
    ///
    /// ```
    /// use rhetor::Bump;
    ///
    /// let between = |old: &str, new: &str| Bump::between(&old.parse().unwrap(), &new.parse().unwrap());
    /// assert_eq!(between("1.2.3", "1.3.0"), Some(Bump::Minor));
    /// assert_eq!(between("0.2.3", "0.3.0"), Some(Bump::Major));
    /// assert_eq!(between("2.0.0-rc.1", "2.0.0"), Some(Bump::Major));
    /// assert_eq!(between("1.2.3", "1.2.3+fixed"), Some(Bump::None));
    /// assert_eq!(between("1.2.3", "1.2.2"), None);
    /// ```
    pub fn between(old: &Version, new: &Version) -> Option<Bump> {
        let patch = match (old.major, old.minor) {
            (0, 0) => Bump::Major,
            (0, _) => Bump::Minor,
            _ => Bump::Patch,
        };
        match new.cmp_precedence(old) {
            Ordering::Less => None,
            Ordering::Equal => Some(Bump::None),
            Ordering::Greater if !old.pre.is_empty() || old.major != new.major => Some(Bump::Major),
            Ordering::Greater if old.minor != new.minor && old.major == 0 => Some(Bump::Major),
            Ordering::Greater if old.minor != new.minor => Some(Bump::Minor),
            Ordering::Greater => Some(patch),
        }
    }

    /// The lowest version with this bump after `old`.
    ///
    /// ```
    /// use rhetor::Bump;
    ///
    /// let next = |bump: Bump, old: &str| bump.next(&old.parse().unwrap()).to_string();
    /// assert_eq!(next(Bump::Major, "1.2.3"), "2.0.0");
    /// assert_eq!(next(Bump::Minor, "1.2.3"), "1.3.0");
    /// assert_eq!(next(Bump::Major, "0.2.3"), "0.3.0");
    /// assert_eq!(next(Bump::Patch, "2.0.0-rc.1"), "2.0.0");
    /// assert_eq!(next(Bump::None, "1.2.3"), "1.2.3");
    /// ```
    pub fn next(self, old: &Version) -> Version {
        let Version { major, minor, patch, .. } = *old;
        let [next_major, next_minor, next_patch] = [major, minor, patch].map(|number| number.saturating_add(1));
        match (self, major, minor) {
            (Bump::None, ..) => old.clone(),
            _ if !old.pre.is_empty() => Version::new(major, minor, patch),
            (Bump::Major, 0, 0) => Version::new(0, 0, next_patch),
            (Bump::Major, 0, _) => Version::new(0, next_minor, 0),
            (Bump::Major, ..) => Version::new(next_major, 0, 0),
            (Bump::Minor, 1.., _) => Version::new(major, next_minor, 0),
            (Bump::Minor | Bump::Patch, ..) => Version::new(major, minor, next_patch),
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        })
    }
}
