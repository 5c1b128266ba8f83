//! Lists by number, behind one another.

use crate::compact::{self, Compact};

/// Many short lists in one piece of memory.
#[derive(Debug)]
pub(super) struct Filed<T> {
    /// List `i` is `items[starts[i]..starts[i + 1]]`.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Filed<T> {
    /// `items` with the number of the list of each, in whose order they stay; `lists` is how many there are.
    pub(super) fn new(lists: usize, mut items: Vec<(usize, T)>) -> Filed<T> {
        let mut starts = vec![0; lists + 1];
        items.iter().for_each(|(list, _)| starts[list + 1] += 1);
        (0..lists).for_each(|list| starts[list + 1] += starts[list]);
        items.sort_by_key(|(list, _)| *list);
        Filed { starts, items: items.into_iter().map(|(_, item)| item).collect() }
    }

    /// A list, or `None` past the last.
    #[inline]
    pub(super) fn get(&self, list: usize) -> Option<&[T]> {
        let [from, to] = *self.starts.get(list..)?.first_chunk()?;
        self.items.get(from as usize..to as usize)
    }
}

impl<T: Compact> Compact for Filed<T> {
    #[cfg(test)]
    fn write(&self, to: &mut compact::Writer) {
        self.starts.write(to);
        self.items.write(to);
    }

    fn read(from: &mut compact::Reader) -> Option<Filed<T>> {
        Some(Filed { starts: Vec::read(from)?, items: Vec::read(from)? })
    }
}
