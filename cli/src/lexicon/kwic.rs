//! Tags in their context, keyword in the middle, and a choice of them spread over a corpus.

use rhetor::Span;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use crate::messages::harmless;

/// How much of the text is shown before and behind a tag, in columns.
const CONTEXT: usize = 40;

/// A tag with its surroundings, all on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Sample {
    /// Id of the text.
    pub(super) source: String,
    /// The line of the text in which the tag begins.
    pub(super) line: usize,
    pub(super) before: String,
    pub(super) text: String,
    pub(super) after: String,
}

impl Sample {
    pub(super) fn new(source: &str, line: usize, text: &str, span: Span) -> Sample {
        let before = &text[..span.start()];
        let after = &text[span.end()..];
        // What lies beyond a blank line belongs to something else.
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        let after = after.split("\n\n").next().unwrap_or_default();
        let mut reversed = fitting(before.chars().rev());
        reversed = reversed.chars().rev().collect();
        Sample {
            source: source.to_owned(),
            line,
            before: reversed.trim_start().to_owned(),
            text: on_one_line(&text[span.range()]),
            after: fitting(after.chars()).trim_end().to_owned(),
        }
    }
}

/// As many characters as there is room for, with any white space as one space.
fn fitting(chars: impl Iterator<Item = char>) -> String {
    let (mut fitting, mut room) = (String::new(), CONTEXT);
    for c in chars {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && fitting.ends_with(' ') {
            continue;
        }
        match room.checked_sub(c.width().unwrap_or(1)) {
            Some(left) => room = left,
            None => break,
        }
        fitting.push(c);
    }
    harmless(&fitting)
}

fn on_one_line(text: &str) -> String {
    harmless(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Keeps a few of however many come, evenly spread and the same each time.
#[derive(Clone, Debug)]
pub(super) struct Spread<T> {
    wanted: usize,
    kept: Vec<T>,
    /// Every which one is kept.
    stride: usize,
    seen: usize,
}

impl<T: Clone> Spread<T> {
    pub(super) fn new(wanted: usize) -> Spread<T> {
        Spread { wanted, kept: Vec::new(), stride: 1, seen: 0 }
    }

    pub(super) fn add(&mut self, item: T) {
        if self.wanted > 0 && self.seen % self.stride == 0 {
            self.kept.push(item);
        }
        self.seen += 1;
        if self.kept.len() > 4 * self.wanted {
            let mut number = 0;
            self.kept.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.stride *= 2;
        }
    }

    /// How many came.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// Those chosen, in the order in which they came.
    pub(super) fn chosen(&self) -> Vec<T> {
        let (all, wanted) = (self.kept.len(), self.wanted.min(self.kept.len()));
        let place = |number: usize| (2 * number + 1) * all / (2 * wanted);
        (0..wanted).map(|number| self.kept[place(number)].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_spread_evenly() {
        for (count, wanted) in [(0, 3), (2, 3), (3, 3), (10, 3), (1000, 5), (7, 1), (50, 0)] {
            let mut spread = Spread::new(wanted);
            (0..count).for_each(|item| spread.add(item));
            let chosen = spread.chosen();
            assert_eq!((chosen.len(), spread.seen()), (wanted.min(count), count));
            let share = count / wanted.max(1);
            for (number, item) in chosen.iter().enumerate() {
                let middle = number * share + share / 2;
                assert!(item.abs_diff(middle) <= share / 2 + 2, "{item} of {count}, near {middle}");
            }
        }
    }

    #[test]
    fn the_context_is_one_line_of_a_paragraph() {
        let text = "Above.\n\nOn  the\nfirst 附带损害 day they\nmet in the  hall\u{7} of the old town and talked for hours.\n\nBelow.";
        let start = text.find("they").expect("it is there");
        let sample = Sample::new("a", 4, text, Span::new(start, start + "they\nmet".len()));
        assert_eq!((sample.before.as_str(), sample.text.as_str()), ("On the first 附带损害 day ", "they met"));
        assert_eq!(sample.after, " in the hall\u{fffd} of the old town and talked");
    }
}
