//! Walks through two lexicons side by side. What each change weighs stands in a table at `LexiconDiff`.
//!
//! Every field is taken apart by name, so that one that is added to the schema cannot be forgotten here.

use std::collections::BTreeMap;

use super::change::{Action, Changes, Section, Subject, Weight};
use super::list::{compare_lists, pattern_key, ListChange, Pair, Paired};
use super::sides::{Names, Sides};
use super::{Bump, Change};
use crate::lexicon::{Content, Deprecated, Device, Disabled, Entry, Fields, Override, Reference, Text};
use crate::pattern::Pattern;

const WORDING: Weight = (Bump::Patch, "wording only");
const SAME_MEANING: Weight = (Bump::Patch, "written otherwise, the same in meaning");
const THE_VERSION: Weight = (Bump::None, "the version itself");
const MORE_TO_USE: Weight = (Bump::Minor, "there is more to use");
const LESS_TO_USE: Weight = (Bump::Major, "somebody may use it");
const NOT_ANY_KIND: Weight = (Bump::Major, "other kinds are no longer taken");
const OTHER_BASE: Weight = (Bump::Major, "what is found depends on what is extended");
const LESS_FOUND: Weight = (Bump::Major, "less is found");
const MORE_FOUND: Weight = (Bump::Minor, "more is found");
const OTHER_LEXICON: Weight = (Bump::Major, "the two are not versions of one lexicon");
const OTHER_SCHEMA: Weight = (Bump::Major, "programs have to know the schema");
const OTHER_MEANING: Weight = (Bump::Major, "what is found means something else");
const OTHER_WORDS: Weight = (Bump::Major, "other words are found");
const OTHER_NAMES: Weight = (Bump::Major, "a name may now stand for another class");
const OTHER_DEFAULT: Weight = (Bump::Major, "other devices are looked for by default");
const OTHER_WINNER: Weight = (Bump::Minor, "of entries that match the same words, the first wins");
const OTHER_TRUST: Weight = (Bump::Minor, "its tags are worth more or less");
const OTHER_STANDING: Weight = (Bump::Minor, "whether to rely on it has changed");

/// How an empty list is shown where it says something.
const EMPTY: &str = "[]";

/// Every change from one lexicon to another.
pub(super) fn compare(old: &Content, new: &Content) -> Vec<Change> {
    let (old_names, new_names) = (Names::of(old), Names::of(new));
    let mut comparison = Comparison { changes: Changes::default(), old_names, new_names };
    comparison.contents(old, new);
    comparison.changes.0
}

struct Comparison {
    changes: Changes,
    old_names: Names,
    new_names: Names,
}

impl Comparison {
    fn contents(&mut self, old: &Content, new: &Content) {
        let Content {
            schema,
            id,
            version,
            language,
            title,
            license,
            uses,
            devices,
            references,
            classes,
            phrases,
            entries,
            extends,
            overrides,
            disabled,
        } = old;
        let (head, changes) = (Subject { section: Section::Head, id: None }, &mut self.changes);
        changes.value(head, "schema", Some(schema), Some(&new.schema), OTHER_SCHEMA);
        changes.value(head, "id", Some(id), Some(&new.id), OTHER_LEXICON);
        changes.value(head, "version", Some(version), Some(&new.version), THE_VERSION);
        changes.value(head, "language", Some(language), Some(&new.language), OTHER_LEXICON);
        changes.value(head, "title", Some(title), Some(&new.title), WORDING);
        changes.value(head, "license", Some(license), Some(&new.license), WORDING);
        let (uses, new_uses) = (strings(uses), strings(&new.uses));
        let behind = new_uses.starts_with(&uses);
        let weigh = |_: &ListChange| if behind { MORE_TO_USE } else { OTHER_NAMES };
        self.list(head, "use", &uses, &new_uses, str::to_owned, weigh);

        let [extends, new_extends] = [extends, &new.extends].map(|extends| extends.as_ref().map(|text| text.get_ref()));
        self.changes.value(head, "extends", extends, new_extends, OTHER_BASE);

        let devices = Paired::by(by_id(devices, Device::id), by_id(&new.devices, Device::id));
        devices.pairs.iter().for_each(|pair| self.device(pair));
        self.order(Section::Device, devices, SAME_MEANING);
        let classes = Paired::by(by_name(classes), by_name(&new.classes));
        classes.pairs.iter().for_each(|pair| self.class(pair));
        let phrases = Paired::by(by_name(phrases), by_name(&new.phrases));
        phrases.pairs.iter().for_each(|pair| self.phrase(pair));
        let entries = Paired::by(by_id(entries, Entry::id), by_id(&new.entries, Entry::id));
        entries.pairs.iter().for_each(|pair| self.entry(pair));
        self.order(Section::Entry, entries, OTHER_WINNER);
        let overrides = Paired::by(by_id(overrides, Override::entry), by_id(&new.overrides, Override::entry));
        overrides.pairs.iter().for_each(|pair| self.overridden(pair));
        self.order(Section::Override, overrides, OTHER_WINNER);
        let disabled = Paired::by(by_id(disabled, Disabled::entry), by_id(&new.disabled, Disabled::entry));
        disabled.pairs.iter().for_each(|pair| self.disabled(pair));
        self.order(Section::Disable, disabled, SAME_MEANING);
        let references = Paired::by(by_id(references, |r| &r.id), by_id(&new.references, |r| &r.id));
        references.pairs.iter().for_each(|pair| self.reference(pair));
        self.order(Section::Reference, references, SAME_MEANING);
    }

    fn device(&mut self, pair: &Pair<Device>) {
        let title = |device: &Device| vec![device.title.clone()];
        let Some((device, old, new)) = self.both(Section::Device, pair, title, MORE_TO_USE, LESS_TO_USE) else {
            return;
        };
        let Device { id: _, title, definition, kinds, default, refs } = old;
        self.changes.value(device, "title", Some(title), Some(&new.title), WORDING);
        self.changes.value(device, "definition", Some(definition), Some(&new.definition), WORDING);
        // Without a list, any kind will do.
        let weigh = |change: &ListChange| match change {
            ListChange::Added(_) if kinds.is_empty() => NOT_ANY_KIND,
            ListChange::Removed(_) if !new.kinds.is_empty() => LESS_TO_USE,
            ListChange::Added(_) | ListChange::Removed(_) => MORE_TO_USE,
            ListChange::Respelled(..) | ListChange::Reordered => SAME_MEANING,
        };
        let [old_kinds, new_kinds] =
            [kinds, &new.kinds].map(|kinds| kinds.iter().map(String::as_str).collect::<Vec<_>>());
        self.list(device, "kinds", &old_kinds, &new_kinds, str::to_owned, weigh);
        self.changes.value(device, "default", Some(default), Some(&new.default), OTHER_DEFAULT);
        self.texts(device, "refs", refs, &new.refs);
    }

    fn class(&mut self, pair: &Pair<Vec<Text>>) {
        let added = self.added_name(pair.id);
        let members = |members: &Vec<Text>| owned(&strings(members));
        let Some((class, old, new)) = self.both(Section::Class, pair, members, added, LESS_TO_USE) else { return };
        let sides = self.old_names.sides(pair.id).or(self.new_names.sides(pair.id));
        self.words(class, "members", old, new, sides);
    }

    fn phrase(&mut self, pair: &Pair<Text>) {
        let added = self.added_name(pair.id);
        let pattern = |pattern: &Text| vec![pattern.get_ref().clone()];
        let Some((phrase, old, new)) = self.both(Section::Phrase, pair, pattern, added, LESS_TO_USE) else { return };
        let (old, new) = (old.get_ref(), new.get_ref());
        let weight = if pattern_key(old) == pattern_key(new) { SAME_MEANING } else { OTHER_WORDS };
        self.changes.value(phrase, "pattern", Some(old), Some(new), weight);
    }

    /// What it weighs that the lexicon defines a name: it may have used one of another lexicon.
    fn added_name(&self, name: &str) -> Weight {
        if self.old_names.borrows(name) {
            OTHER_NAMES
        } else {
            MORE_TO_USE
        }
    }

    fn entry(&mut self, pair: &Pair<Entry>) {
        let sides_of = |entry: Option<&Entry>| entry.map_or(Sides::default(), |entry| Sides::of(entry.exception));
        let sides = sides_of(pair.old).or(sides_of(pair.new));
        let patterns = |entry: &Entry| owned(&strings(&entry.patterns));
        let both = self.both(Section::Entry, pair, patterns, sides.wider(), sides.narrower());
        let Some((entry, old, new)) = both else { return };

        let Entry {
            id: _,
            device,
            kind,
            patterns,
            requires,
            excludes,
            exception,
            gloss,
            note,
            since,
            deprecated,
            confidence,
            refs,
            examples,
            counterexamples,
        } = old;
        self.changes.value(entry, "device", Some(device), Some(&new.device), OTHER_MEANING);
        self.changes.value(entry, "kind", kind.as_ref(), new.kind.as_ref(), OTHER_MEANING);
        self.words(entry, "match", patterns, &new.patterns, sides);
        if requires.is_empty() || new.requires.is_empty() {
            // The condition itself came or went: nothing is asked for where nothing is listed.
            let weigh = |change: &ListChange| match change {
                ListChange::Added(_) => sides.narrower(),
                _ => sides.wider(),
            };
            self.list(entry, "requires", &strings(requires), &strings(&new.requires), pattern_key, weigh);
        } else {
            self.words(entry, "requires", requires, &new.requires, sides);
        }
        self.words(entry, "excludes", excludes, &new.excludes, sides.reversed());
        self.changes.value(entry, "exception", Some(exception), Some(&new.exception), OTHER_MEANING);
        self.changes.value(entry, "gloss", gloss.as_ref(), new.gloss.as_ref(), WORDING);
        self.changes.value(entry, "note", note.as_ref(), new.note.as_ref(), WORDING);
        self.changes.value(entry, "since", Some(since), Some(&new.since), WORDING);
        let standing = |deprecated: &Option<Deprecated>| match deprecated {
            Some(Deprecated { version, reason }) => vec![version.to_string(), reason.clone()],
            None => Vec::new(),
        };
        let reworded = deprecated.is_some() && new.deprecated.is_some();
        let weight = if reworded { WORDING } else { OTHER_STANDING };
        self.changes.note(entry, "deprecated", standing(deprecated), standing(&new.deprecated), weight);
        self.changes.value(entry, "confidence", Some(confidence), Some(&new.confidence), OTHER_TRUST);
        self.texts(entry, "refs", refs, &new.refs);
        self.texts(entry, "examples", examples, &new.examples);
        self.texts(entry, "counterexamples", counterexamples, &new.counterexamples);
    }

    /// An override that comes or goes does what each of its fields does: what it says was another thing without it.
    fn overridden(&mut self, pair: &Pair<Override>) {
        let subject = Subject { section: Section::Override, id: Some(pair.id) };
        let (none, nothing) = (Fields::default(), String::new());
        let (old, old_reason) = pair.old.map_or((&none, &nothing), |change| (&change.fields, &change.reason));
        let (new, new_reason) = pair.new.map_or((&none, &nothing), |change| (&change.fields, &change.reason));
        let Fields {
            kind,
            patterns,
            requires,
            excludes,
            exception,
            gloss,
            note,
            confidence,
            examples,
            counterexamples,
        } = old;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.get_ref().clone());
        self.changes.value(subject, "kind", text(kind), text(&new.kind), OTHER_MEANING);
        let mut list = |field, old: &Option<Vec<Text>>, new: &Option<Vec<Text>>, weight| {
            let items = |list: &Option<Vec<Text>>| list.as_deref().map(|list| owned(&strings(list)));
            match (items(old), items(new)) {
                // An empty list says something: that there is none.
                (Some(old), None) if old.is_empty() => {
                    self.changes.note(subject, field, vec![EMPTY.into()], vec![], weight)
                }
                (None, Some(new)) if new.is_empty() => {
                    self.changes.note(subject, field, vec![], vec![EMPTY.into()], weight)
                }
                (old, new) => {
                    self.changes.note(subject, field, old.unwrap_or_default(), new.unwrap_or_default(), weight)
                }
            }
        };
        list("match", patterns, &new.patterns, OTHER_WORDS);
        list("requires", requires, &new.requires, OTHER_WORDS);
        list("excludes", excludes, &new.excludes, OTHER_WORDS);
        list("examples", examples, &new.examples, WORDING);
        list("counterexamples", counterexamples, &new.counterexamples, WORDING);
        self.changes.value(subject, "exception", *exception, new.exception, OTHER_MEANING);
        self.changes.value(subject, "gloss", gloss.as_ref(), new.gloss.as_ref(), WORDING);
        self.changes.value(subject, "note", note.as_ref(), new.note.as_ref(), WORDING);
        self.changes.value(subject, "confidence", *confidence, new.confidence, OTHER_TRUST);
        self.changes.value(subject, "reason", Some(old_reason), Some(new_reason), WORDING);
    }

    fn disabled(&mut self, pair: &Pair<Disabled>) {
        let reason = |disabled: &Disabled| vec![disabled.reason.clone()];
        let both = self.both(Section::Disable, pair, reason, LESS_FOUND, MORE_FOUND);
        let Some((subject, old, new)) = both else { return };
        self.changes.value(subject, "reason", Some(&old.reason), Some(&new.reason), WORDING);
    }

    fn reference(&mut self, pair: &Pair<Reference>) {
        let title = |reference: &Reference| vec![reference.title.clone()];
        let Some((reference, old, new)) = self.both(Section::Reference, pair, title, WORDING, WORDING) else { return };
        let Reference { id: _, title, author, year, source } = old;
        self.changes.value(reference, "title", Some(title), Some(&new.title), WORDING);
        self.changes.value(reference, "author", Some(author), Some(&new.author), WORDING);
        self.changes.value(reference, "year", Some(year), Some(&new.year), WORDING);
        self.changes.value(reference, "source", Some(source), Some(&new.source), WORDING);
    }

    /// Notes what came or went as a whole, `shown` by what is in it; what is in both lexicons comes back.
    fn both<'a, T>(
        &mut self,
        section: Section,
        pair: &Pair<'a, T>,
        shown: impl Fn(&T) -> Vec<String>,
        added: Weight,
        removed: Weight,
    ) -> Option<(Subject<'a>, &'a T, &'a T)> {
        let subject = Subject { section, id: Some(pair.id) };
        match (pair.old, pair.new) {
            (Some(old), Some(new)) => return Some((subject, old, new)),
            (Some(old), None) => self.changes.push(subject, None, Action::Removed, shown(old), Vec::new(), removed),
            (None, Some(new)) => self.changes.push(subject, None, Action::Added, Vec::new(), shown(new), added),
            (None, None) => {}
        }
        None
    }

    fn order<T>(&mut self, section: Section, paired: Paired<'_, T>, weight: Weight) {
        self.changes.note(Subject { section, id: None }, "order", paired.before, paired.after, weight);
    }

    /// Notes changes of a list of patterns or members of a class. `!x` among them takes something out.
    fn words(&mut self, subject: Subject<'_>, field: &'static str, old: &[Text], new: &[Text], sides: Sides) {
        let removal = |item: &str| item.parse::<Pattern>().is_ok_and(|pattern| pattern.is_removal());
        let weigh = |change: &ListChange| match change {
            ListChange::Added(item) if removal(item) => sides.narrower(),
            ListChange::Added(_) => sides.wider(),
            ListChange::Removed(item) if removal(item) => sides.wider(),
            ListChange::Removed(_) => sides.narrower(),
            ListChange::Respelled(..) | ListChange::Reordered => SAME_MEANING,
        };
        self.list(subject, field, &strings(old), &strings(new), pattern_key, weigh);
    }

    /// Notes changes of a list that is there to be read.
    fn texts(&mut self, subject: Subject<'_>, field: &'static str, old: &[Text], new: &[Text]) {
        self.list(subject, field, &strings(old), &strings(new), str::to_owned, |_| WORDING);
    }

    /// Notes changes of a list whose items are the same if their keys are.
    fn list(
        &mut self,
        subject: Subject<'_>,
        field: &'static str,
        old: &[&str],
        new: &[&str],
        key: impl Fn(&str) -> String,
        weigh: impl Fn(&ListChange) -> Weight,
    ) {
        let (none, one) = (Vec::new, |item: &str| vec![item.to_owned()]);
        for change in compare_lists(old, new, key) {
            let weight = weigh(&change);
            let (action, before, after) = match change {
                ListChange::Removed(item) => (Action::Removed, one(item), none()),
                ListChange::Added(item) => (Action::Added, none(), one(item)),
                ListChange::Respelled(before, after) => (Action::Changed, one(before), one(after)),
                ListChange::Reordered => (Action::Changed, owned(old), owned(new)),
            };
            self.changes.push(subject, Some(field), action, before, after, weight);
        }
    }
}

fn strings(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.get_ref().as_str()).collect()
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|item| (*item).to_owned()).collect()
}

fn by_id<T>(list: &[T], id: fn(&T) -> &str) -> impl Iterator<Item = (&str, &T)> {
    list.iter().map(move |item| (id(item), item))
}

fn by_name<T>(map: &BTreeMap<String, T>) -> impl Iterator<Item = (&str, &T)> {
    map.iter().map(|(name, value)| (name.as_str(), value))
}
