//! The JSON Schema of the catalog language, for editors.
//!
//! It is derived from the types that decode a catalog and written per catalog, so that an editor
//! completes the catalog's own types and codes.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::NOTICE;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, Names};
use crate::draft::CatalogDraft;
use crate::rule::{Rule, RuleKind};

/// Emits `catalog.schema.json`.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<CatalogDraft>();
    let mut schema = schema.to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$comment".to_owned(), NOTICE.into());
        close_objects(root);
        if let Some(definitions) = root.get_mut("$defs").and_then(Value::as_object_mut) {
            define_names(catalog, definitions);
        }
    }
    // A JSON value always serialises.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    vec![Artifact::new("catalog/catalog.schema.json", text)]
}

/// Names that the catalog declares become the values an editor offers.
fn define_names(catalog: &Catalog, definitions: &mut Map<String, Value>) {
    let lints = Rule::ALL
        .iter()
        .filter(|rule| matches!(rule.kind(), RuleKind::Lint(_)));
    for (name, description, values) in [
        (
            "TypeName",
            "The name of a type, as declared under `types`.",
            wire_names(catalog.types.iter().map(|entry| &entry.names)),
        ),
        (
            "CodeName",
            "The name of a code, as declared under `codes`.",
            wire_names(catalog.codes.iter().map(|code| &code.names)),
        ),
        (
            "RuleName",
            "The id of a lint rule.",
            lints.map(|rule| Value::from(rule.id())).collect(),
        ),
    ] {
        definitions.insert(
            name.to_owned(),
            json!({ "description": description, "enum": values }),
        );
    }
}

fn wire_names<'a>(names: impl Iterator<Item = &'a Names>) -> Vec<Value> {
    names.map(|names| names.wire.as_str().into()).collect()
}

/// Unknown keys are mistakes, except those of the author's own on a code.
fn close_objects(schema: &mut Map<String, Value>) {
    close(schema);
    let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, definition) in definitions {
        if let Some(definition) = definition.as_object_mut() {
            close(definition);
            if name == "Code" {
                definition.insert("patternProperties".to_owned(), json!({ "^x-": {} }));
            }
        }
    }
}

fn close(schema: &mut Map<String, Value>) {
    if schema.contains_key("properties") && !schema.contains_key("additionalProperties") {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}
