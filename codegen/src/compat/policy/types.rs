//! Types.

use super::dsl::{
    Case, Field, GONE_BEFORE, KEPT_RUST_NAME, NONE, Shape, TAKEN_RUST_NAME, TEXT, case, entry,
    field, value,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor, Patch};
use crate::record::Kind::Type;

/// A text that states the meaning of the type.
const STATED: &[Case] = &[
    case("meaning-changed", Risky, Minor).when("from or to another type", context::text_moved),
    TEXT[0],
];

/// The name of the type in a style.
const RENAMED: &[Case] = &[
    case("envelope-extended", Safe, Minor).when("of a new style", context::is_of_new_style),
    case("type-changed", Breaking, Major),
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
    field(Type, "names", Shape::Map, [RENAMED; 3]),
    value(
        Type,
        "rust",
        &[
            TAKEN_RUST_NAME,
            case("removed-type", Risky, Major).when(KEPT_RUST_NAME, context::keeps_rust_name),
            case("removed-type", Breaking, Major),
        ],
    ),
    field(
        Type,
        "rust_aliases",
        Shape::Names,
        [
            NONE,
            &[TAKEN_RUST_NAME, case("alias-added", Safe, Minor)],
            &[
                case("alias-removed", Safe, Patch)
                    .when("the variant has that name", context::keeps_rust_name),
                case("removed-type", Breaking, Major),
            ],
        ],
    ),
];
