//! A pattern in words, for readers who do not know the pattern language.

use std::fmt::{self, Write};

use super::form::Form;
use super::syntax::{Kind, Node, Pattern};

impl Pattern {
    /// What the pattern matches, for readers who do not know the pattern language.
    ///
    /// Words stand as they are, and one with `⁺` for all of its forms. `‹name›` is a word or phrase of that class, and
    /// `/` stands between alternatives. Square brackets are those of the pattern: around what is reported.
    ///
    /// ```
    /// use rhetor::Pattern;
    ///
    /// let words = |pattern: &str| pattern.parse().map(|pattern: Pattern| pattern.in_words());
    /// assert_eq!(words("put/v <word>{0,4} to sleep")?, "put⁺ up to 4 × ‹word› to sleep");
    /// assert_eq!(words("[<role/nns>|*men] (quite | at once)? !that")?,
    ///     "[‹role› (plural) / …men] perhaps (quite / at once) (not before that)");
    /// # Ok::<(), rhetor::PatternError>(())
    /// ```
    pub fn in_words(&self) -> String {
        let mut words = String::new();
        // Writing to a string does not fail.
        let _ = say(&mut words, &self.root, false);
        words
    }
}

/// Says a node; `within` a longer line, what would fall apart is held together by parentheses.
fn say(out: &mut String, node: &Node, within: bool) -> fmt::Result {
    match &node.kind {
        Kind::Literal(text) => out.write_str(text),
        Kind::Lemma(lemma, form) => write!(out, "{lemma}{}", form_in_words(*form)),
        Kind::Class(name, form) => write!(out, "‹{name}›{}", form.map_or("", form_in_words)),
        Kind::Affix(prefix, suffix) => write!(out, "{prefix}…{suffix}"),
        Kind::Characters(text) => write!(out, "the characters “{text}”"),
        Kind::SentenceStart => out.write_str("(at the start of a sentence)"),
        Kind::Sequence(nodes) => nodes.iter().enumerate().try_for_each(|(i, node)| {
            out.write_str(if i > 0 { " " } else { "" })?;
            say(out, node, true)
        }),
        Kind::Either(nodes) => {
            out.write_str(if within { "(" } else { "" })?;
            nodes.iter().enumerate().try_for_each(|(i, node)| {
                out.write_str(if i > 0 { " / " } else { "" })?;
                say(out, node, true)
            })?;
            out.write_str(if within { ")" } else { "" })
        }
        Kind::Repeat(inner, min, max) => {
            match (min, max) {
                (0, 1) => out.write_str("perhaps ")?,
                (0, max) => write!(out, "up to {max} × ")?,
                (min, max) if min == max => write!(out, "{min} × ")?,
                (min, max) => write!(out, "{min} to {max} × ")?,
            }
            held(out, inner)
        }
        Kind::NotHere(inner) => aside(out, "not before", inner),
        Kind::NotBefore(inner) => aside(out, "not behind", inner),
        Kind::Part(role, inner) => {
            out.write_str("[")?;
            if let Some(role) = role {
                write!(out, "{role}: ")?;
            }
            say(out, inner, false)?;
            out.write_str("]")
        }
    }
}

/// Says a node so that what stands before it is about the whole of it.
fn held(out: &mut String, node: &Node) -> fmt::Result {
    match node.kind {
        Kind::Sequence(_) | Kind::Repeat(..) => {
            out.write_str("(")?;
            say(out, node, false)?;
            out.write_str(")")
        }
        _ => say(out, node, true),
    }
}

fn aside(out: &mut String, how: &str, node: &Node) -> fmt::Result {
    write!(out, "({how} ")?;
    say(out, node, false)?;
    out.write_str(")")
}

fn form_in_words(form: Form) -> &'static str {
    match form {
        Form::Verb | Form::Noun | Form::Adjective => "⁺",
        Form::Vb => " (base form)",
        Form::Vbz => " (third person)",
        Form::Vbg => " (-ing form)",
        Form::Vbd => " (past tense)",
        Form::Vbn => " (past participle)",
        Form::Nn => " (singular)",
        Form::Nns => " (plural)",
        Form::Jj => " (positive)",
        Form::Jjr => " (comparative)",
        Form::Jjs => " (superlative)",
    }
}
