//! HAR, as browsers, proxies and test tools write it.

use std::borrow::Cow;
use std::io::BufRead;

use serde::Deserialize;

use crate::exchange::{Body, Headers, Outcome, Repeated, Request, Unknown};
use crate::recording::beside::Beside;
use crate::recording::body::{base64, content_length, outcome, replaced};
use crate::recording::document;
use crate::recording::feed::Feed;
use crate::recording::fields::{Characters, Named, headers};
use crate::recording::scanner::{Layout, Part};
use crate::recording::sink::Sink;
use crate::recording::text::{Status, Text};

const LAYOUT: Layout = Layout::Members(&[(
    "log",
    Layout::Members(&[
        ("creator", Layout::Part(Part::Creator)),
        ("entries", Layout::Items(&Layout::Part(Part::Exchange))),
    ]),
)]);

/// What made the recording. Each leaves out and changes other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recorder {
    Playwright,
    /// Also within puppeteer-har.
    ChromeHar,
    Mitmproxy,
    Schemathesis,
    Polly,
    Other,
}

#[derive(Deserialize)]
struct Creator<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    request: Option<Asked<'a>>,
    #[serde(borrow)]
    response: Option<Answer<'a>>,
    timings: Option<Timings>,
}

#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    headers: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(default)]
    status: Status,
    #[serde(borrow)]
    headers: Option<Vec<Named<'a>>>,
    #[serde(borrow)]
    content: Option<Content<'a>>,
    #[serde(borrow, rename = "_failureText")]
    failure: Option<Text<'a>>,
    #[serde(borrow, rename = "_error")]
    error: Option<Text<'a>>,
}

#[derive(Default, Deserialize)]
struct Content<'a> {
    size: Option<f64>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    encoding: Option<Text<'a>>,
    #[serde(borrow, rename = "_file")]
    file: Option<Text<'a>>,
    #[serde(borrow)]
    comment: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Timings {
    receive: Option<f64>,
}

/// Reads a recording.
pub(crate) fn read<S: Sink>(input: impl BufRead, beside: &Beside<'_>, feed: &mut Feed<'_, S>) {
    let mut recorder = Recorder::Other;
    document::read(input, &LAYOUT, feed, |part, json, feed| {
        match part {
            Part::Creator => recorder = Recorder::of(json),
            Part::Exchange => {
                if recorder == Recorder::Schemathesis {
                    feed.expect_python();
                }
                let entry: Entry = serde_json::from_slice(json)?;
                let (request, outcome) = exchange(recorder, entry, beside)?;
                feed.next(request, outcome);
            }
        }
        Ok(())
    });
}

impl Recorder {
    fn of(json: &[u8]) -> Self {
        let name =
            serde_json::from_slice::<Creator>(json).map_or(Text::default(), |creator| creator.name);
        match &*name.0 {
            b"Playwright" => Self::Playwright,
            b"chrome-har" => Self::ChromeHar,
            b"mitmproxy" => Self::Mitmproxy,
            b"harfile" => Self::Schemathesis,
            b"Polly.JS" => Self::Polly,
            _ => Self::Other,
        }
    }

    fn characters(self) -> Characters {
        match self {
            Self::Mitmproxy | Self::Other => Characters::Utf8,
            _ => Characters::Latin1,
        }
    }

    fn repeated(self) -> Repeated {
        match self {
            // Chromium puts line feeds between the values, which no value contains.
            Self::Playwright | Self::ChromeHar | Self::Mitmproxy => Repeated::Kept,
            Self::Schemathesis | Self::Polly | Self::Other => Repeated::One,
        }
    }
}

fn exchange<'a>(
    recorder: Recorder,
    entry: Entry<'a>,
    beside: &Beside<'_>,
) -> Result<(Request<'a>, Outcome<'a>), document::Bad> {
    let Some(asked) = entry.request else {
        return Err("missing field `request`".into());
    };
    let request = Request {
        method: asked.method.map(Text::characters),
        target: asked.url.map(Text::characters),
        headers: headers(asked.headers, recorder.characters(), recorder.repeated()),
    };
    let Some(answer) = entry.response else {
        return Ok((request, Outcome::None(Cow::Borrowed(""))));
    };
    let failure = answer.failure.or(answer.error);
    let status = match answer.status {
        Status::Is(status) => status,
        Status::None => {
            return Ok((
                request,
                Outcome::None(failure.unwrap_or_default().characters()),
            ));
        }
        Status::Invalid(number) => return Err(format!("{number} is not a status").into()),
    };
    let mut headers = headers(answer.headers, recorder.characters(), recorder.repeated());
    if recorder == Recorder::ChromeHar {
        headers = from_chromium(status, headers);
    }
    let content = answer.content.unwrap_or_default();
    let broken = failure.is_some();
    let received = entry.timings.and_then(|timings| timings.receive);
    let body = body(recorder, status, &headers, content, broken, beside);
    let body = match body {
        Body::Whole(bytes) if recorder == Recorder::Mitmproxy => {
            from_mitmproxy(&headers, bytes, received)
        }
        body => body,
    };
    let outcome = outcome(request.method.as_deref(), status, headers, body);
    Ok((request, outcome))
}

/// The headers with one value each. The entry after a redirect has those of the redirect.
fn from_chromium(status: u16, headers: Headers<'_>) -> Headers<'_> {
    if headers.first("location").is_some() && !(300..400).contains(&status) && status != 201 {
        return Headers {
            fields: Vec::new(),
            repeated: Repeated::Absent,
        };
    }
    let mut fields = Vec::with_capacity(headers.fields.len());
    for (name, value) in headers.fields {
        if value.contains(&b'\n') {
            let values = value.split(|byte| *byte == b'\n');
            fields.extend(values.map(|value| (name.clone(), Cow::Owned(value.to_vec()))));
        } else {
            fields.push((name, value));
        }
    }
    Headers {
        fields,
        repeated: headers.repeated,
    }
}

/// The body, or what is known of one that mitmproxy left empty: it does so without a mark if the connection broke, or if
/// it passed the body on in parts.
fn from_mitmproxy<'a>(
    headers: &Headers<'_>,
    bytes: Cow<'a, [u8]>,
    received: Option<f64>,
) -> Body<'a> {
    if !bytes.is_empty() {
        return Body::Whole(bytes);
    }
    match content_length(headers) {
        Some(0) => Body::Whole(bytes),
        _ if received == Some(0.0) => Body::Unknown(Unknown::Lost),
        _ => Body::Unknown(Unknown::Omitted),
    }
}

fn body<'a>(
    recorder: Recorder,
    status: u16,
    headers: &Headers<'_>,
    content: Content<'a>,
    broken: bool,
    beside: &Beside<'_>,
) -> Body<'a> {
    if let Some(file) = content.file {
        return match beside.file(&file.characters()) {
            Ok(bytes) => Body::Whole(Cow::Owned(bytes)),
            Err(unknown) => Body::Unknown(unknown),
        };
    }
    let Some(text) = content.text else {
        let lost = broken || content.size == Some(-1.0) || (300..400).contains(&status);
        let empty = content.size == Some(0.0);
        return match recorder {
            Recorder::Playwright if lost => Body::Unknown(Unknown::Lost),
            Recorder::Playwright | Recorder::Polly | Recorder::Schemathesis if empty => {
                Body::Whole(Cow::Borrowed(&[]))
            }
            _ if broken => Body::Unknown(Unknown::Lost),
            _ => Body::Unknown(Unknown::Omitted),
        };
    };
    if broken {
        return Body::Unknown(Unknown::Lost);
    }
    let truncated = content
        .comment
        .is_some_and(|comment| comment.0.starts_with(b"Body truncated"));
    if truncated && recorder == Recorder::Schemathesis {
        return Body::Unknown(Unknown::Omitted);
    }
    if content
        .encoding
        .is_some_and(|encoding| *encoding.0 == *b"base64")
    {
        let bytes = match (recorder, &*text.0) {
            (Recorder::Polly, [b'[', ..]) => chunks(&text.0),
            (_, text) => base64(text),
        };
        return bytes.map_or(Body::Unknown(Unknown::Distorted), |bytes| {
            Body::Whole(Cow::Owned(bytes))
        });
    }
    match recorder {
        // They write what is not UTF-8 in another way.
        Recorder::Playwright | Recorder::Mitmproxy | Recorder::Polly => Body::Whole(text.0),
        Recorder::Schemathesis if is_latin1(headers) => Body::Whole(text.latin1()),
        _ => replaced(text.0),
    }
}

/// Whether `requests` reads the body as Latin-1: it is a text without a charset.
fn is_latin1(headers: &Headers<'_>) -> bool {
    headers.first("content-type").is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.starts_with(b"text/") && memchr::memmem::find(&value, b"charset").is_none()
    })
}

/// The bytes of a list of base64, as JSON.
fn chunks(json: &[u8]) -> Option<Vec<u8>> {
    let chunks: Vec<Text> = serde_json::from_slice(json).ok()?;
    let chunks: Option<Vec<Vec<u8>>> = chunks.iter().map(|chunk| base64(&chunk.0)).collect();
    Some(chunks?.concat())
}
