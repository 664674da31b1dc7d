//! Documents of version 2, as those of version 3.

use serde_json::{Map, Value, json};

use super::document::METHODS;

/// The document in the form of version 3; missing if it has it already.
pub(super) fn of(document: &Value) -> Option<Value> {
    document.get("swagger")?;
    let mut new = document.clone();
    let types = new["produces"].as_array().cloned().unwrap_or_default();
    let media_type = types
        .first()
        .and_then(Value::as_str)
        .unwrap_or("application/json")
        .to_owned();
    let mut take = |key: &str| {
        new.as_object_mut()
            .and_then(|all| all.shift_remove(key))
            .unwrap_or(json!({}))
    };
    let (schemas, mut responses) = (take("definitions"), take("responses"));
    for response in responses
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
    {
        body(response, &media_type);
    }
    let paths = new["paths"]
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut);
    for item in paths {
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else {
                continue;
            };
            let own = operation["produces"][0]
                .as_str()
                .unwrap_or(&media_type)
                .to_owned();
            let Some(responses) = operation
                .get_mut("responses")
                .and_then(Value::as_object_mut)
            else {
                continue;
            };
            for response in responses.values_mut() {
                body(response, &own);
            }
        }
    }
    let scheme = document["schemes"][0].as_str().unwrap_or("https");
    let base = document["basePath"].as_str().unwrap_or_default();
    if let Some(host) = document["host"].as_str() {
        new["servers"] = json!([{ "url": format!("{scheme}://{host}{base}") }]);
    }
    new["components"] = json!({ "schemas": schemas, "responses": responses });
    references(&mut new);
    Some(new)
}

/// Puts the schema and the examples of a response where version 3 has them.
fn body(response: &mut Value, media_type: &str) {
    let Some(members) = response.as_object_mut() else {
        return;
    };
    let schema = members.shift_remove("schema");
    let examples = members.shift_remove("examples");
    if schema.is_none() && examples.is_none() {
        return;
    }
    let schema = schema.unwrap_or(Value::Null);
    let mut contents = Map::new();
    for (media_type, example) in examples
        .as_ref()
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        contents.insert(
            media_type.clone(),
            json!({ "schema": schema, "example": example }),
        );
    }
    if contents.is_empty() {
        contents.insert(media_type.to_owned(), json!({ "schema": schema }));
    }
    members.insert("content".to_owned(), contents.into());
}

/// Leads all references to the new places.
fn references(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(references),
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" => {
                        let new = text
                            .strip_prefix("#/definitions/")
                            .map(|name| format!("#/components/schemas/{name}"));
                        let new = new.or_else(|| {
                            text.strip_prefix("#/responses/")
                                .map(|name| format!("#/components/responses/{name}"))
                        });
                        if let Some(new) = new {
                            *text = new;
                        }
                    }
                    other => references(other),
                }
            }
        }
        _ => {}
    }
}
