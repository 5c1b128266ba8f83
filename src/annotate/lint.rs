//! Warnings: what a lexicon says and its author can hardly mean. Looked for by `check` only; building knows none of it.

mod beaten;
mod repeated;
mod unused;

use std::collections::HashMap;

use super::annotator::{Annotator, Compiled};
use crate::lexicon::{Entry, Fault, Lexicon, Text};
use crate::pattern::{doubtful_groups, Survey};

/// Every warning. What is at fault already gets none on top: `errors` are all that were found, and the first of them,
/// `built`, those of patterns, classes and conditions.
pub(super) fn warnings(annotator: &Annotator, errors: &[Fault], built: usize) -> Vec<Fault> {
    let compiled = annotator.compiled();
    // An error outside of every entry touches them all: a class, a lexicon in `use`.
    let sound = |lexicon: &Lexicon, entry: &Entry| {
        let of_entry = |fault: &Fault| fault.entry().is_none_or(|id| id == entry.id());
        !errors.iter().any(|fault| fault.file() == lexicon.file && of_entry(fault))
    };
    // Which of two entries with one id is meant, nobody can say.
    let mut ids: HashMap<(&str, &str), usize> = HashMap::new();
    for number in 0..compiled.entries.len() {
        let (lexicon, entry) = compiled.entry(number);
        *ids.entry((lexicon.id(), entry.id())).or_default() += 1;
    }
    let unique = |lexicon: &Lexicon, entry: &Entry| ids.get(&(lexicon.id(), entry.id())) == Some(&1);
    let entries: Vec<Judged> = (0..compiled.entries.len())
        .map(|number| judged(compiled, number))
        .filter(|judged| sound(judged.lexicon, judged.entry) && unique(judged.lexicon, judged.entry))
        .collect();
    let mut survey = Survey::new(&compiled.lexicons, compiled.language.inflection(), &compiled.language.words);

    let mut warnings = beaten::warnings(annotator, &entries, &mut survey);
    let beaten: Vec<Place> = warnings.iter().map(place).collect();
    // That all patterns of an entry are for nothing has been said.
    let repeated = repeated::warnings(&entries).into_iter().filter(|warning| !beaten.contains(&place(warning)));
    let repeated: Vec<Fault> = repeated.collect();
    warnings.extend(repeated);
    for judged in &entries {
        warnings.extend(far_off(judged, &mut survey));
    }
    for (number, lexicon) in compiled.lexicons.iter().enumerate() {
        warnings.extend(doubtful_bars(lexicon));
        // A class whose name is misspelled elsewhere is not to blame, nor is one that another's fault leaves empty.
        if errors[..built].iter().any(|fault| fault.file() == lexicon.file) {
            continue;
        }
        warnings.extend(idle_removals(lexicon, number, &mut survey));
        if compiled.language.names.as_deref() != Some(lexicon.id()) {
            warnings.extend(unused::warnings(&compiled.lexicons, number));
        }
    }
    warnings
}

/// An entry without error.
struct Judged<'a> {
    /// Place in the annotator's list of entries: of those that match the same words, the first wins.
    number: usize,
    device: usize,
    /// Place of its lexicon in the annotator's list.
    home: usize,
    lexicon: &'a Lexicon,
    entry: &'a Entry,
}

fn judged(compiled: &Compiled, number: usize) -> Judged<'_> {
    let (home, entry) = compiled.entries[number];
    let lexicon = &compiled.lexicons[home];
    Judged { number, device: compiled.device_of[number], home, lexicon, entry: &lexicon.entries()[entry] }
}

impl Judged<'_> {
    /// A warning about a string of the entry, with a caret under what it says.
    fn warning(&self, text: &Text, message: String) -> Fault {
        warning(self.lexicon, text, Some(self.entry), message)
    }

    /// Whether it matches in any company.
    fn is_unconditional(&self) -> bool {
        self.entry.requires.is_empty() && self.entry.excludes.is_empty()
    }

    /// How to speak of it to the reader of another entry.
    fn called(&self, reader: &Judged) -> String {
        let what = if self.entry.is_exception() { "the exception" } else { "entry" };
        let line = self.lexicon.line_of(self.entry.id.span().start);
        let file = if self.home == reader.home { String::new() } else { format!(" of {}", self.lexicon.id()) };
        format!("{what} \"{}\" (line {line}{file})", self.entry.id())
    }
}

/// File and entry of a warning.
type Place = (String, Option<String>);

fn place(warning: &Fault) -> Place {
    (warning.file.clone(), warning.entry.clone())
}

fn warning(lexicon: &Lexicon, text: &Text, entry: Option<&Entry>, message: String) -> Fault {
    lexicon.fault_in(text, 0..text.get_ref().len(), entry.map(Entry::id), message).into_warning()
}

/// Counterexamples that hold no word of any pattern: that they are not tagged shows nothing.
fn far_off(judged: &Judged, survey: &mut Survey) -> Vec<Fault> {
    if judged.entry.counterexamples.is_empty() {
        return Vec::new();
    }
    let named = survey.named(judged.home, &judged.entry.patterns);
    if !named.is_words() {
        return Vec::new();
    }
    let far = judged.entry.counterexamples.iter().filter(|text| !survey.comes_near(text.get_ref(), &named));
    let message =
        "no pattern comes near this counterexample: it holds no word that any of them names, nor one like it; \
                   write one that is nearly tagged, or take it away";
    far.map(|text| judged.warning(text, message.to_owned())).collect()
}

/// Members taken away that were never there.
fn idle_removals(lexicon: &Lexicon, number: usize, survey: &mut Survey) -> Vec<Fault> {
    let classes = lexicon.content.classes.values().map(|members| (members, None));
    let conditions = lexicon.entries().iter().flat_map(|e| [(&e.requires, Some(e)), (&e.excludes, Some(e))]);
    let mut warnings = Vec::new();
    for (members, entry) in classes.chain(conditions) {
        for text in survey.idle_removals(number, members) {
            let message = format!("`{}` takes nothing away: no other member of the list brings it in", text.get_ref());
            warnings.push(warning(lexicon, text, entry, message));
        }
    }
    warnings
}

/// Groups whose bars hold less together than it seems.
fn doubtful_bars(lexicon: &Lexicon) -> Vec<Fault> {
    let phrases = lexicon.content.phrases.values().map(|text| (text, None));
    let patterns =
        lexicon.entries().iter().flat_map(|entry| entry.patterns.iter().map(move |text| (text, Some(entry))));
    let mut warnings = Vec::new();
    for (text, entry) in phrases.chain(patterns) {
        for at in doubtful_groups(text.get_ref()) {
            let inner = &text.get_ref()[at.clone()];
            let elements: Vec<&str> = inner.split_whitespace().collect();
            let message = format!(
                "this reads as `({})`; write `({})` if whole sequences are meant, or the first form if not",
                elements.join(") ("),
                inner.replace('|', " | "),
            );
            warnings.push(lexicon.fault_in(text, at, entry.map(Entry::id), message).into_warning());
        }
    }
    warnings
}
