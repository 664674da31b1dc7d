//! What the generated crate sends for a bare status: what a proxy has to send for it too.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::Value;

use super::exchange::Answer;

/// The request id in the answers of the generated crate.
const ID: &str = "req_1";

/// An answer of the generated crate.
#[derive(Deserialize)]
struct Sent {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

#[derive(Deserialize)]
struct Style {
    #[serde(rename = "style")]
    name: String,
    responses: BTreeMap<String, Sent>,
    /// By the bare status.
    bare: BTreeMap<u16, Bare>,
}

#[derive(Deserialize)]
struct Bare {
    with_id: Sent,
    without_id: Sent,
}

/// The answers of the generated crate in each style. The first style is the default.
pub(super) struct Envelopes(Vec<Style>);

/// An answer that is an error of the catalog.
pub(super) struct Found<'a> {
    style: &'a str,
    /// The status that the generated crate sends with this error, if the answer has another.
    other: Option<u16>,
    /// The headers about retries that the generated crate sends otherwise.
    pub(super) faults: Vec<String>,
}

impl Found<'_> {
    /// The style, and the status that the answer should have.
    pub(super) fn words(&self) -> String {
        match self.other {
            None => self.style.to_owned(),
            Some(status) => format!("{} of {status}", self.style),
        }
    }
}

impl Envelopes {
    /// Reads what the example `answers` of the gateway prints.
    pub(super) fn parse(json: &str) -> anyhow::Result<Self> {
        let styles: Vec<Style> =
            serde_json::from_str(json).context("the answers are unreadable")?;
        Ok(Self(styles))
    }

    /// An error that only the application can know: with a message and a delay of its own.
    pub(super) fn own(&self) -> anyhow::Result<Answer> {
        let style = self.0.first().context("there are no answers")?;
        let sent = style
            .responses
            .get("limited")
            .context("there is no answer of a limit")?;
        let message = style
            .responses
            .get("words")
            .context("there is no answer with words")?;
        let mut answer = Answer {
            status: sent.status,
            headers: sent.headers.clone(),
            body: message.body.clone().into_bytes(),
        };
        answer.set("retry-after", "7".to_owned());
        answer.set("retry-after-ms", "6500".to_owned());
        Ok(answer)
    }

    /// The style in which an answer is what the generated crate sends for its status. The body has the request id where
    /// the style has it; a proxy whose bodies are files leaves it out.
    pub(super) fn find(&self, answer: &Answer, id: Option<&str>) -> Option<Found<'_>> {
        let body: Value = serde_json::from_slice(&answer.body).ok()?;
        let is_body = |sent: &Sent| {
            let expected = sent.body.replace(ID, id.unwrap_or_default());
            sent.header("content-type") == answer.header("content-type")
                && serde_json::from_str(&expected).is_ok_and(|expected: Value| expected == body)
        };
        // That of the same status, or else of a status that the catalog sends with this one.
        let same = |status: u16, sent: u16| status == answer.status && sent == answer.status;
        let sent_as = |_: u16, sent: u16| sent == answer.status;
        let kept = |status: u16, _: u16| status == answer.status;
        let tests: [&dyn Fn(u16, u16) -> bool; 3] = [&same, &sent_as, &kept];
        tests.into_iter().find_map(|test| {
            self.0.iter().find_map(|style| {
                let mut bare = style
                    .bare
                    .iter()
                    .filter(|(status, bare)| test(**status, bare.with_id.status));
                let (_, bare) =
                    bare.find(|(_, bare)| is_body(&bare.with_id) || is_body(&bare.without_id))?;
                let sent = bare.with_id.status;
                Some(Found {
                    style: &style.name,
                    other: (sent != answer.status).then_some(sent),
                    faults: bare.with_id.header_faults(answer),
                })
            })
        })
    }
}

impl Sent {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|(own, value)| (own == name).then_some(value.as_str()))
    }

    /// What is wrong with the headers about retries.
    fn header_faults(&self, answer: &Answer) -> Vec<String> {
        let headers = ["x-should-retry", "retry-after"].into_iter();
        let faults = headers.filter_map(|name| {
            let [expected, found] = [self.header(name), answer.header(name)];
            let [shown, found_shown] = [expected, found].map(|value| value.unwrap_or("missing"));
            (expected != found).then(|| format!("{name} is {found_shown}, not {shown}"))
        });
        faults.collect()
    }
}
