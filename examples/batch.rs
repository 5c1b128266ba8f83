//! Annotates many texts on all cores and counts what they hold.
//!
//! `cargo run --release --features parallel --example batch`

use std::collections::BTreeMap;
use std::time::Instant;

use rhetor::Annotator;

fn main() {
    let texts: Vec<String> = (0..2_000)
        .map(|n| format!("Officials say that bridge {n} is safe. Nobody has tried it. ").repeat(20))
        .collect();
    let annotator = Annotator::bundled();

    let started = Instant::now();
    let documents = annotator.annotate_all(&texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {:.1} MB/s", documents.len(), bytes as f64 / 1e6 / started.elapsed().as_secs_f64());

    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for annotation in documents.iter().flat_map(|document| document.annotations()) {
        *counts.entry(annotation.device()).or_default() += 1;
    }
    println!("{counts:?}");

    // The results stand in the order of the texts.
    assert!(documents.iter().zip(&texts).all(|(document, text)| document.text() == text));
    assert_eq!(counts["unnamed-source"], 2_000 * 20);
}
