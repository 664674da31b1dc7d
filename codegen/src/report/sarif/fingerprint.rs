//! Fingerprints that identify the same diagnostic across runs.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::fnv_1a;
use crate::report::line_index::LineIndex;

/// The name of the fingerprint. Its version changes with the hashed parts.
pub(super) const KEY: &str = "placeInCatalog/v1";

/// The hashed bytes of the line on each side of the start of the span.
const AROUND: usize = 100;

/// The fingerprints so far, with their counts.
#[derive(Default)]
pub(super) struct Fingerprints(BTreeMap<u64, usize>);

impl Fingerprints {
    /// The fingerprint of a diagnostic: a hash of its rule and of the text around its span, and a
    /// number if others have the same hash. It does not depend on other lines.
    pub(super) fn take(&mut self, places: &LineIndex<'_>, diagnostic: &Diagnostic) -> String {
        let line = places.line_around(diagnostic.primary.span, AROUND);
        let words = line.split_whitespace();
        let parts = std::iter::once(diagnostic.rule.id()).chain(words);
        // A zero byte ends each part: a catalog cannot contain one.
        let hash = fnv_1a(parts.flat_map(|part| part.bytes().chain([0])));
        let count = self.0.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}
