//! Retired codes.

use super::dsl::{Field, LOST, NONE, Shape, case, entry, field, text, value, words};
use crate::catalog::ChangeLevel::{Breaking, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Patch};
use crate::record::Kind::Retired;

pub(super) const RETIRED: &[Field] = &[
    entry(
        Retired,
        &[case("tombstone-added", Safe, Patch).when("it was never a released code", |_| true)],
        &[
            case("reused-code", Breaking, Major).when("it is a code again", context::is_code_again),
            case("tombstone-removed", Breaking, Major),
        ],
    ),
    text(Retired, "since"),
    words(Retired, "reason"),
    text(Retired, "use"),
    value(Retired, "slug", LOST),
    field(
        Retired,
        "aliases",
        Shape::Names,
        [NONE, &[case("alias-added", Safe, Patch)], LOST],
    ),
    value(
        Retired,
        "audience",
        &[
            case("anchor-lost", Breaking, Major).when("to `internal`", context::becomes_internal),
            case("text-changed", Safe, Patch),
        ],
    ),
];
