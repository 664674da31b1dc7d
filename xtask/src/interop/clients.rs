//! The clients: which drivers they have, and which errors they raise.

use std::path::Path;

use super::cases::Case;
use super::driver;
use super::environment::{Environments, Language};
use super::openapi;
use super::table::Row;
use crate::cli::InteropPart;

/// A client of the API.
pub(super) struct Client {
    pub(super) part: InteropPart,
    pub(super) language: Language,
    script: &'static str,
    /// Whether the run fails where the client sees something else than the catalog says.
    pub(super) required: bool,
    pub(super) kind: Kind,
}

/// What is known of a client.
pub(super) enum Kind {
    /// One that others made, which tries again by itself.
    Installed {
        /// The class of its errors by status, where the class is part of what is checked.
        classes: Option<Classes>,
    },
    /// One that was generated from the OpenAPI document, which sends every request once.
    Generated {
        /// The cases that it sends, where it cannot send all.
        cases: Option<&'static [&'static str]>,
    },
}

/// The classes of the official clients: the same names, but for statuses that have no class.
pub(super) struct Classes {
    other: &'static str,
}

/// All clients, those of one language behind each other.
pub(super) const CLIENTS: [Client; 7] = [
    Client {
        part: InteropPart::OpenaiPython,
        language: Language::Python,
        script: "openai_cases.py",
        required: true,
        kind: Kind::Installed {
            classes: Some(Classes {
                other: "APIStatusError",
            }),
        },
    },
    Client {
        part: InteropPart::LangchainOpenai,
        language: Language::Python,
        script: "langchain_cases.py",
        required: false,
        kind: Kind::Installed { classes: None },
    },
    Client {
        part: InteropPart::OpenapiPythonClient,
        language: Language::Python,
        script: "openapi_client_cases.py",
        required: true,
        kind: Kind::Generated { cases: None },
    },
    Client {
        part: InteropPart::OpenaiNode,
        language: Language::Node,
        script: "openai_cases.mjs",
        required: true,
        kind: Kind::Installed {
            classes: Some(Classes { other: "APIError" }),
        },
    },
    Client {
        part: InteropPart::AiSdk,
        language: Language::Node,
        script: "ai_sdk_cases.mjs",
        required: false,
        kind: Kind::Installed { classes: None },
    },
    Client {
        part: InteropPart::OpenapiTypescript,
        language: Language::Node,
        script: "openapi_client_cases.js",
        required: true,
        kind: Kind::Generated { cases: None },
    },
    Client {
        part: InteropPart::Progenitor,
        language: Language::Rust,
        script: "openapi-client-cases",
        required: true,
        // The generated document, of which it is made, says nothing of bodies.
        kind: Kind::Generated {
            cases: Some(&[
                "missing_api_key",
                "invalid_api_key",
                "expired_api_key",
                "rate_limit_exceeded",
                "model_not_found",
                "file_not_found",
            ]),
        },
    },
];

impl Client {
    pub(super) fn name(&self) -> String {
        self.part.name()
    }

    pub(super) const fn is_generated(&self) -> bool {
        matches!(self.kind, Kind::Generated { .. })
    }

    /// The class of the error that the client raises for a status, where that is checked.
    pub(super) fn class_of(&self, status: u16) -> Option<&'static str> {
        let Kind::Installed {
            classes: Some(classes),
        } = &self.kind
        else {
            return None;
        };
        Some(match status {
            400 => "BadRequestError",
            401 => "AuthenticationError",
            403 => "PermissionDeniedError",
            404 => "NotFoundError",
            409 => "ConflictError",
            422 => "UnprocessableEntityError",
            429 => "RateLimitError",
            500.. => "InternalServerError",
            _ => classes.other,
        })
    }

    /// How often the client sends the request of a case.
    pub(super) const fn attempts(&self, case: &Case) -> u32 {
        match self.kind {
            Kind::Installed { .. } => case.attempts(),
            Kind::Generated { .. } => 1,
        }
    }

    /// Whether the client has to send a case.
    pub(super) fn must_send(&self, case: &Case) -> bool {
        let can = match self.kind {
            Kind::Generated { cases: Some(cases) } => cases.contains(&case.name.as_str()),
            _ => true,
        };
        self.required && can && case.is_for_clients
    }

    /// Sends every case, and gives back what the client made of the answers.
    pub(super) fn send(
        &self,
        environments: &Environments,
        address: &str,
        folder: &Path,
    ) -> anyhow::Result<Vec<Row>> {
        let environment = environments.of(self.language)?;
        let mut command = environment.driver(self.script);
        command.arg(address);
        if self.is_generated() {
            // Where the generated package is found.
            command.env("PYTHONPATH", openapi::folder(folder));
        }
        let said = driver::run::<Row>(command, folder, &self.name())?;
        let rows = said.lines.into_iter().map(|row| Row {
            client: said.client.clone(),
            ..row
        });
        Ok(rows.collect())
    }
}
