//! rhetor beside what a user may take instead for finding phrases in prose: harper-core, the engine of the Harper grammar
//! checker, with its own set of rules for American English and without its spelling (most names here are invented).
//!
//! It looks for other things than rhetor does, so that the ratio says what a user waits for, not whose search is better.
//! Articles are read one after the other, as a checker would. What others there are, `benches/peers.sh` tries.

#[path = "../../support/mod.rs"]
mod support;

use std::cell::RefCell;

use harper_core::linting::{LintGroup, Linter};
use harper_core::parsers::PlainEnglish;
use harper_core::spell::FstDictionary;
use harper_core::{Dialect, Document};
use rhetor::Annotator;
use support::race::{race, Runner};

const TEXT: usize = 200_000;

fn main() {
    let text = support::unwrapped(&support::text(TEXT));
    let articles = support::articles(&text);
    let annotator = Annotator::bundled();
    let ours = || articles.iter().map(|article| annotator.annotate(article).annotations().len()).sum();
    let dictionary = FstDictionary::curated();
    let harper = || {
        // Anew each round, for it remembers what it has seen; with the dictionary there, this takes some milliseconds.
        let mut linter = LintGroup::new_curated(dictionary.clone(), Dialect::American);
        linter.config.set_rule_enabled("SpellCheck", false);
        let linter = RefCell::new(linter);
        let lint = |article: &&str| linter.borrow_mut().lint(&Document::new_curated(article, &PlainEnglish)).len();
        articles.iter().map(lint).sum()
    };
    let finishes = race(vec![Runner::new("rhetor", text.len(), ours), Runner::new("harper-core", text.len(), harper)]);
    let [rhetor, harper] = &finishes[..] else { unreachable!("two have run") };
    let ratio = rhetor.speed() / harper.speed();
    support::row("`annotate` against harper-core", rhetor.speed_told(), harper.speed_told(), ratio, "", "");
}
