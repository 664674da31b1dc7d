//! How rows of the policy are written.

use serde_json::Value;

use crate::catalog::ChangeLevel;
use crate::catalog::ChangeLevel::{Breaking, Safe};
use crate::compat::context::ChangeContext;
use crate::compat::version::Version::{self, Major, Patch};
use crate::record::Kind;

/// How values of a field are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Whole; a sentence shows both values.
    Value,
    /// Whole; a sentence shows neither, since they are long.
    Text,
    /// As a list of names, each of which is there or not.
    Names,
    /// As a mapping, key by key.
    Map,
    /// As a mapping of entries of their own.
    Entries,
}

/// A field of an entry; without a name, the entry itself.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The entry.
    pub kind: Kind,
    /// The name in the catalog; empty for the entry itself.
    pub name: &'static str,
    /// How its values are compared.
    pub shape: Shape,
    /// What it means that the value is another, in the order in which the cases are tried.
    pub changed: &'static [Case],
    /// What it means that there is a value now, or a further one.
    pub added: &'static [Case],
    /// What it means that there is no value any more, or one less.
    pub removed: &'static [Case],
}

impl Field {
    /// Whether it stands for all custom (`x-`) keys.
    pub(crate) fn is_custom(&self) -> bool {
        self.name == "x-*"
    }

    /// The cases of a value that was changed, came or went.
    pub(crate) fn cases(&self, values: (Option<&Value>, Option<&Value>)) -> &'static [Case] {
        match values {
            (None, Some(_)) => self.added,
            (Some(_), None) => self.removed,
            _ => self.changed,
        }
    }
}

/// What a change means, in one case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// When it applies; empty where it always does.
    pub when: &'static str,
    pub(crate) fits: fn(&ChangeContext<'_>) -> bool,
    /// The rule under which it is reported.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: ChangeLevel,
    /// The version that it calls for.
    pub version: Version,
}

pub(super) const fn always(rule: &'static str, level: ChangeLevel, version: Version) -> Case {
    Case {
        when: "",
        fits: |_| true,
        rule,
        level,
        version,
    }
}

pub(super) const fn when(
    words: &'static str,
    fits: fn(&ChangeContext<'_>) -> bool,
    case: Case,
) -> Case {
    Case {
        when: words,
        fits,
        ..case
    }
}

/// A text for people, which no program should read.
pub(super) const TEXT: &[Case] = &[always("text-changed", Safe, Patch)];
/// What is told of the API beside its errors.
pub(super) const ABOUT: &[Case] = &[always("about-changed", Safe, Patch)];
pub(super) const REFORMED: &[Case] = &[always("envelope-changed", Breaking, Major)];
pub(super) const LOST: &[Case] = &[always("anchor-lost", Breaking, Major)];
pub(super) const NONE: &[Case] = &[];

pub(super) const fn field(
    kind: Kind,
    name: &'static str,
    shape: Shape,
    [changed, added, removed]: [&'static [Case]; 3],
) -> Field {
    Field {
        kind,
        name,
        shape,
        changed,
        added,
        removed,
    }
}

pub(super) const fn text(kind: Kind, name: &'static str) -> Field {
    field(kind, name, Shape::Text, [TEXT, TEXT, TEXT])
}

/// A text that is always there.
pub(super) const fn words(kind: Kind, name: &'static str) -> Field {
    field(kind, name, Shape::Text, [TEXT, NONE, NONE])
}

pub(super) const fn about(name: &'static str) -> Field {
    field(Kind::Api, name, Shape::Text, [ABOUT, ABOUT, ABOUT])
}

/// A value that is always there.
pub(super) const fn value(kind: Kind, name: &'static str, changed: &'static [Case]) -> Field {
    field(kind, name, Shape::Value, [changed, NONE, NONE])
}

/// An entry, which is there or not.
pub(super) const fn entry(kind: Kind, added: &'static [Case], removed: &'static [Case]) -> Field {
    field(kind, "", Shape::Value, [NONE, added, removed])
}
