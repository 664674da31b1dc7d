//! The headers of an error.

use std::borrow::Cow;

use codegen::Rule;
use codegen::catalog::{CodeId, RetryRule};

use super::body::{Bodies, Reading};
use super::request::Styles;
use crate::exchange::{Headers, Repeated};
use crate::finding::Reason;

/// The seconds of a year.
const YEAR: u64 = 31_536_000;

/// The headers that rules are about, and those that the recording has of them.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    content_type: Option<&'a [u8]>,
    request_id: Option<&'a [u8]>,
    request_ids: usize,
    retry_after: Option<&'a [u8]>,
    retry_afters: usize,
    should_retry: Option<&'a [u8]>,
}

impl<'a> Found<'a> {
    pub(super) fn new(headers: &'a Headers<'_>, request_id: &str) -> Self {
        let mut found = Self::default();
        for (name, value) in &headers.fields {
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
            let value: &[u8] = value;
            // The length of a name excludes most of them.
            match name.len() {
                12 if is("content-type") => found.content_type = Some(value),
                11 if is("retry-after") => {
                    found.retry_after = found.retry_after.or(Some(value));
                    found.retry_afters += 1;
                }
                14 if is("x-should-retry") => found.should_retry = Some(value),
                _ => {}
            }
            if name.len() == request_id.len() && is(request_id) {
                found.request_id = found.request_id.or(Some(value));
                found.request_ids += 1;
            }
        }
        found
    }

    /// The media type of the body, in any case.
    pub(super) fn media_type(&self) -> Option<Cow<'a, str>> {
        let value = String::from_utf8_lossy(self.content_type?);
        Some(match value {
            Cow::Borrowed(text) => Cow::Borrowed(essence(text)),
            Cow::Owned(text) => Cow::Owned(essence(&text).to_owned()),
        })
    }

    pub(super) fn request_id(&self) -> Option<Cow<'a, str>> {
        self.request_id.map(String::from_utf8_lossy)
    }
}

fn essence(content_type: &str) -> &str {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim()
}

/// What takes the results of rules.
pub(super) trait Results {
    fn find(&mut self, rule: Rule, text: String);
    fn skip(&mut self, rule: Rule, reason: Reason);
}

impl Bodies<'_> {
    /// Judges the headers of an error. `reading` is what its body says, if the body is known.
    pub(super) fn headers(
        &self,
        headers: &Headers<'_>,
        found: &Found<'_>,
        expected: Styles,
        status: u16,
        reading: Option<&Reading>,
        results: &mut impl Results,
    ) {
        let left_out = headers.repeated == Repeated::Absent;
        self.content_type(found, expected, left_out, reading, results);
        request_id(
            headers,
            found,
            reading,
            &self.catalog.envelope.request_id,
            results,
        );
        let code = reading.and_then(|reading| reading.subject.code());
        self.retry_after(found, left_out, code, results);
        if let (Some(reading), Some(value)) = (reading, found.should_retry) {
            let is_judged = reading.style.is_some() && !reading.subject.is_foreign();
            let wanted = self.is_retryable(code, status).to_string();
            let value = String::from_utf8_lossy(value);
            if is_judged && value.trim() != wanted {
                let said = match value.trim() {
                    "true" => "true",
                    "false" => "false",
                    _ => "neither true nor false",
                };
                let text = format!("`x-should-retry` is {said}, the catalog says {wanted}");
                results.find(Rule::ShouldRetryDiffers, text);
            }
        }
        if let (Some(code), Some(reading)) = (code, reading) {
            self.promised(headers, code, reading, left_out, results);
        }
    }

    fn content_type(
        &self,
        found: &Found<'_>,
        expected: Styles,
        left_out: bool,
        reading: Option<&Reading>,
        results: &mut impl Results,
    ) {
        // A body that is not an envelope has the type that it has.
        if reading.is_some_and(|reading| reading.style.is_none()) {
            return;
        }
        let style = reading.and_then(|reading| reading.style);
        let mut styles = self
            .styles
            .iter()
            .enumerate()
            .filter(|(position, _)| match style {
                Some(style) => style == *position,
                None => expected.contains(*position),
            });
        let Some(media_type) = found.media_type() else {
            if left_out {
                results.skip(Rule::WrongContentType, Reason::HeadersLeftOut);
            } else if style.is_some() {
                results.find(
                    Rule::WrongContentType,
                    "there is no content type".to_owned(),
                );
            }
            return;
        };
        let wanted = styles.clone().next();
        let fits =
            styles.any(|(_, style)| media_type.eq_ignore_ascii_case(&style.shape.content_type));
        if let (false, Some((_, style))) = (fits, wanted) {
            let wanted = &style.shape.content_type;
            let text = format!(
                "the content type is {}, not `{wanted}`",
                shown_type(&media_type)
            );
            results.find(Rule::WrongContentType, text);
        }
    }

    fn retry_after(
        &self,
        found: &Found<'_>,
        left_out: bool,
        code: Option<CodeId>,
        results: &mut impl Results,
    ) {
        let longest = self.catalog.retry.max_retry_after;
        let Some(value) = found.retry_after else {
            let is_promised = code.is_some_and(|code| self.catalog[code].retry == RetryRule::After);
            if is_promised && left_out {
                results.skip(Rule::RetryAfterMissing, Reason::HeadersLeftOut);
            } else if is_promised {
                let text = "the code has `retry: after`, the response has no `Retry-After`";
                results.find(Rule::RetryAfterMissing, text.to_owned());
            }
            return;
        };
        let value = value.trim_ascii();
        let is_whole = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(value).unwrap_or_default();
        let wrong =
            if found.retry_afters > 1 || value.contains(&b',') && text.split(',').all(is_number) {
                "`Retry-After` is there more than once"
            } else if !is_whole {
                "`Retry-After` is not a number of whole seconds"
            } else if text.trim_start_matches('0').is_empty() {
                "`Retry-After` is 0"
            } else {
                // A number with too many digits is longer than any delay.
                let seconds: u64 = text.parse().unwrap_or(u64::MAX);
                if seconds > longest {
                    // A longer number may be something else.
                    let found = match seconds {
                        0..=YEAR => seconds.to_string(),
                        _ => "more than a year".to_owned(),
                    };
                    let text =
                        format!("`Retry-After` is {found}, the catalog allows {longest} seconds");
                    results.find(Rule::RetryAfterTooLong, text);
                }
                return;
            };
        results.find(Rule::RetryAfterForm, wrong.to_owned());
    }

    fn promised(
        &self,
        headers: &Headers<'_>,
        code: CodeId,
        reading: &Reading,
        left_out: bool,
        results: &mut impl Results,
    ) {
        for header in &self.catalog[code].headers {
            // An error that is made without arguments does not have the header.
            let is_promised = reading.has_details || !header.value.has_arguments();
            let mut fields = headers.fields.iter();
            let is_there = fields.any(|(name, _)| name.eq_ignore_ascii_case(&header.name));
            if !is_promised || is_there {
                continue;
            }
            if left_out {
                results.skip(Rule::PromisedHeaderMissing, Reason::HeadersLeftOut);
            } else {
                let text = format!("the response has no header `{}`", header.name);
                results.find(Rule::PromisedHeaderMissing, text);
            }
        }
    }
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn request_id(
    headers: &Headers<'_>,
    found: &Found<'_>,
    reading: Option<&Reading>,
    name: &str,
    results: &mut impl Results,
) {
    let in_body = reading.and_then(|reading| reading.request_id.as_deref());
    let Some(id) = found.request_id() else {
        if headers.repeated == Repeated::Absent {
            results.skip(Rule::RequestIdMissing, Reason::HeadersLeftOut);
        } else {
            results.find(
                Rule::RequestIdMissing,
                format!("there is no header `{name}`"),
            );
        }
        return;
    };
    let mut ids = id.split([',', '\n']).map(str::trim);
    let is_joined =
        matches!(headers.repeated, Repeated::Joined | Repeated::One) && ids.clone().count() > 1;
    let is_in_body = |body: &str| id.trim() == body || ids.any(|id| id == body);
    if id.trim().is_empty() {
        results.find(
            Rule::RequestIdMissing,
            format!("the header `{name}` is empty"),
        );
    } else if let Some(false) = in_body.map(is_in_body) {
        let text = format!("the request id in the body is not that of `{name}`");
        results.find(Rule::RequestIdDiffers, text);
    }
    if found.request_ids > 1 || is_joined {
        let text = format!("the header `{name}` is there more than once");
        results.find(Rule::RequestIdDoubled, text);
    } else if headers.repeated == Repeated::One {
        results.skip(Rule::RequestIdDoubled, Reason::HeadersOnce);
    }
}

/// A media type as a report shows it.
fn shown_type(media_type: &str) -> String {
    let parts = media_type.split_once('/');
    let known = [
        "application",
        "audio",
        "image",
        "multipart",
        "text",
        "video",
    ];
    let shown = parts.and_then(|(group, name)| {
        let group = group.to_ascii_lowercase();
        let plain = name.replace('+', "-");
        crate::finding::shown(&plain).filter(|_| known.contains(&group.as_str()))
    });
    shown.map_or_else(|| "another one".to_owned(), |_| format!("`{media_type}`"))
}
