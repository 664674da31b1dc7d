//! Differences between a response and the expected error.

use core::fmt;

use serde_json::{Map, Value};

use super::{Expected, TestResponse};
use crate::catalog::settings::{ENVELOPE_STYLES, MAX_RETRY_AFTER, NULL_PARAM, REQUEST_ID_HEADER};
use crate::runtime::api_error::fits_as_request_id;
use crate::{ApiError, EnvelopeStyle, RetryRule};

/// The differences, one line each.
pub(crate) struct Differences {
    lines: Vec<String>,
}

impl fmt::Display for Differences {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.lines.iter();
        lines.try_for_each(|line| writeln!(formatter, "  {line}"))
    }
}

impl Differences {
    pub(crate) fn between(answer: &TestResponse, expected: Expected) -> Self {
        let mut differences = Self { lines: Vec::new() };
        let sent = ApiError::from_sent(expected.error_type, expected.status);
        if expected.code.is_none() && sent.is_err() {
            let line = format!("the catalog has no error {expected}");
            differences.lines.push(line);
        }
        let status = answer.status.to_string();
        differences.compare("status", &expected.status.to_string(), Some(&status));
        let style = differences.content_type(answer);
        differences.body(answer, expected, style);
        differences.request_id(answer);
        let should_retry = expected.retry.is_retryable().to_string();
        let found = answer.shown("x-should-retry");
        differences.compare("x-should-retry", &should_retry, found.as_deref());
        for (name, value) in expected.code.map_or(&[][..], |code| code.headers()) {
            // A server may set another value.
            if answer.shown(name).is_none() {
                differences.add(name, value, None);
            }
        }
        differences.retry_after(answer, expected);
        differences
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn add(&mut self, what: &str, expected: &str, found: Option<&str>) {
        let found = found.unwrap_or("nothing");
        self.lines
            .push(format!("{what:<16} {expected} expected, {found} found"));
    }

    fn compare(&mut self, what: &str, expected: &str, found: Option<&str>) {
        if found != Some(expected) {
            self.add(what, expected, found);
        }
    }

    /// The style that the content type names, or else the usual one.
    fn content_type(&mut self, answer: &TestResponse) -> EnvelopeStyle {
        let found = answer.shown("content-type");
        let media_type = found.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        let mut styles = ENVELOPE_STYLES.iter().copied();
        let style = styles.find(|style| media_type.eq_ignore_ascii_case(style.media_type()));
        style.unwrap_or_else(|| {
            let known = ENVELOPE_STYLES.iter().map(|style| style.media_type());
            let known: Vec<&str> = known.collect();
            self.add("content-type", &known.join(" or "), found.as_deref());
            ENVELOPE_STYLES[0]
        })
    }

    fn body(&mut self, answer: &TestResponse, expected: Expected, style: EnvelopeStyle) {
        let body: Value = match serde_json::from_slice(&answer.body) {
            Ok(body) => body,
            Err(error) => return self.add("body", "JSON", Some(&error.to_string())),
        };
        let before = self.lines.len();
        let (error, names) = match style {
            EnvelopeStyle::OpenAi => {
                self.unknown(body.as_object(), &["error"]);
                (body.get("error").and_then(Value::as_object), OPENAI)
            }
            EnvelopeStyle::Problem => (body.as_object(), PROBLEM),
        };
        let Some(error) = error else {
            return self.add("body", "an error object", Some("something else"));
        };
        self.unknown(Some(error), names.all);
        let text = |name: &str| error.get(name).and_then(Value::as_str);
        self.compare("type", expected.error_type.as_str(), text(names.error_type));
        let code = error.get("code");
        let found = code.map(|code| code.as_str().map_or(code.to_string(), str::to_owned));
        let code = expected.code.map_or("null", |code| code.as_str());
        self.compare("code", code, found.as_deref());
        let message = text(names.message).filter(|message| !message.trim().is_empty());
        if message.is_none() {
            self.add(names.message, "a text", None);
        }
        let param = error.get("param");
        let fits = param.map_or(!NULL_PARAM, |param| param.is_string() || param.is_null());
        if !fits {
            let found = param.map(Value::to_string);
            self.add("param", "a text", found.as_deref());
        }
        if self.lines.len() == before {
            // The crate reads strictly: a member cannot appear twice.
            let read = serde_json::from_slice::<ApiError>(&answer.body);
            if let Err(error) = read {
                self.add("body", "an error of the crate", Some(&error.to_string()));
            }
        }
    }

    fn unknown(&mut self, members: Option<&Map<String, Value>>, known: &[&str]) {
        for (name, value) in members.into_iter().flatten() {
            if !known.contains(&name.as_str()) {
                self.add(name, "nothing", Some(&value.to_string()));
            }
        }
    }

    fn request_id(&mut self, answer: &TestResponse) {
        let ids = answer.values(REQUEST_ID_HEADER);
        let fits = matches!(&ids[..], [id] if fits_as_request_id(id.as_bytes()));
        if !fits {
            let found = answer.shown(REQUEST_ID_HEADER);
            self.add(REQUEST_ID_HEADER, "one id", found.as_deref());
        }
    }

    /// All clients understand whole seconds, and wait as long as the catalog allows.
    fn retry_after(&mut self, answer: &TestResponse, expected: Expected) {
        let found = answer.shown("retry-after");
        let longest = MAX_RETRY_AFTER.as_secs();
        let fits = |text: &String| {
            let is_whole = text.bytes().all(|b| b.is_ascii_digit());
            let seconds = text.parse().ok().filter(|_| is_whole);
            seconds.is_some_and(|seconds: u64| (1..=longest).contains(&seconds))
        };
        let seconds = format!("1 to {longest} whole seconds");
        let (is_right, wanted) = match expected.retry {
            RetryRule::Backoff if expected.status != 413 => {
                (found.as_ref().is_none_or(fits), &*seconds)
            }
            RetryRule::After => (found.as_ref().is_some_and(fits), &*seconds),
            _ => (found.is_none(), "nothing"),
        };
        if !is_right {
            self.add("retry-after", wanted, found.as_deref());
        }
    }
}

impl TestResponse {
    fn values(&self, name: &str) -> Vec<String> {
        let headers = self.headers.iter();
        let named = headers.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        named
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            .collect()
    }

    pub(crate) fn shown(&self, name: &str) -> Option<String> {
        let values = self.values(name);
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// The members of an error in a style.
struct Names {
    all: &'static [&'static str],
    message: &'static str,
    error_type: &'static str,
}

const OPENAI: Names = Names {
    all: &["message", "type", "code", "param", "details"],
    message: "message",
    error_type: "type",
};

const PROBLEM: Names = Names {
    all: &[
        "type",
        "title",
        "status",
        "detail",
        "code",
        "error_type",
        "retryable",
        "param",
        "instance",
        "retry_after",
        "details",
    ],
    message: "detail",
    error_type: "error_type",
};
