//! What changed from one lexicon to another, and what that asks of its version.

use semver::Version;
use serde::{Serialize, Serializer};

use super::compare::compare;
use super::{Bump, Change};
use crate::lexicon::{Lexicon, Source};

/// What changed between two versions of a lexicon, and the bump of its version that this calls for.
///
/// It is empty if, and only if, the fingerprints are equal. The greatest bump of any change counts:
///
/// | what | added | removed | changed |
/// |---|---|---|---|
/// | entry | minor | **major** | by its fields |
/// | entry that is an exception | **major** | minor | by its fields |
/// | `match`: a pattern | minor | **major** | the one removed, the other added |
/// | `requires`: the first, the last | **major** | minor | |
/// | `requires`: one of several | minor | **major** | |
/// | `excludes`: one of them | **major** | minor | |
/// | `device`, `kind`, `exception` | **major** | **major** | **major** |
/// | `confidence` | | | minor |
/// | `deprecated` | minor | minor | patch |
/// | `gloss`, `note`, `since`, `refs`, `examples`, `counterexamples` | patch | patch | patch |
/// | class | minor | **major** | by its members |
/// | class: a member | minor | **major** | the one removed, the other added |
/// | phrase | minor | **major** | **major** |
/// | device | minor | **major** | by its fields |
/// | device: a kind | minor | **major** | |
/// | device: `default` | | | **major** |
/// | device: `title`, `definition`, `refs` | | | patch |
/// | `extends` | | | **major** |
/// | `disable`: an entry | **major** | minor | patch: its reason |
/// | `[[override]]` | by its fields | by its fields | by its fields |
/// | override: `gloss`, `note`, `examples`, `counterexamples`, its reason | patch | patch | patch |
/// | override: `confidence` | minor | minor | minor |
/// | override: any other field | **major** | **major** | **major** |
/// | reference | patch | patch | patch |
/// | order of entries | | | minor |
/// | any other order, any other spelling of a pattern | | | patch |
/// | `use` | minor | **major** | **major**: any change but one added behind the others |
/// | `id`, `language`, `schema` | | | **major** |
/// | `title`, `license` | | | patch |
/// | `version` | | | none |
///
/// - What rules out counts the other way round: the patterns of an exception, what takes a member out of a list (`!x`),
///   and the members of a class that the lexicon uses in such a place, in `excludes`, or behind `!` or `~`, at whatever
///   remove. Where a class both finds and rules out, any change is major.
/// - A class or phrase that is added is a major change if the lexicon used one of that name of another lexicon.
/// - A device with no kinds takes any: its first kind is a major change, and the loss of the last a minor one.
/// - To have an entry find more by a minor change, put a pattern beside those that it has.
///
/// ```
/// use rhetor::{Bump, Lexicon, LexiconDiff};
///
/// let file = r#"
///     schema = 1
///     id = "house/plain-words"
///     version = "1.0.0"
///     language = "en"
///     title = "Plain words"
///     license = "CC0-1.0"
///     [[device]]
///     id = "wordy"
///     title = "Wordy"
///     definition = "A long way to say a short thing."
///     [[entry]]
///     id = "in-order-to"
///     match = ["in order to"]
///     gloss = "to"
///     since = "1.0.0"
///     examples = ["They met [in order to] talk."]
/// "#;
/// let old = Lexicon::from_toml("old.toml", file)?;
/// let file = file.replace("\"1.0.0\"", "\"1.0.1\"").replace("[\"in order to\"]", "[\"in order to\", \"so as to\"]");
/// let new = Lexicon::from_toml("new.toml", &file)?;
///
/// let diff = LexiconDiff::between(&old, &new);
/// let shown: Vec<String> = diff.changes().iter().map(|change| change.to_string()).collect();
/// assert_eq!(
///     shown,
///     [
///         r#"version: "1.0.0" -> "1.0.1""#,
///         r#"entry in-order-to, match: "so as to" added"#,
///         r#"entry in-order-to, since: "1.0.0" -> "1.0.1""#,
///     ]
/// );
/// assert_eq!(diff.bump(), Bump::Minor);
/// assert!(!diff.version_is_enough());
/// assert_eq!(diff.least_version().to_string(), "1.1.0");
/// # Ok::<(), rhetor::LexiconError>(())
/// ```
///
/// Serialized, it is an object of `before` and `after` (`id`, `version`, `fingerprint`), `bump` (what is called for:
/// `none`, `patch`, `minor`, `major`), `version` (`bump`: what was done, null if it went down; `enough`; `least`, the
/// lowest version that would do) and `changes`, each with `section`, `id` and `field` where there is one, `change`
/// (`added`, `removed`, `changed`), `before` and `after` (lists of strings), `bump` and `reason`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconDiff {
    before: Source,
    after: Source,
    old_version: Version,
    new_version: Version,
    changes: Vec<Change>,
}

impl LexiconDiff {
    /// Compares what two lexicon files say. Classes of other lexicons are not looked at.
    pub fn between(old: &Lexicon, new: &Lexicon) -> LexiconDiff {
        let source = |lexicon: &Lexicon| Source {
            id: lexicon.id().to_owned(),
            version: lexicon.version().to_string(),
            fingerprint: lexicon.fingerprint().to_owned(),
        };
        LexiconDiff {
            before: source(old),
            after: source(new),
            old_version: old.version().clone(),
            new_version: new.version().clone(),
            changes: compare(&old.content, &new.content),
        }
    }

    /// Id, version and fingerprint of the earlier lexicon.
    pub fn before(&self) -> &Source {
        &self.before
    }

    /// Id, version and fingerprint of the later lexicon.
    pub fn after(&self) -> &Source {
        &self.after
    }

    /// Everything that changed: the head, then devices, classes, phrases, entries and references.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether nothing changed, not even the version.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The bump that the changes call for. That of the version is none of them.
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(Change::bump).max().unwrap_or_default()
    }

    /// The changes that call for no less than [`LexiconDiff::bump`].
    pub fn because(&self) -> impl Iterator<Item = &Change> {
        let bump = self.bump();
        self.changes.iter().filter(move |change| bump != Bump::None && change.bump == bump)
    }

    /// The bump from the version of the one to that of the other; `None` if the later lexicon has the earlier version.
    pub fn version_bump(&self) -> Option<Bump> {
        Bump::between(&self.old_version, &self.new_version)
    }

    /// Whether the version went up as far as the changes call for.
    pub fn version_is_enough(&self) -> bool {
        self.version_bump().is_some_and(|made| made >= self.bump())
    }

    /// The lowest version that the later lexicon may have.
    pub fn least_version(&self) -> Version {
        self.bump().next(&self.old_version)
    }
}

impl Serialize for LexiconDiff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape<'a> {
            before: &'a Source,
            after: &'a Source,
            bump: Bump,
            version: VersionShape,
            changes: &'a [Change],
        }
        #[derive(Serialize)]
        struct VersionShape {
            bump: Option<Bump>,
            enough: bool,
            least: Version,
        }
        let version =
            VersionShape { bump: self.version_bump(), enough: self.version_is_enough(), least: self.least_version() };
        let (before, after) = (&self.before, &self.after);
        Shape { before, after, bump: self.bump(), version, changes: &self.changes }.serialize(serializer)
    }
}
