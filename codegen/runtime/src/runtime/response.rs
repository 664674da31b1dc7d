//! From an error to the bytes of a response.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::catalog::codes::{ENVELOPES, PROBLEMS};
use crate::catalog::settings::NULL_PARAM;
use crate::runtime::arguments::{AnyArguments, Object};
use crate::runtime::envelope::Members;
use crate::runtime::json::push_escaped;
use crate::runtime::serde_impls::read_record;
use crate::runtime::tables::Body;
use crate::runtime::{fast_path, problem};
use crate::{ApiError, Details, Envelope, EnvelopeStyle, ErrorCode, ErrorType, Problem};

impl ApiError {
    /// The body of the response: compact JSON in the style of the error.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let body = ApiError::new(ErrorCode::FileNotFound).with_message("Say \"please\".").to_json();
    /// assert!(body.contains(r#""Say \"please\".""#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut body = String::with_capacity(256);
        self.write_json(&mut body);
        body
    }

    /// Adds the body of the response to `out`, which may be used again and again.
    ///
    /// What the catalog knows of the error was put into JSON when the crate was generated; the
    /// rest gives the same bytes as [`Envelope`] and [`Problem`] do through serde.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let mut body = String::new();
    /// for code in ErrorCode::ALL {
    ///     body.clear();
    ///     ApiError::new(*code).write_json(&mut body);
    ///     assert_eq!(body, code.body_json());
    /// }
    /// ```
    pub fn write_json(&self, out: &mut String) {
        self.write_json_in(self.style(), out);
    }

    /// Adds the body of the response in another style to `out`.
    pub(crate) fn write_json_in(&self, style: EnvelopeStyle, out: &mut String) {
        let body = match (style, self.code()) {
            (EnvelopeStyle::OpenAi, Some(code)) => &ENVELOPES[code as usize],
            (EnvelopeStyle::OpenAi, None) => self.error_type().body(),
            (EnvelopeStyle::Problem, Some(code)) => &PROBLEMS[code as usize],
            (EnvelopeStyle::Problem, None) => {
                problem::write_without_code(self, out);
                return self.write_end(style, out);
            }
        };
        self.write(style, body, out);
    }

    /// Writes a body that was put into JSON ahead of time, with the message of the error.
    fn write(&self, style: EnvelopeStyle, body: &Body, out: &mut String) {
        let usual_end = self.has_usual_end(style);
        match self.own_message() {
            None => out.push_str(if usual_end { body.text } else { body.fixed() }),
            Some(message) => {
                match style {
                    // A constant is copied faster than a slice.
                    EnvelopeStyle::OpenAi => out.push_str(fast_path::HEAD),
                    EnvelopeStyle::Problem => out.push_str(body.head()),
                }
                push_escaped(message, out);
                out.push_str(if usual_end { body.rest() } else { body.tail() });
            }
        }
        if !usual_end {
            self.write_end(style, out);
        }
    }

    /// Writes what follows the members that every body has.
    fn write_end(&self, style: EnvelopeStyle, out: &mut String) {
        match self.param() {
            Some(param) => {
                out.push_str(",\"param\":\"");
                push_escaped(param, out);
                out.push('"');
            }
            None if NULL_PARAM => out.push_str(",\"param\":null"),
            None => {}
        }
        if style == EnvelopeStyle::Problem {
            problem::write_occurrence(self, out);
        }
        if let Some(arguments) = self.arguments_of_body() {
            write_details(arguments, out);
        }
        out.push_str(match style {
            EnvelopeStyle::OpenAi => "}}",
            EnvelopeStyle::Problem => "}",
        });
    }

    /// The error as a server-sent event, for a stream that fails after its response has begun.
    ///
    /// The event is one line of data: the body contains no line break, even if the message does.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// let event = ApiError::new(ErrorCode::FileNotFound).with_message("two\nlines").to_sse_event();
    /// assert!(event.starts_with("data: {") && event.ends_with("}\n\n"));
    /// assert_eq!(event.lines().count(), 2);
    /// ```
    ///
    /// Source: the HTML standard, section 9.2 "Server-sent events".
    #[must_use]
    pub fn to_sse_event(&self) -> String {
        let mut event = String::with_capacity(256);
        event.push_str("data: ");
        self.write_json(&mut event);
        event.push_str("\n\n");
        event
    }
}

fn write_details(arguments: &dyn AnyArguments, out: &mut String) {
    let object = Object {
        arguments,
        redacted: false,
    };
    if !object.has_members() {
        return;
    }
    // The values of arguments always serialise.
    if let Ok(json) = serde_json::to_string(&object) {
        out.push_str(",\"details\":");
        out.push_str(&json);
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.style() {
            EnvelopeStyle::OpenAi => Envelope::new(self).serialize(serializer),
            EnvelopeStyle::Problem => Problem::new(self).serialize(serializer),
        }
    }
}

/// A body of any style.
struct ReadBody {
    error: Option<Members>,
    status: Option<u16>,
    detail: Option<String>,
    code: Option<ErrorCode>,
    error_type: Option<ErrorType>,
    param: Option<String>,
    instance: Option<String>,
    retry_after: Option<u64>,
    details: Option<Details>,
}

read_record!(ReadBody:
    error, status, detail, code, error_type, param, instance, retry_after, details
);

impl<'de> Deserialize<'de> for ApiError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = ReadBody::deserialize(deserializer)?;
        if let Some(members) = body.error {
            return Ok(Self::from(Envelope::from(members)));
        }
        let missing = D::Error::missing_field;
        let problem = Problem {
            // These are derived.
            type_uri: Cow::Borrowed(""),
            title: Cow::Borrowed(""),
            retryable: false,
            status: body.status.ok_or_else(|| missing("status"))?,
            detail: body.detail.ok_or_else(|| missing("detail"))?.into(),
            code: body.code,
            error_type: body.error_type.ok_or_else(|| missing("error_type"))?,
            param: body.param.map(Cow::Owned),
            instance: body.instance.map(Cow::Owned),
            retry_after: body.retry_after,
            details: body.details,
        };
        Self::try_from(problem).map_err(D::Error::custom)
    }
}
