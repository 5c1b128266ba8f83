//! A resolved pattern becomes a short program of steps, built around an anchor: an element that every match has, and that
//! few words pass. Only where a word passes it does the program run, forwards to the end and backwards to the start.

use std::ops::Range;

use super::gates::Gate;
use super::resolve::{Ir, Test};
use super::vocabulary::{SetId, VocabularyBuilder};
use crate::compact::compact;

/// The most steps that one pattern may take.
const MAX_STEPS: usize = 4096;
/// The most parts that one pattern may name, the reported one included.
const MAX_PARTS: usize = 8;
/// How deep `!` may stand within `!`: each level tries what is in it at every word that the one around it reaches.
const MAX_LOOKAHEADS: usize = 4;

/// The number of a step.
pub(super) type StepId = u16;

/// One step of a program. What a test accepts lies before or behind, as the program runs backwards or forwards; what
/// takes no words is the same either way.
///
/// There are many programs, and a run takes few steps of one: the smaller a step is, the sooner the next ones are at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Go on beyond what passes the test.
    Test(Test),
    /// Try the first, then the second.
    Split(StepId, StepId),
    Jump(StepId),
    /// A part of the match begins here.
    Open(u8),
    /// A part of the match ends here.
    Close(u8),
    /// Go on at the step named unless the steps between, run forwards, match from here.
    NotHere(StepId),
    /// Go on unless what stands right before passes one of the tests of this number.
    NotBefore(u16),
    SentenceStart,
    Match,
}

impl Step {
    pub(super) fn test(&self) -> Option<Test> {
        match self {
            Step::Test(test) => Some(*test),
            _ => None,
        }
    }
}

compact!(Step [
    Test(test),
    Split(one, other),
    Jump(to),
    Open(part),
    Close(part),
    NotHere(to),
    NotBefore(tests),
    SentenceStart,
    Match,
]);

/// A construction ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// What is behind the anchor, to be run forwards; then what is before it, to be run backwards.
    pub(crate) steps: Box<[Step]>,
    /// The first of the steps to be run backwards.
    pub(crate) backwards: usize,
    /// By the number in [`Step::NotBefore`]: the tests that what stands before must not pass.
    pub(super) not_before: Box<[Box<[Test]>]>,
    /// Roles of the parts it reports; the first is the span itself and has none.
    pub(crate) roles: Box<[String]>,
    /// Whether a part of the pattern, not the whole match, is the span.
    pub(crate) reports_part: bool,
}

compact!(Program { steps, backwards, not_before, roles, reports_part });

/// A program, and where it has to be run at all.
#[derive(Clone, Debug)]
pub(crate) struct Anchored {
    pub(crate) program: Program,
    /// `None` where the pattern has no element that could be one: it is tried at every word.
    pub(crate) anchor: Option<Test>,
    /// How many words of a million can be the anchor, more or less.
    pub(super) frequency: usize,
    /// What must be passed ahead of the anchor, and what behind it.
    pub(super) gates: [Gate; 2],
    /// By step: itself, or the step of the first time round that it repeats; repetitions are written out.
    pub(super) repeats: Vec<StepId>,
}

impl Anchored {
    /// Its gates, with how many words of a million can be the anchor.
    pub(super) fn gates(&self) -> impl Iterator<Item = (&Gate, usize)> {
        self.gates.iter().map(|gate| (gate, self.frequency))
    }
}

impl Program {
    /// The programs for a pattern: one, or one for each of its alternatives where that gives rarer anchors.
    ///
    /// # Errors
    /// Says which bound the pattern breaks.
    pub(crate) fn all(ir: &Ir, vocabulary: &VocabularyBuilder) -> Result<Vec<Anchored>, String> {
        if may_be_empty(ir) {
            return Err("the pattern may match nothing at all; make at least one element obligatory".to_owned());
        }
        let (ir, parts) = Parts::of(ir);
        if parts.roles.len() > MAX_PARTS {
            return Err(format!("a pattern names at most {MAX_PARTS} parts"));
        }
        for (part, role) in parts.roles.iter().enumerate() {
            if ir.most(part as u8) > 1 {
                let part = if part == 0 { "`[ ]`".to_owned() } else { format!("`[{role}: ]`") };
                return Err(format!(
                    "{part} may stand twice in one match, a phrase's brackets counted; name each part once"
                ));
            }
        }
        Program::each(&ir, &parts, vocabulary, MAX_STEPS)
    }

    /// As [`Program::all`] for a pattern each of whose elements is a part; and one program more, to be run forwards from
    /// the first element. They take the same ways as the programs without these parts, which only add to the steps.
    ///
    /// # Errors
    /// As [`Program::all`]; that a part may stand twice is none here.
    pub(super) fn traced(ir: &Ir, vocabulary: &VocabularyBuilder) -> Result<(Vec<Anchored>, Program), String> {
        let (ir, parts) = Parts::of(ir);
        let most = (MAX_STEPS + 2 * parts.roles.len()).min(StepId::MAX.into());
        let mut items = Vec::new();
        flatten(&ir, &mut items);
        let forwards = Program::around(&items, None, &parts, vocabulary, most)?;
        Ok((Program::each(&ir, &parts, vocabulary, most)?, forwards.program))
    }

    /// The sets that its steps ask for.
    pub(super) fn sets(&self) -> impl Iterator<Item = SetId> + '_ {
        self.steps.iter().filter_map(|step| match step.test() {
            Some(Test::Set(set)) => Some(set),
            _ => None,
        })
    }

    /// The steps of each look-ahead that is more than one test.
    pub(super) fn lookaheads(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let inner = |(at, step): (usize, &Step)| match step {
            Step::NotHere(after) => Some(at + 1..*after as usize),
            _ => None,
        };
        self.steps.iter().enumerate().filter_map(inner).filter(|steps| steps.len() > 2)
    }

    fn each(
        ir: &Numbered,
        parts: &Parts,
        vocabulary: &VocabularyBuilder,
        most: usize,
    ) -> Result<Vec<Anchored>, String> {
        let mut items = Vec::new();
        flatten(ir, &mut items);
        let program = |items: &[Item]| {
            Program::around(items, rarest(items, vocabulary).map(|(at, _)| at), parts, vocabulary, most)
        };
        match rarest_choice(&items, vocabulary) {
            None => Ok(vec![program(&items)?]),
            Some((at, options)) => options
                .iter()
                .map(|option| {
                    let mut variant = items[..at].to_vec();
                    flatten(option, &mut variant);
                    variant.extend_from_slice(&items[at + 1..]);
                    program(&variant)
                })
                .collect(),
        }
    }

    fn around(
        items: &[Item],
        anchor: Option<usize>,
        parts: &Parts,
        vocabulary: &VocabularyBuilder,
        most: usize,
    ) -> Result<Anchored, String> {
        let (before, after) = match anchor {
            Some(at) => (&items[..at], &items[at + 1..]),
            None => (&items[..0], items),
        };
        let anchor_test = anchor.and_then(|at| items[at].anchor());
        let mut emitter =
            Emitter { steps: Vec::new(), repeats: Vec::new(), most, not_before: Vec::new(), lookaheads: 0 };
        after.iter().try_for_each(|item| emitter.item(item, Direction::Forwards))?;
        emitter.push(Step::Match)?;
        let backwards = emitter.steps.len();
        before.iter().rev().try_for_each(|item| emitter.item(item, Direction::Backwards))?;
        emitter.push(Step::Match)?;
        let program = Program {
            steps: emitter.steps.into(),
            backwards,
            not_before: emitter.not_before.into(),
            roles: parts.roles.clone().into(),
            reports_part: parts.reports_part,
        };
        let frequency = anchor_test.map_or(usize::MAX, |test| frequency(test, vocabulary));
        Ok(Anchored {
            program,
            anchor: anchor_test,
            frequency,
            gates: [after, before].map(|side| gate(side, vocabulary)),
            repeats: emitter.repeats,
        })
    }
}

/// The numbers that parts get, in the order of the pattern.
struct Parts {
    roles: Vec<String>,
    reports_part: bool,
}

/// As [`Ir`], with parts numbered.
#[derive(Clone, Debug)]
enum Numbered {
    Test(Test),
    Sequence(Vec<Numbered>),
    Either(Vec<Numbered>),
    Repeat(Box<Numbered>, u8, u8),
    NotHere(Box<Numbered>),
    NotBefore(Vec<Test>),
    Part(u8, Box<Numbered>),
    SentenceStart,
}

impl Parts {
    /// A pattern with its parts numbered.
    fn of(ir: &Ir) -> (Numbered, Parts) {
        let mut parts = Parts { roles: vec![String::new()], reports_part: false };
        (parts.number(ir), parts)
    }

    fn number(&mut self, ir: &Ir) -> Numbered {
        match ir {
            Ir::Test(test) => Numbered::Test(*test),
            Ir::Sequence(parts) => Numbered::Sequence(parts.iter().map(|part| self.number(part)).collect()),
            Ir::Either(options) => Numbered::Either(options.iter().map(|option| self.number(option)).collect()),
            Ir::Repeat(inner, min, max) => Numbered::Repeat(Box::new(self.number(inner)), *min, *max),
            // What is not there has no parts: a phrase may bring some along.
            Ir::NotHere(inner) => {
                let mut unheard = Parts { roles: vec![String::new()], reports_part: false };
                Numbered::NotHere(Box::new(unheard.number(inner).without_parts()))
            }
            Ir::NotBefore(tests) => Numbered::NotBefore(tests.clone()),
            Ir::Part(None, inner) => {
                self.reports_part = true;
                Numbered::Part(0, Box::new(self.number(inner)))
            }
            Ir::Part(Some(role), inner) => {
                let known = self.roles.iter().position(|r| r == role);
                let part = known.unwrap_or_else(|| {
                    self.roles.push(role.clone());
                    self.roles.len() - 1
                });
                Numbered::Part(part.min(u8::MAX.into()) as u8, Box::new(self.number(inner)))
            }
            Ir::SentenceStart => Numbered::SentenceStart,
            // Patterns of characters are no constructions; inside one the syntax forbids them.
            Ir::Characters(_) => Numbered::Either(Vec::new()),
        }
    }
}

impl Numbered {
    fn without_parts(self) -> Numbered {
        let all = |nodes: Vec<Numbered>| nodes.into_iter().map(Numbered::without_parts).collect();
        match self {
            Numbered::Sequence(parts) => Numbered::Sequence(all(parts)),
            Numbered::Either(options) => Numbered::Either(all(options)),
            Numbered::Repeat(inner, min, max) => Numbered::Repeat(Box::new(inner.without_parts()), min, max),
            Numbered::Part(_, inner) => inner.without_parts(),
            other => other,
        }
    }

    /// The tests, as few words as can be passing them, one of which is passed in every way through this. `None` where there
    /// is a way without, or one through what says nothing of words.
    fn gate(&self, vocabulary: &VocabularyBuilder) -> Option<Gate> {
        match self {
            Numbered::Test(Test::AnyWord | Test::Quotation | Test::Name(_)) => None,
            Numbered::Test(test) => Some(Gate { tests: vec![*test], frequency: frequency(*test, vocabulary) }),
            Numbered::Sequence(parts) => {
                parts.iter().filter_map(|part| part.gate(vocabulary)).min_by_key(|gate| gate.frequency)
            }
            Numbered::Either(options) => options.iter().try_fold(Gate::default(), |mut gate, option| {
                let more = option.gate(vocabulary)?;
                gate.tests.extend(more.tests);
                gate.frequency += more.frequency;
                Some(gate)
            }),
            Numbered::Repeat(inner, 1.., _) | Numbered::Part(_, inner) => inner.gate(vocabulary),
            Numbered::Repeat(..) | Numbered::NotHere(_) | Numbered::NotBefore(_) | Numbered::SentenceStart => None,
        }
    }

    /// How often a part may stand in one match.
    fn most(&self, part: u8) -> usize {
        match self {
            Numbered::Sequence(parts) => parts.iter().map(|p| p.most(part)).sum(),
            Numbered::Either(options) => options.iter().map(|o| o.most(part)).max().unwrap_or(0),
            Numbered::Repeat(inner, _, max) => inner.most(part) * usize::from(*max),
            Numbered::Part(own, inner) => inner.most(part) + usize::from(*own == part),
            _ => 0,
        }
    }
}

/// What follows what in every match.
#[derive(Clone, Copy)]
enum Item<'a> {
    Node(&'a Numbered),
    Open(u8),
    Close(u8),
}

impl Item<'_> {
    /// The test, if this could be an anchor: one that only certain words pass.
    fn anchor(&self) -> Option<Test> {
        match self {
            Item::Node(Numbered::Test(Test::AnyWord | Test::Quotation)) => None,
            Item::Node(Numbered::Test(test)) => Some(*test),
            _ => None,
        }
    }
}

fn flatten<'a>(ir: &'a Numbered, items: &mut Vec<Item<'a>>) {
    match ir {
        Numbered::Sequence(parts) => parts.iter().for_each(|part| flatten(part, items)),
        Numbered::Part(part, inner) => {
            items.push(Item::Open(*part));
            flatten(inner, items);
            items.push(Item::Close(*part));
        }
        node => items.push(Item::Node(node)),
    }
}

/// How many names there are in a million words, roughly.
const NAMES: usize = 60_000;

/// How many words of a million pass a test, more or less.
fn frequency(test: Test, vocabulary: &VocabularyBuilder) -> usize {
    match test {
        Test::Word(word) => vocabulary.frequency(&word),
        Test::OneOf(list) => vocabulary.list_words(list).iter().map(|word| vocabulary.frequency(word)).sum(),
        Test::Set(id) => vocabulary.set_frequency(id),
        Test::Name(_) => NAMES,
        Test::AnyWord | Test::Quotation => usize::MAX,
    }
}

/// The anchor that the fewest words of a text pass: its place and how many do, more or less.
fn rarest(items: &[Item], vocabulary: &VocabularyBuilder) -> Option<(usize, usize)> {
    let anchors = items.iter().enumerate().filter_map(|(at, item)| Some((at, frequency(item.anchor()?, vocabulary))));
    anchors.min_by_key(|(_, frequency)| *frequency)
}

/// The tests, as few words as can be passing them, one of which is passed in every way through some items.
fn gate(items: &[Item], vocabulary: &VocabularyBuilder) -> Gate {
    let gates = items.iter().filter_map(|item| match item {
        Item::Node(node) => node.gate(vocabulary),
        Item::Open(_) | Item::Close(_) => None,
    });
    gates.min_by_key(|gate| gate.frequency).unwrap_or_default()
}

/// The choice whose options all have rarer anchors than the items around it, if there is one.
fn rarest_choice<'a>(items: &[Item<'a>], vocabulary: &VocabularyBuilder) -> Option<(usize, &'a [Numbered])> {
    let commonest_of = |options: &[Numbered]| {
        let frequencies = options.iter().map(|option| {
            let mut items = Vec::new();
            flatten(option, &mut items);
            rarest(&items, vocabulary).map_or(usize::MAX, |(_, frequency)| frequency)
        });
        frequencies.max().unwrap_or(usize::MAX)
    };
    let own = rarest(items, vocabulary).map_or(usize::MAX, |(_, frequency)| frequency);
    let choices = items.iter().enumerate().filter_map(|(at, item)| match item {
        Item::Node(Numbered::Either(options)) => Some((at, options.as_slice(), commonest_of(options))),
        _ => None,
    });
    choices
        .filter(|(.., frequency)| *frequency < own)
        .min_by_key(|(.., frequency)| *frequency)
        .map(|(at, options, _)| (at, options))
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forwards,
    Backwards,
}

struct Emitter {
    steps: Vec<Step>,
    /// By step: itself, or the step of the first time round that it repeats.
    repeats: Vec<StepId>,
    /// How many there may be.
    most: usize,
    not_before: Vec<Box<[Test]>>,
    /// How many `!` are around what is emitted.
    lookaheads: usize,
}

impl Emitter {
    fn push(&mut self, step: Step) -> Result<usize, String> {
        if self.steps.len() >= self.most {
            return Err(format!(
                "the pattern compiles to more than {MAX_STEPS} steps; repeat less, or split it in two"
            ));
        }
        self.repeats.push(self.here());
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn here(&self) -> StepId {
        self.steps.len() as StepId
    }

    fn item(&mut self, item: &Item, direction: Direction) -> Result<(), String> {
        match item {
            Item::Node(node) => self.emit(node, direction),
            Item::Open(part) => self.push(Step::Open(*part)).map(drop),
            Item::Close(part) => self.push(Step::Close(*part)).map(drop),
        }
    }

    fn emit(&mut self, ir: &Numbered, direction: Direction) -> Result<(), String> {
        match ir {
            Numbered::Test(test) => drop(self.push(Step::Test(*test))?),
            Numbered::Sequence(parts) => match direction {
                Direction::Forwards => parts.iter().try_for_each(|part| self.emit(part, direction))?,
                Direction::Backwards => parts.iter().rev().try_for_each(|part| self.emit(part, direction))?,
            },
            Numbered::Either(options) => self.either(options, direction)?,
            Numbered::Repeat(inner, min, max) => {
                let (mut exits, mut first) = (Vec::new(), None);
                for time in 0..*max {
                    if time >= *min {
                        exits.push(self.push(Step::Match)?);
                    }
                    let start = self.steps.len();
                    self.emit(inner, direction)?;
                    // How often any word is repeated is all that a pattern says of it.
                    if !self.steps[start..].iter().any(|step| matches!(step, Step::Test(Test::AnyWord))) {
                        let first = *first.get_or_insert(start);
                        self.repeats.copy_within(first..first + self.steps.len() - start, start);
                    }
                }
                let end = self.here();
                // What comes first in the text takes as much as it can, so a way backwards takes as little.
                for exit in exits {
                    self.steps[exit] = match direction {
                        Direction::Forwards => Step::Split(exit as StepId + 1, end),
                        Direction::Backwards => Step::Split(end, exit as StepId + 1),
                    };
                }
            }
            Numbered::NotHere(inner) => {
                self.lookaheads += 1;
                if self.lookaheads > MAX_LOOKAHEADS {
                    return Err(format!("`!` stands within `!` at most {MAX_LOOKAHEADS} deep"));
                }
                let start = self.push(Step::Match)?;
                self.emit(inner, Direction::Forwards)?;
                self.push(Step::Match)?;
                self.steps[start] = Step::NotHere(self.here());
                self.lookaheads -= 1;
            }
            Numbered::NotBefore(tests) => {
                self.push(Step::NotBefore(self.not_before.len() as u16))?;
                self.not_before.push(tests.clone().into());
            }
            Numbered::Part(part, inner) => {
                let mut ends = [Step::Open(*part), Step::Close(*part)];
                if direction == Direction::Backwards {
                    ends.reverse();
                }
                let [first, last] = ends;
                self.push(first)?;
                self.emit(inner, direction)?;
                self.push(last)?;
            }
            Numbered::SentenceStart => drop(self.push(Step::SentenceStart)?),
        }
        Ok(())
    }

    fn either(&mut self, options: &[Numbered], direction: Direction) -> Result<(), String> {
        let mut ends = Vec::new();
        for (i, option) in options.iter().enumerate() {
            if i + 1 == options.len() {
                self.emit(option, direction)?;
                break;
            }
            let split = self.push(Step::Match)?;
            self.emit(option, direction)?;
            ends.push(self.push(Step::Match)?);
            self.steps[split] = Step::Split(split as StepId + 1, self.here());
        }
        let end = self.here();
        for at in ends {
            self.steps[at] = Step::Jump(end);
        }
        Ok(())
    }
}

fn may_be_empty(ir: &Ir) -> bool {
    match ir {
        Ir::Test(_) | Ir::Characters(_) => false,
        Ir::Sequence(parts) => parts.iter().all(may_be_empty),
        Ir::Either(options) => options.iter().any(may_be_empty),
        Ir::Repeat(inner, min, _) => *min == 0 || may_be_empty(inner),
        Ir::Part(_, inner) => may_be_empty(inner),
        Ir::NotHere(_) | Ir::NotBefore(_) | Ir::SentenceStart => true,
    }
}
