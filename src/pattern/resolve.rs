//! Gives every name in a pattern its meaning: words their numbers, lemmas their forms, classes their sets, phrases their
//! patterns.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::affixes::Affixes;
use super::form::Form;
use super::inflect::Inflection;
use super::syntax::{Kind, Node, Pattern, PatternError};
use super::vocabulary::{ListId, Set, SetId, VocabularyBuilder, Word, Written};
use crate::compact::compact;
use crate::lexicon::{Fault, Lexicon, Text};
use crate::text::{cut, shape, Span, Token, WordRules};

/// The largest number of surface forms that one pattern of plain words may stand for.
pub(crate) const MAX_SURFACES: usize = 512;
/// The most words that these may have together.
const MAX_SURFACE_WORDS: usize = 8192;
/// How deep classes and phrases may refer to one another.
const MAX_NESTING: usize = 16;
/// The most elements that phrases may bring into one pattern.
const MAX_ELEMENTS: usize = 16384;

/// A pattern with all names resolved.
#[derive(Clone, Debug)]
pub(crate) enum Ir {
    Test(Test),
    Sequence(Vec<Ir>),
    Either(Vec<Ir>),
    Repeat(Box<Ir>, u8, u8),
    NotHere(Box<Ir>),
    NotBefore(Vec<Test>),
    Part(Option<String>, Box<Ir>),
    SentenceStart,
    Characters(String),
}

impl Ir {
    /// How many elements there are, this one and those within it.
    fn elements(&self) -> usize {
        1 + match self {
            Ir::Sequence(parts) | Ir::Either(parts) => parts.iter().map(Ir::elements).sum(),
            Ir::Repeat(inner, ..) | Ir::NotHere(inner) | Ir::Part(_, inner) => inner.elements(),
            Ir::NotBefore(tests) => tests.len(),
            Ir::Test(_) | Ir::SentenceStart | Ir::Characters(_) => 0,
        }
    }
}

/// What is asked of the words at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Test {
    Word(Word),
    /// A word of the list.
    OneOf(ListId),
    /// A member of the set: one word, or one of its phrases.
    Set(SetId),
    AnyWord,
    Name(NameTest),
    Quotation,
}

compact!(Test [Word(word), OneOf(list), Set(set), AnyWord, Name(name), Quotation]);

/// Which names `<name>`, `<person>`, `<place>` and `<body>` stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameTest {
    Any,
    Person,
    Place,
    Body,
}

compact!(NameTest [Any, Person, Place, Body]);

/// What a built-in element means; lexicons cannot define classes of these names.
pub(super) enum Builtin {
    Test(Test),
    Number,
}

const BUILTINS: [&str; 7] = ["word", "number", "name", "person", "place", "body", "quotation"];

pub(super) fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "word" => Builtin::Test(Test::AnyWord),
        "number" => Builtin::Number,
        "name" => Builtin::Test(Test::Name(NameTest::Any)),
        "person" => Builtin::Test(Test::Name(NameTest::Person)),
        "place" => Builtin::Test(Test::Name(NameTest::Place)),
        "body" => Builtin::Test(Test::Name(NameTest::Body)),
        "quotation" => Builtin::Test(Test::Quotation),
        _ => return None,
    })
}

/// Resolves patterns against a list of lexicons, and collects the faults.
pub(crate) struct Resolver<'a> {
    lexicons: &'a [Lexicon],
    inflection: &'a Inflection,
    rules: &'a WordRules,
    pub(crate) vocabulary: VocabularyBuilder,
    pub(crate) faults: Vec<Fault>,
    /// `None` while a class is being resolved: meeting it again is a cycle.
    classes: FxHashMap<(usize, String, Option<Form>), Option<Rc<Set>>>,
    phrases: FxHashMap<(usize, String), Option<Rc<Ir>>>,
    forms: FxHashMap<(String, Form), Rc<Vec<Word>>>,
    /// Sets of several words and sets.
    choices: FxHashMap<(Vec<Word>, Vec<SetId>), SetId>,
    numbers: Option<Rc<Set>>,
    tokens: Vec<Token>,
    /// How many classes and phrases are being resolved, each for the one before.
    nesting: usize,
    /// How many elements phrases have brought into the pattern being resolved.
    elements: usize,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(lexicons: &'a [Lexicon], inflection: &'a Inflection, rules: &'a WordRules) -> Resolver<'a> {
        let mut vocabulary = VocabularyBuilder::default();
        vocabulary.rank(&rules.common);
        Resolver {
            lexicons,
            inflection,
            rules,
            vocabulary,
            faults: Vec::new(),
            classes: FxHashMap::default(),
            phrases: FxHashMap::default(),
            forms: FxHashMap::default(),
            choices: FxHashMap::default(),
            numbers: None,
            tokens: Vec::new(),
            nesting: 0,
            elements: 0,
        }
    }

    pub(crate) fn fault(
        &mut self,
        lexicon: usize,
        entry: Option<&str>,
        text: &Text,
        at: Range<usize>,
        message: impl Into<String>,
    ) {
        let fault = self.lexicons[lexicon].fault_in(text, at, entry, message.into());
        self.faults.push(fault);
    }

    /// The meaning of a pattern, or `None` with a fault noted.
    pub(crate) fn pattern(&mut self, lexicon: usize, entry: Option<&str>, text: &Text) -> Option<Ir> {
        let parsed = text.get_ref().parse::<Pattern>();
        let resolved = parsed.and_then(|pattern| self.parsed(lexicon, &pattern.root));
        resolved.map_err(|error| self.fault(lexicon, entry, text, error.at, error.message)).ok()
    }

    /// The meaning of a pattern that was read before.
    pub(super) fn parsed(&mut self, lexicon: usize, root: &Node) -> Result<Ir, PatternError> {
        let around = std::mem::take(&mut self.elements);
        let resolved = self.node(lexicon, root);
        self.elements = around;
        resolved
    }

    /// The classes resolved so far: the name of each as a pattern writes it, and its set.
    pub(super) fn named_sets(&self) -> impl Iterator<Item = (String, &Rc<Set>)> {
        self.classes.iter().filter_map(|((_, name, form), set)| {
            let form = form.map(|form| format!("/{form}")).unwrap_or_default();
            Some((format!("<{name}{form}>"), set.as_ref()?))
        })
    }

    /// The set that a list of members stands for: a class, or the words of a condition.
    pub(crate) fn members(&mut self, lexicon: usize, entry: Option<&str>, members: &[Text], form: Option<Form>) -> Set {
        let mut set = Set::default();
        let mut removed = Set::default();
        for text in members {
            let parsed = text.get_ref().parse::<Pattern>();
            let result = parsed.and_then(|pattern| match &pattern.root.kind {
                Kind::NotHere(inner) => self.member(lexicon, inner, form, &mut removed),
                _ => self.member(lexicon, &pattern.root, form, &mut set),
            });
            if let Err(error) = result {
                self.fault(lexicon, entry, text, error.at, error.message);
            }
        }
        removed.sort();
        set.words.retain(|word| !removed.holds_word(word));
        set.phrases.retain(|phrase| !removed.holds_phrase(phrase));
        set.sort();
        for affixes in &mut set.affixes {
            affixes.except.extend(removed.words.iter().map(|(word, _)| *word));
        }
        set
    }

    /// Adds what one member of a list stands for; [`Set::sort`] is for whoever has added them all.
    pub(super) fn member(
        &mut self,
        lexicon: usize,
        node: &Node,
        form: Option<Form>,
        set: &mut Set,
    ) -> Result<(), PatternError> {
        match &node.kind {
            Kind::Affix(prefix, suffix) => {
                let any_of = [(prefix.clone(), suffix.clone())].into();
                let affixes = Affixes { any_of, ..Affixes::default() };
                if !set.affixes.contains(&affixes) {
                    set.affixes.push(affixes);
                }
            }
            Kind::Class(name, own) if builtin(name).is_none() => {
                set.add(&*self.class(lexicon, node, name, own.or(form))?);
            }
            Kind::Class(name, _) if matches!(builtin(name), Some(Builtin::Number)) => set.add(&self.numbers()),
            _ => {
                let wanted = |lemma: Form| form.filter(|form| form.group() == lemma.group()).unwrap_or(lemma);
                let ir = self.literal(node, &wanted)?;
                if let Ir::Test(Test::Word(word)) = ir {
                    set.words.push(word);
                    return Ok(());
                }
                let Some(surfaces) = self.surfaces(&ir, MAX_SURFACES) else {
                    let message = format!("this stands for more than {MAX_SURFACES} phrases; split it into several");
                    return Err(PatternError::new(node.at.clone(), message));
                };
                for words in surfaces {
                    match words[..] {
                        [word] => set.words.push(word),
                        _ => set.phrases.push(words.into()),
                    }
                }
            }
        }
        Ok(())
    }

    /// A class member of plain words and lemmas; anything else has no place in a class.
    fn literal(&mut self, node: &Node, form: &impl Fn(Form) -> Form) -> Result<Ir, PatternError> {
        match &node.kind {
            Kind::Literal(text) => Ok(self.words(text)),
            Kind::Lemma(lemma, own) => self.lemma(node, lemma, form(*own)),
            Kind::Sequence(nodes) => {
                Ok(Ir::Sequence(nodes.iter().map(|n| self.literal(n, form)).collect::<Result<_, _>>()?))
            }
            Kind::Either(nodes) => {
                Ok(Ir::Either(nodes.iter().map(|n| self.literal(n, form)).collect::<Result<_, _>>()?))
            }
            _ => Err(PatternError::new(
                node.at.clone(),
                "a class lists words, lemmas, affixes and classes; what is more belongs under [phrase]",
            )),
        }
    }

    fn node(&mut self, lexicon: usize, node: &Node) -> Result<Ir, PatternError> {
        let mut all = |nodes: &[Node]| nodes.iter().map(|n| self.node(lexicon, n)).collect::<Result<Vec<_>, _>>();
        Ok(match &node.kind {
            Kind::Literal(text) => self.words(text),
            Kind::Lemma(lemma, form) => self.lemma(node, lemma, *form)?,
            Kind::Class(name, Some(form)) if builtin(name).is_some() => {
                let message = format!("`<{name}>` has no forms; take `/{form}` away");
                return Err(PatternError::new(node.at.clone(), message));
            }
            Kind::Class(name, form) => match builtin(name) {
                Some(Builtin::Test(test)) => Ir::Test(test),
                Some(Builtin::Number) => {
                    let numbers = self.numbers();
                    Ir::Test(Test::Set(self.vocabulary.set(numbers)))
                }
                None => match self.phrase(lexicon, node, name)? {
                    Some(_) if form.is_some() => {
                        let message = format!("`{name}` is a phrase and has no forms; only classes have");
                        return Err(PatternError::new(node.at.clone(), message));
                    }
                    Some(ir) => {
                        self.elements += ir.elements();
                        if self.elements > MAX_ELEMENTS {
                            let message = format!("the phrases here come to more than {MAX_ELEMENTS} elements");
                            return Err(PatternError::new(node.at.clone(), message));
                        }
                        (*ir).clone()
                    }
                    None => {
                        let set = self.class(lexicon, node, name, *form)?;
                        Ir::Test(Test::Set(self.vocabulary.set(set)))
                    }
                },
            },
            Kind::Affix(..) => {
                let mut set = Set::default();
                self.member(lexicon, node, None, &mut set)?;
                Ir::Test(Test::Set(self.vocabulary.set(set)))
            }
            Kind::Characters(text) => Ir::Characters(text.clone()),
            Kind::Sequence(nodes) => Ir::Sequence(all(nodes)?),
            Kind::Either(nodes) => {
                let options = all(nodes)?;
                self.choice(options)
            }
            Kind::Repeat(inner, min, max) => Ir::Repeat(Box::new(self.node(lexicon, inner)?), *min, *max),
            Kind::NotHere(inner) => Ir::NotHere(Box::new(self.node(lexicon, inner)?)),
            Kind::NotBefore(inner) => {
                let ir = self.node(lexicon, inner)?;
                let mut tests = Vec::new();
                match single(&ir, &mut tests) {
                    true => Ir::NotBefore(tests),
                    false => {
                        let message = "`~` looks back at one word, class or name, or alternatives of them";
                        return Err(PatternError::new(inner.at.clone(), message));
                    }
                }
            }
            Kind::Part(role, inner) => Ir::Part(role.clone(), Box::new(self.node(lexicon, inner)?)),
            Kind::SentenceStart => Ir::SentenceStart,
        })
    }

    /// A literal as the tokens that text of the same letters would give.
    fn words(&mut self, literal: &str) -> Ir {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        cut(literal, Span::new(0, literal.len()), self.rules, &mut tokens);
        let mut test = |token: &Token| {
            let word = self.vocabulary.word(&literal[token.span().range()]);
            Ir::Test(Test::Word((word, Written::of(token.shape))))
        };
        let ir = match &tokens[..] {
            [token] => test(token),
            tokens => Ir::Sequence(tokens.iter().map(test).collect()),
        };
        self.tokens = tokens;
        ir
    }

    fn lemma(&mut self, node: &Node, lemma: &str, form: Form) -> Result<Ir, PatternError> {
        let key = (lemma.to_owned(), form);
        if !self.forms.contains_key(&key) {
            let base = lemma.to_lowercase();
            // An abbreviation takes small endings: "NGOs".
            let written = |form: &str| match Written::of(shape(lemma)) {
                Written::Capitals if form != base => Written::Capital,
                written => written,
            };
            let forms = self.inflection.forms(&base, form);
            let forms: Vec<Word> = forms.iter().map(|form| (self.vocabulary.word(form), written(form))).collect();
            self.forms.insert(key.clone(), Rc::new(forms));
        }
        let forms = &self.forms[&key];
        match forms.len() {
            0 => Err(PatternError::new(node.at.clone(), format!("`{lemma}` has no form `{form}`"))),
            1 => Ok(Ir::Test(Test::Word(forms[0]))),
            _ => {
                let forms = forms.to_vec();
                Ok(Ir::Test(self.any_of(forms, Vec::new())))
            }
        }
    }

    /// A choice of single words and sets is one test.
    fn choice(&mut self, options: Vec<Ir>) -> Ir {
        let mut words = Vec::new();
        let mut sets = Vec::new();
        for option in &options {
            match option {
                Ir::Test(Test::Word(word)) => words.push(*word),
                Ir::Test(Test::OneOf(list)) => words.extend(self.vocabulary.list_words(*list)),
                Ir::Test(Test::Set(set)) => sets.push(*set),
                _ => return Ir::Either(options),
            }
        }
        Ir::Test(self.any_of(words, sets))
    }

    /// The test for any of these words and the members of these sets.
    fn any_of(&mut self, words: Vec<Word>, sets: Vec<SetId>) -> Test {
        if sets.is_empty() {
            if let Some(list) = self.vocabulary.list(words.clone()) {
                return Test::OneOf(list);
            }
        }
        let key = (words, sets);
        if let Some(set) = self.choices.get(&key) {
            return Test::Set(*set);
        }
        let mut all = Set { words: key.0.clone(), ..Set::default() };
        key.1.iter().for_each(|set| all.add(self.vocabulary.get(*set)));
        all.sort();
        let set = self.vocabulary.set(all);
        self.choices.insert(key, set);
        Test::Set(set)
    }

    fn numbers(&mut self) -> Rc<Set> {
        if let Some(numbers) = &self.numbers {
            return numbers.clone();
        }
        let words = self.rules.numbers.iter().map(|n| (self.vocabulary.word(n), Written::Any)).collect();
        let mut numbers = Set { words, digits: true, ..Set::default() };
        numbers.sort();
        self.numbers.insert(Rc::new(numbers)).clone()
    }

    /// The lexicons in which a name of `lexicon` may be defined: itself first, then those that it uses.
    fn scope(&self, lexicon: usize) -> impl Iterator<Item = usize> + 'a {
        let lexicons = self.lexicons;
        let used = lexicons[lexicon].uses().filter_map(move |id| lexicons.iter().position(|l| l.id() == id));
        std::iter::once(lexicon).chain(used)
    }

    fn class(&mut self, lexicon: usize, node: &Node, name: &str, form: Option<Form>) -> Result<Rc<Set>, PatternError> {
        let Some(home) = self.scope(lexicon).find(|l| self.lexicons[*l].content.classes.contains_key(name)) else {
            let lexicons = self.lexicons;
            if self.scope(lexicon).any(|l| lexicons[l].content.phrases.contains_key(name)) {
                let message = format!("`{name}` is a phrase; a class lists words, lemmas, affixes and classes");
                return Err(PatternError::new(node.at.clone(), message));
            }
            let known = self.scope(lexicon).flat_map(|l| {
                let content = &lexicons[l].content;
                content.classes.keys().chain(content.phrases.keys()).map(String::as_str)
            });
            let hint = crate::lexicon::suggest(name, known.chain(BUILTINS));
            let message = format!("no class or phrase is called `{name}`, here or in the lexicons of `use`{hint}");
            return Err(PatternError::new(node.at.clone(), message));
        };
        let key = (home, name.to_owned(), form);
        match self.classes.get(&key) {
            Some(Some(set)) => return Ok(set.clone()),
            Some(None) => {
                return Err(PatternError::new(node.at.clone(), format!("class `{name}` is a member of itself")))
            }
            None => {}
        }
        self.check_nesting(node)?;
        self.classes.insert(key.clone(), None);
        let members = &self.lexicons[home].content.classes[name];
        self.nesting += 1;
        let set = Rc::new(self.members(home, None, members, form));
        self.nesting -= 1;
        self.classes.insert(key, Some(set.clone()));
        Ok(set)
    }

    fn check_nesting(&self, node: &Node) -> Result<(), PatternError> {
        if self.nesting < MAX_NESTING {
            return Ok(());
        }
        let message = format!("classes and phrases refer to one another more than {MAX_NESTING} deep");
        Err(PatternError::new(node.at.clone(), message))
    }

    /// A class of a lexicon by the ids of both; `None` where either is missing.
    pub(crate) fn class_in(&mut self, lexicon: &str, class: &str) -> Option<Rc<Set>> {
        let lexicon = self.lexicons.iter().position(|l| l.id() == lexicon)?;
        let node = Node { kind: Kind::Class(class.to_owned(), None), at: 0..0 };
        self.class(lexicon, &node, class, None).ok()
    }

    fn phrase(&mut self, lexicon: usize, node: &Node, name: &str) -> Result<Option<Rc<Ir>>, PatternError> {
        let Some(home) = self.scope(lexicon).find(|l| self.lexicons[*l].content.phrases.contains_key(name)) else {
            return Ok(None);
        };
        let key = (home, name.to_owned());
        match self.phrases.get(&key) {
            Some(Some(ir)) => return Ok(Some(ir.clone())),
            Some(None) => {
                return Err(PatternError::new(node.at.clone(), format!("phrase `{name}` is a part of itself")))
            }
            None => {}
        }
        self.check_nesting(node)?;
        self.phrases.insert(key.clone(), None);
        let text = &self.lexicons[home].content.phrases[name];
        self.nesting += 1;
        // A fault in it has been noted at its own place; here it stands for nothing.
        let ir = Rc::new(self.pattern(home, None, text).unwrap_or(Ir::Either(Vec::new())));
        self.nesting -= 1;
        self.phrases.insert(key, Some(ir.clone()));
        Ok(Some(ir))
    }

    /// Resolves what no entry mentions too, so that its faults are found.
    pub(crate) fn all_of(&mut self, lexicon: usize) {
        let content = &self.lexicons[lexicon].content;
        for (names, what) in
            [(content.classes.keys().collect::<Vec<_>>(), "class"), (content.phrases.keys().collect(), "phrase")]
        {
            for name in names {
                let node = Node { kind: Kind::Class(name.clone(), None), at: 0..0 };
                let text = match what {
                    "class" => content.classes[name].first(),
                    _ => content.phrases.get(name),
                };
                let Some(text) = text else { continue };
                if what == "class" && content.phrases.contains_key(name) {
                    let message = format!("`{name}` is both a class and a phrase; call one of them something else");
                    self.fault(lexicon, None, text, 0..0, message);
                    continue;
                }
                if builtin(name).is_some() {
                    self.fault(
                        lexicon,
                        None,
                        text,
                        0..0,
                        format!("`{name}` is built in; call the {what} something else"),
                    );
                    continue;
                }
                let result = match what {
                    "class" => self.class(lexicon, &node, name, None).map(drop),
                    _ => self.phrase(lexicon, &node, name).map(drop),
                };
                if let Err(error) = result {
                    self.fault(lexicon, None, text, 0..0, error.message);
                }
            }
        }
    }

    /// Every run of words that a pattern of plain words stands for; `None` if it is no such pattern, or stands for more
    /// than `max` of them.
    pub(crate) fn surfaces(&self, ir: &Ir, max: usize) -> Option<Vec<Vec<Word>>> {
        let found = match ir {
            Ir::Test(Test::Word(word)) => vec![vec![*word]],
            Ir::Test(Test::OneOf(list)) => self.vocabulary.list_words(*list).iter().map(|word| vec![*word]).collect(),
            Ir::Test(Test::Set(id)) => {
                let set = self.vocabulary.get(*id);
                if !set.affixes.is_empty() || set.digits {
                    return None;
                }
                set.words
                    .iter()
                    .map(|word| vec![*word])
                    .chain(set.phrases.iter().map(|phrase| phrase.to_vec()))
                    .collect()
            }
            Ir::Sequence(parts) => {
                let mut all = vec![Vec::new()];
                for part in parts {
                    all = joined(&all, &self.surfaces(part, max)?, max)?;
                }
                all
            }
            Ir::Either(options) => {
                let mut all = Vec::new();
                for option in options {
                    all.extend(self.surfaces(option, max)?);
                }
                all
            }
            Ir::Repeat(inner, min, max_times) => {
                let once = self.surfaces(inner, max)?;
                let mut all = if *min == 0 { vec![Vec::new()] } else { Vec::new() };
                let mut some = vec![Vec::new()];
                for times in 1..=*max_times {
                    some = joined(&some, &once, max)?;
                    if times >= *min {
                        all.extend(some.iter().cloned());
                    }
                }
                all
            }
            _ => return None,
        };
        (found.len() <= max).then_some(found)
    }
}

/// Each start with each end; `None` if they are too many or too long.
fn joined(starts: &[Vec<Word>], ends: &[Vec<Word>], max: usize) -> Option<Vec<Vec<Word>>> {
    let words = |all: &[Vec<Word>]| all.iter().map(Vec::len).sum::<usize>();
    if starts.len() * ends.len() > max || words(starts) * ends.len() + words(ends) * starts.len() > MAX_SURFACE_WORDS {
        return None;
    }
    Some(starts.iter().flat_map(|start| ends.iter().map(move |end| [&start[..], end].concat())).collect())
}

/// Collects the tests of an expression that is one test or a choice of them.
fn single(ir: &Ir, tests: &mut Vec<Test>) -> bool {
    match ir {
        Ir::Test(test) => {
            tests.push(*test);
            true
        }
        Ir::Either(options) => options.iter().all(|option| single(option, tests)),
        _ => false,
    }
}
