//! The OpenAPI document that an overlay is for.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use codegen::emit::openapi::{OpenApiVersion, OperationErrors};
use fs_err as fs;
use serde_json::{Map, Value};

use super::document::{Components, Document, PathItem};
use super::{aliases, read};

/// The document.
pub(crate) struct Target {
    pub(crate) version: OpenApiVersion,
    /// In the order of the document.
    pub(crate) operations: Vec<TargetOperation>,
    /// The paths that are references, with the reference.
    pub(crate) elsewhere: Vec<(String, String)>,
    /// The ids of the webhooks.
    pub(crate) webhooks: Vec<String>,
    components: Components,
}

/// An operation of the document.
pub(crate) struct TargetOperation {
    pub(crate) id: Option<String>,
    /// In upper case.
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// By status.
    pub(crate) responses: Map<String, Value>,
}

impl TargetOperation {
    /// Whether an overlay gives it these errors.
    pub(crate) fn gets(&self, errors: &OperationErrors) -> bool {
        if errors.is_merged {
            return self.method == errors.method.as_str() && self.path == errors.path;
        }
        self.id.as_ref() == Some(&errors.id)
    }

    pub(crate) fn request(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it has this method and path. Path parameters may have other names.
    pub(crate) fn answers(&self, method: &str, path: &str) -> bool {
        self.method == method && without_names(&self.path) == without_names(path)
    }

    /// Whether it has this method and path. One of the paths may have a prefix that the other leaves to the server.
    pub(crate) fn may_answer(&self, method: &str, path: &str) -> bool {
        let [own, other] = [&self.path, path].map(without_names);
        self.method == method && (own.ends_with(&other) || other.ends_with(&own))
    }
}

impl Target {
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        if file.is_dir() {
            bail!("{} is a folder: name the file in it", file.display());
        }
        let text = fs::read_to_string(file)?;
        Self::parse(&text).with_context(|| format!("cannot use {} as the target", file.display()))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let document: Document = read::parse(text, aliases::refuse_aliases_in_paths)?;
        let mut target = Self {
            version: version(&document)?,
            operations: Vec::new(),
            elsewhere: Vec::new(),
            webhooks: Vec::new(),
            components: document.components.unwrap_or_default(),
        };
        for (path, item) in document.paths.0 {
            if let Some(reference) = &item.reference {
                target.elsewhere.push((path.clone(), reference.clone()));
            }
            let operations = item
                .operations()
                .map(|(method, operation)| TargetOperation {
                    id: operation.id,
                    method,
                    path: path.clone(),
                    responses: operation.responses.unwrap_or_default(),
                });
            target.operations.extend(operations);
        }
        let webhooks = document.webhooks.unwrap_or_default().into_values();
        let webhooks = webhooks.flat_map(PathItem::operations);
        target.webhooks = webhooks.filter_map(|(_, webhook)| webhook.id).collect();
        target.refuse_duplicate_ids()?;
        Ok(target)
    }

    fn refuse_duplicate_ids(&self) -> anyhow::Result<()> {
        let mut known = BTreeMap::new();
        for operation in &self.operations {
            let Some(id) = &operation.id else { continue };
            if let Some(first) = known.insert(id, operation) {
                bail!(
                    "duplicate operationId `{id}`, at {} and at {}",
                    first.request(),
                    operation.request()
                );
            }
        }
        Ok(())
    }

    /// The operation that an overlay gives these errors.
    pub(crate) fn of(&self, errors: &OperationErrors) -> Option<&TargetOperation> {
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.gets(errors))
    }

    /// The component of this name in a section.
    pub(crate) fn component(&self, section: &str, name: &str) -> Option<&Value> {
        self.components.section(section)?.get(name)
    }
}

fn version(document: &Document) -> anyhow::Result<OpenApiVersion> {
    let Some(version) = &document.openapi else {
        if document.swagger.is_some() {
            bail!("OpenAPI 2 is not supported: convert the document to OpenAPI 3");
        }
        bail!("missing field `openapi`: the file is not an OpenAPI document");
    };
    let mut numbers = version.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("3"), Some("0")) => Ok(OpenApiVersion::V3_0),
        (Some("3"), Some("1" | "2")) => Ok(OpenApiVersion::V3_1),
        _ => bail!("OpenAPI {version} is not supported: use 3.0, 3.1 or 3.2"),
    }
}

/// A path without the names of its parameters.
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
            let mut operations = target.operations.iter();
            let upload = operations.find(|one| one.id.as_deref() == Some("upload"));
            let upload = upload.unwrap();
            assert_eq!(upload.responses["200"]["description"], "Stored");
            assert_eq!(
                target.elsewhere,
                [("/more".to_owned(), "more.yaml".to_owned())]
            );
            assert!(target.component("schemas", "Error").is_some());
            assert!(target.component("headers", "Error").is_none());
        }
        for version in ["3.1.0", "3.1.1", "3.2.0", "'3.1'"] {
            let target = parse(&format!("openapi: {version}"));
            assert_eq!(target.version, OpenApiVersion::V3_1);
        }
        for version in ["3.0.3", "3.0", "'3.0'"] {
            let target = parse(&format!("\u{FEFF}openapi: {version}"));
            assert_eq!(target.version, OpenApiVersion::V3_0);
        }
    }

    #[test]
    fn other_documents_are_refused() {
        for (text, reason) in [
            ("swagger: '2.0'", "convert the document to OpenAPI 3"),
            ("openapi: 4.0.0", "OpenAPI 4.0.0 is not supported"),
            (
                "openapi: 3.9.0",
                "OpenAPI 3.9.0 is not supported: use 3.0, 3.1 or 3.2",
            ),
            ("info: {}", "missing field `openapi`"),
            ("- openapi", "invalid type: sequence"),
            ("openapi: 3.1.0\npaths: {", "unclosed bracket"),
            ("{\"openapi\": ", "EOF while parsing"),
            (
                "openapi: 3.1.0\npaths: { /a: { get: 1 } }",
                "paths./a.get: invalid type: integer `1`, expected an operation",
            ),
            (
                "openapi: 3.1.0\npaths: { /a: { get: {} }, /b: {}, /a: { put: {} } }",
                "duplicate path `/a`",
            ),
            (
                "openapi: 3.1.0\npaths: { /a: { get: {}, get: {} } }",
                "duplicate field `get`",
            ),
            (
                "openapi: 3.1.0\npaths: { /a: { get: { operationId: x, operationId: y } } }",
                "duplicate field `operationId`",
            ),
            (
                "openapi: 3.1.0\npaths: { /a: { get: { operationId: x }, put: { operationId: x } } }",
                "duplicate operationId `x`, at GET /a and at PUT /a",
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
        assert!(!operation.answers("GET", "/v1/files/{file_id}"));
        assert!(operation.may_answer("GET", "/v1/files/{file_id}"));
        assert!(!operation.may_answer("PUT", "/files/{file_id}"));
        assert!(!operation.may_answer("GET", "/files"));
    }

    #[test]
    fn what_is_not_looked_at_may_be_anything() {
        let target = parse(
            "{openapi: 3.1.0, x-a: !tag b, info: 123456789012345678901234567890,
              paths: {x-note: text, /a: {get: {operationId: a, x-b: 1}, summary: s}},
              components: {x-foo: text, pathItems: {}, schemas: {A: {}}},
              webhooks: {new: {post: {operationId: told}}}}",
        );
        assert_eq!(target.operations.len(), 1);
        assert!(target.component("schemas", "A").is_some());
        assert_eq!(target.webhooks, ["told"]);
    }
}
