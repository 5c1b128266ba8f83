//! Offsets in other units, against counting them one by one.

use proptest::prelude::*;
use rhetor::{OffsetMap, Position, Span};

/// Lines and columns, the slow and plain way.
fn position(text: &str, offset: usize) -> Position {
    let mut position = Position { line: 1, column: 1 };
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() > offset {
            break;
        }
        position.column += 1;
        if c == '\n' || (c == '\r' && !text[at + 1..].starts_with('\n')) {
            position = Position { line: position.line + 1, column: 1 };
        }
    }
    position
}

fn check(text: &str) {
    let map = OffsetMap::new(text);
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        let before = &text[..at];
        let (chars, units) = (before.chars().count(), before.encode_utf16().count());
        assert_eq!(map.to_chars(at), chars, "{text:?} at {at}");
        assert_eq!(map.to_utf16(at), units, "{text:?} at {at}");
        assert_eq!(map.to_position(at), position(text, at), "{text:?} at {at}");
        assert_eq!(map.from_chars(chars), at, "{text:?} at {at}");
        assert_eq!(map.from_utf16(units), at, "{text:?} at {at}");
        assert_eq!(map.chars(Span::new(0, at)), 0..chars);
        assert_eq!(map.utf16(Span::new(0, at)), 0..units);
        if !matches!(c, '\r' | '\n') || !text[..at].ends_with('\r') {
            assert_eq!(map.from_position(map.to_position(at)), at, "{text:?} at {at}");
        }
        // Offsets inside the character mean its start.
        for inside in at..at + if at < text.len() { c.len_utf8() } else { 9 } {
            assert_eq!(map.to_chars(inside), chars);
            assert_eq!(map.to_position(inside), map.to_position(at));
        }
        if c.len_utf16() == 2 {
            assert_eq!(map.from_utf16(units + 1), at);
        }
    }
}

#[test]
fn ascii() {
    check("");
    check("one line");
    check("two\nlines\n");
    check(&"abcdefg\r\n".repeat(60));
}

#[test]
fn beyond_ascii() {
    check("Café 😀\nclosed\r\n\u{feff}\r漢字");
    for len in 120..140 {
        check(&("é😀".to_owned() + &"x".repeat(len) + "漢\n" + &"ß".repeat(200)));
    }
}

#[test]
fn anything_out_of_range_is_the_end() {
    for text in ["", "plain", "café"] {
        let map = OffsetMap::new(text);
        assert_eq!(map.from_chars(usize::MAX), text.len());
        assert_eq!(map.from_utf16(usize::MAX), text.len());
        assert_eq!(map.to_chars(usize::MAX), text.chars().count());
        assert_eq!(map.from_position(Position { line: usize::MAX, column: 1 }), text.len());
        assert_eq!(map.from_position(Position { line: 1, column: usize::MAX }), text.len());
        assert_eq!(map.from_position(Position { line: 0, column: 0 }), 0);
    }
    let map = OffsetMap::new("ab\r\ncd");
    assert_eq!(map.from_position(Position { line: 1, column: 9 }), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "[a-c é😀漢\n\r]{0,300}") {
        check(&text);
    }
}
