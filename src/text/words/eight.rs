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
    match bytes.get(at..at + 8).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => up_to_eight(bytes.get(at..).unwrap_or_default()),
    }
}

/// As two numbers of eight bytes each, the sixteen from `at` on.
#[inline]
pub(super) fn sixteen(bytes: &[u8], at: usize) -> (u64, u64) {
    match bytes.get(at..at + 16).and_then(<[u8]>::first_chunk) {
        Some(sixteen) => {
            let sixteen = u128::from_le_bytes(*sixteen);
            (sixteen as u64, (sixteen >> 64) as u64)
        }
        None => (eight(bytes, at), eight(bytes, at + 8)),
    }
}

#[cold]
fn up_to_eight(rest: &[u8]) -> u64 {
    rest.iter().take(8).rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte))
}
