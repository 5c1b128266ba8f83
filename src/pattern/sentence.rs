//! One sentence as patterns see it: numbers instead of words, and what is known to begin at each of them.

use std::ops::Range;

use super::phrases::{Key, Phrases};
use super::resolve::NameTest;
use super::traits::{ANCHOR, BEGINS, CLUES, ENDS, EXCEPTION, GATES, PHRASE};
use super::vocabulary::{RowId, SetId, Vocabulary, Word, NO_ROW, UNKNOWN};
use super::word_ids::Known;
use crate::text::names;
use crate::text::{cut, Name, NameKind, Shape, Short, Sieve, Span, Token, Tokens, WordRules};

/// A class member of several words, where it was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) start: usize,
    pub(crate) len: usize,
    pub(crate) row: RowId,
}

/// Where the members of a set stand in a sentence, as far as it takes to say whether there are any outside of some tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The first and the last token that is one.
    words: Option<(usize, usize)>,
    /// The first end and the last start of a term that is one.
    terms: Option<(usize, usize)>,
}

impl Extent {
    /// Whether a member stands outside of some tokens.
    pub(super) fn is_outside(self, but: &Range<usize>) -> bool {
        self.words.is_some_and(|(first, last)| first < but.start || last >= but.end)
            || self.terms.is_some_and(|(end, start)| end <= but.start || start >= but.end)
    }
}

/// A token, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) known: Known,
    pub(crate) token: Token,
}

/// The buffers of a sentence, filled anew for each.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    /// Its tokens, each with what is known of it.
    pub(crate) seen: Vec<Seen>,
    /// Rows of words that more than one affix fits.
    pub(crate) extra: Vec<u64>,
    /// In order of their start.
    pub(crate) terms: Vec<Term>,
    /// The length of the longest of them.
    longest_term: usize,
    /// In order; they do not overlap.
    pub(crate) names: Vec<Name>,
    /// Where names may begin, and what the terms say of them.
    pub(crate) clues: names::Buffers,
    /// The tokens that may be anchors of constructions, in order, terms apart.
    anchors: Sieve<usize>,
    /// Tokens from an opening mark up to, not including, what follows the closing one; in order of their start.
    quotations: Vec<(usize, usize)>,
    /// The same in order of their end.
    quotations_by_end: Vec<(usize, usize)>,
    folded: String,
}

impl Sentence {
    /// Cuts `text[span]`, looks each token up and writes down what is known of it.
    pub(super) fn read(&mut self, text: &str, span: Span, rules: &WordRules, vocabulary: &Vocabulary) {
        self.seen.clear();
        self.extra.clear();
        self.terms.clear();
        self.names.clear();
        self.clues.clear();
        self.quotations.clear();
        self.quotations_by_end.clear();
        cut(text, span, rules, &mut LookUp { text, vocabulary, sentence: self });
    }

    /// Notes that the token to come has a capital.
    #[inline(always)]
    fn note_capital(&mut self) {
        self.clues.push_capital(self.seen.len());
    }

    /// Takes what is known of a word, `found` by its folded form, where that depends on how it is written or was not found.
    #[inline(never)]
    fn look_up(&mut self, vocabulary: &Vocabulary, word: Short, found: Option<&Known>, token: Token) {
        let known = vocabulary.look_up(word, found, token.shape, &mut self.extra);
        self.seen.push(Seen { known, token });
    }

    /// As `look_up`, for a token of `text`.
    #[inline(never)]
    fn look_up_in(&mut self, vocabulary: &Vocabulary, text: &str, token: Token) {
        let known = vocabulary.look_up_in(text, token, &mut self.folded, &mut self.extra);
        self.seen.push(Seen { known, token });
    }

    /// Notes the tokens that may be anchors, and in `keys` those that phrases may be filed under, of the sentence of this number.
    pub(super) fn note_words(&mut self, number: usize, phrases: &Phrases, keys: &mut Sieve<Key>) {
        let Sentence { seen, anchors, .. } = self;
        anchors.clear();
        let may_have_phrase = phrases.filter();
        let (mut anchors, mut keys) = (anchors.more(seen.len()), keys.more(2 * seen.len()));
        let mut last = UNKNOWN;
        for (at, Seen { known: Known { id, traits, .. }, .. }) in seen.iter().enumerate() {
            anchors.take(at, traits & ANCHOR != 0);
            let key = |first| Key { sentence: number as u32, at: at as u32, pair: (first, *id) };
            // Few words are phrases by themselves; where none is known before, that is the pair.
            if traits & PHRASE != 0 {
                keys.take(key(UNKNOWN), last != UNKNOWN);
            }
            keys.take(key(last), may_have_phrase((last, *id)));
            last = *id;
        }
    }

    /// The tokens that may be anchors of constructions, in order; terms apart.
    pub(super) fn anchors(&self) -> &[usize] {
        self.anchors.all()
    }

    /// As `anchors`, for constructions of exceptions.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|at| self.seen[*at].known.traits & EXCEPTION != 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether the tokens from `start` on are these words.
    pub(super) fn says(&self, words: &[Word], start: usize) -> bool {
        let same = |((word, written), seen): (&Word, &Seen)| seen.known.id == *word && written.allows(seen.token.shape);
        start + words.len() <= self.len() && words.iter().zip(&self.seen[start..]).all(same)
    }

    /// Bytes from the first to the last of the tokens `from..to`; `to` is greater than `from`.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.seen[from].token.start(), self.seen[to - 1].token.end())
    }

    /// The tokens that a span touches.
    pub(super) fn tokens_of(&self, span: Span) -> Range<usize> {
        let from = self.seen.partition_point(|seen| seen.token.end() <= span.start());
        let to = self.seen.partition_point(|seen| seen.token.start() < span.end());
        from..to
    }

    /// As `span`; where `from` and `to` are the same, the place before that token, or behind the last.
    pub(super) fn place(&self, from: usize, to: usize) -> Span {
        if from < to {
            return self.span(from, to);
        }
        let at = match self.seen.get(from) {
            Some(seen) => seen.token.start(),
            None => self.seen.last().map_or(0, |seen| seen.token.end()),
        };
        Span::new(at, at)
    }

    /// Notes what is known of the terms of the sentence, which are all there.
    pub(super) fn note_terms(&mut self, vocabulary: &Vocabulary) {
        let Sentence { seen, clues, longest_term, .. } = self;
        self.terms.sort_by_key(|term| (term.start, term.len));
        *longest_term = 0;
        for term in &self.terms {
            let traits = vocabulary.traits_of_row(term.row);
            clues.push_term(term.start, term.len, (traits & CLUES) as u16);
            seen[term.start].known.traits |= PHRASE | traits & GATES;
            mark(seen, term.start, term.start + term.len);
            *longest_term = term.len.max(*longest_term);
        }
    }

    /// What is known of the sentence last: which of its tokens open quotations, and where those end, behind the closing mark or
    /// with the sentence; one that goes on from the sentence before opens with the first token. `quotations` come in order of
    /// their start; of those that begin together, the outermost counts.
    pub(crate) fn set_quotations(&mut self, quotations: impl Iterator<Item = Span>) {
        let seen = &self.seen;
        let first_from = |byte| seen.partition_point(|seen| seen.token.start() < byte);
        let places = quotations.map(|quotation| (first_from(quotation.start()), first_from(quotation.end())));
        self.quotations.extend(places.filter(|(start, end)| start < end));
        // Most sentences have none.
        if !self.quotations.is_empty() {
            self.quotations.dedup_by_key(|(start, _)| *start);
            self.quotations_by_end.extend_from_slice(&self.quotations);
            self.quotations_by_end.sort_by_key(|(_, end)| *end);
        }
        let Sentence { seen, names, quotations, .. } = self;
        names.iter().for_each(|name| mark(seen, name.start, name.end));
        quotations.iter().for_each(|(start, end)| mark(seen, *start, *end));
    }

    /// The terms that end right before a token.
    pub(crate) fn terms_before(&self, at: usize) -> impl Iterator<Item = &Term> {
        let from = self.terms.partition_point(|term| term.start + self.longest_term < at);
        let near = self.terms[from..].iter().take_while(move |term| term.start < at);
        near.filter(move |term| term.start + term.len == at)
    }

    /// The starts of the quotations that end right before a token.
    pub(crate) fn quotations_before(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.quotations_by_end.partition_point(|(_, end)| *end < at);
        self.quotations_by_end[from..].iter().take_while(move |(_, end)| *end == at).map(|(start, _)| *start)
    }

    /// The terms that begin at a token.
    pub(crate) fn terms_at(&self, at: usize) -> impl Iterator<Item = &Term> {
        let from = self.terms.partition_point(|term| term.start < at);
        self.terms[from..].iter().take_while(move |term| term.start == at)
    }

    /// The name that begins at a token.
    pub(crate) fn name_at(&self, at: usize) -> Option<&Name> {
        self.names.binary_search_by_key(&at, |name| name.start).ok().map(|i| &self.names[i])
    }

    /// The name that a token is part of.
    pub(crate) fn name_around(&self, at: usize) -> Option<&Name> {
        let i = self.names.partition_point(|name| name.end <= at);
        self.names.get(i).filter(|name| name.start <= at)
    }

    /// Where the quotation that begins at a token ends.
    pub(crate) fn quotation_at(&self, at: usize) -> Option<usize> {
        let i = self.quotations.partition_point(|(start, _)| *start < at);
        self.quotations.get(i).filter(|(start, _)| *start == at).map(|(_, end)| *end)
    }

    /// Where the members of a set stand.
    pub(super) fn extent(&self, vocabulary: &Vocabulary, set: SetId) -> Extent {
        let mut words = (0..self.len()).filter(|at| vocabulary.holds(self.seen[*at].known.row, &self.extra, set));
        let terms = || self.terms.iter().filter(|term| vocabulary.holds(term.row, &self.extra, set));
        let first = words.next();
        Extent {
            words: first.map(|first| (first, words.next_back().unwrap_or(first))),
            terms: terms().map(|t| t.start + t.len).min().zip(terms().map(|t| t.start).max()),
        }
    }

    /// The first token, or else the first term, that stands outside of the tokens `but` and belongs to a set.
    pub(crate) fn first_outside(&self, vocabulary: &Vocabulary, set: SetId, but: Range<usize>) -> Option<Span> {
        let word = |at: usize| vocabulary.holds(self.seen[at].known.row, &self.extra, set);
        let term = |term: &Term| vocabulary.holds(term.row, &self.extra, set);
        let words = || (0..self.len()).find(|at| !but.contains(at) && self.seen[*at].known.row != NO_ROW && word(*at));
        let terms = || self.terms.iter().find(|t| (t.start + t.len <= but.start || t.start >= but.end) && term(t));
        let tokens = words().map(|at| (at, at + 1)).or_else(|| terms().map(|t| (t.start, t.start + t.len)));
        tokens.map(|(from, to)| self.span(from, to))
    }
}

/// Marks where a term, a name or a quotation begins, and where it ends.
fn mark(seen: &mut [Seen], start: usize, end: usize) {
    seen[start].known.traits |= BEGINS;
    seen[end - 1].known.traits |= ENDS;
}

/// Looks tokens up as they come.
struct LookUp<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    sentence: &'a mut Sentence,
}

impl Tokens for LookUp<'_> {
    #[inline(always)]
    fn take_known(&mut self, token: Token, word: Short) -> bool {
        let LookUp { vocabulary, sentence, .. } = self;
        let Some(found) = vocabulary.find(word) else { return false };
        let capital = token.shape.is_capital();
        if capital {
            sentence.note_capital();
        }
        if token.shape == Shape::Capitals && found.is_cased() {
            sentence.look_up(vocabulary, word, Some(found), token);
        } else {
            let found = if capital && found.is_cased() { vocabulary.with_capital(found.id) } else { found };
            sentence.seen.push(Seen { known: *found, token });
        }
        true
    }

    #[inline(always)]
    fn take_other(&mut self, token: Token, word: Option<Short>) {
        let LookUp { text, vocabulary, sentence } = self;
        if token.shape.is_capital() {
            sentence.note_capital();
        }
        match word {
            Some(word) => sentence.look_up(vocabulary, word, None, token),
            None => sentence.look_up_in(vocabulary, text, token),
        }
    }
}

impl names::Word for Seen {
    fn token(&self) -> Token {
        self.token
    }

    fn clues(&self) -> u16 {
        // The bit behind those of classes tells of phrases, and so of terms.
        (self.known.traits & (CLUES | PHRASE)) as u16
    }

    fn number(&self) -> Option<u32> {
        Some(self.known.id).filter(|id| *id != UNKNOWN)
    }
}

impl NameTest {
    pub(crate) fn accepts(self, kind: NameKind) -> bool {
        match self {
            NameTest::Any => true,
            NameTest::Person => kind == NameKind::Person,
            NameTest::Place => kind == NameKind::Place,
            NameTest::Body => kind == NameKind::Body,
        }
    }
}
