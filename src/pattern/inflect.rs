//! Inflection: from a lemma and a form to every surface form, British and American.
//!
//! No word and no ending of any language stands here; all of that is in the data file. A word's
//! spellings are found first, and then each is inflected: by the table of irregular words if it is
//! there, else by the first suffix rule that fits.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

/// How many spellings one lemma may have: a bound, so that no data file can make an endless chain.
const MAX_SPELLINGS: usize = 16;

/// A word class, or one form of it: what stands after the slash in `neutralise/v` or `official/nns`.
///
/// ```
/// use rhetor::Form;
///
/// let form: Form = "vbd".parse()?;
/// assert_eq!(form, Form::Vbd);
/// assert_eq!(form.to_string(), "vbd");
/// # Ok::<(), rhetor::FormError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// `v`: every form of a verb.
    Verb,
    /// `vb`: the base form, "take".
    Vb,
    /// `vbz`: third person singular, "takes".
    Vbz,
    /// `vbg`: "taking".
    Vbg,
    /// `vbd`: the past tense, "took".
    Vbd,
    /// `vbn`: the past participle, "taken".
    Vbn,
    /// `n`: every form of a noun.
    Noun,
    /// `nn`: the singular.
    Nn,
    /// `nns`: the plural.
    Nns,
    /// `a`: every form of an adjective.
    Adjective,
    /// `jj`: the positive, "big".
    Jj,
    /// `jjr`: the comparative, "bigger".
    Jjr,
    /// `jjs`: the superlative, "biggest".
    Jjs,
}

use Form::{Adjective, Jj, Jjr, Jjs, Nn, Nns, Noun, Vb, Vbd, Vbg, Vbn, Vbz, Verb};

/// Each form and its tag, in the order of the enum. A group is followed by its base form.
const FORMS: [(Form, &str); 13] = [
    (Verb, "v"),
    (Vb, "vb"),
    (Vbz, "vbz"),
    (Vbg, "vbg"),
    (Vbd, "vbd"),
    (Vbn, "vbn"),
    (Noun, "n"),
    (Nn, "nn"),
    (Nns, "nns"),
    (Adjective, "a"),
    (Jj, "jj"),
    (Jjr, "jjr"),
    (Jjs, "jjs"),
];

impl Form {
    /// The word class that this form belongs to.
    ///
    /// ```
    /// # use rhetor::Form;
    /// assert_eq!(Form::Nns.group(), Form::Noun);
    /// assert_eq!(Form::Noun.group(), Form::Noun);
    /// ```
    pub fn group(self) -> Form {
        match self {
            Verb | Vb | Vbz | Vbg | Vbd | Vbn => Verb,
            Noun | Nn | Nns => Noun,
            Adjective | Jj | Jjr | Jjs => Adjective,
        }
    }

    /// Whether a word in the form `other` is also one in this form.
    ///
    /// ```
    /// # use rhetor::Form;
    /// assert!(Form::Verb.covers(Form::Vbd));
    /// assert!(!Form::Vbd.covers(Form::Verb));
    /// ```
    pub fn covers(self, other: Form) -> bool {
        self == other || self == other.group()
    }

    fn is_base(self) -> bool {
        matches!(self, Vb | Nn | Jj)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FORMS[*self as usize].1)
    }
}

impl FromStr for Form {
    type Err = FormError;

    fn from_str(tag: &str) -> Result<Form, FormError> {
        let found = FORMS.iter().find(|(_, known)| *known == tag);
        found.map(|(form, _)| *form).ok_or_else(|| FormError(tag.to_owned()))
    }
}

/// The tag after a slash names no form.
///
/// ```
/// let error = "vbx".parse::<rhetor::Form>().unwrap_err();
/// assert!(error.to_string().starts_with("`vbx` is no form"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no form: write one of v vb vbz vbg vbd vbn, n nn nns, a jj jjr jjs")]
pub struct FormError(String);

/// A fault in an inflection file, with its line.
///
/// ```
/// let error = rhetor::Inflection::from_toml("schema = 1\nid = en").unwrap_err();
/// assert_eq!(error.line(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct InflectionError {
    line: usize,
    message: String,
}

impl InflectionError {
    /// The line of the file that is wrong, counted from 1.
    ///
    /// ```
    /// assert_eq!(rhetor::Inflection::from_toml("=").unwrap_err().line(), 1);
    /// ```
    pub fn line(&self) -> usize {
        self.line
    }
}

/// The file as written. What its parts mean is told at the head of `lexicons/en/inflection.toml`.
#[derive(Deserialize)]
struct File {
    schema: Spanned<i64>,
    id: String,
    version: String,
    letters: HashMap<char, String>,
    set: HashMap<String, String>,
    rules: Vec<FileRules>,
    irregular: Vec<FileIrregular>,
    spelling: Vec<FileSpelling>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRules {
    form: Spanned<String>,
    rules: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIrregular {
    columns: Spanned<String>,
    words: Vec<Spanned<String>>,
    #[serde(default)]
    prefixed: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSpelling {
    only: Option<Spanned<String>>,
    pairs: Vec<Spanned<String>>,
    #[serde(default)]
    tails: String,
    #[serde(default)]
    except: String,
}

/// One thing that a rule wants to see before the ending, read from the end of the word.
#[derive(Clone, Debug)]
enum Item {
    Start,
    Letter(char),
    One(String),
    Many(String),
    Any(String),
}

/// "Where the word ends so, put that in place of the ending."
#[derive(Clone, Debug)]
struct Rule {
    before: Vec<Item>,
    ending: String,
    outcomes: Vec<String>,
    set: Option<usize>,
}

impl Rule {
    /// Reads `PATTERN OUTCOME,OUTCOME @set`.
    fn parse(line: &str, letters: &HashMap<char, String>, sets: &[&String]) -> Result<Rule, String> {
        let mut fields = line.split_whitespace();
        let (Some(pattern), Some(outcomes)) = (fields.next(), fields.next()) else {
            return Err(format!("`{line}`: a rule is a pattern, a space and what it makes"));
        };
        let set = match fields.next().map(|field| field.trim_start_matches('@')) {
            None => None,
            Some(name) => {
                let place = sets.iter().position(|set| *set == name);
                Some(place.ok_or_else(|| format!("`{line}`: there is no set `{name}`"))?)
            }
        };
        let Some((before, ending)) = pattern.split_once('|') else {
            return Err(format!("`{line}`: a `|` must show where the ending starts"));
        };
        let mut items = Vec::new();
        for c in before.chars() {
            let item = match (c, items.pop()) {
                ('*', Some(Item::One(letters))) => Item::Any(letters),
                ('+', Some(Item::One(letters))) => Item::Many(letters),
                (_, last) => {
                    items.extend(last);
                    match letters.get(&c) {
                        Some(letters) => Item::One(letters.clone()),
                        None if c == '^' => Item::Start,
                        None if c.is_uppercase() || "*+".contains(c) => {
                            return Err(format!("`{line}`: `{c}` is no class of letters"));
                        }
                        None => Item::Letter(c),
                    }
                }
            };
            items.push(item);
        }
        let outcomes = match outcomes {
            "!" => Vec::new(),
            outcomes => outcomes.split(',').map(|o| o.trim_matches('.').to_owned()).collect(),
        };
        Ok(Rule { before: items, ending: ending.to_owned(), outcomes, set })
    }

    /// The part of the word that the rule keeps, if the rule fits the word.
    fn stem<'w>(&self, word: &'w str) -> Option<&'w str> {
        let stem = word.strip_suffix(self.ending.as_str())?;
        let mut rest = stem;
        let fits = self.before.iter().rev().all(|item| match item {
            Item::Start => rest.is_empty() || rest.ends_with('-'),
            Item::Letter(letter) => strip(&mut rest, |c| c == *letter),
            Item::One(letters) => strip(&mut rest, |c| letters.contains(c)),
            Item::Many(letters) => {
                strip(&mut rest, |c| letters.contains(c)) && {
                    rest = rest.trim_end_matches(|c| letters.contains(c));
                    true
                }
            }
            Item::Any(letters) => {
                rest = rest.trim_end_matches(|c| letters.contains(c));
                true
            }
        });
        fits.then_some(stem)
    }

    /// Puts each outcome after the stem; a leading `=` doubles the stem's last letter.
    fn outcomes<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = String> + 'a {
        self.outcomes.iter().map(move |outcome| {
            let mut word = String::with_capacity(stem.len() + outcome.len() + 1);
            word.push_str(stem);
            match outcome.strip_prefix('=') {
                Some(outcome) => {
                    word.extend(stem.chars().next_back());
                    word.push_str(outcome);
                }
                None => word.push_str(outcome),
            }
            word
        })
    }
}

fn strip(rest: &mut &str, wanted: impl Fn(char) -> bool) -> bool {
    match rest.strip_suffix(wanted) {
        Some(shorter) => {
            *rest = shorter;
            true
        }
        None => false,
    }
}

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
    /// Reads an inflection file.
    ///
    /// ```
    /// use rhetor::{Form, Inflection};
    ///
    /// let text = r#"
    /// schema = 1
    /// id = "xx/inflection"
    /// version = "1.0.0"
    /// irregular = [{ columns = "nns", words = ["ox oxen; child children"] }]
    /// rules = [{ form = "nns", rules = ["C|y ies", "| s"] }]
    /// spelling = [{ pairs = ["grey gray"] }]
    /// letters.C = "bcdfghjklmnpqrstvwxz"
    /// set.unused = ""
    /// "#;
    /// let inflection = Inflection::from_toml(text)?;
    /// assert_eq!(inflection.forms("ally", Form::Noun), ["allies", "ally"]);
    /// assert_eq!(inflection.forms("ox", Form::Nns), ["oxen"]);
    /// # Ok::<(), rhetor::InflectionError>(())
    /// ```
    ///
    /// # Errors
    /// If the text is not TOML, lacks a part, or holds a rule or a word that cannot be read; the
    /// error names the line.
    pub fn from_toml(text: &str) -> Result<Inflection, InflectionError> {
        let fault = |start: usize, message: String| {
            let line = text.bytes().take(start).filter(|b| *b == b'\n').count() + 1;
            InflectionError { line, message }
        };
        let file: File =
            toml::from_str(text).map_err(|e| fault(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
        if *file.schema.get_ref() != 1 {
            return Err(fault(file.schema.span().start, "only schema 1 is known".to_owned()));
        }
        let (names, sets): (Vec<_>, Vec<_>) = file.set.iter().unzip();
        let mut new = Inflection {
            id: file.id,
            version: file.version,
            sets: sets.into_iter().map(|s| s.split_whitespace().map(str::to_owned).collect()).collect(),
            rules: Default::default(),
            irregular: Default::default(),
            spellings: HashMap::new(),
            spelling_rules: Vec::new(),
            one_spelling: HashSet::new(),
        };
        let parse = |line: &str| Rule::parse(line, &file.letters, &names);
        let at = |place: &Spanned<String>| {
            let start = place.span().start;
            move |message: String| fault(start, message)
        };
        for table in &file.rules {
            let rules: Result<Vec<Rule>, _> =
                table.rules.iter().map(|line| parse(line.get_ref()).map_err(at(line))).collect();
            let rules = rules?;
            for form in forms_named(table.form.get_ref()).map_err(at(&table.form))? {
                new.rules[form as usize].extend(rules.iter().cloned());
            }
        }
        for table in &file.irregular {
            let columns = forms_named(table.columns.get_ref()).map_err(at(&table.columns))?;
            for line in &table.words {
                new.add_irregular(line.get_ref(), &columns).map_err(at(line))?;
            }
            for line in &table.prefixed {
                new.add_prefixed(line.get_ref(), columns[0].group()).map_err(at(line))?;
            }
        }
        for table in &file.spelling {
            let only = match &table.only {
                Some(tag) => Some(forms_named(tag.get_ref()).map_err(at(tag))?[0].group()),
                None => None,
            };
            let tails: Vec<&str> = table.tails.split(' ').collect();
            for stem in table.except.split_whitespace() {
                new.one_spelling.extend(tails.iter().map(|tail| format!("{stem}{tail}")));
            }
            for line in &table.pairs {
                for pair in line.get_ref().split(';') {
                    new.add_spelling(pair, &tails, only, &parse).map_err(at(line))?;
                }
            }
        }
        Ok(new)
    }

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
            for (wanted, _) in FORMS.iter().filter(|(other, _)| form.covers(*other)) {
                self.inflect(&word, *wanted, &mut forms);
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
        self.listed(Vbn)
    }

    /// All past tenses that are not made by rule, sorted.
    ///
    /// ```
    /// let english = rhetor::Inflection::english();
    /// assert!(english.irregular_pasts().any(|word| word == "overthrew"));
    /// ```
    pub fn irregular_pasts(&self) -> impl Iterator<Item = &str> {
        self.listed(Vbd)
    }

    fn listed(&self, form: Form) -> impl Iterator<Item = &str> {
        let entries = self.irregular[form.group() as usize].values().flatten();
        let listed = entries.filter(|(other, _)| *other == form).flat_map(|(_, words)| words);
        listed.map(String::as_str).collect::<BTreeSet<_>>().into_iter()
    }

    /// One form of one spelling.
    fn inflect(&self, word: &str, form: Form, forms: &mut Vec<String>) {
        let table = &self.irregular[form.group() as usize];
        let (head, part) = last_part(word);
        let (head, entry) = match table.get(word) {
            Some(entry) => ("", Some(entry)),
            None => (head, table.get(part)),
        };
        if let Some((_, words)) = entry.and_then(|entry| entry.iter().find(|(f, _)| *f == form)) {
            forms.extend(words.iter().map(|word| format!("{head}{word}")));
        } else if form.is_base() {
            forms.push(word.to_owned());
        } else {
            let fit = self.rules[form as usize].iter().find_map(|rule| {
                let stem = rule.stem(word)?;
                let sets = rule.set.map(|set| &self.sets[set]);
                sets.is_none_or(|set| set.contains(word) || set.contains(part)).then_some((rule, stem))
            });
            if let Some((rule, stem)) = fit {
                forms.extend(rule.outcomes(stem));
            }
        }
    }

    /// The lemma and its other spellings, and theirs.
    fn spellings(&self, lemma: &str, group: Form) -> Vec<String> {
        let mut found = vec![lemma.to_owned()];
        let mut next = 0;
        while next < found.len() && found.len() < MAX_SPELLINGS {
            let word = found[next].clone();
            let (head, part) = last_part(&word);
            let wanted = |only: Option<Form>| only.is_none_or(|only| only == group);
            let listed = match self.spellings.get(&word) {
                Some(others) => Some(("", others)),
                None => self.spellings.get(part).map(|others| (head, others)),
            };
            for (other, _) in listed.iter().flat_map(|(_, o)| *o).filter(|(_, only)| wanted(*only)) {
                found.push(format!("{}{other}", listed.map_or("", |(head, _)| head)));
            }
            if !self.one_spelling.contains(part) {
                for (rule, _) in self.spelling_rules.iter().filter(|(_, only)| wanted(*only)) {
                    found.extend(rule.stem(&word).into_iter().flat_map(|stem| rule.outcomes(stem)));
                }
            }
            next += 1;
            let mut seen = HashSet::new();
            found.retain(|word| seen.insert(word.clone()));
        }
        found
    }

    /// Reads `begin began begun; be was,were been vbz=is`. A missing last column is as the one before.
    fn add_irregular(&mut self, line: &str, columns: &[Form]) -> Result<(), String> {
        let group = columns[0].group();
        for entry in line.split(';') {
            let mut fields = entry.split_whitespace();
            let lemma = fields.next().ok_or("nothing stands between two `;`")?;
            let mut forms: Irregular = Vec::new();
            for field in fields {
                let (form, words) = match field.split_once('=') {
                    Some((tag, words)) => (tag.parse().map_err(|e: FormError| e.to_string())?, words),
                    None => match columns.get(forms.len()) {
                        Some(column) => (*column, field),
                        None => return Err(format!("`{lemma}` has more forms than columns")),
                    },
                };
                if form.group() != group {
                    return Err(format!("`{lemma}`: `{form}` is not a form of `{group}`"));
                }
                let words = words.split(',').filter(|word| *word != "-").map(str::to_owned).collect();
                forms.push((form, words));
            }
            for pair in columns.windows(2) {
                if !forms.iter().any(|(form, _)| *form == pair[1]) {
                    let before = forms.iter().find(|(form, _)| *form == pair[0]);
                    let words = before.map(|(_, words)| words.clone());
                    forms.extend(words.map(|words| (pair[1], words)));
                }
            }
            if self.irregular[group as usize].insert(lemma.to_owned(), forms).is_some() {
                return Err(format!("`{lemma}` is listed twice"));
            }
        }
        Ok(())
    }

    /// Reads `over: come do take`: the prefix goes before each form of the words.
    fn add_prefixed(&mut self, line: &str, group: Form) -> Result<(), String> {
        let (prefix, bases) = line.split_once(':').ok_or("write a prefix, `:` and irregular words")?;
        for base in bases.split_whitespace() {
            if !self.irregular[group as usize].contains_key(base) {
                return Err(format!("`{base}` is not irregular"));
            }
            let mut entry = Irregular::new();
            for (form, _) in FORMS.iter().filter(|(form, _)| group.covers(*form)) {
                let mut words = Vec::new();
                self.inflect(base, *form, &mut words);
                words.iter_mut().for_each(|word| word.insert_str(0, prefix));
                entry.push((*form, words));
            }
            let lemma = format!("{prefix}{base}");
            if self.irregular[group as usize].insert(lemma, entry).is_some() {
                return Err(format!("`{prefix}{base}` is listed twice"));
            }
        }
        Ok(())
    }

    /// Reads `colour color`, or `C|is iz` for a pair of endings; both take each of the tails.
    fn add_spelling(
        &mut self,
        pair: &str,
        tails: &[&str],
        only: Option<Form>,
        parse: impl Fn(&str) -> Result<Rule, String>,
    ) -> Result<(), String> {
        let (one, other) = pair.trim().split_once(' ').ok_or("write two spellings")?;
        for tail in tails {
            match one.split_once('|') {
                Some((before, one)) => {
                    for (from, to) in [(one, other), (other, one)] {
                        let rule = parse(&format!("{before}|{from}{tail} {to}{tail}"))?;
                        self.spelling_rules.push((rule, only));
                    }
                }
                None => {
                    let (one, other) = (format!("{one}{tail}"), format!("{other}{tail}"));
                    self.spellings.entry(one.clone()).or_default().push((other.clone(), only));
                    self.spellings.entry(other).or_default().push((one, only));
                }
            }
        }
        Ok(())
    }
}

/// Reads one or more tags, separated by spaces.
fn forms_named(tags: &str) -> Result<Vec<Form>, String> {
    let forms: Result<Vec<Form>, FormError> = tags.split(' ').map(str::parse).collect();
    forms.map_err(|e| e.to_string())
}
