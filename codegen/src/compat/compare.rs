//! Compares the entries of two catalogs by the policy.

use serde_json::Value;

use crate::record::{Entry, Kind, Members, is_custom, items, shown};
use std::cell::OnceCell;

use super::change::{self, Change, Place};
use super::context::{ChangeContext, Snapshot, Snapshots};
use super::policy::{Case, Field, Shape, rows};
use super::{audience, describe, detect_renames};
use crate::catalog::Audience;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The old side of a comparison.
pub(crate) struct Baseline<'a> {
    pub(crate) entries: Vec<&'a Entry>,
    /// The entries that were removed in earlier releases. A retired code is a code.
    pub(crate) gone: Vec<(Kind, &'a str)>,
    /// Pages that earlier releases removed, each with its code.
    pub(crate) lost: Vec<(&'a str, &'a str)>,
    /// Rust names that earlier releases removed, each with the kind and the name of its entry.
    pub(crate) lost_rust: Vec<(Kind, String, &'a str)>,
    /// The kinds of arguments that earlier releases removed, by the code and the name.
    pub(crate) lost_args: Vec<((&'a str, &'a str), &'a str)>,
}

/// The changes from `old` to `new`, without their places. Both are sorted by kind and name.
pub(crate) fn compare(old: &Baseline<'_>, new: &[Entry]) -> Vec<Change> {
    let before = || old.entries.iter().copied();
    let sides = (Snapshot::new(before()), Snapshot::new(new.iter()));
    let renamed = detect_renames::renamed(&sides.0, &sides.1, &before(), new.iter());
    // The current owner of a page wins over a former one.
    let had = before().flat_map(|entry| entry.pages().map(|page| (page, entry.name.as_str())));
    let pages = old.lost.iter().copied().chain(had).collect();
    let has = before().flat_map(|entry| {
        let names = entry.rust_names();
        names.map(|name| (entry.kind, name.to_owned(), entry.name.as_str()))
    });
    let rust_names = old.lost_rust.iter().cloned().chain(has);
    let rust_names = rust_names.map(|(kind, name, owner)| ((kind.namespace(), name), owner));
    let snapshots = Snapshots {
        old: sides.0,
        new: sides.1,
        gone: old.gone.iter().map(|name| (*name, ())).collect(),
        pages,
        rust_names: rust_names.collect(),
        lost_args: old.lost_args.iter().copied().collect(),
        renamed,
    };
    let mut found = Vec::new();
    let (mut left, mut right) = (before().peekable(), new.iter().peekable());
    loop {
        let pair = match (
            left.peek().map(|entry| entry.key()),
            right.peek().map(|entry| entry.key()),
        ) {
            (None, None) => break,
            (Some(old), Some(new)) if old == new => (left.next(), right.next()),
            (Some(old), Some(new)) if old > new => (None, right.next()),
            (None, Some(_)) => (None, right.next()),
            (Some(_), _) => (left.next(), None),
        };
        Comparison {
            snapshots: &snapshots,
            entries: pair,
            is_internal: OnceCell::new(),
            found: &mut found,
        }
        .entry();
    }
    found.sort_by(|left, right| {
        let key = |change: &Change| (change.level, change.kind.rank());
        (key(left), &left.name).cmp(&(key(right), &right.name))
    });
    found
}

/// The field with the audience of a code.
const AUDIENCE: &str = "audience";

struct Comparison<'a, 'f> {
    snapshots: &'a Snapshots<'a>,
    entries: (Option<&'a Entry>, Option<&'a Entry>),
    /// Whether the entry is internal, computed once.
    is_internal: OnceCell<bool>,
    found: &'f mut Vec<Change>,
}

impl<'a> Comparison<'a, '_> {
    fn entry(&mut self) {
        match self.entries {
            (Some(old), Some(new)) => self.fields(old.kind, "", (&old.fields, &new.fields)),
            (Some(old), None) => {
                self.whole(old.kind, |row| row.removed);
                if let Some(tombstone) = self.tombstone(old) {
                    self.kept_pages(old, tombstone);
                }
            }
            // The code itself is reported as retired.
            (None, Some(new)) if new.kind == Kind::Retired && self.was_code(new) => {}
            (None, Some(new)) => self.whole(new.kind, |row| row.added),
            (None, None) => {}
        }
    }

    fn tombstone(&self, old: &Entry) -> Option<&'a Entry> {
        let is_code = old.kind == Kind::Code;
        let retired = self.snapshots.new.retired.get(old.name.as_str()).copied();
        retired.filter(|_| is_code)
    }

    fn was_code(&self, new: &Entry) -> bool {
        self.snapshots.old.codes.get(new.name.as_str()).is_some()
    }

    /// The entry itself was added or removed.
    fn whole(&mut self, kind: Kind, cases: fn(&Field) -> &'static [Case]) {
        let mut entries = rows(kind).iter().filter(|row| row.name.is_empty());
        if let Some(row) = entries.next() {
            self.report(row, cases(row), "", (None, None), None);
        }
    }

    /// A retired code keeps its pages.
    fn kept_pages(&mut self, old: &'a Entry, tombstone: &'a Entry) {
        let audiences = (old.get(AUDIENCE), tombstone.get(AUDIENCE));
        let kept: UnordMap<&str, ()> = tombstone.pages().map(|page| (page, ())).collect();
        let is_kept = |page: &str| kept.get(page).is_some();
        for row in rows(Kind::Code) {
            if row.name == AUDIENCE && audiences.0 != audiences.1 {
                self.report(row, row.changed, row.name, audiences, None);
            }
            let Some(value) = old.get(row.name) else {
                continue;
            };
            let lost: Vec<&Value> = match (row.name, value) {
                ("slug", Value::String(page)) if !is_kept(page) => vec![value],
                ("aliases", Value::Array(aliases)) => aliases
                    .iter()
                    .filter(|alias| matches!(alias, Value::String(page) if !is_kept(page)))
                    .collect(),
                _ => continue,
            };
            for page in lost {
                self.report(row, row.removed, row.name, (Some(page), None), None);
            }
        }
    }

    /// Compares the fields of an entry or an argument. Their paths begin with `prefix`.
    fn fields(&mut self, kind: Kind, prefix: &str, (old, new): (&'a Members, &'a Members)) {
        for row in rows(kind).iter().filter(|row| !row.name.is_empty()) {
            let path = format!("{prefix}{}", row.name);
            if row.is_custom() {
                self.members(row, &path, (custom(old), custom(new)));
                continue;
            }
            let values = (old.get(row.name), new.get(row.name));
            if values.0 != values.1 {
                self.field(row, &path, values);
            }
        }
    }

    /// The members of a mapping, key by key.
    fn members(&mut self, row: &'static Field, path: &str, sides: (Pairs<'a>, Pairs<'a>)) {
        each(sides, |key, values| {
            let path = format!("{path}.{key}");
            self.member(row, key, &path, values);
        });
    }

    /// A member of a mapping.
    fn member(
        &mut self,
        row: &'static Field,
        key: &'a str,
        path: &str,
        values: (Option<&'a Value>, Option<&'a Value>),
    ) {
        let context = ChangeContext {
            key,
            ..self.context(row, values, None)
        };
        self.report_in(row, row.cases(values), path, &context);
    }

    fn field(
        &mut self,
        row: &'static Field,
        path: &str,
        values: (Option<&'a Value>, Option<&'a Value>),
    ) {
        match row.shape {
            Shape::Value | Shape::Text => {
                self.report(row, row.cases(values), path, values, None);
            }
            Shape::Names => self.names(row, path, values),
            Shape::Map => self.members(row, path, (pairs(values.0), pairs(values.1))),
            Shape::Entries => each((pairs(values.0), pairs(values.1)), |name, values| {
                self.argument(name, &format!("{path}.{name}"), values);
            }),
        }
    }

    fn argument(
        &mut self,
        name: &'a str,
        path: &str,
        values: (Option<&'a Value>, Option<&'a Value>),
    ) {
        let object = |value: Option<&'a Value>| value.and_then(Value::as_object);
        if let (Some(old), Some(new)) = (object(values.0), object(values.1)) {
            self.fields(Kind::Argument, &format!("{path}."), (old, new));
            return;
        }
        for row in rows(Kind::Argument)
            .iter()
            .filter(|row| row.name.is_empty())
        {
            let context = ChangeContext {
                key: name,
                ..self.context(row, (None, None), None)
            };
            self.report_in(row, row.cases(values), path, &context);
        }
    }

    fn names(
        &mut self,
        row: &'static Field,
        path: &str,
        (old, new): (Option<&'a Value>, Option<&'a Value>),
    ) {
        let before = self.found.len();
        let is_in = |list: Option<&'a Value>| {
            let mut names: Vec<String> = items(list).iter().map(shown).collect();
            names.sort_unstable();
            move |item: &Value| names.binary_search(&shown(item)).is_ok()
        };
        let (was_there, is_there) = (is_in(old), is_in(new));
        for item in items(old).iter().filter(|item| !is_there(item)) {
            self.report(row, row.removed, path, (Some(item), None), new);
        }
        for item in items(new).iter().filter(|item| !was_there(item)) {
            self.report(row, row.added, path, (None, Some(item)), new);
        }
        // The names are the same, in another order.
        if self.found.len() == before && !row.changed.is_empty() {
            self.report(row, row.changed, path, (old, new), new);
        }
    }

    fn report(
        &mut self,
        row: &'static Field,
        cases: &'static [Case],
        path: &str,
        values: (Option<&'a Value>, Option<&'a Value>),
        whole: Option<&'a Value>,
    ) {
        let context = self.context(row, values, whole);
        self.report_in(row, cases, path, &context);
    }

    fn context(
        &self,
        row: &'static Field,
        values: (Option<&'a Value>, Option<&'a Value>),
        whole: Option<&'a Value>,
    ) -> ChangeContext<'a> {
        ChangeContext {
            snapshots: self.snapshots,
            field: row.name,
            key: "",
            entries: self.entries,
            values,
            whole,
        }
    }

    fn report_in(
        &mut self,
        row: &'static Field,
        cases: &'static [Case],
        path: &str,
        context: &ChangeContext<'a>,
    ) {
        let Some(case) = cases.iter().find(|case| (case.fits)(context)) else {
            return;
        };
        let values = context.values;
        let (old, new) = self.entries;
        let Some(entry) = new.or(old) else {
            return;
        };
        let is_internal = self
            .is_internal
            .get_or_init(|| audience::is_internal(self.entries, self.snapshots));
        // A change of the audience is public, since public readers see its effect.
        let is_about_it = row.name == AUDIENCE;
        let is_internal = *is_internal && !is_about_it;
        let audience = if is_internal || audience::names_internal(row, context) {
            Audience::Internal
        } else {
            Audience::Public
        };
        let (before, now) = (values.0.map(shown), values.1.map(shown));
        let field = path.to_owned();
        let fingerprint = change::fingerprint(case.rule, entry, path, [&before, &now]);
        self.found.push(Change {
            rule: case.rule,
            level: case.level,
            version: case.version,
            audience,
            kind: entry.kind,
            name: entry.name.clone(),
            row: (row.kind, row.name),
            field,
            text: describe::describe(row, case, path, context),
            place: Place::New(Span::default()),
            fingerprint,
            accepted: None,
            old: before,
            new: now,
        });
    }
}

/// The members of a mapping.
type Pairs<'a> = Vec<(&'a str, &'a Value)>;

fn pairs(value: Option<&Value>) -> Pairs<'_> {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    members.map(|(key, value)| (key.as_str(), value)).collect()
}

/// The custom (`x-`) keys among the members.
fn custom(members: &Members) -> Pairs<'_> {
    let members = members.iter().filter(|(key, _)| is_custom(key));
    members.map(|(key, value)| (key.as_str(), value)).collect()
}

/// Calls `report` for each key whose values differ.
fn each<'a>(
    (old, new): (Pairs<'a>, Pairs<'a>),
    mut report: impl FnMut(&'a str, (Option<&'a Value>, Option<&'a Value>)),
) {
    let before: UnordMap<&str, &Value> = old.iter().copied().collect();
    let now: UnordMap<&str, &Value> = new.iter().copied().collect();
    for (key, value) in old {
        let now = now.get(key).copied();
        if now != Some(value) {
            report(key, (Some(value), now));
        }
    }
    for (key, value) in new {
        if before.get(key).is_none() {
            report(key, (None, Some(value)));
        }
    }
}
