//! Timeouts of a server.

use core::time::Duration;

/// How long a server waits before it sends an error. [`Duration::MAX`] disables a timeout.
///
/// ```
/// use std::time::Duration;
///
/// use runtime::Timeouts;
///
/// let timeouts = Timeouts { response: Duration::from_secs(300), ..Timeouts::default() };
/// assert_eq!(timeouts.request_body, Duration::from_secs(30));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeouts {
    /// The time for the body of a request to arrive: 30 seconds by default. After it, a handler that
    /// reads the body gets an error, and the client that of status 408.
    pub request_body: Duration,
    /// The time until the response begins, including the body of the request: a minute by default.
    /// After it, the client gets the error of status 504. A response that has begun has no timeout.
    pub response: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            request_body: Duration::from_secs(30),
            response: Duration::from_secs(60),
        }
    }
}
