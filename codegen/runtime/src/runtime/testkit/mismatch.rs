//! Differences between a response and the expected error.

use core::fmt;

use serde_json::{Map, Value};

use super::{Expected, Names, TestResponse};
use crate::catalog::settings::{ENVELOPE_STYLES, MAX_RETRY_AFTER, REQUEST_ID_HEADER};
use crate::runtime::read_shape::find;
use crate::runtime::request_id::fits_as_request_id;
use crate::runtime::shape::{Shape, Slot};
use crate::{ApiError, EnvelopeStyle, ErrorCode, MaybeKnown, ReceivedError, RetryRule};

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
    /// Compares a response, from which a client reads `received`.
    pub(crate) fn between(
        answer: &TestResponse,
        received: &ReceivedError,
        expected: Expected,
    ) -> Self {
        let mut differences = Self { lines: Vec::new() };
        if let Names::Type(error_type) = expected.names {
            if ApiError::from_sent(error_type, expected.status).is_err() {
                let line = format!("the catalog has no error {expected}");
                differences.lines.push(line);
            }
        }
        let status = answer.status.to_string();
        differences.compare("status", &expected.status.to_string(), Some(&status));
        differences.body(answer, received, expected);
        differences.request_id(answer);
        let found = answer.shown("x-should-retry");
        let retry = expected.retry().unwrap_or(match found.as_deref() {
            // The error of another API has its own rule.
            Some("true") => RetryRule::Backoff,
            _ => RetryRule::Never,
        });
        let should_retry = retry.is_retryable().to_string();
        differences.compare("x-should-retry", &should_retry, found.as_deref());
        for (name, value) in expected.code().map_or(&[][..], ErrorCode::headers) {
            // A server may set another value.
            if answer.shown(name).is_none() {
                differences.add(name, value, None);
            }
        }
        differences.retry_after(answer, expected.status, retry);
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

    /// The style that the content type names and that the body fits best, or else the usual one.
    fn style(&mut self, answer: &TestResponse, body: &Value) -> EnvelopeStyle {
        let found = answer.shown("content-type");
        let media_type = found.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        let styles = ENVELOPE_STYLES.iter().copied();
        let styles = styles.filter(|style| media_type.eq_ignore_ascii_case(style.media_type()));
        let members = body.as_object();
        let count = |style: &EnvelopeStyle| members.and_then(|body| style.shape().count(body));
        // The first of several.
        styles.rev().max_by_key(count).unwrap_or_else(|| {
            let known = ENVELOPE_STYLES.iter().map(|style| style.media_type());
            let mut known: Vec<&str> = known.collect();
            known.dedup();
            self.add("content-type", &known.join(" or "), found.as_deref());
            ENVELOPE_STYLES[0]
        })
    }

    fn body(&mut self, answer: &TestResponse, received: &ReceivedError, expected: Expected) {
        let body = serde_json::from_slice::<Value>(&answer.body);
        let style = self.style(answer, body.as_ref().unwrap_or(&Value::Null));
        let body = match body {
            Ok(Value::Object(body)) => body,
            Ok(_) => return self.add("body", "an error object", Some("something else")),
            Err(error) => return self.add("body", "JSON", Some(&error.to_string())),
        };
        let before = self.lines.len();
        let shape = style.shape();
        match expected.names {
            Names::Code(code) => {
                let name = shape.type_of_code(code, expected.status);
                self.names(shape, &body, name, expected);
            }
            Names::Type(error_type) => {
                let name = shape.type_name(error_type, expected.status);
                self.names(shape, &body, name, expected);
            }
            Names::Relayed(name) => {
                let code = received.code.as_ref().map(MaybeKnown::as_str);
                let error_type = received.error_type.as_ref().map(MaybeKnown::as_str);
                self.compare("code or type", name, code.or(error_type));
            }
        }
        if let Some(place) = shape.place(Slot::Message) {
            let message = place.value(&body).and_then(|found| found.text());
            if message.is_none_or(|message| message.trim().is_empty()) {
                self.add(place.name(), "a text", None);
            }
        }
        if self.lines.len() > before {
            return;
        }
        if matches!(expected.names, Names::Relayed(_)) {
            self.relayed(received, style, body);
        } else {
            self.rest(&answer.body, &Value::Object(body), expected);
        }
    }

    /// Compares the type and the code.
    fn names(
        &mut self,
        shape: &Shape,
        body: &Map<String, Value>,
        error_type: &str,
        expected: Expected,
    ) {
        if let Some(place) = shape.place(Slot::Type) {
            let found = place.value(body).and_then(|found| found.text());
            self.compare(place.name(), error_type, found);
        }
        if let Some(place) = shape.place(Slot::Code) {
            let found = find(body, place.path);
            let found = found.map(|code| code.as_str().map_or(code.to_string(), str::to_owned));
            let code = expected.code().map(|code| shape.code_name(code));
            match code.or(place.missing) {
                Some(code) => self.compare(place.name(), code, found.as_deref()),
                None if found.is_some() => self.add(place.name(), "nothing", found.as_deref()),
                None => {}
            }
        }
    }

    /// Compares a body with what the crate hands on of the error that a client reads from it.
    fn relayed(
        &mut self,
        received: &ReceivedError,
        style: EnvelopeStyle,
        body: Map<String, Value>,
    ) {
        let mut error = ApiError::relay(received).with_style(style);
        let instance = style.shape().slot(Slot::Instance, &body);
        if let Some(instance) = instance.and_then(|instance| instance.text()) {
            error = error.with_instance(instance);
        }
        if let Some(request_id) = &received.request_id {
            error = error.with_request_id(request_id.as_str());
        }
        let written: Value = error.to_json().parse().unwrap_or_default();
        self.members(&Value::Object(body), &written);
    }

    /// Compares a body with what the crate writes for its error: it has no other member, and none twice.
    fn rest(&mut self, json: &[u8], body: &Value, expected: Expected) {
        let error = match serde_json::from_slice::<ApiError>(json) {
            Ok(error) => match expected.own {
                Some(own) => error.of_operation(own),
                None => error,
            },
            Err(error) => {
                return self.add("body", "an error of the crate", Some(&error.to_string()));
            }
        };
        let written: Value = error.to_json().parse().unwrap_or_default();
        self.members(body, &written);
    }

    /// Compares the members of two objects, and the elements of two lists.
    fn members(&mut self, body: &Value, written: &Value) {
        match (body, written) {
            (Value::Object(body), Value::Object(written)) => {
                for (name, value) in body {
                    match written.get(name) {
                        Some(written) => self.members(value, written),
                        None => self.add(name, "nothing", Some(&value.to_string())),
                    }
                }
                for (name, value) in written {
                    if !body.contains_key(name) {
                        self.add(name, &value.to_string(), None);
                    }
                }
            }
            (Value::Array(body), Value::Array(written)) if body.len() == written.len() => {
                for (value, written) in body.iter().zip(written) {
                    self.members(value, written);
                }
            }
            (value, written) if value == written => {}
            (value, written) => {
                self.add("body", &written.to_string(), Some(&value.to_string()));
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
    fn retry_after(&mut self, answer: &TestResponse, status: u16, retry: RetryRule) {
        let found = answer.shown("retry-after");
        let longest = MAX_RETRY_AFTER.as_secs();
        let fits = |text: &String| {
            let is_whole = text.bytes().all(|b| b.is_ascii_digit());
            let seconds = text.parse().ok().filter(|_| is_whole);
            seconds.is_some_and(|seconds: u64| (1..=longest).contains(&seconds))
        };
        let seconds = format!("1 to {longest} whole seconds");
        let (is_right, wanted) = match retry {
            RetryRule::Backoff if status != 413 => (found.as_ref().is_none_or(fits), &*seconds),
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
