//! Retrying.

use super::dsl::{Field, NONE, Shape, always, field, text, value};
use crate::catalog::ChangeLevel::{Risky, Safe};
use crate::compat::version::Version::Minor;
use crate::record::Kind;

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
