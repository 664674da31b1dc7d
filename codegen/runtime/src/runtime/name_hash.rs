//! Finds a name by its hash. The tool that fills the tables and the crate that reads them share it.

/// Finds the value of a name: `candidate` returns the bytes of the only name with a hash, and its value.
#[inline]
pub(crate) fn find<'a, T>(
    name: &str,
    seed: u64,
    candidate: impl Fn(u64) -> (&'a [u8], T),
) -> Option<T> {
    let name = name.as_bytes();
    let Some(hash) = usual_hash(name, seed) else {
        return find_long(name, seed, candidate);
    };
    let (found, value) = candidate(hash);
    if is_same_usual(found, name) {
        Some(value)
    } else {
        None
    }
}

/// Finds a long name. A separate function, because its size would slow usual names down.
#[cold]
#[inline(never)]
fn find_long<'a, T>(name: &[u8], seed: u64, candidate: impl Fn(u64) -> (&'a [u8], T)) -> Option<T> {
    let (found, value) = candidate(long_hash(name, seed));
    if found == name { Some(value) } else { None }
}

/// The slot of a hash, in its high bits.
#[inline]
pub(crate) fn displace(hash: u64, displacement: u16) -> u64 {
    (hash ^ u64::from(displacement)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Hashes a name.
#[allow(
    dead_code,
    reason = "what looks for a name knows of which length it is"
)]
pub(crate) fn name_hash(name: &[u8], seed: u64) -> u64 {
    usual_hash(name, seed).unwrap_or_else(|| long_hash(name, seed))
}

/// Hashes a long name: all of it, but only its ends if the seed is even.
#[inline]
fn long_hash(name: &[u8], seed: u64) -> u64 {
    let mut hash = Hash::new(name, seed);
    if seed & 1 == 0 {
        return hash.ends::<LONG_END>(name).unwrap_or_default();
    }
    let mut rest = name;
    while let Some((word, after)) = rest.split_first_chunk() {
        hash.mix(u64::from_le_bytes(*word), 0);
        rest = after;
    }
    let last = rest
        .iter()
        .fold(0, |word, byte| (word << 8) | u64::from(*byte));
    hash.mix(last, 0);
    hash.state
}

/// How many of its first and of its last bytes stand for a long name.
pub(crate) const LONG_END: usize = 16;
/// A name with more bytes is long.
pub(crate) const LONGEST_USUAL: usize = 64;
/// Lengths that differ by as much turn the seed as far.
#[allow(dead_code, reason = "the tool compares lengths")]
pub(crate) const TURNS: usize = 64;

/// Hashes a name of at most 64 bytes. Its first and its last bytes are all of it, as soon as they meet.
#[inline]
fn usual_hash(name: &[u8], seed: u64) -> Option<u64> {
    if name.len() > LONGEST_USUAL {
        return None;
    }
    let hash = Hash::new(name, seed);
    let ends = hash
        .ends::<32>(name)
        .or_else(|| hash.ends::<16>(name))
        .or_else(|| hash.ends::<8>(name))
        .or_else(|| hash.short_ends(name));
    Some(ends.unwrap_or_else(|| hash.few(name)))
}

/// A hash in the making.
#[derive(Clone, Copy)]
struct Hash {
    state: u64,
    key: u64,
}

impl Hash {
    /// The length turns the seed: laid over it, a length could undo a letter.
    #[inline]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a turn has 64 steps, and names that long also differ in their number of words"
    )]
    fn new(name: &[u8], seed: u64) -> Self {
        Self {
            state: seed.rotate_left(name.len() as u32),
            key: seed.rotate_left(32),
        }
    }

    /// Mixes in two words. Both factors of the product vary with the seed: a factor that is zero, or
    /// loses bits in another way, does so with few seeds only.
    #[inline]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the product is cut into its two halves"
    )]
    fn mix(&mut self, left: u64, right: u64) {
        let product = u128::from(self.state ^ left) * u128::from(self.key ^ right);
        self.state = (product as u64) ^ ((product >> 64) as u64);
    }

    /// Ends with the first and the last `N` bytes of a name that has as many; `N` is a multiple of 8.
    #[inline]
    fn ends<const N: usize>(mut self, name: &[u8]) -> Option<u64> {
        let mut first = name.first_chunk::<N>()?.as_slice();
        let mut last = name.last_chunk::<N>()?.as_slice();
        while let (Some((left, first_rest)), Some((right, last_rest))) =
            (first.split_first_chunk(), last.split_first_chunk())
        {
            self.mix(u64::from_le_bytes(*left), u64::from_le_bytes(*right));
            (first, last) = (first_rest, last_rest);
        }
        Some(self.state)
    }

    /// Ends with a name of at most 3 bytes.
    #[inline]
    fn few(mut self, name: &[u8]) -> u64 {
        self.mix(word_of_few(name), 0);
        self.state
    }

    /// Ends with the first and the last 4 bytes of a name.
    #[inline]
    fn short_ends(mut self, name: &[u8]) -> Option<u64> {
        let first = u32::from_le_bytes(*name.first_chunk()?);
        let last = u32::from_le_bytes(*name.last_chunk()?);
        self.mix(first.into(), last.into());
        Some(self.state)
    }
}

/// A name of at most 3 bytes as a word: its first, its middle and its last byte.
#[inline]
fn word_of_few(name: &[u8]) -> u64 {
    let [first, .., last] = name else {
        return name.first().copied().map_or(0, u64::from);
    };
    let middle = name[name.len() / 2];
    u64::from(*first) | u64::from(middle) << 8 | u64::from(*last) << 16
}

/// Whether two names are equal, if one has at most 64 bytes.
#[inline]
fn is_same_usual(name: &[u8], other: &[u8]) -> bool {
    name.len() == other.len()
        && have_same_ends::<32>(name, other)
            .or_else(|| have_same_ends::<16>(name, other))
            .or_else(|| have_same_ends::<8>(name, other))
            .or_else(|| have_same_ends::<4>(name, other))
            .unwrap_or_else(|| word_of_few(name) == word_of_few(other))
}

#[inline]
fn have_same_ends<const N: usize>(name: &[u8], other: &[u8]) -> Option<bool> {
    let same_first = name.first_chunk::<N>()? == other.first_chunk::<N>()?;
    Some(same_first && name.last_chunk::<N>()? == other.last_chunk::<N>()?)
}
