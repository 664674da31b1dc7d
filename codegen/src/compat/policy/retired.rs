//! Retired codes.

use super::dsl::{Field, LOST, NONE, Shape, always, entry, field, text, value, when, words};
use crate::catalog::ChangeLevel::{Breaking, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Patch};
use crate::record::Kind;

pub(super) const RETIRED: &[Field] = &[
    entry(
        Kind::Retired,
        &[when(
            "it was no code that was released",
            |_| true,
            always("tombstone-added", Safe, Patch),
        )],
        &[
            when(
                "it is a code again",
                context::is_code_again,
                always("reused-code", Breaking, Major),
            ),
            always("tombstone-removed", Breaking, Major),
        ],
    ),
    text(Kind::Retired, "since"),
    words(Kind::Retired, "reason"),
    text(Kind::Retired, "use"),
    value(Kind::Retired, "slug", LOST),
    field(
        Kind::Retired,
        "aliases",
        Shape::Names,
        [NONE, &[always("alias-added", Safe, Patch)], LOST],
    ),
    value(
        Kind::Retired,
        "audience",
        &[
            when(
                "to `internal`",
                context::becomes_internal,
                always("anchor-lost", Breaking, Major),
            ),
            always("text-changed", Safe, Patch),
        ],
    ),
];
