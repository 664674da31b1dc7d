//! Operations, and bare statuses of the framework.

use super::dsl::{
    Case, Field, GONE_BEFORE, NONE, Shape, TAKEN_RUST_NAME, TEXT, case, entry, field, text, value,
};
use crate::catalog::ChangeLevel::{Breaking, Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor, Patch};
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

const STILL_LISTED: &str = "the operation listed the code before";

const OTHER_STATUS: Case =
    case("status-changed", Breaking, Major).when(STILL_LISTED, context::still_lists_code);

/// The status that an operation states of a code. With the code itself, it comes and goes as a part of `errors`.
const OWN_STATUS: [&[Case]; 3] = {
    const STATED: &[Case] = &[
        case("text-changed", Safe, Patch).when(
            "the operation sends the same status as before",
            context::sends_same_status,
        ),
        OTHER_STATUS,
    ];
    [&[OTHER_STATUS], STATED, STATED]
};

/// A text that an operation states of a code.
const OWN_TEXT: &[Case] =
    &[case("text-changed", Safe, Patch).when(STILL_LISTED, context::still_lists_code)];

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
    field(Operation, "errors.status", Shape::Map, OWN_STATUS),
    field(Operation, "errors.meaning", Shape::Map, [OWN_TEXT; 3]),
    field(Operation, "errors.fix", Shape::Map, [OWN_TEXT; 3]),
    value(
        Operation,
        "rust",
        &[TAKEN_RUST_NAME, case("operation-changed", Breaking, Major)],
    ),
];
