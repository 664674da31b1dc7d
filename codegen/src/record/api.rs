//! The API. Doc comments are descriptions in the schema of `errors.json`.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::{self, Contact, License, Publish, Server};

/// Title, version and addresses of the API.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(crate) struct Api<'a> {
    title: &'a str,
    version: &'a str,
    /// The address of a page of the documentation, where `{slug}` is the slug of its code.
    docs_url: String,
    /// The name of the generated crate.
    #[serde(rename = "crate")]
    crate_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a License>,
    /// The address of the sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    /// The address of the documentation of the crate.
    #[serde(skip_serializing_if = "Option::is_none")]
    documentation: Option<&'a str>,
    /// The registries that the crate can be published to; `true` means any. Omitted if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    publish: Option<&'a Publish>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a Contact>,
    servers: &'a [Server],
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
            repository,
            documentation,
            publish,
            contact,
            servers,
        } = api;
        Self {
            title,
            version,
            docs_url: format!("{before}{{slug}}{after}"),
            crate_name,
            license: license.as_ref(),
            repository: repository.as_deref(),
            documentation: documentation.as_deref(),
            publish: Some(publish).filter(|publish| **publish != Publish::Anywhere(false)),
            contact: contact.as_ref(),
            servers,
        }
    }
}
