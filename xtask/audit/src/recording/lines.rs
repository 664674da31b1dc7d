//! JSON lines in the form of `docs/live-check.md`.

use std::borrow::Cow;

use std::io::{self, BufRead};

use memchr::memchr;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::exchange::{Body, Headers, Outcome, Repeated, Request, Unknown};
use crate::recording::body::{base64, outcome};
use crate::recording::fields::Fields;
use crate::recording::limits::MAX_EXCHANGE;
use crate::recording::text::{Status, Text};

/// A line.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Line<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow, alias = "url")]
    target: Option<Text<'a>>,
    status: Status,
    #[serde(borrow)]
    request_headers: Option<Fields<'a>>,
    #[serde(borrow)]
    headers: Option<Fields<'a>>,
    repeated: Option<Word>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
    #[serde(borrow)]
    body_base64: Option<Text<'a>>,
    cut: Option<bool>,
    #[serde(borrow)]
    error: Option<Text<'a>>,
}

/// A value of `repeated`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Kept,
    Joined,
    One,
    Absent,
}

/// Reads a line.
///
/// # Errors
///
/// If the line is not JSON, or a member has another type.
pub(crate) fn read(line: &[u8]) -> Result<(Request<'_>, Outcome<'_>), String> {
    let line: Line = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let method = line.method.map(Text::characters);
    let outcome = match line.status {
        Status::None => Outcome::None(line.error.unwrap_or_default().characters()),
        Status::Invalid(number) => return Err(format!("{number} is not a status")),
        Status::Is(status) => {
            let body = body(line.body, line.body_base64, line.cut)?;
            outcome(
                method.as_deref(),
                status,
                headers(line.headers, line.repeated),
                body,
            )
        }
    };
    let request = Request {
        method,
        target: line.target.map(Text::characters),
        headers: headers(line.request_headers, line.repeated),
    };
    Ok((request, outcome))
}

fn headers(fields: Option<Fields<'_>>, word: Option<Word>) -> Headers<'_> {
    let Some(mut fields) = fields else {
        return Headers {
            fields: Vec::new(),
            repeated: Repeated::Absent,
        };
    };
    let repeated = match word {
        None => fields.repeated,
        Some(Word::Kept) => Repeated::Kept,
        Some(Word::Joined) => Repeated::Joined,
        Some(Word::One) => Repeated::One,
        Some(Word::Absent) => {
            // An access log writes something for each header of its format.
            fields
                .fields
                .retain(|(_, value)| !matches!(&**value, b"" | b"-"));
            Repeated::Absent
        }
    };
    Headers {
        fields: fields.fields,
        repeated,
    }
}

fn body<'a>(
    body: Option<&'a RawValue>,
    encoded: Option<Text<'a>>,
    cut: Option<bool>,
) -> Result<Body<'a>, String> {
    let bytes = match (body, encoded) {
        (_, Some(text)) => Cow::Owned(base64(&text.0).ok_or("`body_base64` is not base64")?),
        (Some(body), None) if body.get().starts_with('"') => {
            let text: Text = serde_json::from_str(body.get()).map_err(|error| error.to_string())?;
            text.0
        }
        (Some(body), None) if cut != Some(true) => {
            return Ok(Body::Parsed(body.get().as_bytes().into()));
        }
        (Some(_), None) => return Err("a body that was cut is not a string".to_owned()),
        (None, None) if cut == Some(true) => return Ok(Body::Unknown(Unknown::Lost)),
        (None, None) => return Ok(Body::Unknown(Unknown::Omitted)),
    };
    Ok(if cut == Some(true) {
        Body::Cut(bytes)
    } else {
        Body::Whole(bytes)
    })
}

/// What was read of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The line is read.
    Line,
    /// The line was skipped: it is longer than [`MAX_EXCHANGE`].
    TooLong,
    /// There is none.
    End,
}

/// Reads a line into `line`, without its end.
pub(crate) fn next(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Next> {
    line.clear();
    let mut next = Next::End;
    loop {
        let bytes = match input.fill_buf() {
            Ok([]) => return Ok(next),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr(b'\n', bytes);
        let part = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
        if next != Next::TooLong {
            next = Next::Line;
            line.extend_from_slice(part);
            if line.len() > MAX_EXCHANGE {
                next = Next::TooLong;
                *line = Vec::new();
            }
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(next);
        }
    }
}
