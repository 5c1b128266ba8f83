//! Reads the inflection file of a language.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::rule::Rule;
use super::{Inflection, Irregular};
use crate::pattern::form::{Form, FormError, FORMS};

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
