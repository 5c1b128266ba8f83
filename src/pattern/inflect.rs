//! Inflection: from a lemma and a form to every surface form, British and American.
//!
//! No word and no ending of any language stands here; all of that is in the data file. A word's
//! spellings are found first, and then each is inflected: by the table of irregular words if it is
//! there, else by the first suffix rule that fits.

mod load;
mod rule;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use load::InflectionError;
use rule::{last_bit, Rule};

use super::form::{Form, FORMS};

/// How many spellings one lemma may have: a bound, so that no data file can make an endless chain.
const MAX_SPELLINGS: usize = 16;

/// Cuts a hyphenated word before its last part, which is the part that inflects.
fn last_part(word: &str) -> (&str, &str) {
    word.split_at(word.rfind('-').map_or(0, |hyphen| hyphen + 1))
}

/// The irregular forms of one word. A form that is not here is made by rule.
type Irregular = Vec<(Form, Vec<String>)>;

/// How one language inflects its words: a data file, read and ready.
///
/// ```
/// use rhetor::{Form, Inflection};
///
/// let english = Inflection::english();
/// assert_eq!(english.forms("take", Form::Verb), ["take", "taken", "takes", "taking", "took"]);
/// assert_eq!(english.forms("labour", Form::Nn), ["labor", "labour"]);
/// ```
#[derive(Clone, Debug)]
pub struct Inflection {
    id: String,
    version: String,
    sets: Vec<HashSet<String>>,
    rules: [Vec<Rule>; FORMS.len()],
    /// By word class, at the place of its [`Form`]; the other places stay empty.
    irregular: [HashMap<String, Irregular>; FORMS.len()],
    spellings: HashMap<String, Vec<(String, Option<Form>)>>,
    spelling_rules: Vec<(Rule, Option<Form>)>,
    one_spelling: HashSet<String>,
}

impl Inflection {
    /// The bundled English data.
    ///
    /// ```
    /// let english = rhetor::Inflection::english();
    /// assert_eq!(english.id(), "en/inflection");
    /// ```
    #[cfg(feature = "bundled")]
    pub fn english() -> &'static Inflection {
        static ENGLISH: std::sync::OnceLock<Inflection> = std::sync::OnceLock::new();
        ENGLISH.get_or_init(|| {
            Inflection::from_toml(include_str!("../../lexicons/en/inflection.toml"))
                .expect("the bundled file is read by the tests")
        })
    }

    /// The file's id.
    ///
    /// ```
    /// assert_eq!(rhetor::Inflection::english().id(), "en/inflection");
    /// ```
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file's version.
    ///
    /// ```
    /// assert!(rhetor::Inflection::english().version().starts_with("1."));
    /// ```
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every surface form of the lemma in the given form, in all its spellings, sorted.
    ///
    /// The lemma is looked up as it is written: fold it to lower case first. The base form holds the
    /// lemma itself; a form that a word lacks, such as the comparative of "daily", is empty.
    ///
    /// ```
    /// use rhetor::{Form, Inflection};
    ///
    /// let english = Inflection::english();
    /// assert_eq!(english.forms("neutralise", Form::Vbd), ["neutralised", "neutralized"]);
    /// assert_eq!(english.forms("passer-by", Form::Noun), ["passer-by", "passers-by"]);
    /// assert_eq!(english.forms("big", Form::Jjr), ["bigger"]);
    /// ```
    pub fn forms(&self, lemma: &str, form: Form) -> Vec<String> {
        let mut forms = Vec::new();
        for word in self.spellings(lemma, form.group()) {
            let (head, entry) = self.irregular(&word, form.group());
            for (wanted, _) in FORMS.iter().filter(|(other, _)| form.covers(*other)) {
                self.inflect(&word, *wanted, head, entry, &mut forms);
            }
        }
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// All past participles that are not made by rule, sorted.
    ///
    /// ```
    /// let english = rhetor::Inflection::english();
    /// assert!(english.participles().any(|word| word == "overthrown"));
    /// ```
    pub fn participles(&self) -> impl Iterator<Item = &str> {
        self.listed(Form::Vbn)
    }

    /// All past tenses that are not made by rule, sorted.
    ///
    /// ```
    /// let english = rhetor::Inflection::english();
    /// assert!(english.irregular_pasts().any(|word| word == "overthrew"));
    /// ```
    pub fn irregular_pasts(&self) -> impl Iterator<Item = &str> {
        self.listed(Form::Vbd)
    }

    fn listed(&self, form: Form) -> impl Iterator<Item = &str> {
        let entries = self.irregular[form.group() as usize].values().flatten();
        let listed = entries.filter(|(other, _)| *other == form).flat_map(|(_, words)| words);
        listed.map(String::as_str).collect::<BTreeSet<_>>().into_iter()
    }

    /// The entry of the word or of its last part, and what stands before that part.
    fn irregular<'w>(&self, word: &'w str, group: Form) -> (&'w str, &[(Form, Vec<String>)]) {
        let table = &self.irregular[group as usize];
        let (head, part) = last_part(word);
        match table.get(word) {
            Some(entry) => ("", entry),
            None if head.is_empty() => ("", &[]),
            None => (head, table.get(part).map_or(&[], Vec::as_slice)),
        }
    }

    /// Adds one form of one spelling, whose irregular entry is known.
    fn inflect(&self, word: &str, form: Form, head: &str, entry: &[(Form, Vec<String>)], forms: &mut Vec<String>) {
        if let Some((_, words)) = entry.iter().find(|(other, _)| *other == form) {
            forms.extend(words.iter().map(|word| [head, word].concat()));
        } else if form.is_base() {
            forms.push(word.to_owned());
        } else {
            let last = last_bit(word);
            let (before, part) = last_part(word);
            let in_set = |set: &HashSet<String>| set.contains(word) || !before.is_empty() && set.contains(part);
            for rule in &self.rules[form as usize] {
                let Some(stem) = rule.stem(word, last) else { continue };
                if rule.set.is_none_or(|set| in_set(&self.sets[set])) {
                    forms.extend(rule.outcomes(stem));
                    return;
                }
            }
        }
    }

    /// The lemma and its other spellings, and theirs.
    fn spellings(&self, lemma: &str, group: Form) -> Vec<String> {
        let mut found = vec![lemma.to_owned()];
        let mut next = 0;
        while next < found.len() && found.len() < MAX_SPELLINGS {
            let (head, part) = last_part(&found[next]);
            let (head, listed) = match self.spellings.get(&found[next]) {
                Some(others) => ("", others.as_slice()),
                None if head.is_empty() => ("", [].as_slice()),
                None => (head, self.spellings.get(part).map_or(&[][..], Vec::as_slice)),
            };
            let wanted = |only: Option<Form>| only.is_none_or(|only| only == group);
            let mut others: Vec<String> = Vec::new();
            others.extend(listed.iter().filter(|(_, only)| wanted(*only)).map(|(other, _)| [head, other].concat()));
            let last = last_bit(part);
            for (rule, _) in self.spelling_rules.iter().filter(|(_, only)| wanted(*only)) {
                if let Some(stem) = rule.stem(&found[next], last).filter(|_| !self.one_spelling.contains(part)) {
                    others.extend(rule.outcomes(stem));
                }
            }
            others.retain(|other| !found.contains(other));
            found.append(&mut others);
            next += 1;
        }
        found
    }
}
