//! How nearly a pattern matches: its program is followed from a word on as the matcher does it, but one test may fail, as
//! if a word stood there that passes it.

use super::matcher::{self, Matcher, Scratch};
use super::program::Step;
use super::trace::{Forwards, Traced};

/// How many words before the phrase an attempt may begin.
const BEFORE: usize = 12;
/// The most words that an attempt takes.
const REACH: usize = 40;
/// The least share of a pattern that has to be met.
const LEAST: f64 = 0.2;

/// The best that a pattern can do at a place.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The tokens that met each element; none where it holds without any.
    pub(super) met: Vec<Option<(usize, usize)>>,
    /// The step that failed, and the element that it belongs to.
    pub(super) step: usize,
    pub(super) element: usize,
    /// The tokens at which it failed: behind a gap there are several. `None` behind the last.
    pub(super) places: Option<(usize, usize)>,
    /// The share of the pattern that was met, by weight.
    pub(super) share: f64,
    /// The weight that was met.
    pub(super) weight: f64,
    start: usize,
    end: usize,
}

/// Memory that searches reuse.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Per word, step and state: the number of the run that was last there.
    visited: Vec<u32>,
    run: u32,
    jobs: Vec<Job>,
    /// Start and end of each part, in tokens; `usize::MAX` where there is none yet.
    slots: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Job {
    Go { step: usize, at: usize, state: State },
    Restore { slot: usize, value: usize },
}

/// What has happened on the way.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    failed: Option<Failed>,
    /// Whether a telling word of the phrase has passed a test of telling words.
    told: bool,
}

impl State {
    const COUNT: usize = 4;

    fn number(self) -> usize {
        usize::from(self.failed.is_some()) + 2 * usize::from(self.told)
    }
}

/// A step that failed, and at which tokens.
#[derive(Clone, Copy, Debug)]
struct Failed {
    step: usize,
    from: usize,
    to: usize,
}

/// The attempt that meets the largest share of the pattern, and at least one of `words`: the telling words of the phrase,
/// in order.
pub(super) fn best(
    traced: &Traced,
    forwards: &Forwards,
    matcher: Matcher,
    words: &[usize],
    memory: &mut Memory,
    scratch: &mut Scratch,
) -> Option<Attempt> {
    let passes = |step: &Step, at| {
        let mut passes = false;
        if let Step::Test(test) = step {
            matcher.ends(*test, at, &mut |_| passes = true);
        }
        passes
    };
    let mut telling = forwards.program.steps.iter().zip(&forwards.telling).filter(|(_, telling)| **telling);
    if !telling.any(|(step, _)| words.iter().any(|at| passes(step, *at))) {
        return None;
    }
    let (first, last) = (*words.first()?, *words.last()?);
    let mut search = Search { traced, forwards, matcher, words, best: None };
    for start in first.saturating_sub(BEFORE)..=last {
        search.follow(start, memory, scratch);
    }
    search.best.filter(|best| best.share >= LEAST)
}

struct Search<'a> {
    traced: &'a Traced,
    forwards: &'a Forwards,
    matcher: Matcher<'a>,
    words: &'a [usize],
    best: Option<Attempt>,
}

impl Search<'_> {
    /// Follows every way from a word, no step twice at the same word in the same state.
    fn follow(&mut self, start: usize, memory: &mut Memory, scratch: &mut Scratch) {
        let Matcher { sentence, program, .. } = self.matcher;
        let Memory { visited, run, jobs, slots } = memory;
        visited.resize(visited.len().max(program.steps.len() * (REACH + 1) * State::COUNT), 0);
        slots.clear();
        slots.resize(program.roles.len() * 2, usize::MAX);
        *run = run.checked_add(1).unwrap_or_else(|| {
            visited.fill(0);
            1
        });
        jobs.push(Job::Go { step: 0, at: start, state: State::default() });
        while let Some(job) = jobs.pop() {
            let (mut step, mut at, mut state) = match job {
                Job::Go { step, at, state } => (step, at, state),
                Job::Restore { slot, value } => {
                    slots[slot] = value;
                    continue;
                }
            };
            loop {
                let distance = at - start;
                if distance > REACH {
                    break;
                }
                let place = (distance * program.steps.len() + step) * State::COUNT + state.number();
                let visited = &mut visited[place];
                if *visited == *run {
                    break;
                }
                *visited = *run;
                // Where the step fails, and where to go on as if it had not.
                let (from, to, next_step, next_at) = match &program.steps[step] {
                    Step::Match => {
                        self.consider(start, at, state, slots);
                        break;
                    }
                    Step::Split(first, second) => {
                        jobs.push(Job::Go { step: *second as usize, at, state });
                        step = *first as usize;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to as usize;
                        continue;
                    }
                    Step::Open(part) | Step::Close(part) => {
                        let opens = matches!(program.steps[step], Step::Open(_));
                        let slot = usize::from(*part) * 2 + usize::from(!opens);
                        jobs.push(Job::Restore { slot, value: slots[slot] });
                        slots[slot] = at;
                        step += 1;
                        continue;
                    }
                    Step::Test(test) => {
                        let mut next = None;
                        let told = |to| state.told || (self.forwards.telling[step] && self.tells(at, to));
                        self.matcher.ends(*test, at, &mut |to| {
                            if let Some(other) = next.replace(to) {
                                let state = State { told: told(other), ..state };
                                jobs.push(Job::Go { step: step + 1, at: other, state });
                            }
                        });
                        if let Some(to) = next {
                            state.told = told(to);
                            at = to;
                            step += 1;
                            continue;
                        }
                        (at, at + 1, step + 1, at + 1)
                    }
                    Step::NotHere(after) => match self.matcher.end_of(step + 1, at, scratch) {
                        Some(end) => (at, end.max(at + 1), *after as usize, at),
                        None => {
                            step = *after as usize;
                            continue;
                        }
                    },
                    Step::NotBefore(tests) => {
                        let tests = &program.not_before[usize::from(*tests)];
                        let mut before = None;
                        tests.iter().for_each(|test| self.matcher.starts(*test, at, &mut |from| before = Some(from)));
                        let Some(from) = before else {
                            step += 1;
                            continue;
                        };
                        (from, at, step + 1, at)
                    }
                    Step::SentenceStart if at == 0 => {
                        step += 1;
                        continue;
                    }
                    Step::SentenceStart => (at, at + 1, step + 1, at),
                };
                if self.forwards.optional[step] {
                    break;
                }
                let failed_before = state.failed.is_some();
                state.failed = state.failed.or(Some(Failed { step, from, to }));
                if failed_before || next_at > sentence.len() {
                    self.consider(start, at, state, slots);
                    break;
                }
                // Without the words that must not be there, the rest may stand behind them.
                if matches!(program.steps[step], Step::NotHere(_)) && to <= sentence.len() {
                    jobs.push(Job::Go { step: next_step, at: to, state });
                }
                (step, at) = (next_step, next_at);
            }
        }
    }

    /// Whether there is a telling word of the phrase among the tokens.
    fn tells(&self, from: usize, to: usize) -> bool {
        self.words.iter().any(|word| (from..to).contains(word))
    }

    /// Takes an attempt that ends here for the best, if it is.
    fn consider(&mut self, start: usize, end: usize, state: State, slots: &[usize]) {
        let Some(Failed { step, from, to }) = state.failed.filter(|_| state.told) else { return };
        let Some(failed) = self.forwards.element_of[step] else { return };
        let elements = &self.traced.elements;
        let place = |element: usize| {
            let place = matcher::place(slots, self.forwards.part_of[element]?);
            place.filter(|_| element != failed)
        };
        let taken = self.traced.branches(|number| number == failed || place(number).is_some());
        // What failed halfway counts half.
        let opened = self.forwards.part_of[failed].map(|part| slots[part * 2]);
        let halfway = opened.is_some_and(|opened| opened < from && self.tells(opened, from));
        let (mut weight, mut whole) = (0.0, 0.0);
        for (number, element) in elements.iter().enumerate().filter(|(_, e)| !e.optional && e.lies_in(&taken)) {
            whole += element.weight;
            weight += match place(number) {
                Some(_) => element.weight,
                None if number == failed && halfway => element.weight / 2.0,
                None => 0.0,
            };
        }
        let share = if whole > 0.0 { weight / whole } else { 0.0 };
        let places = (from < self.matcher.sentence.len()).then_some((from, to.min(self.matcher.sentence.len())));
        let mut joined = places;
        if let Some(best) = &mut self.best {
            // Behind a gap, an element fails at one word after the other.
            let same = best.start == start && best.step == step && best.share == share;
            if let (true, Some((first, last)), Some((from, to))) = (same, best.places, places) {
                best.places = Some((first.min(from), last.max(to)));
                joined = best.places;
            }
            let rank = |share: f64, length: usize| (share, std::cmp::Reverse(length));
            if rank(share, end - start) <= rank(best.share, best.end - best.start) {
                return;
            }
        }
        let met = (0..elements.len()).map(place).collect();
        self.best = Some(Attempt { met, step, element: failed, places: joined, share, weight, start, end });
    }
}
