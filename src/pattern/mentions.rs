//! Which classes and phrases a pattern names, without asking what they mean.

use super::syntax::{Kind, Node, Pattern};

/// A class, phrase or built-in element that a pattern names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention<'p> {
    pub(crate) name: &'p str,
    /// Whether it stands where what it holds rules a match out: behind a `!` or `~`, but not behind two of them.
    pub(crate) rules_out: bool,
}

impl Pattern {
    /// Every name in the pattern, in its order.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut found = Vec::new();
        collect(&self.root, false, &mut found);
        found
    }

    /// Whether the whole is `!x`: as a member of a list, it takes `x` out.
    pub(crate) fn is_removal(&self) -> bool {
        matches!(self.root.kind, Kind::NotHere(_))
    }
}

fn collect<'p>(node: &'p Node, rules_out: bool, found: &mut Vec<Mention<'p>>) {
    match &node.kind {
        Kind::Class(name, _) => found.push(Mention { name, rules_out }),
        Kind::Sequence(nodes) | Kind::Either(nodes) => nodes.iter().for_each(|node| collect(node, rules_out, found)),
        Kind::Repeat(inner, ..) | Kind::Part(_, inner) => collect(inner, rules_out, found),
        Kind::NotHere(inner) | Kind::NotBefore(inner) => collect(inner, !rules_out, found),
        Kind::Literal(_) | Kind::Lemma(..) | Kind::Affix(..) | Kind::Characters(_) | Kind::SentenceStart => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_on_either_side() {
        let pattern: Pattern = "~<a> [<b/v> | (<c> !<d>){0,2}] !(<e> !<f>) [cue: <g>]".parse().unwrap();
        let mentions: Vec<String> = pattern
            .mentions()
            .iter()
            .map(|mention| format!("{}{}", if mention.rules_out { "-" } else { "+" }, mention.name))
            .collect();
        assert_eq!(mentions, ["-a", "+b", "+c", "-d", "-e", "+f", "+g"]);
    }

    #[test]
    fn only_the_whole_is_a_removal() {
        let removal = |line: &str| line.parse::<Pattern>().unwrap().is_removal();
        assert!(removal("!said") && removal("!(said|told)"));
        assert!(!removal("said") && !removal("so !said"));
    }
}
