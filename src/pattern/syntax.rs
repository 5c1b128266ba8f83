//! One line of the pattern language becomes a tree. `docs/patterns.md` teaches the language by example.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::form::Form;

/// The most often that `{m,n}` may repeat.
const MAX_REPEAT: u8 = 40;
/// The deepest that groups and brackets may nest.
const MAX_DEPTH: usize = 16;

/// A part of a pattern and the bytes of the line that it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) at: Range<usize>,
}

/// Two parts are equal when they say the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.kind == other.kind
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// As written; cutting it may give several tokens.
    Literal(String),
    Lemma(String, Form),
    /// A class, a phrase or a built-in element, perhaps restricted to one form of its members.
    Class(String, Option<Form>),
    /// Begins with the first, ends with the second.
    Affix(String, String),
    /// Characters, whatever words they belong to; stands alone in its pattern.
    Characters(String),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Node>, u8, u8),
    NotHere(Box<Node>),
    NotBefore(Box<Node>),
    Part(Option<String>, Box<Node>),
    SentenceStart,
}

/// A fault in a pattern: where it is, in bytes of the pattern, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
}

impl PatternError {
    pub(crate) fn new(at: Range<usize>, message: impl Into<String>) -> PatternError {
        PatternError { at, message: message.into() }
    }

    /// The part of the pattern at fault, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.at.clone()
    }
}

/// A pattern, read and found well-formed. Its `Display` form reads back as the same pattern.
///
/// ```
/// use rhetor::Pattern;
///
/// let pattern: Pattern = "put/v   <word>{0,4} to sleep".parse()?;
/// assert_eq!(pattern.to_string(), "put/v <word>{0,4} to sleep");
/// assert!("<word>{0,4".parse::<Pattern>().unwrap_err().to_string().contains("never closed"));
/// # Ok::<(), rhetor::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub(crate) root: Node,
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(line: &str) -> Result<Pattern, PatternError> {
        let mut parser = Parser { line, at: 0, depth: 0 };
        let root = parser.alternatives(None)?;
        check(&root)?;
        Ok(Pattern { root })
    }
}

struct Parser<'a> {
    line: &'a str,
    at: usize,
    depth: usize,
}

/// Characters that mean something; `\` before one makes it plain.
fn is_special(c: char) -> bool {
    matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '?' | '!' | '~' | '|' | '^' | '*' | '`')
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.line[self.at..].chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// Skips white space and tells whether there was any.
    fn space(&mut self) -> bool {
        let rest = &self.line[self.at..];
        let skipped = rest.len() - rest.trim_start().len();
        self.at += skipped;
        skipped > 0
    }

    fn error<T>(&self, from: usize, message: impl Into<String>) -> Result<T, PatternError> {
        let to = self.at.max(from + self.line[from..].chars().next().map_or(0, char::len_utf8));
        Err(PatternError::new(from..to, message))
    }

    /// Sequences parted by ` | `, up to `close` or the end of the line.
    fn alternatives(&mut self, close: Option<char>) -> Result<Node, PatternError> {
        let start = self.at;
        let first = self.sequence(close)?;
        if self.peek() != Some('|') {
            return Ok(first);
        }
        let mut options = vec![first];
        while self.peek() == Some('|') {
            let bar = self.at;
            self.at += 1;
            if !self.space() {
                return self.error(bar, "`|` has a space before it but none after; write `a|b` for single elements, `(a b | c d)` for sequences");
            }
            options.push(self.sequence(close)?);
        }
        Ok(Node { kind: Kind::Either(options), at: start..self.at })
    }

    fn sequence(&mut self, close: Option<char>) -> Result<Node, PatternError> {
        self.space();
        let start = self.at;
        // Most patterns of a lexicon are one word: that one needs no list.
        let (mut first, mut more) = (None, Vec::new());
        loop {
            self.space();
            match self.peek() {
                None | Some('|') => break,
                Some(c) if Some(c) == close => break,
                Some(c @ (')' | ']' | '}' | '>')) => {
                    return self
                        .error(self.at, format!("this `{c}` closes nothing; write `\\{c}` for the character itself"))
                }
                Some(_) if first.is_none() => first = Some(self.item()?),
                Some(_) => more.push(self.item()?),
            }
        }
        match (first, more) {
            (None, _) => self.error(start, "expected a word, a class or a group here"),
            (Some(only), more) if more.is_empty() => Ok(only),
            (Some(first), mut more) => {
                more.insert(0, first);
                Ok(Node { kind: Kind::Sequence(more), at: start..self.at })
            }
        }
    }

    /// One element with its `|` alternatives, its prefix and its repetition.
    fn item(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        if self.eat('!') {
            let inner = self.either()?;
            return Ok(Node { kind: Kind::NotHere(Box::new(inner)), at: start..self.at });
        }
        if self.eat('~') {
            let inner = self.either()?;
            return Ok(Node { kind: Kind::NotBefore(Box::new(inner)), at: start..self.at });
        }
        let element = self.either()?;
        self.repeat(element, start)
    }

    fn either(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let first = self.atom()?;
        if self.peek() != Some('|') {
            return Ok(first);
        }
        let mut options = vec![first];
        while self.peek() == Some('|') {
            let bar = self.at;
            self.at += 1;
            if self.peek().is_none_or(char::is_whitespace) {
                return self.error(bar, "`|` needs an element right after it; for sequences write ` | ` in a group");
            }
            options.push(self.atom()?);
        }
        Ok(Node { kind: Kind::Either(options), at: start..self.at })
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let kind = match self.peek() {
            None => return self.error(start, "expected a word, a class or a group here"),
            Some('<') => self.class()?,
            Some('(') => return self.enclosed('(', ')'),
            Some('[') => return self.enclosed('[', ']'),
            Some('`') => self.characters()?,
            Some('^') => {
                self.at += 1;
                Kind::SentenceStart
            }
            Some(c @ ('!' | '~')) => {
                let message = format!("`{c}` cannot stand here; put it and its element in a group, `({c}x)`");
                return self.error(start, message);
            }
            Some(c @ ('?' | '{')) => {
                return self.error(
                    start,
                    format!(
                        "`{c}` repeats an element, and there is none before it; write `\\{c}` for the character itself"
                    ),
                )
            }
            Some(_) => self.word()?,
        };
        Ok(Node { kind, at: start..self.at })
    }

    fn enclosed(&mut self, open: char, close: char) -> Result<Node, PatternError> {
        let start = self.at;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error(start, format!("nested more than {MAX_DEPTH} deep"));
        }
        self.at += 1;
        let role = if open == '[' { self.role() } else { None };
        let unclosed = PatternError::new(start..start + 1, format!("this `{open}` is never closed; add `{close}`"));
        self.space();
        if self.at >= self.line.len() {
            return Err(unclosed);
        }
        let inner = self.alternatives(Some(close))?;
        if self.at >= self.line.len() {
            return Err(unclosed);
        }
        self.at += 1;
        self.depth -= 1;
        match open {
            '(' => Ok(inner),
            _ => Ok(Node { kind: Kind::Part(role, Box::new(inner)), at: start..self.at }),
        }
    }

    /// `cue: ` behind an opening bracket.
    fn role(&mut self) -> Option<String> {
        let rest = &self.line[self.at..];
        let (name, after) = rest.split_once(':')?;
        let is_role = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !is_role || !after.starts_with(char::is_whitespace) {
            return None;
        }
        self.at += name.len() + 1;
        Some(name.to_owned())
    }

    fn class(&mut self) -> Result<Kind, PatternError> {
        let start = self.at;
        let rest = &self.line[self.at + 1..];
        let Some(len) = rest.find('>') else {
            return Err(PatternError::new(start..start + 1, "this `<` is never closed; add `>`"));
        };
        let inner = &rest[..len];
        self.at += len + 2;
        let (name, form) = match inner.split_once('/') {
            None => (inner, None),
            Some((name, tag)) => match tag.parse() {
                Ok(form) => (name, Some(form)),
                Err(_) => return self.error(start, format!("`{tag}` is no form; {FORMS}")),
            },
        };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return self.error(start, "a class name is kebab-case: `<reporting-verb>`");
        }
        Ok(Kind::Class(name.to_owned(), form))
    }

    fn characters(&mut self) -> Result<Kind, PatternError> {
        let start = self.at;
        let rest = &self.line[self.at + 1..];
        match rest.find('`') {
            None => Err(PatternError::new(start..start + 1, "this backquote is never closed")),
            Some(0) => self.error(start, "there is nothing between the backquotes"),
            Some(len) => {
                self.at += len + 2;
                Ok(Kind::Characters(rest[..len].to_owned()))
            }
        }
    }

    /// A literal, a `lemma/form` or an affix.
    fn word(&mut self) -> Result<Kind, PatternError> {
        let start = self.at;
        let (mut text, mut star, mut plain) = (String::new(), None, true);
        loop {
            let rest = &self.line[self.at..];
            let run = rest.find(|c: char| c == '\\' || c.is_whitespace() || is_special(c)).unwrap_or(rest.len());
            text.push_str(&rest[..run]);
            self.at += run;
            if self.eat('\\') {
                let Some(escaped) = self.peek() else {
                    return self.error(start, "`\\` needs a character after it");
                };
                text.push(escaped);
                self.at += escaped.len_utf8();
                plain = false;
            } else if self.peek() == Some('*') {
                if star.replace(text.len()).is_some() {
                    return self.error(self.at, "an affix has one `*`: `un*`, `*ed`");
                }
                self.at += 1;
            } else {
                break;
            }
        }
        if self.at == start {
            return self.error(start, "expected a word, a class or a group here");
        }
        if let Some(star) = star {
            if text.is_empty() {
                return self.error(start, "`*` needs letters beside it: `un*`, `*ed`; any word is `<word>`");
            }
            let folded = |part: &str| part.to_lowercase().replace(['’', '‘'], "'");
            return Ok(Kind::Affix(folded(&text[..star]), folded(&text[star..])));
        }
        if let Some((lemma, tag)) = text.rsplit_once('/').filter(|(lemma, _)| plain && !lemma.is_empty()) {
            match tag.parse() {
                Ok(form) => return Ok(Kind::Lemma(lemma.to_owned(), form)),
                Err(_) if tag.len() <= 3 && tag.starts_with(['v', 'n', 'j']) => {
                    return self.error(start, format!("`{tag}` is no form; {FORMS}"))
                }
                Err(_) => {}
            }
        }
        Ok(Kind::Literal(text))
    }

    /// `from` is where the element begins, with its bracket if it is a group.
    fn repeat(&mut self, element: Node, from: usize) -> Result<Node, PatternError> {
        let start = self.at;
        let repeated = |element, min, max, end| Node { at: from..end, kind: Kind::Repeat(Box::new(element), min, max) };
        if self.eat('?') {
            return Ok(repeated(element, 0, 1, self.at));
        }
        if self.peek() != Some('{') {
            return Ok(element);
        }
        let rest = &self.line[start + 1..];
        let Some(len) = rest.find('}') else {
            return Err(PatternError::new(start..start + 1, "this `{` is never closed; write {0,2}"));
        };
        self.at += len + 2;
        let (min, max) = match rest[..len].split_once(',') {
            Some((_, max)) if max.trim().is_empty() => {
                return self
                    .error(start, format!("repetition must end somewhere; write {{0,n}} with n up to {MAX_REPEAT}"))
            }
            Some((min, max)) => (min.trim().parse::<u32>(), max.trim().parse::<u32>()),
            None => (rest[..len].trim().parse(), rest[..len].trim().parse()),
        };
        match (min, max) {
            (Ok(min), Ok(max)) if min <= max && max >= 1 && max <= u32::from(MAX_REPEAT) => {
                Ok(repeated(element, min as u8, max as u8, self.at))
            }
            (Ok(_), Ok(max)) if max > u32::from(MAX_REPEAT) => {
                self.error(start, format!("repeats at most {MAX_REPEAT} times"))
            }
            _ => self.error(start, "expected how often, such as {2} or {0,2}"),
        }
    }
}

const FORMS: &str = "forms are v vb vbz vbg vbd vbn, n nn nns, a jj jjr jjs";

/// What the grammar alone does not say.
fn check(root: &Node) -> Result<(), PatternError> {
    let mut reported = 0;
    visit(root, false, &mut |node, negated| match &node.kind {
        Kind::Characters(_) if node.at != root.at => Err(PatternError::new(
            node.at.clone(),
            "a pattern of characters stands alone; give it a pattern of its own",
        )),
        Kind::Part(..) if negated => {
            Err(PatternError::new(node.at.clone(), "what is not there cannot be reported; take the brackets away"))
        }
        Kind::Part(None, _) => {
            reported += 1;
            match reported {
                1 => Ok(()),
                _ => Err(PatternError::new(
                    node.at.clone(),
                    "only one `[ ]` can be what is reported; name this one, `[cue: … ]`",
                )),
            }
        }
        Kind::Sequence(nodes) => match nodes.iter().position(|n| n.kind == Kind::SentenceStart) {
            Some(at) if nodes[..at].iter().any(takes_words) => Err(PatternError::new(
                nodes[at].at.clone(),
                "`^` is the start of the sentence, and no word can come before it",
            )),
            _ => Ok(()),
        },
        _ => Ok(()),
    })
}

/// Whether every match of the node takes at least one word.
fn takes_words(node: &Node) -> bool {
    match &node.kind {
        Kind::Sequence(nodes) => nodes.iter().any(takes_words),
        Kind::Either(nodes) => nodes.iter().all(takes_words),
        Kind::Repeat(inner, min, _) => *min > 0 && takes_words(inner),
        Kind::Part(_, inner) => takes_words(inner),
        Kind::NotHere(_) | Kind::NotBefore(_) | Kind::SentenceStart => false,
        _ => true,
    }
}

fn visit(
    node: &Node,
    negated: bool,
    f: &mut impl FnMut(&Node, bool) -> Result<(), PatternError>,
) -> Result<(), PatternError> {
    f(node, negated)?;
    match &node.kind {
        Kind::Sequence(nodes) | Kind::Either(nodes) => nodes.iter().try_for_each(|n| visit(n, negated, f)),
        Kind::Repeat(inner, ..) | Kind::Part(_, inner) => visit(inner, negated, f),
        Kind::NotHere(inner) | Kind::NotBefore(inner) => visit(inner, true, f),
        _ => Ok(()),
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.write(f, Level::Line)
    }
}

/// How tightly a node is held by what is around it, and so whether it needs a group.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Level {
    Line,
    Option,
    Sequence,
    Element,
}

impl Node {
    /// Whether it holds together by itself.
    fn is_atom(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Sequence(_) | Kind::Either(_) | Kind::Repeat(..) | Kind::NotHere(_) | Kind::NotBefore(_)
        )
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, level: Level) -> fmt::Result {
        match &self.kind {
            Kind::Literal(text) => escape(f, text),
            // With an escape in it, it would be read as a plain word; it holds nothing that needs one.
            Kind::Lemma(lemma, form) => write!(f, "{lemma}/{form}"),
            Kind::Class(name, None) => write!(f, "<{name}>"),
            Kind::Class(name, Some(form)) => write!(f, "<{name}/{form}>"),
            Kind::Affix(prefix, suffix) => {
                escape(f, prefix)?;
                f.write_str("*")?;
                escape(f, suffix)
            }
            Kind::Characters(text) => write!(f, "`{text}`"),
            Kind::SentenceStart => f.write_str("^"),
            Kind::Sequence(nodes) => group(f, level > Level::Option, |f| join(f, nodes, " ", Level::Sequence)),
            Kind::Either(nodes) if nodes.iter().all(Node::is_atom) => join(f, nodes, "|", Level::Element),
            Kind::Either(nodes) => group(f, level > Level::Line, |f| join(f, nodes, " | ", Level::Option)),
            Kind::Repeat(inner, min, max) => group(f, level == Level::Element, |f| {
                inner.write(f, Level::Element)?;
                match (min, max) {
                    (0, 1) => f.write_str("?"),
                    (min, max) if min == max => write!(f, "{{{min}}}"),
                    (min, max) => write!(f, "{{{min},{max}}}"),
                }
            }),
            Kind::NotHere(inner) => group(f, level == Level::Element, |f| {
                f.write_str("!")?;
                inner.write(f, Level::Element)
            }),
            Kind::NotBefore(inner) => group(f, level == Level::Element, |f| {
                f.write_str("~")?;
                inner.write(f, Level::Element)
            }),
            Kind::Part(role, inner) => {
                f.write_str("[")?;
                if let Some(role) = role {
                    write!(f, "{role}: ")?;
                }
                inner.write(f, Level::Line)?;
                f.write_str("]")
            }
        }
    }
}

fn group(
    f: &mut fmt::Formatter<'_>,
    needed: bool,
    inner: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if needed {
        f.write_str("(")?;
    }
    inner(f)?;
    if needed {
        f.write_str(")")?;
    }
    Ok(())
}

fn join(f: &mut fmt::Formatter<'_>, nodes: &[Node], by: &str, level: Level) -> fmt::Result {
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            f.write_str(by)?;
        }
        node.write(f, level)?;
    }
    Ok(())
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for c in text.chars() {
        if is_special(c) || matches!(c, '\\' | '/' | ':') || c.is_whitespace() {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    Ok(())
}
