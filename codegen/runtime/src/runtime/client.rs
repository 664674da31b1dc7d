//! Reading of error responses, for clients.

use core::time::Duration;
use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::runtime::received_headers::ReceivedHeaders;
use crate::runtime::received_members::{entries, status};
use crate::runtime::serde_impls::record;
use crate::{ErrorCode, ErrorType, Faults, MaybeKnown, RetryAdvice, RetryRule};

/// An error response, as far as it could be read.
///
/// Reading never fails. What the body does not contain is `None`, unknown names are kept, and of a body
/// that is not an envelope an excerpt is kept. Bodies in every style of this API are read, and in the styles
/// `openai`, `problem`, `anthropic`, `google` and `jsonapi`: the one that most members fit.
///
/// In bodies of other APIs and of proxies, a missing field is read from the first of these that has it:
///
/// 1. the members of the style; if the style has no media type of its own, also `message`, `type`, `code` and
///    `param` in the object `error` and then beside it;
/// 2. any other member, in this object: as message, a member such as `detail`, `error_description`, `msg`,
///    `reason`, `error` or `title`, in this order; as code or type, a string that is a known name: that of
///    a code or type of the catalog, or of a retired code; the code whose page the body refers to;
/// 3. the first error in an object or list, such as `error`, `errors`, `detail` or `extensions`;
/// 4. as message, the only string of the body.
///
/// The members of item 2 to 4 also stay in `extra`, where a body that is a list is the member `errors`, and
/// one that is a string is the member `error`. [`errors`](Self::errors) reads all errors of a list.
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
    /// The name of the style of the body, if it has a known one, such as `openai`.
    pub style: Option<Cow<'static, str>>,
}

record!(ReceivedError:
    status, code, error_type, message, param, request_id, retry_after, retry_after_text,
    should_retry, extra, raw_excerpt, style
);

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
        let mut received = Self {
            retry_after: read.wait(),
            request_id: read.request_id,
            retry_after_text: read.retry_after_text,
            should_retry: read.should_retry,
            ..Self::new(status)
        };
        received.read_body(body, read.stated);
        received
    }

    /// The errors in a body that contains a list of them, such as `errors`; none if it has no list. Each is
    /// read like a body of its own, and has the status and headers of the response.
    ///
    /// ```
    /// use runtime::ReceivedError;
    ///
    /// let headers: [(&str, &str); 0] = [];
    /// let body = br#"{"errors":[{"message":"Too long","param":"name"},{"message":"Too old","param":"born"}]}"#;
    /// let received = ReceivedError::from_parts(422, headers, body);
    /// assert_eq!(received.message.as_deref(), Some("Too long"));
    /// let params: Vec<_> = received.errors().filter_map(|error| error.param).collect();
    /// assert_eq!(params, ["name", "born"]);
    /// ```
    #[inline]
    pub fn errors(&self) -> impl Iterator<Item = Self> + '_ {
        entries(&self.extra).into_iter().map(|entry| {
            let mut error = Self {
                request_id: self.request_id.clone(),
                retry_after: self.retry_after,
                retry_after_text: self.retry_after_text.clone(),
                should_retry: self.should_retry,
                ..Self::new(self.status)
            };
            error.read_value(entry.value.clone(), None);
            error.param = error.param.or_else(|| entry.param.map(str::to_owned));
            error
        })
    }

    /// The faults in a body of a known style: those in the place that the style has for them, without the
    /// error that they belong to; in a style without such a place, and in a body that leaves it empty, the
    /// faults in its [`details`](Self::details). [`errors`](Self::errors) reads lists in other formats.
    ///
    /// ```
    /// use runtime::ReceivedError;
    ///
    /// let headers = [("content-type", "application/problem+json")];
    /// let body = br#"{"title":"Invalid","detail":"Invalid","errors":[{"message":"Too long","param":"name"}]}"#;
    /// let faults = ReceivedError::from_parts(422, headers, body).faults();
    /// assert_eq!(faults.to_string(), "name: Too long");
    /// ```
    ///
    /// Sources: RFC 9457, section 3; AIP-193, `BadRequest`; JSON:API 1.1, "Error Objects".
    #[must_use]
    #[inline]
    pub fn faults(&self) -> Faults {
        let of_style = self.faults_of_style();
        if of_style.is_empty() {
            self.faults_of_details()
        } else {
            of_style
        }
    }

    /// An error with nothing but a status.
    pub(crate) fn new(status: u16) -> Self {
        Self {
            status,
            code: None,
            error_type: None,
            message: None,
            param: None,
            request_id: None,
            retry_after: None,
            retry_after_text: None,
            should_retry: None,
            extra: Map::new(),
            raw_excerpt: None,
            style: None,
        }
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
        self.details_of_body().map(T::deserialize).transpose()
    }

    /// Whether and how to retry: by the code if it is known, else by the type if it is known and its
    /// statuses agree, else by the status. The status of a 2xx response is the one in its body, if the
    /// code or another member is a number from 400 to 599.
    ///
    /// `should_retry` overrides that, because the catalog of the server may be newer: `false` always,
    /// `true` if the code is unknown.
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        let code = self.code.as_ref().and_then(MaybeKnown::known);
        let error_type = self.error_type.as_ref().and_then(MaybeKnown::known);
        let rule = match (self.should_retry, code) {
            (Some(false), _) => RetryRule::Never,
            (_, Some(code)) => code.retry_with(self.error_status()),
            (Some(true), None) => RetryRule::Backoff,
            (None, None) => error_type
                .and_then(ErrorType::retry)
                .unwrap_or(RetryRule::from_status(self.error_status())),
        };
        RetryAdvice {
            rule,
            retry_after: self.retry_after,
        }
    }

    /// The status of the error, which a successful response can contain too.
    pub(crate) fn error_status(&self) -> u16 {
        let code = self
            .code
            .as_ref()
            .and_then(|code| code.as_str().parse().ok());
        let code = code.filter(|code| (400..600).contains(code));
        let stated = || code.or_else(|| status(&self.extra));
        match self.status {
            200..300 => stated().unwrap_or(self.status),
            status => status,
        }
    }
}

impl std::error::Error for ReceivedError {}
