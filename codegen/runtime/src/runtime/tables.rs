//! The rows of the static tables: what the catalog says of each code and type.

use crate::{Deprecation, ErrorCode, ErrorType, RetryRule};

/// What the catalog says of a code. The row of a code stands at its discriminant.
pub(crate) struct CodeRow {
    pub(crate) code: ErrorCode,
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) error_type: ErrorType,
    pub(crate) status: u16,
    /// The message of an error that is built without arguments.
    pub(crate) message: &'static str,
    /// The message with its placeholders; empty where it has none.
    pub(crate) template: &'static str,
    /// The request field the code usually names; empty where it names none.
    pub(crate) param: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) retry: RetryRule,
    pub(crate) doc_url: &'static str,
}

/// What the catalog says of some codes only.
pub(crate) struct Extra {
    pub(crate) code: ErrorCode,
    pub(crate) internal: bool,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) ids: &'static [(&'static str, &'static str)],
    pub(crate) causes: &'static [&'static str],
    pub(crate) fixes: &'static [&'static str],
    pub(crate) deprecation: Option<Deprecation>,
}

/// What the catalog says of a type. The row of a type stands at its discriminant.
pub(crate) struct TypeRow {
    pub(crate) error_type: ErrorType,
    pub(crate) variant: &'static str,
    pub(crate) name: &'static str,
    pub(crate) statuses: Statuses,
    pub(crate) message: &'static str,
    pub(crate) meaning: &'static str,
    /// The retry rule, where all statuses of the type agree on it.
    pub(crate) retry: Option<RetryRule>,
    /// The body of an error that has the type and no code, in the style `openai`.
    pub(crate) body: Body,
}

/// A body that was put into JSON ahead of time, and where its parts begin and end.
pub(crate) struct Body {
    /// The body of an error that says nothing but what the catalog says.
    pub(crate) text: &'static str,
    /// Where the inside of the message begins.
    pub(crate) message_start: u32,
    /// Where the inside of the message ends.
    pub(crate) message_end: u32,
    /// Where the members end that every body has: `param` and what follows stand behind it.
    pub(crate) fixed_end: u32,
}

impl Body {
    /// The body up to the message.
    pub(crate) fn head(&self) -> &'static str {
        &self.text[..self.message_start as usize]
    }

    /// The body from behind the message up to where `param` begins.
    pub(crate) fn tail(&self) -> &'static str {
        &self.text[self.message_end as usize..self.fixed_end as usize]
    }

    /// The body up to where `param` begins.
    pub(crate) fn fixed(&self) -> &'static str {
        &self.text[..self.fixed_end as usize]
    }

    /// The body from behind the message.
    pub(crate) fn rest(&self) -> &'static str {
        &self.text[self.message_end as usize..]
    }
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
