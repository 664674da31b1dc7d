//! The JSON reports of Newman and Bruno.

use std::borrow::Cow;
use std::io::BufRead;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::exchange::{Body, Headers, Outcome, Repeated, Request, Response, Unknown};
use crate::recording::body::{outcome, replaced};
use crate::recording::document::{self, Bad};
use crate::recording::feed::Feed;
use crate::recording::fields::{Characters, Fields, Named, headers};
use crate::recording::scanner::{Layout, Part};
use crate::recording::sink::Sink;
use crate::recording::text::{Status, Text};

const NEWMAN: Layout = Layout::Members(&[(
    "run",
    Layout::Members(&[("executions", Layout::Items(&Layout::Part(Part::Exchange)))]),
)]);

const BRUNO: Layout = Layout::Items(&Layout::Members(&[(
    "results",
    Layout::Items(&Layout::Part(Part::Exchange)),
)]));

#[derive(Deserialize)]
struct Execution<'a> {
    #[serde(borrow)]
    request: Option<Sent<'a>>,
    #[serde(borrow)]
    response: Option<Received<'a>>,
    #[serde(borrow, rename = "requestError")]
    error: Option<RequestError<'a>>,
}

#[derive(Deserialize)]
struct Sent<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Address<'a>>,
    #[serde(borrow)]
    header: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Address<'a> {
    #[serde(borrow, default)]
    protocol: Option<Text<'a>>,
    #[serde(borrow, default)]
    host: Option<Vec<Text<'a>>>,
    #[serde(borrow, default)]
    port: Option<Text<'a>>,
    #[serde(borrow, default)]
    path: Option<Vec<Text<'a>>>,
    #[serde(borrow, default)]
    query: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Received<'a> {
    #[serde(default)]
    code: Status,
    #[serde(borrow)]
    header: Option<Vec<Named<'a>>>,
    stream: Option<Stream>,
}

#[derive(Deserialize)]
struct Stream {
    data: Vec<u8>,
}

#[derive(Deserialize)]
struct RequestError<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

/// Reads a report of Newman. It follows redirects and has the last response, with the first request.
pub(crate) fn newman<S: Sink>(input: impl BufRead, feed: &mut Feed<'_, S>) {
    document::read(input, &NEWMAN, feed, |_, json, feed| {
        let execution: Execution = serde_json::from_slice(json)?;
        let Some(sent) = execution.request else {
            return Err("missing field `request`".into());
        };
        let request = Request {
            method: sent.method.map(Text::characters),
            target: sent.url.map(|url| Cow::Owned(target(url))),
            headers: headers(sent.header, Characters::Latin1, Repeated::Kept),
        };
        let error = execution.error.and_then(|error| error.code);
        let none = Outcome::None(error.unwrap_or_default().characters());
        let Some(received) = execution.response else {
            feed.next(request, none);
            return Ok(());
        };
        let outcome = match received.code {
            Status::None => none,
            Status::Invalid(number) => return Err(format!("{number} is not a status").into()),
            Status::Is(status) => {
                let headers = headers(received.header, Characters::Latin1, Repeated::Kept);
                let body = match received.stream {
                    Some(stream) => Body::Whole(Cow::Owned(stream.data)),
                    None => Body::Unknown(Unknown::Omitted),
                };
                outcome(request.method.as_deref(), status, headers, body)
            }
        };
        feed.next(request, outcome);
        Ok(())
    });
}

/// The address, which is in its parts.
fn target(url: Address<'_>) -> String {
    let mut target = String::new();
    if let Some(host) = url.host {
        target.push_str(&url.protocol.map_or("http".into(), Text::characters));
        target.push_str("://");
        let host: Vec<Cow<'_, str>> = host.into_iter().map(Text::characters).collect();
        target.push_str(&host.join("."));
        if let Some(port) = url.port {
            target.push(':');
            target.push_str(&port.characters());
        }
    }
    let path = url.path.unwrap_or_default();
    if path.is_empty() {
        target.push('/');
    }
    for part in path {
        target.push('/');
        target.push_str(&part.characters());
    }
    for (number, pair) in url.query.unwrap_or_default().into_iter().enumerate() {
        target.push(if number == 0 { '?' } else { '&' });
        target.push_str(&pair.name.unwrap_or_default().characters());
        if let Some(value) = pair.value {
            target.push('=');
            target.push_str(&value.characters());
        }
    }
    target
}

#[derive(Deserialize)]
struct Outcomes<'a> {
    #[serde(borrow)]
    request: Option<Call<'a>>,
    #[serde(borrow)]
    response: Option<Reply<'a>>,
    #[serde(borrow)]
    error: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Call<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    headers: Option<Fields<'a>>,
}

#[derive(Deserialize)]
struct Reply<'a> {
    #[serde(default)]
    status: Status,
    #[serde(borrow)]
    headers: Option<Fields<'a>>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    size: Option<u64>,
}

/// Reads a report of Bruno.
pub(crate) fn bruno<S: Sink>(input: impl BufRead, feed: &mut Feed<'_, S>) {
    document::read(input, &BRUNO, feed, |_, json, feed| {
        let outcomes: Outcomes = serde_json::from_slice(json)?;
        let Some(call) = outcomes.request else {
            return Err("missing field `request`".into());
        };
        let reply = outcomes.response;
        let asked = call.url.map(Text::characters);
        let last = reply.as_ref().and_then(|reply| reply.url.clone());
        let request = Request {
            method: call.method.map(Text::characters),
            target: after_redirects(asked, last.map(Text::characters)),
            headers: one_each(call.headers),
        };
        let outcome = match reply {
            Some(Reply {
                status: Status::Is(status),
                headers,
                data,
                size,
                ..
            }) => {
                let body = parsed(data, size)?;
                match outcome(
                    request.method.as_deref(),
                    status,
                    one_each(headers),
                    Body::Unknown(Unknown::Omitted),
                ) {
                    // The length is that of before an encoding was removed, whose header is removed too.
                    Outcome::Response(Response {
                        status,
                        headers,
                        body: Body::Unknown(_),
                    }) => Outcome::Response(Response {
                        status,
                        headers,
                        body,
                    }),
                    other => other,
                }
            }
            Some(Reply {
                status: Status::Invalid(number),
                ..
            }) => {
                return Err(format!("{number} is not a status").into());
            }
            _ => Outcome::None(outcomes.error.unwrap_or_default().characters()),
        };
        feed.next(request, outcome);
        Ok(())
    });
}

/// The address of the last response, which Bruno writes without its port.
fn after_redirects<'a>(
    asked: Option<Cow<'a, str>>,
    last: Option<Cow<'a, str>>,
) -> Option<Cow<'a, str>> {
    let (asked, last) = match (asked, last) {
        (Some(asked), Some(last)) => (asked, last),
        (asked, last) => return asked.or(last),
    };
    let path_at = |url: &str| {
        let host = url.find("://").map_or(0, |at| at + 3);
        url.get(host..)
            .and_then(|rest| rest.find(['/', '?']))
            .map_or(url.len(), |at| host + at)
    };
    let (origin, _) = asked.split_at(path_at(&asked));
    let (last_origin, path) = last.split_at(path_at(&last));
    let same = origin == last_origin
        || origin
            .strip_prefix(last_origin)
            .is_some_and(|port| port.starts_with(':'));
    let target = if same {
        format!("{origin}{path}")
    } else {
        last.into_owned()
    };
    Some(Cow::Owned(target))
}

fn one_each(fields: Option<Fields<'_>>) -> Headers<'_> {
    let Some(fields) = fields else {
        return Headers {
            fields: Vec::new(),
            repeated: Repeated::Absent,
        };
    };
    Headers {
        repeated: Repeated::One,
        ..fields.into_latin1()
    }
}

/// The body of a response: a text, or JSON that was parsed.
fn parsed(data: Option<&RawValue>, size: Option<u64>) -> Result<Body<'_>, Bad> {
    let Some(data) = data else {
        return Ok(Body::Unknown(Unknown::Omitted));
    };
    if !data.get().starts_with('"') {
        return Ok(match replaced(Cow::Borrowed(data.get().as_bytes())) {
            Body::Whole(bytes) => Body::Parsed(bytes),
            other => other,
        });
    }
    let text: Text = serde_json::from_str(data.get())?;
    let same = size.is_none_or(|size| size == text.0.len() as u64);
    Ok(if same {
        replaced(text.0)
    } else {
        Body::Unknown(Unknown::Distorted)
    })
}
