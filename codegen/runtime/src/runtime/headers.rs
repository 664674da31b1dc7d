//! The headers of an error response.

use std::borrow::Cow;

use crate::catalog::settings::REQUEST_ID_HEADER;
use crate::runtime::arguments::{AnyArguments, ArgumentValue, fill};
use crate::runtime::header_value::push_argument;
use crate::runtime::received_headers::ReceivedHeaders;
use crate::runtime::request_style::choosing_headers;
use crate::{ApiError, EnvelopeStyle, ErrorCode};

/// Headers that belong to the connection, to the bytes of the body, or to the crate.
const SET_BY_SERVERS: [&str; 12] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-should-retry",
];

/// The only header whose values cannot be joined by commas (RFC 9110, section 5.3).
pub(crate) const SET_COOKIE: &str = "set-cookie";

/// A header that a server sets on an error.
type OwnHeader = (Cow<'static, str>, Cow<'static, str>);

/// The headers that a server sets on an error, with names in lower case. An empty value removes the header
/// of the code.
#[derive(Default)]
pub(crate) struct OwnHeaders(Vec<OwnHeader>);

impl OwnHeaders {
    /// Sets a header that can be sent.
    fn set(&mut self, name: Cow<'static, str>, value: Cow<'static, str>) {
        if name != SET_COOKIE {
            self.0.retain(|(known, _)| *known != name);
        }
        self.0.push((name, value));
    }

    /// Whether the header of the code with this name is replaced or removed.
    fn replaces(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn sent(&self) -> impl Iterator<Item = &OwnHeader> {
        self.0.iter().filter(|(_, value)| !value.is_empty())
    }
}

/// Writes the names only: values such as cookies are not for logs.
impl core::fmt::Debug for OwnHeaders {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let names = self.0.iter().map(|(name, _)| name);
        formatter.debug_list().entries(names).finish()
    }
}

/// Whether a response can have a header of this name: a token of RFC 9110, section 5.6.2.
fn is_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (1..=256).contains(&name.len()) && name.bytes().all(is_token)
}

/// Whether a header can have this value, so that it adds no other header.
fn is_value(value: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t');
    value.bytes().all(fits)
}

/// Whether the crate sets the header on every response, whatever a handler sets.
#[cfg(any(feature = "http", feature = "actix-web"))]
pub(crate) fn is_of_crate(name: &str) -> bool {
    matches!(name, "content-type" | "retry-after" | "x-should-retry") || name == REQUEST_ID_HEADER
}

/// Whether a value of `Vary` covers another one.
#[cfg(any(feature = "http", feature = "actix-web"))]
pub(crate) fn lists(value: &[u8], other: &[u8]) -> bool {
    let mut names = value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    names.any(|name| name == b"*" || name.eq_ignore_ascii_case(other))
}

impl ApiError {
    /// Sets a header of the response, in place of the one that the catalog gives the code. An empty value
    /// removes that one. A second `Set-Cookie` is added, any other second header replaces the first.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let error = ApiError::new(ErrorCode::FileNotFound)
    ///     .with_header("Cache-Control", "max-age=5")
    ///     .with_header("Link", "</help>\r\nset-cookie: a=1");
    /// let headers = error.headers();
    /// assert!(headers.contains(&("cache-control", "max-age=5".into())));
    /// assert!(headers.iter().all(|(name, _)| *name != "link"));
    /// ```
    ///
    /// A header that cannot be sent is ignored: one whose name is not a token, or whose value is not
    /// visible ASCII. So are the headers of the connection and of the body, `x-should-retry`, and the
    /// request id, for which there is [`with_request_id`](Self::with_request_id). `Retry-After` and
    /// `Retry-After-Ms` count as [`with_retry_after`](Self::with_retry_after).
    #[must_use]
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (mut name, value) = (name.into(), trimmed(value.into()));
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            name = Cow::Owned(name.to_ascii_lowercase());
        }
        if matches!(&*name, "retry-after" | "retry-after-ms") {
            let mut read = ReceivedHeaders::default();
            read.read(&name, value.as_bytes());
            return match read.wait() {
                Some(delay) => self.with_retry_after(delay),
                None => self,
            };
        }
        let is_taken = SET_BY_SERVERS.contains(&&*name) || name == REQUEST_ID_HEADER;
        if !is_taken && is_name(&name) && is_value(&value) {
            self.own_headers_mut().set(name, value);
        }
        self
    }

    /// The headers of the response: content type, `x-should-retry`, the request id and `Retry-After` in
    /// whole seconds if they are set, those of the code, those of
    /// [`with_header`](Self::with_header), and `vary` for each header that chooses a style.
    ///
    /// `x-should-retry` keeps clients of the OpenAI family from retrying by status alone.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use runtime::{ApiError, ErrorCode, REQUEST_ID_HEADER};
    ///
    /// let error = ApiError::new(ErrorCode::FileNotFound)
    ///     .with_request_id("req_1")
    ///     .with_retry_after(Duration::from_millis(1_200));
    /// let headers = error.headers();
    /// assert!(headers.contains(&(REQUEST_ID_HEADER, "req_1".into())));
    /// let delay = error.retry_after().map(|delay| delay.as_secs().to_string());
    /// assert!(delay.is_none_or(|delay| headers.contains(&("retry-after", delay.into()))));
    /// ```
    #[must_use]
    pub fn headers(&self) -> Vec<(&str, Cow<'_, str>)> {
        self.headers_in(self.style())
    }

    /// The headers of the response in another style.
    pub(crate) fn headers_in(&self, style: EnvelopeStyle) -> Vec<(&str, Cow<'_, str>)> {
        let can_help = self.retry().is_retryable();
        let should_retry = if can_help { "true" } else { "false" };
        let mut headers: Vec<(&str, Cow<'_, str>)> = vec![
            ("content-type", Cow::Borrowed(style.media_type())),
            ("x-should-retry", Cow::Borrowed(should_retry)),
        ];
        if let Some(request_id) = self.request_id() {
            headers.push((REQUEST_ID_HEADER, Cow::Borrowed(request_id)));
        }
        if let Some(delay) = self.retry_after() {
            headers.push(("retry-after", Cow::Owned(delay.as_secs().to_string())));
        }
        let own = self.own_headers();
        for (name, value) in self.headers_of_code() {
            if !own.replaces(name) {
                headers.push((name, value));
            }
        }
        let sent = own.sent();
        headers.extend(sent.map(|(name, value)| (&**name, Cow::Borrowed(&**value))));
        let choosing = choosing_headers();
        headers.extend(choosing.map(|name| ("vary", Cow::Borrowed(name))));
        headers
    }

    /// The headers that the catalog gives the code. One with an argument that the error does not have is
    /// left out.
    pub(crate) fn headers_of_code(
        &self,
    ) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> + use<'_> {
        let fixed = self.code().map_or(&[][..], ErrorCode::headers).iter();
        let fixed = fixed.map(|(name, value)| (*name, Cow::Borrowed(*value)));
        let templates = self.code().map_or(&[][..], ErrorCode::header_templates);
        let filled = templates.iter();
        let filled = filled.filter_map(|(name, template)| {
            let value = fill_header(template, self.any_arguments()?)?;
            Some((*name, Cow::Owned(value)))
        });
        fixed.chain(filled)
    }
}

/// The value without the spaces around it, which no receiver sees.
fn trimmed(value: Cow<'static, str>) -> Cow<'static, str> {
    let blank = |c: char| matches!(c, ' ' | '\t');
    match value {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
        Cow::Owned(text) if text.starts_with(blank) || text.ends_with(blank) => {
            Cow::Owned(text.trim_matches(blank).to_owned())
        }
        owned @ Cow::Owned(_) => owned,
    }
}

/// The value of a header with its arguments; `None` if one of them is missing.
fn fill_header(template: &str, arguments: &dyn AnyArguments) -> Option<String> {
    let mut is_complete = true;
    let value = fill(template, |name, out| {
        let mut text = None;
        arguments.visit_all(&mut |known, value| {
            if known == name {
                text = match value {
                    // Arguments that were read from a body.
                    ArgumentValue::Json(serde_json::Value::Null) => None,
                    ArgumentValue::Json(serde_json::Value::String(text)) => Some(text.clone()),
                    value => Some(value.to_string()),
                };
            }
        });
        match text {
            Some(text) => push_argument(&text, out),
            None => is_complete = false,
        }
    });
    is_complete.then(|| value.trim_matches(' ').to_owned())
}
