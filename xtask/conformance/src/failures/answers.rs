//! What the generated crate sends, as the example `answers` of the gateway prints it.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

/// What a client should find in an error.
#[derive(Deserialize)]
pub(super) struct Expected {
    pub(super) status: String,
    #[serde(rename = "type")]
    pub(super) error_type: String,
    pub(super) code: Option<String>,
    pub(super) request_id: String,
}

/// A response or an event. The server reads the rest.
#[derive(Deserialize)]
struct Answer {
    expected: Expected,
}

#[derive(Deserialize)]
struct Style {
    #[serde(rename = "style")]
    name: String,
    responses: BTreeMap<String, Answer>,
    event: Answer,
}

/// The answers in each style. The first style is the default.
pub(super) struct Answers(Vec<Style>);

impl Answers {
    pub(super) fn parse(json: &str) -> anyhow::Result<Self> {
        let styles: Vec<Style> =
            serde_json::from_str(json).context("the answers are unreadable")?;
        ensure!(!styles.is_empty(), "there are no answers");
        Ok(Self(styles))
    }

    /// The names of the responses.
    pub(super) fn responses(&self) -> impl Iterator<Item = &str> {
        self.0[0].responses.keys().map(String::as_str)
    }

    /// What a client of a style should find, if an error of the crate is sent.
    pub(super) fn expected(&self, style: &str, case: &str) -> Option<&Expected> {
        let own = self.0.iter().find(|own| own.name == style);
        let style = own.unwrap_or(&self.0[0]);
        let answer = match case {
            "event" => Some(&style.event),
            _ => style.responses.get(case),
        };
        answer.map(|answer| &answer.expected)
    }
}
