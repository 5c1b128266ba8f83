//! The ways through a program, all at once: which tests can come behind which, as rows of bits.
//!
//! Most anchors stand in no match. To follow each way from each of them would be slow; here the tests that can come next
//! are a row of bits for every word, a test that passes adds those that follow it to the row of the word behind it, and
//! where a row stays empty nothing can match. What holds without taking words (`!…`, `^`) is taken to hold, so an open
//! way may still fail, but a closed one never matches: the matcher follows the open ones only.

use super::matcher::{Direction, Matcher, MAX_WORDS};
use super::program::Step;
use super::resolve::Test;

/// The ways through one side of a program, from its anchor to the end or, backwards, to the start.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Ways {
    tests: Vec<Test>,
    /// Bits are numbers of tests; this many words of them are a row.
    width: usize,
    /// Rows: the tests that can follow each test, and at last those that can come first.
    next: Vec<u64>,
    /// Whether the side can end behind each test, and at last whether it can be empty.
    last: Vec<bool>,
}

/// One side of a program, with its ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'a> {
    pub(super) ways: &'a Ways,
    /// By step of the side: the number of its test.
    pub(super) numbers: &'a [u16],
    pub(super) direction: Direction,
}

/// The tests that stand open at each word, counted from the anchor.
#[derive(Debug, Default)]
pub(super) struct Open {
    rows: Vec<u64>,
    /// The furthest word with an open test.
    furthest: usize,
}

impl Ways {
    /// Of the steps of a side, the first of which is the step `from` of its program, and the number that each of the
    /// tests has.
    pub(super) fn of(side: &[Step], from: usize) -> (Ways, Vec<u16>) {
        let mut tests = Vec::new();
        let mut numbers = Vec::new();
        for step in side {
            numbers.push(tests.len() as u16);
            if let Step::Test(test) = step {
                tests.push(*test);
            }
        }
        let width = tests.len().div_ceil(64);
        // By step: the tests that it leads to without taking a word, and whether it leads to the end. Steps lead
        // forwards only, repetitions being written out, so that one pass from the last to the first sees it all.
        let mut leads = vec![0; side.len() * width];
        let mut ends = vec![false; side.len()];
        for (at, step) in side.iter().enumerate().rev() {
            let (first, second) = match step {
                Step::Test(_) => {
                    let number = usize::from(numbers[at]);
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
        (Ways { tests, width, next, last }, numbers)
    }

    /// How many words a row has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The tests that can come first.
    pub(super) fn first(&self) -> &[u64] {
        self.next(self.tests.len())
    }

    /// Whether the side may have no words.
    pub(super) fn may_be_empty(&self) -> bool {
        self.last[self.tests.len()]
    }

    fn next(&self, test: usize) -> &[u64] {
        &self.next[test * self.width..(test + 1) * self.width]
    }

    /// Adds to `after` what can follow those of the tests in `row` that pass; whether the side can end behind one of them.
    pub(super) fn advance(&self, row: &[u64], passes: impl Fn(Test) -> bool, after: &mut [u64]) -> bool {
        let mut ends = false;
        for test in ones(row) {
            if passes(self.tests[test]) {
                ends |= self.last[test];
                join(after, self.next(test));
            }
        }
        ends
    }
}

impl Side<'_> {
    /// Finds what stands open at the words from `from` on: the tests of all ways that reach the end, and no others.
    pub(super) fn open(&self, matcher: Matcher, from: usize, open: &mut Open) {
        let Ways { width, ref tests, ref last, .. } = *self.ways;
        open.rows.clear();
        open.rows.resize(width, 0);
        open.furthest = 0;
        open.add(0, self.ways.first());
        // Forth: the tests that pass.
        let mut distance = 0;
        while distance <= open.furthest {
            let at = self.direction.from(from, distance);
            for place in distance * width..(distance + 1) * width {
                let mut passed = 0;
                for bit in ones(&[open.rows[place]]) {
                    let test = place % width * 64 + bit;
                    matcher.beyond(tests[test], at, self.direction, &mut |to| {
                        passed |= 1 << bit;
                        open.add(to.abs_diff(from), self.ways.next(test));
                    });
                }
                open.rows[place] = passed;
            }
            distance += 1;
        }
        // And back: of these, the tests that lead to the end.
        for distance in (0..=open.furthest).rev() {
            let at = self.direction.from(from, distance);
            for place in distance * width..(distance + 1) * width {
                let mut leading = 0;
                for bit in ones(&[open.rows[place]]) {
                    let test = place % width * 64 + bit;
                    matcher.beyond(tests[test], at, self.direction, &mut |to| {
                        let next = open.row(to.abs_diff(from), width).iter().zip(self.ways.next(test));
                        if last[test] || next.into_iter().any(|(open, next)| open & next != 0) {
                            leading |= 1 << bit;
                        }
                    });
                }
                open.rows[place] = leading;
            }
        }
    }

    /// Whether a step of the side that is a test stands open, `distance` words from where the side begins.
    pub(super) fn is_open(&self, step: usize, distance: usize, open: &Open) -> bool {
        let number = usize::from(self.numbers[step]);
        open.row(distance, self.ways.width).get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }
}

impl Open {
    fn row(&self, distance: usize, width: usize) -> &[u64] {
        self.rows.get(distance * width..(distance + 1) * width).unwrap_or_default()
    }

    fn add(&mut self, distance: usize, tests: &[u64]) {
        if distance >= MAX_WORDS || tests.iter().all(|bits| *bits == 0) {
            return;
        }
        self.furthest = self.furthest.max(distance);
        let row = distance * tests.len();
        if self.rows.len() < row + tests.len() {
            self.rows.resize(row + tests.len(), 0);
        }
        join(&mut self.rows[row..row + tests.len()], tests);
    }
}

/// Adds the ones of a row to another.
pub(super) fn join(row: &mut [u64], more: &[u64]) {
    row.iter_mut().zip(more).for_each(|(own, more)| *own |= more);
}

/// The places of the ones in a row, in order.
fn ones(row: &[u64]) -> impl Iterator<Item = usize> + '_ {
    row.iter().enumerate().flat_map(|(word, bits)| {
        let mut bits = *bits;
        std::iter::from_fn(move || {
            let bit = bits.trailing_zeros() as usize;
            bits &= bits.checked_sub(1)?;
            Some(word * 64 + bit)
        })
    })
}
