//! What the benches share: the text to run on, how long to run, how to race and how to print.
//!
//! The text is made by `news.rs`. The same size always gives the same text on every machine. Three things can be set:
//!
//! - `RHETOR_BENCH_BYTES=10000000`: its size; each bench has its own otherwise.
//! - `RHETOR_BENCH_TEXT=FILE`: a text of your own instead, whole.
//! - `-- --quick`: less text and fewer rounds, wider error.
//!
//! Under `--test`, and so under `cargo test --benches`, each bench runs once on little text, and its figures mean nothing.
//!
//! `forms.rs` is left to the benches that need it. What is printed to standard output are rows of Markdown: what, ours,
//! theirs, ratio (of speeds; above 1 we are ahead), the bar, the aim. What else there is to know goes to standard
//! error.
#![allow(dead_code, reason = "not every bench needs all of it")]

pub(crate) mod lexicon;
pub(crate) mod news;
pub(crate) mod plot;
pub(crate) mod race;

use std::fmt::Display;
use std::path::{Path, PathBuf};

pub(crate) const MEGABYTE: usize = 1_000_000;
/// Enough for every bench to find something.
const SMALL: usize = 100_000;
/// How much less text there is with `--quick`.
const QUICKER: usize = 5;
/// How long an article is, roughly.
const ARTICLE: usize = 5_000;

const OWN_TEXT: &str = "RHETOR_BENCH_TEXT";
const SIZE: &str = "RHETOR_BENCH_BYTES";
const PLOTS: &str = "--plots";

/// The text that the environment asks for, or made-up news of `size` bytes.
///
/// # Panics
/// When the environment asks for what cannot be had.
pub(crate) fn text(size: usize) -> String {
    let Some(path) = std::env::var_os(OWN_TEXT) else {
        let text = news::of_size(self::size(size));
        eprintln!("made-up news: {} bytes", text.len());
        return text;
    };
    let path = Path::new(&path);
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{OWN_TEXT}={}: {error}", path.display()));
    assert!(!text.trim().is_empty(), "{OWN_TEXT}={}: the file is empty", path.display());
    eprintln!("{}: {} bytes", path.display(), text.len());
    text
}

/// Whether the text is made here, so that what stands in it is known.
pub(crate) fn is_made() -> bool {
    std::env::var_os(OWN_TEXT).is_none()
}

/// How much text to make where `usual` is what the bench would like.
pub(crate) fn size(usual: usize) -> usize {
    match std::env::var(SIZE) {
        _ if is_test() => SMALL.min(usual),
        Ok(bytes) => bytes.parse().unwrap_or_else(|error| panic!("{SIZE}={bytes}: {error}")),
        Err(_) if is_quick() => usual / QUICKER,
        Err(_) => usual,
    }
}

/// Whether everything is to run once only; cargo passes `--bench` when it is not.
pub(crate) fn is_test() -> bool {
    is_asked("--test") || !is_asked("--bench")
}

pub(crate) fn is_quick() -> bool {
    is_asked("--quick")
}

fn is_asked(flag: &str) -> bool {
    std::env::args().any(|argument| argument == flag)
}

/// The folder that plots are asked for in: `-- --plots DIR`.
pub(crate) fn plots() -> Option<PathBuf> {
    std::env::args().skip_while(|argument| argument != PLOTS).nth(1).map(PathBuf::from)
}

/// Prints one row of the table, its ratio included.
pub(crate) fn row(what: &str, ours: impl Display, theirs: impl Display, ratio: f64, bar: &str, aim: &str) {
    println!("| {what} | {ours} | {theirs} | {ratio:.2} | {bar} | {aim} |");
}

/// Prints one row of the table for a figure that is compared with nothing but its bar.
pub(crate) fn figure(what: &str, ours: impl Display, bar: &str, aim: &str) {
    println!("| {what} | {ours} | | | {bar} | {aim} |");
}

/// The text with the single line breaks inside its paragraphs as spaces, for engines to which a line break is no space.
pub(crate) fn unwrapped(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    paragraphs.join("\n\n")
}

/// The text in pieces of some thousand bytes, cut at blank lines.
pub(crate) fn articles(text: &str) -> Vec<&str> {
    let mut articles = Vec::new();
    let mut rest = text;
    while !rest.trim().is_empty() {
        let from = text_of(rest, ARTICLE).len();
        let end = rest[from..].find("\n\n").map_or(rest.len(), |at| from + at + 2);
        articles.push(&rest[..end]);
        rest = &rest[end..];
    }
    articles
}

/// The beginning of a text, of `size` bytes or up to three fewer.
pub(crate) fn text_of(text: &str, size: usize) -> &str {
    let end = (0..=size.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}
