//! The ways through a program, all at once: which tests can come behind which, as rows of bits.
//!
//! Most anchors stand in no match. To follow each way from each of them would be slow; here the tests that can come next
//! are a row of bits for every word, those that the word passes add what can follow them to the row of the word behind it,
//! and where a row stays empty nothing can match. What holds without taking words (`!…`, `^`) is taken to hold, so an open
//! way may still fail, but a closed one never matches: the matcher follows the open ones only.

mod asked;
mod draft;

use self::asked::{Asked, AskedSets, Remainders};
use super::bits::{common, each_place, has, join, meet, set};
use super::matcher::{Direction, MAX_WORDS};
use super::openings::{First, SideId};
use super::sentence::{Seen, Sentence};
use super::traits::{BEGINS, ENDS};
use super::vocabulary::{RowId, Vocabulary};
use crate::compact::compact;
use crate::text::NameKind;

/// The number of a row.
type Row = u16;

/// The place of the end of a side, behind which nothing comes.
const END: usize = 0;
/// The row of what nobody asks for: it has no places, as there is nothing behind the end.
const NOBODY: Row = END as Row;

/// The ways through one side of a program, from its anchor to the end or, backwards, to the start.
///
/// Tests that stand open together wherever they do, and have the same behind them, are one place of it. A row has a bit for
/// each place. All that says where to look is in two lines of the processor's memory.
#[derive(Debug, PartialEq, Eq, Hash)]
#[repr(align(64))]
pub(super) struct Ways {
    /// First by place: what can follow it. Behind them all others, equal ones mostly once.
    rows: Box<[u64]>,
    /// How many words of bits a row has.
    width: u8,
    /// What can come first.
    first: Row,
    asks: Asks,
}

compact!(Ways { rows, width, first, asks });

/// What the tests of a side ask for: each with the row of the places that ask for it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Asks {
    sets: AskedSets,
    words: Asked,
    remainders: Remainders,
    /// By the kind of name.
    names: [Row; NameKind::ALL.len()],
    any_word: Row,
    quotation: Row,
}

compact!(Asks { sets, words, remainders, names, any_word, quotation });

/// One side of a program, with its ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'a> {
    pub(super) number: SideId,
    pub(super) ways: &'a Ways,
    /// By step of the side: what it leads to without taking a word.
    pub(super) leads: &'a [Row],
    pub(super) direction: Direction,
}

/// Whether a side may match from a place of a sentence: several programs that share the side ask one after the other.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// By side: the place that was asked about last, and in the lowest bit the answer.
    last: Vec<u64>,
    sentence: u32,
}

impl Answers {
    /// Begins with another sentence.
    pub(super) fn forget(&mut self) {
        self.sentence = self.sentence.wrapping_add(1);
        if self.sentence == 0 {
            self.last.clear();
            self.sentence = 1;
        }
    }

    /// Whether a side may match from a place; worked out if it is not what was asked of it last.
    pub(super) fn may_match(&mut self, side: Side, look: Look, from: usize, open: &mut Open) -> bool {
        let number = side.number as usize;
        if self.last.len() <= number {
            self.last.resize(number + 1, 0);
        }
        let place = self.place(side, from);
        if self.last[number] & !1 != place {
            open.begin(Question { side: side.number, place });
            self.last[number] = place | u64::from(side.may_match(look, from, open));
        }
        self.last[number] & 1 == 1
    }

    /// Finds what stands open at the words from a place on: all that lies on a way to some ends, and nothing else.
    pub(super) fn open(&self, side: Side, look: Look, from: usize, ends: Ends, open: &mut Open) {
        let question = Question { side: side.number, place: self.place(side, from) };
        if open.of != question {
            open.begin(question);
        }
        if open.led_to != Some(ends) {
            side.open(look, from, ends, open);
        }
    }

    /// An even number for a place of this sentence that a side begins at.
    fn place(&self, side: Side, from: usize) -> u64 {
        u64::from(self.sentence) << 32 | (from as u64) << 2 & 0xffff_ffff | (side.direction as u64) << 1
    }
}

/// What stands open at each word of a side, counted from the anchor.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// What was asked last.
    of: Question,
    /// By word: what can come next; once that was asked, where the word there passes, and the end if it is reached.
    rows: Vec<u64>,
    /// The first word from which nobody has gone on.
    next: usize,
    /// Whether the end was reached.
    ends: bool,
    /// What else than words passes, in the order of where it begins.
    longer: Vec<Pass>,
    /// For each of them, the places where it does.
    passed: Vec<u64>,
    /// Which ends were gone back from.
    led_to: Option<Ends>,
    /// By word: what lies on a way to those.
    leading: Vec<u64>,
    /// The furthest word where there is an end, and how many there are; only if ends were gone back from.
    furthest_end: usize,
    all_ends: usize,
}

/// Where a term, a name or a quotation that passes begins and ends, counted from the anchor.
#[derive(Clone, Copy, Debug)]
struct Pass {
    from: usize,
    to: usize,
}

/// Which ends of a side ways are to lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ends {
    Furthest,
    All,
}

/// A side, by its number, at a place of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Question {
    side: SideId,
    place: u64,
}

/// What there is for tests to pass besides words: several that belong together.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Term(RowId),
    Name(NameKind),
    Quotation,
}

impl Ways {
    fn width(&self) -> usize {
        self.width.into()
    }

    fn row(&self, number: Row) -> &[u64] {
        &self.row_and_more(number)[..self.width()]
    }

    /// A row, and those behind it.
    fn row_and_more(&self, number: Row) -> &[u64] {
        &self.rows[usize::from(number) * self.width()..]
    }

    /// What the tests ask for that can come first.
    pub(super) fn first(&self) -> First {
        let first = self.row(self.first);
        let opens = |asking: Row| meet(self.row(asking), first);
        let Asks { sets, words, any_word, .. } = &self.asks;
        First {
            sets: sets.iter().filter_map(|(set, asking)| opens(asking).then_some(set)).collect(),
            words: words.iter().filter_map(|((word, _), asking)| opens(asking).then_some(word)).collect(),
            any_word: opens(*any_word),
            nothing: self.may_be_empty(),
        }
    }

    /// Whether the side may have no words.
    pub(super) fn may_be_empty(&self) -> bool {
        has(self.row(self.first), END)
    }
}

impl Asks {
    /// The places where a word passes.
    #[inline]
    fn word<const W: usize>(&self, rows: &[u64], Seen { known, token }: Seen, look: Look) -> [u64; W] {
        let mut passed = [0; W];
        let mut ask = |asking: Row| join(&mut passed, chunk::<W>(rows, asking.into()));
        self.sets.each(known.row, |word| look.held(known.row, word), &mut ask);
        if self.remainders.may_be(known.id) {
            ask(self.words.row(known.id, token.shape).unwrap_or(NOBODY));
        }
        ask(if token.shape.is_word() { self.any_word } else { NOBODY });
        passed
    }

    /// The places where a piece passes.
    fn piece<const W: usize>(&self, rows: &[u64], piece: Piece, look: Look) -> [u64; W] {
        let mut passed = [0; W];
        let mut ask = |asking: Row| join(&mut passed, chunk::<W>(rows, asking.into()));
        match piece {
            Piece::Term(sets) => self.sets.each(sets, |word| look.held(sets, word), ask),
            Piece::Name(kind) => ask(self.names[kind as usize]),
            Piece::Quotation => ask(self.quotation),
        }
        passed
    }
}

/// A row of so many words of bits; without ones, past the last.
#[inline]
fn chunk<const W: usize>(rows: &[u64], number: usize) -> &[u64; W] {
    rows.get(number * W..number * W + W).and_then(<[u64]>::first_chunk).unwrap_or(&[0; W])
}

/// As `chunk`, to be changed; `None` past the last.
#[inline]
fn chunk_mut<const W: usize>(rows: &mut [u64], number: usize) -> Option<&mut [u64; W]> {
    rows.get_mut(number * W..)?.first_chunk_mut()
}

/// Adds to one of rows of so many words of bits, one that may be past the last.
#[inline]
fn join_at<const W: usize>(rows: &mut Vec<u64>, number: usize, more: &[u64; W]) {
    match chunk_mut::<W>(rows, number) {
        Some(row) => join(row, more),
        None => {
            rows.resize(number * W, 0);
            rows.extend_from_slice(more);
        }
    }
}

/// Calls a method of a width that is known when it is compiled, so that rows are worked on without loops: one of those that
/// [`Ways::of`] chooses.
macro_rules! of_width {
    ($width:expr, $self:ident.$method:ident($($argument:expr),*)) => {
        match $width {
            2 => $self.$method::<2>($($argument),*),
            16 => $self.$method::<16>($($argument),*),
            _ => $self.$method::<64>($($argument),*),
        }
    };
}

/// Where ways are looked for.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) sentence: &'a Sentence,
}

impl Side<'_> {
    /// Whether any way is open from a word on.
    fn may_match(&self, look: Look, from: usize, open: &mut Open) -> bool {
        of_width!(self.ways.width(), self.forth(look, from, open, true));
        open.ends
    }

    /// Goes from the words where something stands open to all further ones, and back again from some ends.
    fn open(&self, look: Look, from: usize, ends: Ends, open: &mut Open) {
        of_width!(self.ways.width(), self.forth_and_back(look, from, ends, open));
    }

    fn forth_and_back<const W: usize>(&self, look: Look, from: usize, ends: Ends, open: &mut Open) {
        self.forth::<W>(look, from, open, false);
        let Open { rows, longer, passed, led_to, leading, furthest_end, all_ends, .. } = open;
        *led_to = Some(ends);
        *all_ends = 0;
        // Each row is written anew.
        leading.resize(rows.len(), 0);
        let mut longer = longer.iter().zip(passed.chunks_exact(W)).rev().peekable();
        for (distance, row) in rows.chunks_exact(W).enumerate().rev() {
            let mut leads = [0; W];
            if has(row, END) {
                if *all_ends == 0 {
                    *furthest_end = distance;
                }
                if *all_ends == 0 || ends == Ends::All {
                    set(&mut leads, [END]);
                }
                *all_ends += 1;
            }
            // Of what passed, that which leads to an end.
            let mut next = Some((row, distance + 1));
            while let Some((passed, to)) = next {
                let (passed, behind) = (chunk::<W>(passed, 0), chunk::<W>(leading, to));
                each_place(*passed, |place| {
                    leads[place / 64] |= u64::from(meet(chunk::<W>(&self.ways.rows, place), behind)) << (place % 64);
                });
                next = longer.next_if(|(pass, _)| pass.from == distance).map(|(pass, passed)| (passed, pass.to));
            }
            if let Some(leading) = chunk_mut(leading, distance) {
                *leading = leads;
            }
        }
    }

    /// Goes from word to word and joins what can follow the tests that pass; with `once`, until the end is reached.
    fn forth<const W: usize>(&self, look: Look, from: usize, open: &mut Open, once: bool) {
        let Ways { rows: all, first, asks, .. } = self.ways;
        if open.rows.is_empty() {
            open.rows.extend_from_slice(chunk::<W>(all, usize::from(*first)));
        }
        while !(once && open.ends) {
            let next = open.next;
            let Some(here) = chunk_mut::<W>(&mut open.rows, next) else { break };
            open.next += 1;
            let mut row = *here;
            let end = row[END / 64] & 1 << END;
            row[END / 64] ^= end;
            // Where nothing can come but the end, nothing is to be asked.
            if row == [0; W] {
                continue;
            }
            let at = self.direction.from(from, next);
            let beside = look.next(at, self.direction);
            let passed = beside.map_or([0; W], |(word, _)| {
                let passed = asks.word(all, look.sentence.seen[word], look);
                common(passed, &row)
            });
            *here = passed;
            here[END / 64] |= end;
            self.go_on(&passed, next + 1, open);
            if beside.is_some_and(|(_, more)| more) {
                self.forth_beyond(look, from, next, row, open);
            }
        }
    }

    /// Goes from a word beyond the terms, the name and the quotations next to it; apart from `forth`, for few words have any.
    #[inline(never)]
    fn forth_beyond<const W: usize>(&self, look: Look, from: usize, next: usize, row: [u64; W], open: &mut Open) {
        let Ways { rows: all, asks, .. } = self.ways;
        look.sentence.pieces(self.direction.from(from, next), self.direction, |piece, to| {
            let passed = common(asks.piece(all, piece, look), &row);
            let to = to.abs_diff(from);
            if self.go_on(&passed, to, open) {
                open.longer.push(Pass { from: next, to });
                open.passed.extend_from_slice(&passed);
            }
        });
    }

    /// Adds what can follow the places passed to what stands open at a word; whether there is any place and such a word.
    /// Always inlined, with `behind`: half of all steps would be calls.
    #[inline(always)]
    fn go_on<const W: usize>(&self, passed: &[u64; W], to: usize, open: &mut Open) -> bool {
        let goes_on = *passed != [0; W] && to < MAX_WORDS;
        if goes_on {
            let behind = self.behind(*passed);
            open.ends |= has(&behind, END);
            join_at(&mut open.rows, to, &behind);
        }
        goes_on
    }

    /// What can follow some places.
    #[inline(always)]
    fn behind<const W: usize>(&self, mut places: [u64; W]) -> [u64; W] {
        let mut behind = [0; W];
        let mut add = |place| join(&mut behind, chunk::<W>(&self.ways.rows, place));
        // Nearly always it is one or two in the first word: so many are taken without asking, the end in place of none.
        for _ in 0..2 {
            add((places[0].trailing_zeros() % 64) as usize);
            places[0] &= places[0].wrapping_sub(1);
        }
        each_place(places, add);
        behind
    }

    /// What leads to the end of the side `distance` words from where it begins, for `is_closed`.
    #[inline]
    pub(super) fn leading<'o>(&self, open: &'o Open, distance: usize) -> &'o [u64] {
        let width = self.ways.width();
        open.leading.get(distance * width..(distance + 1) * width).unwrap_or_default()
    }

    /// Whether no way goes on from a step of the side where something is `leading` to its end.
    #[inline]
    pub(super) fn is_closed(&self, step: usize, leading: &[u64]) -> bool {
        let row = self.ways.row_and_more(self.leads[step]);
        // Of the widths of nearly all, without loops.
        !match leading.len() {
            2 => meet(chunk::<2>(row, 0), chunk::<2>(leading, 0)),
            _ => meet(row, leading),
        }
    }
}

impl Look<'_> {
    /// A word of the bits of the sets that a row of the vocabulary holds.
    #[inline]
    fn held(&self, row: RowId, word: u32) -> u64 {
        self.vocabulary.held(row, &self.sentence.extra, word)
    }

    /// The word next to a place, and whether more than the word begins or ends there. `None` at the edge of the sentence.
    #[inline]
    pub(super) fn next(&self, at: usize, direction: Direction) -> Option<(usize, bool)> {
        // By numbers rather than by two ways, as both directions are asked by turns.
        let backwards = direction == Direction::Backwards;
        // Before the first word, one that no sentence has.
        let word = at.wrapping_sub(usize::from(backwards));
        let edge = if backwards { ENDS } else { BEGINS };
        let seen = self.sentence.seen.get(word)?;
        Some((word, seen.known.traits & edge != 0))
    }
}

impl Sentence {
    /// Calls `found` with the terms, the name and the quotations that begin at a place, or end there, and where the other
    /// end is.
    fn pieces(&self, at: usize, direction: Direction, mut found: impl FnMut(Piece, usize)) {
        match direction {
            Direction::Forwards => {
                self.terms_at(at).for_each(|term| found(Piece::Term(term.row), term.start + term.len));
                self.name_at(at).into_iter().for_each(|name| found(Piece::Name(name.kind), name.end));
                self.quotation_at(at).into_iter().for_each(|end| found(Piece::Quotation, end));
            }
            Direction::Backwards => {
                self.terms_before(at).for_each(|term| found(Piece::Term(term.row), term.start));
                let name = at.checked_sub(1).and_then(|before| self.name_around(before)).filter(|name| name.end == at);
                name.into_iter().for_each(|name| found(Piece::Name(name.kind), name.start));
                self.quotations_before(at).for_each(|start| found(Piece::Quotation, start));
            }
        }
    }
}

impl Open {
    /// How many words from where the side begins it may end at most.
    pub(super) fn furthest_end(&self) -> usize {
        self.furthest_end
    }

    /// At how many places the side may end.
    pub(super) fn ends(&self) -> usize {
        self.all_ends
    }

    /// Begins with another question.
    fn begin(&mut self, question: Question) {
        self.of = question;
        self.rows.clear();
        self.next = 0;
        self.ends = false;
        self.longer.clear();
        self.passed.clear();
        self.led_to = None;
    }
}
