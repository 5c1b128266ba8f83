//! The ways through a program, all at once: which tests can come behind which, as rows of bits.
//!
//! Most anchors stand in no match. To follow each way from each of them would be slow; here the tests that can come next
//! are a row of bits for every word, a test that passes adds those that follow it to the row of the word behind it, and
//! where a row stays empty nothing can match. What holds without taking words (`!…`, `^`) is taken to hold, so an open
//! way may still fail, but a closed one never matches: the matcher follows the open ones only.

use rustc_hash::FxHashMap;

use super::matcher::{Direction, Matcher, MAX_WORDS};
use super::program::Step;
use super::resolve::Test;

/// The ways through one side of a program, from its anchor to the end or, backwards, to the start.
///
/// A row has a bit for each test, and one more for the end of the side.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Ways {
    tests: Vec<Test>,
    /// By test: the number of the row of what can follow it.
    next: Vec<u16>,
    /// The row of what can come first.
    first: u16,
    /// How many words of bits a row has.
    width: usize,
    /// Equal rows are kept once.
    rows: Vec<u64>,
}

/// One side of a program, with its ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'a> {
    pub(super) ways: &'a Ways,
    /// By step of the side: the number of the row of what it leads to without taking a word.
    pub(super) leads: &'a [u16],
    pub(super) direction: Direction,
}

/// What stands open at each word, counted from the anchor.
#[derive(Debug, Default)]
pub(super) struct Open {
    rows: Vec<u64>,
    /// The furthest word where something does.
    furthest: usize,
    /// The row being worked on.
    row: Vec<u64>,
}

impl Ways {
    /// Of the steps of a side, the first of which is the step `from` of its program; and for each step, the number of the
    /// row of what it leads to without taking a word.
    pub(super) fn of(side: &[Step], from: usize) -> (Ways, Vec<u16>) {
        let tests: Vec<Test> = side.iter().filter_map(Step::test).collect();
        let width = (tests.len() + 1).div_ceil(64);
        let mut ways = Ways { next: vec![0; tests.len()], tests, first: 0, width, rows: Vec::new() };
        let mut known = FxHashMap::default();
        let mut leads = vec![0; side.len()];
        // Steps lead forwards only, repetitions being written out: from the last to the first, one pass sees it all.
        let mut test = ways.tests.len();
        for (at, step) in side.iter().enumerate().rev() {
            let mut row = vec![0; width];
            match step {
                Step::Test(_) => {
                    test -= 1;
                    ways.next[test] = leads[at + 1];
                    row[test / 64] |= 1 << (test % 64);
                }
                Step::Match => row[width - 1] |= 1 << (ways.tests.len() % 64),
                Step::Split(first, second) => {
                    join(&mut row, ways.row(leads[*first as usize - from]));
                    join(&mut row, ways.row(leads[*second as usize - from]));
                }
                Step::Jump(to) | Step::NotHere(to) => join(&mut row, ways.row(leads[*to as usize - from])),
                Step::Open(_) | Step::Close(_) | Step::NotBefore(_) | Step::SentenceStart => {
                    join(&mut row, ways.row(leads[at + 1]));
                }
            }
            let next = known.len() as u16;
            leads[at] = *known.entry(row).or_insert_with_key(|row| {
                ways.rows.extend(row);
                next
            });
        }
        ways.first = leads[0];
        (ways, leads)
    }

    /// What can come first.
    pub(super) fn first(&self) -> &[u64] {
        self.row(self.first)
    }

    /// Whether the end is among what a row holds.
    pub(super) fn ends(&self, row: &[u64]) -> bool {
        row.last().is_some_and(|bits| bits >> (self.tests.len() % 64) & 1 == 1)
    }

    fn row(&self, number: u16) -> &[u64] {
        let from = usize::from(number) * self.width;
        &self.rows[from..from + self.width]
    }

    /// What can follow those of the tests in `row` that pass.
    pub(super) fn advance(&self, row: &[u64], passes: impl Fn(Test) -> bool, after: &mut Vec<u64>) {
        after.clear();
        after.resize(self.width, 0);
        for test in self.tests_in(row).filter(|test| passes(self.tests[*test])) {
            join(after, self.row(self.next[test]));
        }
    }

    /// The numbers of the tests in a row.
    fn tests_in<'a>(&self, row: &'a [u64]) -> impl Iterator<Item = usize> + use<'a> {
        let tests = self.tests.len();
        ones(row).take_while(move |number| *number < tests)
    }
}

impl Side<'_> {
    /// Finds what stands open at the words from `from` on: all that lies on a way to the end, and nothing else.
    pub(super) fn open(&self, matcher: Matcher, from: usize, open: &mut Open) {
        let ways = self.ways;
        open.rows.clear();
        open.furthest = 0;
        open.add(0, ways.row(ways.first));
        // Forth: the tests that pass.
        let mut distance = 0;
        while distance <= open.furthest {
            let at = self.direction.from(from, distance);
            open.sieve(distance, ways, |test, open| {
                let mut passes = false;
                matcher.beyond(ways.tests[test], at, self.direction, &mut |to| {
                    passes = true;
                    open.add(to.abs_diff(from), ways.row(ways.next[test]));
                });
                passes
            });
            distance += 1;
        }
        // And back: of these, the tests that lead to the end.
        for distance in (0..=open.furthest).rev() {
            let at = self.direction.from(from, distance);
            open.sieve(distance, ways, |test, open| {
                let mut leads_on = false;
                matcher.beyond(ways.tests[test], at, self.direction, &mut |to| {
                    leads_on |= meet(ways.row(ways.next[test]), open.row(to.abs_diff(from), ways.width));
                });
                leads_on
            });
        }
    }

    /// Whether no way goes on from a step of the side, `distance` words from where the side begins.
    pub(super) fn is_closed(&self, step: usize, distance: usize, open: &Open) -> bool {
        !meet(self.ways.row(self.leads[step]), open.row(distance, self.ways.width))
    }
}

impl Open {
    fn row(&self, distance: usize, width: usize) -> &[u64] {
        self.rows.get(distance * width..(distance + 1) * width).unwrap_or_default()
    }

    fn add(&mut self, distance: usize, more: &[u64]) {
        if distance >= MAX_WORDS {
            return;
        }
        self.furthest = self.furthest.max(distance);
        let from = distance * more.len();
        if self.rows.len() < from + more.len() {
            self.rows.resize(from + more.len(), 0);
        }
        join(&mut self.rows[from..from + more.len()], more);
    }

    /// Keeps those of the tests at a word that stay open.
    fn sieve(&mut self, distance: usize, ways: &Ways, mut stays: impl FnMut(usize, &mut Open) -> bool) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.extend_from_slice(self.row(distance, ways.width));
        for test in ways.tests_in(&row) {
            if !stays(test, self) {
                self.rows[distance * ways.width + test / 64] &= !(1 << (test % 64));
            }
        }
        self.row = row;
    }
}

/// Whether two rows have a one in common.
fn meet(row: &[u64], other: &[u64]) -> bool {
    row.iter().zip(other).any(|(one, other)| one & other != 0)
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
