//! Lists whose first entry that fits applies.

use std::hash::Hash;

use super::{Findings, optional};
use crate::ast::{Mapping, Spanned};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// What is said of such a list.
pub(super) struct FirstFit {
    /// The most entries.
    pub(super) most: usize,
    /// What its entries are called.
    pub(super) entries: &'static str,
    /// How to do with fewer entries.
    pub(super) fewer: &'static str,
    /// The rule about an entry after one that fits all that it fits.
    pub(super) unreachable: Rule,
    /// What is said of that entry, of the earlier one, and how to mend it.
    pub(super) said: [&'static str; 3],
}

/// An entry of such a list.
pub(super) trait Entry {
    /// What tells entries apart that have nothing in common.
    type Key: Eq + Hash;

    fn key(&self) -> Self::Key;

    /// The keys of all entries that can cover this one.
    fn keys_of_covering(&self) -> Vec<Self::Key>;

    /// Whether the entry fits all that a later one fits.
    fn covers(&self, later: &Self) -> bool;
}

impl FirstFit {
    /// Resolves the entries.
    pub(super) fn resolve<A, T: Entry>(
        &self,
        field: Option<&Spanned<Vec<Mapping<A>>>>,
        resolve: impl Fn(&Mapping<A>, &mut Findings<'_>) -> Option<T>,
        findings: &mut Findings<'_>,
    ) -> Option<Vec<T>> {
        let asts = optional(field).map_or(&[][..], Vec::as_slice);
        if let Some(field) = field.filter(|_| asts.len() > self.most) {
            let (count, entries, most) = (asts.len(), self.entries, self.most);
            let message = format!("there are {count} {entries}, more than {most}");
            findings.push(Diagnostic::new(Rule::TooLarge, field.key, message).help(self.fewer));
            return None;
        }
        // Every fault is reported.
        let entries: Vec<Option<T>> = asts.iter().map(|ast| resolve(ast, findings)).collect();
        let entries: Vec<T> = entries.into_iter().collect::<Option<_>>()?;
        let mut is_sound = true;
        let mut earlier: UnordMap<T::Key, Vec<usize>> = UnordMap::default();
        for (position, entry) in entries.iter().enumerate() {
            let keys = entry.keys_of_covering();
            let covering = keys.iter().filter_map(|key| {
                let mut positions = earlier.get(key)?.iter().copied();
                positions.find(|earlier| entries[*earlier].covers(entry))
            });
            let first = covering.min();
            earlier.get_or_default(entry.key()).push(position);
            let Some(first) = first else {
                continue;
            };
            is_sound = false;
            let [unreachable, fits_all, help] = self.said;
            findings.push(
                Diagnostic::new(self.unreachable, asts[position].span, unreachable)
                    .related(asts[first].span, fits_all)
                    .help(help),
            );
        }
        is_sound.then_some(entries)
    }
}
