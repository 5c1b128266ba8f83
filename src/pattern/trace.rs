//! Patterns compiled once more for explanation: each element of a pattern, as written, is a part of the match, so that the
//! ordinary programs and the ordinary matcher say which words met which element.

use rustc_hash::FxHashSet;

use super::compile::{compile_with, EntryId, Found, Patterns};
use super::inflect::Inflection;
use super::matcher::{Lookaheads, Match, Matcher, Scratch};
use super::near::{self, Attempt};
use super::program::{Anchored, Program, Step};
use super::resolve::{Ir, Resolver, Test};
use super::sentence::Sentence;
use super::syntax::{Kind, Node, Pattern};
use super::vocabulary::{VocabularyBuilder, WordId};
use super::wanted::Wording;
use crate::lexicon::{Lexicon, Text};
use crate::text::{Span, WordRules};

/// The most elements that are told apart in one pattern: parts have numbers up to 255.
const MAX_ELEMENTS: usize = 200;
/// The most words of a phrase to which near misses are looked for.
const MAX_PHRASE: usize = 64;
/// How telling a word has to be for a near miss to rest on it, in bits: one that stands more than once in 256 words is
/// not.
const TELLING: f64 = 8.0;
/// How telling the class of it has to be.
const TELLING_CLASS: f64 = 4.0;

/// The patterns of an annotator, and each of them element by element.
#[derive(Debug)]
pub(crate) struct Trace {
    /// The same patterns as the annotator's; the numbers of words and sets are this trace's own.
    pub(crate) patterns: Patterns,
    /// By entry, in the order of its patterns.
    entries: Vec<Vec<Traced>>,
    wording: Wording,
    /// Words too common to tell anything.
    common: FxHashSet<WordId>,
}

/// A pattern, element by element.
#[derive(Debug, Default)]
pub(crate) struct Traced {
    pub(crate) elements: Vec<Element>,
    /// Those that find what the pattern finds. None for a pattern of characters, or one at fault.
    programs: Vec<Anchored>,
    pub(super) forwards: Option<Forwards>,
}

/// A pattern's program from its first element on, to be tried where the pattern does not match.
#[derive(Debug)]
pub(super) struct Forwards {
    pub(super) program: Program,
    /// For each step, the element that it belongs to.
    pub(super) element_of: Vec<Option<usize>>,
    /// For each element, its part in the program.
    pub(super) part_of: Vec<Option<usize>>,
    /// For each step, whether it is a test of telling words; none is within what must not be there.
    pub(super) telling: Vec<bool>,
    /// For each step, whether there is a way around it: that it fails explains nothing.
    pub(super) optional: Vec<bool>,
}

/// A piece of a pattern that is met as one: a word, a class, a repetition, the alternatives of one place.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Where it stands in the pattern, in bytes.
    pub(crate) at: Span,
    /// For each choice around it, counted through the pattern, which option it stands in.
    branch: Vec<(usize, usize)>,
    /// Whether a match may do without it.
    pub(super) optional: bool,
    /// Where it is a lemma in any of its forms: which.
    pub(super) lemma: Option<String>,
    /// How telling its words are, in bits: the rarer, the more. 0 for what names no words, such as a gap or a name.
    pub(super) weight: f64,
}

/// For each element of a pattern, the words that met it, in bytes of the text: none where it holds without any. `None`
/// where it was not met, or not reached.
pub(crate) type Met = Vec<Option<Span>>;

/// A pattern that nearly matched.
#[derive(Debug)]
pub(crate) struct Near {
    pub(crate) entry: usize,
    pub(crate) pattern: usize,
    /// The elements in the way that was tried, each with the words that met it.
    pub(crate) elements: Vec<(usize, Option<Span>)>,
    /// The one of `elements` that failed.
    pub(crate) failed: usize,
    /// Where it failed; `None` behind the last word.
    pub(crate) found: Option<Span>,
    pub(crate) wanted: String,
    /// The share of the pattern that was met, by weight.
    share: f64,
    weight: f64,
}

impl Trace {
    /// Compiles the patterns of `entries`, as [`super::compile`] does. Patterns at fault are passed over.
    pub(crate) fn compile(
        lexicons: &[Lexicon],
        entries: &[EntryId],
        names: Option<&str>,
        inflection: &Inflection,
        rules: &WordRules,
    ) -> Trace {
        let mut traced = Vec::new();
        let (mut wording, mut common) = (Wording::default(), FxHashSet::default());
        let (patterns, _) = compile_with(lexicons, lexicons.len(), entries, names, inflection, rules, |resolver| {
            traced.extend(entries.iter().map(|(lexicon, entry)| {
                let patterns = &lexicons[*lexicon].entries()[*entry].patterns;
                patterns.iter().map(|text| Traced::compile(resolver, *lexicon, text)).collect::<Vec<_>>()
            }));
            wording = Wording::of(resolver);
            common = resolver.vocabulary.more_common_than(in_a_million(TELLING));
        });
        Trace { patterns, entries: traced, wording, common }
    }

    /// Which of an entry's patterns made a match, and how. `None` where no program can say, as for patterns of characters.
    pub(crate) fn explain(&self, hit: &Found, sentence: &Sentence, scratch: &mut Scratch) -> Option<(usize, Met)> {
        let patterns = self.entries[hit.entry].iter().enumerate();
        patterns
            .filter_map(|(number, traced)| Some((number, traced.met(&self.patterns, hit, sentence, scratch)?)))
            .next()
    }

    /// A pattern of an entry, by its number.
    pub(crate) fn pattern(&self, entry: usize, pattern: usize) -> &Traced {
        &self.entries[entry][pattern]
    }

    /// The patterns that come nearest to the first words of `span`, at most `most` of different entries, the nearest first.
    pub(crate) fn nearest(
        &self,
        sentence: &Sentence,
        span: Span,
        most: usize,
        tried: impl Fn(usize) -> bool,
        scratch: &mut Scratch,
    ) -> Vec<Near> {
        let mut nearest: Vec<Near> = Vec::new();
        let words: Vec<usize> = sentence
            .tokens_of(span)
            .take(MAX_PHRASE)
            .filter(|at| !self.common.contains(&sentence.seen[*at].known.id))
            .collect();
        let mut memory = near::Memory::default();
        for (entry, patterns) in self.entries.iter().enumerate().filter(|(entry, _)| tried(*entry)) {
            let attempts = patterns.iter().enumerate().filter_map(|(number, traced)| {
                let forwards = traced.forwards.as_ref()?;
                let matcher = Matcher {
                    vocabulary: &self.patterns.vocabulary,
                    sentence,
                    program: &forwards.program,
                    lookaheads: Lookaheads::default(),
                };
                let attempt = near::best(traced, forwards, matcher, &words, &mut memory, scratch)?;
                Some(self.near(entry, number, traced, forwards, attempt, sentence))
            });
            nearest.extend(attempts.reduce(|best, other| if other.rank() > best.rank() { other } else { best }));
        }
        nearest.sort_by(|a, b| b.rank().partial_cmp(&a.rank()).unwrap_or(std::cmp::Ordering::Equal));
        nearest.truncate(most);
        nearest
    }

    fn near(
        &self,
        entry: usize,
        pattern: usize,
        traced: &Traced,
        forwards: &Forwards,
        attempt: Attempt,
        sentence: &Sentence,
    ) -> Near {
        let Attempt { met, step, element, places, share, weight, .. } = attempt;
        let spans: Met = met.iter().map(|place| place.map(|(from, to)| sentence.place(from, to))).collect();
        let elements = traced.taken(&spans, Some(element));
        let wanted = match (&forwards.program.steps[step], &traced.elements[element].lemma) {
            (Step::Test(Test::OneOf(_)), Some(lemma)) => format!("any form of \"{lemma}\""),
            (step, _) => self.wording.wanted(step, &self.patterns.vocabulary),
        };
        Near {
            entry,
            pattern,
            failed: elements.iter().position(|(number, _)| *number == element).unwrap_or(0),
            elements,
            found: places.map(|(from, to)| sentence.span(from, to)),
            wanted,
            share,
            weight,
        }
    }
}

impl Near {
    fn rank(&self) -> (f64, f64) {
        (self.share, self.weight)
    }
}

impl Traced {
    fn compile(resolver: &mut Resolver, lexicon: usize, text: &Text) -> Traced {
        let Ok(pattern) = text.get_ref().parse::<Pattern>() else { return Traced::default() };
        if matches!(pattern.root.kind, Kind::Characters(_)) {
            return Traced { elements: vec![Element::new(&pattern.root, &[])], ..Traced::default() };
        }
        let mut marker = Marker::default();
        let mut root = marker.mark(pattern.root.clone(), &[]);
        if marker.elements.len() > MAX_ELEMENTS {
            marker = Marker::default();
            root = marker.element(pattern.root, &[]);
        }
        let mut elements = marker.elements;
        let Ok(ir) = resolver.parsed(lexicon, &root) else { return Traced::default() };
        weigh(&ir, &resolver.vocabulary, &mut elements);
        let Ok((programs, program)) = Program::traced(&ir, &resolver.vocabulary) else { return Traced::default() };
        let forwards = Some(Forwards::of(program, &elements, &resolver.vocabulary));
        Traced { elements, programs, forwards }
    }

    /// Which words met which element in a match, if this pattern made it.
    fn met(&self, patterns: &Patterns, hit: &Found, sentence: &Sentence, scratch: &mut Scratch) -> Option<Met> {
        let mut met = None;
        for Anchored { program, anchor, .. } in &self.programs {
            let matcher =
                Matcher { vocabulary: &patterns.vocabulary, sentence, program, lookaheads: Lookaheads::default() };
            let mut from_anchor = |from, to| {
                matcher.around(from, to, None, scratch, &mut |Match { start, end }, scratch| {
                    let part = |part| scratch.part(part).map(|(from, to)| sentence.span(from, to));
                    let span =
                        if program.reports_part { part(0) } else { Some(sentence.span(start, end.max(start + 1))) };
                    let roles = program.roles.iter().enumerate().skip(1);
                    let own = roles.clone().filter(|(_, role)| element_number(role).is_none());
                    let parts = own.filter_map(|(i, role)| Some((role.as_str(), part(i)?)));
                    if met.is_none() && span == Some(hit.span) && parts.eq(hit.parts.iter().copied()) {
                        let mut spans = vec![None; self.elements.len()];
                        for (i, role) in roles {
                            if let Some(element) = element_number(role) {
                                spans[element] = scratch.place(i).map(|(from, to)| sentence.place(from, to));
                            }
                        }
                        met = Some(spans);
                    }
                });
            };
            for at in 0..sentence.len() {
                match anchor {
                    Some(anchor) => matcher.ends(*anchor, at, &mut |end| from_anchor(at, end)),
                    None => from_anchor(at, at),
                }
            }
        }
        met
    }

    /// The elements in the way that a match took: those of options not taken are left out.
    pub(crate) fn taken(&self, met: &Met, failed: Option<usize>) -> Vec<(usize, Option<Span>)> {
        let taken = self.branches(|element| met[element].is_some() || failed == Some(element));
        let all = self.elements.iter().zip(met).enumerate();
        all.filter(|(_, (element, _))| element.lies_in(&taken)).map(|(number, (_, span))| (number, *span)).collect()
    }

    /// The options that hold the elements `in_way`.
    pub(super) fn branches(&self, in_way: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let elements = self.elements.iter().enumerate().filter(|(number, _)| in_way(*number));
        elements.flat_map(|(_, element)| element.branch.iter().copied()).collect()
    }
}

impl Element {
    fn new(node: &Node, branch: &[(usize, usize)]) -> Element {
        let optional = matches!(node.kind, Kind::Repeat(_, 0, _));
        let at = Span::new(node.at.start, node.at.end);
        Element { at, branch: branch.to_vec(), optional, lemma: lemma(node), weight: 0.0 }
    }

    /// Whether it stands in the options taken; where it is not known which, in the first.
    pub(super) fn lies_in(&self, taken: &[(usize, usize)]) -> bool {
        self.branch.iter().all(|(choice, option)| match taken.iter().find(|(other, _)| other == choice) {
            Some((_, taken)) => taken == option,
            None => *option == 0,
        })
    }
}

/// The lemma that an element is, whatever brackets and repetitions are around it, if any form of it will do.
fn lemma(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Lemma(lemma, form) if *form == form.group() => Some(lemma.clone()),
        Kind::Part(_, inner) | Kind::Repeat(inner, ..) => lemma(inner),
        _ => None,
    }
}

/// Makes every element of a pattern a part, whose role is its number.
#[derive(Default)]
struct Marker {
    elements: Vec<Element>,
    choices: usize,
}

impl Marker {
    fn mark(&mut self, node: Node, branch: &[(usize, usize)]) -> Node {
        if !is_composed(&node) {
            return self.element(node, branch);
        }
        let Node { kind, at } = node;
        let kind = match kind {
            Kind::Sequence(nodes) => Kind::Sequence(nodes.into_iter().map(|node| self.mark(node, branch)).collect()),
            Kind::Either(options) => {
                let choice = self.choices;
                self.choices += 1;
                let options = options.into_iter().enumerate().map(|(option, node)| {
                    let branch = [branch, &[(choice, option)]].concat();
                    self.mark(node, &branch)
                });
                Kind::Either(options.collect())
            }
            Kind::Part(role, inner) => Kind::Part(role, Box::new(self.mark(*inner, branch))),
            other => other,
        };
        Node { kind, at }
    }

    fn element(&mut self, node: Node, branch: &[(usize, usize)]) -> Node {
        self.elements.push(Element::new(&node, branch));
        let number = (self.elements.len() - 1).to_string();
        Node { at: node.at.clone(), kind: Kind::Part(Some(number), Box::new(node)) }
    }
}

/// The number in the role of a part that stands for an element. Roles of patterns have no digits.
fn element_number(role: &str) -> Option<usize> {
    role.parse().ok()
}

/// Whether a node holds a sequence whose elements are told apart. What repeats is one element.
fn is_composed(node: &Node) -> bool {
    match &node.kind {
        Kind::Sequence(_) => true,
        Kind::Either(options) => options.iter().any(is_composed),
        Kind::Part(_, inner) => is_composed(inner),
        _ => false,
    }
}

/// Gives each element its weight.
fn weigh(ir: &Ir, vocabulary: &VocabularyBuilder, elements: &mut [Element]) {
    match ir {
        Ir::Sequence(parts) | Ir::Either(parts) => parts.iter().for_each(|part| weigh(part, vocabulary, elements)),
        Ir::Part(role, inner) => match role.as_deref().and_then(element_number) {
            Some(number) => elements[number].weight = weight(inner, vocabulary),
            None => weigh(inner, vocabulary, elements),
        },
        _ => {}
    }
}

/// How telling the words are that every match of a pattern has, in bits.
fn weight(ir: &Ir, vocabulary: &VocabularyBuilder) -> f64 {
    match ir {
        Ir::Test(test) => bits(*test, vocabulary),
        Ir::Sequence(parts) => parts.iter().map(|part| weight(part, vocabulary)).sum(),
        Ir::Either(options) => options.iter().map(|option| weight(option, vocabulary)).reduce(f64::min).unwrap_or(0.0),
        Ir::Repeat(inner, min, _) => f64::from(*min) * weight(inner, vocabulary),
        Ir::Part(_, inner) => weight(inner, vocabulary),
        Ir::NotHere(_) | Ir::NotBefore(_) | Ir::SentenceStart | Ir::Characters(_) => 0.0,
    }
}

fn bits(test: Test, vocabulary: &VocabularyBuilder) -> f64 {
    let frequency = match test {
        Test::Word(word) => vocabulary.frequency(&word),
        Test::OneOf(list) => vocabulary.list_words(list).iter().map(|word| vocabulary.frequency(word)).sum(),
        Test::Set(set) => vocabulary.set_frequency(set),
        Test::AnyWord | Test::Name(_) | Test::Quotation => return 0.0,
    };
    (1e6 / frequency.max(1) as f64).log2().max(0.0)
}

/// How often a word of so many bits stands in a million.
fn in_a_million(bits: f64) -> usize {
    (1e6 / bits.exp2()) as usize
}

impl Forwards {
    fn of(program: Program, elements: &[Element], vocabulary: &VocabularyBuilder) -> Forwards {
        let number = |part: u8| program.roles.get(usize::from(part)).and_then(|role| element_number(role));
        let mut element_of = Vec::new();
        let mut current = None;
        let mut telling = Vec::new();
        let (mut optional_until, mut negated_until) = (0, 0);
        let mut optional = Vec::new();
        for (at, step) in program.steps.iter().enumerate() {
            match step {
                Step::Open(part) => current = number(*part).or(current),
                Step::NotHere(after) => negated_until = negated_until.max(*after as usize),
                // A repetition may end here. In a choice, the option before the second ends with a jump.
                Step::Split(_, end) if !matches!(program.steps[*end as usize - 1], Step::Jump(_)) => {
                    optional_until = optional_until.max(*end as usize);
                }
                _ => {}
            }
            optional.push(at < optional_until);
            let is_telling = |test| bits(test, vocabulary) >= TELLING_CLASS;
            telling.push(matches!(step, Step::Test(test) if at >= negated_until && is_telling(*test)));
            element_of.push(current);
            if matches!(step, Step::Close(part) if number(*part).is_some()) {
                current = None;
            }
        }
        let part = |number: usize| program.roles.iter().position(|role| element_number(role) == Some(number));
        let part_of = (0..elements.len()).map(part).collect();
        Forwards { program, element_of, part_of, telling, optional }
    }
}
