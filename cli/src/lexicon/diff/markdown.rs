//! A diff for a changelog or a pull request.

use std::io::{self, Write};

use rhetor::{Action, Change};

use super::texts::{Field, Tag, Texts, What};
use super::{groups, one_line, short, verdict, Group, Report};
use crate::lexicon::markdown::escaped;
use crate::lexicon::wording::counted;

pub(super) fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let (before, after) = (report.lexicons.before(), report.lexicons.after());
    let name = if before.id == after.id { String::new() } else { format!("{} ", code(&after.id)) };
    writeln!(out, "## {} {} → {name}{}", code(&before.id), before.version, after.version)?;
    writeln!(out, "\n{}.", escaped(&capital(&verdict(&report.lexicons))))?;
    let groups = groups(&report.lexicons);
    for (title, wanted) in [("Added", Action::Added), ("Removed", Action::Removed), ("Changed", Action::Changed)] {
        let mut some = groups.iter().filter(|group| action(group) == wanted).peekable();
        if some.peek().is_some() {
            writeln!(out, "\n### {title}\n")?;
        }
        some.try_for_each(|group| write_group(out, group))?;
    }
    report.texts.as_ref().map_or(Ok(()), |texts| write_texts(out, texts))
}

/// Whether a thing came or went as a whole.
fn action(group: &Group) -> Action {
    let whole = group.changes.iter().find(|change| change.field().is_none());
    whole.map_or(Action::Changed, |change| change.action())
}

fn write_group(out: &mut impl Write, group: &Group) -> io::Result<()> {
    let (section, id) = group.what;
    let name = id.map_or(section.to_owned(), |id| format!("{section} {}", code(id)));
    match group.changes[..] {
        [change] if change.field().is_none() => {
            let values = if change.before().is_empty() { change.after() } else { change.before() };
            let values: Vec<String> = values.iter().map(|value| code(&short(value))).collect();
            let values = if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
            writeln!(out, "- {name}{values} ({})", change.bump())
        }
        _ => {
            writeln!(out, "- {name}")?;
            group.changes.iter().try_for_each(|change| write_field(out, change))
        }
    }
}

fn write_field(out: &mut impl Write, change: &Change) -> io::Result<()> {
    let name = change.field().unwrap_or_default();
    let [before, after] = [change.before(), change.after()].map(|values| code(&short(&values.join("; "))));
    let what = match change.action() {
        Action::Added => format!("added {after}"),
        Action::Removed => format!("removed {before}"),
        Action::Changed if change.before().len() > 1 => "changed".to_owned(),
        Action::Changed => format!("{before} → {after}"),
    };
    writeln!(out, "  - {name}: {what} ({}: {})", change.bump(), change.reason())
}

fn write_texts(out: &mut impl Write, texts: &Texts) -> io::Result<()> {
    let (sums, devices) = (texts.sums, texts.devices.iter().map(|device| code(device)).collect::<Vec<_>>());
    writeln!(out, "\n### On {}\n", counted(texts.read, "text", "texts"))?;
    writeln!(
        out,
        "{}: {} before, {} after; {} gained, {} lost, {} changed.",
        devices.join(", "),
        counted(texts.before, "tag", "tags"),
        texts.after,
        sums.gained,
        sums.lost,
        sums.changed
    )?;
    if texts.tags.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| gained | lost | changed | entry |\n|---:|---:|---:|---|")?;
    for entry in &texts.entries {
        let (sums, name) = (entry.sums, code(&format!("{} {}", entry.lexicon, entry.entry)));
        writeln!(out, "| {} | {} | {} | {name} |", sums.gained, sums.lost, sums.changed)?;
    }
    writeln!(out)?;
    texts.tags.iter().try_for_each(|tag| write_tag(out, tag))
}

fn write_tag(out: &mut impl Write, tag: &Tag) -> io::Result<()> {
    let Some(record) = tag.record() else { return Ok(()) };
    let what = match tag.change {
        What::Gained => "gained",
        What::Lost => "lost",
        What::Changed => "changed",
    };
    let place = code(&one_line(&format!("{}:{}:{}", tag.text, tag.line, tag.column)));
    let sentence = &tag.sentence;
    let [before, marked, behind] = [&sentence.before, &sentence.tag, &sentence.behind].map(|part| escaped(part));
    let entry = code(&record.entry.to_string());
    writeln!(out, "- {what} {place} ({}, {entry}): {before}**{marked}**{behind}", code(&record.device))?;
    tag.fields.iter().try_for_each(|Field { field, before, after }| {
        let said = |said: &Option<String>| said.as_deref().map_or("none".to_owned(), |said| code(&short(said)));
        writeln!(out, "  - {field}: {} → {}", said(before), said(after))
    })
}

/// A code span, whatever is in it.
fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A space is taken off either end where both have one.
    let space = if longest > 0 || (text.starts_with(' ') && text.ends_with(' ')) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
