//! Retrying.

use super::dsl::{Field, NONE, Shape, case, field, text, value};
use crate::catalog::ChangeLevel::{Risky, Safe};
use crate::compat::version::Version::Minor;
use crate::record::Kind::Retry;

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
    text(Retry, "not_retryable"),
    text(Retry, "notes"),
    text(Retry, "see"),
];
