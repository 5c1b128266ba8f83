//! `rhetor explain`.

mod page;

use std::io::Write;
use std::path::{Path, PathBuf};

use rhetor::{Document, Explanation, OffsetMap, Position, Span};
use serde::Serialize;

use crate::args::{Explain, ListFormat, Results};
use crate::input;
use crate::messages::{Failure, Status};
use crate::settings::Settings;
use page::Page;

/// What there is to explain.
struct Subject {
    /// What the text is called; empty for one on the command line.
    name: String,
    text: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a str,
    explanations: &'a [Explanation],
}

/// Explains what was named.
pub(crate) fn run(args: &Explain) -> Result<Status, Failure> {
    let subject = Subject::of(args)?;
    let span = subject.span()?;
    let settings = Settings::find(&[subject.path()], &args.choices, &Results::default(), None)?;
    let annotator = settings.build(settings.builder(None)?.0)?;
    let document = annotator.annotate(&subject.text);
    let spans = match &args.phrase {
        Some(phrase) => occurrences(&document, phrase, span, &subject)?,
        None => vec![span],
    };
    let mut explanations: Vec<Explanation> = spans.into_iter().map(|span| document.explain(span)).collect();
    for explanation in &mut explanations {
        explanation.nearest.truncate(if args.phrase.is_some() { args.nearest } else { 0 });
    }
    let written = match args.format {
        ListFormat::Json => {
            let written = Written { id: &subject.name, explanations: &explanations };
            serde_json::to_string_pretty(&written).map_err(Failure::new)? + "\n"
        }
        ListFormat::Text => {
            let mut page = Page::new(&subject.name, &subject.text);
            match &args.phrase {
                Some(_) => {
                    explanations.iter().for_each(|explanation| page.phrase(explanation));
                    let missed = explanations.iter().filter(|e| e.tags.is_empty()).map(|e| e.span).collect::<Vec<_>>();
                    optional(&settings, &document, &missed, &mut page)?;
                }
                None => page.tags(&explanations[0], &subject.place()),
            }
            page.finish()
        }
    };
    anstream::stdout().write_all(written.as_bytes())?;
    Ok(Status::Done)
}

impl Subject {
    fn of(args: &Explain) -> Result<Subject, Failure> {
        match (&args.text, &args.file) {
            (Some(text), _) => Ok(Subject { name: String::new(), text: text.clone(), line: None, column: None }),
            (None, file) => {
                let named = file.as_deref().unwrap_or(Path::new("-"));
                let (path, numbers) = cut_numbers(named);
                let text = input::text(&path).map_err(Failure::Message)?;
                let name = path.display().to_string();
                Ok(Subject { name, text, line: numbers.first().copied(), column: numbers.get(1).copied() })
            }
        }
    }

    /// The file, or standard input, whose settings hold for what stands on the command line, too.
    fn path(&self) -> PathBuf {
        PathBuf::from(if self.name.is_empty() { "-" } else { &self.name })
    }

    /// The whole text, the line or the place that was named. A place is an empty span.
    fn span(&self) -> Result<Span, Failure> {
        let Some(line) = self.line else { return Ok(Span::new(0, self.text.len())) };
        let map = OffsetMap::new(&self.text);
        let lines = map.to_position(self.text.len()).line;
        if line == 0 || line > lines {
            return Err(Failure::new(format!("{} has no line {line}; its last is line {lines}", self.name)));
        }
        let at = |column| map.from_position(Position { line, column });
        Ok(match self.column {
            Some(column) => Span::new(at(column), at(column)),
            None => Span::new(at(1), at(usize::MAX)),
        })
    }

    /// What to call the place that was named.
    fn place(&self) -> String {
        let name = if self.name.is_empty() { "the text" } else { self.name.as_str() };
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{name}:{line}:{column}"),
            (Some(line), None) => format!("{name}:{line}"),
            _ => name.to_owned(),
        }
    }
}

/// Takes a line and a column off the end of a path, unless a file is really called so.
fn cut_numbers(path: &Path) -> (PathBuf, Vec<usize>) {
    let mut numbers = Vec::new();
    let Some(mut rest) = path.to_str().filter(|_| !path.exists()) else { return (path.to_owned(), numbers) };
    while let Some((before, number)) = rest.rsplit_once(':').filter(|_| numbers.len() < 2) {
        let Ok(number) = number.parse() else { break };
        numbers.insert(0, number);
        rest = before;
    }
    (PathBuf::from(rest), numbers)
}

/// Where a phrase stands within a span.
fn occurrences(document: &Document, phrase: &str, span: Span, subject: &Subject) -> Result<Vec<Span>, Failure> {
    let around = Span::new(span.start(), span.end().max(span.start() + 1));
    let found: Vec<Span> = document.find(phrase).into_iter().filter(|found| found.overlaps(around)).collect();
    match found.is_empty() {
        true => Err(Failure::new(format!(
            "\"{phrase}\" does not stand in {} as whole words within a sentence",
            subject.place()
        ))),
        false => Ok(found),
    }
}

/// Says which devices would tag what is not tagged, if they were looked for.
fn optional(settings: &Settings, document: &Document, missed: &[Span], page: &mut Page) -> Result<(), Failure> {
    if missed.is_empty() {
        return Ok(());
    }
    let annotator = settings.builder(None)?.0.all_devices().build().map_err(Failure::new)?;
    let named = settings.devices.iter().map(|device| device.value.as_str()).collect::<Vec<_>>().join(",");
    let sought = |device: &str| document.annotator().devices().iter().any(|sought| sought.id() == device);
    for tag in annotator.annotate(document.text()).annotations() {
        if !sought(tag.device()) && missed.iter().any(|span| span.overlaps(tag.span())) {
            page.not_sought(tag.device(), tag.span(), &named);
        }
    }
    Ok(())
}
