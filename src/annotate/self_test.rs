//! A lexicon is its own test: every example must be tagged as its brackets say, and no counterexample may be.

use super::{engine, lint, Annotator, AnnotatorBuilder, BuildError};
use crate::lexicon::{brackets, Entry, Fault, Lexicon};
use crate::text::Span;

/// Text put before an example, so that nothing comes to rely on a place.
const BEFORE: [&str; 3] = ["", "Nothing happened. ", "é😊\n\n"];

impl AnnotatorBuilder {
    /// Compiles the lexicons, tries every entry on its examples and counterexamples, and looks for what their authors can
    /// hardly mean.
    ///
    /// Each example is tried alone, behind another sentence and behind characters of several bytes. An entry is judged by
    /// itself: it does not matter here whether another entry would win. One whose patterns or conditions are at fault is
    /// not tried: that its examples fail says nothing more.
    ///
    /// The result holds errors and, as [`Fault::severity`] tells, warnings: entries that another always beats, patterns
    /// that stand twice, counterexamples that no pattern comes near, classes and phrases that nobody uses, members taken
    /// away from a class that were never in it, and bars that hold less together than it seems.
    ///
    /// # Errors
    /// As [`AnnotatorBuilder::build`]; faults in lexicons, however, are the result: all of them, with their places.
    pub fn check(self) -> Result<Vec<Fault>, BuildError> {
        let (annotator, mut faults) = self.build_with_faults()?;
        let (compiled, built) = (annotator.compiled(), faults.len());
        let mut number = 0;
        while let Some((lexicon, entry)) = compiled.entry_at(number) {
            let own = |fault: &Fault| fault.file() == lexicon.file && fault.entry() == Some(entry.id());
            if !entry.patterns.is_empty() && !faults.iter().any(own) {
                faults.extend(entry_faults(&annotator, number, lexicon, entry));
            }
            number += 1;
        }
        let warnings = lint::warnings(&annotator, &faults, built);
        faults.extend(warnings);
        Ok(faults)
    }
}

impl Annotator {
    /// Tries the entries of one of its lexicons on their examples and counterexamples, as [`AnnotatorBuilder::check`]
    /// does. Entries of devices that it does not look for are not tried: they tag nothing here.
    ///
    /// ```
    /// let annotator = rhetor::Annotator::builder().only(["passive-voice"]).build()?;
    /// assert!(annotator.try_examples("en/passive-voice").is_empty());
    /// # Ok::<(), rhetor::BuildError>(())
    /// ```
    pub fn try_examples(&self, lexicon: &str) -> Vec<Fault> {
        let entries = (0..).map_while(|number| Some((number, self.compiled().entry_at(number)?)));
        let own = entries.filter(|(_, (home, _))| home.id() == lexicon);
        own.flat_map(|(number, (home, entry))| entry_faults(self, number, home, entry)).collect()
    }
}

/// Checks a lexicon together with the bundled ones: patterns, classes, examples. What comes back may be no more than
/// warnings.
///
/// # Errors
/// As [`AnnotatorBuilder::check`].
pub fn check(lexicon: Lexicon) -> Result<Vec<Fault>, BuildError> {
    let base = lexicon.extends().map(Lexicon::bundled).transpose()?;
    let declared = lexicon.devices().iter().chain(base.iter().flat_map(Lexicon::devices));
    let devices: Vec<String> = declared.map(|device| device.id().to_owned()).collect();
    let file = lexicon.file.clone();
    let mut faults = Annotator::builder().without_bundled().lexicon(lexicon).only(devices).check()?;
    faults.retain(|fault| fault.file() == file);
    Ok(faults)
}

fn entry_faults(annotator: &Annotator, number: usize, lexicon: &Lexicon, entry: &Entry) -> Vec<Fault> {
    let mut faults = Vec::new();
    let examples = entry.examples.iter().map(|text| ("example", text));
    let counterexamples = entry.counterexamples.iter().map(|text| ("counterexample", text));
    for (what, written) in examples.chain(counterexamples) {
        let (text, wanted) = match what {
            "example" if brackets(written.get_ref()).is_err() => continue,
            "example" => unbracket(written.get_ref()),
            _ => (written.get_ref().clone(), Vec::new()),
        };
        for before in BEFORE {
            let whole = format!("{before}{text}");
            let mut found: Vec<Span> = engine::annotate(annotator.compiled(), &whole, true)
                .hits
                .iter()
                .filter(|hit| hit.entry == number && hit.span.start() >= before.len())
                .map(|hit| Span::new(hit.span.start() - before.len(), hit.span.end() - before.len()))
                .collect();
            leftmost_longest(&mut found);
            if found != wanted {
                let shown: Vec<&str> = found.iter().map(|span| &text[span.range()]).collect();
                let behind = if before.is_empty() { String::new() } else { format!(" behind {before:?}") };
                let message = match (what, shown.len()) {
                    ("example", 0) => format!("the example is not tagged{behind}"),
                    ("example", _) => format!("the example is tagged as {shown:?}{behind}"),
                    _ => format!("the counterexample is tagged: {shown:?}{behind}"),
                };
                faults.push(lexicon.fault(written.span().start, written.span().len(), Some(entry.id()), message));
                break;
            }
        }
    }
    faults
}

/// Takes the brackets out of an example and says where they stood.
pub(super) fn unbracket(example: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start, mut escaped) = (String::new(), Vec::new(), 0, false);
    for c in example.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '[' if !escaped => start = text.len(),
            ']' if !escaped => spans.push(Span::new(start, text.len())),
            c => text.push(c),
        }
        escaped = false;
    }
    (text, spans)
}

fn leftmost_longest(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    spans.retain(|span| {
        let stays = span.start() >= end;
        if stays {
            end = span.end();
        }
        stays
    });
}
