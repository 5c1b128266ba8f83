//! Made-up articles in which patterns match, and nearly match.
//!
//! Their sentences are those of made-up news and those on which the entries of the bundled lexicons are tested; half of
//! the articles are then distorted, so that words stand where a pattern nearly has them.

#[path = "../../benches/support/news.rs"]
mod news;

use news::Random;

use crate::Lexicon;

/// How much news the sentences are drawn from, in bytes.
const NEWS: usize = 300_000;
/// What two sentences are joined by.
const JOINTS: [&str; 8] = [" ", ", ", "; ", " and ", ": “", " who ", " — ", " by "];
/// What is put between two words. Some are words that no lexicon names, with affixes that classes ask for.
const FILLERS: [&str; 18] = [
    "“",
    "”",
    ",",
    "not",
    "by",
    "the",
    "John Kirby",
    "officials",
    "said",
    "was",
    "12",
    "U.S.",
    "50%",
    "3.5m",
    "unblorked",
    "outglimmed",
    "glimmingly",
    "blorked",
];

/// Articles of one or two sentences.
pub(super) fn articles(count: usize) -> Vec<String> {
    let sentences = sentences();
    let mut random = Random(7);
    (0..count).map(|_| article(&sentences, &mut random)).collect()
}

fn article(sentences: &[String], random: &mut Random) -> String {
    let mut article = sentences[random.below(sentences.len())].clone();
    for _ in 0..random.below(2) {
        let next = &sentences[random.below(sentences.len())];
        match random.coin() {
            true => article = format!("{article} {next}"),
            false => {
                let joint = random.one_of(&JOINTS);
                let before = article.trim_end_matches(['.', '!', '?', '”', '"']).len();
                article = format!("{}{joint}{next}", &article[..before]);
            }
        }
    }
    match random.below(6) {
        0..=2 => article,
        3 => with_words(&article, |words| {
            // Words change places over a short distance.
            for _ in 0..1 + words.len() / 8 {
                let from = random.below(words.len());
                let to = (from + 1 + random.below(3)).min(words.len() - 1);
                words.swap(from, to);
            }
        }),
        4 => with_words(&article, |words| {
            for _ in 0..1 + words.len() / 8 {
                let at = random.below(words.len());
                match random.below(4) {
                    0 => drop(words.remove(at)),
                    1 => words.insert(at, words[at]),
                    _ => words.insert(at, random.one_of(&FILLERS)),
                }
                if words.is_empty() {
                    break;
                }
            }
        }),
        _ => with_words(&article, |words| random.shuffle(words)),
    }
}

fn with_words(article: &str, change: impl FnOnce(&mut Vec<&str>)) -> String {
    let mut words: Vec<&str> = article.split_whitespace().collect();
    change(&mut words);
    words.join(" ")
}

/// Sentences of news, and as many examples of entries or more.
fn sentences() -> Vec<String> {
    let news = news::of_size(NEWS);
    let mut sentences: Vec<String> = news
        .split_inclusive(['.', '\n'])
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect();
    for id in Lexicon::bundled_ids() {
        let lexicon = Lexicon::bundled(id).expect("a bundled lexicon reads");
        for entry in lexicon.entries() {
            let texts = entry.examples().chain(entry.counterexamples());
            sentences.extend(texts.map(|text| text.replace(['[', ']', '\\'], "")));
        }
    }
    sentences
}
