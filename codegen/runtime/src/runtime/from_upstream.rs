//! Errors for the errors of providers. Inlined, so that only crates with a provider compile them.

use crate::catalog::upstream::UPSTREAM;
use crate::runtime::relay::unmapped;
use crate::runtime::upstream::UpstreamError;
use crate::{ApiError, ReceivedError};

impl ApiError {
    /// The error to send when a provider behind the API answers with an error: that of the first entry of
    /// `upstream` in the catalog that fits. Without such an entry it is the error of status 503 if the
    /// provider is busy (429, 503, 529), of 504 if it timed out (408, 504), and else of 502.
    ///
    /// Nothing that the provider says is sent, unless the entry allows its message. The received error is
    /// the source of the error, for logs. If the error is retryable, it keeps the delay that the provider
    /// asks for, within the bounds of [`retry_after`](Self::retry_after).
    ///
    /// ```
    /// use runtime::{ApiError, ReceivedError};
    ///
    /// let body = br#"{"error":{"message":"Key sk-123 is invalid","type":"auth","code":"bad_key"}}"#;
    /// let headers: [(&str, &str); 0] = [];
    /// let received = ReceivedError::from_parts(401, headers, body);
    /// let error = ApiError::from_upstream(&received);
    /// assert!(!error.to_json().contains("sk-123"));
    /// assert!(std::error::Error::source(&error).is_some());
    /// ```
    #[must_use]
    #[inline]
    pub fn from_upstream(received: &ReceivedError) -> Self {
        let status = received.error_status();
        let entry = UPSTREAM.iter().find(|entry| entry.fits(received, status));
        let error = match entry {
            Some(UpstreamError {
                sent_code: Some(code),
                ..
            }) => Self::new(*code),
            Some(entry) => {
                let is_allowed = entry.sent_type.allows_status(status);
                let allowed = is_allowed.then_some(status);
                let status = allowed.unwrap_or(entry.sent_type.default_status());
                Self::build(None, entry.sent_type, status)
            }
            None => Self::from_status(unmapped(status)),
        };
        let message = received.message.as_deref();
        let message = message.filter(|_| entry.is_some_and(|entry| entry.shows_message));
        let error = match message {
            Some(message) => error.with_message(message.to_owned()),
            None => error,
        };
        let delay = received
            .retry_after
            .filter(|_| error.retry().is_retryable());
        let error = match delay {
            Some(delay) => error.with_retry_after(delay),
            None => error,
        };
        error.with_source(received.clone())
    }
}
