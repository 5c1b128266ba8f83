//! The same pattern twice: the second never tags anything.

use std::collections::HashMap;

use super::Judged;
use crate::lexicon::{Fault, Text};
use crate::pattern::Pattern;

/// A pattern with the entry that it belongs to.
type Place<'a> = (&'a Judged<'a>, &'a Text);

pub(super) fn warnings(entries: &[Judged]) -> Vec<Fault> {
    let mut seen: HashMap<(usize, String), Vec<Place>> = HashMap::new();
    let mut warnings = Vec::new();
    for judged in entries {
        for text in &judged.entry.patterns {
            let Ok(pattern) = text.get_ref().parse::<Pattern>() else { continue };
            let before = seen.entry((judged.device, pattern.to_string())).or_default();
            if let Some((first, other)) = before.iter().find(|(first, _)| makes_idle(first, judged)) {
                let line = first.lexicon.line_of(other.span().start);
                let (file, whose) = match (first.home == judged.home, first.number == judged.number) {
                    (true, true) => (String::new(), String::new()),
                    (true, false) => (String::new(), format!(", entry \"{}\"", first.entry.id())),
                    (false, _) => (format!(" of {}", first.lexicon.id()), format!(", entry \"{}\"", first.entry.id())),
                };
                let message =
                    format!("this pattern stands already in line {line}{file}{whose}; take one of the two away");
                warnings.push(judged.warning(text, message));
            }
            before.push((judged, text));
        }
    }
    warnings
}

/// Whether the same pattern in an entry further down is for nothing. It is not where the first asks for other company,
/// nor where one of them keeps the other from tagging.
fn makes_idle(first: &Judged, second: &Judged) -> bool {
    let company = |judged: &Judged| -> Vec<String> {
        let parts = [judged.entry.requires().collect::<Vec<_>>(), judged.entry.excludes().collect()];
        parts.iter().map(|words| words.join("\n")).collect()
    };
    first.entry.is_exception() == second.entry.is_exception()
        && (first.is_unconditional() || company(first) == company(second))
}
