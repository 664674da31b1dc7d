//! Lists whose first entry that fits applies.

use super::{Findings, optional};
use crate::ast::{Mapping, Spanned};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

/// What is said of such a list.
pub(super) struct FirstFit {
    /// The most entries, since each is compared with all before it.
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

impl FirstFit {
    /// Resolves the entries. `covers` tells whether an earlier one fits all that a later one fits.
    pub(super) fn resolve<A, T>(
        &self,
        field: Option<&Spanned<Vec<Mapping<A>>>>,
        resolve: impl Fn(&Mapping<A>, &mut Findings<'_>) -> Option<T>,
        covers: impl Fn(&T, &T) -> bool,
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
        for (position, entry) in entries.iter().enumerate() {
            let mut earlier = entries[..position].iter();
            let Some(first) = earlier.position(|earlier| covers(earlier, entry)) else {
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
