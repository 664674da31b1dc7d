//! An OpenAPI document that errors are to be added to: what has to be known of it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use codegen::emit::openapi::OpenApiVersion;
use fs_err as fs;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The document.
pub(super) struct Target {
    pub(super) version: OpenApiVersion,
    /// In the order of the document.
    pub(super) operations: Vec<TargetOperation>,
    /// The paths that stand in other files.
    pub(super) elsewhere: Vec<String>,
    components: BTreeMap<String, Option<Map<String, Value>>>,
}

/// An operation of the document.
pub(super) struct TargetOperation {
    pub(super) id: Option<String>,
    /// In capitals.
    pub(super) method: &'static str,
    pub(super) path: String,
    /// By status.
    pub(super) responses: Map<String, Value>,
}

impl TargetOperation {
    pub(super) fn request(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it answers such a request. One of the two paths may have a beginning that the other
    /// leaves to the server, and parts that vary may have other names.
    pub(super) fn answers(&self, method: &str, path: &str) -> bool {
        let [own, other] = [&self.path, path].map(without_names);
        self.method == method && (own.ends_with(&other) || other.ends_with(&own))
    }
}

#[derive(Deserialize)]
struct Document {
    openapi: Option<String>,
    swagger: Option<Value>,
    #[serde(default)]
    paths: Option<Map<String, Value>>,
    #[serde(default)]
    components: Option<BTreeMap<String, Option<Map<String, Value>>>>,
}

#[derive(Default, Deserialize)]
struct PathItem {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    get: Option<Operation>,
    put: Option<Operation>,
    post: Option<Operation>,
    delete: Option<Operation>,
    options: Option<Operation>,
    head: Option<Operation>,
    patch: Option<Operation>,
    trace: Option<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(rename = "operationId")]
    id: Option<String>,
    responses: Option<Map<String, Value>>,
}

impl PathItem {
    fn operations(self) -> impl Iterator<Item = (&'static str, Operation)> {
        let all = [
            ("GET", self.get),
            ("PUT", self.put),
            ("POST", self.post),
            ("DELETE", self.delete),
            ("OPTIONS", self.options),
            ("HEAD", self.head),
            ("PATCH", self.patch),
            ("TRACE", self.trace),
        ];
        let all = all.into_iter();
        all.filter_map(|(method, operation)| Some((method, operation?)))
    }
}

impl Target {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Fails where the file cannot be read, or is no OpenAPI document to which overlays can be applied.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file)?;
        Self::parse(&text).with_context(|| format!("{} cannot be added to", file.display()))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        // JSON may be indented with tabs, which YAML refuses.
        let document: Document = if text.trim_start().starts_with('{') {
            serde_json::from_str(text)?
        } else {
            serde_yaml::from_str(text)?
        };
        let version = match (document.openapi.as_deref(), document.swagger) {
            (Some(version), _) if version.starts_with("3.0.") => OpenApiVersion::V3_0,
            (Some(version), _) if version.starts_with("3.") => OpenApiVersion::V3_1,
            (Some(other), _) => bail!("it is of OpenAPI {other}, and 3.0 to 3.2 are known"),
            (None, Some(_)) => bail!("it is of OpenAPI 2: convert it to OpenAPI 3 first"),
            (None, None) => bail!("it is no OpenAPI document: there is no `openapi` in it"),
        };
        let mut target = Self {
            version,
            operations: Vec::new(),
            elsewhere: Vec::new(),
            components: document.components.unwrap_or_default(),
        };
        for (path, item) in document.paths.unwrap_or_default() {
            let item: Option<PathItem> =
                serde_json::from_value(item).with_context(|| format!("in the path {path}"))?;
            let item = item.unwrap_or_default();
            if item.reference.is_some() {
                target.elsewhere.push(path.clone());
            }
            for (method, operation) in item.operations() {
                target.operations.push(TargetOperation {
                    id: operation.id,
                    method,
                    path: path.clone(),
                    responses: operation.responses.unwrap_or_default(),
                });
            }
        }
        target.refuse_ids_that_stand_twice()?;
        Ok(target)
    }

    fn refuse_ids_that_stand_twice(&self) -> anyhow::Result<()> {
        let mut known = BTreeMap::new();
        for operation in &self.operations {
            let Some(id) = &operation.id else { continue };
            if let Some(first) = known.insert(id, operation) {
                bail!(
                    "the operationId {id} stands twice, at {} and at {}",
                    first.request(),
                    operation.request()
                );
            }
        }
        Ok(())
    }

    /// The operation of an id.
    pub(super) fn operation(&self, id: &str) -> Option<&TargetOperation> {
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.id.as_deref() == Some(id))
    }

    /// The component of this name in a section.
    pub(super) fn component(&self, section: &str, name: &str) -> Option<&Value> {
        self.components.get(section)?.as_ref()?.get(name)
    }
}

/// A path whose varying parts have no names.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        let rest = part.split_once('}').map_or(part, |(_, rest)| rest);
        path + "{}" + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Target {
        Target::parse(text).unwrap()
    }

    fn refusal(text: &str) -> String {
        let error = Target::parse(text).err().unwrap();
        format!("{error:#}")
    }

    #[test]
    fn operations_are_found_in_yaml_and_in_json() {
        let yaml = "
openapi: 3.0.3
paths:
  /files:
    parameters: []
    post: { operationId: upload, responses: { 200: { description: Stored } } }
    get: {}
  /more: { $ref: more.yaml }
  /none:
components: { schemas: { Error: { type: object } }, headers: }
";
        let json = "{\n\t\"openapi\": \"3.0.3\", \"paths\": {\"/files\": {\"post\": {\"operationId\": \"upload\",
            \"responses\": {\"200\": {\"description\": \"Stored\"}}}, \"get\": {}}, \"/more\": {\"$ref\": \"more.yaml\"}},
            \"components\": {\"schemas\": {\"Error\": {\"type\": \"object\"}}}}";
        for text in [yaml, json] {
            let target = parse(text);
            assert_eq!(target.version, OpenApiVersion::V3_0);
            let mut requests: Vec<String> = target
                .operations
                .iter()
                .map(TargetOperation::request)
                .collect();
            requests.sort();
            assert_eq!(requests, ["GET /files", "POST /files"]);
            let upload = target.operation("upload").unwrap();
            assert_eq!(upload.responses["200"]["description"], "Stored");
            assert_eq!(target.elsewhere, ["/more"]);
            assert!(target.component("schemas", "Error").is_some());
            assert!(target.component("headers", "Error").is_none());
        }
        for version in ["3.1.0", "3.1.1", "3.2.0"] {
            let target = parse(&format!("openapi: {version}"));
            assert_eq!(target.version, OpenApiVersion::V3_1);
        }
    }

    #[test]
    fn what_is_no_such_document_is_refused() {
        for (text, reason) in [
            ("swagger: '2.0'", "convert it to OpenAPI 3 first"),
            ("openapi: 4.0.0", "it is of OpenAPI 4.0.0"),
            ("info: {}", "there is no `openapi` in it"),
            ("- openapi", "invalid type: sequence"),
            ("openapi: 3.1.0\npaths: {", "did not find expected"),
            ("{\"openapi\": ", "EOF while parsing"),
            (
                "openapi: 3.1.0\npaths: { /a: { get: 1 } }",
                "in the path /a: invalid type",
            ),
            (
                "openapi: 3.1.0\npaths: { /a: { get: { operationId: x }, put: { operationId: x } } }",
                "the operationId x stands twice, at GET /a and at PUT /a",
            ),
        ] {
            let said = refusal(text);
            assert!(said.contains(reason), "{text}: {said}");
        }
    }

    #[test]
    fn a_request_is_the_same_whatever_its_parts_are_called_and_wherever_the_path_begins() {
        let document = parse("openapi: 3.1.0\npaths: { '/files/{id}': { get: {} } }");
        let operation = &document.operations[0];
        assert!(operation.answers("GET", "/files/{file_id}"));
        assert!(operation.answers("GET", "/v1/files/{file_id}"));
        assert!(!operation.answers("PUT", "/files/{file_id}"));
        assert!(!operation.answers("GET", "/files"));
    }
}
