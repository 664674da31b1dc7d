//! The body of error responses, and the OpenAPI document.

use super::dsl::{Case, Field, NONE, REFORMED, Shape, case, field, text, value, words};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind::{Envelope, OpenApi};

/// Requests that nothing answered before get a new style.
const CHOSEN: Case = case("envelope-extended", Safe, Minor).when(
    "each new choice gives a new style to a path of no released operation",
    context::chooses_new_styles,
);

pub(super) const ENVELOPE: &[Field] = &[
    value(
        Envelope,
        "style",
        &[
            case("envelope-extended", Safe, Minor).when(
                "the old styles come first, in the same order",
                context::begins_as_before,
            ),
            case("envelope-changed", Breaking, Major),
        ],
    ),
    field(
        Envelope,
        "shapes",
        Shape::Map,
        [
            &[
                case("envelope-extended", Safe, Minor).when(
                    "members are added to the body or the event",
                    context::only_adds_members,
                ),
                case("envelope-changed", Breaking, Major),
            ],
            // The style itself is compared.
            NONE,
            NONE,
        ],
    ),
    field(
        Envelope,
        "choose",
        Shape::Value,
        [
            &[
                CHOSEN,
                case("envelope-changed", Risky, Minor).when(
                    "the old choices come first, in the same order",
                    context::begins_as_before,
                ),
                case("envelope-changed", Breaking, Major),
            ],
            &[CHOSEN, case("envelope-changed", Risky, Minor)],
            REFORMED,
        ],
    ),
    value(Envelope, "param", &[case("envelope-changed", Risky, Minor)]),
    value(Envelope, "code", REFORMED),
    value(
        Envelope,
        "details",
        &[
            case("envelope-extended", Safe, Minor).when("to `true`", context::is_true),
            case("envelope-changed", Breaking, Major),
        ],
    ),
    value(Envelope, "request_id", REFORMED),
    words(Envelope, "intro"),
    text(Envelope, "example"),
    text(Envelope, "notes"),
];

pub(super) const OPEN_API: &[Field] = &[value(
    OpenApi,
    "closed",
    &[
        case("envelope-changed", Breaking, Major).when("to `true`", context::is_true),
        case("envelope-changed", Risky, Minor),
    ],
)];
