//! What grows, and what may be done to it: more phrases, longer texts, texts made to be slow.
//!
//! - phrases: lexicons of 2,000 to 100,000 made-up phrases of two to four words. A third of the words are invented,
//!   the others are taken from the text at random places, so that frequent words are frequent in phrases, too, and a few
//!   phrases are found. The figure is the share of the speed that is left.
//! - text: one document of 1 to 100 MB with the default devices. The figure is the time per byte, as a multiple of that
//!   of the shortest.
//! - worst texts of 1 MB: one endless sentence; nothing but words of patterns, drawn at random, or the slowest of them again
//!   and again; quotations within quotations; no spaces. The figure is the time per byte, as a multiple of that of ordinary text.
//!
//! With `-- --plots DIR` the first two are drawn, too.

#[path = "support/forms.rs"]
mod forms;
mod support;

use std::collections::BTreeSet;
use std::time::Instant;

use rhetor::Annotator;
use support::news::Random;
use support::plot::Plot;
use support::race::{race, Finish, Runner};
use support::{text_of, MEGABYTE};

const PHRASES: [usize; 5] = [2_000, 5_000, 20_000, 50_000, 100_000];
/// Parts of the text, one in so many.
const PARTS: [usize; 5] = [100, 32, 10, 3, 1];
const TEXT: usize = 100 * MEGABYTE;
/// The text for the phrases.
const SHORT: usize = 5 * MEGABYTE;
/// How long the texts are that find the slowest word.
const TRIED: usize = 2_000;
const SEED: u64 = 11;

fn main() {
    let text = support::text(TEXT);
    phrases(text_of(&text, SHORT));
    sizes(&text);
    worst(text_of(&text, MEGABYTE));
}

fn phrases(text: &str) {
    eprintln!("phrases:");
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let mut random = Random(SEED);
    let mut phrases = BTreeSet::new();
    let mut runners = Vec::new();
    for count in PHRASES.map(|count| if support::is_test() { count / 100 } else { count }) {
        while phrases.len() < count {
            phrases.insert(phrase(&words, &mut random));
        }
        let annotator = support::lexicon::only_these(&phrases);
        let run = move || annotator.annotate(text).annotations().len();
        runners.push(Runner::new(count.to_string(), text.len(), run));
    }
    let finishes = race(runners);
    let few = &finishes[0];
    for (finish, times, bar, aim) in [(&finishes[2], "ten", "0.5", "0.8"), (&finishes[4], "fifty", "0.3", "0.8")] {
        let what = format!("{} phrases, {times} times as many: speed kept", finish.name);
        support::row(&what, finish.speed_told(), few.speed_told(), finish.speed() / few.speed(), bar, aim);
    }
    plot("phrases.svg", "Speed with more phrases", "phrases", &finishes, |finish| {
        (finish.name.clone(), finish.name.parse().unwrap_or(1.0))
    });
}

/// Two to four words.
fn phrase(words: &[&str], random: &mut Random) -> String {
    let word = |random: &mut Random| match random.below(3) {
        0 => support::news::invented(random).to_lowercase(),
        _ => random.one_of(words).to_lowercase(),
    };
    let count = 2 + random.below(3);
    (0..count).map(|_| word(random)).collect::<Vec<_>>().join(" ")
}

fn sizes(text: &str) {
    eprintln!("text:");
    let annotator = Annotator::bundled();
    let sizes = PARTS.map(|part| text_of(text, text.len() / part));
    let name = |text: &str| format!("{} MB", (text.len() as f64 / MEGABYTE as f64).round());
    let runners =
        sizes.map(|text| Runner::new(name(text), text.len(), || annotator.annotate(text).annotations().len()));
    let finishes = race(runners.into());
    let (short, long) = (&finishes[0], &finishes[finishes.len() - 1]);
    let what = format!("{} in one document: time per byte, of that of {}", long.name, short.name);
    let times = short.speed() / long.speed();
    support::row(&what, long.speed_told(), short.speed_told(), times, "at most 1.2", "1.05");
    plot("text.svg", "Speed in longer documents", "length of one document", &finishes, |finish| {
        (finish.name.clone(), finish.name.trim_end_matches(" MB").parse().unwrap_or(1.0))
    });
}

fn worst(ordinary: &str) {
    eprintln!("worst texts:");
    let annotator = Annotator::bundled();
    let size = ordinary.len();
    let filled = |piece: &mut dyn FnMut() -> String| {
        let mut text = String::with_capacity(size + 100);
        while text.len() < size {
            text += &piece();
        }
        text
    };
    let mut random = Random(SEED);
    let forms = forms::of_default_devices(ordinary).all;
    let begin: Vec<&str> = forms.iter().flat_map(|form| form.split(' ')).collect();
    let slowest = slowest(&annotator, &begin) + " ";
    let mut anchors = || random.one_of(&begin).to_owned() + " ";
    let texts = [
        ("ordinary text", ordinary.to_owned()),
        ("one sentence", ordinary.replace(['.', '!', '?', '\n', '“', '”', '"'], " ")),
        ("nothing but words of patterns", filled(&mut anchors)),
        ("the slowest word, again and again", filled(&mut || slowest.clone())),
        ("quotations within quotations", filled(&mut || "“he said ‘she said ".to_owned())),
        ("quotation marks and nothing else", filled(&mut || "\"“‘’”'".to_owned())),
        ("no spaces", ordinary.replace(char::is_whitespace, "")),
        ("no spaces, one letter", filled(&mut || "a".to_owned())),
    ];
    let runners = texts
        .iter()
        .map(|(name, text)| Runner::new(*name, text.len(), || annotator.annotate(text).annotations().len()));
    let finishes = race(runners.collect());
    let ordinary = &finishes[0];
    for finish in &finishes[1..] {
        let what = format!("{}: time per byte, of that of ordinary text", finish.name);
        let times = ordinary.speed() / finish.speed();
        support::row(&what, finish.speed_told(), ordinary.speed_told(), times, "at most 10", "3");
    }
}

/// The word that takes longest when a text is nothing but it, by trying.
fn slowest(annotator: &Annotator, words: &[&str]) -> String {
    let time = |word: &str| {
        let text = format!("{word} ").repeat(TRIED / (word.len() + 1));
        let once = || {
            let start = Instant::now();
            (annotator.annotate(&text).annotations().len(), start.elapsed()).1
        };
        once().min(once())
    };
    let words: BTreeSet<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    let word = words.into_iter().max_by_key(|word| time(word)).unwrap_or("said");
    eprintln!("  the slowest word: {word}");
    word.to_owned()
}

fn plot(file: &str, title: &str, across: &str, finishes: &[Finish], point: impl Fn(&Finish) -> (String, f64)) {
    let Some(folder) = support::plots() else { return };
    let points = finishes.iter().map(|finish| {
        let (label, at) = point(finish);
        (label, at, finish.speed())
    });
    Plot { title, across, up: "MB/s", points: points.collect() }.save(&folder, file);
}
