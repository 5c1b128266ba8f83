//! Races: all runners in turn, round after round, so that a machine that is busy for a while slows all of them; the best
//! round of each counts. What a runner returns is a count of what it found, and every round is held to the first.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::{is_quick, is_test, MEGABYTE};

/// No more rounds begin after this.
const LONGEST: Duration = Duration::from_secs(60);
const ROUNDS: usize = 7;
const QUICK_ROUNDS: usize = 3;
const SHORT_RUNS: usize = 30;

/// One that runs: its name, how much text it reads, what it does.
pub(crate) struct Runner<'a> {
    pub(crate) name: String,
    bytes: usize,
    run: Box<dyn Fn() -> usize + 'a>,
}

/// How a runner did: the time of its best round.
pub(crate) struct Finish {
    pub(crate) name: String,
    pub(crate) best: Duration,
    pub(crate) count: usize,
    bytes: usize,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(name: impl Into<String>, bytes: usize, run: impl Fn() -> usize + 'a) -> Runner<'a> {
        Runner { name: name.into(), bytes, run: Box::new(run) }
    }
}

impl Finish {
    /// Megabytes a second.
    pub(crate) fn speed(&self) -> f64 {
        self.bytes as f64 / MEGABYTE as f64 / self.best.as_secs_f64()
    }

    /// The speed in words.
    pub(crate) fn speed_told(&self) -> String {
        match self.speed() {
            speed @ 100.0.. => format!("{speed:.0} MB/s"),
            speed @ 1.0.. => format!("{speed:.1} MB/s"),
            speed => format!("{:.0} KB/s", speed * 1e3),
        }
    }

    pub(crate) fn milliseconds(&self) -> String {
        milliseconds(self.best)
    }

    /// Says on standard error how it went.
    fn tell(&self) {
        let speed = if self.bytes > 0 { format!(", {}", self.speed_told()) } else { String::new() };
        eprintln!("  {}: {} found, {}{speed}", self.name, self.count, self.milliseconds());
    }
}

pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// Runs the race and tells of it on standard error.
pub(crate) fn race(runners: Vec<Runner>) -> Vec<Finish> {
    let rounds = match (is_test(), is_quick()) {
        (true, _) => 1,
        (_, true) => QUICK_ROUNDS,
        _ => ROUNDS,
    };
    let start = Instant::now();
    let mut finishes: Vec<Finish> = runners.iter().map(once).collect();
    for _ in 1..rounds {
        if start.elapsed() > LONGEST {
            break;
        }
        for (runner, finish) in runners.iter().zip(&mut finishes) {
            let again = once(runner);
            assert_eq!(again.count, finish.count, "{} found another number", runner.name);
            finish.best = finish.best.min(again.best);
        }
    }
    finishes.iter().for_each(Finish::tell);
    finishes
}

/// The best of many runs of what is short and has no rival.
pub(crate) fn best(name: &str, run: impl Fn() -> usize) -> Finish {
    best_made(name, run, |count| *count)
}

/// As [`best`], of what is made to be kept. Each is dropped when the next is there and the clock stands: what a program
/// makes once, it does not drop.
pub(crate) fn best_made<T>(name: &str, make: impl Fn() -> T, count: impl Fn(&T) -> usize) -> Finish {
    let (mut best, mut found, mut kept) = (Duration::MAX, 0, None);
    for _ in 0..if is_test() { 1 } else { SHORT_RUNS } {
        let start = Instant::now();
        let made = black_box(make());
        best = best.min(start.elapsed());
        found = count(&made);
        kept.replace(made);
    }
    let finish = Finish { name: name.to_owned(), best, count: found, bytes: 0 };
    finish.tell();
    finish
}

fn once(runner: &Runner) -> Finish {
    let start = Instant::now();
    let count = black_box((runner.run)());
    Finish { name: runner.name.clone(), best: start.elapsed(), count, bytes: runner.bytes }
}
