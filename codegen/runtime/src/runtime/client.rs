//! Reading of error responses, for clients.

use core::fmt::{self, Write as _};
use core::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::runtime::fast_path::Canonical;
use crate::runtime::received_headers::ReceivedHeaders;
use crate::runtime::serde_impls::record;
use crate::{ErrorCode, ErrorType, MaybeKnown, RetryAdvice, RetryRule};

/// The largest body that is read as JSON, in bytes.
const LARGEST_BODY: usize = 1 << 20;
/// The longest excerpt of a body that is not an envelope, in bytes.
const LONGEST_EXCERPT: usize = 2048;
/// The longest string that is displayed, in characters.
const LONGEST_LINE: usize = 500;

/// An error response, as far as it could be read.
///
/// Reading never fails. What the body does not contain is `None`, unknown names are kept, and of a body
/// that is not an envelope an excerpt is kept. Bodies of both styles are read.
///
/// ```
/// use runtime::{MaybeKnown, ReceivedError};
///
/// let headers = [("x-should-retry", "true"), ("retry-after", "3")];
/// let body = br#"{"error":{"message":"Not now","type":"a new type","code":"a new code"}}"#;
/// let received = ReceivedError::from_parts(503, headers, body);
/// assert_eq!(received.code, Some(MaybeKnown::Unknown("a new code".into())));
/// assert_eq!(received.message.as_deref(), Some("Not now"));
/// assert!(received.retry().rule.is_retryable());
///
/// // The body of a proxy is not an envelope.
/// let headers: [(&str, &str); 0] = [];
/// let received = ReceivedError::from_parts(502, headers, b"<h1>Bad Gateway</h1>");
/// assert_eq!(received.raw_excerpt.as_deref(), Some("<h1>Bad Gateway</h1>"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReceivedError {
    /// The HTTP status.
    pub status: u16,
    /// The code, if the body has one.
    pub code: Option<MaybeKnown<ErrorCode>>,
    /// The type, if the body has one.
    pub error_type: Option<MaybeKnown<ErrorType>>,
    /// The message, if the body has one.
    pub message: Option<String>,
    /// The request field that caused the error, if the body names one.
    pub param: Option<String>,
    /// The request id, for reports to the operator of the API.
    pub request_id: Option<String>,
    /// How long the server asked to wait. Dates need the feature `httpdate`.
    pub retry_after: Option<Duration>,
    /// The value of a `Retry-After` header that is not a number of seconds, such as a date.
    pub retry_after_text: Option<String>,
    /// Whether a retry can help, according to the server.
    pub should_retry: Option<bool>,
    /// All other members of the body.
    pub extra: Map<String, Value>,
    /// The beginning of a body that has no message, or whose members contradict each other.
    pub raw_excerpt: Option<String>,
}

record!(ReceivedError {
    status = "status",
    code = "code",
    error_type = "error_type",
    message = "message",
    param = "param",
    request_id = "request_id",
    retry_after = "retry_after",
    retry_after_text = "retry_after_text",
    should_retry = "should_retry",
    extra = "extra",
    raw_excerpt = "raw_excerpt",
});

impl ReceivedError {
    /// Reads an error response from its parts. The case of header names does not matter; `headers` can
    /// be an `http::HeaderMap`.
    pub fn from_parts<N, V>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Self
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let mut read = ReceivedHeaders::default();
        for (name, value) in headers {
            read.read(name.as_ref(), value.as_ref());
        }
        let canonical = if body.len() > LARGEST_BODY {
            Canonical::default()
        } else {
            Canonical::read(body)
        };
        let mut received = Self {
            status,
            code: canonical.code.map(MaybeKnown::from),
            error_type: canonical.error_type.map(MaybeKnown::from),
            message: canonical.message.map(str::to_owned),
            param: canonical.param.map(str::to_owned),
            retry_after: read.wait(),
            request_id: read.request_id,
            retry_after_text: read.retry_after_text,
            should_retry: read.should_retry,
            extra: Map::new(),
            raw_excerpt: None,
        };
        if canonical.message.is_none() {
            received.read_body(body, read.is_problem);
        }
        received
    }

    /// Reads a body. `stated` is whether the headers call it a problem.
    fn read_body(&mut self, body: &[u8], stated: bool) {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let complete = match parse(body) {
            Some(Value::Object(members)) if is_problem(&members, stated) => {
                self.read_problem(members);
                true
            }
            Some(Value::Object(members)) => self.read_envelope(members),
            _ => false,
        };
        if (self.message.is_none() || !complete) && !body.is_empty() {
            self.raw_excerpt = Some(excerpt(body));
        }
    }

    /// Reads an envelope, with or without its outer object. Returns whether every member was kept.
    fn read_envelope(&mut self, mut body: Map<String, Value>) -> bool {
        if let Some(Value::Object(members)) = body.get_mut("error") {
            let members = core::mem::take(members);
            body.remove("error");
            // Nothing was read before that these could contradict.
            self.read_members(members);
        }
        self.read_members(body)
    }

    /// Members that were read before win. Returns whether every member was kept.
    fn read_members(&mut self, members: Map<String, Value>) -> bool {
        let mut complete = true;
        for (name, value) in members {
            match name.as_str() {
                "message" if self.message.is_none() => self.message = as_text(&value),
                "param" if self.param.is_none() => self.param = as_text(&value),
                "code" if self.code.is_none() => self.code = as_name(&value),
                "type" if self.error_type.is_none() => self.error_type = as_name(&value),
                _ => match self.extra.entry(name) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(known) => complete &= *known.get() == value,
                },
            }
        }
        complete
    }

    /// Source: RFC 9457, section 3.
    fn read_problem(&mut self, mut body: Map<String, Value>) {
        // Some servers send `message` instead of `detail`.
        let detail = body.remove("detail").filter(|detail| !detail.is_null());
        let detail = detail.or_else(|| body.remove("message"));
        self.message = detail.as_ref().and_then(as_text);
        for (name, value) in body {
            match name.as_str() {
                "param" => self.param = as_text(&value),
                "code" => self.code = as_name(&value),
                "error_type" => self.error_type = as_name(&value),
                _ => {
                    self.extra.insert(name, value);
                }
            }
        }
        let seconds = self.extra.get("retry_after").and_then(Value::as_u64);
        self.retry_after = self.retry_after.or(seconds.map(Duration::from_secs));
        let retryable = self.extra.get("retryable").and_then(Value::as_bool);
        self.should_retry = self.should_retry.or(retryable);
    }

    /// The arguments in the body, read as the struct of the code in the module `args` or as any other
    /// type; `None` if the body has none. Sensitive values are withheld.
    ///
    /// # Errors
    ///
    /// Fails if the arguments do not fit the type.
    ///
    /// ```
    /// use runtime::ReceivedError;
    ///
    /// let headers: [(&str, &str); 0] = [];
    /// let body = br#"{"error":{"message":"Too long","details":{"limit":20}}}"#;
    /// let received = ReceivedError::from_parts(400, headers, body);
    /// let details: std::collections::HashMap<String, u64> = received.details()?.unwrap();
    /// assert_eq!(details["limit"], 20);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn details<T: DeserializeOwned>(&self) -> Result<Option<T>, serde_json::Error> {
        let details = self.extra.get("details");
        let details = details.filter(|details| !details.is_null());
        details.map(T::deserialize).transpose()
    }

    /// Whether and how to retry: by the code if it is known, else by the type if it is known and its
    /// statuses agree, else by the status.
    ///
    /// `should_retry` overrides that, because the catalog of the server may be newer: `false` always,
    /// `true` if the code is unknown.
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        let code = self.code.as_ref().and_then(MaybeKnown::known);
        let error_type = self.error_type.as_ref().and_then(MaybeKnown::known);
        let rule = match (self.should_retry, code) {
            (Some(false), _) => RetryRule::Never,
            (_, Some(code)) => code.retry(),
            (Some(true), None) => RetryRule::Backoff,
            (None, None) => error_type
                .and_then(ErrorType::retry)
                .unwrap_or(RetryRule::from_status(self.status)),
        };
        RetryAdvice {
            rule,
            retry_after: self.retry_after,
        }
    }
}

/// The body as JSON. Invalid UTF-8 and unpaired surrogates are replaced.
fn parse(body: &[u8]) -> Option<Value> {
    if body.len() > LARGEST_BODY {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let value = text.parse().ok();
    value.or_else(|| without_halves(&text)?.parse().ok())
}

/// The body with U+FFFD for each escape of an unpaired surrogate, as programs write them that truncate
/// UTF-16; `None` if there is none.
fn without_halves(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&text[copied..at]);
                out.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            // The character after a backslash is part of the escape.
            _ => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    out.push_str(&text[copied..]);
    (copied > 0).then_some(out)
}

/// The beginning of a body, cut at a character boundary.
fn excerpt(body: &[u8]) -> String {
    let mut end = body.len().min(LONGEST_EXCERPT);
    while end < body.len() && end > LONGEST_EXCERPT - 3 && body[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    String::from_utf8_lossy(&body[..end]).into_owned()
}

/// Whether a body has the members of a problem rather than those of an envelope.
fn is_problem(body: &Map<String, Value>, stated: bool) -> bool {
    let has = |name| body.contains_key(name);
    match body.get("error") {
        Some(Value::Object(_)) => false,
        None | Some(Value::Null) => {
            stated || has("detail") || has("error_type") || (has("title") && !has("message"))
        }
        Some(_) => stated,
    }
}

/// A string as it is; any other value as JSON, so that nothing is lost.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn as_name<T: core::str::FromStr>(value: &Value) -> Option<MaybeKnown<T>> {
    as_text(value).map(|name| MaybeKnown::from(name.as_str()))
}

/// Writes one line. Characters that break lines, control a terminal or change the direction of text
/// are escaped, so that a server cannot forge log lines; long strings are cut.
impl fmt::Display for ReceivedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, " {}", OneLine(code.as_str()))?;
        }
        if let Some(text) = self.message.as_ref().or(self.raw_excerpt.as_ref()) {
            write!(formatter, ": {}", OneLine(text))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {})", OneLine(request_id))?;
        }
        Ok(())
    }
}

/// Whether a character breaks a line or changes the direction of text.
const fn is_misleading(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// An untrusted string in a log line.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(LONGEST_LINE) {
            if character.is_control() || is_misleading(character) {
                write!(formatter, "{}", character.escape_default())?;
            } else {
                formatter.write_char(character)?;
            }
        }
        if characters.next().is_some() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

impl std::error::Error for ReceivedError {}
