//! Cassettes of vcrpy and of Schemathesis, and the events of Schemathesis.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::exchange::{Body, Headers, Outcome, Repeated, Request, Unknown};
use crate::recording::body::{base64, outcome, replaced};
use crate::recording::document::{self, Bad};
use crate::recording::feed::Feed;
use crate::recording::fields::Fields;
use crate::recording::scanner::{Layout, Part};
use crate::recording::sink::Sink;
use crate::recording::text::{Status, Text};
use crate::recording::yaml;

const JSON: Layout =
    Layout::Members(&[("interactions", Layout::Items(&Layout::Part(Part::Exchange)))]);

/// An exchange of a cassette, or of an event.
#[derive(Deserialize)]
pub(crate) struct Interaction<'a> {
    #[serde(borrow)]
    request: Option<Asked<'a>>,
    #[serde(borrow)]
    response: Option<Answer<'a>>,
}

#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow, alias = "url")]
    uri: Option<Text<'a>>,
    #[serde(borrow)]
    headers: Option<Fields<'a>>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(default)]
    status: Code,
    #[serde(default)]
    status_code: Status,
    #[serde(borrow)]
    headers: Option<Fields<'a>>,
    #[serde(borrow)]
    body: Option<Stored<'a>>,
    /// Of the events, and of cassettes that vcrpy wrote for httpx before version 6.
    #[serde(borrow)]
    content: Option<Payload<'a>>,
    /// The length of a body, if Schemathesis wrote only its beginning.
    #[serde(alias = "content_size")]
    truncated_from: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
struct Code {
    code: Status,
}

#[derive(Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    string: Option<Payload<'a>>,
    #[serde(borrow)]
    base64_string: Option<Text<'a>>,
    #[serde(borrow)]
    encoding: Option<Text<'a>>,
}

/// A text, or bytes.
enum Payload<'a> {
    Text(Text<'a>),
    Base64(Text<'a>),
}

/// What wrote the interaction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recorder {
    /// It keeps what is not UTF-8.
    Vcrpy,
    /// It may have replaced what is not UTF-8.
    Schemathesis,
}

/// Reads a cassette in YAML.
pub(crate) fn yaml<S: Sink>(input: impl BufRead, feed: &mut Feed<'_, S>, recorder: Recorder) {
    feed.expect_python();
    let end = yaml::items(
        input,
        &["interactions", "http_interactions"],
        |at, value| {
            let read = Interaction::deserialize(&value).map_err(Bad::from);
            match read.and_then(|interaction| exchange(interaction, recorder)) {
                Ok((request, outcome)) => feed.next(request, outcome),
                Err(Bad(message)) => feed.broken(at, message),
            }
        },
    );
    if let Err(stop) = end {
        feed.ended(stop.at, stop.message);
    }
}

/// Reads a cassette in JSON.
pub(crate) fn json<S: Sink>(input: impl BufRead, feed: &mut Feed<'_, S>) {
    feed.expect_python();
    document::read(input, &JSON, feed, |_, json, feed| {
        let (request, outcome) = exchange(serde_json::from_slice(json)?, Recorder::Vcrpy)?;
        feed.next(request, outcome);
        Ok(())
    });
}

impl Interaction<'_> {
    pub(crate) fn has_response(&self) -> bool {
        self.response.is_some()
    }
}

/// The exchange of an interaction.
pub(crate) fn exchange(
    interaction: Interaction<'_>,
    recorder: Recorder,
) -> Result<(Request<'_>, Outcome<'_>), Bad> {
    let Some(asked) = interaction.request else {
        return Err("missing field `request`".into());
    };
    let request = Request {
        method: asked.method.map(Text::characters),
        target: asked.uri.map(Text::characters),
        headers: headers(asked.headers),
    };
    let Some(answer) = interaction.response else {
        return Ok((request, Outcome::None(Cow::Borrowed(""))));
    };
    let status = match (answer.status.code, answer.status_code) {
        (Status::Is(status), _) | (_, Status::Is(status)) => status,
        (Status::Invalid(number), _) | (_, Status::Invalid(number)) => {
            return Err(format!("{number} is not a status").into());
        }
        _ => return Ok((request, Outcome::None(Cow::Borrowed("")))),
    };
    let body = match (answer.body, answer.content) {
        _ if answer.truncated_from.is_some() => Body::Unknown(Unknown::Omitted),
        (
            Some(Stored {
                base64_string: Some(text),
                ..
            }),
            _,
        ) => bytes(&text),
        (
            Some(Stored {
                string: Some(payload),
                encoding,
                ..
            }),
            _,
        ) => text(payload, encoding, recorder),
        (_, Some(payload)) => text(payload, None, recorder),
        _ => Body::Unknown(Unknown::Omitted),
    };
    let outcome = outcome(
        request.method.as_deref(),
        status,
        headers(answer.headers),
        body,
    );
    Ok((request, outcome))
}

fn headers(fields: Option<Fields<'_>>) -> Headers<'_> {
    match fields {
        Some(fields) => fields.into_latin1(),
        None => Headers {
            fields: Vec::new(),
            repeated: Repeated::Absent,
        },
    }
}

fn bytes<'a>(text: &Text<'_>) -> Body<'a> {
    base64(&text.0).map_or(Body::Unknown(Unknown::Distorted), |bytes| {
        Body::Whole(Cow::Owned(bytes))
    })
}

fn text<'a>(payload: Payload<'a>, encoding: Option<Text<'_>>, recorder: Recorder) -> Body<'a> {
    let text = match payload {
        Payload::Base64(text) => return bytes(&text),
        Payload::Text(text) => text,
    };
    if recorder == Recorder::Vcrpy {
        return Body::Whole(text.0);
    }
    let encoding = encoding.unwrap_or_default().0.to_ascii_lowercase();
    match &*encoding {
        b"iso-8859-1" | b"latin-1" | b"latin1" => Body::Whole(text.latin1()),
        _ => replaced(text.0),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Payload<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PayloadVisitor)
    }
}

struct PayloadVisitor;

impl<'de> Visitor<'de> for PayloadVisitor {
    type Value = Payload<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string or base64")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Payload<'de>, E> {
        Ok(Payload::Text(Text(Cow::Borrowed(text.as_bytes()))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Payload<'de>, E> {
        Ok(Payload::Text(Text(Cow::Owned(text.as_bytes().to_vec()))))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Payload<'de>, M::Error> {
        let mut bytes = None;
        while let Some(key) = map.next_key::<Text>()? {
            if *key.0 == *yaml::BINARY.as_bytes() {
                bytes = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        bytes
            .map(Payload::Base64)
            .ok_or_else(|| serde::de::Error::custom("missing field `$base64`"))
    }
}
