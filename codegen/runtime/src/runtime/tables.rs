//! Rows of the static tables of codes and types.

use crate::{Deprecation, ErrorCode, ErrorType, RetryRule};

/// A code. Its row is at its discriminant.
pub(crate) struct CodeRow {
    pub(crate) code: ErrorCode,
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
    /// The body of an error with the type and no code, in the style `openai`.
    pub(crate) body: Body,
}

/// A prerendered body, and where its parts begin and end.
pub(crate) struct Body {
    /// The body of an error on which nothing is set.
    pub(crate) text: &'static str,
    /// Where the content of the message begins.
    pub(crate) message_start: u32,
    /// Where the content of the message ends.
    pub(crate) message_end: u32,
    /// Where the members end that every body has: `param` is after it.
    pub(crate) fixed_end: u32,
}

impl Body {
    /// The body up to the message.
    pub(crate) fn head(&self) -> &'static str {
        &self.text[..self.message_start as usize]
    }

    /// The body from the end of the message to `param`.
    pub(crate) fn tail(&self) -> &'static str {
        &self.text[self.message_end as usize..self.fixed_end as usize]
    }

    /// The body up to `param`.
    pub(crate) fn fixed(&self) -> &'static str {
        &self.text[..self.fixed_end as usize]
    }

    /// The body from the end of the message.
    pub(crate) fn rest(&self) -> &'static str {
        &self.text[self.message_end as usize..]
    }
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
