//! The places of a sentence at which constructions may be anchored.

use crate::text::room;

/// Tokens that may be an anchor, and which candidate that is for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    /// First token, and the one behind the last. No sentence has as many as this holds.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) candidate: u32,
}

/// The anchors of a sentence. Nobody can foresee which stay, so that each is written down in any case, and the next one over
/// it where it does not.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// So many; behind them what is left of other sentences.
    all: Vec<Anchor>,
    count: usize,
}

impl Anchors {
    /// Begins with another sentence.
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds those that stay of the first so many.
    #[inline(always)]
    pub(super) fn extend(&mut self, len: usize, anchors: impl Iterator<Item = (Anchor, bool)>) {
        let places = &mut room(&mut self.all, self.count + len)[self.count..];
        let mut next = 0;
        for (anchor, stays) in anchors.take(len) {
            places[next] = anchor;
            next += usize::from(stays);
        }
        self.count += next;
    }

    /// Leaves those that stay.
    #[inline(always)]
    pub(super) fn retain(&mut self, stays: impl Fn(Anchor) -> bool) {
        let mut next = 0;
        for at in 0..self.count {
            let anchor = self.all[at];
            self.all[next] = anchor;
            next += usize::from(stays(anchor));
        }
        self.count = next;
    }

    /// Those that stayed, in the order in which they were added.
    pub(super) fn all(&self) -> &[Anchor] {
        &self.all[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_left_in_its_order_and_nothing_of_the_sentence_before() {
        let anchor = |candidate| Anchor { from: candidate / 2, to: candidate, candidate };
        let numbers = |anchors: &Anchors| anchors.all().iter().map(|it| it.candidate).collect::<Vec<_>>();
        let mut anchors = Anchors::default();
        anchors.extend(5, (0..5).map(|n| (anchor(n), true)));
        anchors.clear();
        assert!(anchors.all().is_empty());
        anchors.extend(4, (0..).map(|n| (anchor(n), n != 1)));
        anchors.extend(0, std::iter::empty());
        anchors.extend(3, (7..).map(|n| (anchor(n), n % 2 == 1)));
        assert_eq!(numbers(&anchors), [0, 2, 3, 7, 9]);
        anchors.retain(|it| it.to != it.candidate || it.candidate >= 3);
        assert_eq!(numbers(&anchors), [3, 7, 9]);
        assert_eq!(anchors.all()[1].from, 3);
    }
}
