//! From OpenAPI 3.1 to 3.0, for tools that read only that version.
//!
//! Source: OpenAPI Specification 3.0.3, "Schema Object".

use std::collections::BTreeMap;

use crate::tree::Tree;

/// The document in OpenAPI 3.0. What is shared is the same in both versions.
pub(super) fn to_3_0(mut document: Tree<'_>) -> Tree<'_> {
    document.insert("openapi", "3.0.3");
    let enums = Enums::of(&document);
    for path in members(document.get_mut("paths")) {
        for operation in path.values_mut() {
            of_responses(operation.get_mut("responses"), &enums);
        }
    }
    if let Some(components) = document.get_mut("components") {
        for schema in members(components.get_mut("schemas")) {
            downgrade(schema, &enums);
        }
        for header in members(components.get_mut("headers")) {
            of_schema(header, &enums);
        }
        of_responses(components.get_mut("responses"), &enums);
    }
    document
}

/// The enums among the components: the type and the values of each, by the reference to it.
struct Enums<'a>(BTreeMap<String, (Tree<'a>, Vec<Tree<'a>>)>);

impl<'a> Enums<'a> {
    fn of(document: &Tree<'a>) -> Self {
        let components = document.get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        let schemas = schemas.map_or(&[][..], Tree::members).iter();
        let enums = schemas.filter_map(|(name, schema)| {
            let reference = format!("#/components/schemas/{name}");
            let values = schema.get("enum")?.as_list()?.to_vec();
            let kind = schema.get("type").cloned().unwrap_or(Tree::Null);
            Some((reference, (kind, values)))
        });
        Self(enums.collect())
    }

    /// The type and the values of a schema that is a reference to an enum, or null.
    fn enum_or_null(&self, schema: &Tree<'_>) -> Option<(Tree<'a>, Vec<Tree<'a>>)> {
        let [reference, null] = schema.get("anyOf")?.as_list()? else {
            return None;
        };
        let reference = reference.get("$ref")?.as_str()?;
        let (kind, values) = self.0.get(reference)?;
        let is_null = null.get("type")?.as_str() == Some("null");
        is_null.then(|| (kind.clone(), values.clone()))
    }
}

/// Downgrades the schemas within responses.
fn of_responses<'a>(responses: Option<&mut Tree<'a>>, enums: &Enums<'a>) {
    for response in members(responses) {
        for media_type in members(response.get_mut("content")) {
            of_schema(media_type, enums);
        }
    }
}

/// Downgrades the member `schema`.
fn of_schema<'a>(value: &mut Tree<'a>, enums: &Enums<'a>) {
    if let Some(schema) = value.get_mut("schema") {
        downgrade(schema, enums);
    }
}

/// Replaces null types and constants, in a schema and in all schemas inside it, by the keywords of 3.0.
fn downgrade<'a>(schema: &mut Tree<'a>, enums: &Enums<'a>) {
    // A reference cannot be null in 3.0, and neither can a choice that contains one.
    if let Some((kind, mut values)) = enums.enum_or_null(schema) {
        values.push(Tree::Null);
        schema.remove("anyOf");
        schema.insert("type", kind);
        schema.insert("nullable", true);
        schema.insert("enum", Tree::List(values));
        return;
    }
    if schema.get("type").and_then(Tree::as_str) == Some("null") {
        schema.insert("type", "string");
        schema.insert("nullable", true);
        schema.insert("enum", Tree::List(vec![Tree::Null]));
    }
    if let Some(Tree::List(types)) = schema.get_mut("type") {
        types.retain(|kind| kind.as_str() != Some("null"));
        let kind = types.pop().unwrap_or(Tree::Null);
        schema.insert("type", kind);
        schema.insert("nullable", true);
    }
    if let Some(constant) = schema.remove("const") {
        schema.insert("enum", Tree::List(vec![constant]));
    }
    // How often a list contains an element.
    schema.remove("allOf");
    for property in members(schema.get_mut("properties")) {
        downgrade(property, enums);
    }
    if let Some(items) = schema.get_mut("items") {
        downgrade(items, enums);
    }
    if let Some(Tree::List(choices)) = schema.get_mut("anyOf") {
        for choice in choices {
            downgrade(choice, enums);
        }
    }
}

fn members<'t, 'a>(value: Option<&'t mut Tree<'a>>) -> impl Iterator<Item = &'t mut Tree<'a>> {
    value.into_iter().flat_map(Tree::values_mut)
}
