//! Retry rules: whether, how, and after how long.

use core::time::Duration;

use crate::settings::RETRYABLE_STATUSES;

/// Whether, and how, a client may send a request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RetryRule {
    /// Sending the same request again cannot help.
    Never,
    /// Send it again after a growing delay.
    Backoff,
    /// Send it again after the delay that `Retry-After` names.
    After,
}

impl RetryRule {
    /// The rule of an error that only its status is known of.
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        let mut position = 0;
        while position < RETRYABLE_STATUSES.len() {
            if RETRYABLE_STATUSES[position] == status {
                return Self::Backoff;
            }
            position += 1;
        }
        Self::Never
    }

    /// Whether sending the request again can help.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        !matches!(self, Self::Never)
    }
}

/// The delays between tries: each is the one before times the factor, up to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The delay before the first retry.
    pub initial: Duration,
    /// How much longer each delay is than the one before.
    pub factor: u32,
    /// The longest delay.
    pub max: Duration,
    /// How many times to try again.
    pub max_retries: u32,
    /// Whether each delay should be drawn between zero and its value, so that clients that failed
    /// together do not come back together.
    pub jitter: bool,
}

impl Backoff {
    /// The longest wait before the given retry, the first of which is 0; nothing when there were
    /// enough. With `jitter`, wait a random part of it.
    #[must_use]
    pub fn delay(&self, retry: u32) -> Option<Duration> {
        if retry >= self.max_retries {
            return None;
        }
        let factor = self.factor.saturating_pow(retry);
        Some(self.initial.saturating_mul(factor).min(self.max))
    }
}

/// What a client should do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAdvice {
    /// Whether, and how, to try again.
    pub rule: RetryRule,
    /// How long the server asked to wait, if it did.
    pub after: Option<Duration>,
}
