//! Eight bytes at a time, in one number.

/// The highest bit of each byte, which ASCII does not use.
pub(in crate::text) const HIGH: u64 = eight_times(0x80);

/// The same byte eight times.
pub(in crate::text) const fn eight_times(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The eight bytes from `at` on, the first of them lowest; zeros behind the end.
#[inline]
pub(in crate::text) fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => up_to_eight(bytes, at),
    }
}

/// As two numbers of eight bytes each, the sixteen from `at` on.
#[inline]
pub(in crate::text) fn sixteen(bytes: &[u8], at: usize) -> (u64, u64) {
    // In two steps, each a comparison of its own.
    let Some(rest) = bytes.get(at..) else { return (0, 0) };
    match rest.first_chunk() {
        Some(sixteen) => {
            let sixteen = u128::from_le_bytes(*sixteen);
            (sixteen as u64, (sixteen >> 64) as u64)
        }
        None => up_to_sixteen(bytes, at),
    }
}

/// As `sixteen`, less than sixteen bytes before the end.
#[inline(never)]
fn up_to_sixteen(bytes: &[u8], at: usize) -> (u64, u64) {
    (eight(bytes, at), eight(bytes, at + 8))
}

/// Where the first byte from `at` on stands that is not ASCII, or the end.
pub(in crate::text) fn ascii_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at..at + 32).is_some_and(<[u8]>::is_ascii) {
        at += 32;
    }
    while at < bytes.len() {
        let beyond = eight(bytes, at) & HIGH;
        if beyond != 0 {
            return at + beyond.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    bytes.len()
}

/// The bit in which small letters differ from capitals.
pub(in crate::text) const SMALL: u64 = eight_times(0x20);

/// A bit that all ASCII letters have, and neither white space, digits, nor most marks.
pub(in crate::text) const LETTER: u64 = eight_times(0x40);

/// The highest bit of each byte that is no ASCII letter.
#[inline]
pub(in crate::text) fn not_letters(bytes: u64) -> u64 {
    outside(bytes | SMALL, b'a', b'z')
}

/// The highest bit of each byte that is no ASCII digit.
#[inline]
pub(in crate::text) fn not_digits(bytes: u64) -> u64 {
    outside(bytes, b'0', b'9')
}

/// The highest bit of each byte that is less than `first` or greater than `last`, both ASCII.
#[inline]
fn outside(bytes: u64, first: u8, last: u8) -> u64 {
    // Without the highest bit, so that no sum carries into the next byte.
    let low = bytes & !HIGH;
    let from_first = low + eight_times(0x80 - first);
    let beyond_last = low + eight_times(0x80 - last - 1);
    (!from_first | beyond_last | bytes) & HIGH
}

/// As `eight`, less than eight bytes before the end.
#[inline(never)]
fn up_to_eight(bytes: &[u8], at: usize) -> u64 {
    let missing = (at + 8).saturating_sub(bytes.len()).min(8);
    match bytes.last_chunk() {
        // In two steps, as all eight may be missing.
        Some(last) => u64::from_le_bytes(*last) >> (4 * missing) >> (4 * missing),
        None => bytes.iter().skip(at).rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    }
}
