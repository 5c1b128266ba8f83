//! What frames prose within a block and is no part of its sentences: datelines, labels and credits of pictures, the fields of a
//! message, addresses in a row, and what closes a letter.

use memchr::{memchr, memchr2_iter, memchr_iter};

use super::marks::{word_at, word_before};
use super::page::Block;
use super::rules::{Rules, Trait};
use crate::text::trimmed_end;

/// A dateline is no longer than this many bytes; neither is the date or the name that closes a block.
const REACH: usize = 80;
const DASHES: [&str; 4] = [" -", " –", " —", " --"];

/// Appends the parts of `block` to `parts`, in order; nearly always the block as it is. `cuts` is memory to use.
pub(super) fn cut(rules: &Rules, text: &str, block: Block, cuts: &mut Vec<usize>, parts: &mut Vec<Block>) {
    let body = &text[block.start..block.end];
    let first = word_at(body);
    cuts.extend(label(rules, body, first));
    fields(rules, body, cuts);
    cuts.extend(match body.chars().next_back() {
        Some('.' | '?' | '!' | '…' | '”' | '"' | ')') => dateline(body, first),
        Some(last) if last.is_ascii_digit() => date(rules, body),
        Some(last) if last.is_alphabetic() => closing(rules, body),
        _ => None,
    });
    if cuts.is_empty() {
        parts.push(block);
        return;
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut start = block.start;
    for cut in cuts.drain(..) {
        let at = block.start + cut;
        if at > start {
            parts.push(Block { start, end: trimmed_end(text, start, at) });
            start = at;
        }
    }
    parts.push(Block { start, end: block.end });
}

/// The end of "PARIS, March 3 (Agency) — " before what ends as a sentence does.
fn dateline(body: &str, first: &str) -> Option<usize> {
    if !body.starts_with(char::is_uppercase) {
        return None;
    }
    let head = up_to(body, REACH);
    let capitals = first.len() >= 3 && first.chars().all(char::is_uppercase);
    if !capitals && memchr(b')', head.as_bytes()).is_none() {
        return None;
    }
    let (at, len) = dash(head)?;
    let rest = body[at + len..].trim_start();
    let place = &head[..at];
    let agency = place.ends_with(')') && place.contains(" (");
    let named = place.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    // A second dash soon after makes of the first an opening bracket: "UNESCO — The UN body — said".
    let aside = !agency && !place.contains(',') && dash(up_to(rest, 2 * REACH)).is_some();
    let opens = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
    (named && (capitals || agency) && !aside && opens).then_some(body.len() - rest.len())
}

/// Where the first dash between white space stands in `text`, with the space before it, and its length with that.
fn dash(text: &str) -> Option<(usize, usize)> {
    let apart =
        |at: usize, dash: &str| text[at..].strip_prefix(dash).is_some_and(|t| t.starts_with(char::is_whitespace));
    // With these bytes dashes begin.
    memchr2_iter(b'-', 0xe2, text.as_bytes()).find_map(|sign| {
        let at = text[..sign].strip_suffix(' ')?.len();
        let dash = DASHES.into_iter().find(|dash| apart(at, dash))?;
        Some((at, dash.len()))
    })
}

/// The end of "Figure 2.1" before a caption.
fn label(rules: &Rules, body: &str, word: &str) -> Option<usize> {
    let rest = body[word.len()..].strip_prefix('.').unwrap_or(&body[word.len()..]).strip_prefix(' ')?;
    let number = rest.bytes().take(8).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let caption = rest[number..].strip_prefix(' ')?;
    let labelled = number > 0 && caption.starts_with(char::is_uppercase) && rules.is(Trait::Label, word);
    labelled.then_some(body.len() - caption.len())
}

/// Where further fields, the text behind the last of them, credits, and further addresses begin.
fn fields(rules: &Rules, body: &str, cuts: &mut Vec<usize>) {
    let mut message = false;
    let mut address_end = None;
    let mut from = 0;
    while let Some(colon) = memchr(b':', &body.as_bytes()[from..]).map(|at| from + at) {
        from = colon + 1;
        let word = word_before(body, 0, colon);
        let start = colon - word.len();
        let apart = body[..start].ends_with(char::is_whitespace);
        if body[colon..].starts_with("://") {
            let end = body[colon..].find(char::is_whitespace).map_or(body.len(), |at| colon + at);
            if address_end.is_some_and(|last: usize| last < start && body[last..start].trim().is_empty()) {
                cuts.push(start);
            }
            address_end = Some(end);
            from = end;
        } else if rules.is(Trait::Field, word) {
            message |= start == 0;
            if message && (start == 0 || apart) {
                cuts.push(start);
            }
        } else if apart && rules.is(Trait::Credit, word) {
            cuts.push(start);
        }
    }
    if message {
        texts_after_mail_addresses(body, cuts);
    }
}

/// Where a capital follows an address of mail.
fn texts_after_mail_addresses(body: &str, cuts: &mut Vec<usize>) {
    let mut end = 0;
    for at in memchr_iter(b'@', body.as_bytes()) {
        if at < end {
            continue;
        }
        end = body[at..].find(char::is_whitespace).map_or(body.len(), |len| at + len);
        let next = body[end..].trim_start();
        if next.starts_with(char::is_uppercase) && !body[..end].ends_with([',', ';']) {
            cuts.push(body.len() - next.len());
        }
    }
}

/// The start of "Sunday, May 5, 2024" that closes a headline; it ends in a digit.
fn date(rules: &Rules, body: &str) -> Option<usize> {
    let mut words = body.rsplit(' ');
    let year = words.next()?;
    let number = words.next()?.strip_suffix(',')?;
    let month = words.next()?;
    let day = words.next()?;
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_date = year.len() == 4
        && digits(year)
        && digits(number)
        && rules.is(Trait::Month, month)
        && rules.is(Trait::Day, day.strip_suffix(',')?);
    let start = body.len() - (year.len() + number.len() + month.len() + day.len() + 4);
    let before = body[..start].trim_end();
    let open = before.ends_with([',', '(', '-', '–', '—'])
        || rules.folded_is(Trait::Small, word_before(before, 0, before.len()));
    (is_date && !open).then_some(start)
}

/// The start of the name that closes a letter, as in "Regards, Ann Roe"; it ends in a letter.
fn closing(rules: &Rules, body: &str) -> Option<usize> {
    let tail = body.len() - REACH.min(body.len());
    let comma = memchr::memrchr(b',', &body.as_bytes()[tail..])? + tail;
    let name = body[comma + 1..].trim_start();
    let is_name = name.split_whitespace().count() <= 4
        && name.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '-'));
    let word = word_before(body, 0, comma);
    (is_name && rules.folded_is(Trait::Closing, word)).then_some(body.len() - name.len())
}

/// As much of `text` as fits into `len` bytes.
fn up_to(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
