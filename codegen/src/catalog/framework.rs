//! What the server answers where no handler does.

use super::{Catalog, CodeId, Status, TypeId};

/// What stands for a bare status of the server's framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkError {
    /// The status that the framework answers with.
    pub status: Status,
    /// The type.
    pub error_type: TypeId,
    /// The code, if the error has one.
    pub code: Option<CodeId>,
    /// The status that is sent.
    pub sent: Status,
    /// The text on the wire, where it is not that of the type; a code has its own.
    pub message: Option<String>,
}

impl Catalog {
    /// The text on the wire of what stands for a bare status.
    #[must_use]
    pub fn framework_message<'a>(&'a self, error: &'a FrameworkError) -> &'a str {
        let usual = match error.code {
            Some(code) => &self[code].plain_message,
            None => &self[error.error_type].message,
        };
        error.message.as_ref().unwrap_or(usual)
    }
}
