//! Deprecated and retired codes, and the releases that changed them.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::{Audience, CodeId};

/// The deprecation of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The version of the API that deprecates the code; missing until it is released.
    pub since: Option<String>,
    /// The active code that takes its place.
    pub successor: Option<CodeId>,
    /// What users should do now.
    pub note: Option<String>,
}

/// A retired code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The wire name.
    pub wire: String,
    /// The name of the page that it keeps.
    pub slug: String,
    /// The former names of its page.
    pub aliases: Vec<String>,
    /// The audience.
    pub audience: Audience,
    /// The version of the API that retired it; missing until it is released.
    pub since: Option<String>,
    /// The active code that takes its place.
    pub successor: Option<CodeId>,
    /// The reason for its retirement.
    pub reason: String,
    /// The changes of each release, from the first.
    pub history: Vec<Event>,
}

/// A release of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Release {
    /// The version of the API.
    pub version: String,
    /// The day, such as `2026-11-24`.
    pub date: String,
    /// What it changed: what is breaking first, then by section and name.
    pub changes: Vec<Released>,
}

/// A change that was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Released {
    /// What was changed, with names in backticks: `` type `auth_error` ``.
    pub subject: String,
    /// The page of the code that was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// How it was changed.
    #[serde(flatten)]
    pub event: Event,
}

/// What a release did to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Event {
    /// The version of the API.
    pub version: String,
    /// The rule by which the change was judged.
    pub rule: &'static str,
    /// Its level.
    pub level: ChangeLevel,
    /// What happened, as a clause with names in backticks: `` status changed from `400` to `403` ``.
    pub text: String,
    /// Why a breaking change was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The level of a change for users of the released catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeLevel {
    /// Breaks users of the changed entry.
    Breaking,
    /// May break some users.
    Risky,
    /// Breaks no user.
    Safe,
}

impl ChangeLevel {
    /// The keyword.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Safe => "safe",
        }
    }
}
