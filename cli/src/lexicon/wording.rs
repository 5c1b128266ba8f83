//! What lexicons say, worded for readers who do not read TOML.

use rhetor::{Device, Entry, Lexicon, Pattern, Reference};

/// A pattern in words; as it stands in the file where it is at fault.
pub(super) fn in_words(pattern: &str) -> String {
    pattern.parse().map_or_else(|_| pattern.to_owned(), |pattern: Pattern| pattern.in_words())
}

/// When the entry holds, a sentence for each kind of condition.
pub(super) fn conditions(entry: &Entry) -> Vec<String> {
    let mut said = Vec::new();
    let requires = distinct(entry.requires());
    match &requires[..] {
        [] => {}
        [only] => said.push(format!("Only in a sentence that also has: {only}.")),
        _ => said.push(format!("Only in a sentence that also has one of: {}.", requires.join(", "))),
    }
    let excludes = distinct(entry.excludes());
    match &excludes[..] {
        [] => {}
        [only] => said.push(format!("Never in a sentence that has: {only}.")),
        _ => said.push(format!("Never in a sentence that has any of: {}.", excludes.join(", "))),
    }
    said
}

/// Conditions in words. A noun and a verb that look alike, `arrest/n` and `arrest/v`, read the same.
fn distinct<'e>(conditions: impl Iterator<Item = &'e str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for words in conditions.map(in_words) {
        if !distinct.contains(&words) {
            distinct.push(words);
        }
    }
    distinct
}

/// What an exception does.
pub(super) const EXCEPTION: &str = "Tags nothing itself; keeps other entries of its device from tagging this.";

/// A work as it is cited.
pub(super) fn cited(work: &Reference) -> String {
    format!("{}: {} ({}). {}", work.author, work.title, work.year, work.source)
}

/// The works of these ids, in their order.
pub(super) fn works<'l>(lexicon: &'l Lexicon, ids: impl Iterator<Item = &'l str>) -> Vec<&'l Reference> {
    ids.filter_map(|id| lexicon.references().iter().find(|work| work.id == id)).collect()
}

/// The device of an entry. A lexicon that loads declares it.
pub(super) fn device<'l>(lexicon: &'l Lexicon, entry: &Entry) -> Option<&'l Device> {
    lexicon.devices().iter().find(|device| device.id() == entry.device())
}

/// "1 entry", "2 entries".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The first `most` items joined, and how many more there are.
pub(super) fn first<'i>(items: impl Iterator<Item = &'i str>, most: usize) -> String {
    let items: Vec<&str> = items.collect();
    match items.len() {
        count if count > most => format!("{} … and {} more", items[..most].join(", "), count - most),
        _ => items.join(", "),
    }
}
