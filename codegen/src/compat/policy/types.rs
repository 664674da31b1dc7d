//! Types.

use super::dsl::{Field, Shape, case, entry, field, text, value, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind::Type;

pub(super) const TYPE: &[Field] = &[
    entry(
        Type,
        &[case("type-added", Safe, Minor)],
        &[case("removed-type", Breaking, Major)],
    ),
    field(
        Type,
        "status",
        Shape::Names,
        [
            &[case("status-changed", Risky, Minor)],
            &[case("type-extended", Safe, Minor)],
            &[
                case("type-extended", Safe, Minor)
                    .when("a family now covers it", context::family_has_it),
                case("status-changed", Risky, Minor),
            ],
        ],
    ),
    text(Type, "meaning"),
    words(Type, "message"),
    value(Type, "rust", &[case("removed-type", Breaking, Major)]),
];
