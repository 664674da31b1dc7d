//! Adds the history of the lock to a catalog.

use crate::ast::CatalogAst;
use crate::catalog::{Audience, Catalog, Event, Release, Released};
use crate::compat::lock::{Lock, Locked, LockedEvent};
use crate::compat::subject;
use crate::record::Kind;
use crate::unord_map::UnordMap;

/// Adds the history to a catalog, and its public part to the public catalog. A catalog without a version gets the last
/// released version.
pub(crate) fn apply(catalog: &mut Catalog, ast: &CatalogAst, lock: &Lock) {
    let api = ast.api.value.as_ref();
    let version = api
        .is_some_and(|api| api.version.is_none())
        .then(|| lock.version());
    if let Some(public) = &mut catalog.public {
        tell(public, lock, version, Audience::Public);
    }
    tell(catalog, lock, version, Audience::Internal);
}

/// Adds the events that this audience may see.
fn tell(catalog: &mut Catalog, lock: &Lock, version: Option<&str>, reader: Audience) {
    if let Some(version) = version {
        version.clone_into(&mut catalog.api.version);
    }
    lock.supply_catalog(catalog);
    let events = |locked: &Locked| -> Vec<Event> {
        let known = locked
            .history
            .iter()
            .filter(|event| may_know(reader, event));
        known.map(|event| told(locked, event, reader)).collect()
    };
    let of_kind = |kind: Kind| -> UnordMap<&str, &Locked> {
        let entries = lock
            .entries
            .iter()
            .filter(|locked| locked.entry.kind == kind);
        entries
            .map(|locked| (locked.entry.name.as_str(), locked))
            .collect()
    };
    let (codes, retired) = (of_kind(Kind::Code), of_kind(Kind::Retired));
    for code in &mut catalog.codes {
        if let Some(locked) = codes.get(code.names.wire.as_str()) {
            code.history = events(locked);
            let first = code.history.first();
            code.since = code
                .since
                .take()
                .or(first.map(|event| event.version.clone()));
        }
    }
    for code in &mut catalog.retired {
        // A code that is not yet released as retired is still a code in the lock.
        let name = code.wire.as_str();
        if let Some(locked) = retired.get(name).or(codes.get(name)) {
            code.history = events(locked);
        }
    }
    catalog.releases = releases(catalog, lock, reader);
}

fn may_know(reader: Audience, event: &LockedEvent) -> bool {
    reader == Audience::Internal || event.audience == Audience::Public
}

/// The event; the reason for which a code became internal is internal too.
fn told(locked: &Locked, event: &LockedEvent, reader: Audience) -> Event {
    let mut event = event.event.clone();
    if reader == Audience::Public && locked.entry.is_internal() {
        event.reason = None;
    }
    event
}

fn releases(catalog: &Catalog, lock: &Lock, reader: Audience) -> Vec<Release> {
    let slugs: UnordMap<&str, &str> = {
        let codes = catalog
            .codes
            .iter()
            .map(|code| (&code.names.wire, &code.names.slug));
        let retired = catalog.retired.iter().map(|code| (&code.wire, &code.slug));
        let pages = retired.chain(codes);
        pages
            .map(|(name, slug)| (name.as_str(), slug.as_str()))
            .collect()
    };
    let mut releases: Vec<Release> = lock
        .releases
        .iter()
        .map(|(version, date)| Release {
            version: version.clone(),
            date: date.clone(),
            changes: Vec::new(),
        })
        .collect();
    let positions: UnordMap<&str, usize> = {
        let versions = lock.releases.iter().enumerate();
        versions
            .map(|(position, (version, _))| (version.as_str(), position))
            .collect()
    };
    let mut all: Vec<(&Locked, &LockedEvent)> = lock
        .entries
        .iter()
        .chain(&lock.removed)
        .flat_map(|locked| locked.history.iter().map(move |event| (locked, event)))
        .filter(|(_, event)| may_know(reader, event))
        .collect();
    all.sort_by(|(left, one), (right, other)| {
        let order =
            |locked: &Locked, event: &LockedEvent| (event.event.level, locked.entry.kind.rank());
        let names = (&left.entry.name, &right.entry.name);
        order(left, one)
            .cmp(&order(right, other))
            .then(names.0.cmp(names.1))
    });
    for (locked, event) in all {
        let Some(position) = positions.get(event.event.version.as_str()) else {
            continue;
        };
        let (kind, name) = locked.entry.key();
        let is_code = matches!(kind, Kind::Code | Kind::Retired);
        let slug = slugs.get(name).filter(|_| is_code);
        releases[*position].changes.push(Released {
            subject: subject(kind, name),
            slug: slug.map(|slug| (*slug).to_owned()),
            event: told(locked, event, reader),
        });
    }
    releases.reverse();
    releases
}
