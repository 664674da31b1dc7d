//! The rows of the static tables: what the catalog says of each code and type.

use crate::{ErrorCode, ErrorType, RetryRule};

/// What the catalog says of a code. The row of a code stands at its discriminant.
pub(crate) struct CodeRow {
    pub(crate) code: ErrorCode,
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) error_type: ErrorType,
    pub(crate) status: u16,
    /// The message of an error that is built without arguments.
    pub(crate) message: &'static str,
    /// The message as it stands between the quotes of a JSON string.
    pub(crate) escaped: &'static str,
    /// The body from behind the message up to where `param` begins.
    pub(crate) tail: &'static str,
    /// The message with its placeholders; empty where it has none.
    pub(crate) template: &'static str,
    /// The request field the code usually names; empty where it names none.
    pub(crate) param: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) retry: RetryRule,
    pub(crate) doc_url: &'static str,
}

/// What the catalog says of a type. The row of a type stands at its discriminant.
pub(crate) struct TypeRow {
    pub(crate) error_type: ErrorType,
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) statuses: Statuses,
    pub(crate) message: &'static str,
    /// The message as it stands between the quotes of a JSON string.
    pub(crate) escaped: &'static str,
    /// The body of an error without code from behind the message up to where `param` begins.
    pub(crate) tail: &'static str,
    pub(crate) meaning: &'static str,
}

/// The statuses a type admits; the first is its default.
pub(crate) enum Statuses {
    /// These.
    #[allow(dead_code, reason = "a catalog may have families only")]
    List(&'static [u16]),
    /// All from this one up to the end of its hundred.
    #[allow(dead_code, reason = "a catalog may have lists only")]
    Family(u16),
}
