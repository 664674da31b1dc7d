//! Builds the perfect hash of the names of codes.

#[path = "../../../runtime/name_hash.rs"]
mod name_hash;

use name_hash::name_hash;

/// A perfect hash: every name has a slot of its own.
pub(super) struct PerfectHash {
    pub(super) seed: u64,
    /// By bucket, the number that turns a hash into a slot. The length is a power of two.
    pub(super) displacements: Vec<u32>,
    /// By slot, the position of the name; an empty slot repeats position 0. The length is a power
    /// of two.
    pub(super) slots: Vec<u32>,
}

/// Names per bucket, on average.
const BUCKET: usize = 4;

/// Builds the table by hash and displace: the fullest buckets are placed first, each with the
/// first displacement that puts its names into free slots. A seed that does not work out is
/// followed by the next; distinct names always find one.
///
/// Source: Belazzougui, Botelho, Dietzfelbinger, "Hash, displace, and compress" (2009).
pub(super) fn build(names: &[&str]) -> PerfectHash {
    (1..)
        .find_map(|seed| try_build(names, seed))
        .expect("some seed separates distinct names")
}

/// Nothing where the seed does not work out. Numbers here always fit: tables are far smaller.
fn try_build(names: &[&str], seed: u64) -> Option<PerfectHash> {
    let slot_count = (names.len() + names.len() / 4).next_power_of_two();
    let bucket_count = (names.len() / BUCKET).next_power_of_two().max(2);
    let shift = 64 - bucket_count.trailing_zeros();
    let mask = slot_count as u64 - 1;
    let mut buckets: Vec<(usize, Vec<(u64, u32)>)> = (0..bucket_count)
        .map(|bucket| (bucket, Vec::new()))
        .collect();
    for (position, name) in names.iter().enumerate() {
        let hash = name_hash(name.as_bytes(), seed);
        let bucket = usize::try_from(hash >> shift).unwrap_or_default();
        buckets[bucket]
            .1
            .push((hash & mask, u32::try_from(position).unwrap_or_default()));
    }
    buckets.sort_by_key(|(bucket, names)| (std::cmp::Reverse(names.len()), *bucket));

    let mut slots: Vec<Option<u32>> = vec![None; slot_count];
    let mut displacements = vec![0; bucket_count];
    for (bucket, names) in buckets {
        let place = |displacement: u64| {
            let mut taken = Vec::with_capacity(names.len());
            for (low, _) in &names {
                let slot = usize::try_from(low ^ displacement).unwrap_or_default();
                if slots[slot].is_some() || taken.contains(&slot) {
                    return None;
                }
                taken.push(slot);
            }
            Some((displacement, taken))
        };
        let (displacement, taken) = (0..slot_count as u64).find_map(place)?;
        displacements[bucket] = u32::try_from(displacement).unwrap_or_default();
        for (slot, (_, position)) in taken.into_iter().zip(&names) {
            slots[slot] = Some(*position);
        }
    }
    Some(PerfectHash {
        seed,
        displacements,
        slots: slots.into_iter().map(Option::unwrap_or_default).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{build, name_hash};

    #[test]
    fn every_name_has_a_slot_of_its_own() {
        for count in [1_usize, 2, 101, 1_000, 5_000] {
            let names: Vec<String> = (0..count).map(|n| format!("code_{n:05}_name")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let table = build(&names);
            let shift = 64 - table.displacements.len().trailing_zeros();
            for (position, name) in names.iter().enumerate() {
                let hash = name_hash(name.as_bytes(), table.seed);
                let bucket = usize::try_from(hash >> shift).unwrap();
                let low = usize::try_from(hash & (table.slots.len() as u64 - 1)).unwrap();
                let slot = low ^ table.displacements[bucket] as usize;
                assert_eq!(table.slots[slot] as usize, position, "{name} of {count}");
            }
        }
    }
}
