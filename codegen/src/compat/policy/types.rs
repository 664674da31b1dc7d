//! Types.

use super::dsl::{Field, Shape, always, entry, field, text, value, when, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind;

pub(super) const TYPE: &[Field] = &[
    entry(
        Kind::Type,
        &[always("type-added", Safe, Minor)],
        &[always("removed-type", Breaking, Major)],
    ),
    field(
        Kind::Type,
        "status",
        Shape::Names,
        [
            &[always("status-changed", Risky, Minor)],
            &[always("type-extended", Safe, Minor)],
            &[
                when(
                    "a family that has it is there now",
                    context::family_has_it,
                    always("type-extended", Safe, Minor),
                ),
                always("status-changed", Risky, Minor),
            ],
        ],
    ),
    text(Kind::Type, "meaning"),
    words(Kind::Type, "message"),
    value(
        Kind::Type,
        "rust",
        &[always("removed-type", Breaking, Major)],
    ),
];
