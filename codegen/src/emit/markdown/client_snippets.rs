//! Snippets that handle a code in other languages than Rust.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::{example_body, phrases};
use super::place::Place;
use super::quoting::{literal, single_quoted};
use crate::catalog::{Catalog, Code, Method, Operation};

/// The statuses after which `curl --retry` tries again (curl's manual, `--retry`).
const RETRIED_BY_CURL: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// The snippets for a page.
pub(super) struct ClientSnippets {
    pub(super) typescript: String,
    pub(super) python: String,
    pub(super) curl: String,
    /// Whether the path of the request has parameters.
    pub(super) has_params: bool,
}

impl ClientSnippets {
    pub(super) fn new(catalog: &Catalog, code: &Code) -> Self {
        let shape = catalog.envelope.default_shape();
        let place = Place::of_code(shape);
        let body = example_body::body(catalog, &catalog.example_of_code(code), shape);
        let name = match place.value(&body) {
            Value::String(name) => literal(name),
            number => number.to_string(),
        };
        // A response to HEAD has no body.
        let operations = code.operations.iter();
        let mut operations = operations.map(|position| &catalog.operations[*position]);
        let operation = operations.find(|operation| operation.method != Method::Head);
        // Comments in code have no markup.
        let advice = phrases::retry_advice(catalog, code.retry).replace('`', "");
        Self {
            typescript: typescript(&place, &name, &advice),
            python: python(&place, &name, &advice),
            curl: curl(catalog, code, operation, &place.jq()),
            has_params: operation.is_some_and(|operation| !operation.path_params.is_empty()),
        }
    }
}

fn typescript(place: &Place<'_>, name: &str, advice: &str) -> String {
    format!(
        "const response = await fetch(url, request);
if (!response.ok) {{
  // A body that is not JSON is not an error of the API.
  const body = await response.json().catch(() => null);
  if ({} === {name}) {{
    // {advice}
  }}
}}",
        place.typescript("body")
    )
}

fn python(place: &Place<'_>, name: &str, advice: &str) -> String {
    format!(
        "import httpx

response = httpx.request(method, url)
if response.is_error:
    try:
        code = {}
    except (ValueError, LookupError, TypeError):
        code = None  # A body that is not JSON is not an error of the API.
    if code == {name}:
        ...  # {advice}",
        place.python("response.json()")
    )
}

/// A request of an operation that can fail with the code, and what to read in the response.
///
/// The address is in single quotes, where no shell expands anything; `--globoff` keeps curl from expanding its braces.
fn curl(catalog: &Catalog, code: &Code, operation: Option<&Operation>, jq: &str) -> String {
    let mut out = String::new();
    if let Some(server) = operation.and(absolute_server(catalog)) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "BASE_URL={}", single_quoted(server));
    }
    out.push_str("curl --silent --show-error --output answer.json --write-out '%{http_code}\\n'");
    if code.retry.is_retryable() && RETRIED_BY_CURL.contains(&code.status.get()) {
        let _ = write!(out, " --retry {}", catalog.retry.backoff.max_retries);
    }
    match operation {
        Some(operation) => {
            if operation.method != Method::Get {
                let _ = write!(out, " --request {}", operation.method.as_str());
            }
            if !operation.path_params.is_empty() {
                out.push_str(" --globoff");
            }
            let _ = write!(out, " \"$BASE_URL\"{}", single_quoted(&operation.path));
        }
        None => out.push_str(" \"$URL\""),
    }
    let _ = write!(out, "\njq --raw-output {jq} answer.json");
    out
}

/// The first server, if its URL is absolute.
fn absolute_server(catalog: &Catalog) -> Option<&str> {
    let server = catalog.api.servers.first()?.url.trim_end_matches('/');
    let is_plain = server.starts_with("http") && !server.contains(['?', '#']);
    is_plain.then_some(server)
}
