//! Codes.

use super::dsl::{Field, NONE, Shape, always, entry, field, text, value, when, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor, Patch};
use crate::record::Kind;

pub(super) const CODE: &[Field] = &[
    entry(
        Kind::Code,
        &[
            when(
                "it was removed or retired before",
                context::was_there_before,
                always("reused-code", Breaking, Major),
            ),
            when(
                "its page was that of another",
                context::page_was_taken,
                always("reused-code", Breaking, Major),
            ),
            always("code-added", Safe, Minor),
        ],
        &[
            when(
                "it is retired, and was deprecated in a release",
                context::retires_deprecated,
                always("code-retired", Safe, Major),
            ),
            when(
                "it is retired",
                context::retires,
                always("retired-undeprecated", Risky, Major),
            ),
            when(
                "another code says the same",
                context::is_renamed,
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
                context::becomes_internal,
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
                context::promised_retry_after,
                always("header-dropped", Breaking, Major),
            ),
            when(
                "from `backoff` to `after`",
                context::promises_retry_after,
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
                    context::page_was_taken,
                    always("reused-code", Breaking, Major),
                ),
                when(
                    "the old page is an alias, and no body has its address",
                    context::keeps_old_page,
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
                    context::page_was_taken,
                    always("reused-code", Breaking, Major),
                ),
                always("alias-added", Safe, Patch),
            ],
            &[
                when(
                    "the page of the code has that name",
                    context::alias_is_page,
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
