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
    Letters { letters: Vec<char>, optional: bool, repeated: bool },
}

/// "Where the word ends so, put that in place of the ending."
#[derive(Clone, Debug)]
struct Rule {
    before: Vec<Item>,
    ending: String,
    outcomes: Vec<String>,
    set: Option<usize>,
    /// The last letters of the words that the rule may fit, by [`bit`]: most rules are dismissed by this.
    last: u64,
}

impl Rule {
    /// Reads `PATTERN OUTCOME,OUTCOME @set`.
    fn parse(line: &str, classes: &HashMap<char, String>, sets: &[(&String, &String)]) -> Result<Rule, String> {
        let mut fields = line.split_whitespace();
        let (Some(pattern), Some(outcomes)) = (fields.next(), fields.next()) else {
            return Err(format!("`{line}`: a rule is a pattern, a space and what it makes"));
        };
        let set = match fields.next().map(|field| field.trim_start_matches('@')) {
            None => None,
            Some(name) => {
                let place = sets.iter().position(|(set, _)| *set == name);
                Some(place.ok_or_else(|| format!("`{line}`: there is no set `{name}`"))?)
            }
        };
        let Some((pattern, ending)) = pattern.split_once('|') else {
            return Err(format!("`{line}`: a `|` must show where the ending starts"));
        };
        let mut before: Vec<Item> = Vec::new();
        for c in pattern.chars() {
            match (c, classes.get(&c), before.last_mut()) {
                ('^', ..) => before.push(Item::Start),
                ('*' | '+', _, Some(Item::Letters { optional, repeated, .. })) => {
                    (*optional, *repeated) = (c == '*', true);
                }
                (_, None, _) if c.is_uppercase() || "*+".contains(c) => {
                    return Err(format!("`{line}`: `{c}` is no class of letters"));
                }
                (_, class, _) => {
                    let letters = class.map_or_else(|| vec![c], |letters| letters.chars().collect());
                    before.push(Item::Letters { letters, optional: false, repeated: false });
                }
            }
        }
        let last = match (ending.chars().next_back(), before.last(), set) {
            (Some(c), ..) => bit(c),
            (None, Some(Item::Letters { letters, optional: false, .. }), _) => bits(letters.iter().copied()),
            (None, None, Some(set)) => bits(sets[set].1.split_whitespace().filter_map(|word| word.chars().next_back())),
            _ => u64::MAX,
        };
        let outcomes = match outcomes {
            "!" => Vec::new(),
            outcomes => outcomes.split(',').map(|o| o.trim_matches('.').to_owned()).collect(),
        };
        Ok(Rule { before, ending: ending.to_owned(), outcomes, set, last })
    }

    /// The part of the word that the rule keeps, if the rule fits the word.
    fn stem<'w>(&self, word: &'w str, last: u64) -> Option<&'w str> {
        if self.last & last == 0 {
            return None;
        }
        let stem = word.strip_suffix(self.ending.as_str())?;
        let mut rest = stem;
        let fits = self.before.iter().rev().all(|item| match item {
            Item::Start => rest.is_empty() || rest.ends_with('-'),
            Item::Letters { letters, optional, repeated } => {
                let wanted = |c: char| letters.contains(&c);
                let shorter = match repeated {
                    true => rest.trim_end_matches(wanted),
                    false => rest.strip_suffix(wanted).unwrap_or(rest),
                };
                let found = shorter.len() < rest.len();
                rest = shorter;
                found || *optional
            }
        });
        fits.then_some(stem)
    }

    /// Puts each outcome after the stem; a leading `=` doubles the stem's last letter.
    fn outcomes<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = String> + 'a {
        self.outcomes.iter().map(move |outcome| match outcome.strip_prefix('=') {
            Some(outcome) => stem.chars().chain(stem.chars().next_back()).chain(outcome.chars()).collect(),
            None => [stem, outcome].concat(),
        })
    }
}

/// One of 64 bits for a letter. Two letters may share one, so a bit dismisses and never proves.
fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}

fn bits(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |all, c| all | bit(c))
}

/// The bit of a word's last letter; the empty word may fit any rule.
fn last_bit(word: &str) -> u64 {
    word.chars().next_back().map_or(u64::MAX, bit)
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
        let sets: Vec<(&String, &String)> = file.set.iter().collect();
        let mut new = Inflection {
            id: file.id,
            version: file.version,
            sets: sets.iter().map(|(_, words)| words.split_whitespace().map(str::to_owned).collect()).collect(),
            rules: Default::default(),
            irregular: Default::default(),
            spellings: HashMap::new(),
            spelling_rules: Vec::new(),
            one_spelling: HashSet::new(),
        };
        let parse = |line: &str| Rule::parse(line, &file.letters, &sets);
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
                    new.add_spelling(pair, &tails, only, parse).map_err(at(line))?;
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
            let (_, irregular) = self.irregular(base, group);
            if irregular.is_empty() {
                return Err(format!("`{base}` is not irregular"));
            }
            let mut entry = Irregular::new();
            for (form, _) in FORMS.iter().filter(|(form, _)| group.covers(*form)) {
                let mut words = Vec::new();
                self.inflect(base, *form, "", irregular, &mut words);
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
