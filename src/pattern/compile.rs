//! All patterns of an annotator's lexicons become one [`Patterns`]: phrases to look up, constructions to run, runs of
//! characters to search for.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::inflect::Inflection;
use super::matcher::{Matcher, Scratch};
use super::phrases::{PhraseBuilder, Phrases};
use super::program::Program;
use super::resolve::{Ir, Resolver, MAX_SURFACES};
use super::sentence::{Sentence, Term};
use super::vocabulary::{RowId, SetId, Vocabulary, NO_ROW};
use crate::lexicon::{Fault, Lexicon};
use crate::text::{Span, WordRules, CLUE_CLASSES};

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

/// Patterns ready to be found in text.
#[derive(Debug)]
pub(crate) struct Patterns {
    rules: WordRules,
    pub(crate) vocabulary: Vocabulary,
    phrases: Phrases,
    /// For each phrase: the entries that it belongs to, and the row of the classes.
    phrase_entries: Vec<Vec<usize>>,
    phrase_rows: Vec<RowId>,
    /// Programs with their entries, filed under a set that every match has a member of.
    anchored: Vec<(SetId, Vec<(usize, Program)>)>,
    /// Programs without any such set: names and gaps only.
    unanchored: Vec<(usize, Program)>,
    characters: Option<(AhoCorasick, Vec<usize>)>,
    conditions: Vec<Conditions>,
    /// Sets that tell what a word may be in a name, in the order of [`CLUE_CLASSES`].
    clues: Vec<SetId>,
}

/// Compiles the patterns of `entries`; names are told by the classes of the lexicon `names`.
pub(crate) fn compile(
    lexicons: &[Lexicon],
    entries: &[EntryId],
    names: Option<&str>,
    inflection: &Inflection,
    rules: &WordRules,
) -> (Patterns, Vec<Fault>) {
    let mut resolver = Resolver::new(lexicons, inflection, rules);
    let mut phrases = PhraseBuilder::default();
    let mut phrase_entries: Vec<Vec<usize>> = Vec::new();
    let mut programs: Vec<(usize, Program)> = Vec::new();
    let mut characters = (Vec::new(), Vec::new());
    let mut conditions = Vec::new();
    for (index, lexicon) in lexicons.iter().enumerate() {
        unknown_uses(&mut resolver, lexicons, lexicon);
        resolver.all_of(index);
    }
    for (number, (lexicon, entry)) in entries.iter().enumerate() {
        let source = &lexicons[*lexicon];
        let entry = &source.entries()[*entry];
        for text in &entry.patterns {
            let Some(ir) = resolver.pattern(*lexicon, Some(entry.id()), text) else { continue };
            if let Ir::Characters(wanted) = ir {
                characters.0.push(wanted);
                characters.1.push(number);
            } else if let Some(surfaces) =
                resolver.surfaces(&ir, MAX_SURFACES).filter(|all| all.iter().all(|s| !s.is_empty()))
            {
                for surface in surfaces {
                    let phrase = phrases.add(&surface) as usize;
                    phrase_entries.resize(phrase_entries.len().max(phrase + 1), Vec::new());
                    if !phrase_entries[phrase].contains(&number) {
                        phrase_entries[phrase].push(number);
                    }
                }
            } else {
                match Program::new(&ir, &mut resolver.vocabulary) {
                    Ok(program) => programs.push((number, program)),
                    Err(message) => {
                        let span = text.span();
                        resolver.faults.push(source.fault(span.start, span.len(), Some(entry.id()), message));
                    }
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
    phrase_entries.resize(phrases.len(), Vec::new());

    let Resolver { vocabulary, mut faults, .. } = resolver;
    let vocabulary = vocabulary.build(&mut rows);
    let mut anchored: Vec<(SetId, Vec<(usize, Program)>)> = Vec::new();
    let mut unanchored = Vec::new();
    for (entry, program) in programs {
        match program.required.first().copied() {
            None => unanchored.push((entry, program)),
            Some(anchor) => match anchored.iter_mut().find(|(set, _)| *set == anchor) {
                Some((_, filed)) => filed.push((entry, program)),
                None => anchored.push((anchor, vec![(entry, program)])),
            },
        }
    }
    faults.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    faults.dedup();
    let patterns = Patterns {
        rules: rules.clone(),
        phrases: phrases.build(&vocabulary),
        vocabulary,
        phrase_entries,
        phrase_rows: rows.into_iter().map(|(_, row)| row).collect(),
        anchored,
        unanchored,
        characters: automaton(&characters.0).map(|automaton| (automaton, characters.1)),
        conditions,
        clues,
    };
    (patterns, faults)
}

fn unknown_uses(resolver: &mut Resolver, lexicons: &[Lexicon], lexicon: &Lexicon) {
    for used in &lexicon.content.uses {
        let id = used.get_ref();
        let message = match lexicons.iter().find(|l| l.id() == id) {
            None => {
                let hint = crate::lexicon::suggest(id, lexicons.iter().map(Lexicon::id));
                format!("there is no lexicon \"{id}\" to use{hint}")
            }
            Some(other) if reaches(lexicons, other, lexicon.id(), lexicons.len()) => {
                format!("\"{id}\" uses \"{}\" in turn; move what both need to a third lexicon", lexicon.id())
            }
            Some(_) => continue,
        };
        resolver.faults.push(lexicon.fault(used.span().start, used.span().len(), None, message));
    }
}

/// Whether `from` is, or uses at any remove, the lexicon `id`.
fn reaches(lexicons: &[Lexicon], from: &Lexicon, id: &str, depth: usize) -> bool {
    from.id() == id
        || depth > 0
            && from.uses().any(|used| {
                lexicons.iter().find(|l| l.id() == used).is_some_and(|l| reaches(lexicons, l, id, depth - 1))
            })
}

fn name_clues(resolver: &mut Resolver, names: Option<&str>) -> Vec<SetId> {
    CLUE_CLASSES
        .iter()
        .map(|class| {
            let set = names
                .and_then(|lexicon| resolver.class_in(lexicon, class))
                .map(|set| (*set).clone())
                .unwrap_or_default();
            resolver.vocabulary.set(set)
        })
        .collect()
}

fn automaton(characters: &[String]) -> Option<AhoCorasick> {
    if characters.is_empty() {
        return None;
    }
    // Fails only past a size that the bounds on lexicon files keep out of reach.
    AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(characters).ok()
}

impl Patterns {
    /// Reads a sentence and finds its phrases: those of entries go to `found`, those of classes into the sentence.
    pub(crate) fn read<'a>(
        &'a self,
        text: &str,
        span: Span,
        sentence: &mut Sentence,
        mut found: impl FnMut(Found<'a>),
    ) {
        sentence.read(text, span, &self.rules, &self.vocabulary);
        let mut terms = std::mem::take(&mut sentence.terms);
        {
            let sentence = &*sentence;
            self.phrases.find(
                sentence.len(),
                |at| (sentence.ids[at].0, sentence.tokens[at].shape),
                |phrase, start, len| {
                    let row = self.phrase_rows[phrase as usize];
                    if row != NO_ROW {
                        terms.push(Term { start, len, row });
                    }
                    for entry in &self.phrase_entries[phrase as usize] {
                        found(Found { entry: *entry, span: sentence.span(start, start + len), parts: Vec::new() });
                    }
                },
            );
        }
        terms.sort_by_key(|term| (term.start, term.len));
        for term in &terms {
            self.vocabulary.gather(term.row, &[], &mut sentence.all);
        }
        sentence.terms = terms;
    }

    /// Finds the constructions of a sentence whose names and quotations are known.
    pub(crate) fn constructions<'a>(
        &'a self,
        sentence: &Sentence,
        scratch: &mut Scratch,
        mut found: impl FnMut(Found<'a>),
    ) {
        let present = |set: SetId| sentence.all[set as usize / 64] >> (set % 64) & 1 == 1;
        let filed = self.anchored.iter().filter(|(anchor, _)| present(*anchor)).flat_map(|(_, programs)| programs);
        for (entry, program) in filed.chain(&self.unanchored) {
            if !program.required.iter().all(|set| present(*set)) {
                continue;
            }
            let matcher = Matcher { vocabulary: &self.vocabulary, sentence, program };
            for start in 0..sentence.len() {
                if !matcher.may_begin(start) {
                    continue;
                }
                let Some(end) = matcher.longest(start, scratch).filter(|end| *end > start) else { continue };
                let part = |part: usize| match scratch.best[part * 2..part * 2 + 2] {
                    [from, to] if from < to && to != usize::MAX => Some(sentence.span(from, to)),
                    _ => None,
                };
                let span = if program.reports_part { part(0) } else { Some(sentence.span(start, end)) };
                let Some(span) = span else { continue };
                let parts =
                    (1..program.roles.len()).filter_map(|i| Some((program.roles[i].as_str(), part(i)?))).collect();
                found(Found { entry: *entry, span, parts });
            }
        }
    }

    /// Finds runs of characters in a whole text.
    pub(crate) fn characters(&self, text: &str, mut found: impl FnMut(Found)) {
        let Some((automaton, entries)) = &self.characters else { return };
        for hit in automaton.find_overlapping_iter(text) {
            let entry = entries[hit.pattern().as_usize()];
            found(Found { entry, span: Span::new(hit.start(), hit.end()), parts: Vec::new() });
        }
    }

    /// Whether the words around a match allow the entry's reading.
    pub(crate) fn in_company(&self, entry: usize, span: Span, sentence: &Sentence) -> bool {
        let Conditions { requires, excludes } = self.conditions[entry];
        if requires.is_none() && excludes.is_none() {
            return true;
        }
        let from = sentence.tokens.partition_point(|token| token.span.end() <= span.start());
        let to = sentence.tokens.partition_point(|token| token.span.start() < span.end());
        let holds = |set| sentence.holds_outside(&self.vocabulary, set, from..to);
        requires.is_none_or(holds) && !excludes.is_some_and(holds)
    }

    /// What each token of a sentence may be in a name, as bits in the order of [`CLUE_CLASSES`].
    pub(crate) fn clues(&self, sentence: &Sentence, clues: &mut Vec<u16>, terms: &mut Vec<(usize, usize, u16)>) {
        let of = |row: RowId| {
            let holds = |set: SetId| row != NO_ROW && self.vocabulary.holds(row, &sentence.extra, set);
            self.clues.iter().enumerate().filter(|(_, set)| holds(**set)).fold(0, |bits, (i, _)| bits | 1 << i)
        };
        clues.clear();
        clues.extend(sentence.ids.iter().map(|(_, row)| of(*row)));
        terms.clear();
        terms.extend(sentence.terms.iter().map(|t| (t.start, t.len, of(t.row))).filter(|(.., bits)| *bits != 0));
    }
}
