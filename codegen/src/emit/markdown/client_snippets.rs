//! Snippets that handle a code in other languages than Rust.

use std::fmt::Write as _;

use super::super::phrases;
use super::place::Place;
use super::quoting::{literal, single_quoted};
use crate::catalog::{Catalog, Code, Method, Operation};
use crate::tree::Tree;
use crate::unord_map::UnordMap;

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

/// What the snippets of all codes have in common.
pub(super) struct CommonSnippets<'a> {
    place: Place<'a>,
    typescript: String,
    python: String,
    jq: String,
    /// The codes by the names that they send, if codes have namespaces.
    pub(super) by_sent_name: UnordMap<&'a str, Vec<&'a Code>>,
}

impl<'a> CommonSnippets<'a> {
    pub(super) fn of(catalog: &'a Catalog) -> Self {
        let place = Place::of_code(catalog.envelope.default_shape());
        Self {
            typescript: place.typescript("body"),
            python: place.python("response.json()"),
            jq: place.jq(),
            by_sent_name: if catalog.has_namespaces() {
                catalog.codes_by_sent_name().into_iter().collect()
            } else {
                UnordMap::default()
            },
            place,
        }
    }
}

impl ClientSnippets {
    /// `body` is the example of the code in the default style.
    pub(super) fn new(
        catalog: &Catalog,
        code: &Code,
        body: &Tree<'_>,
        common: &CommonSnippets<'_>,
    ) -> Self {
        let name = match common.place.value(body) {
            Tree::Text(name) => literal(name),
            number => number.to_string(),
        };
        // A response to HEAD has no body.
        let operations = code.operations.iter();
        let mut operations = operations.map(|position| &catalog.operations[*position]);
        let operation = operations.find(|operation| operation.method != Method::Head);
        // Comments in code have no markup.
        let advice = phrases::retry_advice(catalog, code.retry).replace('`', "");
        Self {
            typescript: typescript(&common.typescript, &name, &advice),
            python: python(&common.python, &name, &advice),
            curl: curl(catalog, code, operation, &common.jq),
            has_params: operation.is_some_and(|operation| !operation.path_params.is_empty()),
        }
    }
}

fn typescript(place: &str, name: &str, advice: &str) -> String {
    format!(
        "const response = await fetch(url, request);
if (!response.ok) {{
  // A body that is not JSON is not an error of the API.
  const body = await response.json().catch(() => null);
  if ({place} === {name}) {{
    // {advice}
  }}
}}"
    )
}

fn python(place: &str, name: &str, advice: &str) -> String {
    format!(
        "import httpx

response = httpx.request(method, url)
if response.is_error:
    try:
        code = {place}
    except (ValueError, LookupError, TypeError):
        code = None  # A body that is not JSON is not an error of the API.
    if code == {name}:
        ...  # {advice}"
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
    if code.retry.is_retryable() && RETRIED_BY_CURL.contains(&code.status.sent().get()) {
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
