//! All patterns of an annotator's lexicons become one [`Patterns`]: phrases to look up, constructions to run, runs of
//! characters to search for.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use super::constructions::Constructions;
use super::filed::Filed;
use super::gates::Gates;
use super::inflect::Inflection;
use super::matcher::Scratch;
use super::phrases::{Key, Phrase, PhraseBuilder, Phrases};
use super::program::{Anchored, Program};
use super::resolve::{Ir, Resolver, MAX_SURFACES};
use super::sentence::{Extent, Sentence, Term};
use super::traits::{self, AllTraits};
use super::vocabulary::{RowId, SetId, Vocabulary, NO_ROW};
use crate::compact::{self, compact, Compact};
use crate::lexicon::{Fault, Lexicon};
use crate::text::{cut, fold, Sieve, Span, WordRules, CLUE_CLASSES};

/// An entry by its lexicon and its place there, both in the order given.
pub(crate) type EntryId = (usize, usize);

/// What a pattern found.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    /// Place in the list of entries that was compiled.
    pub(crate) entry: usize,
    /// The span to report.
    pub(crate) span: Span,
    /// Further parts: role and span.
    pub(crate) parts: Vec<(&'a str, Span)>,
}

/// Sets of words that must, or must not, stand in the same sentence.
#[derive(Debug, Default)]
struct Conditions {
    requires: Option<SetId>,
    excludes: Option<SetId>,
}

compact!(Conditions { requires, excludes });

/// Where the members of sets stand in a sentence, as far as anybody has asked.
#[derive(Debug, Default)]
pub(crate) struct Companions(Vec<(SetId, Extent)>);

impl Companions {
    /// Begins with another sentence.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    fn extent(&mut self, set: SetId, extent: impl FnOnce() -> Extent) -> Extent {
        if let Some((_, known)) = self.0.iter().find(|(other, _)| *other == set) {
            return *known;
        }
        let extent = extent();
        self.0.push((set, extent));
        extent
    }
}

/// The first words around a match that an entry requires, and the first that it excludes.
#[derive(Debug)]
pub(crate) struct Company {
    pub(crate) required: Option<Span>,
    pub(crate) excluded: Option<Span>,
}

/// Patterns ready to be found in text.
#[derive(Debug)]
pub(crate) struct Patterns {
    rules: WordRules,
    pub(crate) vocabulary: Vocabulary,
    phrases: Phrases,
    /// For each of the phrases of entries, which come first, the entries that it belongs to.
    phrase_entries: Filed<usize>,
    constructions: Constructions,
    /// Those of exceptions, which are of use only where there is something to except.
    exceptions: Constructions,
    characters: Characters,
    conditions: Vec<Conditions>,
}

compact!(Patterns { rules, vocabulary, phrases, phrase_entries, constructions, exceptions, characters, conditions });
compact!(WordRules { clitics, numbers, number_endings, common });

/// Compiles the patterns of `entries`; names are told by the classes of the lexicon `names`. The first `whole` lexicons
/// are read with all their classes and phrases, so that every fault is found; of the others, what is used.
pub(crate) fn compile(
    lexicons: &[Lexicon],
    whole: usize,
    entries: &[EntryId],
    names: Option<&str>,
    inflection: &Inflection,
    rules: &WordRules,
) -> (Patterns, Vec<Fault>) {
    compile_with(lexicons, whole, entries, names, inflection, rules, |_| {})
}

/// As [`compile`]; `more` is called when all patterns are resolved, and may resolve further ones with the same numbers.
pub(super) fn compile_with(
    lexicons: &[Lexicon],
    whole: usize,
    entries: &[EntryId],
    names: Option<&str>,
    inflection: &Inflection,
    rules: &WordRules,
    more: impl FnOnce(&mut Resolver),
) -> (Patterns, Vec<Fault>) {
    let mut resolver = Resolver::new(lexicons, inflection, rules);
    number_words(&mut resolver, lexicons, rules);
    let mut phrases = PhraseBuilder::default();
    let mut phrase_entries: Vec<(usize, usize)> = Vec::new();
    let (mut programs, mut excepting) = (Vec::<(usize, Anchored)>::new(), Vec::new());
    let (mut characters, mut characters_of) = (Vec::new(), Vec::new());
    let mut conditions = Vec::new();
    for (index, lexicon) in lexicons.iter().enumerate() {
        unknown_uses(&mut resolver, lexicons, lexicon);
        if index < whole {
            resolver.all_of(index);
        }
    }
    for (number, (lexicon, entry)) in entries.iter().enumerate() {
        let source = &lexicons[*lexicon];
        let entry = &source.entries()[*entry];
        for text in &entry.patterns {
            let Some(ir) = resolver.pattern(*lexicon, Some(entry.id()), text) else { continue };
            if let Ir::Characters(wanted) = ir {
                characters.push(wanted);
                characters_of.push(number);
            } else if let Some(surfaces) =
                resolver.surfaces(&ir, MAX_SURFACES).filter(|all| all.iter().all(|s| !s.is_empty()))
            {
                phrase_entries.extend(surfaces.iter().map(|surface| (phrases.add(surface) as usize, number)));
            } else {
                let programs = if entry.is_exception() { &mut excepting } else { &mut programs };
                match Program::all(&ir, &resolver.vocabulary) {
                    Ok(all) => programs.extend(all.into_iter().map(|program| (number, program))),
                    Err(message) => resolver.fault(*lexicon, Some(entry.id()), text, 0..text.get_ref().len(), message),
                }
            }
        }
        let mut condition = |list: &[crate::lexicon::Text]| {
            let set = resolver.members(*lexicon, Some(entry.id()), list, None);
            (!list.is_empty()).then(|| resolver.vocabulary.set(set))
        };
        conditions.push(Conditions { requires: condition(&entry.requires), excludes: condition(&entry.excludes) });
    }
    let clues = name_clues(&mut resolver, names);
    more(&mut resolver);

    phrase_entries.sort_unstable();
    phrase_entries.dedup();
    let phrase_entries = Filed::new(phrases.len(), phrase_entries);
    // Phrases of classes that some pattern tests are looked up with the others.
    let mut rows: Vec<(Vec<SetId>, RowId)> = Vec::new();
    for (set, members) in resolver.vocabulary.sets() {
        for phrase in &members.phrases {
            let phrase = phrases.add(phrase) as usize;
            rows.resize(rows.len().max(phrase + 1), (Vec::new(), NO_ROW));
            rows[phrase].0.push(set);
        }
    }
    rows.resize(phrases.len(), (Vec::new(), NO_ROW));

    let Resolver { vocabulary, mut faults, .. } = resolver;
    // What is asked for most often first, and what one program asks for together.
    let mut often: Vec<&Anchored> = programs.iter().chain(&excepting).map(|(_, program)| program).collect();
    often.sort_by_key(|program| Reverse(program.frequency));
    let built = vocabulary.build(&mut rows, often.into_iter().flat_map(|anchored| anchored.program.sets()));
    let rows: Vec<RowId> = rows.into_iter().map(|(_, row)| row).collect();
    let (phrases, vocabulary) = (phrases.build(&rows, &vocabulary), built);
    faults.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    faults.dedup();
    let gates = Gates::choose(programs.iter().chain(&excepting).flat_map(|(_, program)| program.gates()));
    let constructions = Constructions::new(programs, &vocabulary, &gates);
    let exceptions = Constructions::new(excepting, &vocabulary, &gates);
    let mut traits = AllTraits::of_size(vocabulary.rows() as usize, vocabulary.len());
    for (clue, set) in (0..).zip(clues) {
        let holding = (0..vocabulary.rows()).filter(|row| vocabulary.holds(*row, &[], set));
        traits.add_to_rows(holding.map(|row| row as usize), 1 << clue);
    }
    traits.add_to_words(phrases.alone(), traits::PHRASE);
    vocabulary.tell(&mut traits);
    constructions.tell(&mut traits, traits::ANCHOR);
    exceptions.tell(&mut traits, traits::EXCEPTION);
    gates.tell(&vocabulary, &mut traits);
    let vocabulary = vocabulary.with_traits(traits);
    let patterns = Patterns {
        rules: rules.clone(),
        phrases,
        vocabulary,
        phrase_entries,
        constructions,
        exceptions,
        characters: Characters::new(characters, characters_of),
        conditions,
    };
    (patterns, faults)
}

/// Gives the words of examples the first numbers, the commonest first: what texts are full of then lies together in every
/// table by number, and little memory holds all that is looked up again and again. How often each stands there says how common
/// it is, better than nothing: examples have more of what entries are about than texts have.
fn number_words(resolver: &mut Resolver, lexicons: &[Lexicon], rules: &WordRules) {
    let mut counts = FxHashMap::<String, usize>::default();
    let (mut tokens, mut folded) = (Vec::new(), String::new());
    let entries = lexicons.iter().flat_map(Lexicon::entries);
    for example in entries.flat_map(|entry| entry.examples().chain(entry.counterexamples())) {
        tokens.clear();
        cut(example, Span::new(0, example.len()), rules, &mut tokens);
        for token in &tokens {
            folded.clear();
            fold(&example[token.span().range()], &mut folded);
            // A number in digits is more than its word.
            if !folded.chars().all(char::is_alphabetic) {
                continue;
            }
            match counts.get_mut(&folded) {
                Some(count) => *count += 1,
                None => drop(counts.insert(folded.clone(), 1)),
            }
        }
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_unstable_by(|(word, count), (other, times)| times.cmp(count).then_with(|| word.cmp(other)));
    let all = words.iter().map(|(_, count)| count).sum();
    words.iter().for_each(|(word, count)| resolver.vocabulary.count(word, *count, all));
}

fn unknown_uses(resolver: &mut Resolver, lexicons: &[Lexicon], lexicon: &Lexicon) {
    for used in &lexicon.content.uses {
        let id = used.get_ref();
        let message = match lexicons.iter().find(|l| l.id() == id) {
            None => {
                let bundled = Lexicon::bundled_ids().map(|id| -> &str { id });
                let hint = crate::lexicon::suggest(id, lexicons.iter().map(Lexicon::id).chain(bundled));
                format!("there is no lexicon \"{id}\" to use{hint}")
            }
            Some(other) if other.id() == lexicon.id() => {
                "a lexicon does not use itself; its classes are there".to_owned()
            }
            Some(other) if reaches(lexicons, other, lexicon.id()) => {
                format!("\"{id}\" uses \"{}\" in turn; move what both need to a third lexicon", lexicon.id())
            }
            Some(_) => continue,
        };
        resolver.faults.push(lexicon.fault(used.span().start, used.span().len(), None, message));
    }
}

/// Whether `from` uses the lexicon `id`, at any remove.
fn reaches(lexicons: &[Lexicon], from: &Lexicon, id: &str) -> bool {
    let mut reached = vec![from.id()];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        for used in lexicons.iter().filter(|lexicon| lexicon.id() == at).flat_map(Lexicon::uses) {
            if used == id {
                return true;
            }
            if !reached.contains(&used) {
                reached.push(used);
            }
        }
    }
    false
}

fn name_clues(resolver: &mut Resolver, names: Option<&str>) -> Vec<SetId> {
    CLUE_CLASSES
        .iter()
        .map(|class| {
            let set = names.and_then(|lexicon| resolver.class_in(lexicon, class)).unwrap_or_default();
            resolver.vocabulary.set(set)
        })
        .collect()
}

/// Runs of characters to search for, each with its entry.
#[derive(Debug)]
struct Characters {
    #[allow(dead_code, reason = "kept, so that the automaton can be made again")]
    wanted: Vec<String>,
    entries: Vec<usize>,
    /// `None` where there are none.
    automaton: Option<AhoCorasick>,
}

impl Characters {
    fn new(wanted: Vec<String>, entries: Vec<usize>) -> Characters {
        let mut builder = AhoCorasickBuilder::new();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard);
        // Fails only past a size that the bounds on lexicon files keep out of reach.
        let automaton = if wanted.is_empty() { None } else { builder.build(&wanted).ok() };
        Characters { wanted, entries, automaton }
    }
}

impl Compact for Characters {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.wanted.write(to);
        self.entries.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Characters> {
        Some(Characters::new(Vec::read(from)?, Vec::read(from)?))
    }
}

impl Patterns {
    /// Reads sentences together and finds their phrases: those of entries go to `found`, in the order of the sentences, those of
    /// classes into these.
    pub(crate) fn read<'a>(
        &'a self,
        text: &str,
        spans: &[Span],
        sentences: &mut [Sentence],
        keys: &mut Sieve<Key>,
        mut found: impl FnMut(Found<'a>),
    ) {
        keys.clear();
        for (number, (sentence, span)) in sentences.iter_mut().zip(spans).enumerate() {
            sentence.read(text, *span, &self.rules, &self.vocabulary);
            sentence.note_words(number, &self.phrases, keys);
        }
        self.phrases.leave_filed(keys);
        for key in keys.all() {
            let sentence = &mut sentences[key.sentence as usize];
            let mut terms = std::mem::take(&mut sentence.terms);
            self.phrases.find(key, sentence, |Phrase { id, row, start, len }| {
                if row != NO_ROW {
                    terms.push(Term { start, len, row });
                }
                for entry in self.phrase_entries.get(id as usize).unwrap_or_default() {
                    found(Found { entry: *entry, span: sentence.span(start, start + len), parts: Vec::new() });
                }
            });
            sentence.terms = terms;
        }
        sentences.iter_mut().for_each(|sentence| sentence.note_terms(&self.vocabulary));
    }

    /// Adds the constructions of a sentence whose names and quotations are known to those `found`, but for those of exceptions.
    pub(crate) fn constructions<'a>(&'a self, sentence: &Sentence, scratch: &mut Scratch, found: &mut Vec<Found<'a>>) {
        self.constructions.find(sentence, sentence.anchors(), &self.vocabulary, scratch, found);
    }

    /// As `constructions`, for those of exceptions.
    pub(crate) fn exceptions<'a>(&'a self, sentence: &Sentence, scratch: &mut Scratch, found: &mut Vec<Found<'a>>) {
        let mut anchors = std::mem::take(&mut scratch.exceptions);
        anchors.clear();
        anchors.extend(sentence.exceptions());
        self.exceptions.find(sentence, &anchors, &self.vocabulary, scratch, found);
        scratch.exceptions = anchors;
    }

    /// Finds runs of characters in a part of a text.
    pub(crate) fn characters(&self, text: &str, part: Range<usize>, mut found: impl FnMut(Found)) {
        let Characters { automaton: Some(automaton), entries, .. } = &self.characters else { return };
        for hit in automaton.find_overlapping_iter(&text[part.clone()]) {
            let entry = entries[hit.pattern().as_usize()];
            let span = Span::new(part.start + hit.start(), part.start + hit.end());
            found(Found { entry, span, parts: Vec::new() });
        }
    }

    /// Whether the words around a match allow the entry's reading. `known` remembers where members of sets stand in the
    /// sentence, so that a sentence full of matches is not gone through for each.
    pub(crate) fn in_company(&self, entry: usize, span: Span, sentence: &Sentence, known: &mut Companions) -> bool {
        let Conditions { requires, excludes } = self.conditions[entry];
        if requires.is_none() && excludes.is_none() {
            return true;
        }
        let but = sentence.tokens_of(span);
        let mut holds = |set| known.extent(set, || sentence.extent(&self.vocabulary, set)).is_outside(&but);
        requires.is_none_or(&mut holds) && !excludes.is_some_and(holds)
    }

    /// What an entry's conditions find in the words around a match.
    pub(crate) fn company(&self, entry: usize, span: Span, sentence: &Sentence) -> Company {
        let first = |set| self.beside(set, span, sentence);
        let Conditions { requires, excludes } = self.conditions[entry];
        Company { required: requires.and_then(first), excluded: excludes.and_then(first) }
    }

    /// The first member of a set in the words around a match.
    fn beside(&self, set: SetId, span: Span, sentence: &Sentence) -> Option<Span> {
        sentence.first_outside(&self.vocabulary, set, sentence.tokens_of(span))
    }
}
