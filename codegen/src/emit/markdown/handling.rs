//! How a code is handled in languages other than Rust, as code for a fence.

use crate::catalog::{Catalog, Code, EnvelopeStyle, Method, Operation};

/// Code for a page.
pub(super) struct Handling {
    pub(super) typescript: String,
    pub(super) python: String,
    pub(super) curl: String,
}

impl Handling {
    pub(super) fn new(catalog: &Catalog, code: &Code) -> Self {
        let name = literal(&code.names.wire);
        let member = match catalog.envelope.styles[0] {
            EnvelopeStyle::OpenAi => Member {
                typescript: "body.error",
                python: "body[\"error\"]",
                jq: ".error.code",
            },
            EnvelopeStyle::Problem => Member {
                typescript: "body",
                python: "body",
                jq: ".code",
            },
        };
        Self {
            typescript: format!(
                "const response = await fetch(url, request);\n\
                 if (!response.ok) {{\n  \
                 const body = await response.json();\n  \
                 if ({}.code === {name}) {{\n    // …\n  }}\n}}",
                member.typescript
            ),
            python: format!(
                "response = httpx.request(method, url)\n\
                 if response.is_error:\n    \
                 body = response.json()\n    \
                 if {}[\"code\"] == {name}:\n        ...",
                member.python
            ),
            curl: curl(catalog, code, member.jq),
        }
    }
}

/// Where the members of an error are in a body.
struct Member {
    typescript: &'static str,
    python: &'static str,
    jq: &'static str,
}

/// A text as a literal of TypeScript and Python: both read what JSON writes. Backticks could end the fence,
/// and mdBook reads some braces in fences too.
fn literal(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.replace('`', "\\u0060").replace('{', "\\u007b")
}

/// A request of the first operation that can fail with the code, and the code of the answer.
fn curl(catalog: &Catalog, code: &Code, jq: &str) -> String {
    let operation = code.operations.first();
    let request = match operation.map(|position| &catalog.operations[*position]) {
        Some(operation) => request(catalog, operation),
        None => "\"$URL\"".to_owned(),
    };
    // curl tries again after 408, 429, 500, 502, 503 and 504, and waits as long as `Retry-After` says.
    let retry = if code.retry.is_retryable() {
        format!("--retry {} ", catalog.retry.backoff.max_retries)
    } else {
        String::new()
    };
    format!("curl --silent --show-error {retry}{request} | jq --raw-output {jq}")
}

/// The request of an operation, with the names of the parts of the path that vary.
fn request(catalog: &Catalog, operation: &Operation) -> String {
    let servers = &catalog.api.servers;
    let server = servers.first().map_or("", |server| server.url.as_str());
    let server = server.trim_end_matches('/');
    let host = if server.starts_with("http") {
        ""
    } else {
        "https://api.example.com"
    };
    // In single quotes only a quote is special to a shell; backticks would be to Markdown.
    let url = format!("{host}{server}{}", operation.path);
    let url = url.replace('\'', "%27").replace('`', "%60");
    match operation.method {
        Method::Get => format!("'{url}'"),
        method => format!("--request {} '{url}'", method.as_str()),
    }
}
