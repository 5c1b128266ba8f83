//! Whether any way through a side of a program is open, with one look for each word.
//!
//! Which tests stand open behind a word depends on those that stand open before it, and on what the tests ask of the
//! word. The rows of [`Ways`] are numbered here as states, and a move from state to state is worked out when a text first
//! calls for it, then kept: a deterministic automaton, made lazily, as in RE2 (Cox, "Regular Expression Matching in the
//! Wild", 2010). What is kept changes how fast an answer comes, never which.

use rustc_hash::FxHashMap;

use super::matcher::{Direction, Matcher, MAX_WORDS};
use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{RowId, Vocabulary, WordId, UNKNOWN};
use super::ways::{join, Ways};
use crate::text::{NameKind, Shape};

/// Number of a state.
type StateId = u32;
/// Nothing stands open.
const DEAD: StateId = 0;
/// The end has been reached.
const END: StateId = 1;

/// How many moves are kept, a power of two.
const MOVES: usize = 1 << 15;
/// With so many words of rows, everything kept is thrown away: a text that calls for more is no prose.
const MOST_ROWS: usize = 1 << 19;

/// What a move is made by, as a number: all that tests ask of it, and nothing else.
type Look = u64;
/// Set in the looks of phrases, names and quotations.
const SPAN: Look = 1 << 63;
/// A word whose look is not worth keeping.
const UNLIKE_ANY: Look = Look::MAX;

/// What the words of a sentence look like to tests.
#[derive(Debug, Default)]
pub(super) struct Looks {
    words: Vec<Look>,
}

impl Looks {
    /// Of a sentence whose names and quotations are known. `named` says which words tests name.
    pub(super) fn read(&mut self, sentence: &Sentence, vocabulary: &Vocabulary, named: &[bool]) {
        self.words.clear();
        self.words.extend(sentence.ids.iter().zip(&sentence.tokens).map(|((word, row), token)| {
            match *row < vocabulary.rows() {
                true if named[*word as usize] => look(*word, *row, token.shape),
                true if token.shape == Shape::Mark => look(UNKNOWN, *row, Shape::Mark),
                true => look(UNKNOWN, *row, Shape::Lower),
                false => UNLIKE_ANY,
            }
        }));
    }
}

fn look(word: WordId, row: RowId, shape: Shape) -> Look {
    Look::from(word) | Look::from(row) << 32 | (shape as Look) << 60
}

/// Several words that a test may take at once.
#[derive(Clone, Copy)]
enum Piece {
    Term(RowId),
    Name(NameKind),
    Quotation,
}

impl Piece {
    fn look(self) -> Look {
        SPAN | match self {
            Piece::Term(row) => Look::from(row),
            Piece::Name(kind) => 1 << 32 | kind as Look,
            Piece::Quotation => 2 << 32,
        }
    }

    fn passes(self, test: Test, matcher: &Matcher) -> bool {
        match (self, test) {
            (Piece::Term(row), Test::Set(set)) => matcher.vocabulary.holds(row, &matcher.sentence.extra, set),
            (Piece::Name(kind), Test::Name(wanted)) => wanted.accepts(kind),
            (Piece::Quotation, Test::Quotation) => true,
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Move {
    look: Look,
    from: StateId,
    to: StateId,
}

/// The states that texts have called for so far, and the moves between them.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    rows: Vec<u64>,
    /// By state: where its row ends.
    ends: Vec<u32>,
    /// States by their side and row.
    known: FxHashMap<Box<[u64]>, StateId>,
    /// By side: its first state, or `DEAD` while nothing has asked.
    firsts: Vec<StateId>,
    /// Each at a place that follows from its state and look; a later one takes the place of an earlier.
    moves: Vec<Move>,
    joined: FxHashMap<(StateId, StateId), StateId>,
    /// States to be joined at words further on.
    later: Vec<(usize, StateId)>,
    key: Vec<u64>,
    after: Vec<u64>,
}

/// One of the sides of all programs, by its number, as the automaton goes through it.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) side: u32,
    pub(super) ways: &'a Ways,
    pub(super) direction: Direction,
    pub(super) matcher: Matcher<'a>,
    pub(super) looks: &'a Looks,
}

impl Automaton {
    /// Whether a way through the side from a word on may be open.
    pub(super) fn may_match(&mut self, run: Run, from: usize) -> bool {
        let (mut state, mut at) = (self.first(run), from);
        if state == END {
            return true;
        }
        let sentence = run.matcher.sentence;
        self.later.clear();
        for _ in 0..MAX_WORDS {
            let (word, more) = match run.direction {
                Direction::Forwards if at < sentence.len() => (at, sentence.begins_at(at)),
                Direction::Backwards if at > 0 => (at - 1, sentence.ends_before(at)),
                _ => return false,
            };
            let mut next = DEAD;
            if state != DEAD {
                next = self.go(run, state, word);
                if next == END || (more && self.leap(run, state, at)) {
                    return true;
                }
            }
            at = run.direction.from(at, 1);
            while let Some(i) = self.later.iter().position(|(place, _)| *place == at) {
                let (_, other) = self.later.swap_remove(i);
                next = self.join(run, next, other);
            }
            state = next;
            if state == DEAD && self.later.is_empty() {
                return false;
            }
        }
        false
    }

    fn first(&mut self, run: Run) -> StateId {
        if self.rows.len() > MOST_ROWS || self.moves.is_empty() {
            *self = Automaton { moves: vec![Move::default(); MOVES], ends: vec![0, 0], ..Automaton::default() };
        }
        let side = run.side as usize;
        if self.firsts.len() <= side {
            self.firsts.resize(side + 1, DEAD);
        }
        if self.firsts[side] == DEAD {
            self.firsts[side] = self.state(run, run.ways.first());
        }
        self.firsts[side]
    }

    /// The state behind a word.
    fn go(&mut self, run: Run, from: StateId, word: usize) -> StateId {
        let passes = |test| run.matcher.is_passed(test, word);
        match run.looks.words[word] {
            UNLIKE_ANY => self.advance(run, from, passes),
            look => self.kept(run, from, look, passes),
        }
    }

    /// Takes note of the states behind phrases, names and quotations that begin at a place; whether the end is among them.
    fn leap(&mut self, run: Run, from: StateId, at: usize) -> bool {
        run.matcher.sentence.pieces(at, run.direction, |piece, to| {
            let state = self.kept(run, from, piece.look(), |test| piece.passes(test, &run.matcher));
            if state != DEAD {
                self.later.push((to, state));
            }
            state == END
        })
    }

    fn kept(&mut self, run: Run, from: StateId, look: Look, passes: impl Fn(Test) -> bool) -> StateId {
        let hash = (look ^ Look::from(from) << 20).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = (hash >> 40) as usize & (MOVES - 1);
        let kept = self.moves[place];
        if (kept.from, kept.look) == (from, look) {
            return kept.to;
        }
        let to = self.advance(run, from, passes);
        self.moves[place] = Move { look, from, to };
        to
    }

    fn advance(&mut self, run: Run, from: StateId, passes: impl Fn(Test) -> bool) -> StateId {
        let mut after = std::mem::take(&mut self.after);
        run.ways.advance(self.row(from), passes, &mut after);
        let to = self.state(run, &after);
        self.after = after;
        to
    }

    /// Both states of a side in one.
    fn join(&mut self, run: Run, one: StateId, other: StateId) -> StateId {
        if one == DEAD || one == other {
            return other;
        }
        if let Some(joined) = self.joined.get(&(one, other)) {
            return *joined;
        }
        let mut both = self.row(one).to_vec();
        join(&mut both, self.row(other));
        let joined = self.state(run, &both);
        self.joined.insert((one, other), joined);
        joined
    }

    fn row(&self, state: StateId) -> &[u64] {
        &self.rows[self.ends[state as usize - 1] as usize..self.ends[state as usize] as usize]
    }

    /// The number of the state of a side, given to it if it is new.
    fn state(&mut self, run: Run, row: &[u64]) -> StateId {
        if run.ways.ends(row) {
            return END;
        }
        if row.iter().all(|bits| *bits == 0) {
            return DEAD;
        }
        self.key.clear();
        self.key.push(run.side.into());
        self.key.extend(row);
        if let Some(state) = self.known.get(self.key.as_slice()) {
            return *state;
        }
        let state = self.ends.len() as StateId;
        self.rows.extend(row);
        self.ends.push(self.rows.len() as u32);
        self.known.insert(self.key.as_slice().into(), state);
        state
    }
}

impl Sentence {
    /// Calls `found` with what begins at a place, or ends there, and where its other end is, until that says it is enough.
    fn pieces(&self, at: usize, direction: Direction, mut found: impl FnMut(Piece, usize) -> bool) -> bool {
        match direction {
            Direction::Forwards => {
                self.terms_at(at).any(|term| found(Piece::Term(term.row), term.start + term.len))
                    || self.name_at(at).is_some_and(|name| found(Piece::Name(name.kind), name.end))
                    || self.quotation_at(at).is_some_and(|end| found(Piece::Quotation, end))
            }
            Direction::Backwards => {
                let name = at.checked_sub(1).and_then(|before| self.name_around(before)).filter(|name| name.end == at);
                self.terms_before(at).any(|term| found(Piece::Term(term.row), term.start))
                    || name.is_some_and(|name| found(Piece::Name(name.kind), name.start))
                    || self.quotations_before(at).any(|start| found(Piece::Quotation, start))
            }
        }
    }
}
