//! Lists by number, behind one another.

/// Many short lists in one piece of memory.
#[derive(Debug)]
pub(super) struct Filed<T> {
    /// List `i` is `items[starts[i]..starts[i + 1]]`.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Filed<T> {
    /// `items` with the number of the list of each; `lists` is how many there are.
    pub(super) fn new(lists: usize, mut items: Vec<(usize, T)>) -> Filed<T> {
        items.sort_by_key(|(list, _)| *list);
        let starts = (0..=lists).map(|list| items.partition_point(|(of, _)| *of < list) as u32).collect();
        Filed { starts, items: items.into_iter().map(|(_, item)| item).collect() }
    }

    /// A list, or `None` past the last.
    pub(super) fn get(&self, list: usize) -> Option<&[T]> {
        let (from, to) = (*self.starts.get(list)?, *self.starts.get(list + 1)?);
        Some(&self.items[from as usize..to as usize])
    }
}
