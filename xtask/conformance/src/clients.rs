//! The tested clients.

use std::path::Path;

use crate::cli::Part;
use crate::driver;
use crate::environment::{Environments, openapi_folder};
use crate::families::{
    ANTHROPIC_NODE, ANTHROPIC_PYTHON, Family, GOOGLE_PYTHON, OPENAI_NODE, OPENAI_PYTHON,
};
use crate::model::{Client, ClientKind, Language, Row};

const fn official(
    part: Part,
    language: Language,
    script: &'static str,
    family: &'static Family,
) -> Client {
    Client {
        part,
        language,
        script,
        kind: ClientKind::Official(family),
    }
}

const fn optional(part: Part, language: Language, script: &'static str) -> Client {
    Client {
        part,
        language,
        script,
        kind: ClientKind::Optional,
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
pub(crate) static CLIENTS: [Client; 10] = {
    use Language::{Node, Python, Rust};
    use Part::{
        AiSdk, AnthropicNode, AnthropicPython, GoogleGenai, LangchainOpenai, OpenaiNode,
        OpenaiPython, OpenapiPythonClient, OpenapiTypescript, Progenitor,
    };
    [
        official(OpenaiPython, Python, "openai_cases.py", &OPENAI_PYTHON),
        optional(LangchainOpenai, Python, "langchain_cases.py"),
        official(
            AnthropicPython,
            Python,
            "anthropic_cases.py",
            &ANTHROPIC_PYTHON,
        ),
        official(GoogleGenai, Python, "google_cases.py", &GOOGLE_PYTHON),
        generated(OpenapiPythonClient, Python, "openapi_client_cases.py", None),
        official(OpenaiNode, Node, "openai_cases.mjs", &OPENAI_NODE),
        optional(AiSdk, Node, "ai_sdk_cases.mjs"),
        official(AnthropicNode, Node, "anthropic_cases.mjs", &ANTHROPIC_NODE),
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
        style: client.style().to_owned(),
        ..row
    });
    Ok(rows.collect())
}
