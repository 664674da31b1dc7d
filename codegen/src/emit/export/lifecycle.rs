//! What becomes of codes: the format, and how the catalog says it. Doc comments are descriptions of the schema.

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::{self, Catalog, CodeId};

/// A code is still sent, and should not be counted on.
#[derive(Serialize, JsonSchema)]
pub(super) struct Deprecation<'a> {
    /// The version of the API that says so; null until it is released.
    pub(super) since: Option<&'a str>,
    /// The code that takes its place.
    #[serde(rename = "use")]
    pub(super) successor: Option<&'a str>,
    /// What its readers should do now.
    pub(super) note: Option<&'a str>,
}

/// A code that is sent no more, and whose name is never given to another.
#[derive(Serialize, JsonSchema)]
pub(super) struct Retired<'a> {
    /// The name on the wire.
    pub(super) name: &'a str,
    /// The name of the page that it keeps.
    pub(super) slug: &'a str,
    /// The former names of its page, which lead to it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) aliases: &'a [String],
    /// Who may know of it: `public`, or `internal`, which no document and no page shows.
    #[schemars(extend("enum" = ["public", "internal"]))]
    pub(super) audience: &'static str,
    /// The version of the API that retired it; null until it is released.
    pub(super) since: Option<&'a str>,
    /// The code that takes its place.
    #[serde(rename = "use")]
    pub(super) successor: Option<&'a str>,
    /// Why it is gone.
    pub(super) reason: &'a str,
    /// The address of its page.
    pub(super) docs: String,
    /// What the releases changed, from the first on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) history: Vec<Event<'a>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Release<'a> {
    /// The version of the API.
    pub(super) version: &'a str,
    /// The day, such as `2026-11-24`.
    pub(super) date: &'a str,
    /// What it changed: what is breaking first.
    pub(super) changes: Vec<Released<'a>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Released<'a> {
    /// What was changed, with names in backticks: `` type `auth_error` ``.
    pub(super) subject: &'a str,
    /// The name of the page of the code that was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slug: Option<&'a str>,
    #[serde(flatten)]
    pub(super) event: Event<'a>,
}

/// What a release did.
#[derive(Serialize, JsonSchema)]
pub(super) struct Event<'a> {
    /// The version of the API.
    pub(super) version: &'a str,
    /// The rule by which the change was judged.
    pub(super) rule: &'static str,
    /// How much it weighs for those who rely on what was released.
    #[schemars(extend("enum" = ["breaking", "risky", "safe"]))]
    pub(super) level: &'static str,
    /// What happened, as a clause with names in backticks.
    pub(super) text: &'a str,
    /// Why a breaking change was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'a str>,
}

impl<'a> Deprecation<'a> {
    pub(super) fn new(catalog: &'a Catalog, deprecation: &'a catalog::Deprecation) -> Self {
        let catalog::Deprecation {
            since,
            successor,
            note,
        } = deprecation;
        Self {
            since: since.as_deref(),
            successor: name(catalog, *successor),
            note: note.as_deref(),
        }
    }
}

impl<'a> Retired<'a> {
    pub(super) fn new(catalog: &'a Catalog, retired: &'a catalog::Retired) -> Self {
        let catalog::Retired {
            wire,
            slug,
            aliases,
            audience,
            since,
            successor,
            reason,
            history,
        } = retired;
        Self {
            name: wire,
            slug,
            aliases,
            audience: audience.as_str(),
            since: since.as_deref(),
            successor: name(catalog, *successor),
            reason,
            docs: catalog.api.doc_url(slug),
            history: history.iter().map(Event::new).collect(),
        }
    }
}

impl<'a> Release<'a> {
    pub(super) fn new(release: &'a catalog::Release) -> Self {
        let catalog::Release {
            version,
            date,
            changes,
        } = release;
        Self {
            version,
            date,
            changes: changes.iter().map(Released::new).collect(),
        }
    }
}

impl<'a> Released<'a> {
    fn new(released: &'a catalog::Released) -> Self {
        let catalog::Released {
            subject,
            slug,
            event,
        } = released;
        Self {
            subject,
            slug: slug.as_deref(),
            event: Event::new(event),
        }
    }
}

impl<'a> Event<'a> {
    pub(super) fn new(event: &'a catalog::Event) -> Self {
        let catalog::Event {
            version,
            rule,
            level,
            text,
            reason,
        } = event;
        Self {
            version,
            rule,
            level: level.as_str(),
            text,
            reason: reason.as_deref(),
        }
    }
}

fn name(catalog: &Catalog, code: Option<CodeId>) -> Option<&str> {
    code.map(|id| catalog[id].names.wire.as_str())
}
