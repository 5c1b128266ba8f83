//! What a reader is told besides the text: devices, how often each was found, and what phrases stand for.

use std::collections::{BTreeMap, HashMap};

use crate::annotate::{AnnotationRecord, Record, Voice};

/// A row for every device that was looked for or found, in the order of the records.
#[derive(Default)]
pub(super) struct Legend<'r> {
    pub(super) rows: Vec<Row<'r>>,
    places: HashMap<&'r str, usize>,
}

/// What is to be said of a device.
pub(super) struct Row<'r> {
    pub(super) device: &'r str,
    pub(super) title: &'r str,
    pub(super) count: usize,
    pub(super) quoted: usize,
    pub(super) kinds: BTreeMap<&'r str, usize>,
    /// Phrases found, with the plain expression that each replaces.
    pub(super) glosses: BTreeMap<String, &'r str>,
}

impl<'r> Legend<'r> {
    pub(super) fn of(records: impl IntoIterator<Item = &'r Record>) -> Legend<'r> {
        let mut legend = Legend::default();
        for record in records {
            for device in &record.devices {
                legend.row(&device.id, &device.title);
            }
            for tag in &record.annotations {
                legend.row(&tag.device, &tag.device).count(tag);
            }
        }
        legend
    }

    /// The place of a device among the rows: what its colour goes by.
    pub(super) fn place(&self, device: &str) -> usize {
        self.places.get(device).copied().unwrap_or(self.rows.len())
    }

    fn row(&mut self, device: &'r str, title: &'r str) -> &mut Row<'r> {
        let place = *self.places.entry(device).or_insert(self.rows.len());
        if place == self.rows.len() {
            let (kinds, glosses) = (BTreeMap::new(), BTreeMap::new());
            self.rows.push(Row { device, title, count: 0, quoted: 0, kinds, glosses });
        }
        &mut self.rows[place]
    }
}

impl<'r> Row<'r> {
    fn count(&mut self, tag: &'r AnnotationRecord) {
        self.count += 1;
        self.quoted += usize::from(tag.voice == Voice::Quoted);
        if let Some(kind) = &tag.kind {
            *self.kinds.entry(kind).or_default() += 1;
        }
        if let Some(gloss) = &tag.gloss {
            self.glosses.insert(one_line(&tag.text), gloss);
        }
    }

    /// The kinds with their numbers, such as `military 2, policing 1`; empty where there are none.
    pub(super) fn kinds(&self) -> String {
        let kinds = self.kinds.iter().map(|(kind, count)| format!("{kind} {count}"));
        kinds.chain((self.quoted > 0).then(|| format!("in quotations {}", self.quoted))).collect::<Vec<_>>().join(", ")
    }
}

/// In how many passages tagging was off, with the reasons; `None` where it never was.
pub(super) fn passages_off(record: &Record) -> Option<String> {
    let reasons: Vec<&str> = record.off.iter().filter_map(|off| off.reason.as_deref()).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    match record.off.len() {
        0 => None,
        1 => Some(format!("tagging off in 1 passage{reasons}")),
        count => Some(format!("tagging off in {count} passages{reasons}")),
    }
}

/// The text with every run of white space turned into a space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
