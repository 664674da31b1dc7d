//! The parts of a document that describe errors.

use serde_json::Value;

use super::super::table::says_errors;
use crate::catalog::Status;
use crate::limits::{MAX_CHOICES, MAX_HOPS};
use crate::unord_map::UnordMap;

/// The keys of a path item that are methods.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A document, parsed.
pub(super) struct Document<'a> {
    root: &'a Value,
}

/// A name in an enum, with the facts beside it.
pub(super) struct Named<'a> {
    pub(super) value: &'a Value,
    /// The path of the enum.
    pub(super) path: String,
    /// Its variant in generated clients.
    pub(super) variant: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    /// Its details in a document of this tool, or null.
    pub(super) details: &'a Value,
}

/// The enums found, and the schemas visited: each is visited once.
#[derive(Default)]
struct Search<'a> {
    found: Vec<Named<'a>>,
    seen: UnordMap<*const Value, ()>,
}

/// A response for an error.
pub(super) struct Response<'a> {
    pub(super) status: Option<Status>,
    pub(super) path: String,
    pub(super) description: Option<&'a str>,
    pub(super) contents: Vec<Content<'a>>,
    /// The operations that have it, such as `GET /pets`.
    pub(super) operations: Vec<String>,
    /// Whether something says that it is one of an error; otherwise only its body can.
    pub(super) is_of_error: bool,
    /// The reference in its place that leads to nothing in the document.
    pub(super) broken: Option<&'a str>,
}

/// The bodies of a response with one media type.
pub(super) struct Content<'a> {
    pub(super) media_type: &'a str,
    pub(super) schema: &'a Value,
    pub(super) examples: Vec<Example<'a>>,
}

/// An example of a body.
pub(super) struct Example<'a> {
    pub(super) path: String,
    pub(super) summary: Option<&'a str>,
    pub(super) body: &'a Value,
    /// The address of the body, if the document does not contain it.
    pub(super) outside: Option<&'a str>,
}

impl<'a> Document<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// The value at a JSON pointer, or null.
    pub(super) fn at(&self, pointer: &str) -> &'a Value {
        self.root.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Follows a reference within the document.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..MAX_HOPS {
            let reference = value.get("$ref").and_then(Value::as_str);
            let Some(pointer) = reference.and_then(|reference| reference.strip_prefix('#')) else {
                return value;
            };
            value = self.at(pointer);
        }
        &Value::Null
    }

    /// The names in the enums of the document: enums of schemas called `schema`, in any case, and of members called
    /// `member` in a schema of errors.
    pub(super) fn names(&self, schema: &str, member: &str) -> Vec<Named<'a>> {
        let mut search = Search::default();
        let schemas = self.at("/components/schemas").as_object();
        let schemas = || schemas.into_iter().flatten();
        for (name, value) in schemas() {
            let mut plain = name.to_ascii_lowercase();
            plain.retain(|c| c.is_ascii_alphanumeric());
            if plain == schema || plain.strip_suffix('s') == Some(schema) {
                let path = format!("components.schemas.{name}");
                self.values(value, &path, 0, &mut search);
            }
        }
        // A document of this tool has all names there. Its bodies have those of each style.
        if search.found.iter().any(|found| found.details.is_object()) {
            return search.found;
        }
        for (name, value) in schemas() {
            if !name.to_ascii_lowercase().contains("error") && name != "Problem" {
                continue;
            }
            let path = format!("components.schemas.{name}");
            let own = &value["properties"][member];
            let inner = self.resolve(&value["properties"]["error"]);
            for value in [own, &inner["properties"][member]] {
                self.values(value, &path, 0, &mut search);
            }
        }
        search.found
    }

    /// The values that a schema lists: by `enum` or `const`, in alternatives, or as an open enum.
    fn values(&self, schema: &'a Value, path: &str, depth: usize, search: &mut Search<'a>) {
        let schema = self.resolve(schema);
        if search.seen.insert(schema, ()).is_some() {
            return;
        }
        let lists = [&schema["enum"], &schema["x-extensible-enum"]];
        let values = lists.into_iter().filter_map(Value::as_array).flatten();
        for (position, value) in values.chain(schema.get("const")).enumerate() {
            if value.is_null() {
                continue;
            }
            let wire = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let listed = |key: &str| schema[key][position].as_str();
            let by_name = schema["x-enumDescriptions"][&wire].as_str();
            let own = schema["description"]
                .as_str()
                .filter(|_| schema.get("const").is_some());
            let details = [&schema["x-codes"][&wire], &schema["x-types"][&wire]];
            search.found.push(Named {
                value,
                path: path.to_owned(),
                variant: listed("x-enum-varnames"),
                description: listed("x-enum-descriptions").or(by_name).or(own),
                details: details
                    .into_iter()
                    .find(|details| details.is_object())
                    .unwrap_or(&Value::Null),
            });
        }
        if depth < MAX_CHOICES {
            let choices = ["anyOf", "oneOf"].map(|key| schema[key].as_array());
            for choice in choices.into_iter().flatten().flatten() {
                self.values(choice, path, depth + 1, search);
            }
        }
    }

    /// The items of paths with their places and paths; those of webhooks and callbacks have no path.
    fn items(&self) -> Vec<(String, Option<&'a str>, &'a Value)> {
        let all = |pointer| self.at(pointer).as_object().into_iter().flatten();
        let mut items: Vec<(String, Option<&'a str>, &'a Value)> = all("/paths")
            .map(|(path, item)| (format!("paths.{path}"), Some(path.as_str()), item))
            .collect();
        let hooks = all("/webhooks").map(|(name, item)| (format!("webhooks.{name}"), None, item));
        items.extend(hooks);
        let mut inner = Vec::new();
        for (place, _, item) in &items {
            for method in METHODS {
                let callbacks = item[method]["callbacks"].as_object();
                for (name, callback) in callbacks.into_iter().flatten() {
                    let place = format!("{place}.{method}.callbacks.{name}");
                    let all = self.resolve(callback).as_object().into_iter().flatten();
                    inner.extend(all.map(|(key, item)| (format!("{place}.{key}"), None, item)));
                }
            }
        }
        items.extend(inner);
        items
    }

    /// The error responses: those of operations, webhooks and callbacks, and those among the components.
    pub(super) fn responses(&self) -> Vec<Response<'a>> {
        let mut found: Vec<Response<'_>> = Vec::new();
        let mut seen: UnordMap<(String, Option<Status>), usize> = UnordMap::default();
        let mut used: UnordMap<String, ()> = UnordMap::default();
        for (start, path, item) in self.items() {
            for method in METHODS {
                let responses = item[method]["responses"].as_object();
                for (key, response) in responses.into_iter().flatten() {
                    let reference = response["$ref"].as_str();
                    let shared = reference.and_then(|text| text.strip_prefix("#/"));
                    let shared = shared.map(|text| text.replace('/', "."));
                    if let Some(place) = &shared {
                        used.insert(place.clone(), ());
                    }
                    if is_success(key) {
                        continue;
                    }
                    let status = status_of_key(key);
                    let operation =
                        path.map(|path| format!("{} {path}", method.to_ascii_uppercase()));
                    let target = self.resolve(response);
                    let is_broken = target.is_null() || target.get("$ref").is_some();
                    let place = match shared.filter(|_| !is_broken) {
                        Some(place) => {
                            let known = seen.get(&(place.clone(), status)).copied();
                            if let Some(known) = known.and_then(|at| found.get_mut(at)) {
                                known.operations.extend(operation);
                                continue;
                            }
                            seen.insert((place.clone(), status), found.len());
                            place
                        }
                        None => format!("{start}.{method}.responses.{key}"),
                    };
                    let mut response = self.response(place, status, response);
                    response.operations.extend(operation);
                    response.broken = reference.filter(|_| is_broken);
                    found.push(response);
                }
            }
        }
        let named = self.at("/components/responses").as_object();
        for (name, response) in named.into_iter().flatten() {
            let place = format!("components.responses.{name}");
            let status = status_of(name, response);
            let is_new = status.is_some() || used.get(&place).is_none();
            if is_new && seen.insert((place.clone(), status), found.len()).is_none() {
                let mut response = self.response(place, status, response);
                response.is_of_error = status.is_some() || says_errors(name);
                found.push(response);
            }
        }
        found
    }

    /// The error responses of each path, resolved.
    pub(super) fn responses_by_path(&self) -> Vec<(&'a str, &'a Value)> {
        let mut found = Vec::new();
        let paths = self.at("/paths").as_object();
        for (path, item) in paths.into_iter().flatten() {
            for method in METHODS {
                let responses = item[method]["responses"].as_object();
                let errors = responses.into_iter().flatten();
                let errors = errors.filter(|(key, _)| !is_success(key));
                found.extend(errors.map(|(_, response)| (path.as_str(), self.resolve(response))));
            }
        }
        found
    }

    /// All error responses, resolved, each once.
    pub(super) fn error_responses(&self) -> Vec<&'a Value> {
        let by_path = self.responses_by_path().into_iter();
        let by_path = by_path.map(|(_, response)| response);
        let mut seen: UnordMap<*const Value, ()> = UnordMap::default();
        let mut found: Vec<&Value> = self.shared_responses();
        found.extend(by_path);
        found.retain(|response| seen.insert(std::ptr::from_ref(*response), ()).is_none());
        found
    }

    /// The error responses among the components.
    pub(super) fn shared_responses(&self) -> Vec<&'a Value> {
        let named = self.at("/components/responses").as_object();
        let errors = named.into_iter().flatten();
        let errors = errors.filter(|(name, response)| status_of(name, response).is_some());
        errors.map(|(_, response)| self.resolve(response)).collect()
    }

    fn response(&self, path: String, status: Option<Status>, response: &'a Value) -> Response<'a> {
        let response = self.resolve(response);
        let contents = response["content"].as_object();
        let contents = contents.into_iter().flatten();
        Response {
            status,
            description: response["description"].as_str(),
            contents: contents
                .map(|(media_type, content)| self.content(&path, media_type, content))
                .collect(),
            path,
            operations: Vec::new(),
            is_of_error: true,
            broken: None,
        }
    }

    /// The names of the operations, by method and path.
    pub(super) fn operation_ids(&self) -> Vec<(String, String)> {
        let paths = self.at("/paths").as_object().into_iter().flatten();
        let ids = paths.flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(move |method| {
                let id = item[method]["operationId"].as_str()?;
                Some((
                    format!("{} {path}", method.to_ascii_uppercase()),
                    id.to_owned(),
                ))
            })
        });
        ids.collect()
    }

    pub(super) fn content(
        &self,
        path: &str,
        media_type: &'a str,
        content: &'a Value,
    ) -> Content<'a> {
        let mut examples = Vec::new();
        let mut push = |name: &str, summary: Option<&'a str>, body: &'a Value, outside| {
            examples.push(Example {
                path: format!("{path}{name}"),
                summary,
                body,
                outside,
            });
        };
        for (name, example) in content["examples"].as_object().into_iter().flatten() {
            let example = self.resolve(example);
            let summary = example["summary"].as_str();
            // The generated documents begin a summary with the name of the example.
            let text = |summary: &'a str| summary.strip_prefix(name)?.strip_prefix(": ");
            let summary = summary.map(|summary| text(summary).unwrap_or(summary));
            let outside = example["externalValue"]
                .as_str()
                .or(example["$ref"].as_str());
            push(&format!(".{name}"), summary, &example["value"], outside);
        }
        push("", None, &content["example"], None);
        push("", None, &self.resolve(&content["schema"])["example"], None);
        Content {
            media_type,
            schema: &content["schema"],
            examples,
        }
    }
}

/// The status of a response; the first of a class such as `4XX`.
fn status_of_key(key: &str) -> Option<Status> {
    let number = match key {
        "4XX" | "4xx" => 400,
        "5XX" | "5xx" => 500,
        key => key.parse().ok()?,
    };
    Status::new(number)
}

/// Whether a key of responses is not that of an error.
fn is_success(key: &str) -> bool {
    key.starts_with(['1', '2', '3'])
}

/// The status of a response among the components, from its name or the start of its description.
fn status_of(name: &str, response: &Value) -> Option<Status> {
    let mut all = (400..600).filter_map(Status::new);
    let by_name = all.find(|status| status.identifier() == name);
    let description = response["description"].as_str().unwrap_or_default();
    let number = || {
        let number = description.get(..3)?;
        let rest = &description[3..];
        let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
        number.parse().ok().and_then(Status::new).filter(|_| ends)
    };
    by_name.or_else(number)
}
