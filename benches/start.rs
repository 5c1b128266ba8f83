//! What is done once: `Annotator::bundled()`, and what it consists of. (The whole command: `--bench command` of `cli`.)

mod support;

use rhetor::{Annotator, Language, Lexicon};
use support::race::{race, Runner};

const ROUNDS: usize = 10;

fn main() {
    let entries = || Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).map_or(0, |l| l.entries().len())).sum();
    let devices = || Annotator::bundled().devices().len();
    let best = |name: &str, run: &dyn Fn() -> usize| {
        // More rounds than a race has, for they are short.
        let again = (0..ROUNDS).map(|round| Runner::new(format!("{name}, {round}"), 0, run));
        let finishes = race(again.collect());
        finishes.into_iter().min_by_key(|finish| finish.best).expect("there are rounds").milliseconds()
    };
    support::figure("`Annotator::bundled()`", best("bundled", &devices), "20 ms", "5 ms");
    support::figure("of that, reading the lexicons from TOML", best("lexicons", &entries), "", "");
    let language = || usize::from(Language::bundled("en").is_ok());
    support::figure("of that, reading the rules of the language", best("language", &language), "", "");
}
