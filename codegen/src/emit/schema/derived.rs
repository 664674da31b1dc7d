//! The schema of the language, from the types that decode a catalog.

use expect_test::expect_file;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::{one_line, words};
use crate::ast::{CatalogAst, PartAst};

/// `UPDATE_EXPECT=1` writes them.
#[test]
fn the_schemas_are_those_of_the_types() {
    expect_file!["../../ast/language/catalog.json"].assert_eq(&text::<CatalogAst>());
    expect_file!["../../ast/language/part.json"].assert_eq(&text::<PartAst>());
}

fn text<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(|schema: &mut Schema| {
            if let Some(schema) = schema.as_object_mut() {
                tighten(schema);
            }
        }))
        .into_generator()
        .into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    if let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        open_to_extensions(definitions);
    }
    serde_json::to_string_pretty(&schema).expect("JSON") + "\n"
}

/// Optional keys do not allow null, numbers have no width, strings are not empty, and unknown keys are
/// errors.
fn tighten(schema: &mut Map<String, Value>) {
    schema.remove("format");
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = one_line(description);
    }
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
    if let Some(words) = schema.get("oneOf").and_then(constants) {
        schema.remove("oneOf");
        schema.extend(words);
    }
    let is_word = schema.contains_key("enum") || schema.contains_key("const");
    if schema.get("type") == Some(&json!("string")) && !is_word {
        schema.insert("pattern".to_owned(), r"\S".into());
        let message = "the text is empty: write it, or remove the key";
        schema.insert("patternErrorMessage".to_owned(), message.into());
    }
    if schema.contains_key("properties") {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

/// The keywords of an enumeration whose variants are constants with descriptions. In this form, editors
/// describe the key on its name, and the keyword on its value.
fn constants(choices: &Value) -> Option<Map<String, Value>> {
    let text = |choice: &Value, key: &str| Some(choice.get(key)?.as_str()?.to_owned());
    let choices = choices.as_array()?.iter();
    let found: Option<Vec<_>> = choices
        .map(|choice| {
            Some((
                text(choice, "const")?,
                one_line(&text(choice, "description")?),
            ))
        })
        .collect();
    found.map(|found| words(found.into_iter()))
}

/// A code and an argument may have custom keys.
fn open_to_extensions(definitions: &mut Map<String, Value>) {
    for name in ["Code", "Argument"] {
        if let Some(entry) = definitions.get_mut(name).and_then(Value::as_object_mut) {
            let any = json!({ "^x-": { "description": "A custom key, kept and exported." } });
            entry.insert("patternProperties".to_owned(), any);
        }
    }
}
