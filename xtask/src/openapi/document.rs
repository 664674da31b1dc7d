//! The parts of an OpenAPI document that overlays need. The rest may be anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(expecting = "an OpenAPI document")]
pub(super) struct Document {
    pub(super) openapi: Option<String>,
    pub(super) swagger: Option<IgnoredAny>,
    #[serde(default)]
    pub(super) paths: Paths,
    pub(super) webhooks: Option<BTreeMap<String, PathItem>>,
    pub(super) components: Option<Components>,
}

/// The components in the sections that overlays add to.
#[derive(Default, Deserialize)]
#[serde(expecting = "components")]
pub(super) struct Components {
    schemas: Option<Map<String, Value>>,
    headers: Option<Map<String, Value>>,
    responses: Option<Map<String, Value>>,
    examples: Option<Map<String, Value>>,
}

impl Components {
    /// The section of this name, if it exists and overlays add to it.
    pub(super) fn section(&self, name: &str) -> Option<&Map<String, Value>> {
        let section = match name {
            "schemas" => &self.schemas,
            "headers" => &self.headers,
            "responses" => &self.responses,
            "examples" => &self.examples,
            _ => &None,
        };
        section.as_ref()
    }
}

/// The paths in their order, without duplicates.
#[derive(Default)]
pub(super) struct Paths(pub(super) Vec<(String, PathItem)>);

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Paths;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("paths")
            }

            fn visit_unit<E: Error>(self) -> Result<Paths, E> {
                Ok(Paths::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Paths, A::Error> {
                let mut known = BTreeSet::new();
                let mut items = Vec::new();
                while let Some(path) = map.next_key::<String>()? {
                    // The rest are extensions, which may be anything.
                    if !path.starts_with('/') {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    }
                    if !known.insert(path.clone()) {
                        return Err(A::Error::custom(format!("duplicate path `{path}`")));
                    }
                    let item = map.next_value::<Option<PathItem>>()?;
                    items.push((path, item.unwrap_or_default()));
                }
                Ok(Paths(items))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

#[derive(Default, Deserialize)]
#[serde(expecting = "the operations of a path")]
pub(super) struct PathItem {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
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
#[serde(expecting = "an operation")]
pub(super) struct Operation {
    #[serde(rename = "operationId")]
    pub(super) id: Option<String>,
    pub(super) responses: Option<Map<String, Value>>,
}

impl PathItem {
    /// The operations with their methods.
    pub(super) fn operations(self) -> impl Iterator<Item = (&'static str, Operation)> {
        [
            ("GET", self.get),
            ("PUT", self.put),
            ("POST", self.post),
            ("DELETE", self.delete),
            ("OPTIONS", self.options),
            ("HEAD", self.head),
            ("PATCH", self.patch),
            ("TRACE", self.trace),
        ]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation?)))
    }
}
