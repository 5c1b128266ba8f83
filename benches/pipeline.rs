//! Where the time goes: each stage of the library by itself, as far as its public face lets it be had.
//!
//! Figures are throughput in bytes of *text*, also for records and JSON, so that the times of stages add up and can be
//! compared as ratios. Every run is held to the count that the first one gave.
//!
//! - `stages`: `sentences` and `quotations` are part of every annotation. `annotate-no-device` is the cost of reading
//!   (sentences, quotations, words, names) with nothing to look for; `annotate-DEVICE` adds one default device, and
//!   `annotate-default` all of them. A device's own cost is the difference from reading, not its whole time.
//!   `annotate-articles` annotates the same text a few thousand bytes at a time, as most callers do: what it takes
//!   longer is what a call costs. `segments`, `to-record`, `html`, `to-json` and `from-json` follow the default devices.
//!   With the feature `parallel`, `annotate-articles-parallel` does the articles on all cores.
//! - `sizes`: the default devices on the first tenth, hundredth … of the text; throughput should stay level.
//! - `build`: what is done once, as time: reading the files, and an annotator with one device or the default ones.

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use rhetor::{html, quotations, Annotator, Article, Language, Lexicon, Record, SentenceSplitter};

/// How long an article is, roughly.
const ARTICLE: usize = 4_000;
/// The shortest text among the sizes.
const SHORTEST: usize = 1_000;

/// A name, and a function from the text to a count of what it made of it.
type Stage<'a> = (String, Box<dyn Fn(&str) -> usize + 'a>);

fn main() {
    let mut criterion = support::criterion();
    let text = support::text();
    stages(&mut criterion, &text);
    sizes(&mut criterion, &text);
    build(&mut criterion);
    criterion.final_summary();
}

fn stages(criterion: &mut Criterion, text: &str) {
    let annotator = Annotator::bundled();
    let splitter = SentenceSplitter::english();
    let document = annotator.annotate(text);
    let record = document.to_record();
    let json = serde_json::to_string(&record).expect("a record is JSON");
    let articles = articles(text);
    eprintln!(
        "sentences: {}, quotations: {}, articles: {}, bytes of JSON: {}",
        document.sentences().len(),
        document.quotations().len(),
        articles.len(),
        json.len()
    );

    let mut stages: Vec<Stage> = vec![
        ("sentences".to_owned(), Box::new(|text| splitter.sentences(text).count())),
        ("quotations".to_owned(), Box::new(|text| quotations(text).len())),
        annotation("annotate-no-device".to_owned(), only(None)),
    ];
    let devices = annotator.devices().iter().map(|device| device.id());
    stages.extend(devices.map(|id| annotation(format!("annotate-{id}"), only(Some(id)))));
    stages.push(annotation("annotate-default".to_owned(), annotator.clone()));
    stages.push((
        "annotate-articles".to_owned(),
        Box::new(|_| articles.iter().map(|article| annotator.annotate(black_box(article)).annotations().len()).sum()),
    ));
    #[cfg(feature = "parallel")]
    stages.push((
        "annotate-articles-parallel".to_owned(),
        Box::new(|_| annotator.annotate_all(black_box(&articles)).iter().map(|d| d.annotations().len()).sum()),
    ));
    stages.push(("segments".to_owned(), Box::new(|_| black_box(&document).segments().count())));
    stages.push(("to-record".to_owned(), Box::new(|_| black_box(&document).to_record().annotations.len())));
    stages.push((
        "html".to_owned(),
        Box::new(|text| {
            let article = Article { name: "bench", text, record: black_box(&record) };
            html("Bench", &[article]).map_or(0, |page| page.len())
        }),
    ));
    stages.push((
        "to-json".to_owned(),
        Box::new(|_| serde_json::to_string(black_box(&record)).map_or(0, |json| json.len())),
    ));
    stages.push((
        "from-json".to_owned(),
        Box::new(|_| serde_json::from_str(black_box(&json)).map_or(0, |record: Record| record.annotations.len())),
    ));

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (name, count) in &stages {
        let expected = count(text);
        eprintln!("{name}: {expected}");
        group.bench_function(name.as_str(), |b| b.iter(|| assert_eq!(count(black_box(text)), expected)));
    }
    group.finish();
}

fn sizes(criterion: &mut Criterion, text: &str) {
    let annotator = Annotator::bundled();
    let mut group = criterion.benchmark_group("sizes");
    let mut size = text.len();
    while size >= SHORTEST {
        let start = &text[..boundary(text, size)];
        let expected = annotator.annotate(start).annotations().len();
        group.throughput(Throughput::Bytes(start.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), start, |b, start| {
            b.iter(|| assert_eq!(annotator.annotate(black_box(start)).annotations().len(), expected));
        });
        size /= 10;
    }
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    let lexicons = || Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).map_or(0, |l| l.entries().len())).sum();
    let entries: usize = lexicons();
    group.bench_function("read-lexicons", |b| b.iter(|| assert_eq!(lexicons(), entries)));
    group.bench_function("read-language", |b| {
        b.iter(|| Language::bundled(black_box("en")).is_ok_and(|l| l.tag() == "en"))
    });
    let default = Annotator::bundled();
    let count = default.devices().len();
    for device in default.devices() {
        group.bench_function(device.id(), |b| b.iter(|| assert_eq!(only(Some(device.id())).devices().len(), 1)));
    }
    group.bench_function("default", |b| b.iter(|| assert_eq!(Annotator::bundled().devices().len(), count)));
    group.finish();
}

/// A stage that annotates.
fn annotation(name: String, annotator: Annotator) -> Stage<'static> {
    (name, Box::new(move |text| annotator.annotate(text).annotations().len()))
}

/// An annotator for one device or none.
fn only(device: Option<&str>) -> Annotator {
    Annotator::builder().only(device).build().expect("the bundled lexicons build")
}

/// The text in pieces of some thousand bytes, cut at blank lines.
fn articles(text: &str) -> Vec<&str> {
    let mut articles = Vec::new();
    let mut rest = text;
    while !rest.trim().is_empty() {
        let from = boundary(rest, ARTICLE);
        let end = rest[from..].find("\n\n").map_or(rest.len(), |at| from + at + 2);
        articles.push(&rest[..end]);
        rest = &rest[end..];
    }
    articles
}

/// The last character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
