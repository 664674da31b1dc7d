//! The headers of responses: components, and the references of each response to them.
//!
//! Each has an example, because mock servers answer with it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{example_body, markdown_escape};
use super::components::reference_to;
use crate::catalog::{Catalog, RetryRule, StatusGroup, StatusHeader};
use crate::record::Members;

const RETRY_AFTER: &str = "Retry-After";
const SHOULD_RETRY: &str = "x-should-retry";
/// The description of the header of the request id.
pub(crate) const REQUEST_ID_TEXT: &str =
    "The id of the request. Quote it when reporting the error.";
/// The id of the request in the examples.
const REQUEST_ID: &str = "req_4f9c2e71";

/// The header components.
pub(super) fn components(catalog: &Catalog, stated: &StatedHeaders) -> Members {
    let mut components = Members::new();
    let request_id = json!({
        "description": REQUEST_ID_TEXT,
        "required": true,
        "schema": { "type": "string" },
        "example": REQUEST_ID,
    });
    components.insert(catalog.envelope.request_id.clone(), request_id);
    let groups = || groups(catalog);
    for advice in [Advice::Varies, Advice::Always, Advice::Never] {
        if groups().any(|group| Advice::of(catalog, group) == advice) {
            components.insert(advice.component().to_owned(), advice.header());
        }
    }
    for promised in [false, true] {
        if groups().any(|group| retry_after(group) == Some(promised)) {
            let header = json!({
                "description": "How long to wait before the next try, in whole seconds.",
                "required": promised,
                "schema": example_body::retry_after(catalog),
                "example": catalog.promised_seconds().max(1),
            });
            components.insert(component(RETRY_AFTER, promised), header);
        }
    }
    let stated = stated.components.iter();
    components.extend(stated.map(|(name, header)| (name.clone(), header.clone())));
    components
}

/// The headers of a response.
pub(super) fn of_response(
    catalog: &Catalog,
    stated: &StatedHeaders,
    group: &StatusGroup,
) -> Members {
    let mut headers = Members::new();
    let mut add = |name: &str, component: &str| {
        headers.insert(name.to_owned(), reference_to("headers", component));
    };
    add(&catalog.envelope.request_id, &catalog.envelope.request_id);
    add(SHOULD_RETRY, Advice::of(catalog, group).component());
    if let Some(promised) = retry_after(group) {
        add(RETRY_AFTER, &component(RETRY_AFTER, promised));
    }
    for header in &group.headers {
        let name = component(&header.name, header.always);
        let own = stated.header(header);
        // The component has the value of another status.
        let is_shared = stated.components.get(&name) == Some(&own);
        let value = if is_shared {
            reference_to("headers", &name)
        } else {
            own
        };
        headers.insert(header.name.clone(), value);
    }
    headers
}

/// The errors of each status: of the whole API, and of each request, which may have more headers.
fn groups(catalog: &Catalog) -> impl Iterator<Item = &StatusGroup> {
    let operations = catalog.operations.iter();
    let groups = catalog.statuses.iter();
    let requests = catalog.paths.iter().flat_map(|path| &path.requests);
    let of_requests = requests.flat_map(|request| &request.statuses);
    let of_operations = operations.flat_map(|operation| &operation.statuses);
    groups.chain(of_operations).chain(of_requests)
}

/// The component of a header: responses that always contain it and those that may contain it have different ones.
fn component(name: &str, promised: bool) -> String {
    let promised = if promised { "-Promised" } else { "" };
    format!("{name}{promised}")
}

/// Whether the responses of a status always contain `Retry-After`; `None` if they never do.
fn retry_after(group: &StatusGroup) -> Option<bool> {
    let sometimes = group.may_ask_to_wait();
    (group.always_retry_after || sometimes).then_some(group.always_retry_after)
}

/// The headers that codes state.
pub(super) struct StatedHeaders<'a> {
    /// The components by name.
    components: BTreeMap<String, Value>,
    /// The codes that send each header, as Markdown.
    senders: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> StatedHeaders<'a> {
    /// Reads the headers once, because every response of every operation needs them.
    pub(super) fn of(catalog: &'a Catalog) -> Self {
        let mut stated = Self {
            components: BTreeMap::new(),
            senders: BTreeMap::new(),
        };
        for code in &catalog.codes {
            for header in &code.headers {
                let senders = stated.senders.entry(&header.name).or_default();
                senders.push(markdown_escape::code(&code.names.wire));
            }
        }
        for header in groups(catalog).flat_map(|group| &group.headers) {
            let name = component(&header.name, header.always);
            if !stated.components.contains_key(&name) {
                let header = stated.header(header);
                stated.components.insert(name, header);
            }
        }
        stated
    }

    fn header(&self, header: &StatusHeader) -> Value {
        let senders = self.senders.get(header.name.as_str());
        json!({
            "description": format!("Sent with {}.", senders.map_or_else(String::new, |codes| codes.join(", "))),
            "required": header.always,
            "schema": { "type": "string" },
            "example": header.values.first(),
        })
    }
}

/// What `x-should-retry` is in the responses of a status.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Advice {
    Varies,
    Always,
    Never,
}

impl Advice {
    fn of(catalog: &Catalog, group: &StatusGroup) -> Self {
        let codes = catalog.sent_with(group);
        let of_codes = codes.map(|sent| sent.retry() != RetryRule::Never);
        let of_types = group.codeless.iter();
        let of_types = of_types.map(|_| catalog.retry.statuses.contains(&group.status));
        let all: Vec<bool> = of_codes.chain(of_types).collect();
        match (all.contains(&true), all.contains(&false)) {
            (true, false) => Self::Always,
            (false, _) => Self::Never,
            (true, true) => Self::Varies,
        }
    }

    const fn component(self) -> &'static str {
        match self {
            Self::Varies => SHOULD_RETRY,
            Self::Always => "x-should-retry-true",
            Self::Never => "x-should-retry-false",
        }
    }

    /// The header. Mock servers without support for examples answer with the first value: `false` does no harm.
    fn header(self) -> Value {
        let values = match self {
            Self::Varies => &["false", "true"][..],
            Self::Always => &["true"],
            Self::Never => &["false"],
        };
        json!({
            "description": "Whether sending the same request again can help.",
            "required": true,
            "schema": { "type": "string", "enum": values },
            "example": values[0],
        })
    }
}
