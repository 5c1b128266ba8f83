//! A renderer of one's own in a few lines: `segments` is all that it takes, even where annotations overlap.
//!
//! `cargo run --example render_html`. For a whole page with legend and explanations there is `rhetor::html`.

use rhetor::{Annotator, Document, Lexicon};

/// Every piece of the text, in a `<span>` with the devices that cover it as its classes.
fn spans(document: &Document<'_>) -> String {
    let mut html = String::new();
    for piece in document.segments() {
        let text = piece.text.replace('&', "&amp;").replace('<', "&lt;");
        let devices: Vec<&str> = piece.annotations.iter().map(|annotation| annotation.device()).collect();
        match devices.is_empty() {
            true => html += &text,
            false => html += &format!("<span class=\"{}\">{text}</span>", devices.join(" ")),
        }
    }
    html
}

/// Two devices that overlap: a short phrase inside a long one.
const LEXICON: &str = r#"
schema = 1
id = "example/overlap"
version = "1.0.0"
language = "en"
title = "Two devices"
license = "CC0-1.0"
device = [
    { id = "outer", title = "Outer", definition = "The whole phrase." },
    { id = "inner", title = "Inner", definition = "A word of it." },
]
entry = [
    { id = "a", device = "outer", match = ["were neutralised"], note = "-", since = "1.0.0", examples = ["[were neutralised]"] },
    { id = "b", device = "inner", match = ["neutralised"], note = "-", since = "1.0.0", examples = ["[neutralised]"] },
]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::from_toml("overlap.toml", LEXICON)?;
    let annotator = Annotator::builder().without_bundled().lexicon(lexicon).build()?;
    let html = spans(&annotator.annotate("Q&A: four men were neutralised."));
    println!("{html}");
    assert_eq!(
        html,
        "Q&amp;A: four men <span class=\"outer\">were </span><span class=\"outer inner\">neutralised</span>."
    );
    Ok(())
}
