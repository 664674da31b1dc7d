//! What tells that two reports of different days report the same mistake.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::fnv_1a;
use crate::report::line_index::LineIndex;

/// The name of the fingerprint. The number changes with what is hashed.
pub(super) const KEY: &str = "placeInCatalog/v1";

/// How much of the line counts on each side of where the place begins, in bytes.
const AROUND: usize = 100;

/// The fingerprints that were given out, each with how often.
#[derive(Default)]
pub(super) struct Fingerprints(BTreeMap<u64, usize>);

impl Fingerprints {
    /// The fingerprint of a diagnostic: a hash of its rule and of what stands around its place, and
    /// a number where others have the same. Lines that come and go elsewhere change nothing.
    pub(super) fn take(&mut self, places: &LineIndex<'_>, diagnostic: &Diagnostic) -> String {
        let line = places.line_around(diagnostic.primary.span, AROUND);
        let words = line.split_whitespace();
        let parts = std::iter::once(diagnostic.rule.id()).chain(words);
        // A zero byte, which no text of a catalog holds, ends each part.
        let bytes = parts.flat_map(|part| part.bytes().chain([0]));
        let hash = fnv_1a(bytes);
        let count = self.0.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}
