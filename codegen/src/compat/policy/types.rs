//! Types.

use super::dsl::{
    Field, GONE_BEFORE, KEPT_RUST_NAME, NONE, Shape, TAKEN_RUST_NAME, case, entry, field, text,
    value, words,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor, Patch};
use crate::record::Kind::Type;

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
    text(Type, "meaning"),
    words(Type, "message"),
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
