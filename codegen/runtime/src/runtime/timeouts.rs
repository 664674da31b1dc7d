//! How long a server waits.

use core::time::Duration;

/// How long a server waits before it answers with an error instead. [`Duration::MAX`] is no limit.
///
/// ```
/// use std::time::Duration;
///
/// use runtime::Limits;
///
/// let limits = Limits { answer: Duration::from_secs(300), ..Limits::default() };
/// assert_eq!(limits.body, Duration::from_secs(30));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How long the body of a request may take to arrive: 30 seconds by default. A handler that
    /// waits for more of it then gets an error, and the client that of status 408.
    pub body: Duration,
    /// How long a request may take until its response begins, reading its body included: a minute by
    /// default. The client gets the error of status 504 then. A response that has begun may take as
    /// long as it likes.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: Duration::from_secs(30),
            answer: Duration::from_secs(60),
        }
    }
}
