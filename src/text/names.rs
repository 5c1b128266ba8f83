//! Names: runs of capitalised words, told apart as persons, places and bodies by what a gazetteer says of their words,
//! by titles and suffixes, and by what the document itself said before.

mod memory;

use std::cell::OnceCell;

pub(crate) use self::memory::Memory;
use super::words::{Shape, Token};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    Person,
    Place,
    /// An organisation, agency, company, party or other group.
    Body,
    /// A name of something else, or of something unknown.
    Other,
}

impl NameKind {
    pub(crate) const ALL: [NameKind; 4] = [NameKind::Person, NameKind::Place, NameKind::Body, NameKind::Other];
}

/// A name in a sentence, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// First token, a title before the name included.
    pub(crate) start: usize,
    /// The token behind the last.
    pub(crate) end: usize,
    pub(crate) kind: NameKind,
}

/// Classes of the names lexicon, in the order of the bits of a token's clues.
pub(crate) const CLUE_CLASSES: [&str; 13] = [
    "title",
    "given-name",
    "surname",
    "place-name",
    "body-name",
    "body-word",
    "body-head",
    "honorific-after",
    "common",
    "demonym",
    "particle",
    "joint",
    "idle",
];
const TITLE: u16 = 1;
const GIVEN: u16 = 1 << 1;
const SURNAME: u16 = 1 << 2;
const PLACE: u16 = 1 << 3;
const BODY: u16 = 1 << 4;
/// "Bank", "Ministry", "plc": the run of capitals that ends with it is a body.
const BODY_WORD: u16 = 1 << 5;
/// "Ministry", "University": begins a body that goes on with "of".
const BODY_HEAD: u16 = 1 << 6;
const AFTER: u16 = 1 << 7;
/// An ordinary word, whose capital at the start of a sentence means nothing.
const COMMON: u16 = 1 << 8;
const DEMONYM: u16 = 1 << 9;
/// "von", "de", "bin": small letters inside a name.
const PARTICLE: u16 = 1 << 10;
/// "of", "and", "for": small words inside the name of a body.
const JOINT: u16 = 1 << 11;
/// "Monday", "October", "I": a capital that says nothing wherever it stands, and no part of the name beside it.
const IDLE: u16 = 1 << 12;
/// No class: a name of several words, of which the gazetteer says something, may begin here.
const TERM: u16 = 1 << CLUE_CLASSES.len();

/// The most words that a name has.
const MAX_NAME: usize = 12;
/// From this share of capitalised words on, a sentence is a headline, whose capitals say nothing.
const HEADLINE_SHARE: f64 = 0.75;

/// A token with what is known of it, as far as it takes to find names.
pub(crate) trait Word {
    fn token(&self) -> Token;

    /// What the gazetteer says of it: a bit for each of [`CLUE_CLASSES`], in their order, and one more where it may have
    /// something to say of several words that begin with this one.
    fn clues(&self) -> u16;

    /// A number of its own that is the same however the word is written, if it is a known one.
    fn number(&self) -> Option<u32>;
}

/// Where to look for the names of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    /// The tokens with capitals, in order.
    capitals: Vec<usize>,
    /// First token, number of tokens and clues of names of several words, in order of their start.
    terms: Vec<(usize, usize, u16)>,
}

/// A sentence with what the gazetteer says of it.
pub(crate) struct Clues<'a, W> {
    text: &'a str,
    words: &'a [W],
    buffers: &'a Buffers,
    /// Whether the sentence is a headline, once somebody has asked.
    headline: OnceCell<bool>,
}

impl Buffers {
    /// Begins with another sentence.
    pub(crate) fn clear(&mut self) {
        self.capitals.clear();
        self.terms.clear();
    }

    /// Takes a token with a capital; in order.
    #[inline]
    pub(crate) fn push_capital(&mut self, at: usize) {
        self.capitals.push(at);
    }

    /// Takes what is said of several tokens, the first of them and how many; in order of the first.
    pub(crate) fn push_term(&mut self, start: usize, len: usize, clues: u16) {
        if clues != 0 {
            self.terms.push((start, len, clues));
        }
    }
}

impl<'a, W: Word> Clues<'a, W> {
    pub(crate) fn new(text: &'a str, words: &'a [W], buffers: &'a Buffers) -> Clues<'a, W> {
        Clues { text, words, buffers, headline: OnceCell::new() }
    }

    fn token(&self, at: usize) -> Option<Token> {
        self.words.get(at).map(Word::token)
    }

    fn capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.shape.is_capital())
    }

    /// What the gazetteer says of a token.
    fn word(&self, at: usize) -> u16 {
        self.words.get(at).map_or(0, Word::clues)
    }

    fn has(&self, at: usize, clue: u16) -> bool {
        self.word(at) & clue != 0
    }

    /// The length of the title that begins at a token.
    fn title(&self, at: usize) -> Option<usize> {
        self.term(at, TITLE).map(|(len, _)| len).or(self.has(at, TITLE).then_some(1))
    }

    /// Whether a token is this mark.
    fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.token(at).is_some_and(|token| self.text.as_bytes()[token.span().range()] == [mark])
    }

    /// The longest term with one of the clues that begins at a token: its length and clues.
    fn term(&self, at: usize, clue: u16) -> Option<(usize, u16)> {
        // At nearly all tokens, none.
        if !self.has(at, TERM) {
            return None;
        }
        self.longest_term(at, clue)
    }

    #[inline(never)]
    fn longest_term(&self, at: usize, clue: u16) -> Option<(usize, u16)> {
        let terms = &self.buffers.terms;
        let from = terms.partition_point(|(start, ..)| *start < at);
        let here = terms[from..].iter().take_while(|(start, ..)| *start == at);
        here.filter(|(_, _, bits)| bits & clue != 0).map(|(_, len, bits)| (*len, *bits)).max_by_key(|(len, _)| *len)
    }

    fn is_headline(&self) -> bool {
        *self.headline.get_or_init(|| self.looks_like_headline())
    }

    /// A line without a full stop whose words, but for the first, nearly all have capitals.
    fn looks_like_headline(&self) -> bool {
        if self.words.len().checked_sub(1).is_some_and(|last| self.is_mark(last, b'.')) {
            return false;
        }
        let words = self.words.iter().map(Word::token).skip(1).filter(|t| t.shape.is_word() && t.len() > 3);
        let (mut all, mut capital) = (0, 0);
        for token in words {
            all += 1;
            capital += usize::from(token.shape.is_capital());
        }
        all >= 4 && capital as f64 >= HEADLINE_SHARE * all as f64
    }
}

/// Appends the names of a sentence to `names`, in order, and remembers them.
pub(crate) fn find(clues: &Clues<impl Word>, memory: &mut Memory, names: &mut Vec<Name>) {
    let mut capitals = clues.buffers.capitals.iter().copied();
    let mut end = 0;
    while let Some(start) = capitals.next() {
        if start >= end {
            end = run_end(clues, start, capitals.clone());
            segments(clues, start, end, memory, names);
        }
    }
}

/// Where the run of capitalised words that begins at `start` ends; `capitals` are those behind it.
fn run_end(clues: &Clues<impl Word>, start: usize, mut capitals: impl Iterator<Item = usize>) -> usize {
    let mut end = start + 1;
    let mut next = start;
    let mut body = clues.has(start, BODY_HEAD);
    while end - start < MAX_NAME {
        if let Some((len, _)) = clues.term(end - 1, PLACE | BODY | TITLE) {
            end = end.max(end - 1 + len);
        }
        while next < end {
            next = capitals.next().unwrap_or(usize::MAX);
        }
        // One word, or two, that may stand inside a name if it goes on behind them.
        let inside = |at: usize| clues.has(at, PARTICLE) || (body && clues.has(at, JOINT));
        match next - end {
            0 => body |= clues.has(end, BODY_HEAD),
            1 if is_dot_of_abbreviation(clues, end) || inside(end) => {}
            2 if inside(end) && inside(end + 1) => {}
            // "plc" ends a name in small letters.
            _ => return end + usize::from(clues.has(end, BODY_WORD)),
        }
        end = next + 1;
    }
    end
}

/// A full stop right behind a title or a single letter.
fn is_dot_of_abbreviation(clues: &Clues<impl Word>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let Some((word, dot)) = clues.token(before).zip(clues.token(at)) else { return false };
    clues.is_mark(at, b'.')
        && dot.start() == word.end()
        && (word.len() == 1 || clues.has(before, TITLE | AFTER | BODY_WORD))
}

/// Parts a run where a title begins, and names each part; idle words at either end are left out.
fn segments(clues: &Clues<impl Word>, mut start: usize, mut end: usize, memory: &mut Memory, names: &mut Vec<Name>) {
    let is_idle = |at: usize| clues.has(at, IDLE) && !clues.has(at, GIVEN | SURNAME | BODY);
    // Nearly all runs are one word.
    if end - start == 1 && !clues.has(start, TERM | TITLE) {
        if !is_idle(start) {
            segment(clues, start, end, None, memory, names);
        }
        return;
    }
    while start < end && (is_idle(start) || !clues.capital(start)) && clues.term(start, PLACE | BODY).is_none() {
        start += 1;
    }
    let from_back = |at: &usize| is_idle(*at) || (!clues.capital(*at) && clues.has(*at, JOINT | PARTICLE));
    if (start..end).next_back().is_some_and(is_idle) {
        end = (start..end).rev().find(|at| !from_back(at)).map_or(start, |at| at + 1);
    }
    let mut from = start;
    let mut at = start;
    while let Some(next) = (at..end).find(|at| clues.has(*at, TERM | TITLE)) {
        at = next;
        let covered = clues.term(at, PLACE | BODY).map_or(0, |(len, _)| len);
        match clues.title(at) {
            Some(len) if len >= covered => {
                if at > from {
                    segment(clues, from, at, None, memory, names);
                }
                let mut core = at + len;
                while core < end {
                    match clues.title(core) {
                        Some(len) => core += len,
                        None if is_dot_of_abbreviation(clues, core) => core += 1,
                        None => break,
                    }
                }
                let next = (core + 1..end).find(|at| clues.title(*at).is_some());
                let stop = next.unwrap_or(end).max(core.min(end));
                if core < stop {
                    segment(clues, core, stop, Some(at), memory, names);
                }
                from = stop;
                at = stop.max(at + 1);
            }
            _ => at += covered.max(1),
        }
    }
    if from < end {
        segment(clues, from, end, None, memory, names);
    }
}

/// Names one part of a run: `[from, to)` behind the title that begins at `title`.
fn segment(
    clues: &Clues<impl Word>,
    mut from: usize,
    to: usize,
    title: Option<usize>,
    memory: &mut Memory,
    names: &mut Vec<Name>,
) {
    // Ordinary words and adjectives of nation before the name proper: "Former", "British".
    let opens = from == 0 || !clues.words[from - 1].token().shape.is_word();
    let ends_as_body = to - from > 1 && clues.has(to - 1, BODY_WORD);
    while from < to && title.is_none() && clues.term(from, PLACE | BODY).is_none() {
        let word = clues.word(from);
        let common = word & COMMON != 0 && word & (PLACE | BODY) == 0 && (opens || clues.is_headline());
        let idle = (word & DEMONYM != 0 && !ends_as_body) || (common && memory.kind(clues, from, to).is_none());
        if !idle {
            break;
        }
        from += 1;
    }
    while from < to && !clues.capital(from) {
        from += 1;
    }
    if from >= to {
        return;
    }
    // A place before a name of its own, "Pakistan Foreign Minister", "Texas Gov.", was cut off by the title already.
    let (from, to) = (from, to);
    let by_gazetteer = |bits: u16| match bits {
        bits if bits & BODY != 0 => Some(NameKind::Body),
        bits if bits & PLACE != 0 => Some(NameKind::Place),
        _ => None,
    };
    let whole = clues.term(from, PLACE | BODY).filter(|(len, _)| from + len >= to);
    let whole = whole.and_then(|(_, bits)| by_gazetteer(bits));
    let known = if title.is_some() || whole.is_some() { None } else { memory.kind(clues, from, to) };
    let single = to - from == 1;
    let word = clues.word(from);
    let kind = if title.is_some() {
        Some(NameKind::Person)
    } else if let Some(kind) = whole.or(known) {
        Some(kind)
    } else if ends_as_body || (from..to - 1).any(|p| clues.has(p, BODY_HEAD | BODY_WORD) && clues.has(p + 1, JOINT)) {
        Some(NameKind::Body)
    } else if single {
        let sentence_start = from == 0 && !clues.capital(1);
        by_gazetteer(word).or(match () {
            () if word & (GIVEN | SURNAME) != 0 && word & COMMON == 0 => Some(NameKind::Person),
            () if word & (COMMON | TITLE) == 0 && is_abbreviation(clues, from) => Some(NameKind::Body),
            () if word & BODY_WORD != 0 && !opens => Some(NameKind::Body),
            () if sentence_start || opens || clues.is_headline() => None,
            () => Some(NameKind::Other),
        })
    } else if word & GIVEN != 0
        || clues.has(to - 1, AFTER)
        || (clues.has(to - 1, SURNAME) && word & (PLACE | BODY) == 0)
    {
        Some(NameKind::Person)
    } else {
        memory.kind(clues, to - 1, to).or(if clues.is_headline() { None } else { Some(NameKind::Other) })
    };
    let Some(mut kind) = kind else { return };
    if kind == NameKind::Other && is_age_behind(clues, to) {
        kind = NameKind::Person;
    }
    names.push(Name { start: title.unwrap_or(from), end: to, kind });
    // A single word that is known already needs no telling again.
    if known.is_none() || !single {
        remember(clues, from, to, kind, memory);
    }
}

/// A few capital letters, with or without full stops.
fn is_abbreviation(clues: &Clues<impl Word>, at: usize) -> bool {
    let token = clues.words[at].token();
    let letters = |text: &str| text.chars().all(|c| c.is_alphabetic() || c == '.');
    token.shape == Shape::Capitals && token.len() <= 6 && letters(&clues.text[token.span().range()])
}

/// ", 34," behind a name: an age.
fn is_age_behind(clues: &Clues<impl Word>, to: usize) -> bool {
    let is_age = |token: Token| token.shape == Shape::Number && token.len() <= 2;
    clues.is_mark(to, b',') && clues.token(to + 1).is_some_and(is_age) && clues.is_mark(to + 2, b',')
}

fn remember(clues: &Clues<impl Word>, from: usize, to: usize, kind: NameKind, memory: &mut Memory) {
    match kind {
        NameKind::Person => {
            // A place or a body is a surname only behind a given name.
            let last = clues.word(to - 1);
            let plain = last & (PLACE | BODY | BODY_WORD | DEMONYM) == 0;
            if plain || (last & PLACE != 0 && to - from == 2 && clues.has(from, GIVEN)) {
                memory.set_kind(clues, to - 1, to, kind);
            }
        }
        NameKind::Body if to - from > 1 => {
            memory.set_kind(clues, from, to, kind);
            // "Merrow Steel plc" is "Merrow Steel" and "Merrow" from here on.
            for end in from + 1..to {
                let plain =
                    |at: usize| !clues.has(at, COMMON | DEMONYM | PLACE | BODY_WORD | BODY_HEAD | GIVEN | TITLE);
                let short = clues.capital(from) && plain(from) && !clues.has(end, JOINT);
                // "Roe" stays a person after "Roe Holdings".
                if short && memory.kind(clues, from, end).is_none() {
                    memory.set_kind(clues, from, end, kind);
                }
            }
        }
        NameKind::Other | NameKind::Body | NameKind::Place => {}
    }
    // An abbreviation in brackets stands for the name before it.
    if to - from > 1 && clues.is_mark(to, b'(') && clues.capital(to + 1) && clues.is_mark(to + 2, b')') {
        let kind = if kind == NameKind::Other { NameKind::Body } else { kind };
        memory.set_kind(clues, to + 1, to + 2, kind);
    }
}
