//! The error of a status that an error cannot have.

use core::fmt;

use crate::runtime::serde_impls::record;
use crate::{ErrorCode, ErrorType};

/// The error of [`ApiError::with_status`](crate::ApiError::with_status): the type does not allow the status, or the code has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidStatus {
    /// The type.
    pub error_type: ErrorType,
    /// The code, if the error has one.
    pub code: Option<ErrorCode>,
    /// The status that was refused.
    pub status: u16,
}

impl fmt::Display for InvalidStatus {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(formatter, "an error with code {code}"),
            None => write!(formatter, "an error of type {}", self.error_type),
        }?;
        write!(formatter, " cannot have status {}", self.status)
    }
}

impl std::error::Error for InvalidStatus {}

record!(InvalidStatus: error_type, code, status);
