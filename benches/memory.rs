//! What lies in memory: an annotator, an annotated text, and what is asked for in passing. Counts, not times: they are the
//! same in every run. (The streaming command: `--bench command` of `cli`.)

mod support;

use std::alloc::System;

use rhetor::Annotator;
use stats_alloc::{Region, StatsAlloc, INSTRUMENTED_SYSTEM};
use support::MEGABYTE;

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TEXT: usize = MEGABYTE;

fn main() {
    // Once before, for what is made at the first use and kept.
    drop(Annotator::bundled());
    let (annotator, kept) = kept(Annotator::bundled);
    support::figure("memory of `Annotator::bundled()`", megabytes(kept), "40 MB", "15 MB");

    let text = support::text(TEXT);
    let articles = support::articles(&text);
    articles.iter().for_each(|article| drop(annotator.annotate(article)));
    let mut passing = 0;
    for article in &articles {
        let region = Region::new(COUNTING);
        let document = annotator.annotate(article);
        let counted = region.change();
        drop(document);
        // What was freed again is no part of the result, and what had to grow was asked for twice.
        passing += counted.deallocations + counted.reallocations;
    }
    let each = passing as f64 / articles.len() as f64;
    support::figure("heap allocations for an article of 5 KB, beyond the result", format!("{each:.1}"), "20", "0");
    let (_document, kept) = self::kept(|| annotator.annotate(&text));
    support::figure(
        "memory of a `Document`, for a byte of text",
        format!("{:.2} bytes", kept / text.len() as f64),
        "",
        "",
    );
}

/// What a function makes, and how many bytes it keeps.
fn kept<T>(make: impl FnOnce() -> T) -> (T, f64) {
    let region = Region::new(COUNTING);
    let made = make();
    let counted = region.change();
    (made, counted.bytes_allocated as f64 - counted.bytes_deallocated as f64)
}

fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / MEGABYTE as f64)
}
