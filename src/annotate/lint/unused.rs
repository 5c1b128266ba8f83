//! Classes and phrases that nobody uses.

use std::collections::BTreeSet;

use crate::lexicon::{Fault, Lexicon, Text};
use crate::pattern::mentioned;

/// The classes and phrases of a lexicon that no entry uses, at any remove. One without entries is there for others.
pub(super) fn warnings(lexicons: &[Lexicon], number: usize) -> Vec<Fault> {
    let lexicon = &lexicons[number];
    if lexicon.entries().is_empty() || lexicon.places.is_empty() {
        return Vec::new();
    }
    let used = used(lexicons);
    let mut warnings = Vec::new();
    for (name, at) in &lexicon.places {
        if !used.contains(&(number, name.clone())) {
            let what = if lexicon.content.phrases.contains_key(name) { "phrase" } else { "class" };
            let message = format!("no entry uses the {what} `{name}`; use it or take it away");
            warnings.push(lexicon.fault(at.start, at.len(), None, message).into_warning());
        }
    }
    warnings
}

/// All that is used by some entry, or by a lexicon that has none: each by its lexicon and its name.
fn used(lexicons: &[Lexicon]) -> BTreeSet<(usize, String)> {
    let mut used = BTreeSet::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    for (number, lexicon) in lexicons.iter().enumerate() {
        for entry in lexicon.entries() {
            for text in entry.patterns.iter().chain(&entry.requires).chain(&entry.excludes) {
                open.extend(names(lexicons, number, text));
            }
        }
        if lexicon.entries().is_empty() {
            open.extend(lexicon.places.keys().map(|name| (number, name.clone())));
        }
    }
    while let Some((home, name)) = open.pop() {
        let content = &lexicons[home].content;
        let members = content.classes.get(&name).into_iter().flatten();
        for text in members.chain(content.phrases.get(&name)) {
            open.extend(names(lexicons, home, text).into_iter().filter(|named| !used.contains(named)));
        }
        used.insert((home, name));
    }
    used
}

/// What a line of a lexicon mentions, each with the lexicon that it stands in.
fn names(lexicons: &[Lexicon], lexicon: usize, text: &Text) -> Vec<(usize, String)> {
    let named = |name: String| {
        let holds = |l: &usize| lexicons[*l].places.contains_key(&name);
        let used = lexicons[lexicon].uses().filter_map(|id| lexicons.iter().position(|l| l.id() == id));
        let home = std::iter::once(lexicon).chain(used).find(holds)?;
        Some((home, name))
    };
    mentioned(text.get_ref()).into_iter().filter_map(named).collect()
}
