//! Addresses of the web that stand in prose: they are read as one, and nothing in them is a word.

use memchr::memmem;

use crate::text::Span;

/// The addresses in a text, in order: whatever has `://` in it, or begins with `www.`.
pub(super) fn addresses(text: &str) -> Vec<Span> {
    let mut found = Vec::<Span>::new();
    let mut places: Vec<usize> = memmem::find_iter(text.as_bytes(), "://").collect();
    places.extend(memmem::find_iter(text.as_bytes(), "www."));
    places.sort_unstable();
    let mut end = 0;
    for at in places {
        if at < end {
            continue;
        }
        let before = &text[end..at];
        let scheme =
            before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)).len();
        let rest = &text[at..];
        let address = &rest[..rest.find(is_outside).unwrap_or(rest.len())];
        end = at + address.trim_end_matches(is_closing).len();
        let bare = rest.starts_with("www.");
        if (bare && scheme == 0) || (!bare && scheme > 0 && end > at + "://".len()) {
            found.push(Span::new(at - scheme, end));
        }
        end = end.max(at + 1);
    }
    found
}

fn is_outside(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '\u{FFFC}')
}

/// What ends the sentence around an address rather than the address.
fn is_closing(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ')' | ']' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_the_punctuation_around_it() {
        for (text, wanted) in [
            (
                "See https://example.org/the-war?x=1, or (www.example.org).",
                vec!["https://example.org/the-war?x=1", "www.example.org"],
            ),
            ("“http://a.b”", vec!["http://a.b"]),
            ("http://a.b/http://c.d www.", vec!["http://a.b/http://c.d", "www"]),
            (":// x:// awww. 3://", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = addresses(text).iter().map(|span| &text[span.range()]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
