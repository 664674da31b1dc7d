//! The events of Schemathesis, one a line.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::exchange::{Headers, Outcome, Repeated, Request};
use crate::recording::cassette::{Interaction, Recorder, exchange};
use crate::recording::document::Bad;
use crate::recording::error::At;
use crate::recording::feed::Feed;
use crate::recording::limits::MAX_EXCHANGE;
use crate::recording::lines;
use crate::recording::sink::Sink;
use crate::recording::text::Text;

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, rename = "ScenarioFinished")]
    finished: Option<Finished<'a>>,
    #[serde(borrow, rename = "NonFatalError")]
    error: Option<NonFatalError<'a>>,
}

#[derive(Deserialize)]
struct Finished<'a> {
    #[serde(borrow)]
    recorder: Option<Recorded<'a>>,
}

#[derive(Deserialize)]
struct Recorded<'a> {
    #[serde(borrow)]
    interactions: Option<Interactions<'a>>,
}

/// The interactions by their ids.
struct Interactions<'a>(Vec<Interaction<'a>>);

#[derive(Deserialize)]
struct NonFatalError<'a> {
    #[serde(borrow)]
    value: Option<Problem<'a>>,
    #[serde(borrow)]
    label: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Problem<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    message: Option<Text<'a>>,
}

/// Reads a file of events.
pub(crate) fn read<S: Sink>(mut input: impl BufRead, feed: &mut Feed<'_, S>) {
    feed.expect_python();
    let mut line = Vec::new();
    for number in 1.. {
        match lines::next(&mut input, &mut line) {
            Ok(lines::Next::End) => return,
            Ok(lines::Next::Line) => {
                if let Err(Bad(message)) = event(&line, feed) {
                    feed.broken(At::Line(number), message);
                }
            }
            Ok(lines::Next::TooLong) => {
                feed.broken(
                    At::Line(number),
                    format!("larger than {MAX_EXCHANGE} bytes"),
                );
            }
            Err(error) => return feed.ended(At::Line(number), error.to_string()),
        }
    }
}

fn event<S: Sink>(line: &[u8], feed: &mut Feed<'_, S>) -> Result<(), Bad> {
    if line.trim_ascii().is_empty() {
        return Ok(());
    }
    let event: Event = serde_json::from_slice(line)?;
    let recorded = event.finished.and_then(|finished| finished.recorder);
    let interactions = recorded.and_then(|recorded| recorded.interactions);
    for interaction in interactions.map_or(Vec::new(), |interactions| interactions.0) {
        // Those without a response are events of their own, with the error.
        if interaction.has_response() {
            let (request, outcome) = exchange(interaction, Recorder::Schemathesis)?;
            feed.next(request, outcome);
        }
    }
    if let Some((request, outcome)) = event.error.and_then(failed) {
        feed.next(request, outcome);
    }
    Ok(())
}

/// The exchange of an error of the connection. Other errors are about the document.
fn failed(error: NonFatalError<'_>) -> Option<(Request<'_>, Outcome<'_>)> {
    let problem = error.value?;
    let kind = problem.kind?.characters();
    let network = ["Connection", "Chunked", "Timeout", "Protocol"];
    if !network.iter().any(|word| kind.contains(word)) {
        return None;
    }
    let label = error.label?.characters();
    let (method, path) = label.split_once(' ')?;
    // The label has the path of the operation.
    let target = Some(path).filter(|path| path.starts_with('/') && !path.contains('{'));
    let request = Request {
        method: Some(Cow::Owned(method.to_owned())),
        target: target.map(|path| Cow::Owned(path.to_owned())),
        headers: Headers {
            fields: Vec::new(),
            repeated: Repeated::Absent,
        },
    };
    Some((
        request,
        Outcome::None(problem.message.unwrap_or_default().characters()),
    ))
}

impl<'de: 'a, 'a> Deserialize<'de> for Interactions<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InteractionsVisitor)
    }
}

struct InteractionsVisitor;

impl<'de> Visitor<'de> for InteractionsVisitor {
    type Value = Interactions<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("interactions by their ids")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Interactions<'de>, M::Error> {
        let mut all = Vec::new();
        while let Some((IgnoredAny, interaction)) = map.next_entry()? {
            all.push(interaction);
        }
        Ok(Interactions(all))
    }
}
