//! Retrying.

use super::dsl::{Case, Field, NONE, Shape, case, field, text, value};
use crate::catalog::ChangeLevel::{Risky, Safe};
use crate::compat::context;
use crate::compat::version::Version::Minor;
use crate::record::Kind::Retry;

/// A longer delay than before can be one that clients ignore.
const BOUND: &[Case] = &[
    case("backoff-changed", Safe, Minor).when("to a shorter delay", context::is_shorter),
    case("retry-changed", Risky, Minor),
];

pub(super) const RETRY: &[Field] = &[
    field(
        Retry,
        "statuses",
        Shape::Names,
        [
            NONE,
            &[case("retry-changed", Risky, Minor)],
            &[case("retry-changed", Risky, Minor)],
        ],
    ),
    value(Retry, "backoff", &[case("backoff-changed", Safe, Minor)]),
    field(Retry, "max_retry_after", Shape::Value, [BOUND; 3]),
    text(Retry, "not_retryable"),
    text(Retry, "notes"),
    text(Retry, "see"),
];
