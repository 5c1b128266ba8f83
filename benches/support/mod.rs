//! What the benches share: the text to run on, and how long to run.
//!
//! The text is made of the sentences of `examples/articles`, shuffled, with other numbers and half of the names replaced
//! by invented ones, so that the vocabulary grows with the text as that of news does. The same size always gives the
//! same text on every machine. Three things can be set:
//!
//! - `RHETOR_BENCH_BYTES=10000000`: the size; 1 MB unless said otherwise.
//! - `RHETOR_BENCH_TEXT=FILE`: a text of your own instead, whole.
//! - `-- --quick`: fewer rounds, wider error.
//!
//! Criterion reports a "change" since the last run, whatever text that was on: heed it only between runs on one text.
//!
//! Under `--test`, and so under `cargo test --benches`, each bench runs once on a few kilobytes.
#![allow(dead_code, reason = "not every bench needs all of it")]

mod news;

use std::path::Path;
use std::time::Duration;

use criterion::Criterion;

/// How long each figure is measured.
const MEASURED: Duration = Duration::from_secs(3);
const WARMED_UP: Duration = Duration::from_millis(500);

const MEGABYTE: usize = 1_000_000;
/// Enough for every bench to find something.
const SMALL: usize = 20_000;

const OWN_TEXT: &str = "RHETOR_BENCH_TEXT";
const SIZE: &str = "RHETOR_BENCH_BYTES";

/// The text that the environment asks for.
///
/// # Panics
/// When it asks for what cannot be had.
pub(crate) fn text() -> String {
    let Some(path) = std::env::var_os(OWN_TEXT) else {
        let text = news::of_size(size());
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

fn size() -> usize {
    match std::env::var(SIZE) {
        _ if is_test() => SMALL,
        Ok(bytes) => bytes.parse().unwrap_or_else(|error| panic!("{SIZE}={bytes}: {error}")),
        Err(_) => MEGABYTE,
    }
}

/// Whether everything is to run once only; cargo passes `--bench` when it is not.
fn is_test() -> bool {
    let asked = |flag: &str| std::env::args().any(|argument| argument == flag);
    asked("--test") || !asked("--bench")
}

/// Few rounds, for each takes a good part of a second.
pub(crate) fn criterion() -> Criterion {
    Criterion::default().sample_size(10).measurement_time(MEASURED).warm_up_time(WARMED_UP).configure_from_args()
}

/// The text with the single line breaks inside its paragraphs as spaces, for engines to which a line break is no space.
pub(crate) fn unwrapped(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    paragraphs.join("\n\n")
}
