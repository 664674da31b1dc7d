//! How rows of the table are written.

use super::super::situation::Situation;
use super::{Case, Field, Shape, Version};
use crate::catalog::ChangeLevel;
use crate::catalog::ChangeLevel::{Breaking, Safe};
use crate::record::Kind;
use Version::{Major, Patch};

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
    fits: fn(&Situation<'_>) -> bool,
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
