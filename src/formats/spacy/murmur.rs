//! `MurmurHash64A` of Austin Appleby, who put it into the public domain (`MurmurHash2.cpp`): the hash of the strings of
//! spaCy.

const FACTOR: u64 = 0xc6a4_a793_5bd1_e995;
const SHIFT: u32 = 47;

/// The hash of bytes.
pub(super) fn hash64(bytes: &[u8], seed: u64) -> u64 {
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(FACTOR);
    let (whole, rest) = bytes.as_chunks::<8>();
    for chunk in whole {
        let mut block = u64::from_le_bytes(*chunk).wrapping_mul(FACTOR);
        block ^= block >> SHIFT;
        hash = (hash ^ block.wrapping_mul(FACTOR)).wrapping_mul(FACTOR);
    }
    if !rest.is_empty() {
        let rest = rest
            .iter()
            .rev()
            .fold(0, |rest, byte| (rest << 8) | u64::from(*byte));
        hash = (hash ^ rest).wrapping_mul(FACTOR);
    }
    hash = (hash ^ (hash >> SHIFT)).wrapping_mul(FACTOR);
    hash ^ (hash >> SHIFT)
}
