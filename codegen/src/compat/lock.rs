//! `catalog.lock`: the released catalog, with the history of each entry.

mod ast;
mod read;
mod supply;
mod update;
mod write;

use super::compare::Baseline;
use crate::catalog::{Audience, Event};
use crate::record::{Entry, Kind, Members};
use crate::span::Span;
use crate::unord_map::UnordMap;

pub(crate) use read::{is_lock, read};
pub(crate) use update::update;
pub(crate) use write::write;

/// The version of the file format.
pub(crate) const FORM: u64 = 1;

/// The catalog as of its last release.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lock {
    /// The releases with their dates, in order.
    pub(crate) releases: Vec<(String, String)>,
    /// The entries of the last release, sorted by kind and name.
    pub(crate) entries: Vec<Locked>,
    /// The entries that an earlier release removed, sorted likewise. Of their fields, only the audience remains.
    pub(crate) removed: Vec<Locked>,
}

/// An entry that was released.
#[derive(Clone, Debug)]
pub(crate) struct Locked {
    pub(crate) entry: Entry,
    /// The changes of the releases, in order.
    pub(crate) history: Vec<LockedEvent>,
    /// Its former pages that no longer exist.
    pub(crate) lost: Vec<String>,
    /// Its former Rust names that no longer exist.
    pub(crate) lost_rust: Vec<String>,
    /// The kinds of its former arguments that no longer exist, by their names.
    pub(crate) lost_args: Members,
    /// The place of its name in the file.
    pub(crate) key: Span,
}

impl Locked {
    /// All Rust names that it ever had.
    fn rust_names(&self) -> impl Iterator<Item = &str> {
        let lost = self.lost_rust.iter().map(String::as_str);
        lost.chain(self.entry.rust_names())
    }

    /// The kinds of all arguments that it ever had, each with its last kind.
    fn arguments(&self) -> Members {
        let mut kinds = self.lost_args.clone();
        kinds.extend(
            self.entry
                .arguments()
                .map(|(name, kind)| (name.to_owned(), kind.into())),
        );
        kinds
    }
}

/// A change of an entry in a release, with its audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LockedEvent {
    pub(crate) event: Event,
    pub(crate) audience: Audience,
}

impl Lock {
    /// The version of the last release; empty without a release.
    pub(crate) fn version(&self) -> &str {
        self.releases.last().map_or("", |(version, _)| version)
    }

    /// The last version without a pre-release part.
    pub(crate) fn last_final(&self) -> Option<String> {
        let versions = self.releases.iter().rev().map(|(version, _)| version);
        let mut finals = versions.filter(|version| {
            let parsed = semver::Version::parse(version);
            parsed.is_ok_and(|version| version.pre.is_empty())
        });
        finals.next().cloned()
    }

    /// The names of all codes that were ever released.
    pub(crate) fn codes(&self) -> UnordMap<&str, ()> {
        let all = self.removed.iter().chain(&self.entries);
        let codes = all.filter(|locked| locked.entry.kind == Kind::Code);
        let names = codes.map(|locked| locked.entry.name.as_str());
        names.map(|name| (name, ())).collect()
    }

    /// The old side of a comparison with this lock.
    pub(crate) fn baseline(&self) -> Baseline<'_> {
        let gone = self.removed.iter().map(|locked| &locked.entry);
        let all = self.entries.iter().chain(&self.removed);
        let lost = all.flat_map(|locked| {
            let pages = locked.lost.iter();
            pages.map(|page| (page.as_str(), locked.entry.name.as_str()))
        });
        let all = self.entries.iter().chain(&self.removed);
        let lost_rust = all.flat_map(|locked| {
            let names = locked.lost_rust.iter();
            names.map(|name| (locked.entry.kind, name.clone(), locked.entry.name.as_str()))
        });
        let codes = self.entries.iter();
        let lost_args = codes.flat_map(|locked| {
            let kinds = locked.lost_args.iter();
            kinds.filter_map(|(name, kind)| {
                Some(((locked.entry.name.as_str(), name.as_str()), kind.as_str()?))
            })
        });
        Baseline {
            entries: self.entries.iter().map(|locked| &locked.entry).collect(),
            gone: gone
                .map(|entry| (entry.kind.namespace(), entry.name.as_str()))
                .collect(),
            lost: lost.collect(),
            lost_rust: lost_rust.collect(),
            lost_args: lost_args.collect(),
        }
    }
}
