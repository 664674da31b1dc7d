//! Arguments of codes.

use super::dsl::{Case, Field, case, custom, entry, text, value, words};
use crate::catalog::ChangeLevel::{Breaking, Risky};
use crate::compat::context::{ChangeContext, former_kind};
use crate::compat::version::Version::Major;
use crate::record::Kind::Argument;

/// Whether the added argument has the name of a removed one with another kind.
fn had_another_kind(at: &ChangeContext<'_>) -> bool {
    former_kind(at).is_some()
}

const RETYPED: &[Case] = &[case("argument-retyped", Breaking, Major)];
const REMOVED: &[Case] = &[case("argument-removed", Breaking, Major)];

pub(super) const ARGUMENT: &[Field] = &[
    entry(
        Argument,
        &[
            case("argument-retyped", Breaking, Major).when(
                "an argument that was removed before had the name and another kind",
                had_another_kind,
            ),
            case("argument-added", Risky, Major),
        ],
        REMOVED,
    ),
    value(Argument, "kind", RETYPED),
    text(Argument, "meaning"),
    words(Argument, "example"),
    value(Argument, "sensitive", RETYPED),
    value(Argument, "nullable", RETYPED),
    text(Argument, "absent"),
    value(Argument, "rust", REMOVED),
    custom(Argument),
];
