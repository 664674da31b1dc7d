//! The table of the errors that replace those of providers.

use crate::{ErrorCode, ErrorType, MaybeKnown, ReceivedError};

/// An error that replaces errors of a provider. An empty part fits every error.
pub(crate) struct UpstreamError {
    /// The style of the body.
    pub(crate) style: &'static str,
    /// The first and the last status of each range.
    pub(crate) statuses: &'static [(u16, u16)],
    /// The type in the body.
    pub(crate) error_type: &'static str,
    /// The code in the body.
    pub(crate) code: &'static str,
    /// The type that is sent.
    pub(crate) sent_type: ErrorType,
    /// The code that is sent, if the error has one.
    pub(crate) sent_code: Option<ErrorCode>,
    /// Whether the message of the provider is sent.
    pub(crate) shows_message: bool,
}

impl UpstreamError {
    /// Whether the row applies to an error with this status, if no earlier row does.
    #[inline]
    pub(crate) fn fits(&self, received: &ReceivedError, status: u16) -> bool {
        let in_range = |(first, last): &(u16, u16)| (*first..=*last).contains(&status);
        let error_type = received.error_type.as_ref().map(MaybeKnown::as_str);
        let code = received.code.as_ref().map(MaybeKnown::as_str);
        fits(self.style, received.style.as_deref())
            && fits(self.error_type, error_type)
            && fits(self.code, code)
            && (self.statuses.is_empty() || self.statuses.iter().any(in_range))
    }
}

#[inline]
fn fits(stated: &str, found: Option<&str>) -> bool {
    stated.is_empty() || found == Some(stated)
}
