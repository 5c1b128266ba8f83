//! `rhetor lexicon test`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;

use clap::builder::styling::Style;
use indicatif::{ProgressBar, ProgressStyle};
use rhetor::{Annotator, Entry, Lexicon, OffsetMap};
use serde_json::{json, Value};
use unicode_width::UnicodeWidthStr;

use super::kwic::{Sample, Spread};
use crate::args::{ListFormat, Test};
use crate::input::Inputs;
use crate::messages::{error, harmless, Failure, Status};
use crate::ordered::{ordered, Sink};

pub(super) fn run(args: &Test) -> Result<Status, Failure> {
    let lexicon = super::named(&args.lexicon)?;
    if let Some(unknown) = args.entry.iter().find(|id| !lexicon.entries().iter().any(|entry| entry.id() == *id)) {
        let hint = format!("`rhetor lexicon show {} --entries` lists those it has", args.lexicon);
        return Err(Failure::Message(format!("{} has no entry \"{unknown}\"; {hint}", args.lexicon)));
    }
    let devices: Vec<String> = match args.device.is_empty() {
        true => lexicon.devices().iter().map(|device| device.id().to_owned()).collect(),
        false => args.device.clone(),
    };
    let builder = Annotator::builder().without_bundled().lexicon(lexicon.clone()).only(devices.clone());
    let annotator = builder.build().map_err(Failure::new)?;

    let inputs = Inputs::find(&args.on, None);
    let mut tally = Tally::new(args.samples, inputs.count());
    let id = lexicon.id().to_owned();
    let work =
        move |text: Result<(String, String), String>| text.map(|(source, text)| tags(&annotator, &id, &source, &text));
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    ordered(jobs, inputs.texts(), work, &mut tally)?;
    tally.bar.finish_and_clear();

    let asked = |entry: &&Entry| {
        devices.iter().any(|device| device == entry.device())
            && (args.entry.is_empty() || args.entry.iter().any(|id| id == entry.id()))
    };
    let report = Report::new(&lexicon, &tally, lexicon.entries().iter().filter(asked));
    let page = match args.format {
        ListFormat::Text => report.text(),
        ListFormat::Json => serde_json::to_string_pretty(&report.json()).map_err(Failure::new)? + "\n",
    };
    anstream::stdout().write_all(page.as_bytes())?;
    Ok(if tally.faulty { Status::BadInput } else { Status::Done })
}

/// What was found in one text.
struct Found {
    words: usize,
    /// Id of the entry, and the tag in its context.
    tags: Vec<(String, Sample)>,
}

fn tags(annotator: &Annotator, lexicon: &str, source: &str, text: &str) -> Found {
    let lines = OffsetMap::new(text);
    let document = annotator.annotate(text);
    let own = document.annotations().filter(|tag| tag.entry().lexicon().id() == lexicon);
    let sample = |tag: rhetor::Annotation| {
        let line = lines.to_position(tag.span().start()).line;
        (tag.entry().id().to_owned(), Sample::new(source, line, text, tag.span()))
    };
    Found { words: text.split_whitespace().count(), tags: own.map(sample).collect() }
}

/// What was found in all texts.
struct Tally {
    samples: usize,
    texts: usize,
    words: usize,
    /// For each entry that fires: its samples, and in how many texts it does.
    entries: BTreeMap<String, (Spread<Sample>, usize)>,
    bar: ProgressBar,
    faulty: bool,
}

impl Tally {
    fn new(samples: usize, files: usize) -> Tally {
        let bar = match io::stderr().is_terminal() && files > 1 {
            true => ProgressBar::no_length(),
            false => ProgressBar::hidden(),
        };
        // A file of lines holds any number of texts, so nobody knows how many there will be.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} texts, {elapsed}") {
            bar.set_style(style);
        }
        Tally { samples, texts: 0, words: 0, entries: BTreeMap::new(), bar, faulty: false }
    }

    fn rate(&self, tags: usize) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        tags as f64 * 1000.0 / self.words as f64
    }
}

impl Sink<Result<Found, String>> for Tally {
    fn put(&mut self, found: Result<Found, String>) -> io::Result<()> {
        self.bar.inc(1);
        let found = match found {
            Ok(found) => found,
            Err(fault) => {
                self.faulty = true;
                self.bar.suspend(|| error(&fault));
                return Ok(());
            }
        };
        self.texts += 1;
        self.words += found.words;
        let mut here: Vec<String> = Vec::new();
        for (entry, sample) in found.tags {
            let fresh = || (Spread::new(self.samples), 0);
            let (samples, texts) = self.entries.entry(entry.clone()).or_insert_with(fresh);
            samples.add(sample);
            if !here.contains(&entry) {
                here.push(entry);
                *texts += 1;
            }
        }
        Ok(())
    }

    fn idle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The entries asked for, by how often they fire.
struct Report<'a> {
    lexicon: &'a Lexicon,
    tally: &'a Tally,
    /// The most frequent first; of those that are as frequent, in the order of the file.
    firing: Vec<(&'a Entry, &'a (Spread<Sample>, usize))>,
    never: Vec<&'a str>,
    exceptions: Vec<&'a str>,
}

impl<'a> Report<'a> {
    fn new(lexicon: &'a Lexicon, tally: &'a Tally, asked: impl Iterator<Item = &'a Entry>) -> Report<'a> {
        let mut report = Report { lexicon, tally, firing: Vec::new(), never: Vec::new(), exceptions: Vec::new() };
        for entry in asked {
            match tally.entries.get(entry.id()) {
                _ if entry.is_exception() => report.exceptions.push(entry.id()),
                Some(found) => report.firing.push((entry, found)),
                None => report.never.push(entry.id()),
            }
        }
        report.firing.sort_by_key(|(_, (samples, _))| std::cmp::Reverse(samples.seen()));
        report
    }

    fn tags(&self) -> usize {
        self.firing.iter().map(|(_, (samples, _))| samples.seen()).sum()
    }

    fn text(&self) -> String {
        let (tally, tags) = (self.tally, self.tags());
        let mut page = format!(
            "{} {} on {}, {}: {}\n",
            self.lexicon.id(),
            self.lexicon.version(),
            counted(tally.texts, "text"),
            counted(tally.words, "word"),
            self.frequency(tags),
        );
        for (entry, (samples, texts)) in &self.firing {
            let kind = entry.kind().map_or(String::new(), |kind| format!(", {kind}"));
            let frequency = self.frequency(samples.seen());
            // Writing to a string does not fail.
            let _ = writeln!(
                page,
                "\n{} ({}{kind}): {frequency}, in {}",
                entry.id(),
                entry.device(),
                counted(*texts, "text")
            );
            page += &concordance(&samples.chosen());
        }
        for (title, ids) in [("never", &self.never), ("exceptions, which tag nothing themselves", &self.exceptions)] {
            if !ids.is_empty() {
                let _ = writeln!(page, "\n{title}: {}", ids.len());
                ids.iter().for_each(|id| page = std::mem::take(&mut page) + "  " + id + "\n");
            }
        }
        page
    }

    fn frequency(&self, tags: usize) -> String {
        format!("{}, {:.2} per 1,000 words", counted(tags, "tag"), self.tally.rate(tags))
    }

    fn json(&self) -> Value {
        let entry = |(entry, (samples, texts)): &(&Entry, &(Spread<Sample>, usize))| {
            json!({
                "entry": entry.id(),
                "device": entry.device(),
                "kind": entry.kind(),
                "tags": samples.seen(),
                "per_1000_words": self.tally.rate(samples.seen()),
                "texts": texts,
                "samples": samples.chosen(),
            })
        };
        json!({
            "lexicon": {
                "id": self.lexicon.id(),
                "version": self.lexicon.version().to_string(),
                "fingerprint": self.lexicon.fingerprint(),
            },
            "texts": self.tally.texts,
            "words": self.tally.words,
            "tags": self.tags(),
            "per_1000_words": self.tally.rate(self.tags()),
            "entries": self.firing.iter().map(entry).collect::<Vec<_>>(),
            "never": self.never,
            "exceptions": self.exceptions,
        })
    }
}

/// A line for each sample, the tags below one another.
fn concordance(samples: &[Sample]) -> String {
    let bold = Style::new().bold();
    let place = |sample: &Sample| format!("{}:{}", harmless(&sample.source).replace('\n', " "), sample.line);
    let widest = |text: &dyn Fn(&Sample) -> usize| samples.iter().map(text).max().unwrap_or(0);
    let (places, befores) = (widest(&|sample| place(sample).width()), widest(&|sample| sample.before.width()));
    let mut lines = String::new();
    for sample in samples {
        let place = place(sample);
        // Padding counts columns, not characters.
        let padding = " ".repeat(places - place.width() + 2 + befores - sample.before.width());
        let line = format!("  {place}{padding}{}[{bold}{}{bold:#}]{}", sample.before, sample.text, sample.after);
        lines += line.trim_end();
        lines.push('\n');
    }
    lines
}

/// `1 tag`, `12,345 tags`.
fn counted(count: usize, what: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {what}{}", if count == 1 { "" } else { "s" })
}
