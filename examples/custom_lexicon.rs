//! Checks a lexicon of one's own and uses it beside the bundled ones.
//!
//! `cargo run --example custom_lexicon`

use rhetor::{Annotator, Lexicon};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/house.toml");

    // A lexicon is its own test: every example in it is tried. Each fault names file, line and column.
    let faults = rhetor::check(Lexicon::from_path(path)?)?;
    faults.iter().for_each(|fault| println!("{fault}"));
    assert!(faults.is_empty());

    let annotator =
        Annotator::builder().lexicon(Lexicon::from_path(path)?).only(["wordy", "unnamed-source"]).build()?;
    let document =
        annotator.annotate("Officials say they conducted a raid on a farm. No one is held at this moment in time.");
    for annotation in document.annotations() {
        println!("{}: {} ({})", annotation.device(), annotation.text(), annotation.entry().gloss().unwrap_or("-"));
    }

    let devices: Vec<&str> = document.annotations().map(|annotation| annotation.device()).collect();
    assert_eq!(devices, ["unnamed-source", "wordy", "wordy"]);
    Ok(())
}
