//! `rhetor lexicon show`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rhetor::{Entry, Lexicon};

use crate::messages::{harmless, Failure, Status};

pub(super) fn run(name: &str, entry: Option<&str>, entries: bool) -> Result<Status, Failure> {
    let lexicon = super::named(name)?;
    let mut page = Vec::new();
    match entry {
        None => {
            summary(&mut page, &lexicon)?;
            if entries {
                list(&mut page, &lexicon)?;
            }
        }
        Some(id) => {
            let found = lexicon.entries().iter().find(|entry| entry.id() == id);
            let unknown =
                || format!("{name} has no entry \"{id}\"; `rhetor lexicon show {name} --entries` lists those it has");
            entry_page(&mut page, &lexicon, found.ok_or_else(|| Failure::Message(unknown()))?)?;
        }
    }
    io::stdout().write_all(harmless(&String::from_utf8_lossy(&page)).as_bytes())?;
    Ok(Status::Done)
}

fn summary(out: &mut impl Write, lexicon: &Lexicon) -> io::Result<()> {
    writeln!(out, "{} {}: {}", lexicon.id(), lexicon.version(), lexicon.title())?;
    field(out, "language", lexicon.language())?;
    field(out, "license", lexicon.license())?;
    field(out, "fingerprint", lexicon.fingerprint())?;
    field(out, "uses", lexicon.uses().collect::<Vec<_>>().join(", "))?;
    field(out, "entries", lexicon.entries().len())?;
    for device in lexicon.devices() {
        let optional = if device.is_default() { "" } else { " (optional)" };
        writeln!(out, "\ndevice {}{optional}: {}\n  {}", device.id(), device.title(), device.definition())?;
        let mut kinds: BTreeMap<&str, usize> = device.kinds().iter().map(|kind| (kind.as_str(), 0)).collect();
        for entry in lexicon.entries().iter().filter(|entry| entry.device() == device.id()) {
            *kinds.entry(entry.kind().unwrap_or("(no kind)")).or_default() += 1;
        }
        for (kind, count) in kinds {
            writeln!(out, "{count:>7}  {kind}")?;
        }
    }
    let classes: Vec<(&str, usize)> = lexicon.classes().collect();
    if !classes.is_empty() {
        writeln!(out, "\nclasses, with the number of their members")?;
    }
    for (class, members) in classes {
        writeln!(out, "{members:>7}  <{class}>")?;
    }
    Ok(())
}

fn list(out: &mut impl Write, lexicon: &Lexicon) -> io::Result<()> {
    writeln!(out, "\nentries")?;
    let width = lexicon.entries().iter().map(|entry| entry.id().len()).max().unwrap_or(0);
    for entry in lexicon.entries() {
        let pattern = entry.patterns().next().unwrap_or_default();
        writeln!(out, "  {:width$}  {}", entry.id(), entry.gloss().unwrap_or(pattern))?;
    }
    Ok(())
}

fn entry_page(out: &mut impl Write, lexicon: &Lexicon, entry: &Entry) -> io::Result<()> {
    writeln!(out, "{} {} {}", lexicon.id(), lexicon.version(), entry.id())?;
    field(out, "device", entry.device())?;
    field(out, "kind", entry.kind().unwrap_or_default())?;
    field(out, "gloss", entry.gloss().unwrap_or_default())?;
    field(out, "note", entry.note().unwrap_or_default())?;
    field(out, "confidence", entry.confidence())?;
    field(out, "since", entry.since())?;
    if let Some(deprecated) = entry.deprecated() {
        field(out, "deprecated", format!("since {}: {}", deprecated.version, deprecated.reason))?;
    }
    if entry.is_exception() {
        field(out, "exception", "tags nothing itself; keeps other entries of its device from tagging this")?;
    }
    block(out, "patterns", entry.patterns())?;
    block(out, "requires", entry.requires())?;
    block(out, "excludes", entry.excludes())?;
    block(out, "examples", entry.examples())?;
    block(out, "counterexamples", entry.counterexamples())?;
    let works = entry.refs().filter_map(|id| lexicon.references().iter().find(|reference| reference.id == id));
    let works: Vec<String> = works.map(|r| format!("{}: {} ({}), {}", r.author, r.title, r.year, r.source)).collect();
    block(out, "references", works.iter().map(String::as_str))
}

/// A line, unless there is nothing to say.
fn field(out: &mut impl Write, name: &str, value: impl ToString) -> io::Result<()> {
    match value.to_string() {
        value if value.is_empty() => Ok(()),
        value => writeln!(out, "  {name}: {value}"),
    }
}

/// A heading and a line each, unless there is nothing to say.
fn block<'a>(out: &mut impl Write, name: &str, lines: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        writeln!(out, "\n{name}")?;
    }
    lines.try_for_each(|line| writeln!(out, "  {line}"))
}
