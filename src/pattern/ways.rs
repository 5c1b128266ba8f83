//! Which ways through a program a sentence leaves open, for all of them at once.
//!
//! Most anchors stand in no match. To follow each way from each of them would be slow; here the tests that can come next
//! are a row of bits for every word, a test that passes adds those that follow it to the row of the word behind it, and
//! where a row stays empty nothing can match. What holds without taking words (`!…`, `^`) is taken to hold, so an open
//! way may still fail, but a closed one never matches: the matcher follows the open ones only.

use super::matcher::{Direction, Matcher, MAX_WORDS};
use super::program::Step;
use super::resolve::Test;

/// The ways through one side of a program, from its anchor to the end or, backwards, to the start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    tests: Vec<Test>,
    /// By step: the number of its test.
    number: Vec<u16>,
    /// Bits are numbers of tests; this many words of them are a row.
    width: usize,
    /// Rows: the tests that can follow each test, and at last those that can come first.
    next: Vec<u64>,
    /// Whether the side can end behind each test, and at last whether it can be empty.
    last: Vec<bool>,
}

/// The tests that stand open at each word, counted from the anchor.
#[derive(Debug, Default)]
pub(crate) struct Open {
    rows: Vec<u64>,
    width: usize,
    /// The furthest word with an open test.
    furthest: usize,
}

impl Ways {
    /// Of the steps `from..to`, which end with a match.
    pub(super) fn of(steps: &[Step], from: usize, to: usize) -> Ways {
        let side = &steps[from..to];
        let mut tests = Vec::new();
        let mut number = Vec::new();
        for step in side {
            number.push(tests.len() as u16);
            if let Step::Test(test) = step {
                tests.push(*test);
            }
        }
        let width = tests.len().div_ceil(64);
        // By step: the tests that it leads to without taking a word, and whether it leads to the end. Steps lead
        // forwards only, repetitions being written out, so that one pass from the last to the first sees it all.
        let mut leads = vec![0; (side.len() + 1) * width];
        let mut ends = vec![false; side.len() + 1];
        for (at, step) in side.iter().enumerate().rev() {
            let (first, second) = match step {
                Step::Test(_) => {
                    let number = usize::from(number[at]);
                    leads[at * width + number / 64] |= 1 << (number % 64);
                    continue;
                }
                Step::Match => {
                    ends[at] = true;
                    continue;
                }
                Step::Split(first, second) => (*first as usize - from, *second as usize - from),
                Step::Jump(to) | Step::NotHere(to) => (*to as usize - from, *to as usize - from),
                Step::Open(_) | Step::Close(_) | Step::NotBefore(_) | Step::SentenceStart => (at + 1, at + 1),
            };
            for word in 0..width {
                leads[at * width + word] = leads[first * width + word] | leads[second * width + word];
            }
            ends[at] = ends[first] || ends[second];
        }
        let behind = side.iter().enumerate().filter(|(_, step)| matches!(step, Step::Test(_))).map(|(at, _)| at + 1);
        let places: Vec<usize> = behind.chain([0]).collect();
        let next = places.iter().flat_map(|at| &leads[at * width..(at + 1) * width]).copied().collect();
        let last = places.iter().map(|at| ends[*at]).collect();
        Ways { tests, number, width, next, last }
    }

    fn next(&self, test: usize) -> &[u64] {
        &self.next[test * self.width..(test + 1) * self.width]
    }

    /// Whether any way is open from a word on; `open` gets what stands open up to where this was found.
    pub(super) fn any(&self, matcher: Matcher, from: usize, direction: Direction, open: &mut Open) -> bool {
        let origin = self.tests.len();
        self.last[origin] || (origin > 0 && self.walk(matcher, from, direction, open, true))
    }

    /// All ways that are open from a word on; `open` gets the tests of them, and no others.
    pub(super) fn all(&self, matcher: Matcher, from: usize, direction: Direction, open: &mut Open) {
        self.walk(matcher, from, direction, open, false);
        for distance in (0..=open.furthest).rev() {
            for word in 0..self.width {
                let place = distance * self.width + word;
                for bit in bits(open.rows[place]) {
                    let test = word * 64 + bit;
                    let mut leads_on = false;
                    matcher.beyond(self.tests[test], direction.from(from, distance), direction, &mut |to| {
                        let row = to.abs_diff(from) * self.width;
                        let open = open.rows.get(row..row + self.width).unwrap_or_default();
                        leads_on |= self.last[test] || self.next(test).iter().zip(open).any(|(next, open)| next & open != 0);
                    });
                    if !leads_on {
                        open.rows[place] &= !(1 << bit);
                    }
                }
            }
        }
    }

    /// Goes from word to word, and leaves in the row of each the tests that pass there. With `once`, stops where the
    /// side can end.
    fn walk(&self, matcher: Matcher, from: usize, direction: Direction, open: &mut Open, once: bool) -> bool {
        let origin = self.tests.len();
        open.clear(self.width);
        open.add(0, self.next(origin));
        let mut ends = self.last[origin];
        let mut distance = 0;
        while distance <= open.furthest {
            for word in 0..self.width {
                let place = distance * self.width + word;
                let mut passed = 0;
                for bit in bits(open.rows[place]) {
                    let test = word * 64 + bit;
                    matcher.beyond(self.tests[test], direction.from(from, distance), direction, &mut |to| {
                        let beyond = to.abs_diff(from);
                        if beyond < MAX_WORDS {
                            passed |= 1 << bit;
                            ends |= self.last[test];
                            open.add(beyond, self.next(test));
                        }
                    });
                }
                open.rows[place] = passed;
            }
            if ends && once {
                return true;
            }
            distance += 1;
        }
        ends
    }

    /// Whether a step that is a test stands open at a word, `distance` words from where the ways began.
    pub(super) fn is_open(&self, step: usize, distance: usize, open: &Open) -> bool {
        let number = usize::from(self.number[step]);
        open.rows.get(distance * self.width + number / 64).is_some_and(|row| row >> (number % 64) & 1 == 1)
    }
}

impl Open {
    fn clear(&mut self, width: usize) {
        self.rows.clear();
        self.rows.resize(width, 0);
        self.width = width;
        self.furthest = 0;
    }

    fn add(&mut self, distance: usize, tests: &[u64]) {
        if tests.iter().all(|bits| *bits == 0) {
            return;
        }
        self.furthest = self.furthest.max(distance);
        let row = distance * self.width;
        if self.rows.len() < row + self.width {
            self.rows.resize(row + self.width, 0);
        }
        for (own, more) in self.rows[row..].iter_mut().zip(tests) {
            *own |= more;
        }
    }
}

/// The places of the ones, lowest first.
fn bits(mut of: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = of.trailing_zeros() as usize;
        of &= of.checked_sub(1)?;
        Some(bit)
    })
}
