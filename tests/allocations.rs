//! How often annotating asks for memory that is not part of the result: a count that is the same on every machine, and so
//! held here, unlike times.

#[path = "../benches/support/news.rs"]
#[allow(dead_code, reason = "the test needs the text alone")]
mod news;

use std::alloc::System;

use rhetor::Annotator;
use stats_alloc::{Region, StatsAlloc, INSTRUMENTED_SYSTEM};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ARTICLES: usize = 20;
const BYTES: usize = 5_000;
/// The most for one article. It may be lowered.
const MOST: usize = 15;

/// One test and no more in this file: the counter sees every thread.
#[test]
fn an_article_takes_little_memory_beyond_its_result() {
    let annotator = Annotator::bundled();
    let articles = articles();
    articles.iter().for_each(|article| drop(annotator.annotate(article)));
    let counts = articles.iter().map(|article| {
        let region = Region::new(COUNTING);
        let document = annotator.annotate(article);
        let counted = region.change();
        drop(document);
        // What was freed again is no part of the result, and what had to grow was asked for twice.
        counted.deallocations + counted.reallocations
    });
    let counts: Vec<usize> = counts.collect();
    let mean = counts.iter().sum::<usize>() / ARTICLES;
    assert!(mean <= MOST, "{mean} allocations for an article of {BYTES} bytes: {counts:?}");
}

fn articles() -> Vec<String> {
    let text = news::of_size(ARTICLES * 2 * BYTES);
    let mut paragraphs = text.split_inclusive("\n\n");
    let mut article = || {
        let mut article = String::new();
        while article.len() < BYTES {
            article.push_str(paragraphs.next().expect("the text is long enough"));
        }
        article
    };
    (0..ARTICLES).map(|_| article()).collect()
}
