//! Lexicons as pages of Markdown.

mod escape;

use std::fmt::Write;

use rhetor::{Device, Entry, Lexicon};

use crate::lexicon::wording::{cited, conditions, counted, first, in_words, works, EXCEPTION};
use crate::messages::harmless;
use escape::{code, emphasised, paragraph, plain, table};

/// The most of patterns or of a condition that a table shows, in characters.
const SHOWN: usize = 80;
/// The largest class that is shown whole, in members; of a larger one the first are shown.
const MEMBERS: usize = 24;
/// How much of a fingerprint is enough to tell versions apart by eye.
const SHORT: usize = 12;

const HOW_TO_READ: &str = "\
How to read the tables: a word with ⁺ stands for all of its forms, ‹name› for a word or phrase of that class, and `/`
stands between alternatives; `[ ]` is around what is tagged, where that is not the whole. In the examples, what is
tagged is bold. Long patterns and large classes are cut short here: the lexicon file has all, and
`rhetor lexicon show` has every entry as a page.";

/// The page of a lexicon.
pub(super) fn page(lexicon: &Lexicon) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write_page(&mut out, lexicon);
    harmless(&out)
}

fn write_page(out: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    writeln!(out, "# {}\n", plain(lexicon.title()))?;
    let uses: Vec<String> = lexicon.uses().map(code).collect();
    let head = [
        ["lexicon", &code(lexicon.id())],
        ["version", &lexicon.version().to_string()],
        ["language", &plain(lexicon.language())],
        ["licence", &plain(lexicon.license())],
        ["fingerprint", &code(lexicon.fingerprint())],
        ["uses", if uses.is_empty() { "no other" } else { &uses.join(", ") }],
        ["holds", &holds(lexicon)],
    ];
    table(out, &["", ""], head.map(|row| row.map(str::to_owned).to_vec()).to_vec())?;
    writeln!(out, "\n{HOW_TO_READ}")?;

    let devices = lexicon.devices();
    if !devices.is_empty() {
        writeln!(out, "\n## Devices")?;
    }
    devices.iter().try_for_each(|device| write_device(out, lexicon, device))?;
    if !lexicon.entries().is_empty() {
        writeln!(out, "\n## Entries")?;
    }
    devices.iter().try_for_each(|device| write_entries(out, lexicon, device))?;
    write_classes(out, lexicon)?;
    write_phrases(out, lexicon)?;
    write_references(out, lexicon)
}

fn holds(lexicon: &Lexicon) -> String {
    let counts = [
        (lexicon.devices().len(), "device", "devices"),
        (lexicon.entries().len(), "entry", "entries"),
        (lexicon.classes().count(), "class", "classes"),
        (lexicon.phrases().count(), "phrase", "phrases"),
        (lexicon.references().len(), "reference", "references"),
    ];
    counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(n, one, many)| counted(*n, one, many))
        .collect::<Vec<_>>()
        .join(", ")
}

fn write_device(out: &mut String, lexicon: &Lexicon, device: &Device) -> std::fmt::Result {
    writeln!(out, "\n### {} ({})\n\n{}", plain(device.title()), code(device.id()), paragraph(device.definition()))?;
    if !device.is_default() {
        writeln!(out, "\nLooked for only if asked for.")?;
    }
    let works = works(lexicon, device.refs());
    if !works.is_empty() {
        writeln!(out, "\nOn the device as a whole:\n")?;
    }
    works.iter().try_for_each(|work| writeln!(out, "- {}", plain(&cited(work))))
}

/// The entries of a device, a table for each kind in the order in which the device declares them.
fn write_entries(out: &mut String, lexicon: &Lexicon, device: &Device) -> std::fmt::Result {
    let of_device = || lexicon.entries().iter().filter(|entry| entry.device() == device.id());
    let mut kinds: Vec<Option<&str>> = device.kinds().iter().map(|kind| Some(kind.as_str())).collect();
    for entry in of_device() {
        if !kinds.contains(&entry.kind()) {
            kinds.push(entry.kind());
        }
    }
    for kind in kinds {
        let entries: Vec<&Entry> = of_device().filter(|entry| entry.kind() == kind).collect();
        if entries.is_empty() {
            continue;
        }
        let kind = match kind {
            Some(kind) => format!(": {}", plain(kind)),
            None if device.kinds().is_empty() => String::new(),
            None => ": of no kind".to_owned(),
        };
        writeln!(out, "\n### {}{kind} ({})\n", plain(device.title()), entries.len())?;
        let columns = ["entry", "matches", "plainly", "note", "example"];
        table(out, &columns, entries.into_iter().map(entry_row).collect())?;
    }
    Ok(())
}

fn entry_row(entry: &Entry) -> Vec<String> {
    let patterns: Vec<String> = entry.patterns().map(in_words).collect();
    let mut notes: Vec<String> = entry.note().into_iter().map(plain).collect();
    notes.extend(entry.is_exception().then(|| EXCEPTION.to_owned()));
    notes.extend(conditions(entry).iter().map(|condition| plain(&cut(condition))));
    notes.extend(entry.deprecated().map(|d| format!("Deprecated since {}: {}", d.version, plain(&d.reason))));
    let refs: Vec<String> = entry.refs().map(plain).collect();
    notes.extend((!refs.is_empty()).then(|| format!("See {}.", refs.join(", "))));
    vec![
        code(entry.id()),
        plain(&cut(&patterns.join("; "))),
        plain(entry.gloss().unwrap_or_default()),
        notes.join(" "),
        emphasised(entry.examples().next().unwrap_or_default()),
    ]
}

/// The beginning of a long text, up to the end of a word.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} …", text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole)),
    }
}

fn write_classes(out: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    if lexicon.classes().next().is_some() {
        writeln!(out, "\n## Classes\n")?;
    }
    for (name, count) in lexicon.classes() {
        let members: Vec<String> = lexicon.class_members(name).map(in_words).collect();
        let members = first(members.iter().map(String::as_str), MEMBERS);
        writeln!(out, "- ‹{}› ({count}): {}", plain(name), plain(&members))?;
    }
    Ok(())
}

fn write_phrases(out: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    if lexicon.phrases().next().is_some() {
        writeln!(out, "\n## Phrases\n")?;
    }
    lexicon
        .phrases()
        .try_for_each(|(name, pattern)| writeln!(out, "- ‹{}›: {}", plain(name), plain(&cut(&in_words(pattern)))))
}

fn write_references(out: &mut String, lexicon: &Lexicon) -> std::fmt::Result {
    if !lexicon.references().is_empty() {
        writeln!(out, "\n## References\n")?;
    }
    lexicon.references().iter().try_for_each(|work| writeln!(out, "- {}: {}", code(&work.id), plain(&cited(work))))
}

/// The index of pages, each in the place where its id says.
pub(super) fn index(lexicons: &[Lexicon]) -> String {
    let row = |lexicon: &Lexicon| {
        let devices: Vec<String> = lexicon.devices().iter().map(|device| code(device.id())).collect();
        let fingerprint: String = lexicon.fingerprint().chars().take(SHORT).collect();
        vec![
            format!("[{0}]({0}.md)", lexicon.id()),
            lexicon.version().to_string(),
            lexicon.entries().len().to_string(),
            devices.join(", "),
            plain(lexicon.title()),
            plain(lexicon.license()),
            code(&fingerprint),
        ]
    };
    let mut out = "\
# Lexicons

These pages are written by `rhetor lexicon export`: change the lexicon files, then write the pages anew.

"
    .to_owned();
    let columns = ["lexicon", "version", "entries", "devices", "title", "licence", "fingerprint"];
    let _ = table(&mut out, &columns, lexicons.iter().map(row).collect());
    harmless(&out)
}
