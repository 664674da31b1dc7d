//! What a client reads from the headers of an error response.

use core::time::Duration;

use crate::EnvelopeStyle;
use crate::settings::REQUEST_ID_HEADER;

/// The headers of an error response that say something about the error. Where one stands several
/// times, the last that makes sense counts.
#[derive(Default)]
pub(crate) struct ReceivedHeaders {
    pub(crate) request_id: Option<String>,
    pub(crate) should_retry: Option<bool>,
    /// `Retry-After` where it is no number of seconds.
    pub(crate) retry_after_text: Option<String>,
    /// Whether the body says of itself that it is a problem.
    pub(crate) is_problem: bool,
    retry_after: Option<Duration>,
    retry_after_ms: Option<Duration>,
    #[cfg(feature = "httpdate")]
    date: Option<std::time::SystemTime>,
}

impl ReceivedHeaders {
    /// Reads one header.
    pub(crate) fn read(&mut self, name: &str, value: &[u8]) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        // Few headers are looked at, so few values are.
        let text = || String::from_utf8_lossy(value);
        if is(REQUEST_ID_HEADER) {
            let text = text();
            let id = Some(text.trim()).filter(|id| !id.is_empty());
            self.request_id = id.map(str::to_owned).or_else(|| self.request_id.take());
        } else if is("retry-after") {
            self.read_retry_after(text().trim());
        } else if is("retry-after-ms") {
            let delay = number(text().trim()).map(|milliseconds| milliseconds / 1000.0);
            self.retry_after_ms = delay.map(duration).or(self.retry_after_ms);
        } else if is("content-type") {
            let text = text();
            let media_type = text.split(';').next().unwrap_or_default();
            let problem = EnvelopeStyle::Problem.media_type();
            self.is_problem = media_type.trim().eq_ignore_ascii_case(problem);
        } else if is("x-should-retry") {
            self.should_retry = match text().trim() {
                "true" => Some(true),
                "false" => Some(false),
                _ => self.should_retry,
            };
        } else {
            #[cfg(feature = "httpdate")]
            if is("date") {
                self.date = httpdate::parse_http_date(text().trim()).ok().or(self.date);
            }
        }
    }

    fn read_retry_after(&mut self, text: &str) {
        let whole = text.bytes().all(|b| b.is_ascii_digit());
        let seconds = text.parse().ok().filter(|_| whole);
        let delay = seconds.map(Duration::from_secs);
        match delay.or_else(|| number(text).map(duration)) {
            Some(delay) => self.retry_after = Some(delay),
            None if text.is_empty() => {}
            None if self.has_date() && !is_date(text) => {}
            None => self.retry_after_text = Some(text.to_owned()),
        }
    }

    fn has_date(&self) -> bool {
        self.retry_after_text.as_deref().is_some_and(is_date)
    }

    /// How long the server asked to wait: milliseconds count more than seconds, and both more than
    /// a date.
    pub(crate) fn wait(&self) -> Option<Duration> {
        let stated = self.retry_after_ms.or(self.retry_after);
        #[cfg(feature = "httpdate")]
        let stated = stated.or_else(|| self.until_date());
        stated
    }

    /// How long it is to the date that the server named, by the server's own clock where it tells
    /// it. A date that is past means no wait.
    #[cfg(feature = "httpdate")]
    fn until_date(&self) -> Option<Duration> {
        let at = httpdate::parse_http_date(self.retry_after_text.as_deref()?).ok()?;
        let now = self.date.unwrap_or_else(std::time::SystemTime::now);
        Some(at.duration_since(now).unwrap_or_default())
    }
}

/// Whether a text is a date, as far as this build can tell.
#[cfg(feature = "httpdate")]
fn is_date(text: &str) -> bool {
    httpdate::parse_http_date(text).is_ok()
}

/// Whether a text is a date, as far as this build can tell.
#[cfg(not(feature = "httpdate"))]
const fn is_date(_: &str) -> bool {
    false
}

/// A number without sign and exponent.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits { text.parse().ok() } else { None }
}

/// The delay; the longest there is, where it is longer.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
