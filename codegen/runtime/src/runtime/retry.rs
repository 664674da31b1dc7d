//! Retry rules and backoff.

use core::time::Duration;

use crate::catalog::settings::{MAX_RETRY_AFTER, RETRYABLE_STATUSES};
use crate::runtime::serde_impls::record;
use crate::runtime::wire_name::named;

/// Whether and how a client may send a request again.
///
/// ```
/// use runtime::{RETRYABLE_STATUSES, RetryRule};
///
/// assert!(!RetryRule::from_status(200).is_retryable());
/// for status in RETRYABLE_STATUSES {
///     assert_eq!(RetryRule::from_status(*status), RetryRule::Backoff);
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryRule {
    /// A retry cannot help.
    Never,
    /// Retry after a growing delay.
    Backoff,
    /// Retry after the delay in `Retry-After`.
    After,
}

impl RetryRule {
    /// The rule for a status, if neither code nor type is known.
    #[must_use]
    pub const fn from_status(status: u16) -> Self {
        let mut position = 0;
        while position < RETRYABLE_STATUSES.len() {
            if RETRYABLE_STATUSES[position] == status {
                return Self::Backoff;
            }
            position += 1;
        }
        Self::Never
    }

    /// Whether a retry can help.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        !matches!(self, Self::Never)
    }

    /// The delay that a response with this rule and status asks for: whole seconds, as long as the catalog
    /// allows. Some clients upload again only because a response with status 413 has a delay.
    pub(crate) fn bounded(self, status: u16, delay: Duration) -> Option<Duration> {
        if status == 413 && self != Self::After {
            return None;
        }
        let part = u64::from(delay.subsec_nanos() > 0);
        let seconds = delay.as_secs().saturating_add(part);
        let seconds = seconds.clamp(1, MAX_RETRY_AFTER.as_secs());
        Some(Duration::from_secs(seconds))
    }

    /// The name of the rule in the catalog.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Backoff => "backoff",
            Self::After => "after",
        }
    }

    /// The rule with this name in the catalog.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        let mut rules = [Self::Never, Self::Backoff, Self::After].into_iter();
        rules.find(|rule| rule.as_str() == name)
    }
}

named!(RetryRule);

/// Delays between retries: each is the previous one times the factor, up to `max`.
///
/// [`BACKOFF`](crate::BACKOFF) is that of the catalog. A retry loop with `reqwest`:
///
/// ```ignore
/// use runtime::{BACKOFF, ReceivedError};
///
/// pub async fn get(client: &reqwest::Client, url: &str, seed: u64) -> Result<String, Failure> {
///     let mut delays = BACKOFF.delays(seed);
///     loop {
///         let response = client.get(url).send().await?;
///         if response.status().is_success() {
///             return Ok(response.text().await?);
///         }
///         let status = response.status().as_u16();
///         let headers = response.headers().clone();
///         let body = response.bytes().await?;
///         let error = ReceivedError::from_parts(status, &headers, &body);
///         match delays.next_delay(error.retry()) {
///             Some(delay) => tokio::time::sleep(delay).await,
///             None => return Err(Failure::Answer(error)),
///         }
///     }
/// }
///
/// /// Why the request failed: the API sent an error, or could not be reached.
/// #[derive(Debug)]
/// pub enum Failure {
///     Answer(ReceivedError),
///     Transport(reqwest::Error),
/// }
///
/// impl From<reqwest::Error> for Failure {
///     fn from(error: reqwest::Error) -> Self {
///         Self::Transport(error)
///     }
/// }
/// ```
///
/// With the crate `backon`, which takes the delays as an iterator:
///
/// ```ignore
/// use backon::Retryable;
/// use runtime::{BACKOFF, ReceivedError};
///
/// pub async fn with_backon<T, F: Future<Output = Result<T, ReceivedError>>>(
///     send: impl FnMut() -> F,
///     seed: u64,
/// ) -> Result<T, ReceivedError> {
///     send.retry(BACKOFF.delays(seed))
///         .when(|error| error.retry().rule.is_retryable())
///         .adjust(|error, delay| delay.map(|delay| error.retry().delay(delay)))
///         .await
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Backoff {
    /// The delay before the first retry.
    pub initial: Duration,
    /// The factor from one delay to the next.
    pub factor: u32,
    /// The longest delay.
    pub max: Duration,
    /// The number of retries.
    pub max_retries: u32,
    /// Whether to draw each delay between zero and its value, so that clients that failed together do
    /// not retry together.
    pub jitter: bool,
}

impl Backoff {
    /// The longest delay before a retry, counted from 0; `None` from `max_retries` on. With `jitter`,
    /// wait a random part of it.
    #[must_use]
    #[inline]
    pub fn delay(&self, retry: u32) -> Option<Duration> {
        if retry >= self.max_retries {
            return None;
        }
        let factor = self.factor.saturating_pow(retry);
        Some(self.initial.saturating_mul(factor).min(self.max))
    }

    /// The delays, as an iterator that ends after `max_retries`.
    ///
    /// ```
    /// use runtime::BACKOFF;
    ///
    /// let delays: Vec<_> = BACKOFF.delays(7).collect();
    /// assert!(delays.iter().all(|delay| *delay <= BACKOFF.max));
    /// assert_eq!(delays, BACKOFF.delays(7).collect::<Vec<_>>());
    /// ```
    ///
    /// With `jitter`, `seed` determines the draws: use another one for every client and request.
    #[must_use]
    #[inline]
    pub const fn delays(self, seed: u64) -> Delays {
        Delays {
            backoff: self,
            retry: 0,
            state: seed,
        }
    }
}

/// The longest delay that is accepted from a server.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The delays between retries: see [`Backoff::delays`].
///
/// ```
/// use runtime::{BACKOFF, Backoff, ReceivedError};
///
/// let backoff = Backoff { max_retries: 1, jitter: false, ..BACKOFF };
/// let mut delays = backoff.delays(0);
///
/// let headers = [("x-should-retry", "true"), ("retry-after", "3")];
/// let received = ReceivedError::from_parts(503, headers, b"");
/// let delay = delays.next_delay(received.retry()).unwrap();
/// assert_eq!(delay, backoff.initial + std::time::Duration::from_secs(3));
/// assert_eq!(delays.next_delay(received.retry()), None);
/// ```
#[derive(Clone, Debug)]
pub struct Delays {
    backoff: Backoff,
    retry: u32,
    state: u64,
}

impl Delays {
    /// The next delay plus the delay that the server asked for, if the advice is to retry.
    #[inline]
    pub fn next_delay(&mut self, advice: RetryAdvice) -> Option<Duration> {
        if !advice.rule.is_retryable() {
            return None;
        }
        self.next().map(|delay| advice.delay(delay))
    }

    /// A random part of a delay.
    #[inline]
    fn draw(&mut self, longest: Duration) -> Duration {
        let nanos = longest.as_nanos().saturating_mul(u128::from(self.random())) >> 64;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// The generator `SplitMix64`: good enough to spread clients, and no dependency.
    ///
    /// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
    #[inline]
    const fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }
}

impl Iterator for Delays {
    type Item = Duration;

    #[inline]
    fn next(&mut self) -> Option<Duration> {
        let longest = self.backoff.delay(self.retry)?;
        self.retry += 1;
        Some(if self.backoff.jitter {
            self.draw(longest)
        } else {
            longest
        })
    }
}

impl core::iter::FusedIterator for Delays {}

record!(Backoff: initial, factor, max, max_retries, jitter);

record!(Delays: backoff, retry, state);

/// Whether and how a client should retry: see [`ReceivedError::retry`](crate::ReceivedError::retry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RetryAdvice {
    /// Whether and how to retry.
    pub rule: RetryRule,
    /// How long the server asked to wait, if it did.
    pub retry_after: Option<Duration>,
}

impl RetryAdvice {
    /// A delay plus the delay that the server asked for, up to a day. The sum keeps the
    /// jitter, so that clients do not retry together.
    #[must_use]
    #[inline]
    pub fn delay(self, delay: Duration) -> Duration {
        let asked = self.retry_after.unwrap_or_default();
        asked.min(DAY).saturating_add(delay)
    }
}

record!(RetryAdvice: rule, retry_after);
