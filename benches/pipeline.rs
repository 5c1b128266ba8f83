//! Where the time goes: each stage of the library by itself, as far as its public face lets it be had.
//!
//! Speeds are in bytes of *text*, also for records and JSON, so that the times of stages add up. The last column is the time
//! of a stage as a share of that of `annotate`.
//!
//! `sentences` and `quotations` are part of every annotation. `annotate no device` is the cost of reading (sentences,
//! quotations, words, names) with nothing to look for; `annotate DEVICE` adds one default device, and `annotate` all of
//! them. A device's own cost is the difference from reading, not its whole time. `annotate articles` annotates the same
//! text a few thousand bytes at a time, as most callers do: what it takes longer is what a call costs. `segments`, `to record`,
//! `html`, `to JSON` and `from JSON` follow the default devices.

mod support;

use rhetor::{html, quotations, Annotator, Article, Record, SentenceSplitter};
use support::race::{race, Runner};
use support::MEGABYTE;

const TEXT: usize = 2 * MEGABYTE;

fn main() {
    let text = support::text(TEXT);
    let bytes = text.len();
    let annotator = Annotator::bundled();
    let splitter = SentenceSplitter::english();
    let document = annotator.annotate(&text);
    let record = document.to_record();
    let json = serde_json::to_string(&record).expect("a record is JSON");
    let articles = support::articles(&text);
    eprintln!("articles: {}, bytes of JSON: {}", articles.len(), json.len());

    let mut stages = vec![
        Runner::new("annotate", bytes, || annotator.annotate(&text).annotations().len()),
        Runner::new("annotate articles", bytes, || {
            articles.iter().map(|article| annotator.annotate(article).annotations().len()).sum()
        }),
        Runner::new("sentences", bytes, || splitter.sentences(&text).count()),
        Runner::new("quotations", bytes, || quotations(&text).len()),
        only("annotate no device".to_owned(), None, &text),
    ];
    let devices = annotator.devices().iter().map(|device| device.id());
    stages.extend(devices.map(|id| only(format!("annotate {id}"), Some(id), &text)));
    stages.push(Runner::new("segments", bytes, || document.segments().count()));
    stages.push(Runner::new("to record", bytes, || document.to_record().annotations.len()));
    stages.push(Runner::new("html", bytes, || {
        let article = Article { name: "bench", text: &text, record: &record };
        html("Bench", &[article]).map_or(0, |page| page.len())
    }));
    stages.push(Runner::new("to JSON", bytes, || serde_json::to_string(&record).map_or(0, |json| json.len())));
    stages.push(Runner::new("from JSON", bytes, || {
        serde_json::from_str(&json).map_or(0, |record: Record| record.annotations.len())
    }));

    let finishes = race(stages);
    let whole = finishes.first().expect("there are stages").best;
    println!("| stage | speed | time, of `annotate` |\n|---|---|---|");
    for finish in &finishes {
        let share = 100.0 * finish.best.as_secs_f64() / whole.as_secs_f64();
        println!("| {} | {} | {share:.1}% |", finish.name, finish.speed_told());
    }
}

/// A stage that annotates with one device or none.
fn only<'a>(name: String, device: Option<&str>, text: &'a str) -> Runner<'a> {
    let annotator = Annotator::builder().only(device).build().expect("the bundled lexicons build");
    Runner::new(name, text.len(), move || annotator.annotate(text).annotations().len())
}
