//! What a step of a program asks for, in plain words.

use rustc_hash::FxHashMap;

use super::program::Step;
use super::resolve::{NameTest, Resolver, Test};
use super::vocabulary::{Set, SetId, Vocabulary, Word, Written};

/// How many members of a class or list are named.
const NAMED: usize = 6;

/// The words behind the numbers.
#[derive(Debug, Default)]
pub(super) struct Wording {
    /// In their folded form, by number.
    spellings: Vec<String>,
    sets: FxHashMap<SetId, String>,
}

impl Wording {
    /// Of all that a resolver has met.
    pub(super) fn of(resolver: &Resolver) -> Wording {
        let vocabulary = &resolver.vocabulary;
        let mut wording = Wording { spellings: vocabulary.spellings(), sets: FxHashMap::default() };
        for (id, set) in vocabulary.sets() {
            wording.sets.insert(id, wording.members(set, "or"));
        }
        // Of several names for the same set, the first by the alphabet.
        let mut named: Vec<(String, SetId)> =
            resolver.named_sets().filter_map(|(name, set)| Some((name, vocabulary.known(set)?))).collect();
        named.sort_by(|a, b| b.cmp(a));
        for (name, id) in named {
            let members = wording.members(vocabulary.get(id), "and");
            wording.sets.insert(id, format!("a member of {name}: {members}"));
        }
        wording
    }

    /// What the step wants at its place.
    pub(super) fn wanted(&self, step: &Step, vocabulary: &Vocabulary) -> String {
        let test = match step {
            Step::Test(test) => test,
            Step::NotHere(_) => return "anything but this".to_owned(),
            Step::NotBefore(_) => return "anything but this before it".to_owned(),
            Step::SentenceStart => return "the start of the sentence".to_owned(),
            Step::Split(..) | Step::Jump(_) | Step::Open(_) | Step::Close(_) | Step::Match => return String::new(),
        };
        let plain = match test {
            Test::Word(word) => return self.word(word),
            Test::OneOf(list) => {
                let words = vocabulary.list(*list);
                return listed(words.iter().map(|word| self.word(word)), words.len(), "or");
            }
            Test::Set(set) => return self.sets.get(set).cloned().unwrap_or_default(),
            Test::AnyWord => "a word",
            Test::Name(NameTest::Any) => "a name",
            Test::Name(NameTest::Person) => "the name of a person",
            Test::Name(NameTest::Place) => "the name of a place",
            Test::Name(NameTest::Body) => "the name of an organisation",
            Test::Quotation => "a quotation",
        };
        plain.to_owned()
    }

    fn word(&self, (id, written): &Word) -> String {
        let spelling = self.spellings.get(*id as usize).map_or("", String::as_str);
        match written {
            Written::Any => format!("\"{spelling}\""),
            Written::Capital => format!("\"{spelling}\" with a capital"),
            Written::Capitals => format!("\"{spelling}\" in capitals"),
        }
    }

    fn members(&self, set: &Set, and: &str) -> String {
        let words = set.words.iter().map(|word| self.word(word));
        let phrases = set.phrases.iter().map(|phrase| {
            let words: Vec<&str> = phrase.iter().map(|(id, _)| self.spellings[*id as usize].as_str()).collect();
            format!("\"{}\"", words.join(" "))
        });
        let affixes = set.affixes.iter().flat_map(|affixes| &affixes.any_of);
        let affixes = affixes.map(|(prefix, suffix)| format!("{prefix}*{suffix}"));
        let digits = set.digits.then(|| "numbers in digits".to_owned());
        let all: Vec<String> = affixes.chain(digits).chain(words.chain(phrases).take(NAMED)).collect();
        let known = all.len() + (set.words.len() + set.phrases.len()).saturating_sub(NAMED);
        listed(all.into_iter(), known, and)
    }
}

/// The first of a list of `all`, and how many more there are.
fn listed(items: impl Iterator<Item = String>, all: usize, and: &str) -> String {
    let mut named: Vec<String> = items.take(NAMED).collect();
    let more = all.saturating_sub(named.len());
    if more > 0 {
        named.push(format!("{more} more"));
    }
    match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "nothing".to_owned(),
    }
}
