//! Operations, and bare statuses of the framework.

use super::dsl::{
    Case, Field, GONE_BEFORE, NONE, Shape, TAKEN_RUST_NAME, TEXT, case, entry, field, text, value,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind::{Framework, Operation};

pub(super) const FRAMEWORK: &[Field] = &[
    entry(
        Framework,
        &[case("framework-added", Safe, Minor)],
        &[case("framework-changed", Risky, Minor)],
    ),
    value(Framework, "type", &[case("type-changed", Breaking, Major)]),
    field(
        Framework,
        "code",
        Shape::Value,
        [&[case("framework-changed", Breaking, Major)]; 3],
    ),
    value(Framework, "as", &[case("status-changed", Breaking, Major)]),
    text(Framework, "message"),
];

const CHANGED: &[Case] = &[case("operation-changed", Breaking, Major)];

pub(super) const OPERATION: &[Field] = &[
    entry(
        Operation,
        &[
            GONE_BEFORE,
            TAKEN_RUST_NAME,
            case("operation-added", Safe, Minor),
        ],
        CHANGED,
    ),
    value(Operation, "method", CHANGED),
    value(Operation, "path", CHANGED),
    field(
        Operation,
        "when",
        Shape::Text,
        [
            TEXT,
            &[case("operation-changed", Risky, Minor)],
            &[case("operation-changed", Risky, Minor)],
        ],
    ),
    text(Operation, "summary"),
    field(
        Operation,
        "errors",
        Shape::Names,
        [
            NONE,
            &[case("operation-error-added", Safe, Minor)],
            &[
                case("operation-error-dropped", Safe, Minor)
                    .when("the code is gone", context::code_is_gone),
                case("operation-changed", Risky, Major),
            ],
        ],
    ),
    value(
        Operation,
        "rust",
        &[TAKEN_RUST_NAME, case("operation-changed", Breaking, Major)],
    ),
];
