//! The context of a change, and the conditions of the policy's cases.

mod envelope;
mod operations;

use std::cell::OnceCell;

use serde_json::Value;

use super::texts::{self, Owners, TEXTS};
use crate::catalog::{Audience, Condition, Retry, base_path};
use crate::record::{Entry, Kind, items};
use crate::unord_map::UnordMap;

pub(crate) use envelope::{
    begins_as_before, chooses_new_styles, has_page_addresses, is_of_new_style, only_adds_members,
};
pub(crate) use operations::{sends_same_status, still_lists_code};

/// Both catalogs, indexed by names.
pub(crate) struct Snapshots<'a> {
    pub(crate) old: Snapshot<'a>,
    pub(crate) new: Snapshot<'a>,
    /// The entries that were removed in earlier releases. A retired code is a code.
    pub(crate) gone: UnordMap<(Kind, &'a str), ()>,
    /// The former code of each page, by the name of the page.
    pub(crate) pages: UnordMap<&'a str, &'a str>,
    /// The former owner of each Rust name, by the kind of the owner and the name.
    pub(crate) rust_names: UnordMap<(Kind, String), &'a str>,
    /// The kinds of removed arguments, by the code and the name.
    pub(crate) lost_args: UnordMap<(&'a str, &'a str), &'a str>,
    /// The new name of each renamed code, by its old name.
    pub(crate) renamed: UnordMap<&'a str, &'a str>,
}

/// One catalog.
pub(crate) struct Snapshot<'a> {
    pub(crate) codes: UnordMap<&'a str, &'a Entry>,
    pub(crate) retired: UnordMap<&'a str, &'a Entry>,
    pub(crate) envelope: Option<&'a Entry>,
    api: Option<&'a Entry>,
    operations: Vec<&'a Entry>,
    /// The codes and types.
    described: Vec<&'a Entry>,
    /// The codes and types by their texts, computed when a text changed.
    owners: OnceCell<Owners<'a>>,
}

impl<'a> Snapshot<'a> {
    pub(crate) fn new(mut entries: impl Iterator<Item = &'a Entry> + Clone) -> Self {
        let by_name = |kind: Kind| {
            let of_kind = entries.clone().filter(move |entry| entry.kind == kind);
            of_kind.map(|entry| (entry.name.as_str(), entry)).collect()
        };
        Self {
            codes: by_name(Kind::Code),
            retired: by_name(Kind::Retired),
            described: entries
                .clone()
                .filter(|entry| matches!(entry.kind, Kind::Code | Kind::Type))
                .collect(),
            owners: OnceCell::new(),
            api: entries.clone().find(|entry| entry.kind == Kind::Api),
            operations: entries
                .clone()
                .filter(|entry| entry.kind == Kind::Operation)
                .collect(),
            envelope: entries.find(|entry| entry.kind == Kind::Envelope),
        }
    }

    /// Whether an operation has a path that meets a condition, at one of the servers.
    fn has_operation(&self, condition: &Condition) -> bool {
        let servers = self.api.and_then(|api| api.fields.get("servers"));
        let servers = items(servers).iter();
        let bases = servers.map(|server| base_path(text_of(server.get("url"))));
        let bases: Vec<&str> = bases.chain([""]).collect();
        self.operations.iter().any(|operation| {
            let path = text_of(operation.fields.get("path"));
            let mut paths = bases.iter().map(|base| format!("{base}{path}"));
            paths.any(|path| condition.may_meet(&path))
        })
    }

    /// The only code or type with this text.
    fn owner(&self, kind: Kind, field: &'static str, text: &str) -> Option<&'a str> {
        let owners = self.owners.get_or_init(|| Owners::new(&self.described));
        owners.only(kind, field, text)
    }
}

/// A change, with everything that its level can depend on.
#[derive(Clone, Copy)]
pub(crate) struct ChangeContext<'a> {
    pub(crate) snapshots: &'a Snapshots<'a>,
    /// The name of the field; empty for the entry itself.
    pub(crate) field: &'static str,
    /// The key of the member, if the field is a mapping, or the name of the argument; else empty.
    pub(crate) key: &'a str,
    /// The old and the new entry; one is missing if the entry was added or removed.
    pub(crate) entries: (Option<&'a Entry>, Option<&'a Entry>),
    /// The old and the new value; for a list, the added or removed item.
    pub(crate) values: (Option<&'a Value>, Option<&'a Value>),
    /// The whole new value, if the field is a list.
    pub(crate) whole: Option<&'a Value>,
}

impl<'a> ChangeContext<'a> {
    fn name(&self) -> &'a str {
        let (old, new) = self.entries;
        new.or(old).map_or("", |entry| entry.name.as_str())
    }

    fn old_text(&self) -> &'a str {
        text_of(self.values.0)
    }

    fn new_text(&self) -> &'a str {
        text_of(self.values.1)
    }

    fn kind(&self) -> Kind {
        let (old, new) = self.entries;
        let kind = new.or(old).map_or(Kind::Api, |entry| entry.kind);
        kind.namespace()
    }

    /// Whether a page belonged to another code that was not renamed to this one.
    fn was_of_another(&self, page: &str) -> bool {
        let owner = self.snapshots.pages.get(page);
        owner.is_some_and(|owner| self.is_another(owner))
    }

    /// The same for a Rust name and an entry of the same kind.
    fn named_another(&self, rust: &str) -> bool {
        let owner = self
            .snapshots
            .rust_names
            .get(&(self.kind(), rust.to_owned()));
        owner.is_some_and(|owner| self.is_another(owner))
    }

    fn is_another(&self, owner: &str) -> bool {
        let renamed = self.snapshots.renamed.get(owner).copied();
        let renamed = renamed.filter(|_| self.kind() == Kind::Code);
        owner != self.name() && renamed != Some(self.name())
    }
}

fn text_of(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn is_true(at: &ChangeContext<'_>) -> bool {
    at.values.1 == Some(&Value::Bool(true))
}

/// Whether the bound of `Retry-After` became lower. A bound that is not recorded is the default.
pub(crate) fn is_shorter(at: &ChangeContext<'_>) -> bool {
    let seconds = |value: Option<&Value>| {
        let stated = value.and_then(Value::as_u64);
        stated.unwrap_or(Retry::DEFAULT_MAX_RETRY_AFTER)
    };
    seconds(at.values.1) < seconds(at.values.0)
}

pub(crate) fn code_is_gone(at: &ChangeContext<'_>) -> bool {
    at.snapshots.new.codes.get(at.old_text()).is_none()
}

pub(crate) fn family_has_it(at: &ChangeContext<'_>) -> bool {
    let Some(status) = at.values.0.and_then(Value::as_u64) else {
        return false;
    };
    let family = format!("{}xx", status / 100);
    items(at.whole).contains(&family.into())
}

pub(crate) fn was_there_before(at: &ChangeContext<'_>) -> bool {
    at.snapshots.gone.get(&(at.kind(), at.name())).is_some()
}

/// Whether the added Rust name, or one of the added entry, belonged to another entry.
pub(crate) fn rust_name_was_taken(at: &ChangeContext<'_>) -> bool {
    taken_rust_name(at).is_some()
}

/// That Rust name.
pub(crate) fn taken_rust_name<'a>(at: &ChangeContext<'a>) -> Option<&'a str> {
    match at.values.1 {
        Some(Value::String(name)) => Some(name.as_str()).filter(|name| at.named_another(name)),
        _ => {
            let mut names = at.entries.1?.rust_names();
            names.find(|name| at.named_another(name))
        }
    }
}

/// The kind of a removed argument whose name the added one has, and the kind of that, if they differ.
pub(crate) fn former_kind<'a>(at: &ChangeContext<'a>) -> Option<(&'a str, &'a str)> {
    let former = at.snapshots.lost_args.get(&(at.name(), at.key))?;
    let kind = at.entries.1?.argument(at.key)?;
    (kind != *former).then_some((former, kind))
}

/// Whether the old Rust name is still one of the entry.
pub(crate) fn keeps_rust_name(at: &ChangeContext<'_>) -> bool {
    let mut names = at.entries.1.into_iter().flat_map(Entry::rust_names);
    names.any(|name| name == at.old_text())
}

/// Whether the added page, or a page of the added code, belonged to another code.
pub(crate) fn page_was_taken(at: &ChangeContext<'_>) -> bool {
    match at.values.1 {
        Some(Value::String(page)) => at.was_of_another(page),
        _ => at.entries.1.is_some_and(|entry| {
            let mut pages = entry.pages();
            pages.any(|page| at.was_of_another(page))
        }),
    }
}

pub(crate) fn retires(at: &ChangeContext<'_>) -> bool {
    at.snapshots.new.retired.get(at.name()).is_some()
}

pub(crate) fn retires_deprecated(at: &ChangeContext<'_>) -> bool {
    retires(at)
        && at
            .entries
            .0
            .is_some_and(|old| old.get("deprecated").is_some())
}

pub(crate) fn is_renamed(at: &ChangeContext<'_>) -> bool {
    at.snapshots.renamed.get(at.name()).is_some()
}

pub(crate) fn becomes_internal(at: &ChangeContext<'_>) -> bool {
    at.new_text() == Audience::Internal.as_str()
}

pub(crate) fn promised_retry_after(at: &ChangeContext<'_>) -> bool {
    at.old_text() == "after"
}

pub(crate) fn promises_retry_after(at: &ChangeContext<'_>) -> bool {
    (at.old_text(), at.new_text()) == ("backoff", "after")
}

/// Whether the old page of a code still leads to it.
pub(crate) fn keeps_old_page(at: &ChangeContext<'_>) -> bool {
    let mut pages = at.entries.1.into_iter().flat_map(Entry::pages);
    pages.any(|page| page == at.old_text()) && !has_page_addresses(at)
}

pub(crate) fn alias_is_page(at: &ChangeContext<'_>) -> bool {
    at.entries
        .1
        .is_some_and(|entry| entry.text("slug") == at.old_text())
}

pub(crate) fn is_code_again(at: &ChangeContext<'_>) -> bool {
    at.snapshots.new.codes.get(at.name()).is_some()
}

/// Another entry that a text came from or went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved<'a> {
    From(&'a str),
    To(&'a str),
}

impl<'a> ChangeContext<'a> {
    /// Whether the text of this field moved between this entry and another, and no more important text did. A text that
    /// several entries have belongs to none of them.
    pub(crate) fn moved(&self) -> Option<Moved<'a>> {
        let mut moved = TEXTS
            .into_iter()
            .filter_map(|field| Some((field, self.moved_text(field)?)));
        let (field, moved) = moved.next()?;
        (field == self.field).then_some(moved)
    }

    fn moved_text(&self, field: &'static str) -> Option<Moved<'a>> {
        let (Some(before), Some(now)) = self.entries else {
            return None;
        };
        let (kind, name) = (now.kind, now.name.as_str());
        let (old, new) = (before.text(field), now.text(field));
        if old == new {
            return None;
        }
        let Snapshots {
            old: earlier,
            new: later,
            ..
        } = self.snapshots;
        let of_other = earlier.owner(kind, field, new);
        if let Some(other) = of_other.filter(|other| *other != name)
            && later.owner(kind, field, new) == Some(name)
        {
            return Some(Moved::From(other));
        }
        let is_own = earlier.owner(kind, field, old) == Some(name);
        let heir = later.owner(kind, field, old).filter(|other| *other != name);
        let heir = heir.filter(|other| is_own && successor(now) != *other);
        heir.filter(|_| !texts::is_small_edit(old, new))
            .map(Moved::To)
    }

    /// Whether this code got other texts in all fields that state its meaning, and this is the first of them.
    fn is_replaced(&self) -> bool {
        let (Some(before), Some(now)) = self.entries else {
            return false;
        };
        let is_derived = |entry: &Entry| entry.text("message") == entry.text("meaning");
        let mut changed = Vec::new();
        for field in ["meaning", "message", "fix"] {
            let (old, new) = (before.text(field), now.text(field));
            let is_other = field == "message" && is_derived(before) && is_derived(now);
            if old.is_empty() || new.is_empty() || is_other {
                continue;
            }
            if texts::is_small_edit(old, new) {
                return false;
            }
            changed.push(field);
        }
        let is_first = changed.first() == Some(&self.field);
        let is_moved = || TEXTS.iter().any(|field| self.moved_text(field).is_some());
        // A deprecated code may get the texts of its successor.
        let successor = || self.snapshots.new.codes.get(successor(now));
        let is_like =
            || successor().is_some_and(|other| other.text("meaning") == now.text("meaning"));
        changed.len() > 1 && is_first && !is_moved() && !is_like()
    }

    fn is_number(&self) -> bool {
        let envelope = self.snapshots.new.envelope;
        envelope.is_some_and(|entry| entry.text("code") == "integer")
            || texts::is_number(self.name())
    }
}

/// The code that replaces a deprecated one; empty if there is none.
fn successor(code: &Entry) -> &str {
    let successor = code.get("deprecated").and_then(|value| value.get("use"));
    text_of(successor)
}

pub(crate) fn text_moved(at: &ChangeContext<'_>) -> bool {
    at.moved().is_some()
}

pub(crate) fn text_of_number_moved(at: &ChangeContext<'_>) -> bool {
    at.is_number() && at.moved().is_some()
}

pub(crate) fn texts_replaced(at: &ChangeContext<'_>) -> bool {
    at.is_replaced()
}

pub(crate) fn texts_of_number_replaced(at: &ChangeContext<'_>) -> bool {
    at.is_number() && at.is_replaced()
}
