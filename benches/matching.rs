//! How fast devices are found: this crate against bare searches for the surface forms of the same devices, in the same text.
//!
//! Two races, on one thread each, by turns. In the first:
//!
//! - `annotate`: `Annotator::bundled()`, everything that it does: sentences, quotations, words, names, all phrases and all
//!   constructions of the default devices with their gaps, classes and exceptions, and whose voice each tag is in.
//! - the others search for what `support/forms.rs` makes of the same devices: every pattern that can be written out, as all
//!   the phrases that it stands for, and of every other the words that it could not do without and that are the rarest in
//!   this very text. So each finds the places at which an engine on top of it would have to look around; none of them then
//!   looks, but for word boundaries on both sides. Patterns whose rarest part is a word like "and" are left out there.
//!
//! In the second, `same-phrases`, both sides look for the plain phrases among these and nothing else: an annotator with
//! only them (it still cuts sentences, quotations, words and names) against the same searches.
//!
//! The searches are aho-corasick's, with ASCII case folded, in every kind: what `Auto` picks, contiguous NFA and DFA search
//! leftmost-longest; a DFA with overlapping matches reports every one, and it alone of these loses none, for of
//! leftmost-longest matches one that fails the check of boundaries hides a shorter one that would have passed. daachorse has
//! no case folding: it searches a copy in lower case, and making the copy is not counted.
//!
//! Line breaks within paragraphs are spaces here, for the searches would miss a phrase that runs over one. On made-up text,
//! the overlapping matches of the plain phrases, thinned to the leftmost and longest, must be as many as `same-phrases`
//! finds; on real text they may differ, for this crate alone folds apostrophes and hyphens.

#[path = "support/forms.rs"]
mod forms;
mod support;

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use rhetor::Annotator;
use support::race::{race, Finish, Runner};
use support::{lexicon, row, MEGABYTE};

const TEXT: usize = 50 * MEGABYTE;
/// How many tags of the default devices there are in 1,000 bytes of news.
const NEWS_LIKE: std::ops::RangeInclusive<f64> = 1.5..=3.5;

fn main() {
    let text = support::unwrapped(&support::text(TEXT));
    let lower = text.to_ascii_lowercase();
    let forms = forms::of_default_devices(&text);
    let annotator = Annotator::bundled();
    eprintln!(
        "patterns: {} written out, {} by a part that they need, {} not to be searched for; forms: {}, {} of them plain",
        forms.whole,
        forms.in_part,
        forms.left_out,
        forms.all.len(),
        forms.plain.len(),
    );

    eprintln!("annotate, against searches for all forms:");
    let searches = Searches::new(&forms.all);
    let mut runners = vec![Runner::new("annotate", text.len(), || annotator.annotate(&text).annotations().len())];
    runners.extend(searches.runners(&text, &lower));
    let finishes = race(runners);
    let (ours, theirs) = finishes.split_first().expect("there are several runners");
    let share = ours.count as f64 * 1e3 / text.len() as f64;
    eprintln!("  tags in 1,000 bytes: {share:.2}");
    if support::is_made() {
        assert!(NEWS_LIKE.contains(&share), "the text is not like news: {share:.2} tags in 1,000 bytes");
    }
    for other in theirs {
        compare("`annotate`", ours, other, if other.name.ends_with("auto") { ("1.0", "2.5") } else { ("", "") });
    }
    let fastest = theirs.iter().min_by_key(|finish| finish.best).expect("there are searches");
    compare("`annotate`, the fastest:", ours, fastest, ("0.6", "1.5"));
    drop(searches);

    eprintln!("plain phrases only, on both sides:");
    let same = lexicon::only_these(&forms.plain);
    let searches = Searches::new(&forms.plain);
    if support::is_made() {
        let oracle = leftmost_longest(&searches.all, &text);
        assert!(oracle > 0, "the text holds none of the phrases");
        assert_eq!(oracle, same.annotate(&text).annotations().len(), "the engines disagree");
    }
    let mut runners = vec![Runner::new("same-phrases", text.len(), || same.annotate(&text).annotations().len())];
    runners.extend(searches.runners(&text, &lower));
    let finishes = race(runners);
    let (same, theirs) = finishes.split_first().expect("there are several runners");
    for other in theirs {
        compare("the same plain phrases", same, other, ("", ""));
    }
    let fastest = theirs.iter().min_by_key(|finish| finish.best).expect("there are searches");
    compare("`annotate`, plain phrases only on the other side, the fastest:", ours, fastest, ("", ""));
}

fn compare(what: &str, ours: &Finish, theirs: &Finish, (bar, aim): (&str, &str)) {
    let what = format!("{what} against {}", theirs.name);
    row(&what, ours.speed_told(), theirs.speed_told(), ours.speed() / theirs.speed(), bar, aim);
}

/// The bare searches for a set of forms.
struct Searches {
    leftmost: Vec<(&'static str, AhoCorasick)>,
    all: AhoCorasick,
    daachorse: DoubleArrayAhoCorasick<u32>,
}

impl Searches {
    fn new(forms: &BTreeSet<String>) -> Searches {
        let kinds = [
            ("aho-corasick/auto", None),
            ("aho-corasick/contiguous-nfa", Some(AhoCorasickKind::ContiguousNFA)),
            ("aho-corasick/dfa", Some(AhoCorasickKind::DFA)),
        ];
        let leftmost = kinds.map(|(name, kind)| (name, automaton(forms, kind, MatchKind::LeftmostLongest))).into();
        let all = automaton(forms, Some(AhoCorasickKind::DFA), MatchKind::Standard);
        let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest);
        let searches = Searches { leftmost, all, daachorse: builder.build(forms).expect("the forms fit") };
        for (name, automaton) in &searches.leftmost {
            eprintln!("  {name}: {:?}, {} MB", automaton.kind(), automaton.memory_usage() / MEGABYTE);
        }
        searches
    }

    fn runners<'a>(&'a self, text: &'a str, lower: &'a str) -> Vec<Runner<'a>> {
        let runner =
            |(name, automaton): &'a (&str, AhoCorasick)| Runner::new(*name, text.len(), || words(automaton, text));
        let mut runners: Vec<Runner> = self.leftmost.iter().map(runner).collect();
        let overlapping = || overlapping_words(&self.all, text).count();
        runners.push(Runner::new("aho-corasick/dfa-overlapping", text.len(), overlapping));
        runners.push(Runner::new("daachorse", text.len(), move || {
            let found = self.daachorse.leftmost_find_iter(lower);
            found.filter(|found| is_bounded(lower, found.start(), found.end())).count()
        }));
        runners
    }
}

fn automaton(forms: &BTreeSet<String>, kind: Option<AhoCorasickKind>, matches: MatchKind) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    let builder = builder.ascii_case_insensitive(true).match_kind(matches).kind(kind);
    builder.build(forms).expect("the forms fit an automaton")
}

/// Counts the matches that are whole words.
fn words(automaton: &AhoCorasick, text: &str) -> usize {
    automaton.find_iter(text).filter(|found| is_bounded(text, found.start(), found.end())).count()
}

/// All matches that are whole words, in the order of their ends.
fn overlapping_words<'a>(automaton: &'a AhoCorasick, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let all = automaton.find_overlapping_iter(text).map(|found| (found.start(), found.end()));
    all.filter(|&(start, end)| is_bounded(text, start, end))
}

/// Counts what remains of the overlapping matches when the leftmost and longest keep their place.
fn leftmost_longest(automaton: &AhoCorasick, text: &str) -> usize {
    let mut found: Vec<(usize, usize)> = overlapping_words(automaton, text).collect();
    found.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let mut free = 0;
    found.retain(|&(start, end)| {
        let stays = start >= free;
        free = if stays { end } else { free };
        stays
    });
    found.len()
}

/// Whether neither end is inside a word; a hyphen is, as this crate cuts words.
fn is_bounded(text: &str, start: usize, end: usize) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '-';
    !text[..start].chars().next_back().is_some_and(is_inside) && !text[end..].chars().next().is_some_and(is_inside)
}
