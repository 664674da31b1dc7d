//! The JSON Schema of the catalog language, for editors.
//!
//! It is derived from the types that decode a catalog and written per catalog, so that an editor
//! completes the catalog's own types and codes.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
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
        .with_transform(RecursiveTransform(|schema: &mut Schema| {
            if let Some(schema) = schema.as_object_mut() {
                tighten(schema);
            }
        }))
        .into_generator()
        .into_root_schema_for::<CatalogDraft>();
    let mut schema = schema.to_value();
    if let Some(root) = schema.as_object_mut() {
        root.shift_insert(1, "$comment".to_owned(), NOTICE.into());
        if let Some(definitions) = root.get_mut("$defs").and_then(Value::as_object_mut) {
            define_names(catalog, definitions);
            open_to_extensions(definitions);
            admit_bare_null(definitions);
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
    let codes = wire_names(catalog.codes.iter().map(|code| &code.names));
    let sets = catalog.sets.iter().map(|name| format!("@{name}").into());
    let codes_and_sets = codes.iter().cloned().chain(sets).collect();
    for (name, description, values) in [
        (
            "TypeName",
            "The name of a type, as declared under `types`.",
            wire_names(catalog.types.iter().map(|entry| &entry.names)),
        ),
        (
            "CodeName",
            "The name of a code, as declared under `codes`.",
            codes,
        ),
        (
            "CodeOrSet",
            "A code, or `@` with the name of a set.",
            codes_and_sets,
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

/// A key that may be left out is not null instead; numbers are not bound to a width; and unknown
/// keys are mistakes.
fn tighten(schema: &mut Map<String, Value>) {
    schema.remove("format");
    if let Some(Value::Array(kinds)) = schema.get("type")
        && let [kind, Value::String(null)] = &kinds[..]
        && null == "null"
    {
        let kind = kind.clone();
        schema.insert("type".to_owned(), kind);
    }
    if let Some(Value::Array(choices)) = schema.get("anyOf")
        && let [Value::Object(choice), null] = &choices[..]
        && *null == json!({ "type": "null" })
    {
        let choice = choice.clone();
        let mut own = std::mem::replace(schema, choice);
        own.remove("anyOf");
        schema.extend(own);
    }
    if schema.contains_key("properties") {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

/// Keys of the author's own may stand on a code and on an argument.
fn open_to_extensions(definitions: &mut Map<String, Value>) {
    for name in ["Code", "Argument"] {
        if let Some(entry) = definitions.get_mut(name).and_then(Value::as_object_mut) {
            let any = json!({ "^x-": { "description": "A key of your own, kept and exported." } });
            entry.insert("patternProperties".to_owned(), any);
        }
    }
}

/// The word `null` needs no quotes where it can only be a word, but YAML readers give editors the
/// null value for it.
fn admit_bare_null(definitions: &mut Map<String, Value>) {
    let words = definitions
        .get_mut("Param")
        .map(|param| &mut param["oneOf"]);
    if let Some(Value::Array(words)) = words {
        words.push(json!({ "type": "null", "description": "The member is null." }));
    }
}
