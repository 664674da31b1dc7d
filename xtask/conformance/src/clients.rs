//! The tested clients.

use std::path::Path;

use crate::cli::Part;
use crate::driver;
use crate::environment::{Environments, openapi_folder};
use crate::model::{Client, ClientKind, Language, Row};

const fn installed(
    part: Part,
    language: Language,
    script: &'static str,
    other_class: Option<&'static str>,
) -> Client {
    Client {
        part,
        language,
        script,
        // The classes of the official clients are known.
        required: other_class.is_some(),
        kind: ClientKind::Installed { other_class },
    }
}

const fn generated(
    part: Part,
    language: Language,
    script: &'static str,
    cases: Option<&'static [&'static str]>,
) -> Client {
    Client {
        part,
        language,
        script,
        required: true,
        kind: ClientKind::Generated { cases },
    }
}

/// The cases of progenitor. It reads the generated document, which has no request bodies.
const WITHOUT_BODY: [&str; 6] = [
    "missing_api_key",
    "invalid_api_key",
    "expired_api_key",
    "rate_limit_exceeded",
    "model_not_found",
    "file_not_found",
];

/// All clients, grouped by language.
pub(crate) const CLIENTS: [Client; 7] = {
    use Language::{Node, Python, Rust};
    use Part::{
        AiSdk, LangchainOpenai, OpenaiNode, OpenaiPython, OpenapiPythonClient, OpenapiTypescript,
        Progenitor,
    };
    [
        installed(
            OpenaiPython,
            Python,
            "openai_cases.py",
            Some("APIStatusError"),
        ),
        installed(LangchainOpenai, Python, "langchain_cases.py", None),
        generated(OpenapiPythonClient, Python, "openapi_client_cases.py", None),
        installed(OpenaiNode, Node, "openai_cases.mjs", Some("APIError")),
        installed(AiSdk, Node, "ai_sdk_cases.mjs", None),
        generated(OpenapiTypescript, Node, "openapi_client_cases.js", None),
        generated(
            Progenitor,
            Rust,
            "openapi-client-cases",
            Some(&WITHOUT_BODY),
        ),
    ]
};

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
