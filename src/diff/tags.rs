//! What became of the tags of a text.

use std::collections::BTreeMap;

use crate::annotate::{AnnotationRecord, Record};

/// What became of a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum TagChange<'a> {
    /// It is new.
    Gained(&'a AnnotationRecord),
    /// It is gone.
    Lost(&'a AnnotationRecord),
    /// One of the same device stands there, or on some of the same words, and is not the same.
    Changed {
        /// What it was.
        before: &'a AnnotationRecord,
        /// What it is now.
        after: &'a AnnotationRecord,
        /// What of it changed: the keys of [`AnnotationRecord`], with `span` for its place. That the lexicon has another
        /// version does not count.
        fields: Vec<&'static str>,
    },
}

impl<'a> TagChange<'a> {
    /// The tag as it is now, or as it was if it is gone.
    pub fn tag(&self) -> &'a AnnotationRecord {
        match *self {
            TagChange::Gained(tag) | TagChange::Lost(tag) | TagChange::Changed { after: tag, .. } => tag,
        }
    }
}

impl Record {
    /// What became of its tags in a later record of the same text, with offsets in the same unit; by place.
    ///
    /// ```
    /// use rhetor::{Annotator, TagChange};
    ///
    /// let text = "Officials say the bridge was opened.";
    /// let default = Annotator::bundled().annotate(text).to_record();
    /// let passives = Annotator::builder().only(["passive-voice"]).build()?.annotate(text).to_record();
    /// let changes = default.changes_to(&passives);
    /// assert!(matches!(changes[0], TagChange::Lost(tag) if tag.text == "Officials"));
    /// assert!(matches!(changes[1], TagChange::Gained(tag) if tag.text == "was opened"));
    /// assert!(default.changes_to(&default).is_empty());
    /// # Ok::<(), rhetor::BuildError>(())
    /// ```
    pub fn changes_to<'a>(&'a self, later: &'a Record) -> Vec<TagChange<'a>> {
        let mut devices: BTreeMap<&str, [Vec<&AnnotationRecord>; 2]> = BTreeMap::new();
        for (which, record) in [self, later].into_iter().enumerate() {
            for tag in &record.annotations {
                devices.entry(&tag.device).or_default()[which].push(tag);
            }
        }
        let mut changes = Vec::new();
        for [before, after] in devices.values() {
            of_device(before, after, &mut changes);
        }
        changes.sort_by_key(|change| (change.tag().span.start(), change.tag().span.end()));
        changes
    }
}

/// The tags of one device do not overlap and come by place, so two lists of them can be gone through side by side.
fn of_device<'a>(before: &[&'a AnnotationRecord], after: &[&'a AnnotationRecord], changes: &mut Vec<TagChange<'a>>) {
    let mut after = after.iter().copied().peekable();
    for old in before.iter().copied() {
        while let Some(new) = after.next_if(|new| new.span < old.span && !new.span.overlaps(old.span)) {
            changes.push(TagChange::Gained(new));
        }
        match after.next_if(|new| new.span == old.span || new.span.overlaps(old.span)) {
            None => changes.push(TagChange::Lost(old)),
            Some(new) => {
                let fields = changed_fields(old, new);
                if !fields.is_empty() {
                    changes.push(TagChange::Changed { before: old, after: new, fields });
                }
            }
        }
    }
    changes.extend(after.map(TagChange::Gained));
}

fn changed_fields(old: &AnnotationRecord, new: &AnnotationRecord) -> Vec<&'static str> {
    let same_entry = old.entry.lexicon == new.entry.lexicon && old.entry.id == new.entry.id;
    [
        ("span", old.span == new.span),
        ("kind", old.kind == new.kind),
        ("voice", old.voice == new.voice),
        ("entry", same_entry),
        ("parts", old.parts == new.parts),
        ("gloss", old.gloss == new.gloss),
        ("note", old.note == new.note),
        ("confidence", old.confidence == new.confidence),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(field, _)| field)
    .collect()
}
