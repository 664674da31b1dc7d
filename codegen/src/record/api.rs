//! What the API is called, and the texts of its sections. Doc comments are descriptions in the schema of `errors.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::code::{Link, links};
use crate::catalog;

/// What the API is called, and where.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Api<'a> {
    title: &'a str,
    version: &'a str,
    /// The address of a page of the documentation, where `{slug}` stands for the slug of its code.
    docs_url: String,
    /// The name of the generated crate.
    #[serde(rename = "crate")]
    crate_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<License<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Contact<'a>>,
    servers: Vec<Server<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct License<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Contact<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Server<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

/// Sentences and links.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Prose<'a> {
    notes: &'a [String],
    see: Vec<Link<'a>>,
}

/// The delays between tries.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Backoff {
    /// The delay before the first retry, in milliseconds.
    initial_ms: u64,
    /// How much longer each delay is than the one before.
    factor: u32,
    /// The longest delay, in milliseconds.
    max_ms: u64,
    /// How many times a client tries again.
    max_retries: u32,
    /// Whether delays are drawn at random between zero and their value.
    jitter: bool,
}

impl<'a> Api<'a> {
    pub(crate) fn new(api: &'a catalog::Api) -> Self {
        let catalog::Api {
            title,
            crate_name,
            lib_name: _,
            version,
            docs_url: (before, after),
            license,
            contact,
            servers,
        } = api;
        Self {
            title,
            version,
            docs_url: format!("{before}{{slug}}{after}"),
            crate_name,
            license: license
                .as_ref()
                .map(|catalog::License { name, url }| License {
                    name,
                    url: url.as_deref(),
                }),
            contact: contact
                .as_ref()
                .map(|catalog::Contact { name, url, email }| Contact {
                    name: name.as_deref(),
                    url: url.as_deref(),
                    email: email.as_deref(),
                }),
            servers: servers
                .iter()
                .map(|catalog::Server { url, description }| Server {
                    url,
                    description: description.as_deref(),
                })
                .collect(),
        }
    }
}

impl<'a> Prose<'a> {
    pub(crate) fn new(catalog::Prose { notes, see }: &'a catalog::Prose) -> Self {
        Self {
            notes,
            see: links(see),
        }
    }
}

impl Backoff {
    pub(crate) const fn new(backoff: catalog::Backoff) -> Self {
        let catalog::Backoff {
            initial_ms,
            factor,
            max_ms,
            max_retries,
            jitter,
        } = backoff;
        Self {
            initial_ms,
            factor,
            max_ms,
            max_retries,
            jitter,
        }
    }
}
