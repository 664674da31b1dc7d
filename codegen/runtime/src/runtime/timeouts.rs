//! How long a server waits.

use core::time::Duration;

/// How long a server waits before it answers with an error instead. [`Duration::MAX`] is no limit.
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
    /// How long the body of a request may take to arrive: 30 seconds by default. A handler that
    /// waits for more of it then gets an error, and the client that of status 408.
    pub request_body: Duration,
    /// How long a request may take until its response begins, reading its body included: a minute by
    /// default. The client gets the error of status 504 then. A response that has begun may take as
    /// long as it likes.
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
