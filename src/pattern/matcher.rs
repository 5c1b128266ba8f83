//! Runs a construction's program over a sentence.
//!
//! From an anchor, every way through the program that stands open is followed, but for a few at first no step twice at the
//! same word, so the time is bounded by steps times words however the pattern repeats. The longest way forwards gives the
//! end, and each way backwards a start.

use std::ops::Range;

use super::anchors::{Anchor, Call};
use super::bits::{has, set};
use super::gates::Passed;
use super::openings::{Openings, SideId};
use super::program::{Program, Step};
use super::resolve::Test;
use super::sentence::{Seen, Sentence};
use super::vocabulary::{Vocabulary, NO_ROW};
use super::ways::{Answers, Ends, Look, Open, Side, Ways};
use crate::text::{Sieve, Token};

/// The most words from the anchor to either end of a match.
pub(crate) const MAX_WORDS: usize = 128;

/// How many ways a run follows before it writes down where it was: few take more.
const FEW_WAYS: usize = 32;

/// Memory that is reused from anchor to anchor.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(super) run: Run,
    /// What the anchors of a sentence call for, and the candidates that stay of that.
    pub(super) calls: Sieve<Call>,
    /// The gates that are passed in that sentence.
    pub(super) gates: Passed,
    /// The tokens of a sentence at which an exception may be anchored.
    pub(super) exceptions: Vec<usize>,
    pub(super) anchors: Sieve<Anchor>,
    /// What stands open ahead of the anchor, and behind it.
    pub(super) open: [Open; 2],
    best: Vec<usize>,
    /// The starts found for one anchor, each with the place of its slots in `kept`.
    starts: Vec<(usize, usize)>,
    kept: Vec<usize>,
}

/// What a run works on.
#[derive(Debug, Default)]
pub(crate) struct Run {
    jobs: Vec<Job>,
    /// Start and end of each part, in tokens; `usize::MAX` where a part took no part.
    slots: Vec<usize>,
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
        let words = if self == Direction::Backwards { words.wrapping_neg() } else { words };
        at.wrapping_add(words)
    }
}

/// A match, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    /// Notes where a part begins or ends, and what to put back when another way is taken, if one is left behind `bottom`.
    fn mark(&mut self, slot: usize, at: usize, bottom: usize) {
        if self.jobs.len() > bottom {
            self.jobs.push(Job::Restore { slot, value: self.slots[slot] });
        }
        self.slots[slot] = at;
    }

    /// The way left for later last, if one is left behind `bottom`; the parts are as they stood there.
    fn resume(&mut self, bottom: usize) -> Option<(usize, usize)> {
        while self.jobs.len() > bottom {
            match self.jobs.pop()? {
                Job::Go { step, at } => return Some((step, at)),
                Job::Restore { slot, value } => self.slots[slot] = value,
            }
        }
        None
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
    /// furthest end; of a program without anchor, what begins at `from`. The parts of each are in the run.
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
        found: &mut dyn FnMut(Match, &Run),
    ) {
        let Some(end) = self.furthest(to, sides.map(|[ahead, _]| ahead), scratch) else { return };
        let Scratch { run, open: [_, open], starts, kept, .. } = scratch;
        kept.clear();
        let open = self.open(sides.map(|[_, behind]| behind), from, Ends::All, run, open);
        let all = open.map(|(_, open)| open.ends());
        let behind = self.program.backwards..self.program.steps.len();
        self.explore(behind, from, Direction::Backwards, open, run, &mut |start, slots| {
            if starts.iter().all(|(known, _)| *known != start) {
                starts.push((start, kept.len()));
                kept.extend_from_slice(slots);
            }
            Some(starts.len()) == all
        });
        starts.sort_by_key(|(start, _)| *start);
        for (start, slots) in starts.drain(..) {
            let len = run.slots.len();
            run.slots.copy_from_slice(&kept[slots..slots + len]);
            found(Match { start, end }, run);
        }
    }

    pub(super) fn look(&self) -> Look<'_> {
        Look { vocabulary: self.vocabulary, sentence: self.sentence }
    }

    fn prepare(&self, run: &mut Run) {
        run.slots.clear();
        run.slots.resize(self.program.roles.len() * 2, usize::MAX);
    }

    /// Where the steps from `step` on, run forwards, first end if they match from `at`.
    pub(super) fn end_of(&self, step: usize, at: usize, scratch: &mut Scratch) -> Option<usize> {
        self.prepare(&mut scratch.run);
        let mut first = None;
        let steps = step..self.program.steps.len();
        self.explore(steps, at, Direction::Forwards, None, &mut scratch.run, &mut |end, _| {
            first = Some(end);
            true
        });
        first
    }

    /// The furthest end from `origin`; the slots of the run have what was opened and closed on the way.
    fn furthest(&self, origin: usize, ahead: Option<Side>, scratch: &mut Scratch) -> Option<usize> {
        let Scratch { run, open: [open, _], best, .. } = scratch;
        let mut furthest = None;
        // A way leads to the furthest end nearly always: those to nearer ones are followed only where none does.
        for ends in [Ends::Furthest, Ends::All] {
            self.prepare(run);
            let open = self.open(ahead, origin, ends, run, open);
            let last = open.map(|(_, open)| origin + open.furthest_end());
            self.explore(0..self.program.backwards, origin, Direction::Forwards, open, run, &mut |end, slots| {
                if furthest.is_none_or(|best| end > best) {
                    furthest = Some(end);
                    best.clear();
                    best.extend_from_slice(slots);
                }
                furthest == last
            });
            if furthest.is_some() || open.is_none_or(|(_, open)| open.ends() == 1) {
                break;
            }
        }
        if furthest.is_some() {
            std::mem::swap(&mut run.slots, best);
        }
        furthest
    }

    /// A side, if there is one, with what stands open of it from `origin` on.
    fn open<'s>(
        &self,
        side: Option<Side<'s>>,
        origin: usize,
        ends: Ends,
        run: &Run,
        open: &'s mut Open,
    ) -> Option<(Side<'s>, &'s Open)> {
        let side = side?;
        run.answers.open(side, self.look(), origin, ends, open);
        Some((side, open))
    }

    /// Follows every way through some steps, or those that stand `open`; `matched` is told of each end reached, with the
    /// parts on the way to it, and may say that this is enough. Of several ways to an end, the first one counts.
    fn explore(
        &self,
        within: Range<usize>,
        origin: usize,
        direction: Direction,
        open: Option<(Side, &Open)>,
        run: &mut Run,
        matched: &mut dyn FnMut(usize, &[usize]) -> bool,
    ) -> bool {
        let leading_at = |distance| open.map_or(&[][..], |(side, open)| side.leading(open, distance));
        let is_closed =
            |step: usize, leading: &[u64]| open.is_some_and(|(side, _)| side.is_closed(step - within.start, leading));
        let steps = &self.program.steps[..];
        // By word: the steps that the run was at, as bits.
        let mut visited = Vec::new();
        let mut is_new = |step: usize, distance: usize| {
            let place = distance * within.len() + (step - within.start);
            visited.resize(visited.len().max(place / 64 + 1), 0);
            let known = has(&visited, place);
            set(&mut visited, [place]);
            !known
        };
        let bottom = run.jobs.len();
        let mut way = Some((within.start, origin));
        let mut ways = 0;
        while let Some((mut step, mut at)) = way.take().or_else(|| run.resume(bottom)) {
            let mut distance = at.abs_diff(origin);
            let mut leading = leading_at(distance);
            ways += 1;
            // What was met before leads to no other ends than it did.
            while ways <= FEW_WAYS || is_new(step, distance) {
                match &steps[step] {
                    Step::Split(one, other) => {
                        let (one, other) = (*one as usize, *other as usize);
                        // As a way from here is open, at least one of the two is, mostly the first.
                        step = if is_closed(other, leading) {
                            one
                        } else if is_closed(one, leading) {
                            other
                        } else {
                            run.jobs.push(Job::Go { step: other, at });
                            one
                        };
                    }
                    Step::Jump(to) => step = *to as usize,
                    Step::Open(part) => {
                        run.mark(usize::from(*part) * 2, at, bottom);
                        step += 1;
                    }
                    Step::Close(part) => {
                        run.mark(usize::from(*part) * 2 + 1, at, bottom);
                        step += 1;
                    }
                    Step::Test(test) => {
                        let Some((word, more)) = self.look().next(at, direction) else { break };
                        step += 1;
                        if more {
                            self.beyond(*test, at, direction, &mut |to| {
                                let distance = to.abs_diff(origin);
                                if distance < MAX_WORDS && !is_closed(step, leading_at(distance)) {
                                    run.jobs.push(Job::Go { step, at: to });
                                }
                            });
                            break;
                        }
                        (at, distance) = (direction.from(at, 1), distance + 1);
                        // Where there is the word only, it is what the open way goes on beyond.
                        if distance == MAX_WORDS || !self.is_passed(*test, word) {
                            break;
                        }
                        leading = leading_at(distance);
                    }
                    Step::NotHere(after) => {
                        let after = *after as usize;
                        if self.finds(step + 1..after, at, run) {
                            break;
                        }
                        step = after;
                    }
                    Step::NotBefore(tests) => {
                        let tests = &self.program.not_before[usize::from(*tests)];
                        if tests.iter().any(|test| self.stands(*test, at, Direction::Backwards)) {
                            break;
                        }
                        step += 1;
                    }
                    Step::SentenceStart => {
                        if at > 0 {
                            break;
                        }
                        step += 1;
                    }
                    Step::Match => {
                        if matched(at, &run.slots) {
                            run.jobs.truncate(bottom);
                            return true;
                        }
                        break;
                    }
                }
            }
        }
        false
    }

    /// Whether the steps of a look-ahead match from `at`.
    fn finds(&self, steps: Range<usize>, at: usize, run: &mut Run) -> bool {
        // Most are one test, which takes no run of its own.
        if let [Step::Test(test), Step::Match] = &self.program.steps[steps.clone()] {
            return self.stands(*test, at, Direction::Forwards);
        }
        let is_closed = self.lookaheads.side(steps.start).is_some_and(|side| {
            let beside = self.lookaheads.openings.map(|all| all.beside(at, Direction::Forwards, self.look()));
            beside.is_some_and(|beside| !beside.allows(side.number))
                || !run.answers.may_match(side, self.look(), at, &mut run.lookahead)
        });
        !is_closed && self.explore(steps, at, Direction::Forwards, None, run, &mut |_, _| true)
    }

    /// Whether anything passes the test next to `at`, in one direction.
    fn stands(&self, test: Test, at: usize, direction: Direction) -> bool {
        let Some((word, more)) = self.look().next(at, direction) else { return false };
        let mut found = self.is_passed(test, word);
        if more && !found {
            self.beyond(test, at, direction, &mut |_| found = true);
        }
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
        let Some((word, more)) = self.look().next(at, Direction::Forwards) else { return };
        if self.is_passed(test, word) {
            found(at + 1);
        }
        if !more {
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
        let Some((before, more)) = self.look().next(at, Direction::Backwards) else { return };
        if self.is_passed(test, before) {
            found(before);
        }
        if !more {
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
        let row = self.sentence.seen[at].known.row;
        row != NO_ROW && self.vocabulary.holds(row, &self.sentence.extra, set)
    }

    fn is_word(&self, test: Test, at: usize) -> bool {
        let Seen { known, token: Token { shape, .. } } = self.sentence.seen[at];
        match test {
            Test::Word((word, written)) => known.id == word && written.allows(shape),
            Test::OneOf(list) => {
                self.vocabulary.list(list).iter().any(|(word, written)| known.id == *word && written.allows(shape))
            }
            _ => shape.is_word(),
        }
    }
}
