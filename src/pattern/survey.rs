//! What patterns say, for those who judge lexicons and not texts: nothing here runs over sentences.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::inflect::Inflection;
use super::resolve::{builtin, Ir, Resolver, Test, MAX_SURFACES};
use super::syntax::{Kind, Node, Pattern};
use super::vocabulary::{Set, SetId, Word, WordId};
use crate::lexicon::{Lexicon, Text};
use crate::text::{cut, fold, Shape, Span, WordRules};

/// Looks at the patterns of lexicons. Whatever is at fault stands for nothing here; it has been reported elsewhere.
pub(crate) struct Survey<'a> {
    resolver: Resolver<'a>,
    rules: &'a WordRules,
    /// The words that stand in the phrases of a set.
    in_phrases: FxHashMap<SetId, Rc<FxHashSet<WordId>>>,
}

impl<'a> Survey<'a> {
    pub(crate) fn new(lexicons: &'a [Lexicon], inflection: &'a Inflection, rules: &'a WordRules) -> Survey<'a> {
        let resolver = Resolver::new(lexicons, inflection, rules);
        Survey { resolver, rules, in_phrases: FxHashMap::default() }
    }

    /// Every run of words that a pattern stands for; `None` if it is more than plain words, or stands for very many.
    pub(crate) fn phrases(&mut self, lexicon: usize, pattern: &Text) -> Option<Vec<Vec<Word>>> {
        let ir = self.resolver.pattern(lexicon, None, pattern)?;
        self.resolver.surfaces(&ir, MAX_SURFACES).filter(|all| all.iter().all(|words| !words.is_empty()))
    }

    /// What the patterns ask for by name: words, and sets of them.
    pub(crate) fn named(&mut self, lexicon: usize, patterns: &[Text]) -> Named {
        let mut named = Named::default();
        for pattern in patterns {
            if let Some(ir) = self.resolver.pattern(lexicon, None, pattern) {
                self.collect(&ir, &mut named);
            }
        }
        named
    }

    fn collect(&self, ir: &Ir, named: &mut Named) {
        let mut test = |test: &Test| match test {
            Test::Word((word, _)) => drop(named.words.insert(*word)),
            Test::OneOf(list) => named.words.extend(self.resolver.vocabulary.list_words(*list).iter().map(|w| w.0)),
            Test::Set(set) => drop(named.sets.insert(*set)),
            Test::AnyWord | Test::Name(_) | Test::Quotation => {}
        };
        match ir {
            Ir::Test(one) => test(one),
            Ir::NotBefore(tests) => tests.iter().for_each(test),
            Ir::Sequence(parts) | Ir::Either(parts) => parts.iter().for_each(|part| self.collect(part, named)),
            Ir::Repeat(inner, ..) | Ir::NotHere(inner) | Ir::Part(_, inner) => self.collect(inner, named),
            Ir::SentenceStart => {}
            Ir::Characters(_) => named.characters = true,
        }
    }

    /// Whether a word of the text, punctuation apart, is among what is named, or shares some letters with it.
    pub(crate) fn comes_near(&mut self, text: &str, named: &Named) -> bool {
        let mut tokens = Vec::new();
        cut(text, Span::new(0, text.len()), self.rules, &mut tokens);
        tokens.retain(|token| token.shape != Shape::Mark);
        let words: Vec<&str> = tokens.iter().map(|token| &text[token.span().range()]).collect();
        let is_named = tokens.iter().zip(&words).any(|(token, word)| self.names(named, word, token.shape));
        is_named || self.resembles(named, &words)
    }

    fn names(&mut self, named: &Named, word: &str, shape: Shape) -> bool {
        let id = self.resolver.vocabulary.word(word);
        named.words.contains(&id)
            || named.sets.iter().any(|set| {
                let in_phrases = self.words_in_phrases(*set).contains(&id);
                let set = self.resolver.vocabulary.get(*set);
                in_phrases || set.digits && shape == Shape::Number || holds(set, id, word)
            })
    }

    fn resembles(&self, named: &Named, words: &[&str]) -> bool {
        let vocabulary = &self.resolver.vocabulary;
        let folded = |word: &&str| {
            let mut folded = String::new();
            fold(word, &mut folded);
            folded
        };
        let words: Vec<String> = words.iter().map(folded).collect();
        let is_named = |id| named.words.contains(&id) || named.sets.iter().any(|set| has(vocabulary.get(*set), id));
        let mut known = vocabulary.words().filter(|(_, id)| is_named(*id));
        known.any(|(known, _)| words.iter().any(|word| alike(known, word)))
    }

    fn words_in_phrases(&mut self, set: SetId) -> Rc<FxHashSet<WordId>> {
        let vocabulary = &self.resolver.vocabulary;
        let words =
            || vocabulary.get(set).phrases.iter().flat_map(|phrase| phrase.iter()).map(|(word, _)| *word).collect();
        self.in_phrases.entry(set).or_insert_with(|| Rc::new(words())).clone()
    }

    /// The members of a list that take something away which is not there.
    pub(crate) fn idle_removals<'t>(&mut self, lexicon: usize, members: &'t [Text]) -> Vec<&'t Text> {
        let parse = |text: &'t Text| text.get_ref().parse::<Pattern>().ok().map(|pattern| (text, pattern.root));
        let (removals, others): (Vec<_>, Vec<_>) =
            members.iter().filter_map(parse).partition(|(_, node)| matches!(node.kind, Kind::NotHere(_)));
        if removals.is_empty() {
            return Vec::new();
        }
        let mut there = Set::default();
        for (_, node) in &others {
            // What is at fault adds nothing.
            let _ = self.resolver.member(lexicon, node, None, &mut there);
        }
        there.sort();
        let mut idle = Vec::new();
        for (text, node) in removals {
            let Kind::NotHere(inner) = &node.kind else { continue };
            let mut taken = Set::default();
            if self.resolver.member(lexicon, inner, None, &mut taken).is_err() {
                continue;
            }
            let words = || self.resolver.vocabulary.words();
            let spelled = |id| words().find(|(_, known)| *known == id).map_or("", |(word, _)| word);
            let fits = |id| there.affixes.iter().any(|affixes| affixes.grant(id, spelled(id)));
            let found = taken.words.iter().any(|word| there.holds_word(word) || fits(word.0))
                || taken.phrases.iter().any(|phrase| there.holds_phrase(phrase));
            if !found {
                idle.push(text);
            }
        }
        idle
    }
}

/// What some patterns ask for by name.
#[derive(Debug, Default)]
pub(crate) struct Named {
    words: FxHashSet<WordId>,
    sets: FxHashSet<SetId>,
    characters: bool,
}

impl Named {
    /// Whether words are all that there is to go by, and there are some.
    pub(crate) fn is_words(&self) -> bool {
        !self.characters && (!self.words.is_empty() || !self.sets.is_empty())
    }
}

/// Whether a word belongs to a set, however it is written.
fn holds(set: &Set, id: WordId, word: &str) -> bool {
    if has(set, id) {
        return true;
    }
    let mut folded = String::new();
    fold(word, &mut folded);
    set.affixes.iter().any(|affixes| affixes.grant(id, &folded))
}

fn has(set: &Set, id: WordId) -> bool {
    let from = set.words.partition_point(|(word, _)| *word < id);
    set.words.get(from).is_some_and(|(word, _)| *word == id)
}

/// Letters in a row that make two words alike.
const ALIKE: usize = 4;

/// Whether a word shares so many letters with a known one, or begins with one that is shorter, as "detain" is like
/// "detainee": a counterexample may well be about that.
fn alike(known: &str, word: &str) -> bool {
    let letters: Vec<char> = known.chars().collect();
    match letters.len() {
        0..ALIKE => letters.len() + 1 == ALIKE && word.starts_with(known),
        _ => letters.windows(ALIKE).any(|run| word.contains(run.iter().collect::<String>().as_str())),
    }
}

/// The names of the classes and phrases that a line mentions, built-in ones apart; none if it does not read.
pub(crate) fn mentioned(line: &str) -> Vec<String> {
    fn collect(node: &Node, names: &mut Vec<String>) {
        match &node.kind {
            Kind::Class(name, _) if builtin(name).is_none() => names.push(name.clone()),
            Kind::Sequence(nodes) | Kind::Either(nodes) => nodes.iter().for_each(|node| collect(node, names)),
            Kind::Repeat(inner, ..) | Kind::NotHere(inner) | Kind::NotBefore(inner) | Kind::Part(_, inner) => {
                collect(inner, names)
            }
            _ => {}
        }
    }
    let mut names = Vec::new();
    if let Ok(pattern) = line.parse::<Pattern>() {
        collect(&pattern.root, &mut names);
    }
    names
}

/// Groups such as `(a|b c|d)`, in bytes of the line: written as sequences are that are parted by bars, and read as
/// `(a|b) (c|d)`.
pub(crate) fn doubtful_groups(line: &str) -> Vec<Range<usize>> {
    fn collect(line: &str, node: &Node, found: &mut Vec<Range<usize>>) {
        match &node.kind {
            Kind::Sequence(nodes) => {
                // With groups within it, its author knows what a group is.
                let grouped = line[..node.at.start].trim_end().ends_with('(') && !line[node.at.clone()].contains('(');
                let barred = |node: &Node| match &node.kind {
                    Kind::Either(options) => options.iter().all(|option| matches!(option.kind, Kind::Literal(_))),
                    _ => false,
                };
                if grouped && nodes.windows(2).any(|pair| pair.iter().all(barred)) {
                    let end = line[..node.at.end].trim_end().len();
                    found.push(node.at.start..end);
                }
                nodes.iter().for_each(|node| collect(line, node, found));
            }
            Kind::Either(nodes) => nodes.iter().for_each(|node| collect(line, node, found)),
            Kind::Repeat(inner, ..) | Kind::NotHere(inner) | Kind::NotBefore(inner) | Kind::Part(_, inner) => {
                collect(line, inner, found)
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(pattern) = line.parse::<Pattern>() {
        collect(line, &pattern.root, &mut found);
    }
    found
}
