//! Types.

use super::dsl::{
    Case, Field, GONE_BEFORE, NEW_RUST_ALIAS, NONE, Shape, TAKEN_RUST_NAME, TEXT, case, entry,
    field, lost_rust_alias, other_name_in_style, other_rust_name, value,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind::Type;

/// A text that states the meaning of the type.
const STATED: &[Case] = &[
    case("meaning-changed", Risky, Minor).when("from or to another type", context::text_moved),
    TEXT[0],
];

pub(super) const TYPE: &[Field] = &[
    entry(
        Type,
        &[
            GONE_BEFORE,
            TAKEN_RUST_NAME,
            case("type-added", Safe, Minor),
        ],
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
    field(Type, "meaning", Shape::Text, [STATED, TEXT, TEXT]),
    field(Type, "message", Shape::Text, [STATED, NONE, NONE]),
    field(
        Type,
        "names",
        Shape::Map,
        [const { &other_name_in_style("type-changed") }; 3],
    ),
    value(Type, "rust", const { &other_rust_name("removed-type") }),
    field(
        Type,
        "rust_aliases",
        Shape::Names,
        [
            NONE,
            NEW_RUST_ALIAS,
            const { &lost_rust_alias("removed-type") },
        ],
    ),
];
