//! Codes.

use super::dsl::{
    Case, Field, NEW_RUST_ALIAS, NONE, Shape, TAKEN_RUST_NAME, TEXT, case, custom, entry, field,
    lost_rust_alias, other_name_in_style, other_rust_name, text, value,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor, Patch};
use crate::record::Kind::Code;

/// The text moved from one code to another.
const MOVED: [Case; 2] = [
    case("meaning-changed", Breaking, Major).when(
        "from or to another code, and the name is a number",
        context::text_of_number_moved,
    ),
    case("meaning-changed", Risky, Minor).when("from or to another code", context::text_moved),
];
/// The text changed with all others.
const REPLACED: [Case; 2] = [
    case("meaning-changed", Breaking, Major).when(
        "together with all other texts, and the name is a number",
        context::texts_of_number_replaced,
    ),
    case("meaning-changed", Risky, Minor)
        .when("together with all other texts", context::texts_replaced),
];
const REWORDED: Case = TEXT[0];

/// A text that states the meaning of the code.
const fn stated(name: &'static str, changed: &'static [Case]) -> Field {
    field(Code, name, Shape::Text, [changed, TEXT, TEXT])
}

pub(super) const CODE: &[Field] = &[
    entry(
        Code,
        &[
            case("reused-code", Breaking, Major).when(
                "it was removed or retired before",
                context::was_there_before,
            ),
            case("reused-code", Breaking, Major)
                .when("its page belonged to another code", context::page_was_taken),
            TAKEN_RUST_NAME,
            case("code-added", Safe, Minor),
        ],
        &[
            case("code-retired", Safe, Major).when(
                "it is retired, and was deprecated in a release",
                context::retires_deprecated,
            ),
            case("retired-undeprecated", Risky, Major).when("it is retired", context::retires),
            case("renamed-code", Breaking, Major)
                .when("another code has the same content", context::is_renamed),
            case("removed-code", Breaking, Major),
        ],
    ),
    value(Code, "type", &[case("type-changed", Breaking, Major)]),
    value(Code, "status", &[case("status-changed", Breaking, Major)]),
    field(
        Code,
        "message",
        Shape::Text,
        [
            &[MOVED[0], MOVED[1], REPLACED[0], REPLACED[1], REWORDED],
            NONE,
            NONE,
        ],
    ),
    field(Code, "args", Shape::Entries, [NONE, NONE, NONE]),
    field(
        Code,
        "param",
        Shape::Value,
        [
            &[case("param-changed", Risky, Minor)],
            &[case("param-added", Safe, Minor)],
            &[case("param-changed", Risky, Minor)],
        ],
    ),
    stated(
        "meaning",
        &[MOVED[0], MOVED[1], REPLACED[0], REPLACED[1], REWORDED],
    ),
    stated("fix", &[MOVED[0], MOVED[1], REWORDED]),
    stated("description", &[MOVED[0], MOVED[1], REWORDED]),
    text(Code, "causes"),
    text(Code, "fixes"),
    value(
        Code,
        "audience",
        &[
            case("removed-code", Breaking, Major).when("to `internal`", context::becomes_internal),
            case("code-published", Safe, Minor),
        ],
    ),
    field(
        Code,
        "headers",
        Shape::Map,
        [
            &[case("header-changed", Risky, Minor)],
            &[case("header-added", Safe, Minor)],
            &[case("header-dropped", Breaking, Major)],
        ],
    ),
    field(
        Code,
        "names",
        Shape::Map,
        [const { &other_name_in_style("renamed-code") }; 3],
    ),
    field(
        Code,
        "sent",
        Shape::Value,
        [const { &[case("renamed-code", Breaking, Major)] }; 3],
    ),
    field(
        Code,
        "ids",
        Shape::Map,
        [
            &[case("id-changed", Risky, Minor)],
            &[case("id-added", Safe, Minor)],
            &[case("id-changed", Risky, Minor)],
        ],
    ),
    value(
        Code,
        "retry",
        &[
            case("header-dropped", Breaking, Major)
                .when("from `after`", context::promised_retry_after),
            case("header-added", Safe, Minor)
                .when("from `backoff` to `after`", context::promises_retry_after),
            case("retry-changed", Risky, Minor),
        ],
    ),
    text(Code, "type_row"),
    text(Code, "group"),
    field(
        Code,
        "since",
        Shape::Value,
        // A release sets it in new entries.
        [
            &[case("since-changed", Safe, Patch)],
            NONE,
            &[case("since-changed", Safe, Patch)],
        ],
    ),
    field(
        Code,
        "deprecated",
        Shape::Text,
        [
            &[case("deprecation-changed", Safe, Patch)],
            &[case("code-deprecated", Safe, Minor)],
            &[case("code-revived", Safe, Minor)],
        ],
    ),
    text(Code, "see"),
    value(Code, "rust", const { &other_rust_name("renamed-code") }),
    field(
        Code,
        "rust_aliases",
        Shape::Names,
        [
            NONE,
            NEW_RUST_ALIAS,
            const { &lost_rust_alias("renamed-code") },
        ],
    ),
    field(
        Code,
        "slug",
        Shape::Value,
        [
            &[
                case("reused-code", Breaking, Major)
                    .when("the page belonged to another code", context::page_was_taken),
                case("anchor-moved", Safe, Minor).when(
                    "the old page is an alias, and no body contains its address",
                    context::keeps_old_page,
                ),
                case("anchor-lost", Breaking, Major),
            ],
            NONE,
            &[case("anchor-lost", Breaking, Major).when(
                "the code is retired, and its tombstone does not keep the page",
                |_| true,
            )],
        ],
    ),
    field(
        Code,
        "aliases",
        Shape::Names,
        [
            NONE,
            &[
                case("reused-code", Breaking, Major)
                    .when("the page belonged to another code", context::page_was_taken),
                case("alias-added", Safe, Patch),
            ],
            &[
                case("anchor-moved", Safe, Minor)
                    .when("the page of the code has that name", context::alias_is_page),
                case("anchor-lost", Breaking, Major),
            ],
        ],
    ),
    custom(Code),
];
