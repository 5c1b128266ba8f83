//! Made-up news of any size.
//!
//! Sentences are cut by a rule of its own, not by the library: the text must stay the same when the library learns.

use std::collections::HashSet;
use std::path::Path;

const SEED: u64 = 1;
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
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(super) fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    pub(super) fn one_of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// What the articles are taken apart into.
struct Stock {
    /// Headlines, bylines: lines that end without a full stop.
    headlines: Vec<String>,
    /// Sentences behind a dateline: "GENEVA — …".
    openings: Vec<String>,
    sentences: Vec<String>,
    names: HashSet<String>,
}

/// News of `size` bytes, give or take a paragraph.
pub(super) fn of_size(size: usize) -> String {
    let stock = Stock::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles"));
    let mut random = Random(SEED);
    let mut order: Vec<usize> = Vec::new();
    let mut text = String::with_capacity(size + 2000);
    while text.len() < size {
        let wrapped = random.coin();
        for lines in [&stock.headlines, &stock.openings] {
            let line = random.below(lines.len());
            push(&mut text, &stock.varied(&lines[line], &mut random), wrapped);
        }
        for _ in 0..10 + random.below(15) {
            if text.len() >= size {
                break;
            }
            let mut paragraph = Vec::new();
            for _ in 0..1 + random.below(4) {
                if order.is_empty() {
                    order.extend(0..stock.sentences.len());
                    random.shuffle(&mut order);
                }
                paragraph.extend(order.pop().map(|at| stock.varied(&stock.sentences[at], &mut random)));
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
    fn read(folder: &Path) -> Stock {
        let fail = |error: std::io::Error| -> ! { panic!("{}: {error}", folder.display()) };
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .unwrap_or_else(|error| fail(error))
            .map(|file| file.unwrap_or_else(|error| fail(error)).path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        paths.sort();
        let (mut headlines, mut sentences) = (Vec::new(), Vec::new());
        for path in paths {
            let article = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| fail(error))
                .replace("\r\n", "\n")
                .replace("\n- ", "\n");
            for paragraph in article.split("\n\n") {
                let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
                match paragraph.chars().next_back() {
                    None => {}
                    Some('.' | '?' | '!' | '”' | '’' | '"') => sentences.extend(cut(&paragraph)),
                    Some(_) => headlines.push(paragraph),
                }
            }
        }
        let names = names(&sentences);
        let (openings, sentences): (Vec<_>, Vec<_>) = sentences.into_iter().partition(|s| has_dateline(s));
        let is_enough = [&headlines, &openings, &sentences].iter().all(|lines| !lines.is_empty());
        assert!(is_enough, "{}: headlines, datelines or sentences are missing", folder.display());
        Stock { headlines, openings, sentences, names }
    }

    /// A line with other numbers, and others for half of its names.
    fn varied(&self, line: &str, random: &mut Random) -> String {
        let vary = |(i, word): (usize, &str)| {
            let core = core(word);
            match i > 0 && self.names.contains(core) && random.coin() {
                true => word.replacen(core, &invented(random), 1),
                false => other_digits(word, random),
            }
        };
        line.split(' ').enumerate().map(vary).collect::<Vec<_>>().join(" ")
    }
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
fn names(sentences: &[String]) -> HashSet<String> {
    let small: HashSet<&str> = sentences.iter().flat_map(|s| s.split(' ')).map(core).collect();
    let mut names = HashSet::new();
    let inside = |pair: (&str, &str)| !pair.0.ends_with(['.', '?', '!', '”', '’', '"']);
    let pairs = sentences.iter().flat_map(|s| s.split(' ').zip(s.split(' ').skip(1)));
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

fn invented(random: &mut Random) -> String {
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
