//! Runs a construction's program over a sentence.
//!
//! From one start, every way through the program is followed, but no step twice at the same word, so the time is bounded
//! by steps times words however the pattern repeats; the longest match wins.

use super::program::{First, Program, Step};
use super::resolve::Test;
use super::sentence::Sentence;
use super::vocabulary::{Vocabulary, NO_ROW};

/// The most words from a match's first to its last.
pub(crate) const MAX_WORDS: usize = 128;

/// Memory that runs reuse.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Per step and word: the number of the run that was last there.
    visited: Vec<u32>,
    run: u32,
    jobs: Vec<Job>,
    slots: Vec<usize>,
    /// Start and end of each part in the best match, in tokens; `usize::MAX` where a part took no part.
    pub(crate) best: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Job {
    Go { step: usize, at: usize },
    Restore { slot: usize, value: usize },
}

/// What a run needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Matcher<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) sentence: &'a Sentence,
    pub(crate) program: &'a Program,
}

impl Matcher<'_> {
    /// Whether a match may begin at a token; cheap, and true somewhat too often.
    pub(crate) fn may_begin(&self, at: usize) -> bool {
        let First { set, phrase, name, quotation, any } = self.program.first;
        let row = self.sentence.ids[at].1;
        any || (row != NO_ROW && set.is_some_and(|set| self.vocabulary.holds(row, &self.sentence.extra, set)))
            || (phrase && self.sentence.terms_at(at).next().is_some())
            || (name && self.sentence.name_at(at).is_some())
            || (quotation && self.sentence.quotation_at(at).is_some())
    }

    /// The end of the longest match from `start`, with its parts in `scratch.best`.
    pub(crate) fn longest(&self, start: usize, scratch: &mut Scratch) -> Option<usize> {
        scratch.visited.resize(scratch.visited.len().max(self.program.steps.len() * MAX_WORDS), 0);
        scratch.slots.clear();
        scratch.slots.resize(self.program.roles.len() * 2, usize::MAX);
        scratch.jobs.clear();
        let mut best = None;
        self.explore(0, start, start, scratch, &mut |end, scratch| {
            if best.is_none_or(|best| end > best) {
                best = Some(end);
                let Scratch { best, slots, .. } = scratch;
                best.clone_from(slots);
            }
            false
        });
        best
    }

    /// Follows every way from a step; `matched` is told of each end reached and may say that this is enough.
    fn explore(
        &self,
        step: usize,
        at: usize,
        start: usize,
        scratch: &mut Scratch,
        matched: &mut dyn FnMut(usize, &mut Scratch) -> bool,
    ) -> bool {
        scratch.run = scratch.run.checked_add(1).unwrap_or_else(|| {
            scratch.visited.fill(0);
            1
        });
        let run = scratch.run;
        let bottom = scratch.jobs.len();
        scratch.jobs.push(Job::Go { step, at });
        while scratch.jobs.len() > bottom {
            let (mut step, mut at) = match scratch.jobs.pop() {
                Some(Job::Go { step, at }) => (step, at),
                Some(Job::Restore { slot, value }) => {
                    scratch.slots[slot] = value;
                    continue;
                }
                None => break,
            };
            loop {
                // Only names and quotations leap this far.
                if at - start >= MAX_WORDS {
                    break;
                }
                let visited = &mut scratch.visited[step * MAX_WORDS + at - start];
                if *visited == run {
                    break;
                }
                *visited = run;
                match &self.program.steps[step] {
                    Step::Match => {
                        if matched(at, scratch) {
                            scratch.jobs.truncate(bottom);
                            return true;
                        }
                        break;
                    }
                    Step::Test(test) => {
                        let mut next = None;
                        self.test(*test, at, |end| {
                            if let Some(other) = next.replace(end) {
                                scratch.jobs.push(Job::Go { step: step + 1, at: other });
                            }
                        });
                        let Some(end) = next else { break };
                        at = end;
                        step += 1;
                    }
                    Step::Split(first, second) => {
                        scratch.jobs.push(Job::Go { step: *second as usize, at });
                        step = *first as usize;
                    }
                    Step::Jump(to) => step = *to as usize,
                    Step::Open(part) | Step::Close(part) => {
                        let opens = matches!(self.program.steps[step], Step::Open(_));
                        let slot = *part as usize * 2 + usize::from(!opens);
                        scratch.jobs.push(Job::Restore { slot, value: scratch.slots[slot] });
                        scratch.slots[slot] = at;
                        step += 1;
                    }
                    Step::NotHere(after) => {
                        if self.explore(step + 1, at, start, scratch, &mut |_, _| true) {
                            break;
                        }
                        step = *after as usize;
                    }
                    Step::NotBefore(tests) => {
                        if at > 0 && tests.iter().any(|test| self.ends_before(*test, at)) {
                            break;
                        }
                        step += 1;
                    }
                    Step::SentenceStart => {
                        if at > 0 {
                            break;
                        }
                        step += 1;
                    }
                }
            }
        }
        false
    }

    /// Calls `end` with each place where what passes the test at `at` ends.
    fn test(&self, test: Test, at: usize, mut end: impl FnMut(usize)) {
        let sentence = self.sentence;
        let Some((word, row)) = sentence.ids.get(at) else { return };
        match test {
            Test::Word((id, written)) => {
                if id == *word && written.allows(sentence.tokens[at].shape) {
                    end(at + 1);
                }
            }
            Test::Set(set) => {
                if *row != NO_ROW && self.vocabulary.holds(*row, &sentence.extra, set) {
                    end(at + 1);
                }
                for term in sentence.terms_at(at) {
                    if self.vocabulary.holds(term.row, &sentence.extra, set) {
                        end(at + term.len);
                    }
                }
            }
            Test::AnyWord => {
                if sentence.tokens[at].shape.is_word() {
                    end(at + 1);
                }
            }
            Test::Name(wanted) => {
                if let Some(name) = sentence.name_at(at).filter(|name| wanted.accepts(name.kind)) {
                    end(name.end);
                }
            }
            Test::Quotation => {
                if let Some(after) = sentence.quotation_at(at) {
                    end(after);
                }
            }
        }
    }

    /// Whether something that passes the test ends right before `at`.
    fn ends_before(&self, test: Test, at: usize) -> bool {
        let sentence = self.sentence;
        match test {
            Test::Name(wanted) => sentence.name_around(at - 1).is_some_and(|n| n.end == at && wanted.accepts(n.kind)),
            Test::Quotation => sentence.quotations.iter().any(|(_, end)| *end == at),
            Test::Set(set) => {
                let holds = |row| self.vocabulary.holds(row, &sentence.extra, set);
                holds(sentence.ids[at - 1].1)
                    || sentence.terms.iter().any(|term| term.start + term.len == at && holds(term.row))
            }
            Test::Word(_) | Test::AnyWord => {
                let mut found = false;
                self.test(test, at - 1, |_| found = true);
                found
            }
        }
    }
}
