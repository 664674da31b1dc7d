//! The resolved catalog for programs: `errors.json`, and the JSON Schema of its format.

mod convert;
mod format;
mod style;

use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::NOTICE;
use crate::artifact::Artifact;
use crate::catalog::Catalog;
use format::Export;

/// The file with the schema, as the export names it.
const SCHEMA: &str = "errors.schema.json";

/// Emits `errors.json` and `errors.schema.json`.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<Export<'_>>();
    let mut schema = schema.to_value();
    if let Some(root) = schema.as_object_mut() {
        // The description of the file comes before its content.
        for key in ["description", "title", "$schema"] {
            if let Some(value) = root.shift_remove(key) {
                root.shift_insert(0, key.to_owned(), value);
            }
        }
        root.shift_insert(1, "$comment".to_owned(), NOTICE.into());
    }
    let export = serde_json::to_value(convert::export(catalog)).unwrap_or_default();
    vec![
        json("generated/errors.json", &export),
        json(&format!("generated/{SCHEMA}"), &schema),
    ]
}

/// The content of `errors.json`.
pub(crate) fn value(catalog: &Catalog) -> impl Serialize {
    convert::export(catalog)
}

fn json(path: &str, value: &Value) -> Artifact {
    // A JSON value always serialises.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    Artifact::new(path, text + "\n")
}
