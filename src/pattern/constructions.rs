//! The constructions of an annotator's lexicons, by what can be their anchor.

use rustc_hash::FxHashMap;

use super::compile::Found;
use super::matcher::{Direction, Match, Matcher, Scratch};
use super::program::Program;
use super::resolve::{NameTest, Test};
use super::sentence::Sentence;
use super::vocabulary::{SetId, Vocabulary, Written};
use super::ways::{Look, Side, Ways};

/// Programs ready to be found in sentences.
#[derive(Debug)]
pub(super) struct Constructions {
    all: Vec<Construction>,
    /// The sides of all programs, each kept once.
    sides: Vec<Ways>,
    by_word: Filed<(Written, u32)>,
    /// By the rows of single words and of phrases.
    by_row: Filed<u32>,
    /// For rows that only several affixes at once give, which are made up as they come.
    by_set: Vec<(SetId, u32)>,
    by_name: Vec<(NameTest, u32)>,
    unanchored: Vec<u32>,
}

/// A program and the entry that it belongs to.
#[derive(Debug)]
struct Construction {
    entry: usize,
    program: Program,
    ahead: Led,
    behind: Led,
}

/// The number of a side, and by step the row that it leads to.
type Led = (u32, Vec<u16>);

/// Lists by number, behind one another.
#[derive(Debug)]
struct Filed<T> {
    /// List `i` is `items[starts[i]..starts[i + 1]]`.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Filed<T> {
    /// `items` with the number of the list of each; `lists` is how many there are.
    fn new(lists: usize, mut items: Vec<(usize, T)>) -> Filed<T> {
        items.sort_by_key(|(list, _)| *list);
        let starts = (0..=lists).map(|list| items.partition_point(|(of, _)| *of < list) as u32).collect();
        Filed { starts, items: items.into_iter().map(|(_, item)| item).collect() }
    }

    /// A list, or `None` past the last.
    fn get(&self, list: usize) -> Option<&[T]> {
        let (from, to) = (*self.starts.get(list)?, *self.starts.get(list + 1)?);
        Some(&self.items[from as usize..to as usize])
    }
}

impl Constructions {
    /// Of programs, each with its entry.
    pub(super) fn new(programs: Vec<(usize, Program)>, vocabulary: &Vocabulary) -> Constructions {
        let (mut by_word, mut by_set, mut by_name, mut unanchored) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (number, (_, program)) in programs.iter().enumerate() {
            let number = number as u32;
            match program.anchor {
                Some(Test::Word((word, written))) => by_word.push((word as usize, (written, number))),
                Some(Test::OneOf(list)) => {
                    let words = vocabulary.list(list).iter();
                    by_word.extend(words.map(|(word, written)| (*word as usize, (*written, number))));
                }
                Some(Test::Set(set)) => by_set.push((set, number)),
                Some(Test::Name(wanted)) => by_name.push((wanted, number)),
                Some(Test::AnyWord | Test::Quotation) | None => unanchored.push(number),
            }
        }
        let rows = 0..vocabulary.rows();
        let by_row = rows.flat_map(|row| {
            let holding = by_set.iter().filter(move |(set, _)| vocabulary.holds(row, &[], *set));
            holding.map(move |(_, number)| (row as usize, *number))
        });
        let by_row = Filed::new(vocabulary.rows() as usize, by_row.collect());
        let mut sides = FxHashMap::default();
        let mut side = |program: &Program, from: usize, to: usize| {
            let (ways, leads) = Ways::of(&program.steps[from..to], from, vocabulary);
            let next = sides.len() as u32;
            (*sides.entry(ways).or_insert(next), leads)
        };
        let all = programs.into_iter().map(|(entry, program)| {
            let ahead = side(&program, 0, program.backwards);
            let behind = side(&program, program.backwards, program.steps.len());
            Construction { entry, program, ahead, behind }
        });
        let all = all.collect();
        let mut sides: Vec<(Ways, u32)> = sides.into_iter().collect();
        sides.sort_by_key(|(_, number)| *number);
        let sides = sides.into_iter().map(|(ways, _)| ways).collect();
        let by_word = Filed::new(vocabulary.len(), by_word);
        Constructions { all, sides, by_word, by_row, by_set, by_name, unanchored }
    }

    /// Calls `found` with every match in a sentence whose names and quotations are known.
    pub(super) fn find<'a>(
        &'a self,
        sentence: &Sentence,
        vocabulary: &Vocabulary,
        scratch: &mut Scratch,
        mut found: impl FnMut(Found<'a>),
    ) {
        scratch.answers.forget();
        let mut run = |number: u32, from: usize, to: usize| {
            self.run(&self.all[number as usize], sentence, vocabulary, (from, to), scratch, &mut found);
        };
        for name in &sentence.names {
            let fitting = self.by_name.iter().filter(|(wanted, _)| wanted.accepts(name.kind));
            fitting.for_each(|(_, number)| run(*number, name.start, name.end));
        }
        for (at, (word, row)) in sentence.ids.iter().enumerate() {
            let shape = sentence.tokens[at].shape;
            let named = self.by_word.get(*word as usize).unwrap_or_default();
            named.iter().filter(|(written, _)| written.allows(shape)).for_each(|(_, number)| run(*number, at, at + 1));
            match self.by_row.get(*row as usize) {
                Some(numbers) => numbers.iter().for_each(|number| run(*number, at, at + 1)),
                None => self
                    .by_set
                    .iter()
                    .filter(|(set, _)| vocabulary.holds(*row, &sentence.extra, *set))
                    .for_each(|(_, number)| run(*number, at, at + 1)),
            }
            self.unanchored.iter().for_each(|number| run(*number, at, at));
        }
        for term in &sentence.terms {
            let numbers = self.by_row.get(term.row as usize).unwrap_or_default();
            numbers.iter().for_each(|number| run(*number, term.start, term.start + term.len));
        }
    }

    /// Runs a construction whose anchor takes some tokens.
    fn run<'a>(
        &'a self,
        construction: &'a Construction,
        sentence: &Sentence,
        vocabulary: &Vocabulary,
        (from, to): (usize, usize),
        scratch: &mut Scratch,
        found: &mut impl FnMut(Found<'a>),
    ) {
        let Construction { entry, program, ahead, behind } = construction;
        let matcher = Matcher { vocabulary, sentence, program };
        let side = |(side, leads): &'a Led, direction| Side { ways: &self.sides[*side as usize], leads, direction };
        let sides = [side(ahead, Direction::Forwards), side(behind, Direction::Backwards)];
        let look = Look { vocabulary, sentence };
        let Scratch { answers, open, .. } = scratch;
        let mut may_match = |(number, _): &Led, side: Side, from| {
            side.may_be_empty() || answers.of(*number, side.direction, from, || side.may_match(look, from, open))
        };
        if !may_match(behind, sides[1], from) || !may_match(ahead, sides[0], to) {
            return;
        }
        let mut last = None;
        matcher.around(from, to, Some(sides), scratch, &mut |Match { start, end }, scratch| {
            if start == end {
                return;
            }
            let part = |part| scratch.part(part).map(|(from, to)| sentence.span(from, to));
            let span = if program.reports_part { part(0) } else { Some(sentence.span(start, end)) };
            // Of several starts with the same part to report, the furthest came first.
            let Some(span) = span.filter(|span| last != Some(*span)) else { return };
            last = Some(span);
            let parts = (1..program.roles.len()).filter_map(|i| Some((program.roles[i].as_str(), part(i)?))).collect();
            found(Found { entry: *entry, span, parts });
        });
    }
}
