//! The status of an error, and what an operation states of its code.

use crate::runtime::shape::Slot;
use crate::runtime::tables::OwnError;
use crate::{ApiError, ErrorCode, InvalidStatus};

/// The slots whose values an operation can change, or that follow from the status.
pub(crate) const CHANGED: u16 = Slot::Status.bit()
    | Slot::Type.bit()
    | Slot::Title.bit()
    | Slot::Fix.bit()
    | Slot::Retryable.bit();

impl ApiError {
    /// Sets the status of an error without code, which otherwise is the default status of its type, or a status that
    /// an operation states for the code.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorType};
    ///
    /// let refused = ApiError::from_type(ErrorType::InvalidRequest).with_status(200).unwrap_err();
    /// assert_eq!(refused.error_type, ErrorType::InvalidRequest);
    /// assert!(refused.to_string().ends_with("cannot have status 200"));
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the type does not allow the status, or if the error has a code that does not.
    pub fn with_status(self, status: u16) -> Result<Self, InvalidStatus> {
        let (code, error_type) = (self.0.code, self.0.error_type);
        let is_allowed = match code {
            Some(code) => code.allows_status(status),
            None => error_type.allows_status(status),
        };
        if !is_allowed {
            return Err(InvalidStatus {
                error_type,
                code,
                status,
            });
        }
        Ok(self.sent_with(status))
    }

    /// The error of a code with the status in a body, if the code allows it.
    pub(crate) fn of_body(code: ErrorCode, status: Option<u16>) -> Self {
        let error = Self::new(code);
        match status.filter(|status| code.allows_status(*status)) {
            Some(status) => error.sent_with(status),
            None => error,
        }
    }

    /// An error of a code as an operation states it. An error with another code stays as it is.
    #[allow(dead_code, reason = "a catalog may have no operations")]
    pub(crate) fn of_operation(mut self, own: &'static OwnError) -> Self {
        if self.0.code != Some(own.code) {
            return self;
        }
        self.0.own = Some(own);
        self.0.set |= CHANGED;
        self.sent_with(own.status)
    }

    fn sent_with(mut self, status: u16) -> Self {
        if self.0.status != status {
            self.0.status = status;
            self.0.set |= CHANGED;
        }
        self
    }

    /// What went wrong: what the operation states, or the meaning of the code.
    pub(crate) fn meaning_of(&self, code: ErrorCode) -> &'static str {
        let own = self.0.own.map_or("", |own| own.meaning);
        if own.is_empty() { code.meaning() } else { own }
    }

    /// What to do: what the operation states, or the fix of the code.
    pub(crate) fn fix_of(&self, code: ErrorCode) -> &'static str {
        let own = self.0.own.map_or("", |own| own.fix);
        if own.is_empty() { code.fix() } else { own }
    }
}
