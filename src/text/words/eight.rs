//! Eight bytes at a time, in one number.

/// The highest bit of each byte, which ASCII does not use.
pub(super) const HIGH: u64 = eight_times(0x80);

/// The same byte eight times.
pub(super) const fn eight_times(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The eight bytes from `at` on, the first of them lowest; zeros behind the end.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    }
}
