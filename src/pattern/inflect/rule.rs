//! Suffix rules: where a word ends so, put that in place of the ending.

use std::collections::HashMap;

/// One thing that a rule wants to see before the ending, read from the end of the word.
#[derive(Clone, Debug)]
enum Item {
    Start,
    Letters { letters: Vec<char>, optional: bool, repeated: bool },
}

/// "Where the word ends so, put that in place of the ending."
#[derive(Clone, Debug)]
pub(super) struct Rule {
    before: Vec<Item>,
    ending: String,
    outcomes: Vec<String>,
    pub(super) set: Option<usize>,
    /// The last letters of the words that the rule may fit, by [`bit`]: most rules are dismissed by this.
    last: u64,
}

impl Rule {
    /// Reads `PATTERN OUTCOME,OUTCOME @set`.
    pub(super) fn parse(
        line: &str,
        classes: &HashMap<char, String>,
        sets: &[(&String, &String)],
    ) -> Result<Rule, String> {
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
    pub(super) fn stem<'w>(&self, word: &'w str, last: u64) -> Option<&'w str> {
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
    pub(super) fn outcomes<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = String> + 'a {
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
pub(super) fn last_bit(word: &str) -> u64 {
    word.chars().next_back().map_or(u64::MAX, bit)
}
