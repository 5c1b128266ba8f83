//! What a pattern means, written as plainly as can be and with no thought of speed: every surface string that it can
//! match is spelled out, and each is held against every place of the text.

use std::collections::BTreeSet;
use std::ops::Range;

/// A small pattern.
#[derive(Clone, Debug)]
pub(crate) enum Re {
    Word(usize),
    /// `<word>{0,n}`
    Gap(usize),
    Sequence(Vec<Re>),
    Either(Vec<Re>),
    Repeat(Box<Re>, usize, usize),
    /// `!x` of one word.
    Not(usize),
    /// `~x` of one word.
    NotBefore(usize),
    /// `^`
    Start,
}

/// One step of a surface string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Word(usize),
    Any,
    Not(usize),
    NotBefore(usize),
    Start,
}

/// A run of steps that a text matches one after the other.
pub(crate) type Surface = Vec<Step>;

/// More surface strings than this, or a longer one, make a pattern too large for this way of matching.
const MOST: usize = 3000;
const LONGEST: usize = 40;

impl Re {
    /// Every surface string; `None` if there are too many.
    pub(crate) fn surfaces(&self) -> Option<BTreeSet<Surface>> {
        let one = |step| Some(BTreeSet::from([vec![step]]));
        match self {
            Re::Word(word) => one(Step::Word(*word)),
            Re::Not(word) => one(Step::Not(*word)),
            Re::NotBefore(word) => one(Step::NotBefore(*word)),
            Re::Start => one(Step::Start),
            Re::Gap(most) => Some((0..=*most).map(|n| vec![Step::Any; n]).collect()),
            Re::Sequence(parts) => {
                parts.iter().try_fold(BTreeSet::from([Vec::new()]), |before, part| product(&before, &part.surfaces()?))
            }
            Re::Either(options) => {
                let mut all = BTreeSet::new();
                for option in options {
                    all.extend(option.surfaces()?);
                }
                (all.len() <= MOST).then_some(all)
            }
            Re::Repeat(inner, least, most) => {
                let once = inner.surfaces()?;
                let mut some = BTreeSet::from([Vec::new()]);
                let mut all = BTreeSet::new();
                for times in 0..=*most {
                    if times >= *least {
                        all.extend(some.iter().cloned());
                    }
                    some = product(&some, &once)?;
                }
                (all.len() <= MOST).then_some(all)
            }
        }
    }

    /// The pattern as a lexicon writes it, with these words.
    pub(crate) fn written(&self, words: &[&str]) -> String {
        let all = |parts: &[Re], by: &str| parts.iter().map(|p| p.written(words)).collect::<Vec<_>>().join(by);
        match self {
            Re::Word(word) => words[*word].to_owned(),
            Re::Not(word) => format!("!{}", words[*word]),
            Re::NotBefore(word) => format!("~{}", words[*word]),
            Re::Start => "^".to_owned(),
            Re::Gap(most) => format!("<word>{{0,{most}}}"),
            Re::Sequence(parts) => format!("({})", all(parts, " ")),
            Re::Either(options) if options.iter().all(|o| matches!(o, Re::Word(_))) => all(options, "|"),
            Re::Either(options) => format!("({})", all(options, " | ")),
            Re::Repeat(inner, 0, 1) => format!("({})?", inner.written(words)),
            Re::Repeat(inner, least, most) if least == most => format!("({}){{{least}}}", inner.written(words)),
            Re::Repeat(inner, least, most) => format!("({}){{{least},{most}}}", inner.written(words)),
        }
    }
}

fn product(before: &BTreeSet<Surface>, after: &BTreeSet<Surface>) -> Option<BTreeSet<Surface>> {
    if before.len() * after.len() > 4 * MOST {
        return None;
    }
    let all: BTreeSet<Surface> = before.iter().flat_map(|b| after.iter().map(move |a| [&b[..], a].concat())).collect();
    (all.len() <= MOST && all.iter().all(|s| s.len() <= LONGEST)).then_some(all)
}

/// How many tokens a surface takes up.
pub(crate) fn width(surface: &[Step]) -> usize {
    surface.iter().filter(|step| matches!(step, Step::Word(_) | Step::Any)).count()
}

/// Whether a surface string stands at a token. Tokens are the numbers of words, or `None` for punctuation.
pub(crate) fn stands_at(surface: &[Step], tokens: &[Option<usize>], start: usize) -> bool {
    let mut at = start;
    surface.iter().all(|step| {
        let here = tokens.get(at).copied();
        match step {
            Step::Not(word) => here != Some(Some(*word)),
            Step::NotBefore(word) => at == 0 || tokens[at - 1] != Some(*word),
            Step::Start => at == 0,
            Step::Word(word) => {
                at += 1;
                here == Some(Some(*word))
            }
            Step::Any => {
                at += 1;
                here.is_some_and(|token| token.is_some())
            }
        }
    })
}

/// Where the surface strings stand, leftmost and longest, in tokens.
pub(crate) fn find(surfaces: &BTreeSet<Surface>, tokens: &[Option<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut free = 0;
    for start in 0..tokens.len() {
        let longest = surfaces.iter().filter(|s| stands_at(s, tokens, start)).map(|s| width(s)).max().unwrap_or(0);
        if start >= free && longest > 0 {
            free = start + longest;
            found.push(start..free);
        }
    }
    found
}
