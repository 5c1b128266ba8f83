//! Signs beyond ASCII that end sentences or open and close quotations, all found in one pass.

use std::ops::Range;

use super::unicode::{class, Class};
use crate::text::eight::ascii_end;

/// With which bytes a mark beyond ASCII may begin; all others are passed over.
const MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [0xd6, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xea, 0xef, 0xf0];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i] as usize] = true;
        i += 1;
    }
    table
};

/// Where such signs stand, each sort in order.
#[derive(Debug, Default)]
pub(crate) struct Beyond {
    /// Quotation marks.
    pub(in crate::text) quotes: Vec<usize>,
    /// Marks that may end a sentence.
    pub(super) marks: Vec<usize>,
}

impl Beyond {
    pub(super) fn clear(&mut self) {
        self.quotes.clear();
        self.marks.clear();
    }

    /// Adds the signs of a part of a text.
    pub(super) fn read(&mut self, text: &str, part: Range<usize>) {
        let bytes = &text.as_bytes()[..part.end];
        let mut at = ascii_end(bytes, part.start);
        while at < bytes.len() {
            let len = match bytes[at..] {
                // The commonest signs, which are quotation marks and dashes.
                [0xe2, 0x80, last, ..] => {
                    match last {
                        0x98..=0x9f | 0xb9 | 0xba => self.quotes.push(at),
                        // `․`, `…`, a paragraph's end, `‼` and `‽`.
                        0xa4 | 0xa6 | 0xa9 | 0xbc | 0xbd => self.marks.push(at),
                        _ => {}
                    }
                    3
                }
                [0xc2, last, ..] => {
                    if matches!(last, 0xab | 0xbb) {
                        self.quotes.push(at);
                    }
                    2
                }
                [lead, ..] if MAY_BEGIN[lead as usize] => {
                    let sign = text[at..].chars().next();
                    if sign.is_some_and(|c| matches!(class(c), Class::ATerm | Class::STerm | Class::ParaSep)) {
                        self.marks.push(at);
                    }
                    sign.map_or(1, char::len_utf8)
                }
                _ => 1,
            };
            at = ascii_end(bytes, at + len);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_by_bytes_is_what_its_class_says() {
        let mut beyond = Beyond::default();
        for c in ('\u{80}'..=char::MAX).filter(|c| *c != '…') {
            beyond.clear();
            let text = format!("a{c}b");
            beyond.read(&text, 0..text.len());
            let ends = matches!(class(c), Class::ATerm | Class::STerm | Class::ParaSep);
            assert_eq!(beyond.marks, Vec::from_iter(ends.then_some(1)), "{c:?}");
        }
        beyond.clear();
        beyond.read("a…b", 0..5);
        assert_eq!(beyond.marks, [1], "no boundary by UAX #29, but a mark");
    }
}
