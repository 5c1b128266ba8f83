//! What came, went and stayed in a list.

use std::collections::{HashMap, HashSet};

use crate::pattern::Pattern;

/// What is different between two lists of strings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ListChange<'a> {
    Removed(&'a str),
    Added(&'a str),
    /// The same by its key, written otherwise.
    Respelled(&'a str, &'a str),
    /// What stayed stands in another order, or not as often.
    Reordered,
}

/// Strings with the same `key` are the same, however they are written. If the lists differ at all, there is a change.
pub(super) fn compare_lists<'a>(old: &[&'a str], new: &[&'a str], key: impl Fn(&str) -> String) -> Vec<ListChange<'a>> {
    let keyed = |list: &[&'a str]| list.iter().map(|item| (key(item), *item)).collect::<Vec<_>>();
    let (old, new) = (keyed(old), keyed(new));
    let old_keys: HashSet<&String> = old.iter().map(|(key, _)| key).collect();
    let new_keys: HashSet<&String> = new.iter().map(|(key, _)| key).collect();
    let (kept, removed): (Vec<_>, Vec<_>) = old.iter().partition(|(key, _)| new_keys.contains(key));
    let (stayed, added): (Vec<_>, Vec<_>) = new.iter().partition(|(key, _)| old_keys.contains(key));

    let mut changes: Vec<ListChange> = removed.iter().map(|(_, item)| ListChange::Removed(item)).collect();
    changes.extend(added.iter().map(|(_, item)| ListChange::Added(item)));
    if kept.iter().map(|(key, _)| key).eq(stayed.iter().map(|(key, _)| key)) {
        let pairs = kept.iter().zip(&stayed).map(|((_, before), (_, after))| (*before, *after));
        let respelled = pairs.filter(|(before, after)| before != after);
        changes.extend(respelled.map(|(before, after)| ListChange::Respelled(before, after)));
    } else {
        changes.push(ListChange::Reordered);
    }
    changes
}

/// The key of a pattern or a member of a class: equal for all spellings of it.
pub(super) fn pattern_key(line: &str) -> String {
    line.parse::<Pattern>().map_or_else(|_| line.to_owned(), |pattern| pattern.to_string())
}

/// Two lists of things with an id side by side.
pub(super) struct Paired<'a, T> {
    /// The things of the earlier list, then those that are new.
    pub(super) pairs: Vec<Pair<'a, T>>,
    /// The ids in both lists, in the order of the earlier,
    pub(super) before: Vec<String>,
    /// and in the order of the later.
    pub(super) after: Vec<String>,
}

/// What has this id before and after; at least one of them is there.
pub(super) struct Pair<'a, T> {
    pub(super) id: &'a str,
    pub(super) old: Option<&'a T>,
    pub(super) new: Option<&'a T>,
}

impl<'a, T> Paired<'a, T> {
    pub(super) fn by(
        old: impl IntoIterator<Item = (&'a str, &'a T)>,
        new: impl IntoIterator<Item = (&'a str, &'a T)>,
    ) -> Paired<'a, T> {
        let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().collect(), new.into_iter().collect());
        let old_ids: HashSet<&str> = old.iter().map(|(id, _)| *id).collect();
        let new_by_id: HashMap<&str, &T> = new.iter().copied().collect();
        let before = old.iter().filter(|(id, _)| new_by_id.contains_key(id)).map(|(id, _)| (*id).to_owned());
        let after = new.iter().filter(|(id, _)| old_ids.contains(id)).map(|(id, _)| (*id).to_owned());
        let kept = old.iter().map(|(id, item)| Pair { id, old: Some(*item), new: new_by_id.get(id).copied() });
        let added = new.iter().filter(|(id, _)| !old_ids.contains(id));
        let added = added.map(|(id, item)| Pair { id, old: None, new: Some(*item) });
        Paired { pairs: kept.chain(added).collect(), before: before.collect(), after: after.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_differ_say_how() {
        let compare = |old: &[&'static str], new: &[&'static str]| compare_lists(old, new, pattern_key);
        assert_eq!(compare(&["a", "b"], &["a", "b"]), []);
        assert_eq!(compare(&["a", "b"], &["b", "c"]), [ListChange::Removed("a"), ListChange::Added("c")]);
        assert_eq!(compare(&["a  b", "c"], &["a b", "c"]), [ListChange::Respelled("a  b", "a b")]);
        assert_eq!(compare(&["a", "b"], &["b", "(a)"]), [ListChange::Reordered]);
        assert_eq!(compare(&["a", "a"], &["a"]), [ListChange::Reordered]);
        // What does not read is the same only if it is written the same.
        assert_eq!(compare(&["<"], &["< "]), [ListChange::Removed("<"), ListChange::Added("< ")]);
    }
}
