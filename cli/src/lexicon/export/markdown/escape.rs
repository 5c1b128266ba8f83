//! Text that must not turn into Markdown by accident.

use std::fmt::{self, Write};

use crate::lexicon::markdown::escaped;

/// Text on one line, as it reads; addresses in it become links.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    words.join(" ")
}

fn word(word: &str) -> String {
    if word.starts_with("http://") || word.starts_with("https://") {
        let address = word.trim_end_matches(['.', ',', ';']);
        if !address.contains(['<', '>']) {
            return format!("<{address}>{}", &word[address.len()..]);
        }
    }
    escaped(word)
}

/// Text at the beginning of a line, where it must not become a list or a heading.
pub(super) fn paragraph(text: &str) -> String {
    let text = plain(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// An id. Ids hold small letters, digits, hyphens and slashes, and references whatever their author liked.
pub(super) fn code(text: &str) -> String {
    match text.contains(['`', '|', '\n']) {
        true => plain(text),
        false => format!("`{text}`"),
    }
}

/// An example, with what is tagged in bold instead of in brackets.
///
/// The tags are those of HTML: asterisks do not make bold next to a letter and before a mark, as in `It['s blocked]`.
pub(super) fn emphasised(example: &str) -> String {
    let mut out = String::with_capacity(example.len() + 16);
    let mut chars = example.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => out.push_str("<b>"),
            ']' => out.push_str("</b>"),
            '\\' => out.push_str(&escaped(&chars.next().map_or(String::new(), String::from))),
            c if c.is_whitespace() => out.push(' '),
            c => out.push_str(&escaped(&c.to_string())),
        }
    }
    out
}

/// A table of cells, without the columns in which no row says anything.
pub(super) fn table(out: &mut String, columns: &[&str], rows: Vec<Vec<String>>) -> fmt::Result {
    let filled: Vec<usize> =
        (0..columns.len()).filter(|&column| rows.iter().any(|row| !row[column].is_empty())).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::from("|");
        cells.for_each(|cell| line.extend([" ", cell, " |"]));
        line
    };
    writeln!(out, "{}", line(&mut filled.iter().map(|&column| columns[column])))?;
    writeln!(out, "|{}", "---|".repeat(filled.len()))?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", line(&mut filled.iter().map(|&column| row[column].as_str()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, written) in [
            ("a | b", "a \\| b"),
            ("*a* _b_ `c` #d ~e~", "\\*a\\* \\_b\\_ \\`c\\` \\#d \\~e\\~"),
            ("<b> & [c](d) \\", "\\<b\\> \\& \\[c\\](d) \\\\"),
            ("two\n  lines", "two lines"),
            ("at https://example.org/a_b?c&d, p. 3", "at <https://example.org/a_b?c&d>, p. 3"),
            ("https://example.org/<b>", "https://example.org/\\<b\\>"),
        ] {
            assert_eq!(plain(text), written);
        }
    }

    #[test]
    fn a_paragraph_is_no_list() {
        for (text, written) in [
            ("1. First", "1\\. First"),
            ("12) so", "12\\) so"),
            ("- so", "\\- so"),
            ("+1", "\\+1"),
            ("1 of 2.", "1 of 2."),
        ] {
            assert_eq!(paragraph(text), written);
        }
    }

    #[test]
    fn brackets_become_bold_unless_escaped() {
        for (example, written) in [
            ("It['s *so*].", "It<b>'s \\*so\\*</b>."),
            ("\\[sic\\] [so]\nit is", "\\[sic\\] <b>so</b> it is"),
            ("[a] and [b]", "<b>a</b> and <b>b</b>"),
        ] {
            assert_eq!(emphasised(example), written);
        }
    }

    #[test]
    fn columns_without_content_are_left_out() {
        let mut out = String::new();
        table(&mut out, &["a", "b"], vec![vec!["x".into(), String::new()], vec!["y".into(), String::new()]]).unwrap();
        assert_eq!(out, "| a |\n|---|\n| x |\n| y |\n");
    }
}
