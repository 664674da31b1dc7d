//! The lock after a release.

use super::{Lock, Locked, LockedEvent};
use crate::compat::change::Change;
use crate::record::{Entry, Kind, Members};
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The lock after a release: the current entries, each with its history and its changes in this release.
pub(crate) fn update(
    last: &Lock,
    entries: Vec<Entry>,
    changes: &[Change],
    (version, date): (&str, &str),
) -> Lock {
    let mut past = Past::new(last);
    let mut entries: Vec<Locked> = entries.into_iter().map(|entry| past.take(entry)).collect();
    // The remaining entries are removed by this release.
    let mut removed: Vec<Locked> = past.rest();
    let mut at: UnordMap<(Kind, String), (bool, usize)> = UnordMap::default();
    for (is_there, list) in [(false, &removed), (true, &entries)] {
        for (position, locked) in list.iter().enumerate() {
            let key = (locked.entry.kind, locked.entry.name.clone());
            at.insert(key, (is_there, position));
        }
    }
    for change in changes {
        let retired = (Kind::Retired, change.name.clone());
        let own = (change.kind, change.name.clone());
        // The history of a retired code belongs to its tombstone.
        let found = match at.get(&own) {
            Some((true, position)) => Some((true, *position)),
            other => at
                .get(&retired)
                .filter(|_| change.kind == Kind::Code)
                .or(other)
                .copied(),
        };
        let locked = match found {
            Some((true, position)) => &mut entries[position],
            Some((false, position)) => &mut removed[position],
            None => continue,
        };
        if change.rule == "anchor-lost" && matches!(change.field.as_str(), "slug" | "aliases") {
            locked.lost.extend(change.old.clone());
        }
        locked.history.push(LockedEvent {
            event: change.event(version),
            audience: change.audience,
        });
    }
    let mut releases = last.releases.clone();
    releases.push((version.to_owned(), date.to_owned()));
    Lock {
        releases,
        entries,
        removed,
    }
}

/// The entries of the last release.
struct Past {
    known: Vec<Option<Locked>>,
    positions: UnordMap<(Kind, String), usize>,
}

impl Past {
    fn new(last: &Lock) -> Self {
        let known = last.removed.iter().chain(&last.entries);
        let known: Vec<_> = known.cloned().map(Some).collect();
        let positions = known.iter().flatten().enumerate();
        Self {
            positions: positions
                .map(|(position, locked)| {
                    ((locked.entry.kind, locked.entry.name.clone()), position)
                })
                .collect(),
            known,
        }
    }

    /// The entry with its history. A tombstone takes the history of its code, and a code that is used again the history
    /// of its tombstone.
    fn take(&mut self, entry: Entry) -> Locked {
        let other = match entry.kind {
            Kind::Code => Some(Kind::Retired),
            Kind::Retired => Some(Kind::Code),
            _ => None,
        };
        let own = self.known_as(entry.kind, &entry.name);
        let other = other.and_then(|kind| self.known_as(kind, &entry.name));
        let mut locked = Locked {
            entry,
            history: Vec::new(),
            lost: Vec::new(),
            lost_rust: Vec::new(),
            lost_args: Members::new(),
            key: Span::default(),
        };
        let mut rust_names = Vec::new();
        for known in [other, own].into_iter().flatten() {
            rust_names.extend(known.rust_names().map(str::to_owned));
            if locked.entry.kind == Kind::Code {
                locked.lost_args.extend(known.arguments());
            }
            locked.history.extend(known.history);
            locked.lost.extend(known.lost);
        }
        let Locked {
            entry, lost_args, ..
        } = &mut locked;
        lost_args.retain(|name, _| entry.argument(name).is_none());
        for name in rust_names {
            let is_known = locked.rust_names().any(|known| known == name);
            if !is_known {
                locked.lost_rust.push(name);
            }
        }
        locked
    }

    fn known_as(&mut self, kind: Kind, name: &str) -> Option<Locked> {
        let position = self.positions.get(&(kind, name.to_owned())).copied()?;
        self.known[position].take()
    }

    /// The entries that no longer exist: their pages and Rust names are lost, and only their history is kept.
    fn rest(self) -> Vec<Locked> {
        let rest = self.known.into_iter().flatten();
        let mut rest: Vec<Locked> = rest
            .filter(|locked| !locked.entry.kind.is_single())
            .map(|mut locked| {
                let pages: Vec<String> = locked.entry.pages().map(str::to_owned).collect();
                locked.lost.extend(pages);
                locked.lost_rust = locked.rust_names().map(str::to_owned).collect();
                locked.entry.fields.retain(|field, _| field == "audience");
                locked
            })
            .collect();
        rest.sort_by(|left, right| left.entry.key().cmp(&right.entry.key()));
        rest
    }
}
