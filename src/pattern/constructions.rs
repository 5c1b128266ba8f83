//! The constructions of an annotator's lexicons, by what can be their anchor.

use std::slice;

use rustc_hash::FxHashMap;

use super::compile::Found;
use super::filed::Filed;
use super::gates::{Around, GateId, Gates};
use super::matcher::{Direction, Lookaheads, Match, Matcher, Scratch};
use super::openings::{Beside, Openings, SideId};
use super::program::Program;
use super::resolve::Test;
use super::sentence::Sentence;
use super::traits::{AllTraits, ANCHOR, ANCHOR_BY_SET};
use super::vocabulary::{SetId, Vocabulary, WordId, Written};
use super::ways::{Look, Side, Ways};
use super::word_ids::Known;
use crate::compact::compact;
use crate::text::{NameKind, Shape};

/// Programs ready to be found in sentences.
#[derive(Debug)]
pub(super) struct Constructions {
    all: Vec<Construction>,
    /// The sides of all programs, each kept once.
    sides: Vec<Ways>,
    openings: Openings,
    by_word: Filed<Candidate>,
    /// By the rows of single words and of phrases.
    by_row: Filed<Candidate>,
    /// For rows that only several affixes at once give, which are made up as they come.
    by_set: Vec<(SetId, Candidate)>,
    /// By the kind of name.
    by_name: Filed<Candidate>,
    unanchored: Vec<Candidate>,
}

compact!(Constructions { all, sides, openings, by_word, by_row, by_set, by_name, unanchored });

/// A construction that an anchor calls for, by its number, with all that can be asked before it is run: its sides and the gates
/// that must be passed, ahead of the anchor and behind it, and how that has to be written.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    number: u32,
    sides: [SideId; 2],
    gates: [GateId; 2],
    written: Written,
}

compact!(Candidate { number, sides, gates, written });

/// A program and the entry that it belongs to.
#[derive(Debug)]
struct Construction {
    entry: usize,
    program: Program,
    ahead: Led,
    behind: Led,
    /// What it looks ahead for: the first step of each, with the number of its side.
    lookaheads: Vec<(u32, SideId)>,
}

compact!(Construction { entry, program, ahead, behind, lookaheads });

/// A side of a program.
#[derive(Debug)]
struct Led {
    side: SideId,
    /// By step: the row that it leads to.
    leads: Vec<u16>,
}

compact!(Led { side, leads });

/// Tokens of a sentence at which candidates are anchored, how they are written, and what is passed around them.
#[derive(Clone, Copy)]
struct Anchor {
    from: usize,
    to: usize,
    shape: Shape,
    gates: Around,
}

impl Anchor {
    #[inline]
    fn of(sentence: &Sentence, from: usize, to: usize, shape: Shape) -> Anchor {
        Anchor { from, to, shape, gates: sentence.gates_around(from, to) }
    }

    #[inline]
    fn allows(&self, candidate: &Candidate) -> bool {
        self.gates.are_passed(candidate.gates) && candidate.written.allows(self.shape)
    }
}

/// Where matches are looked for, with what, and who is told of them.
struct Search<'s, F> {
    look: Look<'s>,
    scratch: &'s mut Scratch,
    found: &'s mut F,
}

impl Constructions {
    /// Of programs, each with its entry.
    pub(super) fn new(programs: Vec<(usize, Program)>, vocabulary: &Vocabulary, chosen: &Gates) -> Constructions {
        let mut sides = FxHashMap::default();
        let mut side = |program: &Program, from: usize, to: usize| {
            let (ways, leads) = Ways::of(&program.steps[from..to], from, vocabulary);
            let (next, may_be_empty) = (sides.len() as SideId, ways.may_be_empty());
            (Led { side: *sides.entry(ways).or_insert(next), leads }, may_be_empty)
        };
        let (mut by_word, mut by_set, mut by_name, mut unanchored) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut all = Vec::with_capacity(programs.len());
        for (number, (entry, mut program)) in (0..).zip(programs) {
            let gates = [std::mem::take(&mut program.ahead), std::mem::take(&mut program.behind)];
            let (ahead, _) = side(&program, 0, program.backwards);
            let (behind, _) = side(&program, program.backwards, program.steps.len());
            let lookaheads = program.lookaheads().map(|steps| (steps.start, side(&program, steps.start, steps.end)));
            let lookaheads = lookaheads.filter(|(_, (_, may_be_empty))| !may_be_empty);
            let lookaheads = lookaheads.map(|(step, (led, _))| (step as u32, led.side)).collect();
            let sides = [ahead.side, behind.side];
            let gates = gates.map(|gate| chosen.number(&gate));
            let candidate = Candidate { number, sides, gates, written: Written::Any };
            let of_word = |(word, written): (WordId, Written)| (word as usize, Candidate { written, ..candidate });
            match program.anchor {
                Some(Test::Word(word)) => by_word.push(of_word(word)),
                Some(Test::OneOf(list)) => by_word.extend(vocabulary.list(list).iter().map(|word| of_word(*word))),
                Some(Test::Set(set)) => by_set.push((set, candidate)),
                Some(Test::Name(wanted)) => {
                    let kinds = NameKind::ALL.into_iter().filter(|kind| wanted.accepts(*kind));
                    by_name.extend(kinds.map(|kind| (kind as usize, candidate)));
                }
                Some(Test::AnyWord | Test::Quotation) | None => unanchored.push(candidate),
            }
            all.push(Construction { entry, program, ahead, behind, lookaheads });
        }
        let by_row = (0..vocabulary.rows()).flat_map(|row| {
            let holding = by_set.iter().filter(move |(set, _)| vocabulary.holds(row, &[], *set));
            holding.map(move |(_, candidate)| (row as usize, *candidate))
        });
        let by_row = Filed::new(vocabulary.rows() as usize, by_row.collect());
        let by_word = Filed::new(vocabulary.len(), by_word);
        let by_name = Filed::new(NameKind::ALL.len(), by_name);
        let mut sides: Vec<(Ways, SideId)> = sides.into_iter().collect();
        sides.sort_by_key(|(_, number)| *number);
        let sides: Vec<Ways> = sides.into_iter().map(|(ways, _)| ways).collect();
        let openings = Openings::of(sides.iter().map(|ways| ways.first(vocabulary)));
        Constructions { all, sides, openings, by_word, by_row, by_set, by_name, unanchored }
    }

    /// Adds to the traits of words and rows which may be anchors.
    pub(super) fn tell(&self, traits: &mut AllTraits) {
        traits.add_to_words(self.by_word.filled(), ANCHOR);
        traits.add_to_rows(self.by_row.filled(), ANCHOR_BY_SET);
    }

    /// Calls `found` with every match in a sentence whose names and quotations are known.
    pub(super) fn find<'a>(
        &'a self,
        sentence: &Sentence,
        vocabulary: &Vocabulary,
        scratch: &mut Scratch,
        mut found: impl FnMut(Found<'a>),
    ) {
        if self.all.is_empty() {
            return;
        }
        scratch.run.answers.forget();
        let mut search = Search { look: Look { vocabulary, sentence }, scratch, found: &mut found };
        for name in &sentence.names {
            let candidates = self.by_name.get(name.kind as usize);
            self.ask_around(candidates, name.start, name.end, Shape::Capital, &mut search);
        }
        self.ask_words(&mut search);
        if !self.unanchored.is_empty() {
            for at in 0..sentence.len() {
                self.ask_around(Some(&self.unanchored), at, at, Shape::Lower, &mut search);
            }
        }
        for term in &sentence.terms {
            let candidates = self.by_row.get(term.row as usize);
            self.ask_around(candidates, term.start, term.start + term.len, Shape::Lower, &mut search);
        }
    }

    /// Runs what is anchored at single words, or at sets that they belong to.
    #[inline(never)]
    fn ask_words<'a>(&'a self, search: &mut Search<impl FnMut(Found<'a>)>) {
        let Look { vocabulary, sentence } = search.look;
        for at in sentence.anchors() {
            let Known { id: word, row, traits } = sentence.known[at];
            let anchor = Anchor::of(sentence, at, at + 1, sentence.tokens[at].shape);
            if traits & ANCHOR != 0 {
                self.ask(self.by_word.get(word as usize).unwrap_or_default(), anchor, search);
            }
            if traits & ANCHOR_BY_SET == 0 {
                continue;
            }
            match self.by_row.get(row as usize) {
                Some(candidates) => self.ask(candidates, anchor, search),
                None => {
                    let held = |(set, _): &&(SetId, Candidate)| vocabulary.holds(row, &sentence.extra, *set);
                    let held = self.by_set.iter().filter(held);
                    held.for_each(|(_, candidate)| self.ask_beside(slice::from_ref(candidate), anchor, search));
                }
            }
        }
    }

    /// As `ask`, for an anchor that takes some tokens; most have no candidates.
    #[inline]
    fn ask_around<'a>(
        &'a self,
        candidates: Option<&[Candidate]>,
        from: usize,
        to: usize,
        shape: Shape,
        search: &mut Search<impl FnMut(Found<'a>)>,
    ) {
        if let Some(candidates) = candidates.filter(|candidates| !candidates.is_empty()) {
            self.ask_beside(candidates, Anchor::of(search.look.sentence, from, to, shape), search);
        }
    }

    /// Runs those of the candidates for an anchor that may match around it.
    #[inline(always)]
    fn ask<'a>(&'a self, candidates: &[Candidate], anchor: Anchor, search: &mut Search<impl FnMut(Found<'a>)>) {
        // Most anchors have none that passes: no more is to be called for these than takes to say so.
        if let Some(first) = candidates.iter().position(|candidate| anchor.allows(candidate)) {
            self.ask_beside(&candidates[first..], anchor, search);
        }
    }

    /// As `ask`, also by the words beside the anchor.
    #[inline(never)]
    fn ask_beside<'a>(&'a self, candidates: &[Candidate], anchor: Anchor, search: &mut Search<impl FnMut(Found<'a>)>) {
        let before = Beside::at(anchor.from, Direction::Backwards, search.look);
        let next = Beside::at(anchor.to, Direction::Forwards, search.look);
        for Candidate { number, sides: [ahead, behind], .. } in candidates.iter().filter(|it| anchor.allows(it)) {
            if self.openings.allow(*ahead, next.as_ref())
                && self.openings.allow(*behind, before.as_ref())
                && self.may_match(*ahead, anchor.to, Direction::Forwards, search)
                && self.may_match(*behind, anchor.from, Direction::Backwards, search)
            {
                self.run(&self.all[*number as usize], anchor, search);
            }
        }
    }

    /// Whether any way through a side is open from a place on.
    fn may_match<F>(&self, side: SideId, from: usize, direction: Direction, search: &mut Search<F>) -> bool {
        let Search { look, scratch: Scratch { run, open, .. }, .. } = search;
        let asked = self.side(side, &[], direction);
        self.openings.may_be_empty(side) || run.answers.may_match(asked, *look, from, &mut open[direction as usize])
    }

    /// A side by its number; what its steps lead to is needed only to follow ways through it.
    fn side<'a>(&'a self, number: SideId, leads: &'a [u16], direction: Direction) -> Side<'a> {
        Side { number, ways: &self.sides[number as usize], leads, direction }
    }

    /// Runs a construction whose anchor takes some tokens.
    #[inline(never)]
    fn run<'a>(
        &'a self,
        construction: &'a Construction,
        Anchor { from, to, .. }: Anchor,
        Search { look, scratch, found }: &mut Search<impl FnMut(Found<'a>)>,
    ) {
        let Look { vocabulary, sentence } = *look;
        let Construction { entry, program, ahead, behind, lookaheads } = construction;
        let lookaheads = Lookaheads { steps: lookaheads, sides: &self.sides, openings: Some(&self.openings) };
        let matcher = Matcher { vocabulary, sentence, program, lookaheads };
        let side = |led: &'a Led, direction| self.side(led.side, &led.leads, direction);
        let sides = Some([side(ahead, Direction::Forwards), side(behind, Direction::Backwards)]);
        let mut last = None;
        matcher.around(from, to, sides, scratch, &mut |Match { start, end }, run| {
            if start == end {
                return;
            }
            let part = |part| run.part(part).map(|(from, to)| sentence.span(from, to));
            let span = if program.reports_part { part(0) } else { Some(sentence.span(start, end)) };
            // Of several starts with the same part to report, the furthest came first.
            let Some(span) = span.filter(|span| last != Some(*span)) else { return };
            last = Some(span);
            let parts = (1..program.roles.len()).filter_map(|i| Some((program.roles[i].as_str(), part(i)?))).collect();
            found(Found { entry: *entry, span, parts });
        });
    }
}
