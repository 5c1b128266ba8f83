//! Runs a construction's program over a sentence.
//!
//! From an anchor, every way through the program that stands open is followed, but no step twice at the same word, so the
//! time is bounded by steps times words however the pattern repeats. The longest way forwards gives the end, and each way
//! backwards a start.

use super::openings::{Beside, Openings, SideId};
use super::program::{Program, Step};
use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{Vocabulary, NO_ROW};
use super::ways::{Answers, Look, Open, Side, Ways};

/// The most words from the anchor to either end of a match.
pub(crate) const MAX_WORDS: usize = 128;

/// Memory that runs reuse.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// By word, of each run behind those that it is part of: the steps that it was at, as bits.
    visited: Vec<u64>,
    jobs: Vec<Job>,
    /// Start and end of each part, in tokens; `usize::MAX` where a part took no part.
    slots: Vec<usize>,
    best: Vec<usize>,
    /// The starts found for one anchor, each with the place of its slots in `kept`.
    starts: Vec<(usize, usize)>,
    kept: Vec<usize>,
    /// What stands open ahead of the anchor, and behind it.
    pub(super) open: [Open; 2],
    /// What stands open of what is looked ahead for.
    lookahead: Open,
    pub(super) answers: Answers,
}

#[derive(Clone, Copy, Debug)]
enum Job {
    Go { step: usize, at: usize },
    Restore { slot: usize, value: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Direction {
    Forwards,
    Backwards,
}

impl Direction {
    /// The place so many words away.
    pub(super) fn from(self, at: usize, words: usize) -> usize {
        match self {
            Direction::Forwards => at + words,
            Direction::Backwards => at - words,
        }
    }
}

/// A match, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Scratch {
    /// Notes where a part begins or ends, and what to put back when another way is taken.
    fn mark(&mut self, slot: usize, at: usize) {
        self.jobs.push(Job::Restore { slot, value: self.slots[slot] });
        self.slots[slot] = at;
    }

    /// Where a part of the last match stands, in tokens.
    pub(crate) fn part(&self, part: usize) -> Option<(usize, usize)> {
        self.place(part).filter(|(from, to)| from < to)
    }

    /// As `part`, also where it took no tokens.
    pub(super) fn place(&self, part: usize) -> Option<(usize, usize)> {
        place(&self.slots, part)
    }
}

/// Where a part stands, if it was opened and closed.
pub(super) fn place(slots: &[usize], part: usize) -> Option<(usize, usize)> {
    let (from, to) = (slots[part * 2], slots[part * 2 + 1]);
    (from <= to && to != usize::MAX).then_some((from, to))
}

/// What a run needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Matcher<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) sentence: &'a Sentence,
    pub(crate) program: &'a Program,
    pub(super) lookaheads: Lookaheads<'a>,
}

/// What a program looks ahead for, as sides of their own: where these are known, closed ways are not followed.
#[derive(Clone, Copy, Default)]
pub(super) struct Lookaheads<'a> {
    /// The first step of each, in order, with the number of its side.
    pub(super) steps: &'a [(u32, SideId)],
    pub(super) sides: &'a [Ways],
    pub(super) openings: Option<&'a Openings>,
}

impl<'a> Lookaheads<'a> {
    /// What begins with a step.
    fn side(self, step: usize) -> Option<Side<'a>> {
        let known = self.steps.binary_search_by_key(&(step as u32), |(step, _)| *step).ok()?;
        let number = self.steps[known].1;
        Some(Side { number, ways: &self.sides[number as usize], leads: &[], direction: Direction::Forwards })
    }
}

impl Matcher<'_> {
    /// Every start that a match may have whose anchor takes the tokens `from..to`, the furthest first, each with the
    /// furthest end; of a program without anchor, what begins at `from`. The parts of each are in `scratch`.
    ///
    /// The furthest start alone would not do: where it reaches into the match before, a nearer one may still be free.
    ///
    /// With `sides`, those ahead and behind, only the ways that stand open are followed.
    pub(super) fn around(
        &self,
        from: usize,
        to: usize,
        sides: Option<[Side; 2]>,
        scratch: &mut Scratch,
        found: &mut dyn FnMut(Match, &Scratch),
    ) {
        self.prepare(scratch);
        let Some(end) = self.furthest(to, sides.map(|[ahead, _]| ahead), scratch) else { return };
        let (mut starts, mut kept) = (std::mem::take(&mut scratch.starts), std::mem::take(&mut scratch.kept));
        kept.clear();
        self.follow(
            self.program.backwards,
            from,
            Direction::Backwards,
            sides.map(|[_, behind]| behind),
            scratch,
            &mut |start, scratch| {
                starts.push((start, kept.len()));
                kept.extend_from_slice(&scratch.slots);
                false
            },
        );
        starts.sort_by_key(|(start, _)| *start);
        for (start, slots) in starts.drain(..) {
            let len = scratch.slots.len();
            scratch.slots.copy_from_slice(&kept[slots..slots + len]);
            found(Match { start, end }, scratch);
        }
        (scratch.starts, scratch.kept) = (starts, kept);
    }

    pub(super) fn look(&self) -> Look<'_> {
        Look { vocabulary: self.vocabulary, sentence: self.sentence }
    }

    fn prepare(&self, scratch: &mut Scratch) {
        scratch.slots.clear();
        scratch.slots.resize(self.program.roles.len() * 2, usize::MAX);
    }

    /// Where the steps from `step` on, run forwards, first end if they match from `at`.
    pub(super) fn end_of(&self, step: usize, at: usize, scratch: &mut Scratch) -> Option<usize> {
        self.prepare(scratch);
        let mut first = None;
        self.explore(step, at, Direction::Forwards, None, scratch, &mut |end, _| {
            first = Some(end);
            true
        });
        first
    }

    /// The furthest end from `origin`; `scratch.slots` has what was opened and closed on the way.
    fn furthest(&self, origin: usize, ahead: Option<Side>, scratch: &mut Scratch) -> Option<usize> {
        let mut furthest = None;
        self.follow(0, origin, Direction::Forwards, ahead, scratch, &mut |end, scratch| {
            if furthest.is_none_or(|best| end > best) {
                furthest = Some(end);
                let Scratch { best, slots, .. } = scratch;
                best.clone_from(slots);
            }
            false
        });
        if furthest.is_some() {
            std::mem::swap(&mut scratch.slots, &mut scratch.best);
        }
        furthest
    }

    /// Follows every way through a side that begins with a step, or every way from there on.
    fn follow(
        &self,
        step: usize,
        origin: usize,
        direction: Direction,
        side: Option<Side>,
        scratch: &mut Scratch,
        matched: &mut dyn FnMut(usize, &mut Scratch) -> bool,
    ) -> bool {
        let Some(side) = side else {
            return self.explore(step, origin, direction, None, scratch, matched);
        };
        let number = direction as usize;
        let mut open = std::mem::take(&mut scratch.open[number]);
        scratch.answers.open(side, self.look(), origin, &mut open);
        let enough = self.explore(step, origin, direction, Some((side, &open)), scratch, matched);
        scratch.open[number] = open;
        enough
    }

    /// Follows every way from a step, or those that stand `open`; `matched` is told of each end reached and may say that
    /// this is enough.
    fn explore(
        &self,
        step: usize,
        origin: usize,
        direction: Direction,
        open: Option<(Side, &Open)>,
        scratch: &mut Scratch,
        matched: &mut dyn FnMut(usize, &mut Scratch) -> bool,
    ) -> bool {
        let first = step;
        let leading = |distance| open.map(|(side, open)| (side, side.leading(open, distance)));
        let is_closed = |step: usize, leading: Option<(Side, &[u64])>| {
            leading.is_some_and(|(side, leading)| side.is_closed(step - first, leading))
        };
        let steps = &self.program.steps[..];
        let (width, visited) = (steps.len().div_ceil(64), scratch.visited.len());
        let all = match direction {
            Direction::Forwards => self.sentence.len() - origin,
            Direction::Backwards => origin,
        };
        let words = open.map_or(MAX_WORDS.min(all + 1), |(_, open)| open.words());
        scratch.visited.resize(visited + words * width, 0);
        // Whether nobody was at a step before, so many words away. Only names, phrases and quotations leap too far.
        let is_new = |scratch: &mut Scratch, step: usize, distance: usize| {
            let bits = scratch.visited.get_mut(visited + distance * width + step / 64);
            let bit = 1 << (step % 64);
            bits.is_some_and(|bits| std::mem::replace(bits, *bits | bit) & bit == 0)
        };
        let bottom = scratch.jobs.len();
        scratch.jobs.push(Job::Go { step, at: origin });
        while scratch.jobs.len() > bottom {
            let (mut step, mut at) = match scratch.jobs.pop() {
                Some(Job::Go { step, at }) => (step, at),
                Some(Job::Restore { slot, value }) => {
                    scratch.slots[slot] = value;
                    continue;
                }
                None => break,
            };
            let mut distance = at.abs_diff(origin);
            // What only leads on is passed over without a note.
            loop {
                match &steps[step] {
                    Step::Jump(to) => step = *to as usize,
                    Step::Open(part) => {
                        scratch.mark(usize::from(*part) * 2, at);
                        step += 1;
                    }
                    Step::Close(part) => {
                        scratch.mark(usize::from(*part) * 2 + 1, at);
                        step += 1;
                    }
                    Step::Split(one, other) => {
                        if !is_new(scratch, step, distance) {
                            break;
                        }
                        let (one, other, leading) = (*one as usize, *other as usize, leading(distance));
                        // As a way from here is open, at least one of the two is.
                        step = if is_closed(one, leading) {
                            other
                        } else {
                            if !is_closed(other, leading) {
                                scratch.jobs.push(Job::Go { step: other, at });
                            }
                            one
                        };
                    }
                    Step::Test(test) => {
                        if !is_new(scratch, step, distance) {
                            break;
                        }
                        let mut next = None;
                        self.beyond(*test, at, direction, &mut |to| {
                            if is_closed(step + 1, leading(to.abs_diff(origin))) {
                                return;
                            }
                            if let Some(other) = next.replace(to) {
                                scratch.jobs.push(Job::Go { step: step + 1, at: other });
                            }
                        });
                        let Some(to) = next else { break };
                        at = to;
                        distance = at.abs_diff(origin);
                        step += 1;
                    }
                    Step::NotHere(after) => {
                        let after = *after as usize;
                        if !is_new(scratch, step, distance) || self.finds(step + 1, after, at, scratch) {
                            break;
                        }
                        step = after;
                    }
                    Step::NotBefore(tests) => {
                        let stands = |test: &Test| self.stands(*test, at, Direction::Backwards);
                        if !is_new(scratch, step, distance) || tests.iter().any(stands) {
                            break;
                        }
                        step += 1;
                    }
                    Step::SentenceStart => {
                        if at > 0 || !is_new(scratch, step, distance) {
                            break;
                        }
                        step += 1;
                    }
                    Step::Match => {
                        if is_new(scratch, step, distance) && matched(at, scratch) {
                            scratch.jobs.truncate(bottom);
                            scratch.visited.truncate(visited);
                            return true;
                        }
                        break;
                    }
                }
            }
        }
        scratch.visited.truncate(visited);
        false
    }

    /// Whether the steps of a look-ahead, `from..to`, match from `at`.
    fn finds(&self, from: usize, to: usize, at: usize, scratch: &mut Scratch) -> bool {
        // Most are one test, which takes no run of its own.
        if let [Step::Test(test), Step::Match] = &self.program.steps[from..to] {
            return self.stands(*test, at, Direction::Forwards);
        }
        let is_closed = self.lookaheads.side(from).is_some_and(|side| {
            let beside = Beside::at(at, Direction::Forwards, self.look());
            self.lookaheads.openings.is_some_and(|openings| !openings.allow(side.number, beside.as_ref()))
                || !scratch.answers.may_match(side, self.look(), at, &mut scratch.lookahead)
        });
        !is_closed && self.explore(from, at, Direction::Forwards, None, scratch, &mut |_, _| true)
    }

    /// Whether anything passes the test next to `at`, in one direction.
    fn stands(&self, test: Test, at: usize, direction: Direction) -> bool {
        let mut found = false;
        self.beyond(test, at, direction, &mut |_| found = true);
        found
    }

    /// Calls `found` with each place beyond what passes the test next to `at`, in one direction.
    pub(super) fn beyond(&self, test: Test, at: usize, direction: Direction, found: &mut impl FnMut(usize)) {
        match direction {
            Direction::Forwards => self.ends(test, at, found),
            Direction::Backwards => self.starts(test, at, found),
        }
    }

    /// Calls `found` with each place where what passes the test from `at` on ends.
    pub(super) fn ends(&self, test: Test, at: usize, found: &mut impl FnMut(usize)) {
        let sentence = self.sentence;
        if at >= sentence.len() {
            return;
        }
        if self.is_passed(test, at) {
            found(at + 1);
        }
        if !sentence.begins_at(at) {
            return;
        }
        match test {
            Test::Set(set) => {
                let terms = sentence.terms_at(at).filter(|term| self.vocabulary.holds(term.row, &sentence.extra, set));
                terms.for_each(|term| found(at + term.len));
            }
            Test::Name(wanted) => {
                let name = sentence.name_at(at).filter(|name| wanted.accepts(name.kind));
                name.into_iter().for_each(|name| found(name.end));
            }
            Test::Quotation => sentence.quotation_at(at).into_iter().for_each(found),
            Test::Word(_) | Test::OneOf(_) | Test::AnyWord => {}
        }
    }

    /// Calls `found` with each place where what passes the test right before `at` begins.
    pub(super) fn starts(&self, test: Test, at: usize, found: &mut impl FnMut(usize)) {
        let sentence = self.sentence;
        let Some(before) = at.checked_sub(1) else { return };
        if self.is_passed(test, before) {
            found(before);
        }
        if !sentence.ends_before(at) {
            return;
        }
        match test {
            Test::Set(set) => {
                let terms =
                    sentence.terms_before(at).filter(|term| self.vocabulary.holds(term.row, &sentence.extra, set));
                terms.for_each(|term| found(term.start));
            }
            Test::Name(wanted) => {
                let name = sentence.name_around(before).filter(|name| name.end == at && wanted.accepts(name.kind));
                name.into_iter().for_each(|name| found(name.start));
            }
            Test::Quotation => sentence.quotations_before(at).for_each(found),
            Test::Word(_) | Test::OneOf(_) | Test::AnyWord => {}
        }
    }

    /// Whether a word passes a test by itself.
    pub(super) fn is_passed(&self, test: Test, at: usize) -> bool {
        match test {
            Test::Set(set) => self.is_member(set, at),
            Test::Word(_) | Test::OneOf(_) | Test::AnyWord => self.is_word(test, at),
            Test::Name(_) | Test::Quotation => false,
        }
    }

    fn is_member(&self, set: u32, at: usize) -> bool {
        let row = self.sentence.known[at].row;
        row != NO_ROW && self.vocabulary.holds(row, &self.sentence.extra, set)
    }

    fn is_word(&self, test: Test, at: usize) -> bool {
        let shape = self.sentence.tokens[at].shape;
        match test {
            Test::Word((word, written)) => self.sentence.known[at].id == word && written.allows(shape),
            Test::OneOf(list) => {
                let here = self.sentence.known[at].id;
                self.vocabulary.list(list).iter().any(|(word, written)| here == *word && written.allows(shape))
            }
            _ => shape.is_word(),
        }
    }
}
