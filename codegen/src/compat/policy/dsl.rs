//! Constructors for the rows of the policy.

use serde_json::Value;

use crate::catalog::ChangeLevel;
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context::{self, ChangeContext};
use crate::compat::version::Version::{self, Major, Minor, Patch};
use crate::record::Kind;

/// How the values of a field are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As a whole; descriptions show both values.
    Value,
    /// As a whole; descriptions show neither value, since they are long.
    Text,
    /// As a set of names.
    Names,
    /// As a mapping, key by key.
    Map,
    /// As a mapping of entries with fields of their own.
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
    /// The cases of a changed value. The first case that applies counts.
    pub changed: &'static [Case],
    /// The cases of an added value.
    pub added: &'static [Case],
    /// The cases of a removed value.
    pub removed: &'static [Case],
}

impl Field {
    /// Whether it covers all custom (`x-`) keys.
    pub(crate) fn is_custom(&self) -> bool {
        self.name == "x-*"
    }

    /// The cases of a value that was changed, added or removed.
    pub(crate) fn cases(&self, values: (Option<&Value>, Option<&Value>)) -> &'static [Case] {
        match values {
            (None, Some(_)) => self.added,
            (Some(_), None) => self.removed,
            _ => self.changed,
        }
    }
}

/// The result of a change in one case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The condition of the case; empty if it always applies.
    pub when: &'static str,
    pub(crate) fits: fn(&ChangeContext<'_>) -> bool,
    /// The rule that reports the change.
    pub rule: &'static str,
    /// The level of the change.
    pub level: ChangeLevel,
    /// The part of the version that the change requires.
    pub version: Version,
}

impl Case {
    pub(super) const fn when(
        self,
        when: &'static str,
        fits: fn(&ChangeContext<'_>) -> bool,
    ) -> Self {
        Self { when, fits, ..self }
    }
}

/// A case that always applies, unless it gets a condition.
pub(super) const fn case(rule: &'static str, level: ChangeLevel, version: Version) -> Case {
    Case {
        when: "",
        fits: |_| true,
        rule,
        level,
        version,
    }
}

/// A changed text, which only people read.
pub(super) const TEXT: &[Case] = &[case("text-changed", Safe, Patch)];
/// Facts about the API other than its errors.
pub(super) const ABOUT: &[Case] = &[case("about-changed", Safe, Patch)];
pub(super) const REFORMED: &[Case] = &[case("envelope-changed", Breaking, Major)];
pub(super) const LOST: &[Case] = &[case("anchor-lost", Breaking, Major)];
pub(super) const NONE: &[Case] = &[];
/// A Rust name that another entry gave out.
pub(super) const TAKEN_RUST_NAME: Case = case("reused-code", Breaking, Major).when(
    "the Rust name belonged to another entry",
    context::rust_name_was_taken,
);
/// A name that was removed in an earlier release.
pub(super) const GONE_BEFORE: Case =
    case("reused-code", Breaking, Major).when("it was removed before", context::was_there_before);
/// A further Rust name of an entry.
pub(super) const NEW_RUST_ALIAS: &[Case] = &[TAKEN_RUST_NAME, case("alias-added", Safe, Minor)];

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

/// A text that is always present.
pub(super) const fn words(kind: Kind, name: &'static str) -> Field {
    field(kind, name, Shape::Text, [TEXT, NONE, NONE])
}

pub(super) const fn about(name: &'static str) -> Field {
    field(Kind::Api, name, Shape::Text, [ABOUT, ABOUT, ABOUT])
}

/// A value that is always present.
pub(super) const fn value(kind: Kind, name: &'static str, changed: &'static [Case]) -> Field {
    field(kind, name, Shape::Value, [changed, NONE, NONE])
}

/// The custom keys.
pub(super) const fn custom(kind: Kind) -> Field {
    const CHANGED: &[Case] = &[case("extension-changed", Safe, Patch)];
    field(kind, "x-*", Shape::Map, [CHANGED; 3])
}

/// An entry, which can be added and removed.
pub(super) const fn entry(kind: Kind, added: &'static [Case], removed: &'static [Case]) -> Field {
    field(kind, "", Shape::Value, [NONE, added, removed])
}

/// Another Rust name of an entry; the rule is about clients that use the old one.
pub(super) const fn other_rust_name(rule: &'static str) -> [Case; 3] {
    const KEPT: &str = "the old name is in `rust_aliases`";
    [
        TAKEN_RUST_NAME,
        case(rule, Risky, Major).when(KEPT, context::keeps_rust_name),
        case(rule, Breaking, Major),
    ]
}

/// A further Rust name that an entry had; the rule is about clients that use it.
pub(super) const fn lost_rust_alias(rule: &'static str) -> [Case; 2] {
    const IS_NAME: &str = "the variant has that name";
    [
        case("alias-removed", Safe, Patch).when(IS_NAME, context::keeps_rust_name),
        case(rule, Breaking, Major),
    ]
}

/// Another name of an entry in a style; the rule is about clients that know the old one.
pub(super) const fn other_name_in_style(rule: &'static str) -> [Case; 2] {
    [
        case("envelope-extended", Safe, Minor).when("of a new style", context::is_of_new_style),
        case(rule, Breaking, Major),
    ]
}
