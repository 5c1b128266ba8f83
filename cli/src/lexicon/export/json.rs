//! Lexicons as JSON; `--help` says what the objects hold.

use std::collections::BTreeMap;

use rhetor::{Deprecated, Device, Entry, Lexicon, Reference};
use serde::Serialize;

use crate::lexicon::wording::in_words;
use crate::messages::Failure;

/// An array with an object for each lexicon, also for a single one.
pub(super) fn array(lexicons: &[Lexicon]) -> Result<String, Failure> {
    let objects: Vec<LexiconObject<'_>> = lexicons.iter().map(lexicon_object).collect();
    let mut text = serde_json::to_string_pretty(&objects).map_err(Failure::new)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct LexiconObject<'l> {
    id: &'l str,
    version: String,
    language: &'l str,
    title: &'l str,
    license: &'l str,
    fingerprint: &'l str,
    #[serde(rename = "use")]
    uses: Vec<&'l str>,
    devices: Vec<DeviceObject<'l>>,
    references: &'l [Reference],
    classes: BTreeMap<&'l str, Vec<&'l str>>,
    phrases: BTreeMap<&'l str, &'l str>,
    entries: Vec<EntryObject<'l>>,
}

#[derive(Serialize)]
struct DeviceObject<'l> {
    id: &'l str,
    title: &'l str,
    definition: &'l str,
    kinds: &'l [String],
    default: bool,
    refs: Vec<&'l str>,
}

#[derive(Serialize)]
struct EntryObject<'l> {
    id: &'l str,
    device: &'l str,
    kind: Option<&'l str>,
    exception: bool,
    #[serde(rename = "match")]
    patterns: Vec<&'l str>,
    in_words: Vec<String>,
    requires: Vec<&'l str>,
    excludes: Vec<&'l str>,
    gloss: Option<&'l str>,
    note: Option<&'l str>,
    since: String,
    deprecated: Option<&'l Deprecated>,
    confidence: f64,
    refs: Vec<&'l str>,
    examples: Vec<&'l str>,
    counterexamples: Vec<&'l str>,
}

fn lexicon_object(lexicon: &Lexicon) -> LexiconObject<'_> {
    let class = |(name, _)| (name, lexicon.class_members(name).collect());
    LexiconObject {
        id: lexicon.id(),
        version: lexicon.version().to_string(),
        language: lexicon.language(),
        title: lexicon.title(),
        license: lexicon.license(),
        fingerprint: lexicon.fingerprint(),
        uses: lexicon.uses().collect(),
        devices: lexicon.devices().iter().map(device_object).collect(),
        references: lexicon.references(),
        classes: lexicon.classes().map(class).collect(),
        phrases: lexicon.phrases().collect(),
        entries: lexicon.entries().iter().map(entry_object).collect(),
    }
}

fn device_object(device: &Device) -> DeviceObject<'_> {
    DeviceObject {
        id: device.id(),
        title: device.title(),
        definition: device.definition(),
        kinds: device.kinds(),
        default: device.is_default(),
        refs: device.refs().collect(),
    }
}

fn entry_object(entry: &Entry) -> EntryObject<'_> {
    EntryObject {
        id: entry.id(),
        device: entry.device(),
        kind: entry.kind(),
        exception: entry.is_exception(),
        patterns: entry.patterns().collect(),
        in_words: entry.patterns().map(in_words).collect(),
        requires: entry.requires().collect(),
        excludes: entry.excludes().collect(),
        gloss: entry.gloss(),
        note: entry.note(),
        since: entry.since().to_string(),
        deprecated: entry.deprecated(),
        confidence: entry.confidence(),
        refs: entry.refs().collect(),
        examples: entry.examples().collect(),
        counterexamples: entry.counterexamples().collect(),
    }
}
