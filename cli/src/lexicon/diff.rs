//! `rhetor lexicon diff`.

mod markdown;
mod terminal;
mod texts;

use std::io::Write;

use rhetor::{Bump, Change, LexiconDiff, Section};
use serde::Serialize;

use crate::args::{Diff, DiffFormat};
use crate::messages::{error, harmless, Failure, Status};
use texts::Texts;

/// What there is to tell. As JSON, the object that [`LexiconDiff`] serializes as, with `texts` behind it if there were
/// any.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    lexicons: LexiconDiff,
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Texts>,
}

pub(super) fn run(args: &Diff) -> Result<Status, Failure> {
    let (before, after) = (super::named(&args.before)?, super::named(&args.after)?);
    let lexicons = LexiconDiff::between(&before, &after);
    let texts = match args.on.is_empty() {
        true => None,
        false => Some(Texts::compare(before, after, &args.on, &args.device)?),
    };
    let faulty = texts.as_ref().is_some_and(|texts| texts.faulty);
    let report = Report { lexicons, texts };
    let mut page = Vec::new();
    match args.format {
        DiffFormat::Text => terminal::write(&mut page, &report)?,
        DiffFormat::Markdown => markdown::write(&mut page, &report)?,
        DiffFormat::Json => {
            serde_json::to_writer_pretty(&mut page, &report).map_err(Failure::new)?;
            writeln!(page)?;
        }
    }
    anstream::stdout().write_all(&page)?;
    if args.check && !report.lexicons.version_is_enough() {
        error(&verdict(&report.lexicons));
        return Ok(if faulty { Status::BadInput } else { Status::Found });
    }
    Ok(if faulty { Status::BadInput } else { Status::Done })
}

/// Which bump is called for, why, and whether it was made.
fn verdict(diff: &LexiconDiff) -> String {
    let (before, after) = (&diff.before().version, &diff.after().version);
    let made = match diff.version_bump() {
        None => format!("the version went down from {before} to {after}"),
        Some(Bump::None) => format!("the version is {after} as before"),
        Some(bump) => format!("{before} to {after} is a {bump} one"),
    };
    let mut because = diff.because();
    let called_for = because.next().map(|first| {
        let more = match because.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        format!("a {} bump is called for ({}: {}{more})", diff.bump(), short(&first.to_string()), first.reason())
    });
    let next = format!("make it {} or later", diff.least_version());
    match (called_for, diff.version_is_enough()) {
        (None, true) if diff.is_empty() => "nothing changed".to_owned(),
        (None, true) => "only the version changed".to_owned(),
        (None, false) => format!("{made}; {next}"),
        (Some(called_for), true) => format!("{called_for}, and {made}"),
        (Some(called_for), false) => format!("{called_for}, but {made}; {next}"),
    }
}

/// The changes of one thing, such as an entry.
struct Group<'a> {
    /// What it is, such as `entry` and its id.
    what: (&'static str, Option<&'a str>),
    changes: Vec<&'a Change>,
}

/// The changes by what they are in, without that of the version, which is said first anyhow.
fn groups(diff: &LexiconDiff) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for change in diff.changes().iter().filter(|change| change.field() != Some("version")) {
        let what = match (change.section(), change.id()) {
            (Section::Head, _) => ("head", None),
            (Section::Device, None) => ("devices", None),
            (Section::Device, id) => ("device", id),
            (Section::Class, id) => ("class", id),
            (Section::Phrase, id) => ("phrase", id),
            (Section::Entry, None) => ("entries", None),
            (Section::Entry, id) => ("entry", id),
            (Section::Override, None) => ("overrides", None),
            (Section::Override, id) => ("override", id),
            (Section::Disable, None) => ("disabled entries", None),
            (Section::Disable, id) => ("disabled entry", id),
            (Section::Reference, None) => ("references", None),
            (Section::Reference, id) => ("reference", id),
        };
        match groups.last_mut().filter(|group| group.what == what) {
            Some(group) => group.changes.push(change),
            None => groups.push(Group { what, changes: vec![change] }),
        }
    }
    groups
}

/// The most characters of a value that are shown, and of a sentence on either side of the tag in it.
const SHOWN: usize = 160;

/// Text from a file as it can stand on a line: nothing that steers a terminal, and the beginning of what is very long.
fn short(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

fn one_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}
