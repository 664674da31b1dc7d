//! The JSON Schema of the catalog language, for editors.
//!
//! A test derives it from the types that decode a catalog. It is written per catalog, so that an editor
//! completes the catalog's own types and codes.

#[cfg(test)]
mod derived;
mod tables;

use serde_json::{Map, Value, json};

use super::NOTICE;
use crate::artifact::Artifact;
use crate::ast::language::{CATALOG, PART, parse};
use crate::catalog::{Catalog, Status};
use crate::rule::Rule;

pub(super) use tables::regions;

/// Emits `catalog.schema.json`, and `part.schema.json` for the files that a catalog includes.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    vec![
        Artifact::new("catalog/catalog.schema.json", text(CATALOG, catalog)),
        Artifact::new("catalog/part.schema.json", text(PART, catalog)),
    ]
}

fn text(language: &str, catalog: &Catalog) -> String {
    let mut schema = parse(language);
    if let Some(root) = schema.as_object_mut() {
        root.shift_insert(1, "$comment".to_owned(), NOTICE.into());
        let_files_bring_entries(root);
        if let Some(definitions) = root.get_mut("$defs").and_then(Value::as_object_mut) {
            define_names(catalog, definitions);
            name_statuses(definitions);
            offer_groups(catalog, definitions);
            admit_bare_null(definitions);
        }
    }
    // A JSON value always serialises.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// An included file may contain the required sections of a catalog.
fn let_files_bring_entries(root: &mut Map<String, Value>) {
    const ENTRIES: [&str; 2] = ["types", "codes"];
    let Some(Value::Array(required)) = root.get_mut("required") else {
        return;
    };
    required.retain(|key| !ENTRIES.iter().any(|entry| key == entry));
    let choices = json!([{ "required": ["include"] }, { "required": ENTRIES }]);
    root.insert("anyOf".to_owned(), choices);
}

/// Names that the catalog declares become the values an editor offers, each with what it means.
fn define_names(catalog: &Catalog, definitions: &mut Map<String, Value>) {
    let types = catalog.types.iter().map(|entry| {
        let description = format!("{} ({})", entry.summary(), entry.statuses);
        (entry.names.wire.clone(), description)
    });
    let codes = catalog.codes.iter().map(|code| {
        let status = code.status.to_string();
        let description = [&code.summary(), " (", &status, ")"].concat();
        (code.names.wire.clone(), description)
    });
    let sets = catalog.sets.iter().map(|set| {
        let name = &set.name;
        let description = format!("The codes of the set `{name}`.");
        (format!("@{name}"), description)
    });
    let lints = Rule::ALL
        .iter()
        .filter(|rule| rule.kind().default_level().is_some());
    let lints = lints.map(|rule| (rule.id().to_owned(), one_line(rule.explanation())));
    let envelope = &catalog.envelope;
    let built_in = envelope.built_in.iter().map(|shape| {
        let description = format!("A built-in shape, sent as {}.", shape.content_type);
        (shape.name.clone(), description)
    });
    // Also one that no style is yet: its author adds the style next.
    let own = envelope.own.iter().map(|name| {
        let mut sent = envelope.shapes.iter();
        let description = match sent.find(|shape| shape.name == *name) {
            Some(shape) => format!("A shape of this catalog, sent as {}.", shape.content_type),
            None => "A shape of this catalog.".to_owned(),
        };
        (name.clone(), description)
    });
    let styles = built_in.chain(own);
    let mut define = |name: &str, description: &str, mut schema: Map<String, Value>| {
        schema.insert("description".to_owned(), description.into());
        definitions.insert(name.to_owned(), schema.into());
    };
    define(
        "TypeName",
        "The name of a type, as declared under `types`.",
        words(types),
    );
    define(
        "CodeName",
        "The name of a code, as declared under `codes`.",
        words(codes),
    );
    let code = json!({ "$ref": "#/$defs/CodeName" });
    let mut choices = vec![code];
    if !catalog.sets.is_empty() {
        choices.push(words(sets).into());
    }
    define(
        "CodeOrSet",
        "A code, or `@` with the name of a set.",
        Map::from_iter([("anyOf".to_owned(), choices.into())]),
    );
    define(
        "StyleName",
        "The name of a built-in shape, or of a shape in `envelope.shapes`.",
        words(styles),
    );
    define("RuleName", "The id of a lint rule.", words(lints));
}

/// A text in one line: editors break it where their windows end, and not where the source does.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// One of some words. Editors show the descriptions, as plain text, beside the words.
fn words(words: impl Iterator<Item = (String, String)>) -> Map<String, Value> {
    let (words, descriptions): (Vec<Value>, Vec<Value>) = words
        .map(|(word, description)| (word.into(), description.into()))
        .unzip();
    Map::from_iter([
        ("type".to_owned(), "string".into()),
        ("enum".to_owned(), words.into()),
        ("enumDescriptions".to_owned(), descriptions.into()),
    ])
}

/// Any status of an error is right; editors offer those that have a name. With a plain enum,
/// they would report an unnamed status as invalid.
fn name_statuses(definitions: &mut Map<String, Value>) {
    let named = (400..600).filter_map(|number| {
        let status = Status::new(number)?;
        let reason = status.reason()?;
        Some(
            json!({ "label": format!("{status} {reason}"), "body": number, "description": reason }),
        )
    });
    if let Some(status) = definitions.get_mut("Status").and_then(Value::as_object_mut) {
        status.insert("defaultSnippets".to_owned(), named.collect());
    }
}

/// Any text is a group; editors offer those that are there.
fn offer_groups(catalog: &Catalog, definitions: &mut Map<String, Value>) {
    let description = "A group of this catalog.";
    let groups = catalog.groups.iter();
    let groups = words(groups.map(|name| (name.clone(), description.to_owned())));
    if let (Some(name), false) = (definitions.get_mut("GroupName"), catalog.groups.is_empty()) {
        let any = name.take();
        let description = any["description"].clone();
        *name = json!({ "description": description, "anyOf": [groups, any] });
    }
}

/// The word `null` needs no quotes where it can only be a word, but YAML readers give editors the
/// null value for it.
fn admit_bare_null(definitions: &mut Map<String, Value>) {
    let Some(param) = definitions.get_mut("Param").and_then(Value::as_object_mut) else {
        return;
    };
    param.insert("type".to_owned(), json!(["string", "null"]));
    for (key, more) in [
        ("enum", Value::Null),
        ("enumDescriptions", "The member is null.".into()),
    ] {
        if let Some(list) = param.get_mut(key).and_then(Value::as_array_mut) {
            list.push(more);
        }
    }
}
