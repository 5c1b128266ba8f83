//! The constructions of an annotator's lexicons, by what can be their anchor.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::anchors::{Anchor, Call, List};
use super::by_known::ByKnown;
use super::compile::Found;
use super::gates::{GateId, Gates, Passed};
use super::matcher::{Direction, Lookaheads, Match, Matcher, Scratch};
use super::openings::{Openings, SideId};
use super::program::{Anchored, Program};
use super::resolve::Test;
use super::sentence::{Seen, Sentence};
use super::traits::{AllTraits, Traits};
use super::vocabulary::{RowId, SetId, Vocabulary, WordId, Written};
use super::ways::{Look, Side, Ways};
use crate::compact::compact;
use crate::text::{NameKind, Sieve};

/// Programs ready to be found in sentences.
#[derive(Debug)]
pub(super) struct Constructions {
    all: Vec<Construction>,
    /// The sides of all programs, each kept once.
    sides: Vec<Ways>,
    openings: Openings,
    /// Where among these the candidates of an anchor stand is what the lists say.
    candidates: Vec<Candidate>,
    /// Anchored at a word or at a set that holds it, or at a set that holds a phrase or what no lexicon names.
    by_word: ByKnown<List>,
    /// For rows that only several affixes at once give, which are made up as they come.
    by_set: Vec<(SetId, List)>,
    /// By the kind of name.
    by_name: Vec<List>,
    unanchored: List,
}

compact!(Constructions { all, sides, openings, candidates, by_word, by_set, by_name, unanchored });

/// Lists behind one another, equal ones once.
#[derive(Default)]
struct Lists {
    candidates: Vec<Candidate>,
    known: FxHashMap<Vec<Candidate>, List>,
}

impl Lists {
    fn list(&mut self, candidates: Vec<Candidate>) -> List {
        if candidates.is_empty() {
            return List::default();
        }
        let all = &mut self.candidates;
        *self.known.entry(candidates).or_insert_with_key(|candidates| {
            let from = all.len() as u32;
            all.extend(candidates);
            List { from, to: all.len() as u32 }
        })
    }

    /// By word: what is anchored at it, and what is anchored at a set of one of its rows.
    fn of_words(
        &mut self,
        mut anchored: FxHashMap<WordId, Vec<Candidate>>,
        of_rows: &[Vec<Candidate>],
        vocabulary: &Vocabulary,
    ) -> Vec<List> {
        let mut of_words = vec![List::default(); vocabulary.len()];
        for (word, rows) in vocabulary.words() {
            let mut candidates = anchored.remove(&word).unwrap_or_default();
            let mut known: &[Candidate] = &[];
            // What holds a word in small letters holds it in capitals, too.
            for (written, row) in [Written::Any, Written::Capital, Written::Capitals].into_iter().zip(rows) {
                let more = &of_rows[row as usize];
                candidates.extend(more.iter().filter(|it| !known.contains(it)).map(|it| Candidate { written, ..*it }));
                known = more;
            }
            of_words[word as usize] = self.list(candidates);
        }
        of_words
    }
}

/// A construction that an anchor calls for, by its number, with all that can be asked before it is run: its sides and the gates
/// that must be passed, ahead of the anchor and behind it, and how that has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Candidate {
    number: u32,
    sides: [SideId; 2],
    gates: [GateId; 2],
    written: Written,
}

compact!(Candidate { number, sides, gates, written });

/// A program and the entry that it belongs to; all that says where its parts lie is in two lines of the processor's memory.
#[derive(Debug)]
#[repr(align(64))]
struct Construction {
    entry: usize,
    program: Program,
    /// Of the side ahead of the anchor and of that behind it, by step: the row that it leads to.
    leads: (Box<[u16]>, Box<[u16]>),
    /// What it looks ahead for: the first step of each, with the number of its side.
    lookaheads: Box<[(u32, SideId)]>,
}

compact!(Construction { entry, program, leads, lookaheads });

/// Where matches are looked for, with what, and where to put them.
struct Search<'s, 'a> {
    look: Look<'s>,
    scratch: &'s mut Scratch,
    found: &'s mut Vec<Found<'a>>,
}

impl Constructions {
    /// Of programs, each with its entry.
    pub(super) fn new(programs: Vec<(usize, Anchored)>, vocabulary: &Vocabulary, chosen: &Gates) -> Constructions {
        let mut sides = FxHashMap::default();
        let mut side = |anchored: &Anchored, steps: Range<usize>| {
            let (ways, leads) = Ways::of(anchored, steps, vocabulary);
            let (next, may_be_empty) = (sides.len() as SideId, ways.may_be_empty());
            (*sides.entry(ways).or_insert(next), leads, may_be_empty)
        };
        let (mut by_word, mut by_set) = (FxHashMap::<WordId, Vec<Candidate>>::default(), Vec::new());
        let (mut by_name, mut unanchored) = (NameKind::ALL.map(|_| Vec::new()), Vec::new());
        let mut all = Vec::with_capacity(programs.len());
        for (number, (entry, anchored)) in (0..).zip(programs) {
            let Program { steps, backwards, .. } = &anchored.program;
            let (ahead, ahead_leads, _) = side(&anchored, 0..*backwards);
            let (behind, behind_leads, _) = side(&anchored, *backwards..steps.len());
            let lookaheads = anchored.program.lookaheads();
            let lookaheads = lookaheads.map(|steps| (steps.start, side(&anchored, steps)));
            let lookaheads = lookaheads.filter(|(_, (_, _, may_be_empty))| !may_be_empty);
            let lookaheads = lookaheads.map(|(step, (side, ..))| (step as u32, side)).collect();
            let Anchored { program, anchor, gates, .. } = anchored;
            let (sides, leads) = ([ahead, behind], (ahead_leads.into(), behind_leads.into()));
            let gates = gates.map(|gate| chosen.number(&gate));
            let candidate = Candidate { number, sides, gates, written: Written::Any };
            let mut of_word = |(word, written): (WordId, Written)| {
                by_word.entry(word).or_default().push(Candidate { written, ..candidate });
            };
            match anchor {
                Some(Test::Word(word)) => of_word(word),
                Some(Test::OneOf(list)) => vocabulary.list(list).iter().for_each(|word| of_word(*word)),
                Some(Test::Set(set)) => by_set.push((set, candidate)),
                Some(Test::Name(wanted)) => {
                    let kinds = NameKind::ALL.into_iter().filter(|kind| wanted.accepts(*kind));
                    kinds.for_each(|kind| by_name[kind as usize].push(candidate));
                }
                Some(Test::AnyWord | Test::Quotation) | None => unanchored.push(candidate),
            }
            all.push(Construction { entry, program, leads, lookaheads });
        }
        let mut lists = Lists::default();
        let of_row = |row: RowId| {
            let holding = by_set.iter().filter(move |(set, _)| vocabulary.holds(row, &[], *set));
            holding.map(|(_, candidate)| *candidate).collect::<Vec<_>>()
        };
        let of_rows: Vec<Vec<Candidate>> = (0..vocabulary.rows()).map(of_row).collect();
        let by_word = lists.of_words(by_word, &of_rows, vocabulary);
        let by_word = ByKnown::new(by_word, of_rows.into_iter().map(|candidates| lists.list(candidates)));
        let by_set = by_set.into_iter().map(|(set, candidate)| (set, lists.list(vec![candidate]))).collect();
        let by_name = by_name.into_iter().map(|candidates| lists.list(candidates)).collect();
        let unanchored = lists.list(unanchored);
        let mut sides: Vec<(Ways, SideId)> = sides.into_iter().collect();
        sides.sort_by_key(|(_, number)| *number);
        let sides: Vec<Ways> = sides.into_iter().map(|(ways, _)| ways.worked_out(vocabulary)).collect();
        let openings = Openings::of(sides.iter().map(Ways::first), vocabulary);
        let candidates = lists.candidates;
        Constructions { all, sides, openings, candidates, by_word, by_set, by_name, unanchored }
    }

    /// Adds `anchor` to the traits of words and rows at which something is anchored.
    pub(super) fn tell(&self, traits: &mut AllTraits, anchor: Traits) {
        let (by_word, by_row) = self.by_word.parts();
        let filled =
            |lists: &[List]| -> Vec<usize> { (0..lists.len()).filter(|number| !lists[*number].is_empty()).collect() };
        traits.add_to_words(filled(by_word), anchor);
        traits.add_to_rows(filled(by_row), anchor);
    }

    /// Adds every match in a sentence whose names and quotations are known to those `found`; `anchors` are the tokens at which
    /// something may be anchored, terms and names apart.
    #[inline(never)]
    pub(super) fn find<'a>(
        &'a self,
        sentence: &Sentence,
        anchors: &[usize],
        vocabulary: &Vocabulary,
        scratch: &mut Scratch,
        found: &mut Vec<Found<'a>>,
    ) {
        if self.all.is_empty() {
            return;
        }
        let look = Look { vocabulary, sentence };
        scratch.gates.note(&sentence.seen);
        self.call(anchors, look, &scratch.gates, &mut scratch.calls);
        if scratch.calls.all().is_empty() {
            return;
        }
        self.gather(scratch.calls.all(), &mut scratch.anchors);
        self.leave_open(look, &mut scratch.anchors);
        scratch.run.answers.forget();
        let anchors = std::mem::take(&mut scratch.anchors);
        let mut search = Search { look, scratch, found };
        for Anchor { from, to, candidate } in anchors.all() {
            let candidate = self.candidates[*candidate as usize];
            let [ahead, behind] = candidate.sides;
            let (from, to) = (*from as usize, *to as usize);
            if self.may_match(ahead, to, Direction::Forwards, &mut search)
                && self.may_match(behind, from, Direction::Backwards, &mut search)
            {
                self.run(candidate, from, to, &mut search);
            }
        }
        search.scratch.anchors = anchors;
    }

    /// Notes what the names of a sentence call for, `anchors` and its terms, and at every place what has no anchor.
    #[inline(always)]
    fn call(&self, anchors: &[usize], look: Look, passed: &Passed, calls: &mut Sieve<Call>) {
        let Look { vocabulary, sentence } = look;
        calls.clear();
        let mut candidates = 0;
        let mut call = |Range { start, end }: Range<usize>, written, list: List| {
            let shift = (list.from as usize).wrapping_sub(candidates);
            candidates += list.range().len();
            let (from, to, gates) = (start as u32, end as u32, passed.around(start, end));
            calls.push(Call { from, to, written, gates, end: candidates, shift }, !list.is_empty());
        };
        for name in &sentence.names {
            call(name.start..name.end, Written::Capital, self.by_name[name.kind as usize]);
        }
        for &at in anchors {
            let Seen { known, token } = sentence.seen[at];
            let written = Written::of(token.shape);
            match self.by_word.get(&known) {
                Some(list) => call(at..at + 1, written, *list),
                None => {
                    let held = self.by_set.iter().filter(|(set, _)| vocabulary.holds(known.row, &sentence.extra, *set));
                    held.for_each(|(_, list)| call(at..at + 1, written, *list));
                }
            }
        }
        if !self.unanchored.is_empty() {
            (0..sentence.len()).for_each(|at| call(at..at, Written::Any, self.unanchored));
        }
        for term in &sentence.terms {
            call(term.start..term.start + term.len, Written::Any, *self.by_word.of_row(term.row));
        }
    }

    /// Gathers the candidates that anchors call for, but those that are ruled out by how the anchor is written or by what stands
    /// before and behind it.
    #[inline(never)]
    fn gather(&self, calls: &[Call], to: &mut Sieve<Anchor>) {
        to.clear();
        let candidates = calls.last().map_or(0, |call| call.end);
        let mut gathered = to.more(candidates);
        // In one loop, as nobody can foresee how many an anchor calls for.
        let mut calling = 0;
        for place in 0..candidates {
            let Some(Call { from, to, written, gates, end, shift }) = calls.get(calling) else { break };
            let number = place.wrapping_add(*shift);
            let Some(candidate) = self.candidates.get(number) else { break };
            let stays = gates.are_passed(candidate.gates) & (candidate.written <= *written);
            gathered.take(Anchor { from: *from, to: *to, candidate: number as u32 }, stays);
            calling += usize::from(place + 1 == *end);
        }
    }

    /// Leaves those candidates that are not ruled out by the words beside their anchors.
    #[inline(never)]
    fn leave_open(&self, look: Look, anchors: &mut Sieve<Anchor>) {
        anchors.retain(|Anchor { from, to, candidate }| {
            let before = self.openings.beside(from as usize, Direction::Backwards, look);
            let next = self.openings.beside(to as usize, Direction::Forwards, look);
            let [ahead, behind] = self.candidates[candidate as usize].sides;
            next.allows(ahead) & before.allows(behind)
        });
    }

    /// Whether any way through a side is open from a place on.
    fn may_match(&self, side: SideId, from: usize, direction: Direction, search: &mut Search) -> bool {
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
        Candidate { number, sides: [ahead, behind], .. }: Candidate,
        from: usize,
        to: usize,
        Search { look, scratch, found }: &mut Search<'_, 'a>,
    ) {
        let Look { vocabulary, sentence } = *look;
        let Construction { entry, program, leads: (ahead_leads, behind_leads), lookaheads } =
            &self.all[number as usize];
        let lookaheads = Lookaheads { steps: lookaheads, sides: &self.sides, openings: Some(&self.openings) };
        let matcher = Matcher { vocabulary, sentence, program, lookaheads };
        let ahead = self.side(ahead, ahead_leads, Direction::Forwards);
        let behind = self.side(behind, behind_leads, Direction::Backwards);
        let mut last = None;
        matcher.around(from, to, Some([ahead, behind]), scratch, &mut |Match { start, end }, run| {
            if start == end {
                return;
            }
            let part = |part| run.part(part).map(|(from, to)| sentence.span(from, to));
            let span = if program.reports_part { part(0) } else { Some(sentence.span(start, end)) };
            // Of several starts with the same part to report, the furthest came first.
            let Some(span) = span.filter(|span| last != Some(*span)) else { return };
            last = Some(span);
            let parts = (1..program.roles.len()).filter_map(|i| Some((program.roles[i].as_str(), part(i)?))).collect();
            found.push(Found { entry: *entry, span, parts });
        });
    }
}
