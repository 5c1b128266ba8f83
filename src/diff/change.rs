//! One difference between two lexicons, and how much it weighs.

use std::fmt;

use serde::Serialize;

use super::Bump;

/// What of a lexicon a change is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// The keys before the first table: version, title and the like.
    Head,
    /// A `[[device]]`.
    Device,
    /// A name under `[class]`.
    Class,
    /// A name under `[phrase]`.
    Phrase,
    /// An `[[entry]]`.
    Entry,
    /// An `[[override]]`, by the id of its entry.
    Override,
    /// An entry under `disable`, by its id.
    Disable,
    /// A `[[reference]]`.
    Reference,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Section::Head => "head",
            Section::Device => "device",
            Section::Class => "class",
            Section::Phrase => "phrase",
            Section::Entry => "entry",
            Section::Override => "override",
            Section::Disable => "disable",
            Section::Reference => "reference",
        })
    }
}

/// Whether something came, went or became something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It is in the later lexicon only.
    Added,
    /// It is in the earlier one only.
    Removed,
    /// It is in both, and not the same.
    Changed,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Action::Added => "added",
            Action::Removed => "removed",
            Action::Changed => "changed",
        })
    }
}

/// One difference between two lexicons, with the bump that it calls for and why.
///
/// Of lists (patterns, members of a class, examples) each item that came or went is a change of its own. The `Display`
/// form is a line, such as `entry let-go, match: "let go" removed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub(super) section: Section,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<&'static str>,
    #[serde(rename = "change")]
    pub(super) action: Action,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) bump: Bump,
    pub(super) reason: &'static str,
}

impl Change {
    /// What of the lexicon it is in.
    pub fn section(&self) -> Section {
        self.section
    }

    /// Id of the entry, device or reference, or name of the class or phrase; `None` in the head, and where it is their
    /// order that changed.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The key that changed, as in the file, or `members`, `pattern` and `order`; `None` where all of it came or went.
    pub fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// Whether it came, went or became something else.
    pub fn action(&self) -> Action {
        self.action
    }

    /// What stood there: one string for a value or an item of a list, several for what consists of them. For a whole
    /// entry these are its patterns, for a class its members, for a device or reference its title. Empty if nothing did.
    pub fn before(&self) -> &[String] {
        &self.before
    }

    /// What stands there now, likewise.
    pub fn after(&self) -> &[String] {
        &self.after
    }

    /// The bump that it calls for.
    pub fn bump(&self) -> Bump {
        self.bump
    }

    /// Why, in a few words.
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = match (&self.id, self.section, self.field) {
            (None, Section::Head, Some(field)) => return self.write_values(f, field),
            (Some(id), section, None) => return write!(f, "{section} {id} {}", self.action),
            (Some(id), section, Some(field)) => format!("{section} {id}, {field}"),
            (None, section, field) => format!("{section}, {}", field.unwrap_or_default()),
        };
        self.write_values(f, &colon)
    }
}

impl Change {
    fn write_values(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        match (&self.before[..], &self.after[..]) {
            ([before], [after]) => write!(f, "{what}: {before:?} -> {after:?}"),
            ([only], []) | ([], [only]) => write!(f, "{what}: {only:?} {}", self.action),
            _ => write!(f, "{what}: {}", self.action),
        }
    }
}

/// How much a change weighs, and why.
pub(super) type Weight = (Bump, &'static str);

/// What is looked at, while its changes are collected.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) section: Section,
    pub(super) id: Option<&'a str>,
}

/// Changes as they are found.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// Adds a change.
    pub(super) fn push(
        &mut self,
        Subject { section, id }: Subject<'_>,
        field: Option<&'static str>,
        action: Action,
        before: Vec<String>,
        after: Vec<String>,
        (bump, reason): Weight,
    ) {
        self.0.push(Change { section, id: id.map(str::to_owned), field, action, before, after, bump, reason });
    }

    /// Adds a change of a field, if there is one.
    pub(super) fn note(
        &mut self,
        subject: Subject<'_>,
        field: &'static str,
        before: Vec<String>,
        after: Vec<String>,
        weight: Weight,
    ) {
        let action = match (before.is_empty(), after.is_empty()) {
            _ if before == after => return,
            (true, _) => Action::Added,
            (_, true) => Action::Removed,
            _ => Action::Changed,
        };
        self.push(subject, Some(field), action, before, after, weight);
    }

    /// Adds a change of a value that may be absent, if there is one.
    pub(super) fn value<T: ToString>(
        &mut self,
        subject: Subject<'_>,
        field: &'static str,
        before: Option<T>,
        after: Option<T>,
        weight: Weight,
    ) {
        let list = |value: Option<T>| value.iter().map(T::to_string).collect();
        self.note(subject, field, list(before), list(after), weight);
    }
}
