//! What is done once: `Annotator::bundled()`, and beside it the reading of the files that people write. (The whole
//! command: `--bench command` of `cli`.)

mod support;

use rhetor::{Annotator, Language, Lexicon};
use support::race::best;

fn main() {
    let bundled = best("bundled", || Annotator::bundled().devices().len());
    support::figure("`Annotator::bundled()`", bundled.milliseconds(), "20 ms", "5 ms");
    let entries = || Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).map_or(0, |l| l.entries().len())).sum();
    support::figure("reading the lexicons from TOML", best("lexicons", entries).milliseconds(), "", "");
    let language = best("language", || usize::from(Language::bundled("en").is_ok()));
    support::figure("reading the rules of the language", language.milliseconds(), "", "");
}
