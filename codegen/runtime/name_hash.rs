//! The hash of a name. The tool that fills the tables and the crate that reads them share it.

/// Hashes a name, eight bytes a step: each step folds a 128-bit product to 64 bits.
pub(crate) fn name_hash(name: &[u8], seed: u64) -> u64 {
    let mut hash = seed ^ name.len() as u64;
    let mut rest = name;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        hash = fold(hash ^ u64::from_le_bytes(*word));
        rest = after;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(hash ^ u64::from_le_bytes(last))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the product is cut into its two halves"
)]
const fn fold(word: u64) -> u64 {
    let product = word as u128 * 0x9E37_79B9_7F4A_7C15;
    (product as u64) ^ ((product >> 64) as u64)
}
