//! HTML into tags, comments and pieces of text, each with its place.
//!
//! The work is that of html5gum. This is what it hands its findings to: unlike the one that it brings along, it keeps each
//! piece of text apart, so that what `&amp;` and its like stand for is known by itself.

use std::collections::VecDeque;

use html5gum::{naive_next_state, Emitter, Error, State, Tokenizer};

use crate::text::Span;

/// Something in an HTML text, by its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Start {
        name: String,
        self_closing: bool,
        span: Span,
    },
    End {
        name: String,
        span: Span,
    },
    Comment {
        text: String,
        span: Span,
    },
    /// Text as it stands at the span.
    Copied {
        span: Span,
    },
    /// Text written in another way at the span.
    Replaced {
        text: String,
        span: Span,
    },
}

/// The tokens of an HTML text, in order.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> + '_ {
    let tokenizer = Tokenizer::new_with_emitter(html, Collector { html: html.as_bytes(), ..Collector::default() });
    tokenizer.map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

#[derive(Default)]
struct Collector<'h> {
    html: &'h [u8],
    /// How far has been read, and up to where that is part of a token.
    position: usize,
    told: usize,
    /// Text that goes on as it stands.
    copied: Option<Span>,
    ready: VecDeque<Token>,
    /// Where the current tag or comment begins.
    start: usize,
    is_end: bool,
    self_closing: bool,
    name: Vec<u8>,
    last_start: Vec<u8>,
    comment: Vec<u8>,
}

impl Collector<'_> {
    /// Hands out the text before something else.
    fn flush(&mut self) {
        if let Some(span) = self.copied.take() {
            self.ready.push_back(Token::Copied { span });
        }
    }

    fn span(&mut self) -> Span {
        self.told = self.position;
        Span::new(self.start, self.position)
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Emitter for Collector<'_> {
    type Token = Token;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn pop_token(&mut self) -> Option<Token> {
        self.ready.pop_front()
    }

    fn emit_string(&mut self, text: &[u8]) {
        let from = self.told;
        let stands_at = |start: &usize| self.html.get(*start..*start + text.len()) == Some(text);
        // The text ends here, behind what is passed over in silence: a tag without a name, or the "\n" behind a "\r".
        let last = self.position.saturating_sub(text.len()).max(from);
        // Or more has been read than told, and it begins there; but "&amp;" is no "&".
        let mut first = from;
        while self.html.get(first..self.position).is_some_and(|html| html.starts_with(b"</>")) {
            first += 3;
        }
        let ampersand = self.html.get(first..first + 4).is_some_and(|html| html.eq_ignore_ascii_case(b"&amp"));
        let start = Some(last).filter(stands_at).or(Some(first).filter(|first| !ampersand && stands_at(first)));
        self.told = start.map_or(self.position, |start| start + text.len());
        match (start, self.copied) {
            _ if text.is_empty() => self.told = self.position,
            (Some(start), Some(before)) if before.end() == start => {
                self.copied = Some(Span::new(before.start(), self.told));
            }
            (Some(start), _) => {
                self.flush();
                self.copied = Some(Span::new(start, self.told));
            }
            (None, _) => {
                self.flush();
                let passed = self.html.get(from..self.position).and_then(|html| memchr::memrchr(b'&', html));
                let span = Span::new(from + passed.unwrap_or(0), self.position);
                self.ready.push_back(Token::Replaced { text: lossy(text), span });
            }
        }
    }

    fn emit_eof(&mut self) {
        self.flush();
    }

    fn start_open_tag(&mut self) {
        self.start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        (self.is_end, self.self_closing) = (false, false);
        self.name.clear();
    }

    fn init_end_tag(&mut self) {
        (self.is_end, self.self_closing) = (true, false);
        self.name.clear();
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend(name);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        let (name, span) = (lossy(&self.name), self.span());
        if self.is_end {
            self.last_start.clear();
            self.ready.push_back(Token::End { name, span });
            return None;
        }
        self.last_start.clone_from(&self.name);
        self.ready.push_back(Token::Start { name, self_closing: self.self_closing, span });
        naive_next_state(&self.name)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.name.is_empty() && self.name == self.last_start
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn init_comment(&mut self) {
        self.comment.clear();
    }

    fn push_comment(&mut self, text: &[u8]) {
        self.comment.extend(text);
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        let (text, span) = (lossy(&self.comment), self.span());
        self.ready.push_back(Token::Comment { text, span });
    }

    fn emit_current_doctype(&mut self) {
        self.flush();
        self.told = self.position;
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    // Nothing below is of use to prose.
    fn emit_error(&mut self, _: Error) {}
    fn init_attribute(&mut self) {}
    fn push_attribute_name(&mut self, _: &[u8]) {}
    fn push_attribute_value(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each token by what it is and what stands at its span.
    fn shown(html: &str) -> Vec<String> {
        let show = |token: Token| match token {
            Token::Start { name, self_closing, span } => {
                format!("{name}{}: {}", if self_closing { "/" } else { "" }, &html[span.range()])
            }
            Token::End { name, span } => format!("/{name}: {}", &html[span.range()]),
            Token::Comment { text, span } => format!("!{text}: {}", &html[span.range()]),
            Token::Copied { span } => html[span.range()].to_owned(),
            Token::Replaced { text, span } => format!("{text:?}: {:?}", &html[span.range()]),
        };
        tokens(html).map(show).collect()
    }

    #[test]
    fn every_token_has_its_place() {
        for (html, wanted) in [
            ("<!doctype html>a<B a='>'>é</b\n>c", vec!["a", "b: <B a='>'>", "é", "/b: </b\n>", "c"]),
            (
                "a&amp;b &rsquo;&#x2019; &copy",
                vec![
                    "a",
                    "\"&\": \"&amp;\"",
                    "b ",
                    "\"’\": \"&rsquo;\"",
                    "\"’\": \"&#x2019;\"",
                    " ",
                    "\"©\": \"&copy\"",
                ],
            ),
            ("a & b &c; &; &é AT&T&#;", vec!["a & b &c; &; &é AT&T&#;"]),
            ("a < b <3 </ <é> x<", vec!["a < b <3 ", "! <é: </ <é>", " x<"]),
            (
                "a\r\nb\rc\r\n<i>\r\n&lt;",
                vec![
                    "a",
                    "\"\\n\": \"\\r\"",
                    "b",
                    "\"\\n\": \"\\r\"",
                    "c",
                    "\"\\n\": \"\\r\"",
                    "i: <i>",
                    "\"\\n\": \"\\r\"",
                    "\"<\": \"&lt;\"",
                ],
            ),
            ("é<!-- é -->é<!--x", vec!["é", "! é : <!-- é -->", "é", "!x: <!--x"]),
            ("<script>a<b></i></script>c", vec!["script: <script>", "a<b></i>", "/script: </script>", "c"]),
            (
                "<svg/><title>&lt;<b></title>",
                vec!["svg/: <svg/>", "title: <title>", "\"<\": \"&lt;\"", "<b>", "/title: </title>"],
            ),
            ("a</>&lt;</>b", vec!["a", "\"<\": \"&lt;\"", "b"]),
            ("a<b", vec!["a"]),
        ] {
            assert_eq!(shown(html), wanted, "{html}");
        }
    }
}
