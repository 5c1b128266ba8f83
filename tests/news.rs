//! That the made-up news of the benches is like news where that decides how long a text takes.

#[path = "../benches/support/news.rs"]
#[allow(dead_code, reason = "the test needs the text alone")]
mod news;

use std::ops::RangeInclusive;

use rhetor::Annotator;

const BYTES: usize = 500_000;
/// What corpora of news have, by the same count: 50 to 650 kB each of articles of agencies and newspapers.
const WORDS_IN_A_SENTENCE: RangeInclusive<f64> = 18.0..=24.0;
const LETTERS_IN_A_WORD: RangeInclusive<f64> = 4.6..=4.8;
const TAGS_IN_1000_BYTES: RangeInclusive<f64> = 1.0..=3.0;

#[test]
fn made_up_news_is_like_news() {
    let text = news::of_size(BYTES);
    let annotator = Annotator::bundled();
    let document = annotator.annotate(&text);
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let count = words().count() as f64;
    let in_a_sentence = count / document.sentences().len() as f64;
    assert!(WORDS_IN_A_SENTENCE.contains(&in_a_sentence), "{in_a_sentence} words in a sentence");
    let letters = words().map(|word| word.chars().count()).sum::<usize>() as f64 / count;
    assert!(LETTERS_IN_A_WORD.contains(&letters), "{letters} letters in a word");
    let tags = 1000.0 * document.annotations().count() as f64 / text.len() as f64;
    assert!(TAGS_IN_1000_BYTES.contains(&tags), "{tags} tags in 1,000 bytes");
}
