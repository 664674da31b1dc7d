//! Codes, their arguments, and what is left of those that are retired.

use super::super::situation;
use super::Version::{Major, Minor, Patch};
use super::case::{LOST, NONE, always, entry, field, text, value, when, words};
use super::{Field, Shape};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::record::Kind;

/// Codes.
pub(super) const CODE: &[Field] = &[
    entry(
        Kind::Code,
        &[
            when(
                "it was removed or retired before",
                situation::was_there_before,
                always("reused-code", Breaking, Major),
            ),
            when(
                "its page was that of another",
                situation::page_was_taken,
                always("reused-code", Breaking, Major),
            ),
            always("code-added", Safe, Minor),
        ],
        &[
            when(
                "it is retired, and was deprecated in a release",
                situation::retires_deprecated,
                always("code-retired", Safe, Major),
            ),
            when(
                "it is retired",
                situation::retires,
                always("retired-undeprecated", Risky, Major),
            ),
            when(
                "another code says the same",
                situation::is_renamed,
                always("renamed-code", Breaking, Major),
            ),
            always("removed-code", Breaking, Major),
        ],
    ),
    value(
        Kind::Code,
        "type",
        &[always("type-changed", Breaking, Major)],
    ),
    value(
        Kind::Code,
        "status",
        &[always("status-changed", Breaking, Major)],
    ),
    words(Kind::Code, "message"),
    field(Kind::Code, "args", Shape::Entries, [NONE, NONE, NONE]),
    field(
        Kind::Code,
        "param",
        Shape::Value,
        [
            &[always("param-changed", Risky, Minor)],
            &[always("param-added", Safe, Minor)],
            &[always("param-changed", Risky, Minor)],
        ],
    ),
    text(Kind::Code, "meaning"),
    text(Kind::Code, "fix"),
    text(Kind::Code, "description"),
    text(Kind::Code, "causes"),
    text(Kind::Code, "fixes"),
    value(
        Kind::Code,
        "audience",
        &[
            when(
                "to `internal`",
                situation::becomes_internal,
                always("removed-code", Breaking, Major),
            ),
            always("code-published", Safe, Minor),
        ],
    ),
    field(
        Kind::Code,
        "headers",
        Shape::Map,
        [
            &[always("header-changed", Risky, Minor)],
            &[always("header-added", Safe, Minor)],
            &[always("header-dropped", Breaking, Major)],
        ],
    ),
    field(
        Kind::Code,
        "ids",
        Shape::Map,
        [
            &[always("id-changed", Risky, Minor)],
            &[always("id-added", Safe, Minor)],
            &[always("id-changed", Risky, Minor)],
        ],
    ),
    value(
        Kind::Code,
        "retry",
        &[
            when(
                "from `after`",
                situation::promised_retry_after,
                always("header-dropped", Breaking, Major),
            ),
            when(
                "from `backoff` to `after`",
                situation::promises_retry_after,
                always("header-added", Safe, Minor),
            ),
            always("retry-changed", Risky, Minor),
        ],
    ),
    text(Kind::Code, "type_row"),
    text(Kind::Code, "group"),
    field(
        Kind::Code,
        "since",
        Shape::Value,
        // A release writes it into what is new.
        [
            &[always("since-changed", Safe, Patch)],
            NONE,
            &[always("since-changed", Safe, Patch)],
        ],
    ),
    field(
        Kind::Code,
        "deprecated",
        Shape::Text,
        [
            &[always("deprecation-changed", Safe, Patch)],
            &[always("code-deprecated", Safe, Minor)],
            &[always("code-revived", Safe, Minor)],
        ],
    ),
    text(Kind::Code, "see"),
    value(
        Kind::Code,
        "rust",
        &[always("renamed-code", Breaking, Major)],
    ),
    field(
        Kind::Code,
        "slug",
        Shape::Value,
        [
            &[
                when(
                    "it was the page of another",
                    situation::page_was_taken,
                    always("reused-code", Breaking, Major),
                ),
                when(
                    "the old page is an alias, and no body has its address",
                    situation::keeps_old_page,
                    always("anchor-moved", Safe, Minor),
                ),
                always("anchor-lost", Breaking, Major),
            ],
            NONE,
            &[when(
                "the code is retired, and its tombstone does not keep the page",
                |_| true,
                always("anchor-lost", Breaking, Major),
            )],
        ],
    ),
    field(
        Kind::Code,
        "aliases",
        Shape::Names,
        [
            NONE,
            &[
                when(
                    "it was the page of another",
                    situation::page_was_taken,
                    always("reused-code", Breaking, Major),
                ),
                always("alias-added", Safe, Patch),
            ],
            &[
                when(
                    "the page of the code has that name",
                    situation::alias_is_page,
                    always("anchor-moved", Safe, Minor),
                ),
                always("anchor-lost", Breaking, Major),
            ],
        ],
    ),
    field(
        Kind::Code,
        "x-*",
        Shape::Map,
        [&[always("extension-changed", Safe, Patch)]; 3],
    ),
];

/// Arguments of codes.
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

/// Retired codes.
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
                situation::is_code_again,
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
                situation::becomes_internal,
                always("anchor-lost", Breaking, Major),
            ),
            always("text-changed", Safe, Patch),
        ],
    ),
];
