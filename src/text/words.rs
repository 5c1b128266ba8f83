//! Cuts text into tokens: words as the pattern language understands them, and punctuation.
//!
//! "U.S.", "cease-fire", "don't", "€5" and "2,597" are one token each; a clitic such as the possessive "'s" is a token of
//! its own, so that "Pakistan's" is found wherever "Pakistan" is. ASCII is cut by hand; where another script begins, the
//! word ends where UAX #29 ends it (crate unicode-segmentation).
//!
//! There are two ways to the same tokens: [`plain`], fast, for what nearly all of a text is, and [`cut_one`] for all the rest.

mod plain;
mod short;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use self::plain::Bytes;
use self::short::Letters;
pub(crate) use self::short::Short;
use super::{char_at, is_alphanumeric, Span};

/// What a language's data file says of words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct WordRules {
    /// Endings that are cut off as tokens of their own, folded and with their apostrophe: "'s".
    pub(crate) clitics: Vec<String>,
    /// Numbers written in letters: "twelve".
    pub(crate) numbers: Vec<String>,
    /// What may stand behind the digits of a number: "m", "th".
    pub(crate) number_endings: Vec<String>,
    /// The commonest words, commonest first: what is searched for starts elsewhere.
    pub(crate) common: Vec<String>,
}

/// One word or punctuation mark. Small, as many are kept at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    start: usize,
    len: u32,
    pub(crate) shape: Shape,
}

impl Token {
    /// No token is longer than [`MOST_BYTES`].
    #[inline]
    fn new(start: usize, len: usize, shape: Shape) -> Token {
        Token { start, len: len as u32, shape }
    }

    #[inline]
    fn of(span: Span, shape: Shape) -> Token {
        Token::new(span.start(), span.len(), shape)
    }

    #[inline]
    pub(crate) fn start(self) -> usize {
        self.start
    }

    #[inline]
    pub(crate) fn end(self) -> usize {
        self.start + self.len()
    }

    #[inline]
    pub(crate) fn len(self) -> usize {
        self.len as usize
    }

    #[inline]
    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end())
    }
}

/// What is cut of a longer text: far more than any sentence has.
const MOST_BYTES: usize = u32::MAX as usize;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word whose first letter is small.
    Lower,
    /// A word whose first letter is a capital.
    Capital,
    /// A word of capitals only, two or more.
    Capitals,
    /// Digits with what belongs to them: "2,597", "€5", "3.5%".
    Number,
    /// Anything else that is not white space.
    Mark,
}

impl Shape {
    /// Whether this is a word or number rather than punctuation.
    pub(crate) fn is_word(self) -> bool {
        self != Shape::Mark
    }

    /// Whether the first letter is a capital.
    pub(crate) fn is_capital(self) -> bool {
        matches!(self, Shape::Capital | Shape::Capitals)
    }
}

impl WordRules {
    /// Whether these letters may stand behind the digits of a number.
    fn has_number_ending(&self, letters: &[u8]) -> bool {
        self.number_endings.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(letters))
    }

    /// Whether an apostrophe and these letters are a clitic.
    fn has_clitic(&self, letters: &[u8]) -> bool {
        let same = |letters_of: &str| letters_of.bytes().eq(letters.iter().map(u8::to_ascii_lowercase));
        self.clitics.iter().any(|clitic| clitic.strip_prefix('\'').is_some_and(same))
    }
}

/// What takes the tokens of a text, one by one.
pub(crate) trait Tokens {
    /// Takes a token if it is a known word, given in its folded form; says whether.
    fn take_known(&mut self, token: Token, word: Short) -> bool;

    /// Takes any other, with its folded form where that is known at once.
    fn take_other(&mut self, token: Token, word: Option<Short>);

    #[inline(always)]
    fn take(&mut self, token: Token, word: Option<Short>) {
        if !word.is_some_and(|word| self.take_known(token, word)) {
            self.take_other(token, word);
        }
    }
}

impl Tokens for Vec<Token> {
    fn take_known(&mut self, _: Token, _: Short) -> bool {
        false
    }

    fn take_other(&mut self, token: Token, _: Option<Short>) {
        self.push(token);
    }
}

/// Has `tokens` take those of `text[within]`.
#[inline]
pub(crate) fn cut(text: &str, within: Span, rules: &WordRules, tokens: &mut impl Tokens) {
    let within = shortened(text, within);
    let bytes = Bytes::new(text, within);
    let mut at = within.start();
    'words: while at < within.end() {
        let end = match bytes.word(at) {
            // As most are, and apart, so that neither how it is written nor what follows it is asked again.
            Some((letters, true)) if letters.is_small() => match take_word(at, Shape::Lower, &letters, tokens) {
                Some(end) => {
                    at = end + 1;
                    continue;
                }
                None => None,
            },
            Some((letters, _)) => take_word(at, letters.shape(), &letters, tokens),
            None => None,
        };
        at = match end {
            Some(end) => end,
            None if bytes.has_space(at) || bytes.mark(at).is_some() => at,
            None => cut_rest(text, at, within, rules, tokens),
        };
        if bytes.has_space(at) {
            at += 1;
            continue;
        }
        while let Some((token, mark)) = bytes.mark(at) {
            tokens.take(token, Some(mark));
            at += 1;
            if bytes.has_space(at) {
                at += 1;
                continue 'words;
            }
        }
        at = bytes.skip_space(at);
    }
}

/// As much of a span as is cut.
fn shortened(text: &str, within: Span) -> Span {
    let mut end = within.end().min(within.start().saturating_add(MOST_BYTES));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(within.start(), end)
}

/// Has the short word at `at` taken that these letters are, and returns where it ends. `None` where they are none.
#[inline(always)]
fn take_word(at: usize, shape: Shape, letters: &Letters, tokens: &mut impl Tokens) -> Option<usize> {
    let word = letters.folded();
    let taken = tokens.take_known(Token::new(at, word.len(), shape), word) || take_unknown(at, shape, word, tokens);
    taken.then(|| at + letters.len)
}

/// As `take_word`: a known word is one of letters; another may only look like one.
#[inline(never)]
fn take_unknown(at: usize, shape: Shape, word: Short, tokens: &mut impl Tokens) -> bool {
    let is_word = word.is_of_letters();
    if is_word {
        tokens.take_other(Token::new(at, word.len(), shape), Some(word));
    }
    is_word
}

/// As `cut`, for what stands at `at`, up to the place that is returned.
#[inline(never)]
fn cut_rest(text: &str, at: usize, within: Span, rules: &WordRules, tokens: &mut impl Tokens) -> usize {
    let bytes = Bytes::new(text, within);
    if let Some((token, word)) = bytes.token(at, rules) {
        tokens.take(token, word);
        return token.end();
    }
    cut_joined(text, at, within, rules, tokens)
}

/// As `cut_rest`, for what may be several words in one, or a word and its clitic.
#[inline(never)]
fn cut_joined(text: &str, at: usize, within: Span, rules: &WordRules, tokens: &mut impl Tokens) -> usize {
    let bytes = Bytes::new(text, within);
    let cut = bytes.joined_word(at, rules).unwrap_or_else(|| cut_one(text, at, within, rules));
    for (token, word) in [cut.token, cut.clitic].into_iter().flatten() {
        tokens.take(token, word);
    }
    cut.end
}

/// What was cut at some place: a token, a word and its clitic, or nothing where it is white space.
struct Cut {
    token: Option<(Token, Option<Short>)>,
    clitic: Option<(Token, Option<Short>)>,
    end: usize,
}

impl Cut {
    fn nothing(end: usize) -> Cut {
        Cut { token: None, clitic: None, end }
    }

    fn token(token: Token) -> Cut {
        Cut { token: Some((token, None)), clitic: None, end: token.end() }
    }

    /// A word, and a clitic behind it up to `end`, if it does not end there itself.
    fn word(word: Token, end: usize) -> Cut {
        let clitic = Token::of(Span::new(word.end(), end), Shape::Lower);
        let clitic = Some((clitic, None)).filter(|(clitic, _)| clitic.len() > 0);
        Cut { token: Some((word, None)), clitic, end }
    }
}

/// What stands at `at`.
fn cut_one(text: &str, at: usize, within: Span, rules: &WordRules) -> Cut {
    let text = &text[..within.end()];
    let Some(c) = char_at(text, at) else { return Cut::nothing(text.len()) };
    if c.is_whitespace() || is_ignorable(c) {
        return Cut::nothing(at + c.len_utf8());
    }
    if let Some(end) = lone_clitic(text, at, c, within, rules) {
        return Cut::token(Token::of(Span::new(at, end), Shape::Lower));
    }
    let end = token_end(text, at, c);
    if !opens_word(text, at, c) {
        return Cut::token(Token::of(Span::new(at, end), Shape::Mark));
    }
    let cut = at + clitic_start(&text[at..end], rules);
    let shape = if is_number(&text[at..cut], rules) { Shape::Number } else { shape(&text[at..cut]) };
    Cut::word(Token::of(Span::new(at, cut), shape), end)
}

/// The end of a clitic with no word before it, as a pattern writes it.
fn lone_clitic(text: &str, at: usize, c: char, within: Span, rules: &WordRules) -> Option<usize> {
    if at != within.start() || !is_apostrophe(c) {
        return None;
    }
    is_clitic(&text[at..], rules).then_some(text.len())
}

/// Control characters, soft hyphens and zero-width joints: neither words nor marks when they stand alone.
fn is_ignorable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn opens_word(text: &str, at: usize, c: char) -> bool {
    is_alphanumeric(c) || (is_currency(c) && char_at(text, at + c.len_utf8()).is_some_and(|d| d.is_ascii_digit()))
}

/// Where the token that begins at `at` with `c` ends.
fn token_end(text: &str, at: usize, c: char) -> usize {
    if !opens_word(text, at, c) {
        return mark_end(text, at, c);
    }
    let mut end = at + if is_currency(c) { c.len_utf8() } else { 0 };
    let mut dotted = false;
    loop {
        let run = end;
        end = run_end(text, end);
        let letters = end - run;
        let Some(joint) = char_at(text, end) else { return end };
        let after = end + joint.len_utf8();
        let next = char_at(text, after);
        let joins = next.is_some_and(char::is_alphanumeric);
        let digits = text.as_bytes()[end - 1].is_ascii_digit();
        match joint {
            '.' => {
                // "U.S." keeps its last full stop, and "U.S.-led" goes on behind it.
                let initials = letters == 1 && !digits && (dotted || joins);
                if joins {
                    dotted = initials;
                    end = after;
                } else if initials {
                    match next.filter(|c| is_hyphen(*c)).map(|c| after + c.len_utf8()) {
                        Some(further) if char_at(text, further).is_some_and(char::is_alphanumeric) => end = further,
                        _ => return after,
                    }
                } else {
                    return end;
                }
            }
            ',' if digits && next.is_some_and(|c| c.is_ascii_digit()) => end = after,
            '%' if digits => return after,
            '$' | '€' | '£' if next.is_some_and(|c| c.is_ascii_digit()) => end = after,
            '&' | '@' | '_' | '\u{ad}' if joins => end = after,
            _ if joins && (is_hyphen(joint) || is_apostrophe(joint)) => end = after,
            _ => return end,
        }
    }
}

/// The end of a run of letters and digits: by bytes while ASCII, by UAX #29 as soon as it is not.
fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
        end += 1;
    }
    match char_at(text, end) {
        Some(c) if !c.is_ascii() && !is_apostrophe(c) && !is_hyphen(c) && c != '\u{ad}' => {}
        _ => return end.max(start),
    }
    // UAX #29 joins over apostrophes and full stops; those joints are decided by the caller.
    let piece = text[start..].split_word_bounds().next().unwrap_or("");
    let stop = piece.find(|c: char| is_apostrophe(c) || matches!(c, '.' | ',' | '\u{ad}' | '_' | ':' | ';'));
    (start + stop.unwrap_or(piece.len())).max(end)
}

/// Punctuation stands alone, save for dashes and full stops in a row and emoji of several characters.
fn mark_end(text: &str, at: usize, c: char) -> usize {
    let first = at + c.len_utf8();
    if c == '.' || c == '-' {
        return first + text.as_bytes()[first..].iter().take_while(|b| **b == c as u8).count();
    }
    match c.is_ascii() {
        true => first,
        false => at + text[at..].graphemes(true).next().map_or(c.len_utf8(), str::len),
    }
}

/// Byte offset in `word` at which its clitic begins, or its length.
fn clitic_start(word: &str, rules: &WordRules) -> usize {
    if word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return word.len();
    }
    let Some(at) = word.rfind(is_apostrophe) else { return word.len() };
    if at > 0 && is_clitic(&word[at..], rules) {
        at
    } else {
        word.len()
    }
}

/// Whether an ending, which begins with an apostrophe, is a clitic.
fn is_clitic(ending: &str, rules: &WordRules) -> bool {
    let letters = ending.strip_prefix(is_apostrophe).unwrap_or(ending);
    if letters.is_ascii() {
        return rules.has_clitic(letters.as_bytes());
    }
    let mut folded = String::new();
    fold(ending, &mut folded);
    rules.clitics.contains(&folded)
}

/// Whether a word is digits with one of the endings that numbers have.
fn is_number(word: &str, rules: &WordRules) -> bool {
    let Some(last) = word.rfind(|c: char| c.is_ascii_digit()) else { return false };
    let (digits, ending) = word.split_at(last + 1);
    !digits.contains(char::is_alphabetic) && rules.has_number_ending(ending.as_bytes())
}

/// How a word is written.
pub(crate) fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Number };
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let mut more = false;
    for c in letters {
        more = true;
        if c.is_lowercase() {
            return Shape::Capital;
        }
    }
    match more {
        true => Shape::Capitals,
        false => Shape::Capital,
    }
}

/// Calls `each` with the form by which a token is compared, as numbers: for nearly every word, one. `folded` is memory to use.
#[inline]
pub(super) fn fold_to_numbers(text: &str, token: Token, folded: &mut String, mut each: impl FnMut(Short)) {
    if let Some(word) = Short::of(text.as_bytes(), token.span()).filter(|word| word.is_of_letters()) {
        return each(word);
    }
    folded.clear();
    fold(&text[token.span().range()], folded);
    Short::pieces(folded).for_each(each);
}

/// Appends the form by which a token is compared: small letters, one kind of apostrophe, quotation mark, hyphen and
/// ellipsis, no soft hyphens.
pub(crate) fn fold(token: &str, out: &mut String) {
    if token.is_ascii() {
        let from = out.len();
        match token.as_bytes() {
            [b'-', ..] => out.push('-'),
            [b'.', b'.', b'.', ..] => out.push('…'),
            _ => {
                out.push_str(token);
                out[from..].make_ascii_lowercase();
            }
        }
        return;
    }
    for c in token.chars() {
        match c {
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            '\u{ad}' => {}
            '“' | '”' | '„' | '«' | '»' | '＂' => out.push('"'),
            '–' | '—' | '―' => out.push('-'),
            c if is_apostrophe(c) => out.push('\''),
            c if is_hyphen(c) => out.push('-'),
            c => out.extend(c.to_lowercase()),
        }
    }
}
