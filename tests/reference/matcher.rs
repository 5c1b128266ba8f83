//! What patterns find, worked out as plainly as can be: at every word of a sentence, every way through every pattern is
//! followed, element by element, and words are held against words.
//!
//! It begins where the engine begins, with patterns whose names are resolved, and shares nothing with it from there on:
//! no programs, no anchors, no index of phrases, no rows of bits. What it takes from the reader are the tokens and the
//! rules by which names are told.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::inflect::Inflection;
use super::resolve::{Ir, Resolver, Test};
use super::vocabulary::{Set, SetId, VocabularyBuilder, Word, WordId, Written, UNKNOWN};
use super::EntryId;
use crate::lexicon::{Lexicon, Text};
use crate::text::names::{self, Clues, Memory};
use crate::text::{cut, fold, Name, Shape, Span, Token, WordRules, CLUE_CLASSES};

/// From so many words on, a match may be too long for the engine; see `docs/patterns.md` for its limits.
const TOO_LONG: usize = 128;

/// The entries of an annotator.
pub(crate) struct Reference {
    rules: WordRules,
    vocabulary: VocabularyBuilder,
    /// The number of every word in its folded form.
    words: HashMap<String, WordId>,
    entries: Vec<Entry>,
    /// What tells names, in the order of [`CLUE_CLASSES`].
    clues: Vec<SetId>,
    /// Members of several words, by the first of them.
    phrases: HashMap<WordId, Vec<(SetId, Vec<Word>)>>,
    /// The sets that a word belongs to, worked out when it first comes.
    sets: RefCell<HashMap<Spelling, Rc<[SetId]>>>,
}

/// The folded form of a word, and its shape.
type Spelling = (String, u8);

struct Entry {
    patterns: Vec<Pattern>,
    requires: Option<SetId>,
    excludes: Option<SetId>,
}

struct Pattern {
    ir: Ir,
    /// The parts that it names, in the order in which it first does; none within `!`.
    roles: Vec<Option<String>>,
}

/// What an entry finds.
#[derive(Debug)]
pub(crate) struct Match<'r> {
    pub(crate) span: Span,
    pub(crate) parts: Vec<(&'r str, Span)>,
    /// Whether the engine must report it: of all ways from one word, the first of those that take the most words.
    pub(crate) due: bool,
}

/// A sentence, word by word.
pub(crate) struct Sentence<'t> {
    text: &'t str,
    span: Span,
    words: Vec<Spelled>,
    names: Vec<Name>,
    quotations: Vec<Range<usize>>,
    /// The words and sets that are met with in it.
    ids: HashSet<WordId>,
    held: HashSet<SetId>,
}

struct Spelled {
    token: Token,
    id: WordId,
    /// The sets that it belongs to.
    sets: Rc<[SetId]>,
    /// Members of several words that begin with it: the set of each, and where it ends.
    phrases: Vec<(SetId, usize)>,
}

/// How far a way through a pattern has come, and the parts on it.
#[derive(Clone, PartialEq)]
struct Way<'r> {
    at: usize,
    parts: Vec<(Option<&'r str>, Range<usize>)>,
}

/// What the gazetteer says of a word.
struct Said(Token, u16);

impl names::Word for Said {
    fn token(&self) -> Token {
        self.0
    }

    fn clues(&self) -> u16 {
        // Terms may begin anywhere.
        self.1 | 1 << CLUE_CLASSES.len()
    }

    fn number(&self) -> Option<u32> {
        None
    }
}

impl Reference {
    pub(crate) fn new(
        lexicons: &[Lexicon],
        entries: &[EntryId],
        names: Option<&str>,
        inflection: &Inflection,
        rules: &WordRules,
    ) -> Reference {
        let mut resolver = Resolver::new(lexicons, inflection, rules);
        (0..lexicons.len()).for_each(|lexicon| resolver.all_of(lexicon));
        let entries = entries
            .iter()
            .map(|(lexicon, entry)| {
                let entry = &lexicons[*lexicon].entries()[*entry];
                let pattern = |text| resolver.pattern(*lexicon, Some(entry.id()), text);
                let patterns = entry.patterns.iter().filter_map(pattern).map(Pattern::new).collect();
                let mut condition = |list: &[Text]| {
                    let set = resolver.members(*lexicon, Some(entry.id()), list, None);
                    (!list.is_empty()).then(|| resolver.vocabulary.set(set))
                };
                Entry { patterns, requires: condition(&entry.requires), excludes: condition(&entry.excludes) }
            })
            .collect();
        let clue = |class: &&str| {
            let set = names.and_then(|lexicon| resolver.class_in(lexicon, class)).unwrap_or_default();
            resolver.vocabulary.set(set)
        };
        let clues = CLUE_CLASSES.iter().map(clue).collect();
        assert!(resolver.faults.is_empty(), "{:?}", resolver.faults);
        let words = resolver.vocabulary.words().map(|(word, id)| (word.to_owned(), id)).collect();
        let vocabulary = resolver.vocabulary;
        let mut phrases: HashMap<WordId, Vec<(SetId, Vec<Word>)>> = HashMap::new();
        for (id, set) in vocabulary.sets() {
            for phrase in set.phrases.iter().filter(|phrase| !phrase.is_empty()) {
                phrases.entry(phrase[0].0).or_default().push((id, phrase.to_vec()));
            }
        }
        Reference { rules: rules.clone(), vocabulary, words, entries, clues, phrases, sets: RefCell::default() }
    }

    /// Reads the next sentence of a text; `quotations` are those of the whole text, in order of their starts.
    pub(crate) fn read<'t>(&self, text: &'t str, span: Span, quotations: &[Span], memory: &mut Memory) -> Sentence<'t> {
        let mut tokens = Vec::new();
        cut(text, span, &self.rules, &mut tokens);
        let mut words: Vec<Spelled> = tokens.iter().map(|token| self.spelled(text, *token)).collect();
        for at in 0..words.len() {
            words[at].phrases = self.phrases(&words, at);
        }

        // The first token that begins there or further on.
        let place = |byte: usize| tokens.iter().position(|token| token.start() >= byte).unwrap_or(tokens.len());
        let mut places: Vec<Range<usize>> = Vec::new();
        for quotation in quotations.iter().filter(|quotation| quotation.overlaps(span)) {
            let place = place(quotation.start())..place(quotation.end());
            // Of those that begin together the outermost counts, which comes first.
            if !place.is_empty() && places.iter().all(|other| other.start != place.start) {
                places.push(place);
            }
        }

        let clue = |set: SetId| {
            let clues = self.clues.iter().enumerate().filter(|(_, clue)| **clue == set);
            clues.fold(0, |bits, (bit, _)| bits | 1 << bit)
        };
        let bits = |word: &Spelled| word.sets.iter().fold(0, |bits, set| bits | clue(*set));
        let mut terms = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let mut by_end: HashMap<usize, u16> = HashMap::new();
            word.phrases.iter().for_each(|(set, end)| *by_end.entry(*end).or_default() |= clue(*set));
            terms.extend(by_end.into_iter().map(|(end, bits)| (at, end - at, bits)));
        }
        let mut names = Vec::new();
        let mut buffers = names::Buffers::default();
        let capitals = (0..tokens.len()).filter(|at| tokens[*at].shape.is_capital());
        capitals.for_each(|at| buffers.push_capital(at));
        terms.into_iter().for_each(|(at, len, bits)| buffers.push_term(at, len, bits));
        let said: Vec<Said> = words.iter().map(|word| Said(word.token, bits(word))).collect();
        names::find(&Clues::new(text, &said, &buffers), memory, &mut names);

        let ids = words.iter().map(|word| word.id).collect();
        let held = words.iter().flat_map(|word| word.sets.iter().chain(word.phrases.iter().map(|(set, _)| set)));
        let held = held.copied().collect();
        Sentence { text, span, words, names, quotations: places, ids, held }
    }

    fn spelled(&self, text: &str, token: Token) -> Spelled {
        let mut folded = String::new();
        fold(&text[token.span().range()], &mut folded);
        let id = self.words.get(&folded).copied().unwrap_or(UNKNOWN);
        let mut known = self.sets.borrow_mut();
        let sets = known.entry((folded, token.shape as u8)).or_insert_with_key(|(folded, _)| {
            let sets = self.vocabulary.sets().filter(|(_, set)| is_member(set, id, folded, token.shape));
            sets.map(|(id, _)| id).collect()
        });
        Spelled { token, id, sets: sets.clone(), phrases: Vec::new() }
    }

    /// The members of several words that begin at a word.
    fn phrases(&self, words: &[Spelled], at: usize) -> Vec<(SetId, usize)> {
        let rest = &words[at..];
        let stands = |phrase: &[Word]| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(wanted, word)| word.is(wanted))
        };
        let begun = self.phrases.get(&rest[0].id).into_iter().flatten();
        begun.filter(|(_, phrase)| stands(phrase)).map(|(set, phrase)| (*set, at + phrase.len())).collect()
    }

    /// All that an entry can find in a sentence, whatever else is found there.
    pub(crate) fn matches<'r>(&'r self, entry: usize, sentence: &Sentence) -> Vec<Match<'r>> {
        let entry = &self.entries[entry];
        let mut matches = Vec::new();
        for pattern in &entry.patterns {
            if let Ir::Characters(wanted) = &pattern.ir {
                matches.extend(sentence.characters(wanted));
                continue;
            }
            if self.wants_another(&pattern.ir, sentence) {
                continue;
            }
            for start in 0..sentence.words.len() {
                let ways = self.ways(&pattern.ir, sentence, Way { at: start, parts: Vec::new() });
                let furthest = ways.iter().map(|way| way.at).max().unwrap_or(start);
                let first = ways.iter().position(|way| way.at == furthest);
                for (number, way) in ways.iter().enumerate().filter(|(_, way)| way.at > start) {
                    let due = first == Some(number) && furthest - start < TOO_LONG;
                    matches.extend(sentence.reported(way, start, &pattern.roles, due));
                }
            }
        }
        matches.retain(|found| {
            let holds = |set| sentence.holds_outside(set, found.span);
            entry.requires.is_none_or(holds) && !entry.excludes.is_some_and(holds)
        });
        matches
    }

    /// Whether every way through a pattern asks for a word that the sentence does not have. This is for speed alone: most
    /// patterns would be followed from every word in vain.
    fn wants_another(&self, ir: &Ir, sentence: &Sentence) -> bool {
        match ir {
            Ir::Test(Test::Word((word, _))) => !sentence.ids.contains(word),
            Ir::Test(Test::OneOf(list)) => {
                self.vocabulary.list_words(*list).iter().all(|(word, _)| !sentence.ids.contains(word))
            }
            Ir::Test(Test::Set(set)) => !sentence.held.contains(set),
            Ir::Sequence(pieces) => pieces.iter().any(|piece| self.wants_another(piece, sentence)),
            Ir::Either(options) => options.iter().all(|option| self.wants_another(option, sentence)),
            Ir::Repeat(inner, least, _) => *least > 0 && self.wants_another(inner, sentence),
            Ir::Part(_, inner) => self.wants_another(inner, sentence),
            Ir::Test(_) | Ir::NotHere(_) | Ir::NotBefore(_) | Ir::SentenceStart | Ir::Characters(_) => false,
        }
    }

    /// Every way through a pattern, or a piece of one, that goes on from `way`; those that come first take as much as they
    /// can as early as they can.
    fn ways<'r>(&'r self, pattern: &'r Ir, sentence: &Sentence, way: Way<'r>) -> Vec<Way<'r>> {
        match pattern {
            Ir::Test(test) => {
                let ends = self.ends(*test, sentence, way.at);
                ends.into_iter().map(|at| Way { at, parts: way.parts.clone() }).collect()
            }
            Ir::Sequence(pieces) => {
                let Some((first, rest)) = pieces.split_first() else { return vec![way] };
                let mut ways = self.ways(first, sentence, way);
                for piece in rest {
                    if ways.is_empty() {
                        break;
                    }
                    ways = distinct(ways.into_iter().flat_map(|way| self.ways(piece, sentence, way)).collect());
                }
                ways
            }
            Ir::Either(options) => {
                distinct(options.iter().flat_map(|option| self.ways(option, sentence, way.clone())).collect())
            }
            Ir::Repeat(inner, least, most) => self.repeated(inner, *least, *most, sentence, way),
            Ir::NotHere(inner) => {
                let here = Way { at: way.at, parts: Vec::new() };
                match self.ways(inner, sentence, here).is_empty() {
                    true => vec![way],
                    false => Vec::new(),
                }
            }
            Ir::NotBefore(tests) => {
                let stands_before =
                    |test: &Test| (0..way.at).rev().any(|start| self.ends(*test, sentence, start).contains(&way.at));
                match tests.iter().any(stands_before) {
                    true => Vec::new(),
                    false => vec![way],
                }
            }
            Ir::Part(role, inner) => {
                let start = way.at;
                let mut ways = self.ways(inner, sentence, way);
                ways.iter_mut().for_each(|way| way.parts.push((role.as_deref(), start..way.at)));
                ways
            }
            Ir::SentenceStart if way.at == 0 => vec![way],
            Ir::SentenceStart | Ir::Characters(_) => Vec::new(),
        }
    }

    fn repeated<'r>(&'r self, inner: &'r Ir, least: u8, most: u8, sentence: &Sentence, way: Way<'r>) -> Vec<Way<'r>> {
        let mut ways = Vec::new();
        if most > 0 {
            for next in self.ways(inner, sentence, way.clone()) {
                // Once more of what takes no words leads nowhere else.
                if next != way || least > 0 {
                    ways.extend(self.repeated(inner, least.saturating_sub(1), most - 1, sentence, next));
                }
            }
        }
        if least == 0 {
            ways.push(way);
        }
        distinct(ways)
    }

    /// The places where what passes the test from a word on ends, the furthest first.
    fn ends(&self, test: Test, sentence: &Sentence, at: usize) -> Vec<usize> {
        let Some(here) = sentence.words.get(at) else { return Vec::new() };
        let word = |passes: bool| if passes { vec![at + 1] } else { Vec::new() };
        match test {
            Test::Word(wanted) => word(here.is(&wanted)),
            Test::OneOf(list) => word(self.vocabulary.list_words(list).iter().any(|wanted| here.is(wanted))),
            Test::AnyWord => word(here.token.shape.is_word()),
            Test::Set(set) => sentence.members(set, at),
            Test::Name(wanted) => {
                let names = sentence.names.iter().filter(|name| name.start == at && wanted.accepts(name.kind));
                names.map(|name| name.end).collect()
            }
            Test::Quotation => sentence.quotations.iter().filter(|q| q.start == at).map(|q| q.end).collect(),
        }
    }
}

impl Spelled {
    fn is(&self, (word, written): &Word) -> bool {
        self.id == *word && written.allows(self.token.shape)
    }
}

/// Whether a single word belongs to a set.
fn is_member(set: &Set, id: WordId, folded: &str, shape: Shape) -> bool {
    // Affixes do not reach a number in digits, not even `*%`, unless a lexicon names that very number.
    if id == UNKNOWN && shape == Shape::Number {
        return set.digits;
    }
    let mut written = [Written::Any, Written::Capital, Written::Capitals].into_iter();
    written.any(|written| written.allows(shape) && set.words.contains(&(id, written)))
        || set.affixes.iter().any(|affixes| affixes.grant(id, folded))
        || set.digits && shape == Shape::Number
}

impl Sentence<'_> {
    /// Where the members of a set that begin at a word end, the furthest first.
    fn members(&self, set: SetId, at: usize) -> Vec<usize> {
        let word = &self.words[at];
        let phrases = word.phrases.iter().filter(|(own, _)| *own == set).map(|(_, end)| *end);
        let mut ends: Vec<usize> = phrases.chain(word.sets.contains(&set).then_some(at + 1)).collect();
        ends.sort_by(|a, b| b.cmp(a));
        ends.dedup();
        ends
    }

    /// Whether a member of the set stands in the sentence and shares no word with a span.
    fn holds_outside(&self, set: SetId, span: Span) -> bool {
        let is_outside = |from: usize, to: usize| !self.bytes(&(from..to)).overlaps(span);
        (0..self.words.len()).any(|at| self.members(set, at).iter().any(|end| is_outside(at, *end)))
    }

    fn bytes(&self, words: &Range<usize>) -> Span {
        Span::new(self.words[words.start].token.start(), self.words[words.end - 1].token.end())
    }

    /// What is told of a way: nothing if the part that should be reported takes no words.
    fn reported<'r>(&self, way: &Way, start: usize, roles: &'r [Option<String>], due: bool) -> Option<Match<'r>> {
        let part = |role: &Option<String>| {
            let parts = way.parts.iter().filter(|(own, words)| *own == role.as_deref() && !words.is_empty());
            parts.map(|(_, words)| self.bytes(words)).next()
        };
        let span = match roles.contains(&None) {
            true => part(&None)?,
            false => self.bytes(&(start..way.at)),
        };
        let parts = roles.iter().filter_map(|role| Some((role.as_deref()?, part(role)?))).collect();
        Some(Match { span, parts, due })
    }

    fn characters<'r>(&self, wanted: &str) -> Vec<Match<'r>> {
        let text = self.text.as_bytes();
        let starts = self.span.range().filter(|start| {
            let here = text.get(*start..start + wanted.len()).filter(|_| start + wanted.len() <= self.span.end());
            here.is_some_and(|here| here.eq_ignore_ascii_case(wanted.as_bytes()))
        });
        let found = |start| Match { span: Span::new(start, start + wanted.len()), parts: Vec::new(), due: true };
        starts.map(found).collect()
    }
}

impl Pattern {
    fn new(ir: Ir) -> Pattern {
        let mut roles = Vec::new();
        roles_of(&ir, &mut roles);
        Pattern { ir, roles }
    }
}

fn roles_of(ir: &Ir, roles: &mut Vec<Option<String>>) {
    match ir {
        Ir::Sequence(pieces) | Ir::Either(pieces) => pieces.iter().for_each(|piece| roles_of(piece, roles)),
        Ir::Repeat(inner, ..) => roles_of(inner, roles),
        Ir::Part(role, inner) => {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
            roles_of(inner, roles);
        }
        Ir::Test(_) | Ir::NotHere(_) | Ir::NotBefore(_) | Ir::SentenceStart | Ir::Characters(_) => {}
    }
}

/// The same ways, each once.
fn distinct(ways: Vec<Way>) -> Vec<Way> {
    if ways.len() < 2 {
        return ways;
    }
    let mut kept: Vec<Way> = Vec::with_capacity(ways.len());
    for way in ways {
        if !kept.contains(&way) {
            kept.push(way);
        }
    }
    kept
}
