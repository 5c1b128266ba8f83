//! Characters that would steer a terminal or a browser, made to be seen instead.

use std::fmt::{self, Display, Write};

/// Text for a terminal: no control character but line break and tab gets through, and nothing that reorders text.
pub(super) struct Plain<'a>(pub(super) &'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => f.write_char(char::REPLACEMENT_CHARACTER)?,
                c => f.write_char(visible(c))?,
            }
        }
        Ok(())
    }
}

/// Text for HTML, inside an element or a quoted attribute.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\r' if chars.peek() == Some(&'\n') => {}
                c => f.write_char(visible(c))?,
            }
        }
        Ok(())
    }
}

/// The picture of a control character; any other character itself.
fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(Plain("a\r\nb\rc\x1b[31m\u{9b}d\x7f\u{202e}\te").to_string(), "a\nb␍c␛[31m\u{fffd}d␡\u{fffd}\te");
    }

    #[test]
    fn nothing_leaves_its_element() {
        assert_eq!(Escaped("<b a=\"1\" c='2'>&\0").to_string(), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;␀");
    }
}
