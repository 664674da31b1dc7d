//! The policy: what each change means. `docs/evolution.md` shows it as tables.

mod api;
mod arguments;
mod codes;
mod dsl;
mod envelope;
mod operations;
mod retired;
mod retry;
mod types;

use crate::record::{Kind, is_custom};

pub use dsl::{Case, Field, Shape};

/// The compared fields of this kind of entry, in the order of the documentation.
#[must_use]
pub const fn rows(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Api => api::API,
        Kind::Envelope => envelope::ENVELOPE,
        Kind::ErrorIds => api::ERROR_IDS,
        Kind::Retry => retry::RETRY,
        Kind::OpenApi => envelope::OPEN_API,
        Kind::Framework => operations::FRAMEWORK,
        Kind::Operation => operations::OPERATION,
        Kind::Type => types::TYPE,
        Kind::Code => codes::CODE,
        Kind::Argument => arguments::ARGUMENT,
        Kind::Retired => retired::RETIRED,
    }
}

/// All compared fields, in the order of the documentation.
pub fn table() -> impl Iterator<Item = &'static Field> {
    Kind::ALL.into_iter().flat_map(rows)
}

/// Fields that are not compared, each with the reason.
pub const NOT_COMPARED: &[(Kind, &str, &str)] = &[(
    Kind::Api,
    "version",
    "it tells how much changed, not what changed",
)];

/// Whether a key of an entry is compared.
pub(crate) fn is_compared(kind: Kind, key: &str) -> bool {
    let mut rows = rows(kind).iter();
    rows.any(|field| field.name == key || field.is_custom() && is_custom(key))
}
