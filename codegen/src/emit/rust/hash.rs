//! Builds perfect hashes of names.

#[path = "../../../runtime/src/runtime/name_hash.rs"]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "only crates and tests find names")
)]
mod name_hash;

use std::cmp::Reverse;

use name_hash::{LONG_END, LONGEST_USUAL, TURNS, displace, name_hash};

/// A perfect hash: every name has its own slot.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PerfectHash {
    pub(super) seed: u64,
    /// By bucket, the number that turns a hash into a slot. The length is a power of two.
    pub(super) displacements: Vec<u16>,
    /// By slot, the position of the name; an empty slot repeats position 0. The length is a power
    /// of two.
    pub(super) slots: Vec<u32>,
}

/// Names per bucket, on average.
const BUCKET: usize = 4;

// The bounds below are far from what a seed needs. They keep names that were made to defeat a seed
// from costing more than the next seed.

/// The most names in a bucket.
const FULLEST: usize = 32;
/// How many displacements are tried for a bucket.
const DISPLACEMENTS: u16 = 1024;
/// How many seeds are tried. Nearly always the first one is good.
const SEEDS: u64 = 64;
/// Makes seeds of small numbers: all bits of a seed must vary, for those of a short name do not.
const SEED_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Builds the table by hash and displace: the fullest buckets are placed first, each with the
/// first displacement that puts its names into free slots. Nothing where no seed works out, as with
/// a name that is there twice.
///
/// Source: Belazzougui, Botelho, Dietzfelbinger, "Hash, displace, and compress" (2009).
pub(super) fn build(names: &[&str]) -> Option<PerfectHash> {
    let is_odd = have_equal_ends(names);
    (1..=SEEDS).find_map(|number| try_build(names, seed(number, is_odd)))
}

/// A seed with a number: an odd one makes the hash of a long name that of all its bytes.
fn seed(number: u64, is_odd: bool) -> u64 {
    let seed = number.wrapping_mul(SEED_FACTOR);
    if is_odd { seed | 1 } else { seed & !1 }
}

/// Whether the hash needs more of a long name than its ends: another name has them too, and a length that turns the seed
/// as far.
fn have_equal_ends(names: &[&str]) -> bool {
    let names = names.iter().map(|name| name.as_bytes());
    // Of shorter names, only these are hashed by as many bytes.
    let names = names.filter(|name| {
        name.len() > LONGEST_USUAL || (LONG_END..2 * LONG_END).contains(&name.len())
    });
    let ends = names.map(|name| {
        let ends = (
            name.first_chunk::<LONG_END>(),
            name.last_chunk::<LONG_END>(),
        );
        (name.len() % TURNS, ends)
    });
    let mut ends: Vec<_> = ends.collect();
    ends.sort_unstable();
    ends.windows(2).any(|pair| pair.first() == pair.last())
}

/// Nothing where the seed does not work out.
fn try_build(names: &[&str], seed: u64) -> Option<PerfectHash> {
    let slot_count = (names.len() + names.len() / 4).next_power_of_two().max(2);
    let bucket_count = (names.len() / BUCKET).next_power_of_two().max(2);
    let bucket_of = |hash: u64| high_bits(hash, bucket_count);
    let mut hashes: Vec<(u64, u32)> = names
        .iter()
        .zip(0..)
        .map(|(name, position)| (name_hash(name.as_bytes(), seed), position))
        .collect();
    hashes.sort_unstable();
    let mut buckets: Vec<&[(u64, u32)]> = hashes
        .chunk_by(|(left, _), (right, _)| bucket_of(*left) == bucket_of(*right))
        .collect();
    buckets.sort_by_key(|bucket| Reverse(bucket.len()));

    let mut slots: Vec<Option<u32>> = vec![None; slot_count];
    let mut displacements = vec![0; bucket_count];
    let mut taken = Vec::new();
    for bucket in buckets {
        if bucket.len() > FULLEST {
            return None;
        }
        let displacement = (0..DISPLACEMENTS).find(|displacement| {
            taken.clear();
            bucket.iter().all(|(hash, _)| {
                let slot = high_bits(displace(*hash, *displacement), slot_count);
                let is_free = slots[slot].is_none() && !taken.contains(&slot);
                taken.push(slot);
                is_free
            })
        })?;
        displacements[bucket_of(bucket[0].0)] = displacement;
        for (slot, (_, position)) in taken.iter().zip(bucket) {
            slots[*slot] = Some(*position);
        }
    }
    Some(PerfectHash {
        seed,
        displacements,
        slots: slots.into_iter().map(Option::unwrap_or_default).collect(),
    })
}

/// As many high bits as number `count` places, a power of two that is not 1.
fn high_bits(word: u64, count: usize) -> usize {
    // They fit: places are counted by a `usize`.
    usize::try_from(word >> (64 - count.trailing_zeros())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::name_hash::{displace, find, name_hash};
    use super::{FULLEST, PerfectHash, build, have_equal_ends, high_bits, seed, try_build};

    impl PerfectHash {
        /// Finds the position of a name as the generated crate does.
        fn find(&self, names: &[&str], name: &str) -> Option<usize> {
            find(name, self.seed, |hash| {
                let displacement = self.displacements[high_bits(hash, self.displacements.len())];
                let slot = high_bits(displace(hash, displacement), self.slots.len());
                let position = usize::try_from(self.slots[slot]).unwrap();
                (names[position].as_bytes(), position)
            })
        }
    }

    /// Builds the table, finds every name in it, and nothing that differs from a name in a byte.
    fn check(names: &[String]) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let table = build(&names).unwrap();
        assert_eq!(Some(&table), build(&names).as_ref(), "tables vary");
        let positions: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
        for name in &names {
            let find = |name: &str| table.find(&names, name);
            assert_eq!(find(name), positions.get(name).copied(), "{name}");
            for place in 0..name.len() {
                let (before, after) = (&name[..place], &name[place + 1..]);
                assert_eq!(find(&format!("{before}~{after}")), None);
                let shorter = format!("{before}{after}");
                let known = positions.get(shorter.as_str()).copied();
                assert_eq!(find(&shorter), known, "{shorter}");
            }
            assert_eq!(find(&format!("{name}~")), None);
        }
    }

    #[test]
    fn every_name_has_a_slot_of_its_own() {
        for count in [1, 2, 101, 819, 1_000, 3_276, 10_000] {
            let names: Vec<String> = (0..count).map(|n| format!("code_{n:05}_name")).collect();
            check(&names);
        }
    }

    /// A length and a letter can differ by the same bits: one must not undo the other.
    #[test]
    fn names_of_every_length_have_slots() {
        let mut names = Vec::new();
        for length in 1..=100 {
            let base = "x".repeat(length);
            for (letter, place) in [("x", 0), ("a", 0), ("b", length / 2), ("c", length - 1)] {
                let (before, after) = (&base[..place], &base[place + 1..]);
                names.push(format!("{before}{letter}{after}"));
            }
        }
        check(&names);
    }

    #[test]
    fn very_short_names_have_slots() {
        let letters = || (b'a'..=b'z').map(char::from);
        let short = letters()
            .map(String::from)
            .chain(letters().flat_map(|left| letters().map(move |right| format!("{left}{right}"))));
        check(&short.collect::<Vec<_>>());
    }

    /// The ends of long names are enough, unless two names share them.
    #[test]
    fn long_names_have_slots() {
        let middle = |number| format!("{}{number:030}{}", "x".repeat(20), "y".repeat(20));
        let names = |count| (0..count).map(middle).collect::<Vec<String>>();
        assert!(have_equal_ends(
            &names(2).iter().map(String::as_str).collect::<Vec<_>>()
        ));
        check(&names(500));
        let mut names: Vec<String> = (0..500).map(|number| format!("{number:070}")).collect();
        assert!(!have_equal_ends(
            &names.iter().map(String::as_str).collect::<Vec<_>>()
        ));
        check(&names);
        // Lengths that turn the seed as far.
        names.extend((0..500).map(|number| format!("{number:06}")));
        names.extend((0..500).map(|number| format!("{number:0134}")));
        assert!(have_equal_ends(
            &names.iter().map(String::as_str).collect::<Vec<_>>()
        ));
        check(&names);
        let mut names: Vec<String> = (0..500).map(|number| format!("{number:020}")).collect();
        names.extend((0..500).map(|number| format!("{number:084}")));
        assert!(have_equal_ends(
            &names.iter().map(String::as_str).collect::<Vec<_>>()
        ));
        check(&names);
        check(
            &(1..=150)
                .map(|length| "c".repeat(length))
                .collect::<Vec<_>>(),
        );
    }

    /// Wherever names differ, the hash sees it.
    #[test]
    fn names_that_differ_in_one_place_only_have_slots() {
        for length in [4, 7, 8, 9, 16, 25, 31, 32, 33, 40, 63, 64, 65, 100] {
            for place in 0..length {
                let names: Vec<String> = ('A'..='Z')
                    .map(|letter| {
                        let (before, after) = ("x".repeat(place), "x".repeat(length - place - 1));
                        format!("{before}{letter}{after}")
                    })
                    .collect();
                check(&names);
            }
        }
    }

    #[test]
    fn names_that_are_made_to_defeat_a_seed_get_another() {
        let names: Vec<String> = (0..)
            .map(|number| format!("made_{number:06}"))
            .filter(|name| name_hash(name.as_bytes(), seed(1, false)) >> 58 == 0)
            .take(8 * FULLEST)
            .collect();
        let list: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(try_build(&list, seed(1, false)).is_none());
        check(&names);
    }

    /// No seed can separate what is the same: the search has an end.
    #[test]
    fn the_search_for_a_seed_ends() {
        assert_eq!(build(&["same", "same"]), None);
    }
}
