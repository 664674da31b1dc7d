//! All but the codes.

use super::super::situation;
use super::Version::{Major, Minor};
use super::case::{ABOUT, NONE, REFORMED, about, always, entry, field, text, value, when, words};
use super::{Field, Shape};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::record::Kind;

/// What the API is called.
pub(super) const API: &[Field] = &[
    field(Kind::Api, "title", Shape::Text, [ABOUT, NONE, NONE]),
    value(
        Kind::Api,
        "crate",
        &[always("renamed-crate", Breaking, Major)],
    ),
    value(
        Kind::Api,
        "docs_url",
        &[
            when(
                "bodies have the addresses of pages",
                situation::has_problems,
                always("anchor-lost", Breaking, Major),
            ),
            always("anchor-lost", Risky, Minor),
        ],
    ),
    about("license"),
    about("contact"),
    field(Kind::Api, "servers", Shape::Text, [ABOUT, NONE, NONE]),
];

/// The body of error responses.
pub(super) const ENVELOPE: &[Field] = &[
    value(
        Kind::Envelope,
        "style",
        &[
            when(
                "those that were there come first, as they did",
                situation::begins_as_before,
                always("envelope-extended", Safe, Minor),
            ),
            always("envelope-changed", Breaking, Major),
        ],
    ),
    value(
        Kind::Envelope,
        "param",
        &[always("envelope-changed", Risky, Minor)],
    ),
    value(Kind::Envelope, "code", REFORMED),
    value(
        Kind::Envelope,
        "details",
        &[
            when(
                "to `true`",
                situation::is_true,
                always("envelope-extended", Safe, Minor),
            ),
            always("envelope-changed", Breaking, Major),
        ],
    ),
    value(Kind::Envelope, "request_id", REFORMED),
    words(Kind::Envelope, "intro"),
    text(Kind::Envelope, "example"),
    text(Kind::Envelope, "notes"),
];

/// The prose on request ids.
pub(super) const ERROR_IDS: &[Field] =
    &[text(Kind::ErrorIds, "notes"), text(Kind::ErrorIds, "see")];

/// What may be tried again.
pub(super) const RETRY: &[Field] = &[
    field(
        Kind::Retry,
        "statuses",
        Shape::Names,
        [
            NONE,
            &[always("retry-changed", Risky, Minor)],
            &[always("retry-changed", Risky, Minor)],
        ],
    ),
    value(
        Kind::Retry,
        "backoff",
        &[always("backoff-changed", Safe, Minor)],
    ),
    text(Kind::Retry, "not_retryable"),
    text(Kind::Retry, "notes"),
    text(Kind::Retry, "see"),
];

/// The OpenAPI document.
pub(super) const OPEN_API: &[Field] = &[value(
    Kind::OpenApi,
    "closed",
    &[
        when(
            "to `true`",
            situation::is_true,
            always("envelope-changed", Breaking, Major),
        ),
        always("envelope-changed", Risky, Minor),
    ],
)];

/// Bare statuses.
pub(super) const FRAMEWORK: &[Field] = &[
    entry(
        Kind::Framework,
        &[always("framework-added", Safe, Minor)],
        &[always("framework-changed", Risky, Minor)],
    ),
    value(
        Kind::Framework,
        "type",
        &[always("type-changed", Breaking, Major)],
    ),
    field(
        Kind::Framework,
        "code",
        Shape::Value,
        [&[always("framework-changed", Breaking, Major)]; 3],
    ),
    value(
        Kind::Framework,
        "as",
        &[always("status-changed", Breaking, Major)],
    ),
    text(Kind::Framework, "message"),
];

/// Operations.
pub(super) const OPERATION: &[Field] = &[
    entry(
        Kind::Operation,
        &[always("operation-added", Safe, Minor)],
        &[always("operation-changed", Breaking, Major)],
    ),
    value(
        Kind::Operation,
        "method",
        &[always("operation-changed", Breaking, Major)],
    ),
    value(
        Kind::Operation,
        "path",
        &[always("operation-changed", Breaking, Major)],
    ),
    text(Kind::Operation, "summary"),
    field(
        Kind::Operation,
        "errors",
        Shape::Names,
        [
            NONE,
            &[always("operation-error-added", Safe, Minor)],
            &[
                when(
                    "the code is gone",
                    situation::code_is_gone,
                    always("operation-error-dropped", Safe, Minor),
                ),
                always("operation-changed", Risky, Major),
            ],
        ],
    ),
    value(
        Kind::Operation,
        "rust",
        &[always("operation-changed", Breaking, Major)],
    ),
];

/// Types.
pub(super) const TYPE: &[Field] = &[
    entry(
        Kind::Type,
        &[always("type-added", Safe, Minor)],
        &[always("removed-type", Breaking, Major)],
    ),
    field(
        Kind::Type,
        "status",
        Shape::Names,
        [
            &[always("status-changed", Risky, Minor)],
            &[always("type-extended", Safe, Minor)],
            &[
                when(
                    "a family that has it is there now",
                    situation::family_has_it,
                    always("type-extended", Safe, Minor),
                ),
                always("status-changed", Risky, Minor),
            ],
        ],
    ),
    text(Kind::Type, "meaning"),
    words(Kind::Type, "message"),
    value(
        Kind::Type,
        "rust",
        &[always("removed-type", Breaking, Major)],
    ),
];
