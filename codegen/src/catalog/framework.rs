//! Framework errors: the errors that replace bare statuses.

use super::{Catalog, CodeId, Status, TypeId};

/// The error that replaces a bare status of the server's framework.
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
    /// The message, if it is not the message of the type or code.
    pub message: Option<String>,
}

impl Catalog {
    /// The message of the error that replaces a bare status.
    #[must_use]
    pub fn framework_message<'a>(&'a self, error: &'a FrameworkError) -> &'a str {
        let usual = match error.code {
            Some(code) => &self[code].plain_message,
            None => &self[error.error_type].message,
        };
        error.message.as_ref().unwrap_or(usual)
    }
}
