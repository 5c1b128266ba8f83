//! Entries that never tag anything because another always wins.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Judged;
use crate::annotate::engine::{self, Hit};
use crate::annotate::self_test::unbracket;
use crate::annotate::Annotator;
use crate::lexicon::{brackets, Fault};
use crate::pattern::{Survey, Word, WordId};

pub(super) fn warnings(annotator: &Annotator, entries: &[Judged], survey: &mut Survey) -> Vec<Fault> {
    let index = Index::new(entries, survey);
    let tags = entries.iter().enumerate().filter(|(_, judged)| !judged.entry.is_exception());
    tags.filter_map(|(at, judged)| index.proof(at).or_else(|| trial(annotator, entries, judged))).collect()
}

/// A device and a run of words, whatever their capitals.
type Run = (usize, Vec<WordId>);

/// The runs of words that entries of plain words stand for.
struct Index<'e> {
    entries: &'e [Judged<'e>],
    /// Of each entry; `None` where it is more than plain words.
    phrases: Vec<Option<Vec<Vec<Word>>>>,
    /// Where a run stands in any company: place of its entry in `entries`, and the run with its capitals.
    runs: FxHashMap<Run, Vec<(usize, Vec<Word>)>>,
    /// How long the runs of exceptions are.
    guarded: BTreeSet<usize>,
}

impl<'e> Index<'e> {
    fn new(entries: &'e [Judged<'e>], survey: &mut Survey) -> Index<'e> {
        let mut index = Index { entries, phrases: Vec::new(), runs: FxHashMap::default(), guarded: BTreeSet::new() };
        for (at, judged) in entries.iter().enumerate() {
            let all: Vec<_> = judged.entry.patterns.iter().map(|text| survey.phrases(judged.home, text)).collect();
            if judged.is_unconditional() {
                for run in all.iter().flatten().flatten() {
                    if judged.entry.is_exception() {
                        index.guarded.insert(run.len());
                    }
                    index.runs.entry((judged.device, ids(run))).or_default().push((at, run.clone()));
                }
            }
            index.phrases.push(all.into_iter().collect::<Option<Vec<_>>>().map(|all| all.concat()));
        }
        index
    }

    /// A warning if every run of words that the entry stands for is that of an entry further up, or holds an exception.
    fn proof(&self, at: usize) -> Option<Fault> {
        let judged = &self.entries[at];
        let phrases = self.phrases[at].as_ref().filter(|phrases| !phrases.is_empty())?;
        let mut winners: Vec<usize> = phrases.iter().map(|run| self.winner(at, run)).collect::<Option<_>>()?;
        winners.sort_unstable();
        winners.dedup();
        let names: Vec<String> = winners.iter().map(|winner| self.entries[*winner].called(judged)).collect();
        let message = format!(
            "the entry can never tag anything: {} always wins on the same words; take one of them away, or move this one \
             up and tell them apart by `requires` or `excludes`",
            names.join(" or ")
        );
        Some(judged.warning(&judged.entry.id, message))
    }

    /// The entry that has a run wherever it stands.
    fn winner(&self, loser: usize, run: &[Word]) -> Option<usize> {
        let device = self.entries[loser].device;
        let held = |part: &[Word], wins: &dyn Fn(usize) -> bool| {
            let runs = self.runs.get(&(device, ids(part)))?;
            // What is written with fewer capitals matches all that the other does.
            let fits = |run: &[Word]| run.iter().zip(part).all(|((_, first), (_, second))| first <= second);
            runs.iter().find(|(at, run)| wins(*at) && fits(run)).map(|(at, _)| *at)
        };
        let exception = |at: usize| self.entries[at].entry.is_exception();
        held(run, &|at| at < loser && !exception(at)).or_else(|| {
            let mut parts = self.guarded.iter().flat_map(|len| run.windows(*len));
            parts.find_map(|part| held(part, &exception))
        })
    }
}

fn ids(run: &[Word]) -> Vec<WordId> {
    run.iter().map(|(id, _)| *id).collect()
}

/// A warning if another entry wins in every example that the entry gives of itself.
fn trial(annotator: &Annotator, entries: &[Judged], judged: &Judged) -> Option<Fault> {
    let compiled = annotator.compiled();
    let mut beaten = None;
    for example in judged.entry.examples.iter().filter(|example| brackets(example.get_ref()).is_ok()) {
        let (text, _) = unbracket(example.get_ref());
        let stayed = engine::annotate(compiled, &text, false).hits;
        if stayed.iter().any(|hit| hit.entry == judged.number) {
            return None;
        }
        let all = engine::annotate(compiled, &text, true).hits;
        let own: Vec<&Hit> = all.iter().filter(|hit| hit.entry == judged.number).collect();
        let rival = |hit: &&Hit| {
            compiled.device_of[hit.entry] == judged.device && own.iter().any(|own| own.span.overlaps(hit.span))
        };
        let exception = |hit: &&Hit| compiled.entry(hit.entry).1.is_exception() && rival(hit);
        let winner = stayed.iter().find(rival).or_else(|| all.iter().find(exception))?;
        let shown = text[winner.span.range()].to_owned();
        beaten.get_or_insert((winner.entry, shown));
    }
    let (winner, shown) = beaten?;
    let winner = entries.iter().find(|other| other.number == winner)?;
    let (name, does) = (winner.called(judged), if winner.entry.is_exception() { "guards" } else { "tags" });
    let message = format!(
        "in its own examples the entry never wins: {name} {does} {shown:?} there; give an example that shows what only \
         this entry finds, or take it away"
    );
    Some(judged.warning(&judged.entry.id, message))
}
