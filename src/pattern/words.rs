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

#[cfg(test)]
mod tests {
    use super::*;

    /// Patterns, and how a reader is told of them.
    const WORDED: [(&str, &str); 16] = [
        ("so to speak ,", "so to speak ,"),
        ("official/n", "official⁺"),
        ("be/v taken/vbn|take/vbg", "be⁺ (taken (past participle) / take (-ing form))"),
        ("<say/vbz> <say> <say/v>", "‹say› (third person) ‹say› ‹say›⁺"),
        ("un*|*ed|un*ed", "un… / …ed / un…ed"),
        ("`🔥`", "the characters “🔥”"),
        ("^ the|a", "(at the start of a sentence) (the / a)"),
        ("a b | c", "a b / c"),
        ("(a b | c) d", "(a b / c) d"),
        ("a? b", "perhaps a b"),
        ("(a b)? c", "perhaps (a b) c"),
        ("a|b{0,2} c{2} d{1,3}", "up to 2 × (a / b) 2 × c 1 to 3 × d"),
        ("(!a <word>){0,2} b", "up to 2 × ((not before a) ‹word›) b"),
        ("let !alone|(it be)", "let (not before alone / it be)"),
        ("~not [a [cue: say|tell]]", "(not behind not) [a [cue: say / tell]]"),
        ("big/jjr|big/jjs", "big (comparative) / big (superlative)"),
    ];

    #[test]
    fn patterns_are_put_in_words() {
        for (pattern, words) in WORDED {
            assert_eq!(pattern.parse::<Pattern>().map(|pattern| pattern.in_words()).as_deref(), Ok(words), "{pattern}");
        }
    }
}
