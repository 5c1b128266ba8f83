//! Finds devices in a text and prints each with what there is to know about it.
//!
//! `cargo run --example quickstart`

use rhetor::Annotator;

const TEXT: &str = "\
Security officials say the camp was empty. The raid caused no collateral damage, according to \
people familiar with the operation. “We had no choice,” said Mara Quill, the minister.";

fn main() {
    // Built once, in milliseconds; then it annotates any number of texts, from any number of threads.
    let annotator = Annotator::bundled();
    let document = annotator.annotate(TEXT);

    for annotation in document.annotations() {
        println!("{} ({})", annotation.text(), annotation.span().start());
        println!("    device   {}: {}", annotation.device(), annotation.kind().unwrap_or("any"));
        println!("    voice    {}, in sentence {}", annotation.voice(), annotation.sentence());
        if let Some(plainly) = annotation.entry().gloss().or(annotation.entry().note()) {
            println!("    because  {plainly}");
        }
        println!("    entry    {} of {}", annotation.entry().id(), annotation.entry().lexicon().id());
    }

    assert_eq!(document.sentences().len(), 3);
    assert!(document.annotations().any(|a| a.device() == "unnamed-source" && a.text() == "Security officials"));
}
