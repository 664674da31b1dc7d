//! The body of an error response in the style `problem`.
//!
//! Source: RFC 9457, "Problem Details for HTTP APIs".

use core::fmt::Write as _;
use core::time::Duration;
use std::borrow::Cow;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::catalog::settings::NULL_PARAM;
use crate::runtime::json::push_member;
use crate::runtime::reason_phrase::reason;
use crate::runtime::serde_impls::read_record;
use crate::{ApiError, Details, ErrorCode, ErrorType, InvalidStatus};

/// The type of a problem without a page.
const NO_PAGE: &str = "about:blank";

/// The body of an error response as RFC 9457 describes it.
///
/// It serialises with its members in the order of the fields, in any format of serde;
/// [`ApiError::to_json`] writes the same JSON without it.
///
/// ```
/// use runtime::{ApiError, ErrorCode, Problem};
///
/// let error = ApiError::new(ErrorCode::FileNotFound).with_instance("/orders/7");
/// let problem = Problem::new(&error);
/// assert_eq!(problem.type_uri, ErrorCode::FileNotFound.doc_url());
/// assert_eq!(problem.instance.as_deref(), Some("/orders/7"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem<'a> {
    /// `type` in the body: the page of the code, or `about:blank` if the error has no code.
    pub type_uri: Cow<'a, str>,
    /// The meaning of the code.
    pub title: Cow<'a, str>,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for people.
    pub detail: Cow<'a, str>,
    /// The code; null in the body if the error has none.
    pub code: Option<ErrorCode>,
    /// The wire name of the error's type.
    pub error_type: ErrorType,
    /// Whether sending the same request again can help.
    pub retryable: bool,
    /// The request field that caused the error.
    pub param: Option<Cow<'a, str>>,
    /// What identifies this occurrence.
    pub instance: Option<Cow<'a, str>>,
    /// How long to wait before a retry, in whole seconds.
    pub retry_after: Option<u64>,
    /// The arguments of the code.
    pub details: Option<Details>,
}

impl<'a> Problem<'a> {
    /// The body of a response with this error.
    #[must_use]
    pub fn new(error: &'a ApiError) -> Self {
        Self {
            type_uri: error.code().map_or(NO_PAGE, ErrorCode::doc_url).into(),
            title: title(error).into(),
            status: error.status(),
            detail: error.message().into(),
            code: error.code(),
            error_type: error.error_type(),
            retryable: error.retry().is_retryable(),
            param: error.param().map(Cow::Borrowed),
            instance: error.instance().map(Cow::Borrowed),
            retry_after: error.retry_after().map(|delay| delay.as_secs()),
            details: error.details(),
        }
    }
}

/// The meaning of the code, or the reason phrase if there is none.
fn title(error: &ApiError) -> &'static str {
    match error.code() {
        Some(code) if code.meaning().is_empty() => code.as_str(),
        Some(code) => code.meaning(),
        None => reason(error.status()).unwrap_or(error.error_type().as_str()),
    }
}

/// Writes a body without code up to where `param` begins.
pub(crate) fn write_without_code(error: &ApiError, out: &mut String) {
    out.push_str("{\"type\":\"");
    out.push_str(NO_PAGE);
    out.push('"');
    push_member("title", title(error), out);
    // Writing to a string cannot fail.
    let _ = write!(out, ",\"status\":{}", error.status());
    push_member("detail", error.message(), out);
    out.push_str(",\"code\":null");
    push_member("error_type", error.error_type().as_str(), out);
    let _ = write!(out, ",\"retryable\":{}", error.retry().is_retryable());
}

/// Writes the members between `param` and the details.
pub(crate) fn write_occurrence(error: &ApiError, out: &mut String) {
    if let Some(instance) = error.instance() {
        push_member("instance", instance, out);
    }
    if let Some(delay) = error.retry_after() {
        // Writing to a string cannot fail.
        let _ = write!(out, ",\"retry_after\":{}", delay.as_secs());
    }
}

/// A string as a URI: other characters are percent-encoded.
///
/// Source: RFC 3986, section 2.
pub(crate) fn uri(text: &str) -> String {
    let hexadecimal = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let fragment = text.find('#');
    let authority = text.find("://").map_or(0..0, |at| {
        let start = at + "://".len();
        let end = text[start..].find(['/', '?', '#']);
        start..end.map_or(text.len(), |end| start + end)
    });
    let mut out = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let fits = match byte {
            b'%' => hexadecimal(at),
            b'#' => fragment == Some(at),
            // Brackets are valid around IPv6 addresses only.
            b'[' | b']' => authority.contains(&at),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if fits {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let with_param = self.param.is_some() || NULL_PARAM;
        let optional = [
            with_param,
            self.instance.is_some(),
            self.retry_after.is_some(),
            self.details.is_some(),
        ];
        let count = 7 + optional.iter().filter(|there| **there).count();
        let mut members = serializer.serialize_struct("Problem", count)?;
        members.serialize_field("type", &self.type_uri)?;
        members.serialize_field("title", &self.title)?;
        members.serialize_field("status", &self.status)?;
        members.serialize_field("detail", &self.detail)?;
        members.serialize_field("code", &self.code)?;
        members.serialize_field("error_type", &self.error_type)?;
        members.serialize_field("retryable", &self.retryable)?;
        if with_param {
            members.serialize_field("param", &self.param)?;
        }
        if let Some(instance) = &self.instance {
            members.serialize_field("instance", instance)?;
        }
        if let Some(seconds) = &self.retry_after {
            members.serialize_field("retry_after", seconds)?;
        }
        if let Some(details) = &self.details {
            members.serialize_field("details", details)?;
        }
        members.end()
    }
}

read_record!(Problem, Problem<'_>, Problem<'static>:
    type_uri = "type", title, status, detail, code, error_type, retryable, param, instance,
    retry_after, details
);

/// The error of a body. Its code determines type and status, if it has one; without code, fails if
/// the type does not allow the status and [`ApiError::from_status`] does not send them together.
impl TryFrom<Problem<'_>> for ApiError {
    type Error = InvalidStatus;

    fn try_from(problem: Problem<'_>) -> Result<Self, InvalidStatus> {
        let error = match problem.code {
            Some(code) => Self::new(code),
            None => Self::from_sent(problem.error_type, problem.status)?,
        };
        let error = match problem.retry_after.map(Duration::from_secs) {
            Some(delay) if error.retry_after() != Some(delay) => error.with_retry_after(delay),
            _ => error,
        };
        let error = match problem.instance {
            Some(instance) => error.with_instance(&instance),
            None => error,
        };
        let error = error.with_read(problem.detail, problem.param, problem.details);
        Ok(error.with_accept(crate::EnvelopeStyle::Problem.media_type()))
    }
}
