//! Whether a mark ends its sentence: UAX #29, corrected by the data of a language.

use super::marks::{word_at, word_before, Mark};
use super::rules::{Abbreviation, Rules, Trait};
use super::unicode::{class, Class};
use crate::text::leading_space;

/// A word with more than this many bytes before it in its sentence does not stand near its start.
const NEAR_START: usize = 32;
/// How far a bracket may reach and still keep what it holds in one sentence.
const BRACKET_REACH: usize = 400;

pub(super) struct Judge<'t> {
    rules: &'t Rules,
    text: &'t str,
    /// The first opening bracket that is not passed yet, or the end.
    bracket: usize,
}

/// What follows a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next<'t> {
    /// A word with a small letter first.
    Small(&'t str),
    /// A word with a capital first, or with one inside, or of a script without capitals.
    Capital(&'t str),
    Digit,
    /// An address on the web, or of mail.
    Address,
    /// A comma, a colon, a dash.
    Continues,
    /// Any other sign.
    Sign,
}

impl<'t> Judge<'t> {
    pub(super) fn new(rules: &'t Rules, text: &'t str) -> Judge<'t> {
        Judge { rules, text, bracket: 0 }
    }

    /// Where the sentence that begins at `start` ends, and where what follows begins, if `mark` ends it and more follows before
    /// `limit`. There is a letter or a digit in the sentence before the mark, and something behind it.
    pub(super) fn end_of_sentence(&mut self, start: usize, mark: &Mark, limit: usize) -> Option<(usize, usize)> {
        if mark.sign == '\u{2029}' {
            return Some((mark.after, mark.after + leading_space(&self.text[mark.after..limit])));
        }
        if self.is_within_word(mark) {
            return None;
        }
        let (end, next) = self.tail(mark, limit);
        if next >= limit {
            return None;
        }
        let ends = if next > end && self.plainly_ends(start, mark, &self.text.as_bytes()[next..limit]) {
            true
        } else if next == end {
            self.ends_without_space(start, mark, end, limit)
        } else {
            self.ends_before_space(start, mark, end, next, limit)
        };
        (ends && !self.within_bracket(start, end, limit) && !self.before_aside(next, limit)).then_some((end, next))
    }

    /// Whether it is clear already that the sentence goes on, as nearly always where no space follows: within a number or an
    /// address.
    fn is_within_word(&self, mark: &Mark) -> bool {
        let bytes = self.text.as_bytes();
        let following = bytes[mark.after];
        mark.sign.is_ascii()
            && (following.is_ascii_lowercase() || following.is_ascii_digit() && bytes[mark.at - 1].is_ascii_digit())
    }

    /// Whether it is clear already that the sentence ends, as nearly always where it does: a word that is no abbreviation, its
    /// full stop, and a capital in what follows behind a space.
    fn plainly_ends(&self, start: usize, mark: &Mark, following: &[u8]) -> bool {
        let before = &self.text.as_bytes()[..mark.at];
        mark.sign == '.'
            && first_letter(following).is_some_and(|letter| letter.is_ascii_uppercase())
            && before.last().is_some_and(u8::is_ascii_alphanumeric)
            && !self.is_list_marker(start, mark.after)
            && (!self.rules.may_be_abbreviation(before)
                || self.abbreviation(word_before(self.text, start, mark.at)).is_none())
    }

    fn ends_before_space(&self, start: usize, mark: &Mark, end: usize, next: usize, limit: usize) -> bool {
        let following = self.following(next, limit);
        match mark.sign {
            '.' | '…' if self.dots(start, mark.at) > 1 || mark.sign == '…' => {
                self.ellipsis_ends(start, mark, following)
            }
            '.' => self.stop_ends(start, mark, next, limit, following),
            _ => self.strong_mark_ends(start, mark, end, next, limit, following),
        }
    }

    /// The end of all that belongs to the sentence behind its mark: closing quotation marks and brackets, signs of a footnote,
    /// references in brackets, emoji and faces. Also where what follows begins.
    fn tail(&self, mark: &Mark, limit: usize) -> (usize, usize) {
        let mut end = mark.after;
        let word_follows = |bytes: &[u8]| first_letter(bytes).is_some() && !self.rules.may_be_face(bytes[0]);
        // Nearly always a space and a word follow.
        if matches!(&self.text.as_bytes()[end..limit], [b' ', next @ ..] if word_follows(next)) {
            return (end, end + 1);
        }
        end += closers(&self.text[end..limit]);
        end += note_sign(&self.text[..mark.at], &self.text[end..limit]);
        loop {
            let rest = &self.text[end..limit];
            let space = leading_space(rest);
            let inner = &rest[space..];
            if word_follows(inner.as_bytes()) {
                return (end, end + space);
            }
            let more = reference(inner)
                .or_else(|| if space > 0 { lone_closer(inner) } else { None })
                .or_else(|| if space > 0 { self.note_number(inner) } else { None })
                .or_else(|| pictures(inner))
                .or_else(|| if space > 0 { self.rules.face(inner) } else { None });
            match more {
                Some(len) if len > 0 => end += space + len,
                _ => return (end, end + space),
            }
        }
    }

    /// The length of a note's number that stands apart, as in "over. 3 The": a word that opens sentences must follow.
    fn note_number(&self, text: &str) -> Option<usize> {
        let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let next = text[digits..].strip_prefix(' ').filter(|_| (1..=3).contains(&digits))?;
        let word = word_at(next);
        (word.starts_with(char::is_uppercase) && self.opens(word)).then_some(digits)
    }

    /// What stands at `next`, behind any opening quotation marks and brackets.
    fn following(&self, next: usize, limit: usize) -> Next<'t> {
        let rest = &self.text[next..limit];
        let Some(first) = rest.chars().next() else { return Next::Sign };
        if matches!(class(first), Class::SContinue | Class::ATerm | Class::STerm) {
            // A drawn line is no dash.
            if rest.starts_with("---") {
                return Next::Sign;
            }
            return Next::Continues;
        }
        let word = rest.trim_start_matches(|c| class(c) == Class::Close || matches!(c, '*' | '_' | '¿' | '¡' | '`'));
        let Some(first) = word.chars().next() else { return Next::Sign };
        let rest = word;
        let word = word_at(rest);
        // No address has a space behind its first letters.
        if rest.as_bytes().get(word.len()) != Some(&b' ') && is_address(rest) {
            return Next::Address;
        }
        match class(first) {
            Class::Numeric => Next::Digit,
            Class::Upper | Class::OLetter => Next::Capital(word),
            Class::Lower => {
                // Such as a trade name with its capital inside.
                if word.contains(char::is_uppercase) {
                    Next::Capital(word)
                } else {
                    Next::Small(word)
                }
            }
            _ => Next::Sign,
        }
    }

    /// How many full stops, spaced or not, end at `at`, that one included; no more than four are counted.
    fn dots(&self, start: usize, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..at];
        let (mut dots, mut i) = (1, bytes.len());
        while dots < 4 && i > 0 {
            match bytes[i - 1] {
                b'.' => dots += 1,
                b' ' if i > 1 && bytes[i - 2] == b'.' => {}
                _ => break,
            }
            i -= 1;
        }
        dots
    }

    fn ellipsis_ends(&self, start: usize, mark: &Mark, following: Next) -> bool {
        let word = match following {
            Next::Capital(word) => word,
            Next::Address => return true,
            _ => return false,
        };
        if self.dots(start, mark.at) > 3 {
            return true;
        }
        let head = self.text[start..mark.at].trim_end_matches(['.', '…']);
        let spaced = head.ends_with(char::is_whitespace);
        // "[...]" stands for words within the sentence.
        let bracketed = head.ends_with(['[', '(']);
        let says_nothing = self.rules.is(Trait::AlwaysCapital, word);
        // "It fell. ... He left.": what is left out came after the sentence.
        let omission = spaced && {
            let before = head.trim_end();
            let word = before.trim_end_matches(['.', '?', '!']);
            word.len() < before.len() && !word.ends_with(char::is_whitespace)
        };
        omission || (!says_nothing && (!(spaced || bracketed) || self.opens(word)))
    }

    /// Whether a full stop ends the sentence.
    fn stop_ends(&self, start: usize, mark: &Mark, next: usize, limit: usize, following: Next) -> bool {
        match following {
            Next::Continues => return self.leads_to_ellipsis(mark, next, limit),
            Next::Small(_) => return false,
            _ if self.is_list_marker(start, mark.after) => return false,
            _ => {}
        }
        let word = word_before(self.text, start, mark.at);
        match self.abbreviation(word) {
            Some(sort) => self.abbreviation_ends(sort, start, mark.at - word.len(), following),
            None => true,
        }
    }

    /// A word that is listed, an initial, or initials with full stops between.
    fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let listed = |word| self.rules.abbreviation(word);
        let last = word.bytes().rposition(|b| b == b'-').map_or(word, |at| &word[at + 1..]);
        let joined = last.len() < word.len();
        listed(word).or_else(|| if joined { listed(last) } else { None }).or_else(|| {
            // Nearly always two letters or digits show that these are none.
            if matches!(last.as_bytes(), [a, b, ..] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()) {
                return None;
            }
            let initials = !last.is_empty()
                && last.split('.').all(|part| {
                    let mut chars = part.chars();
                    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
                });
            let initial = last.chars().next().is_some_and(char::is_uppercase);
            (initials && (initial || last.contains('.'))).then_some(Abbreviation::MayEnd)
        })
    }

    fn abbreviation_ends(&self, sort: Abbreviation, start: usize, at: usize, following: Next) -> bool {
        let opens = matches!(following, Next::Capital(word) if self.opens(word));
        match (sort, following) {
            (Abbreviation::NeverEnds, _) => false,
            (Abbreviation::MayEnd, _) => opens || following == Next::Address,
            (Abbreviation::BeforeNumber, Next::Capital(word)) => opens || !numbers(word),
            (Abbreviation::BeforeNumber, _) => following == Next::Address,
            (Abbreviation::UsuallyEnds, _) => following != Next::Sign,
            (Abbreviation::Time, Next::Capital(word)) => {
                opens || !(self.rules.is(Trait::AfterTime, word) || self.time_opens(start, at))
            }
            (Abbreviation::Time, _) => false,
        }
    }

    /// Whether all that stands before the time of day at `at` is a phrase that opens a sentence, such as "By 9".
    fn time_opens(&self, start: usize, at: usize) -> bool {
        at - start <= NEAR_START && {
            let mut words = self.text[start..at].split_whitespace();
            words.next().is_some_and(|word| self.rules.folded_is(Trait::BeforeTime, word)) && words.count() <= 2
        }
    }

    /// Whether `word`, which has a capital, is likely to open a sentence.
    fn opens(&self, word: &str) -> bool {
        // Where all is in capitals, one says nothing.
        let shouted = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        !shouted && self.rules.folded_is(Trait::Starter, word)
    }

    /// `?`, `!` and the full stops that are used for nothing else.
    fn strong_mark_ends(
        &self,
        start: usize,
        mark: &Mark,
        end: usize,
        next: usize,
        limit: usize,
        following: Next,
    ) -> bool {
        let word = match following {
            Next::Continues => return false,
            // Closing marks show that the sentence around them goes on.
            Next::Small(_) if end > mark.after => return false,
            Next::Capital(word) => word,
            _ => "",
        };
        if self.rules.ends_in_marked_name(&self.text[start..mark.after]) {
            return self.opens(word);
        }
        let quoted = self.text[mark.after..end].contains(['"', '”', '’', '\'']);
        !(quoted && self.speaker_follows(next, limit))
    }

    /// Whether a name and a verb of speaking follow, so that the quotation before is part of their sentence.
    fn speaker_follows(&self, next: usize, limit: usize) -> bool {
        let mut rest = &self.text[next..limit];
        for _ in 0..4 {
            let word = word_at(rest);
            if self.rules.is(Trait::Speaking, word) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) || self.opens(word) {
                return false;
            }
            // A title keeps its full stop.
            let after = &rest[word.len()..];
            rest = after.strip_prefix('.').unwrap_or(after).trim_start();
        }
        false
    }

    /// A full stop right behind a word, followed by a spaced ellipsis and a capital, ends its sentence: the next begins with an
    /// omission.
    fn leads_to_ellipsis(&self, mark: &Mark, next: usize, limit: usize) -> bool {
        if self.text[..mark.at].ends_with(char::is_whitespace) {
            return false;
        }
        let rest = &self.text[next..limit];
        let Some(rest) = rest.strip_prefix(". . .") else { return false };
        let inner = rest.trim_start();
        inner.len() < rest.len() && inner.starts_with(char::is_uppercase)
    }

    /// Whether all of the sentence up to `after` is the number or letter of a list's item.
    #[inline]
    fn is_list_marker(&self, start: usize, after: usize) -> bool {
        after - start <= NEAR_START && marks_item(&self.text[start..after])
    }

    /// Whether a mark with no space behind it ends its sentence.
    fn ends_without_space(&self, start: usize, mark: &Mark, end: usize, limit: usize) -> bool {
        if !mark.sign.is_ascii() {
            return mark.boundary(self.text, start, limit).is_some();
        }
        // A space was left out: "as he said.The". The word before must be a plain one, and the next one that opens sentences.
        let next = word_at(&self.text[end..limit]);
        next.starts_with(char::is_uppercase) && next.contains(char::is_lowercase) && self.opens(next) && {
            let before = word_before(self.text, start, mark.at);
            before.len() >= 3 && before.bytes().all(|b| b.is_ascii_lowercase())
        }
    }

    /// Whether what follows is in brackets behind which the sentence goes on, as in "the musical Roe! (1965), which".
    fn before_aside(&self, next: usize, limit: usize) -> bool {
        let bytes = self.text.as_bytes();
        if bytes[next] != b'(' {
            return false;
        }
        let to = limit.min(next + BRACKET_REACH);
        let Some(close) = memchr::memchr2(b'(', b')', &bytes[next + 1..to]).map(|at| next + 1 + at) else {
            return false;
        };
        bytes[close] == b')' && self.goes_on(close + 1, limit)
    }

    /// Whether what stands at `at`, behind a bracket, goes on with a sentence.
    fn goes_on(&self, at: usize, limit: usize) -> bool {
        let next = at + leading_space(&self.text[at..limit]);
        match self.following(next, limit) {
            Next::Small(_) => true,
            Next::Continues => !self.text[next..limit].starts_with(['.', '?', '!']),
            _ => false,
        }
    }

    /// Whether `end` lies inside brackets that were opened within the sentence and that close in a sentence still going on.
    fn within_bracket(&mut self, start: usize, end: usize, limit: usize) -> bool {
        let bytes = self.text.as_bytes();
        if self.bracket <= start {
            self.bracket = memchr::memchr(b'(', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        }
        if self.bracket >= end {
            return false;
        }
        let from = start.max(end.saturating_sub(BRACKET_REACH));
        let Some(open) = memchr::memrchr2(b'(', b')', &bytes[from..end]) else { return false };
        if bytes[from + open] == b')' || from + open == start {
            return false;
        }
        let to = limit.min(end + BRACKET_REACH);
        let Some(close) = memchr::memchr2(b'(', b')', &bytes[end..to]) else { return false };
        bytes[end + close] == b')' && self.goes_on(end + close + 1, limit)
    }
}

/// The letter that `bytes` begin with, at once or behind a quotation mark.
fn first_letter(bytes: &[u8]) -> Option<u8> {
    match *bytes {
        [letter, ..] | [b'"', letter, ..] | [0xe2, 0x80, 0x98 | 0x9c, letter, ..] if letter.is_ascii_alphabetic() => {
            Some(letter)
        }
        _ => None,
    }
}

/// Whether a few words and a mark are the number or letter of a list's item.
#[inline(never)]
fn marks_item(text: &str) -> bool {
    let body = text.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['.', ')']);
    let number = body.len() <= 8
        && body.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = body.len() <= 4 && (all_in(body, "IVXLC") || all_in(body, "ivxlc"));
    let letter = body.len() == 1 && body.as_bytes()[0].is_ascii_alphabetic();
    !body.is_empty() && (number || roman || letter)
}

fn all_in(text: &str, letters: &str) -> bool {
    text.chars().all(|c| letters.contains(c))
}

/// Whether `word` numbers something: a letter by itself, or a Roman number.
fn numbers(word: &str) -> bool {
    word.len() == 1 || all_in(word, "IVXLC")
}

/// Whether `text` begins with an address on the web or of mail. Only what the next space ends is looked at, and not far.
fn is_address(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(64)];
    let head = head.split(u8::is_ascii_whitespace).next().unwrap_or(head);
    head.starts_with(b"www.")
        || memchr::memmem::find(&head[..head.len().min(12)], b"://").is_some()
        || head.contains(&b'@')
}

/// The length of the closing quotation marks, brackets and signs of emphasis at the start of `text`.
fn closers(text: &str) -> usize {
    let opening =
        |c| matches!(c, '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '（' | '【' | '《' | '〈');
    let end =
        text.find(|c| opening(c) || !(matches!(class(c), Class::Close | Class::Extend) || matches!(c, '*' | '_')));
    end.unwrap_or(text.len())
}

/// The length of a closing mark that stands apart, as in "over. ”".
fn lone_closer(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let len = if text.starts_with("''") { 2 } else { first.len_utf8() };
    let alone = text[len..].is_empty() || text[len..].starts_with(char::is_whitespace);
    (matches!(first, '”' | '»' | ')' | ']') || (alone && matches!(first, '"' | '\''))).then_some(len)
}

/// The length of the sign of a footnote right behind a mark: raised digits, daggers, or plain digits after a word.
fn note_sign(before: &str, text: &str) -> usize {
    let raised = |c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡' | '§' | '\u{20e3}');
    let len = text.find(|c| !raised(c)).unwrap_or(text.len());
    if len > 0 {
        return len;
    }
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let word = before.bytes().rev().take(3).filter(u8::is_ascii_lowercase).count() == 3;
    if word && (1..=3).contains(&digits) && text[digits..].starts_with(char::is_whitespace) {
        digits
    } else {
        0
    }
}

/// The length of a reference in brackets at the start of `text`: "[3]", "[1, 2]", "[4 – 6]", "[a]"; or an omission,
/// "[...]".
fn reference(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let end = inner.bytes().take(24).position(|b| b == b']')?;
    let body = &inner[..end];
    let digits = body.contains(|c: char| c.is_ascii_digit());
    let numbers =
        digits && body.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-' | '–' | ';'));
    let letter = body.len() == 1 && body.as_bytes()[0].is_ascii_lowercase();
    (numbers || letter || matches!(body, "..." | "…")).then_some(end + 2)
}

/// The length of the emoji at the start of `text`.
fn pictures(text: &str) -> Option<usize> {
    let first = text.chars().next().filter(|&c| is_picture(c))?;
    let rest = &text[first.len_utf8()..];
    Some(text.len() - rest.trim_start_matches(|c| is_picture(c) || matches!(c, '\u{200d}' | '\u{fe0f}')).len())
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b05}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use proptest::prelude::*;

    use super::super::marks::Marks;
    use super::super::{Page, SentenceSplitter};
    use super::*;

    fn texts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            ".", ".", ".", "?", "…", " ", " ", " ", "\n", "-", "'", "“", "\"", "‘", "”", "(", ")", "[3]", ":)", "www.",
            "@", "7", "12", "Mr", "co", "approx", "no", "p", "m", "N°", "née", "Int'l", "U.S", "XI", "A", "The",
            "Eastern", "word", "É", "iPod",
        ]);
        prop::collection::vec(piece, 1..16).prop_map(|pieces| format!("It {}", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

        #[test]
        fn what_is_clear_already_is_so_when_looked_at(text in texts()) {
            let (splitter, limit) = (SentenceSplitter::english(), text.len());
            let judge = Judge::new(&splitter.rules, &text);
            let (mut page, mut marks, mut from) = (Page::default(), Marks::new(&text), 0);
            page.turn(&text);
            while let Some(mark) = marks.next(&page.beyond, from, limit).filter(|mark| mark.after < limit) {
                from = mark.after;
                let (end, next) = judge.tail(&mark, limit);
                if judge.is_within_word(&mark) {
                    let ends = end < next || judge.ends_without_space(0, &mark, end, limit);
                    prop_assert!(!ends, "{:?} in {:?}", mark, text);
                } else if end < next && judge.plainly_ends(0, &mark, &text.as_bytes()[next..]) {
                    let ends = judge.ends_before_space(0, &mark, end, next, limit);
                    prop_assert!(ends, "{:?} in {:?}", mark, text);
                }
            }
        }
    }
}
