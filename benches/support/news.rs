//! Made-up news of any size.
//!
//! Two stocks of sentences are mixed: those of `examples/articles`, written to show the devices, in which every other
//! sentence holds one, and those of `benches/articles`, plain news of sport, weather, markets and the like, which hold next
//! to none. What comes out holds about as many as news does, in sentences and words as long as those of news; a test holds
//! it to that (`tests/news.rs`).
//!
//! Sentences are cut by a rule of its own, not by the library: the text must stay the same when the library learns.

use std::collections::HashSet;

const SEED: u64 = 1;
/// Articles full of devices.
const TELLING: [&str; 6] = [
    include_str!("../../examples/articles/court.txt"),
    include_str!("../../examples/articles/diplomacy.txt"),
    include_str!("../../examples/articles/election.txt"),
    include_str!("../../examples/articles/layoffs.txt"),
    include_str!("../../examples/articles/police.txt"),
    include_str!("../../examples/articles/strike.txt"),
];
/// Articles with hardly any.
const PLAIN: [&str; 26] = [
    include_str!("../articles/bridges.txt"),
    include_str!("../articles/budget.txt"),
    include_str!("../articles/canal.txt"),
    include_str!("../articles/census.txt"),
    include_str!("../articles/council.txt"),
    include_str!("../articles/dig.txt"),
    include_str!("../articles/earnings.txt"),
    include_str!("../articles/farm.txt"),
    include_str!("../articles/feature.txt"),
    include_str!("../articles/festival.txt"),
    include_str!("../articles/football.txt"),
    include_str!("../articles/harvest.txt"),
    include_str!("../articles/magistrates.txt"),
    include_str!("../articles/match.txt"),
    include_str!("../articles/obituary.txt"),
    include_str!("../articles/railway.txt"),
    include_str!("../articles/rates.txt"),
    include_str!("../articles/results.txt"),
    include_str!("../articles/ruling.txt"),
    include_str!("../articles/satellite.txt"),
    include_str!("../articles/schools.txt"),
    include_str!("../articles/science.txt"),
    include_str!("../articles/storm.txt"),
    include_str!("../articles/study.txt"),
    include_str!("../articles/traffic.txt"),
    include_str!("../articles/weather.txt"),
];
/// Of so many sentences, one is of the telling articles.
const ONE_TELLING_IN: usize = 5;
/// Where wrapped articles break their lines.
const COLUMNS: usize = 72;
/// A shorter word before a full stop may be an abbreviation: "Gen.", "Pa.".
const SHORTEST_LAST_WORD: usize = 5;
/// What invented names are made of.
const BEGINNINGS: [&str; 16] =
    ["Al", "Bar", "Cor", "Dal", "El", "Fen", "Gar", "Hol", "Ist", "Kor", "Lun", "Mar", "Nor", "Pel", "Ros", "Tol"];
const MIDDLES: [&str; 12] = ["", "a", "be", "de", "en", "i", "ka", "lo", "mi", "o", "ri", "sa"];
const ENDINGS: [&str; 16] = [
    "bury", "croft", "dan", "field", "gard", "ham", "ini", "kin", "ley", "man", "nov", "rez", "sen", "ton", "vik",
    "wen",
];

/// Written with a capital, whole or cut short, but no names.
const CALENDAR: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Splitmix64: the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(crate) fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    pub(crate) fn one_of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// What articles are taken apart into.
#[derive(Default)]
struct Stock {
    /// Headlines, bylines: lines that end without a full stop.
    headlines: Vec<String>,
    /// Sentences behind a dateline: "GENEVA — …".
    openings: Vec<String>,
    sentences: Vec<String>,
    /// The sentences that are still to be used before any is used again, by number, the next one last.
    deck: Vec<usize>,
}

/// News of `size` bytes, give or take a paragraph.
pub(crate) fn of_size(size: usize) -> String {
    mixed(size, ONE_TELLING_IN)
}

/// News that is as full of devices as no real news is.
pub(crate) fn telling(size: usize) -> String {
    mixed(size, 1)
}

fn mixed(size: usize, one_telling_in: usize) -> String {
    let mut stocks = [Stock::of(&PLAIN), Stock::of(&TELLING)];
    let names = names(stocks.iter().flat_map(|stock| &stock.sentences));
    let mut random = Random(SEED);
    let mut text = String::with_capacity(size + 2000);
    while text.len() < size {
        let wrapped = random.coin();
        let stock = &stocks[usize::from(random.below(one_telling_in) == 0)];
        for lines in [&stock.headlines, &stock.openings] {
            let line = random.below(lines.len());
            push(&mut text, &varied(&lines[line], &names, &mut random), wrapped);
        }
        for _ in 0..10 + random.below(15) {
            if text.len() >= size {
                break;
            }
            let mut paragraph = Vec::new();
            for _ in 0..1 + random.below(4) {
                let is_telling = random.below(one_telling_in) == 0;
                let sentence = stocks[usize::from(is_telling)].draw(&mut random);
                paragraph.push(varied(sentence, &names, &mut random));
            }
            push(&mut text, &paragraph.join(" "), wrapped);
        }
    }
    text
}

/// Appends a paragraph and a blank line.
fn push(text: &mut String, paragraph: &str, wrapped: bool) {
    let mut column = 0;
    for word in paragraph.split(' ') {
        let width = word.chars().count();
        if column > 0 {
            let breaks = wrapped && column + 1 + width > COLUMNS;
            text.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        text.push_str(word);
        column += width;
    }
    text.push_str("\n\n");
}

impl Stock {
    fn of(articles: &[&str]) -> Stock {
        let mut stock = Stock::default();
        for article in articles {
            let article = article.replace("\r\n", "\n").replace("\n- ", "\n");
            for paragraph in article.split("\n\n") {
                let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
                match paragraph.chars().next_back() {
                    None => {}
                    Some('.' | '?' | '!' | '”' | '’' | '"') => stock.sentences.extend(cut(&paragraph)),
                    Some(_) => stock.headlines.push(paragraph),
                }
            }
        }
        (stock.openings, stock.sentences) = stock.sentences.into_iter().partition(|sentence| has_dateline(sentence));
        stock
    }

    fn draw(&mut self, random: &mut Random) -> &str {
        if self.deck.is_empty() {
            self.deck.extend(0..self.sentences.len());
            random.shuffle(&mut self.deck);
        }
        self.deck.pop().map_or("", |at| &self.sentences[at])
    }
}

/// A line with other numbers, and others for half of its names.
fn varied(line: &str, names: &HashSet<String>, random: &mut Random) -> String {
    let vary = |(i, word): (usize, &str)| {
        let core = core(word);
        match i > 0 && names.contains(core) && random.coin() {
            true => word.replacen(core, &invented(random), 1),
            false => other_digits(word, random),
        }
    };
    line.split(' ').enumerate().map(vary).collect::<Vec<_>>().join(" ")
}

/// The sentences of a paragraph. What stands in quotation marks stays together.
fn cut(paragraph: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence: Vec<&str> = Vec::new();
    let (mut open, mut straight) = (0_usize, false);
    let mut words = paragraph.split(' ').peekable();
    while let Some(word) = words.next() {
        sentence.push(word);
        let mut characters = word.chars().peekable();
        while let Some(c) = characters.next() {
            let is_inside = characters.peek().is_some_and(|next| next.is_alphanumeric());
            match c {
                '“' | '‘' => open += 1,
                '”' => open = open.saturating_sub(1),
                '’' if !is_inside => open = open.saturating_sub(1),
                '"' => straight = !straight,
                _ => {}
            }
        }
        let bare = word.trim_end_matches(['”', '’', '"', ')']);
        let ends = bare.ends_with(['?', '!']) || bare.ends_with('.') && core(word).len() >= SHORTEST_LAST_WORD;
        let begins = words.peek().is_none_or(|next| !next.starts_with(char::is_lowercase));
        if ends && begins && open == 0 && !straight {
            sentences.push(sentence.join(" "));
            sentence.clear();
        }
    }
    if !sentence.is_empty() {
        sentences.push(sentence.join(" "));
    }
    sentences
}

/// Whether a sentence begins with a place in capitals and a dash.
fn has_dateline(sentence: &str) -> bool {
    let place = sentence.split([' ', ',']).next().unwrap_or(sentence);
    place.chars().count() > 3 && place.chars().all(char::is_uppercase) && sentence.contains(" — ")
}

/// A word without the punctuation around it and without a possessive.
fn core(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split(['’', '\'']).next().unwrap_or(word)
}

/// The words written with a capital inside a sentence, and never without.
fn names<'s>(sentences: impl Iterator<Item = &'s String> + Clone) -> HashSet<String> {
    let small: HashSet<&str> = sentences.clone().flat_map(|s| s.split(' ')).map(core).collect();
    let mut names = HashSet::new();
    let inside = |pair: (&str, &str)| !pair.0.ends_with(['.', '?', '!', '”', '’', '"']);
    let pairs = sentences.flat_map(|s| s.split(' ').zip(s.split(' ').skip(1)));
    for word in pairs.filter(|pair| inside(*pair)).map(|(_, word)| core(word)) {
        let mut rest = word.chars();
        let is_written_so = rest.next().is_some_and(char::is_uppercase) && rest.all(char::is_lowercase);
        let is_date = CALENDAR.iter().any(|name| name.starts_with(word));
        if is_written_so && word.len() > 3 && !is_date && !small.contains(word.to_lowercase().as_str()) {
            names.insert(word.to_owned());
        }
    }
    names
}

pub(crate) fn invented(random: &mut Random) -> String {
    [random.one_of(&BEGINNINGS), random.one_of(&MIDDLES), random.one_of(&ENDINGS)].concat()
}

/// The second half of the digits of every number is drawn anew, so that a year stays in its century; 0 alone stays.
fn other_digits(word: &str, random: &mut Random) -> String {
    let mut varied = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            varied.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        for (i, digit) in rest[..digits].chars().enumerate() {
            let drawn = char::from(b'0' + random.below(10) as u8);
            varied.push(if i < digits / 2 || digit == '0' && digits == 1 { digit } else { drawn });
        }
        rest = &rest[digits..];
    }
    varied
}
