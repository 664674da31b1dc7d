//! Readings of bodies that were there before.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::body::Reading;
use super::request::Styles;

/// The number of bodies that are kept.
const SIZE: usize = 4096;
/// The longest body that is kept.
const MAX_BODY: usize = 2048;

/// The readings of bodies. Most errors of a server have the same few bodies.
#[derive(Debug)]
pub(super) struct Cache(Vec<Slot>);

/// A place for a body. A body is kept when its hash is there the second time, so that bodies that are all different, such
/// as those with a request id, are not copied.
#[derive(Clone, Debug, Default)]
struct Slot {
    hash: u64,
    kept: Option<Arc<Kept>>,
}

/// What the reading of a body depends on besides the body: the styles, the status, and the first operation of the request
/// if that matters.
pub(super) type Key = (Styles, u16, Option<usize>);

#[derive(Debug)]
struct Kept {
    key: Key,
    body: Box<[u8]>,
    reading: Arc<Reading>,
}

impl Cache {
    pub(super) fn new() -> Self {
        Self(vec![Slot::default(); SIZE])
    }

    /// The reading of a body.
    pub(super) fn get(
        &mut self,
        body: &[u8],
        key: Key,
        read: impl FnOnce() -> Reading,
    ) -> Arc<Reading> {
        if body.len() > MAX_BODY {
            return Arc::new(read());
        }
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        hasher.write(body);
        let hash = hasher.finish();
        #[expect(clippy::cast_possible_truncation, reason = "any part of the hash does")]
        let slot = &mut self.0[hash as usize % SIZE];
        if slot.hash != hash {
            *slot = Slot { hash, kept: None };
            return Arc::new(read());
        }
        if let Some(kept) = &slot.kept
            && kept.key == key
            && *kept.body == *body
        {
            return Arc::clone(&kept.reading);
        }
        let reading = Arc::new(read());
        slot.kept = Some(Arc::new(Kept {
            key,
            body: body.into(),
            reading: Arc::clone(&reading),
        }));
        reading
    }
}
