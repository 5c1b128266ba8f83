//! A diff as people know it, with a sign and a colour for what came, went and changed.

use std::io::{self, Write};

use clap::builder::styling::{AnsiColor, Color, Style};
use rhetor::{Action, Change};

use super::texts::{Field, Tag, Texts, What};
use super::{groups, one_line, short, verdict, Group, Report};
use crate::lexicon::wording::counted;

const ADDED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
const REMOVED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const CHANGED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
const TITLE: Style = Style::new().bold();
const ASIDE: Style = Style::new().dimmed();

pub(super) fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let (before, after) = (report.lexicons.before(), report.lexicons.after());
    let name = if before.id == after.id { String::new() } else { format!("{} ", after.id) };
    writeln!(out, "{TITLE}{} {} -> {name}{}{TITLE:#}", before.id, before.version, after.version)?;
    let groups = groups(&report.lexicons);
    if !groups.is_empty() {
        writeln!(out)?;
    }
    groups.iter().try_for_each(|group| write_group(out, group))?;
    writeln!(out, "\n{}", verdict(&report.lexicons))?;
    report.texts.as_ref().map_or(Ok(()), |texts| write_texts(out, texts))
}

fn sign(action: Action) -> (Style, char) {
    match action {
        Action::Added => (ADDED, '+'),
        Action::Removed => (REMOVED, '-'),
        Action::Changed => (CHANGED, '~'),
    }
}

/// What came or went as a whole is one line; what changed has a line for each of its fields.
fn write_group(out: &mut impl Write, group: &Group) -> io::Result<()> {
    let (section, id) = group.what;
    let name = id.map_or(section.to_owned(), |id| format!("{section} {}", one_line(id)));
    if let [change] = group.changes[..] {
        if change.field().is_none() {
            return write_change(out, "", &name, change);
        }
    }
    writeln!(out, "{CHANGED}~{CHANGED:#} {TITLE}{name}{TITLE:#}")?;
    group.changes.iter().try_for_each(|change| write_change(out, "    ", change.field().unwrap_or_default(), change))
}

fn write_change(out: &mut impl Write, indent: &str, name: &str, change: &Change) -> io::Result<()> {
    let (style, sign) = sign(change.action());
    let [before, after] = [change.before(), change.after()].map(|values| short(&values.join("; ")));
    write!(out, "{indent}{style}{sign}{style:#} {name}")?;
    match change.action() {
        Action::Added => write!(out, ": {ADDED}{after}{ADDED:#}")?,
        Action::Removed => write!(out, ": {REMOVED}{before}{REMOVED:#}")?,
        // The whole of a list, where only its order changed, says little.
        Action::Changed if change.before().len() > 1 => {}
        Action::Changed => write!(out, ": {REMOVED}{before}{REMOVED:#} -> {ADDED}{after}{ADDED:#}")?,
    }
    writeln!(out, "  {ASIDE}({}: {}){ASIDE:#}", change.bump(), change.reason())
}

fn write_texts(out: &mut impl Write, texts: &Texts) -> io::Result<()> {
    let sums = texts.sums;
    writeln!(
        out,
        "\n{TITLE}on {}, {}{TITLE:#}: {} before, {} after; {} gained, {} lost, {} changed",
        counted(texts.read, "text", "texts"),
        texts.devices.join(", "),
        counted(texts.before, "tag", "tags"),
        texts.after,
        sums.gained,
        sums.lost,
        sums.changed
    )?;
    if texts.tags.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    texts.tags.iter().try_for_each(|tag| write_tag(out, tag))?;
    writeln!(out, "\n{TITLE}{:>8} {:>8} {:>8}  entry{TITLE:#}", "gained", "lost", "changed")?;
    for entry in &texts.entries {
        let sums = entry.sums;
        writeln!(out, "{:>8} {:>8} {:>8}  {} {}", sums.gained, sums.lost, sums.changed, entry.lexicon, entry.entry)?;
    }
    writeln!(out, "{:>8} {:>8} {:>8}  in all", sums.gained, sums.lost, sums.changed)
}

fn write_tag(out: &mut impl Write, tag: &Tag) -> io::Result<()> {
    let (style, sign) = sign(match tag.change {
        What::Gained => Action::Added,
        What::Lost => Action::Removed,
        What::Changed => Action::Changed,
    });
    let Some(record) = tag.record() else { return Ok(()) };
    let (text, sentence) = (one_line(&tag.text), &tag.sentence);
    writeln!(out, "{style}{sign}{style:#} {text}:{}:{}: {}, {}", tag.line, tag.column, record.device, record.entry)?;
    for Field { field, before, after } in &tag.fields {
        let [before, after] = [before, after].map(|said| short(said.as_deref().unwrap_or("none")));
        writeln!(out, "    {field}: {REMOVED}{before}{REMOVED:#} -> {ADDED}{after}{ADDED:#}")?;
    }
    writeln!(out, "    {}{style}[{}]{style:#}{}", sentence.before, sentence.tag, sentence.behind)
}
