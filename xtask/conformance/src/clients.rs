//! The tested clients.

use std::path::Path;

use crate::cli::Part;
use crate::driver;
use crate::environment::{Environments, openapi_folder};
use crate::model::{Classes, Client, ClientKind, Language, Row};

/// All clients, grouped by language.
pub(crate) const CLIENTS: [Client; 7] = [
    Client {
        part: Part::OpenaiPython,
        language: Language::Python,
        script: "openai_cases.py",
        required: true,
        kind: ClientKind::Installed {
            classes: Some(Classes {
                other: "APIStatusError",
            }),
        },
    },
    Client {
        part: Part::LangchainOpenai,
        language: Language::Python,
        script: "langchain_cases.py",
        required: false,
        kind: ClientKind::Installed { classes: None },
    },
    Client {
        part: Part::OpenapiPythonClient,
        language: Language::Python,
        script: "openapi_client_cases.py",
        required: true,
        kind: ClientKind::Generated { cases: None },
    },
    Client {
        part: Part::OpenaiNode,
        language: Language::Node,
        script: "openai_cases.mjs",
        required: true,
        kind: ClientKind::Installed {
            classes: Some(Classes { other: "APIError" }),
        },
    },
    Client {
        part: Part::AiSdk,
        language: Language::Node,
        script: "ai_sdk_cases.mjs",
        required: false,
        kind: ClientKind::Installed { classes: None },
    },
    Client {
        part: Part::OpenapiTypescript,
        language: Language::Node,
        script: "openapi_client_cases.js",
        required: true,
        kind: ClientKind::Generated { cases: None },
    },
    Client {
        part: Part::Progenitor,
        language: Language::Rust,
        script: "openapi-client-cases",
        required: true,
        // progenitor reads the generated document, which has no request bodies.
        kind: ClientKind::Generated {
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

/// Sends every case, and returns what the client made of the responses.
pub(crate) fn send(
    client: &Client,
    environments: &Environments,
    address: &str,
    folder: &Path,
) -> anyhow::Result<Vec<Row>> {
    let environment = environments.of(client.language)?;
    let mut command = environment.driver(client.script);
    command.arg(address);
    if client.is_generated() {
        // The driver imports the generated package from there.
        command.env("PYTHONPATH", openapi_folder(folder));
    }
    let report = driver::run::<Row>(command, folder, &client.name())?;
    let rows = report.lines.into_iter().map(|row| Row {
        client: report.client.clone(),
        ..row
    });
    Ok(rows.collect())
}
