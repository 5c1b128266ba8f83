//! `rhetor lexicon show`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rhetor::Lexicon;

use super::entry;
use crate::messages::{harmless, Failure, Status};

/// How many entries are suggested for one that does not exist.
const SUGGESTED: usize = 3;

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
            let unknown = || Failure::Message(unknown(name, id, &lexicon));
            entry::page(&mut page, &lexicon, found.ok_or_else(unknown)?)?;
        }
    }
    io::stdout().write_all(harmless(&String::from_utf8_lossy(&page)).as_bytes())?;
    Ok(Status::Done)
}

/// That there is no such entry, and which ones may be meant.
fn unknown(name: &str, id: &str, lexicon: &Lexicon) -> String {
    let likeness = |known: &str| match known.contains(id) {
        true => 1.0,
        false => strsim::jaro_winkler(id, known),
    };
    let mut near: Vec<(f64, &str)> = lexicon
        .entries()
        .iter()
        .map(|known| (likeness(known.id()), known.id()))
        .filter(|(like, _)| *like > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.len().cmp(&b.1.len())));
    let near: Vec<String> = near.iter().take(SUGGESTED).map(|(_, known)| format!("`{known}`")).collect();
    let hint = match &near[..] {
        [] => String::new(),
        near => format!("did you mean {}? ", near.join(" or ")),
    };
    format!("{name} has no entry \"{id}\"; {hint}`rhetor lexicon show {name} --entries` lists those it has")
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

/// A line, unless there is nothing to say.
fn field(out: &mut impl Write, name: &str, value: impl ToString) -> io::Result<()> {
    match value.to_string() {
        value if value.is_empty() => Ok(()),
        value => writeln!(out, "  {name}: {value}"),
    }
}
