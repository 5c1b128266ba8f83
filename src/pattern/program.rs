//! A resolved pattern becomes a short program of steps, and what can be known of it beforehand: which words it may begin
//! with and which it cannot do without.

use super::resolve::{Ir, Test};
use super::vocabulary::{Set, SetId, VocabularyBuilder};

/// The most steps that one pattern may take.
const MAX_STEPS: usize = 4096;
/// The most parts that one pattern may name, the reported one included.
const MAX_PARTS: usize = 8;

/// One step of a program.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Go on behind what passes the test.
    Test(Test),
    /// Try the first, then the second.
    Split(u32, u32),
    Jump(u32),
    Open(u8),
    Close(u8),
    /// Go on at the step named unless the steps between match here.
    NotHere(u32),
    NotBefore(Vec<Test>),
    SentenceStart,
    Match,
}

/// A construction ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) steps: Vec<Step>,
    /// Roles of the parts it reports; the first is the span itself and has none.
    pub(crate) roles: Vec<String>,
    /// Whether a part of the pattern, not the whole match, is the span.
    pub(crate) reports_part: bool,
    pub(crate) first: First,
    /// One member of each of these stands in every match, the rarest first.
    pub(crate) required: Vec<SetId>,
}

/// What a match may begin with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct First {
    /// A word of this set.
    pub(crate) set: Option<SetId>,
    /// A phrase of a class.
    pub(crate) phrase: bool,
    pub(crate) name: bool,
    pub(crate) quotation: bool,
    /// Anything at all.
    pub(crate) any: bool,
}

impl Program {
    /// # Errors
    /// Says which bound the pattern breaks.
    pub(crate) fn new(ir: &Ir, vocabulary: &mut VocabularyBuilder) -> Result<Program, String> {
        let mut emitter = Emitter { steps: Vec::new(), roles: vec![String::new()], reports_part: false };
        emitter.emit(ir)?;
        emitter.push(Step::Match)?;
        let mut first = FirstSet::default();
        let nullable = first_of(ir, &mut first, vocabulary);
        if nullable {
            return Err("the pattern may match nothing at all; make at least one element obligatory".to_owned());
        }
        let mut required = Vec::new();
        required_of(ir, vocabulary, &mut required);
        required.sort_by_key(Set::weight);
        Ok(Program {
            steps: emitter.steps,
            roles: emitter.roles,
            reports_part: emitter.reports_part,
            first: First {
                set: (first.set != Set::default()).then(|| vocabulary.set(first.set)),
                phrase: first.phrase,
                name: first.name,
                quotation: first.quotation,
                any: first.any,
            },
            required: required.into_iter().map(|set| vocabulary.set(set)).collect(),
        })
    }
}

struct Emitter {
    steps: Vec<Step>,
    roles: Vec<String>,
    reports_part: bool,
}

impl Emitter {
    fn push(&mut self, step: Step) -> Result<usize, String> {
        if self.steps.len() >= MAX_STEPS {
            return Err(format!(
                "the pattern compiles to more than {MAX_STEPS} steps; repeat less, or split it in two"
            ));
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    fn emit(&mut self, ir: &Ir) -> Result<(), String> {
        match ir {
            Ir::Test(test) => drop(self.push(Step::Test(*test))?),
            Ir::Sequence(parts) => parts.iter().try_for_each(|part| self.emit(part))?,
            Ir::Either(options) => self.either(options)?,
            Ir::Repeat(inner, min, max) => {
                for _ in 0..*min {
                    self.emit(inner)?;
                }
                let mut exits = Vec::new();
                for _ in *min..*max {
                    exits.push(self.push(Step::Match)?);
                    self.emit(inner)?;
                }
                let end = self.here();
                for exit in exits {
                    self.steps[exit] = Step::Split(exit as u32 + 1, end);
                }
            }
            Ir::NotHere(inner) => {
                let start = self.push(Step::Match)?;
                self.emit(inner)?;
                self.push(Step::Match)?;
                self.steps[start] = Step::NotHere(self.here());
            }
            Ir::NotBefore(tests) => drop(self.push(Step::NotBefore(tests.clone()))?),
            Ir::Part(role, inner) => {
                let part = match role {
                    None => {
                        self.reports_part = true;
                        0
                    }
                    Some(role) => {
                        self.roles.push(role.clone());
                        self.roles.len() - 1
                    }
                };
                if part >= MAX_PARTS {
                    return Err(format!("a pattern names at most {MAX_PARTS} parts"));
                }
                self.push(Step::Open(part as u8))?;
                self.emit(inner)?;
                self.push(Step::Close(part as u8))?;
            }
            Ir::SentenceStart => drop(self.push(Step::SentenceStart)?),
            Ir::Characters(_) => return Err("a pattern of characters stands alone".to_owned()),
        }
        Ok(())
    }

    fn either(&mut self, options: &[Ir]) -> Result<(), String> {
        let mut ends = Vec::new();
        for (i, option) in options.iter().enumerate() {
            if i + 1 == options.len() {
                self.emit(option)?;
                break;
            }
            let split = self.push(Step::Match)?;
            self.emit(option)?;
            ends.push(self.push(Step::Match)?);
            self.steps[split] = Step::Split(split as u32 + 1, self.here());
        }
        let end = self.here();
        for at in ends {
            self.steps[at] = Step::Jump(end);
        }
        Ok(())
    }
}

#[derive(Default)]
struct FirstSet {
    set: Set,
    phrase: bool,
    name: bool,
    quotation: bool,
    any: bool,
}

/// Adds what `ir` may begin with; returns whether it may match nothing.
fn first_of(ir: &Ir, first: &mut FirstSet, vocabulary: &VocabularyBuilder) -> bool {
    match ir {
        Ir::Test(test) => {
            match test {
                Test::Word(word) => drop(first.set.words.insert(*word)),
                Test::Set(id) => {
                    let set = vocabulary.get(*id);
                    first.phrase |= !set.phrases.is_empty();
                    first.set.add_single_words(set);
                }
                Test::AnyWord => first.any = true,
                Test::Name(_) => first.name = true,
                Test::Quotation => first.quotation = true,
            }
            false
        }
        Ir::Sequence(parts) => parts.iter().all(|part| first_of(part, first, vocabulary)),
        // Every option counts, so no short cut at the first that may be empty.
        Ir::Either(options) => options.iter().filter(|option| first_of(option, first, vocabulary)).count() > 0,
        Ir::Repeat(inner, min, _) => first_of(inner, first, vocabulary) || *min == 0,
        Ir::Part(_, inner) => first_of(inner, first, vocabulary),
        Ir::NotHere(_) | Ir::NotBefore(_) | Ir::SentenceStart => true,
        Ir::Characters(_) => false,
    }
}

/// Adds the sets of which every match holds a member.
fn required_of(ir: &Ir, vocabulary: &VocabularyBuilder, required: &mut Vec<Set>) {
    match ir {
        Ir::Test(Test::Word(word)) => required.push(Set { words: [*word].into(), ..Set::default() }),
        Ir::Test(Test::Set(id)) => {
            let mut set = Set::default();
            set.add_single_words(vocabulary.get(*id));
            required.push(set);
        }
        Ir::Sequence(parts) => parts.iter().for_each(|part| required_of(part, vocabulary, required)),
        Ir::Either(options) => {
            let mut any = Set::default();
            for option in options {
                let mut own = Vec::new();
                required_of(option, vocabulary, &mut own);
                match own.into_iter().min_by_key(Set::weight) {
                    Some(set) => any.add(&set),
                    None => return,
                }
            }
            required.push(any);
        }
        Ir::Repeat(inner, min, _) if *min > 0 => required_of(inner, vocabulary, required),
        Ir::Part(_, inner) => required_of(inner, vocabulary, required),
        _ => {}
    }
}
