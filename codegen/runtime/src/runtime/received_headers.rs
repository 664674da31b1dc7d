//! The headers of a received error response.

use core::time::Duration;
use std::borrow::Cow;
#[cfg(feature = "httpdate")]
use std::time::SystemTime;

use crate::catalog::settings::REQUEST_ID_HEADER;
use crate::catalog::shapes::SHAPES;
use crate::runtime::shape::Shape;

/// The headers that describe the error. If a header is repeated, the last valid one counts.
#[derive(Default)]
pub(crate) struct ReceivedHeaders {
    pub(crate) request_id: Option<String>,
    pub(crate) should_retry: Option<bool>,
    /// `Retry-After`, if it is not a number of seconds.
    pub(crate) retry_after_text: Option<String>,
    /// The shape whose media type is the content type.
    pub(crate) stated: Option<&'static Shape>,
    retry_after: Option<Duration>,
    retry_after_ms: Option<Duration>,
    /// The date in `Retry-After`.
    #[cfg(feature = "httpdate")]
    retry_at: Option<SystemTime>,
    #[cfg(feature = "httpdate")]
    date: Option<SystemTime>,
}

impl ReceivedHeaders {
    /// Reads the headers of a response.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn of<'h>(headers: impl Iterator<Item = (&'h str, &'h [u8])>) -> Self {
        let mut read = Self::default();
        headers.for_each(|(name, value)| read.read(name, value));
        read
    }

    /// Reads one header.
    pub(crate) fn read(&mut self, name: &str, value: &[u8]) {
        // Most names are in lower case.
        let is = |known: &str| name == known || name.eq_ignore_ascii_case(known);
        // Few headers are looked at, so few values are.
        let text = || lossy(value);
        if is(REQUEST_ID_HEADER) {
            let text = text();
            let id = Some(trimmed(&text)).filter(|id| !id.is_empty());
            self.request_id = id.map(str::to_owned).or_else(|| self.request_id.take());
        } else if is("retry-after") {
            self.read_retry_after(text().trim());
        } else if is("retry-after-ms") {
            let delay = number(text().trim()).map(|milliseconds| milliseconds / 1000.0);
            self.retry_after_ms = delay.map(duration).or(self.retry_after_ms);
        } else if is("content-type") {
            let text = text();
            let end = text.bytes().position(|byte| byte == b';');
            let media_type = trimmed(&text[..end.unwrap_or(text.len())]);
            self.stated = SHAPES.iter().find(|shape| {
                shape.is_specified() && media_type.eq_ignore_ascii_case(shape.media_type)
            });
        } else if is("x-should-retry") {
            self.should_retry = match value.trim_ascii() {
                b"true" => Some(true),
                b"false" => Some(false),
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
        let number = text.parse().ok().filter(|_| whole);
        let delay = number.map(Duration::from_secs);
        match delay.or_else(|| seconds(text)) {
            Some(delay) => self.retry_after = Some(delay),
            None if text.is_empty() => {}
            None => self.read_retry_at(text),
        }
    }

    fn read_retry_at(&mut self, text: &str) {
        #[cfg(feature = "httpdate")]
        {
            let at = httpdate::parse_http_date(text).ok();
            if at.is_none() && self.retry_at.is_some() {
                return;
            }
            self.retry_at = at;
        }
        self.retry_after_text = Some(text.to_owned());
    }

    /// How long the server asked to wait: milliseconds win over seconds, and both over a date.
    pub(crate) fn wait(&self) -> Option<Duration> {
        let stated = self.retry_after_ms.or(self.retry_after);
        #[cfg(feature = "httpdate")]
        let stated = stated.or_else(|| self.until_date());
        stated
    }

    /// The time until the date, by the server's clock if it sent `Date`. A past date means no wait.
    #[cfg(feature = "httpdate")]
    fn until_date(&self) -> Option<Duration> {
        let now = self.date.unwrap_or_else(SystemTime::now);
        Some(self.retry_at?.duration_since(now).unwrap_or_default())
    }
}

/// A value as text. The check of the whole costs a tenth of what the search for invalid parts does.
fn lossy(value: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(value),
    }
}

/// A text without white space at its ends, which nearly no value has.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// A number of seconds, without sign and exponent.
pub(crate) fn seconds(text: &str) -> Option<Duration> {
    number(text).map(duration)
}

/// A number without sign and exponent.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits { text.parse().ok() } else { None }
}

/// The delay, capped at the longest duration.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
