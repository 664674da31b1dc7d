//! The removal of keys, with the tasks that a draft wrote above them.

use super::Editor;
use crate::edit::cst::{Collection, Element, Layout, Part};

/// The keys to remove from one mapping: the position of each change, and the key.
pub(super) struct Removal<'d> {
    pub(super) parent: &'d Element<'d>,
    pub(super) keys: Vec<(usize, &'d Element<'d>)>,
}

impl Editor<'_, '_> {
    /// Removes keys. A mapping keeps at least one.
    pub(super) fn remove_all(&mut self) {
        for ((file, _), removal) in std::mem::take(&mut self.removals) {
            let Part::Collection(entries) = &removal.parent.value else {
                continue;
            };
            let mut keys = removal.keys;
            keys.sort_by_key(|(_, key)| key.start);
            if keys.len() == entries.children.len() {
                self.refused
                    .extend(keys.iter().map(|(position, _)| *position));
            } else if entries.layout == Layout::Block {
                for (position, key) in keys {
                    if !self.remove_lines(file, key) {
                        self.refused.push(position);
                    }
                }
            } else {
                self.remove_in_braces(file, entries, &keys);
            }
        }
    }

    /// Removes the lines of a key, with the tasks above it; not if a comment of a person is among or above them.
    fn remove_lines(&mut self, file: usize, key: &Element<'_>) -> bool {
        let Some((from, line)) = self.tasks(file, key) else {
            return false;
        };
        let text = self.splices[file].text();
        let above = text[..from].trim_end_matches(['\n', '\r']);
        let above = above.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        if self.has_comment(file, line..key.below)
            || (text[above..].trim_start_matches(' ').starts_with('#')
                && self.has_comment(file, above..from))
        {
            return false;
        }
        self.splices[file].replace(from..key.below, "");
        true
    }

    fn remove_in_braces(
        &mut self,
        file: usize,
        entries: &Collection<'_>,
        keys: &[(usize, &Element<'_>)],
    ) {
        let mut all: Vec<&Element<'_>> = entries.children.iter().collect();
        all.sort_by_key(|child| child.start);
        let removed = |child: &Element<'_>| keys.iter().any(|(_, key)| key.start == child.start);
        let kept = all.iter().position(|child| !removed(child)).unwrap_or(0);
        let mut ranges = Vec::new();
        if kept > 0 {
            ranges.push(all[0].start..all[kept].start);
        }
        let pairs = all.windows(2).skip(kept);
        ranges.extend(pairs.filter_map(|pair| match pair {
            [before, own] if removed(own) => Some(before.end..own.end),
            _ => None,
        }));
        if ranges
            .iter()
            .any(|range| self.has_comment(file, range.clone()))
        {
            self.refused
                .extend(keys.iter().map(|(position, _)| *position));
            return;
        }
        for range in ranges {
            self.splices[file].replace(range, "");
        }
    }

    /// Where the tasks that a draft wrote above a key begin, and where the line of the key begins; nothing for a key that
    /// does not begin its line.
    pub(super) fn tasks(&self, file: usize, key: &Element<'_>) -> Option<(usize, usize)> {
        let text = self.splices[file].text();
        let before = text[..key.start].trim_end_matches(' ');
        before.ends_with(['\n', '\r']).then_some(())?;
        let line = before.len();
        let mut from = line;
        loop {
            let before = text[..from].strip_suffix('\n').unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let comment = before[start..].trim_start_matches(' ');
            let at = before.len() - comment.len();
            let is_comment = self.commented[file].binary_search(&at).is_ok();
            if !is_comment || !comment.starts_with("# TODO: ") {
                return Some((from, line));
            }
            from = start;
        }
    }
}
