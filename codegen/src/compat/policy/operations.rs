//! Operations, and bare statuses of the framework.

use super::dsl::{Field, NONE, Shape, always, entry, field, text, value, when};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind;

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
                    context::code_is_gone,
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
