//! Whether a class is there to find or to rule out: the same new member widens the one and narrows the other.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::change::Weight;
use super::Bump;
use crate::lexicon::{Content, Fields, Text};
use crate::pattern::Pattern;

/// What a list of words does for the tags of its lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    finds: bool,
    rules_out: bool,
}

impl Sides {
    pub(super) fn of(rules_out: bool) -> Sides {
        Sides { finds: !rules_out, rules_out }
    }

    pub(super) fn or(self, other: Sides) -> Sides {
        Sides { finds: self.finds || other.finds, rules_out: self.rules_out || other.rules_out }
    }

    pub(super) fn reversed(self) -> Sides {
        Sides { finds: self.rules_out, rules_out: self.finds }
    }

    /// What it weighs when such a list takes in more.
    pub(super) fn wider(self) -> Weight {
        match (self.finds, self.rules_out) {
            (true, true) => (Bump::Major, "it both finds and rules out, so what is found changes either way"),
            (_, false) => (Bump::Minor, "more is found"),
            (false, true) => (Bump::Major, "more is ruled out"),
        }
    }

    /// What it weighs when such a list takes in less.
    pub(super) fn narrower(self) -> Weight {
        match (self.finds, self.rules_out) {
            (true, true) => self.wider(),
            (_, false) => (Bump::Major, "less is found"),
            (false, true) => (Bump::Minor, "less is ruled out"),
        }
    }
}

/// The sides of every class and phrase of a lexicon.
pub(super) struct Names {
    sides: HashMap<String, Sides>,
    /// Names that the lexicon uses and does not define: those of other lexicons, or built in.
    borrowed: HashSet<String>,
}

impl Names {
    /// Follows every name from the entries on. A name that the lexicon itself does not use is there for other lexicons,
    /// and finds.
    pub(super) fn of(content: &Content) -> Names {
        let mut roots = Vec::new();
        for entry in &content.entries {
            let rules_out = entry.exception;
            roots.extend(mentions(&entry.patterns, rules_out));
            roots.extend(mentions(&entry.requires, rules_out));
            roots.extend(mentions(&entry.excludes, !rules_out));
        }
        for change in &content.overrides {
            // Whether its entry is an exception stands in another file, so its names may do either.
            let Fields { patterns, requires, excludes, .. } = &change.fields;
            let lists = [patterns, requires, excludes].into_iter().flatten();
            roots.extend(lists.flat_map(|list| [mentions(list, false), mentions(list, true)]).flatten());
        }
        let mut within: BTreeMap<&str, Vec<(String, bool)>> = BTreeMap::new();
        for (name, members) in &*content.classes {
            within.entry(name).or_default().extend(mentions(members, false));
        }
        for (name, pattern) in &content.phrases {
            within.entry(name).or_default().extend(mentions(std::slice::from_ref(pattern), false));
        }
        let used: HashSet<&String> = roots.iter().chain(within.values().flatten()).map(|(name, _)| name).collect();
        let borrowed = used.iter().filter(|name| !within.contains_key(name.as_str())).map(|name| (*name).clone());
        let borrowed = borrowed.collect();
        let offered = within.keys().map(|name| (*name).to_owned()).filter(|name| !used.contains(name));
        let mut open: Vec<(String, bool)> = offered.map(|name| (name, false)).collect();
        open.extend(roots);

        let mut sides: HashMap<String, Sides> = HashMap::new();
        while let Some((name, rules_out)) = open.pop() {
            let known = sides.entry(name.clone()).or_default();
            let both = known.or(Sides::of(rules_out));
            if *known == both {
                continue;
            }
            *known = both;
            let further = within.get(name.as_str()).into_iter().flatten();
            open.extend(further.map(|(name, negated)| (name.clone(), *negated != rules_out)));
        }
        Names { sides, borrowed }
    }

    /// What a class or phrase does, as far as anybody can tell from here.
    pub(super) fn sides(&self, name: &str) -> Sides {
        self.sides.get(name).copied().unwrap_or_default()
    }

    /// Whether the lexicon uses the name and does not define it.
    pub(super) fn borrows(&self, name: &str) -> bool {
        self.borrowed.contains(name)
    }
}

/// The names in a list of patterns or members, each with whether it rules out. What does not read names nothing.
fn mentions(texts: &[Text], rules_out: bool) -> Vec<(String, bool)> {
    let patterns = texts.iter().filter_map(|text| text.get_ref().parse::<Pattern>().ok());
    patterns
        .flat_map(|pattern| {
            let found = pattern.mentions().into_iter();
            found.map(|mention| (mention.name.to_owned(), mention.rules_out != rules_out)).collect::<Vec<_>>()
        })
        .collect()
}
