//! Values as bytes: what takes long to make of the files inside this crate is kept beside them, in `lexicons/compact.bin`.
//!
//! The files are what people read and what counts. What is kept says by a checksum what it was made from, and is passed over
//! where that has changed since: everything is then made anew, and only takes longer. A test makes all of it and compares;
//! another, run by hand, writes the file. It is no format for anybody else.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use semver::Version;
use serde::{Serialize, Serializer};
use toml::Spanned;

/// For each name: what was made, and from what.
#[cfg(feature = "bundled")]
const KEPT: &[u8] = include_bytes!("../lexicons/compact.bin");
#[cfg(not(feature = "bundled"))]
const KEPT: &[u8] = &[];

/// What was kept under a name, if it was made from that. Strings that stand in the text are not kept again.
pub(crate) fn kept<T: Compact>(name: &str, made_from: &str, text: &'static str) -> Option<T> {
    let mut from = Reader { bytes: KEPT, text, last: 0 };
    while !from.bytes.is_empty() {
        let known = from.string()?;
        let sum = u64::read(&mut from)?;
        let size = usize::read(&mut from)?;
        let bytes = from.take(size)?;
        if known == name {
            let mut from = Reader { bytes, text, last: 0 };
            return if sum == checksum(made_from) { T::read(&mut from) } else { None };
        }
    }
    None
}

/// A number that changes with the text.
fn checksum(text: &str) -> u64 {
    let mix = |sum: u64, more: u64| (sum.rotate_left(5) ^ more).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let words = text.as_bytes().chunks_exact(8);
    let rest = words.remainder().iter().fold(0, |sum, byte| mix(sum, (*byte).into()));
    words.map(|word| u64::from_le_bytes(word.try_into().unwrap_or_default())).fold(rest, mix)
}

/// A value that can be written as bytes, and read again.
pub(crate) trait Compact: Sized {
    #[cfg(test)]
    fn write(&self, to: &mut Writer);
    /// `None` where the bytes were written by something else.
    fn read(from: &mut Reader) -> Option<Self>;
}

/// Bytes that are still to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    bytes: &'static [u8],
    /// What they were made from.
    text: &'static str,
    /// The end of the last string that was read from there.
    last: usize,
}

impl Reader {
    fn take(&mut self, size: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(size)?;
        self.bytes = rest;
        Some(taken)
    }

    /// A string, without a copy.
    pub(crate) fn string(&mut self) -> Option<&'static str> {
        let size = usize::read(self)?;
        std::str::from_utf8(self.take(size)?).ok()
    }
}

/// Gives a type its bytes: of a struct the fields, of an enum the place of the variant and what is in it. All have to be
/// named, in any order that stays.
macro_rules! compact {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl $crate::compact::Compact for $type {
            #[cfg(test)]
            fn write(&self, to: &mut $crate::compact::Writer) {
                let Self { $($field),* } = self;
                $($crate::compact::Compact::write($field, to);)*
            }

            fn read(from: &mut $crate::compact::Reader) -> Option<Self> {
                Some(Self { $($field: $crate::compact::Compact::read(from)?),* })
            }
        }
    };
    ($type:ty [ $($variant:ident $(($($value:ident),*))?),* $(,)? ]) => {
        impl $crate::compact::Compact for $type {
            #[cfg(test)]
            #[allow(unused_assignments)]
            fn write(&self, to: &mut $crate::compact::Writer) {
                let mut place = 0u8;
                $(
                    if let Self::$variant $(($($value),*))? = self {
                        place.write(to);
                        $($($value.write(to);)*)?
                    }
                    place += 1;
                )*
            }

            #[allow(unused_assignments)]
            fn read(from: &mut $crate::compact::Reader) -> Option<Self> {
                let mut place = <u8 as $crate::compact::Compact>::read(from)?;
                $(
                    if place == 0 {
                        return Some(Self::$variant $(($({
                            let $value = $crate::compact::Compact::read(from)?;
                            $value
                        }),*))?);
                    }
                    place = place.wrapping_sub(1);
                )*
                None
            }
        }
    };
}
pub(crate) use compact;

impl Compact for u8 {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        to.bytes.push(*self);
    }

    fn read(from: &mut Reader) -> Option<u8> {
        let (byte, rest) = from.bytes.split_first()?;
        from.bytes = rest;
        Some(*byte)
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
impl Compact for u64 {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        match *self {
            small @ 0..0x80 => to.bytes.push(small as u8),
            large => {
                to.bytes.push(large as u8 | 0x80);
                (large >> 7).write(to);
            }
        }
    }

    fn read(from: &mut Reader) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = u8::read(from)?;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 63 {
                return Some(number);
            }
        }
    }
}

/// Types whose values are written as those of another.
macro_rules! as_other {
    ($($type:ty as $other:ty: $to:expr, $back:expr;)*) => {$(
        impl Compact for $type {
            #[cfg(test)]
            fn write(&self, to: &mut Writer) {
                let other: $other = $to(self);
                other.write(to);
            }

            fn read(from: &mut Reader) -> Option<$type> {
                $back(<$other>::read(from)?)
            }
        }
    )*};
}

as_other! {
    bool as u8: |b: &bool| (*b).into(), |byte| Some(byte == 1);
    u16 as u64: |n: &u16| (*n).into(), |n: u64| n.try_into().ok();
    u32 as u64: |n: &u32| (*n).into(), |n: u64| n.try_into().ok();
    i32 as i64: |n: &i32| (*n).into(), |n: i64| n.try_into().ok();
    // Near 0 on either side is near 0.
    i64 as u64: |n: &i64| ((n << 1) ^ (n >> 63)) as u64, |n: u64| Some((n >> 1) as i64 ^ -((n & 1) as i64));
    usize as u64: |n: &usize| *n as u64, |n: u64| n.try_into().ok();
    Version as String: Version::to_string, |text: String| text.parse().ok();
    Range<usize> as (usize, usize): |at: &Range<usize>| (at.start, at.end), |(from, to)| Some(from..to);
}

/// Eight bytes each, for most bits are used.
impl Compact for f64 {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        to.bytes.extend(self.to_le_bytes());
    }

    fn read(from: &mut Reader) -> Option<f64> {
        Some(f64::from_le_bytes(from.take(8)?.try_into().ok()?))
    }
}

impl Compact for String {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        to.bytes.extend(self.as_bytes());
    }

    fn read(from: &mut Reader) -> Option<String> {
        from.string().map(str::to_owned)
    }
}

/// A string of the text, by where it stands from the one before: what it says is mostly what stands between its quotes.
impl Compact for Spanned<String> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        let Range { start, end } = self.span();
        (start as i64 - to.last as i64, end - start).write(to);
        to.last = end;
        let said = between_quotes(to.text, start, end);
        (said != Some(self.get_ref())).then(|| self.get_ref().clone()).write(to);
    }

    fn read(from: &mut Reader) -> Option<Spanned<String>> {
        let (after, len) = <(i64, usize)>::read(from)?;
        let start = from.last.checked_add_signed(after.try_into().ok()?)?;
        let end = start.checked_add(len)?;
        from.last = end;
        let said = match Option::read(from)? {
            Some(said) => said,
            None => between_quotes(from.text, start, end)?.to_owned(),
        };
        Some(Spanned::new(start..end, said))
    }
}

fn between_quotes(text: &str, start: usize, end: usize) -> Option<&str> {
    text.get(start + 1..end.checked_sub(1)?)
}

impl<T: Compact> Compact for Option<T> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader) -> Option<Option<T>> {
        match bool::read(from)? {
            true => T::read(from).map(Some),
            false => Some(None),
        }
    }
}

/// Values behind one another, and how many they are before them.
#[cfg(test)]
fn write_all<T: Compact>(values: &[T], to: &mut Writer) {
    values.len().write(to);
    values.iter().for_each(|value| value.write(to));
}

impl<T: Compact> Compact for Vec<T> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        write_all(self, to);
    }

    fn read(from: &mut Reader) -> Option<Vec<T>> {
        let len = usize::read(from)?;
        let mut all = Vec::with_capacity(len.min(from.bytes.len()));
        // A reader of its own is kept at hand while the values are read.
        let mut reader = *from;
        for _ in 0..len {
            all.push(T::read(&mut reader)?);
        }
        *from = reader;
        Some(all)
    }
}

impl<T: Compact> Compact for Box<[T]> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        write_all(self, to);
    }

    fn read(from: &mut Reader) -> Option<Box<[T]>> {
        Some(Vec::read(from)?.into())
    }
}

impl<T: Compact + Copy + Default, const N: usize> Compact for [T; N] {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader) -> Option<[T; N]> {
        let mut all = [T::default(); N];
        for value in &mut all {
            *value = T::read(from)?;
        }
        Some(all)
    }
}

macro_rules! tuples {
    ($(($($name:ident: $type:ident),*))*) => {$(
        impl<$($type: Compact),*> Compact for ($($type,)*) {
            #[cfg(test)]
            fn write(&self, to: &mut Writer) {
                let ($($name,)*) = self;
                $($name.write(to);)*
            }

            fn read(from: &mut Reader) -> Option<($($type,)*)> {
                Some(($($type::read(from)?,)*))
            }
        }
    )*};
}

tuples! { (a: A, b: B) (a: A, b: B, c: C) }

impl<T: Compact + Ord> Compact for BTreeSet<T> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader) -> Option<BTreeSet<T>> {
        Some(Vec::read(from)?.into_iter().collect())
    }
}

impl<K: Compact + Ord, V: Compact> Compact for BTreeMap<K, V> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        self.len().write(to);
        self.iter().for_each(|(key, value)| (key.write(to), value.write(to)).1);
    }

    fn read(from: &mut Reader) -> Option<BTreeMap<K, V>> {
        Some(Vec::read(from)?.into_iter().collect())
    }
}

/// In the order of the keys, so that the same map always gives the same bytes.
impl<K: Compact + Ord + Hash, V: Compact> Compact for FxHashMap<K, V> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        let mut pairs: Vec<(&K, &V)> = self.iter().collect();
        pairs.sort_by_key(|(key, _)| *key);
        pairs.len().write(to);
        pairs.into_iter().for_each(|(key, value)| (key.write(to), value.write(to)).1);
    }

    fn read(from: &mut Reader) -> Option<FxHashMap<K, V>> {
        Some(Vec::read(from)?.into_iter().collect())
    }
}

/// A value that is not read before somebody asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Lazily<T> {
    value: OnceLock<T>,
    from: Reader,
}

impl<T> From<T> for Lazily<T> {
    fn from(value: T) -> Lazily<T> {
        Lazily { value: value.into(), from: Reader { bytes: &[], text: "", last: 0 } }
    }
}

impl<T: Compact + Default> Deref for Lazily<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // Nothing else than such a value is ever kept in its place: a test reads all.
        self.value.get_or_init(|| T::read(&mut { self.from }).unwrap_or_default())
    }
}

impl<T: Compact + Default + Serialize> Serialize for Lazily<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, to)
    }
}

/// Behind the number of its bytes.
impl<T: Compact + Default> Compact for Lazily<T> {
    #[cfg(test)]
    fn write(&self, to: &mut Writer) {
        let mut own = Writer { bytes: Vec::new(), text: to.text, last: to.last };
        T::write(self, &mut own);
        own.bytes.len().write(to);
        to.bytes.extend(own.bytes);
    }

    fn read(from: &mut Reader) -> Option<Lazily<T>> {
        let size = usize::read(from)?;
        let own = Reader { bytes: from.take(size)?, ..*from };
        Some(Lazily { value: OnceLock::new(), from: own })
    }
}

/// Bytes written so far; the rest as in [`Reader`].
#[cfg(test)]
pub(crate) struct Writer<'a> {
    bytes: Vec<u8>,
    text: &'a str,
    last: usize,
}

/// What [`kept`] finds under a name.
#[cfg(test)]
pub(crate) fn keep<T: Compact>(name: &str, made_from: &str, text: &'static str, value: &T) -> Vec<u8> {
    let mut made = Writer { bytes: Vec::new(), text, last: 0 };
    value.write(&mut made);
    let bytes = made.bytes.clone().leak();
    let read = T::read(&mut Reader { bytes, text, last: 0 }).expect("what was written");
    let mut again = Writer { bytes: Vec::new(), text, last: 0 };
    read.write(&mut again);
    assert!(made.bytes == again.bytes, "{name} is another when it is read back");
    let mut all = Writer { bytes: Vec::new(), text, last: 0 };
    (name.to_owned(), (checksum(made_from), made.bytes.len())).write(&mut all);
    [all.bytes, made.bytes].concat()
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;
    use crate::{annotate, lexicon};

    fn made() -> Vec<u8> {
        [lexicon::sections(), annotate::sections()].concat()
    }

    #[test]
    fn what_is_kept_is_what_the_files_give() {
        // Not `assert_eq`: nobody wants to see a million bytes.
        assert!(made() == KEPT, "run: cargo test --lib compact -- --ignored");
    }

    #[test]
    #[ignore = "writes lexicons/compact.bin"]
    fn write() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/compact.bin");
        std::fs::write(file, made()).expect("the file is there");
    }
}
