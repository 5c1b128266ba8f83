//! One entry of a lexicon as a page.

use std::collections::BTreeSet;
use std::io::{self, Write};

use rhetor::{Entry, Lexicon, Reference};

use super::wording::{cited, conditions, device, first, in_words, works, EXCEPTION};

/// How many members of a class are shown beside an entry that uses it.
const MEMBERS: usize = 12;
/// The width of the column of labels.
const LABEL: usize = 10;
/// What the signs in patterns mean; said only where there are some.
const SIGNS: [(char, &str); 3] = [
    ('⁺', "word⁺ is every form of the word"),
    ('‹', "‹name› is a word or phrase of that class"),
    ('×', "up to 2 × is as many of what follows"),
];

/// Writes all there is to say about an entry.
pub(super) fn page(out: &mut impl Write, lexicon: &Lexicon, entry: &Entry) -> io::Result<()> {
    writeln!(out, "{}\n{} {}: {}\n", entry.id(), lexicon.id(), lexicon.version(), lexicon.title())?;
    let device = device(lexicon, entry);
    if let Some(device) = device {
        field(out, "device", &format!("{} ({}): {}", device.title(), device.id(), device.definition()))?;
    }
    field(out, "kind", entry.kind().unwrap_or_default())?;
    field(out, "plainly", entry.gloss().unwrap_or_default())?;
    field(out, "note", entry.note().unwrap_or_default())?;
    if entry.is_exception() {
        field(out, "exception", EXCEPTION)?;
    } else {
        let right = (entry.confidence() * 100.0).round();
        field(out, "confidence", &format!("of 100 tags in ordinary news, some {right} are expected to be right"))?;
    }
    field(out, "since", &format!("version {}", entry.since()))?;
    if let Some(deprecated) = entry.deprecated() {
        field(out, "deprecated", &format!("since version {}: {}", deprecated.version, deprecated.reason))?;
    }

    let patterns: Vec<String> = entry.patterns().map(in_words).collect();
    block(out, "what it matches", &patterns)?;
    let conditions = conditions(entry);
    block(out, "when", &conditions)?;
    let said: Vec<&String> = patterns.iter().chain(&conditions).collect();
    let signs = SIGNS.iter().filter(|(sign, _)| said.iter().any(|line| line.contains(*sign)));
    block(out, "how to read that", &signs.map(|(_, meaning)| (*meaning).to_owned()).collect::<Vec<_>>())?;
    block(out, "classes and phrases named there", &named(lexicon, &said))?;
    let (inside, outside) = match entry.is_exception() {
        false => ("tagged", "not tagged"),
        true => ("kept from being tagged", "left to other entries"),
    };
    block(out, inside, &entry.examples().map(str::to_owned).collect::<Vec<_>>())?;
    block(out, outside, &entry.counterexamples().map(str::to_owned).collect::<Vec<_>>())?;
    if entry.patterns().zip(&patterns).any(|(pattern, words)| pattern != words) {
        block(out, "patterns, as in the file", &entry.patterns().map(str::to_owned).collect::<Vec<_>>())?;
    }
    cite(out, "references for this entry", works(lexicon, entry.refs()))?;
    cite(out, "references for the device", device.map_or(Vec::new(), |device| works(lexicon, device.refs())))
}

/// What stands for each `‹name›` in lines, where the lexicon itself says so.
fn named(lexicon: &Lexicon, lines: &[&String]) -> Vec<String> {
    let names: BTreeSet<&str> =
        lines.iter().flat_map(|line| line.split('‹').skip(1)).filter_map(|rest| rest.split('›').next()).collect();
    let phrase =
        |name: &str| lexicon.phrases().find(|(phrase, _)| *phrase == name).map(|(_, pattern)| in_words(pattern));
    let class = |name: &str| {
        let members: Vec<String> = lexicon.class_members(name).map(in_words).collect();
        (!members.is_empty()).then(|| first(members.iter().map(String::as_str), MEMBERS))
    };
    names.into_iter().filter_map(|name| Some(format!("‹{name}›  {}", phrase(name).or_else(|| class(name))?))).collect()
}

/// A label and what belongs to it, unless there is nothing to say.
fn field(out: &mut impl Write, label: &str, value: &str) -> io::Result<()> {
    match value {
        "" => Ok(()),
        value => writeln!(out, "  {label:LABEL$}  {value}"),
    }
}

/// A heading and a line each, unless there is nothing to say.
fn block(out: &mut impl Write, heading: &str, lines: &[String]) -> io::Result<()> {
    if !lines.is_empty() {
        writeln!(out, "\n{heading}")?;
    }
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn cite(out: &mut impl Write, heading: &str, works: Vec<&Reference>) -> io::Result<()> {
    block(out, heading, &works.into_iter().map(cited).collect::<Vec<_>>())
}
