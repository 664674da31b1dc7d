//! Arguments of codes.

use super::dsl::{Field, Shape, always, entry, field, text, value, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::version::Version::{Major, Patch};
use crate::record::Kind;

pub(super) const ARGUMENT: &[Field] = &[
    entry(
        Kind::Argument,
        &[always("argument-added", Risky, Major)],
        &[always("argument-removed", Breaking, Major)],
    ),
    value(
        Kind::Argument,
        "kind",
        &[always("argument-retyped", Breaking, Major)],
    ),
    text(Kind::Argument, "meaning"),
    words(Kind::Argument, "example"),
    value(
        Kind::Argument,
        "sensitive",
        &[always("argument-retyped", Breaking, Major)],
    ),
    value(
        Kind::Argument,
        "nullable",
        &[always("argument-retyped", Breaking, Major)],
    ),
    text(Kind::Argument, "absent"),
    value(
        Kind::Argument,
        "rust",
        &[always("argument-removed", Breaking, Major)],
    ),
    field(
        Kind::Argument,
        "x-*",
        Shape::Map,
        [&[always("extension-changed", Safe, Patch)]; 3],
    ),
];
