//! The surface forms that the default devices look for: what one would give to a plain search for strings.
//!
//! A pattern that stands for a number of phrases is written out: words with all their forms, alternatives, optional
//! elements, classes, phrases within phrases. Some patterns stand for too many phrases, or for endless ones (they ask for any
//! word, a name, a number). A search for strings could only look for a part of those and then look around, so of these
//! the part that it could not do without is taken: of all elements that must be there and can be written out, the one
//! that the fewest words of the text meet. What must not be there (`!x`, `~x`) is left to the looking around, which is
//! not part of any scan here.

use std::collections::{BTreeSet, HashMap};

use rhetor::{Annotator, Form, Inflection, Lexicon};

use self::syntax::{Kind, Node, Pattern};

/// The library's own reader of patterns, which is private there; it asks for `Form` in a module beside it.
#[path = "../../src/pattern/syntax.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is public there, and the bench needs the tree alone")]
mod syntax;

mod form {
    pub(crate) use rhetor::Form;
}

/// The most phrases that one pattern is written out to. With 2,000 the searches find the same places, and a DFA takes 1 GB.
const MOST: usize = 200;

/// A part that stands more often in 1,000 bytes of the text is of no use: "and", "was". The pattern is left out, which saves
/// the searches work.
const TOO_FREQUENT: f64 = 2.0;

/// What stands for the default devices in a search for strings.
#[derive(Default)]
pub(crate) struct Forms {
    /// Everything: whole patterns, and parts of those that cannot be written out.
    pub(crate) all: BTreeSet<String>,
    /// Those of patterns that name words and inflected words only ("collateral damage", "neutralise/v").
    pub(crate) plain: BTreeSet<String>,
    /// How many patterns are written out, how many a part stands for, and how many have no part that is of use.
    pub(crate) whole: usize,
    pub(crate) in_part: usize,
    pub(crate) left_out: usize,
}

/// The forms of the default devices; `text` says which words are rare.
pub(crate) fn of_default_devices(text: &str) -> Forms {
    let annotator = Annotator::bundled();
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    let writer = Writer { lexicons: annotator.lexicons(), counts };
    let is_looked_for = |device: &str| annotator.devices().iter().any(|looked_for| looked_for.id() == device);
    let mut forms = Forms::default();
    for lexicon in annotator.lexicons() {
        for entry in lexicon.entries().iter().filter(|entry| is_looked_for(entry.device())) {
            for pattern in entry.patterns() {
                let root = read(pattern);
                let said = writer.node(lexicon, &root);
                match (said.phrases, said.part) {
                    (Some(phrases), _) if !phrases.contains("") => {
                        forms.whole += 1;
                        if is_plain(&root) {
                            forms.plain.extend(phrases.iter().cloned());
                        }
                        forms.all.extend(phrases);
                    }
                    (_, Some(part)) if part.count as f64 * 1e3 / text.len() as f64 <= TOO_FREQUENT => {
                        forms.in_part += 1;
                        forms.all.extend(part.phrases);
                    }
                    _ => forms.left_out += 1,
                }
            }
        }
    }
    forms
}

fn read(pattern: &str) -> Node {
    pattern.parse::<Pattern>().unwrap_or_else(|error| panic!("{pattern}: {error}")).root
}

/// Whether a pattern is words and nothing else.
fn is_plain(node: &Node) -> bool {
    match &node.kind {
        Kind::Literal(_) | Kind::Lemma(..) => true,
        Kind::Sequence(nodes) => nodes.iter().all(is_plain),
        _ => false,
    }
}

/// What an element stands for.
#[derive(Clone)]
struct Said {
    /// All its phrases, the empty one if it may be missing; none if they are too many.
    phrases: Option<BTreeSet<String>>,
    /// What a text that meets the element must hold; none if no list of phrases says so.
    part: Option<Part>,
}

#[derive(Clone)]
struct Part {
    phrases: BTreeSet<String>,
    /// How often the text may hold one, at most.
    count: usize,
}

impl Said {
    /// Any word, or none.
    const OPEN: Said = Said { phrases: None, part: None };

    fn nothing() -> Said {
        Said { phrases: Some(BTreeSet::from([String::new()])), part: None }
    }
}

struct Writer<'l> {
    lexicons: &'l [Lexicon],
    counts: HashMap<String, usize>,
}

impl Writer<'_> {
    fn node(&self, lexicon: &Lexicon, node: &Node) -> Said {
        match &node.kind {
            Kind::Literal(word) => self.listed([word.to_lowercase()].into()),
            Kind::Lemma(lemma, form) => self.listed(lemma_forms(lemma, *form)),
            Kind::Class(name, form) => self.named(lexicon, name, *form),
            Kind::Affix(..) => Said::OPEN,
            Kind::Characters(characters) => self.listed([characters.to_lowercase()].into()),
            Kind::Sequence(nodes) => {
                nodes.iter().fold(Said::nothing(), |said, node| self.then(said, self.node(lexicon, node)))
            }
            Kind::Either(nodes) => self.either(nodes.iter().map(|node| self.node(lexicon, node)).collect()),
            Kind::Repeat(inner, least, most) => {
                let mut times = vec![Said::nothing()];
                for _ in 0..*most {
                    let before = times.last().cloned().unwrap_or_else(Said::nothing);
                    times.push(self.then(before, self.node(lexicon, inner)));
                }
                self.either(times.split_off(usize::from(*least)))
            }
            Kind::Part(_, inner) => self.node(lexicon, inner),
            Kind::NotHere(_) | Kind::NotBefore(_) | Kind::SentenceStart => Said::nothing(),
        }
    }

    fn listed(&self, phrases: BTreeSet<String>) -> Said {
        let count = phrases.iter().map(|phrase| self.count(phrase)).fold(0, usize::saturating_add);
        let part = Some(Part { phrases: phrases.clone(), count });
        Said { phrases: Some(phrases), part }
    }

    /// How often the rarest word of a phrase stands in the text; of punctuation we say always.
    fn count(&self, phrase: &str) -> usize {
        let words = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| self.counts.get(word).copied().unwrap_or(0)).min().unwrap_or(usize::MAX)
    }

    fn then(&self, first: Said, second: Said) -> Said {
        let phrases = first.phrases.zip(second.phrases).filter(|(a, b)| a.len() * b.len() <= MOST);
        let phrases: Option<BTreeSet<String>> =
            phrases.map(|(a, b)| a.iter().flat_map(|a| b.iter().map(move |b| joined(a, b))).collect());
        let rarer = [first.part, second.part].into_iter().flatten().min_by_key(|part| part.count);
        let part = match (&phrases, rarer) {
            // Together they say more than the rarer of the two alone.
            (Some(all), Some(part)) if !all.contains("") => Some(Part { phrases: all.clone(), count: part.count }),
            (_, part) => part,
        };
        Said { phrases, part }
    }

    fn either(&self, options: Vec<Said>) -> Said {
        let mut all = Said { phrases: Some(BTreeSet::new()), part: Some(Part { phrases: BTreeSet::new(), count: 0 }) };
        for option in options {
            all.phrases = all.phrases.zip(option.phrases).map(|(a, b)| &a | &b);
            all.part = all
                .part
                .zip(option.part)
                .map(|(a, b)| Part { phrases: &a.phrases | &b.phrases, count: a.count.saturating_add(b.count) });
        }
        all
    }

    /// A class, a phrase or what is built in.
    fn named(&self, lexicon: &Lexicon, name: &str, form: Option<Form>) -> Said {
        let used = lexicon.uses().filter_map(|id| self.lexicons.iter().find(|other| other.id() == id));
        for home in std::iter::once(lexicon).chain(used) {
            if home.classes().any(|(class, _)| class == name) {
                return self.members(home, name, form).map_or(Said::OPEN, |members| self.listed(members));
            }
            if let Some((_, pattern)) = home.phrases().find(|(phrase, _)| *phrase == name) {
                return self.node(home, &read(pattern));
            }
        }
        Said::OPEN
    }

    /// The members of a class; none if an affix makes them endless.
    fn members(&self, lexicon: &Lexicon, class: &str, form: Option<Form>) -> Option<BTreeSet<String>> {
        let (mut members, mut removed) = (BTreeSet::new(), BTreeSet::new());
        for member in lexicon.class_members(class) {
            let node = read(member);
            match &node.kind {
                Kind::NotHere(inner) => removed.extend(self.member(lexicon, inner, form)?),
                _ => members.extend(self.member(lexicon, &node, form)?),
            }
        }
        Some(&members - &removed)
    }

    fn member(&self, lexicon: &Lexicon, node: &Node, form: Option<Form>) -> Option<BTreeSet<String>> {
        match &node.kind {
            Kind::Class(name, own) => self.named(lexicon, name, own.or(form)).phrases,
            Kind::Lemma(lemma, own) => {
                Some(lemma_forms(lemma, form.filter(|form| form.group() == own.group()).unwrap_or(*own)))
            }
            Kind::Sequence(nodes) => {
                let parts = nodes.iter().map(|node| self.member(lexicon, node, form));
                parts.reduce(|a, b| {
                    let (a, b) = a.zip(b)?;
                    Some(a.iter().flat_map(|a| b.iter().map(move |b| joined(a, b))).collect())
                })?
            }
            _ => self.node(lexicon, node).phrases,
        }
    }
}

fn lemma_forms(lemma: &str, form: Form) -> BTreeSet<String> {
    Inflection::english().forms(lemma, form).iter().map(|word| word.to_lowercase()).collect()
}

/// Two phrases, with a space where a text has one.
fn joined(first: &str, second: &str) -> String {
    let is_apart = !first.is_empty() && second.starts_with(|c: char| c.is_alphanumeric() || "“\"(€$£".contains(c));
    [first, if is_apart { " " } else { "" }, second].concat()
}
