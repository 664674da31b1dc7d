//! The body of error responses, and the OpenAPI document.

use super::dsl::{Field, REFORMED, always, text, value, when, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind;

pub(super) const ENVELOPE: &[Field] = &[
    value(
        Kind::Envelope,
        "style",
        &[
            when(
                "those that were there come first, as they did",
                context::begins_as_before,
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
                context::is_true,
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

pub(super) const OPEN_API: &[Field] = &[value(
    Kind::OpenApi,
    "closed",
    &[
        when(
            "to `true`",
            context::is_true,
            always("envelope-changed", Breaking, Major),
        ),
        always("envelope-changed", Risky, Minor),
    ],
)];
