//! Whether two cores do twice as much: ten thousand articles in a plain loop that keeps its documents, as `annotate_all` does,
//! and by `annotate_all` on two threads.
//!
//! On a machine where something else runs, too, the figure is too low. What two threads of plain arithmetic reach at the same
//! time is told on standard error: more than that cannot be had.

mod support;

use std::hint::black_box;

use rhetor::{Annotator, Document};
use support::race::{race, Runner};

const ARTICLES: usize = 10_000;
/// About what an article is long.
const ARTICLE: usize = 5_200;
const THREADS: usize = 2;
/// How much arithmetic a thread does.
const SUMS: u64 = 300_000_000;

fn main() {
    let text = support::text(ARTICLES * ARTICLE);
    let mut articles = support::articles(&text);
    articles.truncate(ARTICLES);
    let bytes = articles.iter().map(|article| article.len()).sum();
    let annotator = Annotator::bundled();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().expect("two threads can be had");
    eprintln!("articles: {}", articles.len());
    let count = |documents: Vec<Document>| documents.iter().map(|document| document.annotations().len()).sum();
    let one = || count(articles.iter().map(|article| annotator.annotate(article)).collect());
    let all = || count(pool.install(|| annotator.annotate_all(&articles)));
    let finishes = race(vec![
        Runner::new("one", bytes, one),
        Runner::new("two", bytes, all),
        Runner::new("arithmetic, one", 0, || sum() + sum()),
        Runner::new("arithmetic, two", 0, || pool.join(sum, sum).0 * THREADS),
    ]);
    let [one, two, sum_by_one, sum_by_two] = &finishes[..] else { unreachable!("four have run") };
    eprintln!("  arithmetic: {:.2}", sum_by_one.best.as_secs_f64() / sum_by_two.best.as_secs_f64());
    let what = format!("`annotate_all` on two cores, {} articles, against one", articles.len());
    support::row(&what, two.speed_told(), one.speed_told(), two.speed() / one.speed(), "1.8", "1.95");
}

fn sum() -> usize {
    let sum = (0..SUMS).fold(0_u64, |sum, n| black_box(sum ^ n));
    usize::from(sum < SUMS * SUMS)
}
