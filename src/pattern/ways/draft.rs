//! How the steps of a side become its ways: what can follow what is read off the steps, then places are joined.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Asked, AskedSets, Asks, Remainders, Row, Ways, END};
use crate::pattern::bits::{has, join, places, set};
use crate::pattern::program::{Anchored, Step, StepId};
use crate::pattern::resolve::Test;
use crate::pattern::vocabulary::{Vocabulary, Word, Written};
use crate::text::NameKind;

/// Bits for places, and one for the end.
type Bits = Vec<u64>;

/// A side while its places are being joined.
struct Draft {
    /// By place: the tests that stand there.
    tests: Vec<Vec<Test>>,
    /// By place: what can follow it.
    next: Vec<Bits>,
    first: Bits,
    /// The bit of the end: how many tests there were at first.
    end: usize,
    /// By test of the steps: its place.
    place_of: Vec<usize>,
}

/// As many places as have room in two words of bits, with the end.
const FEW: usize = 127;

/// What two places have in common.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Next,
    Tests,
}

impl Ways {
    /// Of the steps of a side, by their numbers in its program; and for each step, what it leads to without taking a word.
    pub(in crate::pattern) fn of(
        Anchored { program, repeats, .. }: &Anchored,
        steps: Range<usize>,
        vocabulary: &Vocabulary,
    ) -> (Ways, Vec<Row>) {
        let (from, side) = (steps.start, &program.steps[steps.clone()]);
        let tests: Vec<Test> = side.iter().filter_map(Step::test).collect();
        let end = tests.len();
        let mut next = vec![Bits::new(); end];
        let mut leads: Vec<Bits> = vec![Bits::new(); side.len()];
        // Steps lead forwards only, repetitions being written out: from the last to the first, one pass sees it all.
        let mut test = end;
        for (at, step) in side.iter().enumerate().rev() {
            leads[at] = match step {
                Step::Test(_) => {
                    test -= 1;
                    next[test].clone_from(&leads[at + 1]);
                    row([test], end)
                }
                Step::Match => row([end], end),
                Step::Split(first, second) => {
                    let (first, second) = (&leads[*first as usize - from], &leads[*second as usize - from]);
                    first.iter().zip(second).map(|(first, second)| first | second).collect()
                }
                Step::Jump(to) | Step::NotHere(to) => leads[*to as usize - from].clone(),
                Step::Open(_) | Step::Close(_) | Step::NotBefore(_) | Step::SentenceStart => leads[at + 1].clone(),
            };
        }
        let first = leads[0].clone();
        let tests = tests.into_iter().map(|test| vec![test]).collect();
        let mut draft = Draft { tests, next, first, end, place_of: (0..end).collect() };
        draft.forget_unreachable();
        while draft.join_places() {}
        if draft.tests.len() > FEW {
            draft.join_repetitions(side, &repeats[steps], from);
            while draft.join_places() {}
        }
        draft.finish(&leads, vocabulary)
    }

    /// The same with what the rows of the vocabulary hold of what is asked for worked out beforehand: it takes a while, so
    /// only once for all sides that are alike.
    pub(in crate::pattern) fn worked_out(self, vocabulary: &Vocabulary) -> Ways {
        let Ways { rows, width, first, asks } = self;
        let mut rows = rows.into_vec();
        let sets = asks.sets.worked_out(vocabulary, |asking| {
            let words = usize::from(width);
            let (next, mut joined) = (rows.len() / words, vec![0; words]);
            asking.iter().for_each(|row| join(&mut joined, &rows[usize::from(*row) * words..]));
            rows.extend(joined);
            next as Row
        });
        Ways { rows: rows.into(), width, first, asks: Asks { sets, ..asks } }
    }
}

impl Draft {
    /// Tests that no way comes to, those of `!`, are asked for by nobody.
    fn forget_unreachable(&mut self) {
        let mut reached = self.first.clone();
        // Places lead forwards only.
        for (place, next) in self.next.iter().enumerate() {
            if has(&reached, place) {
                join(&mut reached, next);
            }
        }
        for (place, tests) in self.tests.iter_mut().enumerate() {
            if !has(&reached, place) {
                tests.clear();
                self.next[place].fill(0);
            }
        }
    }

    /// Joins places that stand open together wherever they do, and have the same behind them or the same tests; whether
    /// there were any.
    fn join_places(&mut self) -> bool {
        let places = self.tests.len();
        let mut sources = vec![Vec::new(); places];
        for (from, row) in self.next.iter().chain([&self.first]).enumerate() {
            places_in(row).take_while(|place| *place < places).for_each(|place| sources[place].push(from));
        }
        let (mut by_next, mut by_tests) = (FxHashMap::default(), FxHashMap::<_, usize>::default());
        let mut joined: Vec<usize> = Vec::with_capacity(places);
        // By place that stays: what others were joined to it by; both at once would lead from the tests of one to what is
        // behind another.
        let mut joined_by: Vec<Option<By>> = Vec::new();
        for (place, sources) in sources.iter().enumerate() {
            let (next, tests) = ((sources, &self.next[place]), (sources, &self.tests[place]));
            let same_next = by_next.get(&next).map(|same: &usize| (*same, By::Next));
            let same_tests = by_tests.get(&tests).map(|same| (*same, By::Tests));
            let mut same = same_next.into_iter().chain(same_tests);
            match same.find(|(same, by)| joined_by[*same].is_none_or(|other| other == *by)) {
                Some((same, by)) => {
                    joined.push(same);
                    joined_by[same] = Some(by);
                }
                None => {
                    joined.push(joined_by.len());
                    by_next.entry(next).or_insert(joined_by.len());
                    by_tests.entry(tests).or_insert(joined_by.len());
                    joined_by.push(None);
                }
            }
        }
        let kept = joined_by.len();
        if kept == places {
            return false;
        }
        self.join(&joined, kept);
        true
    }

    /// Joins each test that is repeated with its repetitions, as if the pattern did not say how often: few texts have more of
    /// them than it allows, and the matcher counts.
    fn join_repetitions(&mut self, side: &[Step], repeats: &[StepId], from: usize) {
        let steps: Vec<usize> = (0..side.len()).filter(|step| side[*step].test().is_some()).collect();
        // By place: the first of those that it is one with.
        let mut one_with: Vec<usize> = (0..self.tests.len()).collect();
        for (step, place) in steps.iter().zip(&self.place_of) {
            let first = usize::from(repeats[*step]) - from;
            let first = self.place_of[steps.partition_point(|step| *step < first)];
            let (one, other) = (one_with[first], one_with[*place]);
            one_with.iter_mut().filter(|it| **it == one.max(other)).for_each(|it| *it = one.min(other));
        }
        let kept: Vec<usize> = (0..one_with.len()).filter(|place| one_with[*place] == *place).collect();
        let joined: Vec<usize> = one_with.iter().map(|first| kept.partition_point(|place| place < first)).collect();
        self.join(&joined, kept.len());
    }

    /// Makes places one that have the same number of `kept` ones.
    fn join(&mut self, joined: &[usize], kept: usize) {
        let (mut tests, mut next) = (vec![Vec::new(); kept], vec![row([], self.end); kept]);
        let moved =
            |row: &Bits, end: usize| self::row(places_in(row).map(|bit| joined.get(bit).copied().unwrap_or(end)), end);
        for (place, to) in joined.iter().enumerate() {
            for test in &self.tests[place] {
                if !tests[*to].contains(test) {
                    tests[*to].push(*test);
                }
            }
            join(&mut next[*to], &moved(&self.next[place], self.end));
        }
        self.first = moved(&self.first, self.end);
        self.place_of.iter_mut().for_each(|place| *place = joined[*place]);
        (self.tests, self.next) = (tests, next);
    }

    fn finish(self, leads: &[Bits], vocabulary: &Vocabulary) -> (Ways, Vec<Row>) {
        let mut numbers = Numbers { last: self.tests.len(), rows: Vec::new(), known: FxHashMap::default() };
        // From here on the end comes first of all places.
        let place = |bit: usize| if bit == self.end { END } else { bit + 1 };
        numbers.add([]);
        for row in &self.next {
            numbers.add(places_in(row).map(place));
        }
        let first = numbers.of(places_in(&self.first).map(place));
        let asks = Asks::of(&self.tests, vocabulary, &mut numbers);
        let of_test = |bit: usize| self.place_of.get(bit).map_or(END, |place| place + 1);
        let leads = leads.iter().map(|row| numbers.of(places_in(row).map(of_test))).collect();
        let width = numbers.width() as u8;
        (Ways { rows: numbers.rows.concat().into(), width, first, asks }, leads)
    }
}

/// Gives rows their numbers.
struct Numbers {
    /// The last place.
    last: usize,
    rows: Vec<Bits>,
    known: FxHashMap<Bits, Row>,
}

impl Numbers {
    /// How many words of bits a row has: one of few widths, each of which has code of its own that has to be at hand.
    fn width(&self) -> usize {
        [2, 16].into_iter().find(|width| self.last < width * 64).unwrap_or(64)
    }

    fn row(&self, ones: impl IntoIterator<Item = usize>) -> Bits {
        let mut row = vec![0; self.width()];
        set(&mut row, ones);
        row
    }

    /// The number of a row; equal ones have the same.
    fn of(&mut self, ones: impl IntoIterator<Item = usize>) -> Row {
        let row = self.row(ones);
        self.known.get(&row).copied().unwrap_or_else(|| self.add_row(row))
    }

    /// The number of a row that stands behind the one added before, whether or not it is like others.
    fn add(&mut self, ones: impl IntoIterator<Item = usize>) -> Row {
        self.add_row(self.row(ones))
    }

    fn add_row(&mut self, row: Bits) -> Row {
        let number = self.rows.len() as Row;
        self.known.entry(row.clone()).or_insert(number);
        self.rows.push(row);
        number
    }
}

impl Asks {
    fn of(tests: &[Vec<Test>], vocabulary: &Vocabulary, numbers: &mut Numbers) -> Asks {
        let (mut sets, mut words, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let (mut any_word, mut quotation) = (Vec::new(), Vec::new());
        for (place, tests) in (END + 1..).zip(tests) {
            for test in tests {
                match test {
                    Test::Set(set) => sets.push((vocabulary.bit(*set), place)),
                    Test::Word(word) => words.push((*word, place)),
                    Test::OneOf(list) => words.extend(vocabulary.list(*list).iter().map(|word| (*word, place))),
                    Test::Name(wanted) => names.push((*wanted, place)),
                    Test::AnyWord => any_word.push(place),
                    Test::Quotation => quotation.push(place),
                }
            }
        }
        let any_word = numbers.of(any_word);
        let quotation = numbers.of(quotation);
        let first = numbers.rows.len() as Row;
        let sets = grouped(sets, |places| numbers.add(places));
        Asks {
            sets: AskedSets::of(vocabulary.bits(sets.iter().map(|(bit, _)| *bit)), first),
            remainders: Remainders::of(words.iter().map(|((word, _), _)| *word)),
            words: Asked::of(grouped(with_laxer(words), |places| numbers.of(places))),
            names: NameKind::ALL.map(|kind| {
                let asking = names.iter().filter(|(wanted, _)| wanted.accepts(kind));
                numbers.of(asking.map(|(_, place)| *place))
            }),
            any_word,
            quotation,
        }
    }
}

/// Words that are asked for, each with a place, those for which case counts also with the places that ask less of them.
fn with_laxer(mut asked: Vec<(Word, usize)>) -> Vec<(Word, usize)> {
    asked.sort_unstable();
    let mut laxer = Vec::new();
    for same in asked.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
        for strict in [Written::Capital, Written::Capitals] {
            let less = |((_, written), _): &&(Word, usize)| *written < strict;
            if same.iter().any(|((_, written), _)| *written == strict) {
                laxer.extend(same.iter().filter(less).map(|((word, _), place)| ((*word, strict), *place)));
            }
        }
    }
    asked.extend(laxer);
    asked
}

/// What is asked for, in order, each with the row of the places that ask for it.
fn grouped<T: Copy + Ord>(mut asked: Vec<(T, usize)>, mut row_of: impl FnMut(Vec<usize>) -> Row) -> Vec<(T, Row)> {
    asked.sort_unstable();
    let groups = asked.chunk_by(|(one, _), (other, _)| one == other);
    groups.map(|group| (group[0].0, row_of(group.iter().map(|(_, place)| *place).collect()))).collect()
}

/// A row up to the bit `end`.
fn row(ones: impl IntoIterator<Item = usize>, end: usize) -> Bits {
    let mut row = vec![0; end / 64 + 1];
    set(&mut row, ones);
    row
}

/// The places of the ones in a row, in order.
fn places_in(row: &Bits) -> impl Iterator<Item = usize> + '_ {
    places(row.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::program::Program;
    use crate::pattern::resolve::Ir;
    use crate::pattern::vocabulary::VocabularyBuilder;

    /// How many places there are ahead of the anchor of "start (one two three … of them){0,times} end", with any word for the
    /// first if that is wanted.
    fn places(of_them: u32, times: u8, any_word: bool) -> usize {
        let mut builder = VocabularyBuilder::default();
        let mut word = |number: u32| Ir::Test(Test::Word((builder.word(&format!("word{number}")), Written::Any)));
        let first = if any_word { Ir::Test(Test::AnyWord) } else { word(1) };
        let repeated = std::iter::once(first).chain((2..=of_them).map(&mut word)).collect();
        let repeated = Ir::Repeat(Box::new(Ir::Sequence(repeated)), 0, times);
        let pattern = Ir::Sequence(vec![word(0), repeated, word(1000)]);
        let anchored = &Program::all(&pattern, &builder).unwrap()[0];
        let vocabulary = builder.build(&mut [], [].into_iter());
        let (ways, _) = Ways::of(anchored, 0..anchored.program.backwards, &vocabulary);
        // Each is asked for by words or by any word.
        let asking = ways.asks.words.iter().map(|(_, row)| row).chain([ways.asks.any_word]);
        let rows = asking.flat_map(|row| ways.row(row).iter().map(|bits| bits.count_ones() as usize));
        rows.sum()
    }

    #[test]
    fn what_is_repeated_is_one_place_only_where_there_are_too_many() {
        assert_eq!(places(6, 21, false), FEW);
        assert_eq!(places(7, 21, false), 8);
        assert_eq!(places(7, 21, true), 7 * 21 + 1, "how often any word may stand there is asked");
    }

    #[test]
    fn a_word_in_capitals_counts_where_less_is_asked_of_it() {
        let asked =
            vec![((2, Written::Capitals), 9), ((1, Written::Any), 8), ((2, Written::Any), 7), ((1, Written::Any), 5)];
        let expected =
            vec![((1, Written::Any), vec![5, 8]), ((2, Written::Any), vec![7]), ((2, Written::Capitals), vec![7, 9])];
        let mut rows = Vec::new();
        let words = grouped(with_laxer(asked), |places| {
            rows.push(places);
            rows.len() as Row - 1
        });
        let found: Vec<_> = words.into_iter().map(|(word, row)| (word, rows[usize::from(row)].clone())).collect();
        assert_eq!(found, expected);
    }
}
