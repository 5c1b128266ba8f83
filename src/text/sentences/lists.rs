//! Marks that open the items of a list: bullets, numbers, letters.

use memchr::memmem;

use super::page::Block;

/// What opens an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    kind: Kind,
    /// Bytes, without the white space after it.
    len: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A sign that nothing but a list uses.
    Bullet(char),
    /// A dash or an asterisk, which may also stand in prose.
    Dash(char),
    Ordinal {
        open: bool,
        letter: bool,
        value: u32,
        close: Close,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Stop,
    StopBracket,
    Bracket,
}

impl Close {
    fn text(self) -> &'static str {
        match self {
            Close::Stop => ".",
            Close::StopBracket => ".)",
            Close::Bracket => ")",
        }
    }
}

/// Whether a line begins with two small letters, as nearly all do that only go on with the one above.
pub(super) fn begins_small(line: &str) -> bool {
    matches!(line.as_bytes(), [a, b, ..] if a.is_ascii_lowercase() && b.is_ascii_lowercase())
}

/// Whether `c` is a sign that nothing but a list uses.
fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '⁃'
            | '‣'
            | '◦'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '■'
            | '□'
            | '►'
            | '▸'
            | '➢'
            | '➤'
            | '❖'
            | '✓'
            | '✔'
    )
}

impl Marker {
    /// The marker that `text` begins with.
    pub(super) fn at_start(text: &str) -> Option<Marker> {
        let first = text.chars().next()?;
        // Nearly all lines begin so.
        if first.is_ascii_uppercase() || begins_small(text) {
            return None;
        }
        if is_bullet(first) {
            return Some(Marker { kind: Kind::Bullet(first), len: first.len_utf8() });
        }
        let after = &text[first.len_utf8()..];
        if matches!(first, '-' | '*' | '–' | '—') && after.starts_with(char::is_whitespace) {
            return Some(Marker { kind: Kind::Dash(first), len: first.len_utf8() });
        }
        let open = first == '(';
        let body = if open { after } else { text };
        let digits = body.bytes().take_while(u8::is_ascii_digit).take(4).count();
        let (letter, value, len) = match (digits, body.bytes().next()?) {
            (1..=3, _) => (false, body[..digits].parse().ok()?, digits),
            (0, b @ b'a'..=b'z') => (true, u32::from(b - b'a') + 1, 1),
            _ => return None,
        };
        let rest = &body[len..];
        let close =
            [Close::StopBracket, Close::Stop, Close::Bracket].into_iter().find(|c| rest.starts_with(c.text()))?;
        let len = usize::from(open) + len + close.text().len();
        if (open && close == Close::Stop) || !text[len..].starts_with(char::is_whitespace) {
            return None;
        }
        Some(Marker { kind: Kind::Ordinal { open, letter, value, close }, len })
    }

    /// Whether this marker, at the start of a line, opens an item, given the one before it in the paragraph and the line above.
    ///
    /// A line of wrapped prose may begin with a dash or a number by chance, but not as the next of a list, nor after a line that
    /// ends in a colon or a full stop.
    pub(super) fn stands_after(self, before: Option<Marker>, above: &str) -> bool {
        let closed = above.ends_with([':', '.', '?', '!', '”', '"']);
        match (self.kind, before.map(|marker| marker.kind)) {
            (Kind::Bullet(_), _) => true,
            (Kind::Dash(this), before) => closed || before == Some(Kind::Dash(this)),
            (this, Some(before)) if before.next() == Some(this) => true,
            (Kind::Ordinal { value, .. }, _) => closed && value == 1,
        }
    }
}

impl Kind {
    fn next(self) -> Option<Kind> {
        match self {
            Kind::Ordinal { letter: true, value: 26, .. } => None,
            Kind::Ordinal { open, letter, value, close } => {
                Some(Kind::Ordinal { open, letter, value: value + 1, close })
            }
            same => Some(same),
        }
    }

    /// How the marker is written.
    fn text(self) -> String {
        match self {
            Kind::Bullet(c) | Kind::Dash(c) => c.to_string(),
            Kind::Ordinal { open, letter, value, close } => {
                let open = if open { "(" } else { "" };
                match char::from_digit(value + 9, 36) {
                    Some(letter_of_value) if letter => format!("{open}{letter_of_value}{}", close.text()),
                    _ => format!("{open}{value}{}", close.text()),
                }
            }
        }
    }
}

/// The items of a list that runs on within one block: "1) Salt 2) Bread".
pub(super) struct Items {
    next: Option<Kind>,
    /// Where the next item begins; the end of the block if there is none.
    pub(super) at: usize,
}

impl Items {
    pub(super) fn new(text: &str, block: Block) -> Items {
        let marker = Marker::at_start(&text[block.start..block.end]);
        let mut items = Items { next: None, at: block.end };
        if let Some(Marker { kind: kind @ (Kind::Bullet(_) | Kind::Ordinal { .. }), len }) = marker {
            items.next = kind.next();
            items.find(text, block.start + len, block.end);
        }
        items
    }

    /// Goes on to the item after the one at `self.at`.
    pub(super) fn advance(&mut self, text: &str, end: usize) {
        self.next = self.next.and_then(Kind::next);
        self.find(text, self.at + 1, end);
    }

    /// Finds the next item's marker at or after `from`: white space before it, and after it no small letter.
    fn find(&mut self, text: &str, from: usize, end: usize) {
        let Some(next) = self.next else {
            self.at = end;
            return;
        };
        let marker = next.text();
        let bullet = matches!(next, Kind::Bullet(_));
        let mut finds = memmem::find_iter(&text.as_bytes()[from.min(end)..end], marker.as_bytes()).map(|at| from + at);
        self.at = finds
            .find(|&at| {
                let after = &text[at + marker.len()..end];
                let inner = after.trim_start();
                text[..at].ends_with(char::is_whitespace)
                    && (bullet || inner.len() < after.len())
                    && inner.starts_with(|c: char| bullet || !c.is_lowercase())
            })
            .unwrap_or(end);
    }
}
