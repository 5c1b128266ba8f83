//! What is done once: `Annotator::bundled()`, in memory that the process has and as the first thing that it does, and beside
//! it the reading of the files that people write. (The whole command: `--bench command` of `cli`.)

mod support;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use rhetor::{Annotator, Language, Lexicon};
use support::race::{best, best_made, milliseconds};

/// Set for the processes that this one starts.
const FIRST: &str = "RHETOR_BENCH_FIRST";
const PROCESSES: usize = 20;

fn main() {
    if std::env::var_os(FIRST).is_some() {
        let start = Instant::now();
        black_box(Annotator::bundled());
        return println!("{}", start.elapsed().as_nanos());
    }
    let bundled = best_made("bundled", Annotator::bundled, |annotator| annotator.devices().len());
    support::figure("`Annotator::bundled()`", bundled.milliseconds(), "20 ms", "5 ms");
    support::figure("the same, as the first thing in a process", milliseconds(first()), "", "");
    let entries = || Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).map_or(0, |l| l.entries().len())).sum();
    support::figure("reading the lexicons from TOML", best("lexicons", entries).milliseconds(), "", "");
    let language = best("language", || usize::from(Language::bundled("en").is_ok()));
    support::figure("reading the rules of the language", language.milliseconds(), "", "");
}

/// The best of some processes that do nothing else.
fn first() -> Duration {
    let own = std::env::current_exe().expect("a bench is a file");
    let nanoseconds = |_| {
        let output = Command::new(&own).env(FIRST, "").output().expect("it starts again");
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number")
    };
    let runs = if support::is_test() { 1 } else { PROCESSES };
    Duration::from_nanos((0..runs).map(nanoseconds).min().expect("there are some"))
}
