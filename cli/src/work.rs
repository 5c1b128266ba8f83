//! One text becomes one result.

use std::borrow::Cow;

use rhetor::{terminal, Annotator, OffsetMap, Record, TerminalOptions, Unit};

use crate::args::{Format, Input, Limit};
use crate::input::{self, Item};
use crate::messages::harmless;

/// What every worker knows.
pub(crate) struct Work {
    pub(crate) annotator: Annotator,
    pub(crate) format: Format,
    pub(crate) offsets: Unit,
    pub(crate) color: bool,
    /// Whether there may be several texts, so that each needs its name.
    pub(crate) many: bool,
    pub(crate) limits: Vec<Limit>,
}

/// What came of an item.
#[derive(Default)]
pub(crate) struct Done {
    pub(crate) results: Vec<Rendered>,
    /// What was wrong with the input.
    pub(crate) faults: Vec<String>,
    /// What is odd about it.
    pub(crate) warnings: Vec<String>,
    /// How many were found of each limit's device.
    pub(crate) counts: Vec<usize>,
}

/// A result, as far as it can be written without the others.
pub(crate) enum Rendered {
    /// Ready to write.
    Bytes(Vec<u8>),
    /// For a page of them all.
    Article { name: String, text: String, record: Record },
}

impl Work {
    /// Does what is to be done with an item.
    pub(crate) fn run(&self, item: Item) -> Done {
        let mut done = Done { counts: vec![0; self.limits.len()], ..Done::default() };
        match item {
            Item::Fault(fault) => done.faults.push(fault),
            Item::Text(path, kind) => match input::text(&path) {
                Ok(text) => self.annotate(path.display().to_string(), Cow::Owned(text), kind, &mut done),
                Err(fault) => done.faults.push(fault),
            },
            Item::Lines(batch) => {
                for line in batch.lines() {
                    match line {
                        Ok((id, text)) => self.annotate(id, text, Input::Text, &mut done),
                        Err(fault) => done.faults.push(fault),
                    }
                }
            }
        }
        done
    }

    fn annotate(&self, id: String, text: Cow<'_, str>, kind: Input, done: &mut Done) {
        let record = match kind.prose(&text) {
            None => self.annotator.annotate(&text).to_record(),
            Some(prose) => {
                let lines = OffsetMap::new(&text);
                let line = |start| lines.to_position(start).line;
                let notes = prose.notes().iter();
                done.warnings.extend(notes.map(|n| format!("{id}:{}: {}", line(n.span.start()), n.message)));
                prose.record(&self.annotator)
            }
        };
        for (count, limit) in done.counts.iter_mut().zip(&self.limits) {
            *count += record.annotations.iter().filter(|tag| tag.device == limit.device).count();
        }
        match self.render(&id, text, record) {
            Ok(rendered) => done.results.push(rendered),
            Err(fault) => done.faults.push(format!("{id}: {fault}")),
        }
    }

    fn render(&self, id: &str, text: Cow<'_, str>, record: Record) -> Result<Rendered, Box<dyn std::error::Error>> {
        let bytes = match self.format {
            Format::Text => {
                let shown = terminal(&record, &text, &TerminalOptions::default().color(self.color))?;
                let head = if self.many { format!("==> {} <==\n", harmless(id)) } else { String::new() };
                (head + &shown).into_bytes()
            }
            Format::Json => serde_json::to_vec_pretty(&self.named(id, &text, record)?)?,
            Format::Jsonl => {
                let mut line = serde_json::to_vec(&self.named(id, &text, record)?)?;
                line.push(b'\n');
                line
            }
            Format::Html => return Ok(Rendered::Article { name: id.to_owned(), text: text.into_owned(), record }),
        };
        Ok(Rendered::Bytes(bytes))
    }

    /// The record with its id and in the unit asked for.
    fn named(&self, id: &str, text: &str, record: Record) -> Result<Record, rhetor::OffsetError> {
        let record = match self.offsets {
            Unit::Bytes => record,
            unit => record.in_unit(unit, text)?,
        };
        Ok(Record { id: Some(id.to_owned()), ..record })
    }
}
