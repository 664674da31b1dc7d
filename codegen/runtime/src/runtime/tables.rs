//! Rows of the static tables of codes and types.

use crate::{Deprecation, ErrorCode, ErrorType, RetryRule};

/// A code.
pub(crate) struct CodeRow {
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) error_type: ErrorType,
    pub(crate) status: u16,
    /// The message of an error without arguments.
    pub(crate) message: &'static str,
    /// The message with its placeholders; empty if it has none.
    pub(crate) template: &'static str,
    /// The request field; empty if there is none.
    pub(crate) param: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) retry: RetryRule,
    pub(crate) doc_url: &'static str,
}

/// What only some codes have.
pub(crate) struct Extra {
    pub(crate) code: ErrorCode,
    pub(crate) internal: bool,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The headers whose values contain arguments, as the catalog writes them.
    pub(crate) header_templates: &'static [(&'static str, &'static str)],
    pub(crate) ids: &'static [(&'static str, &'static str)],
    pub(crate) causes: &'static [&'static str],
    pub(crate) fixes: &'static [&'static str],
    pub(crate) deprecation: Option<Deprecation>,
}

/// What an operation states of one of its codes. Texts that are those of the code are empty.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OwnError {
    pub(crate) code: ErrorCode,
    pub(crate) status: u16,
    pub(crate) retry: RetryRule,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
}

/// A status other than its own with which an operation sends a code, and the retry rule that follows.
pub(crate) struct OtherStatus {
    pub(crate) code: ErrorCode,
    pub(crate) status: u16,
    pub(crate) retry: RetryRule,
}

/// A type. Its row is at its discriminant.
pub(crate) struct TypeRow {
    pub(crate) error_type: ErrorType,
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) statuses: Statuses,
    pub(crate) message: &'static str,
    pub(crate) meaning: &'static str,
    /// The retry rule, if all statuses of the type agree.
    pub(crate) retry: Option<RetryRule>,
}

/// The statuses that a type allows; the first is its default.
pub(crate) enum Statuses {
    /// These.
    #[allow(dead_code, reason = "a catalog may have families only")]
    List(&'static [u16]),
    /// All with the same first digit as this one.
    #[allow(dead_code, reason = "a catalog may have lists only")]
    Family(u16),
}
