//! A document of utoipa describes the bodies of a catalog as the catalog's own document does, in every style, and for
//! each operation in the styles of its path.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::{OpenApi, RefOr, Response};

type Responses = BTreeMap<String, RefOr<Response>>;

/// The document of a catalog.
fn document_of(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// The value that a value of a document refers to, or itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value["$ref"].as_str();
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    pointer.map_or(value, |pointer| document.pointer(pointer).unwrap())
}

/// What utoipa can say of the headers of a response: which there are, and their values.
fn headers(document: &Value, response: &Value) -> Value {
    let headers = response["headers"].as_object().unwrap().iter();
    let headers = headers.map(|(name, header)| {
        let schema = &resolved(document, header)["schema"];
        let values = (name == "x-should-retry").then(|| schema["enum"].clone());
        (name.to_lowercase(), json!([schema["type"], values]))
    });
    // Headers of a code are in the responses of the catalog only.
    let known = ["x-request-id", "x-should-retry", "retry-after"];
    headers.filter(|(name, _)| known.contains(&name.as_str())).collect()
}

/// The bodies of a response: the schema of each media type, and its examples by name.
fn bodies(document: &Value, response: &Value) -> Value {
    let contents = response["content"].as_object().unwrap().iter();
    let contents = contents.map(|(media_type, content)| {
        let examples = content["examples"].as_object().unwrap().iter();
        let examples = examples.map(|(name, example)| {
            let example = resolved(document, example);
            (name.clone(), example["value"].clone())
        });
        let examples: Value = examples.collect();
        (media_type.clone(), json!({ "schema": content["schema"], "examples": examples }))
    });
    contents.collect()
}

fn title(response: &Value) -> Option<&str> {
    response["description"].as_str()?.lines().next()
}

#[track_caller]
fn assert_same(catalog: &Value, theirs: &Value, ours: &Value) {
    assert_eq!(title(ours), title(theirs));
    assert_eq!(bodies(&Value::Null, ours), bodies(catalog, theirs));
    assert_eq!(headers(&Value::Null, ours), headers(catalog, theirs));
}

/// The schemas of all bodies, with every keyword.
#[track_caller]
fn assert_same_schemas(catalog: &Value, schemas: &utoipa::openapi::Components) {
    let ours = serde_json::to_value(schemas).unwrap();
    let ours = ours["schemas"].as_object().unwrap();
    let theirs = catalog["components"]["schemas"].as_object().unwrap();
    for (name, schema) in ours {
        if name == "ErrorCode" || name == "ErrorType" {
            // The catalog's describe each name too.
            assert_eq!(schema["type"], theirs[name]["type"]);
            assert_eq!(schema["enum"], theirs[name]["enum"]);
        } else {
            assert_eq!(*schema, theirs[name], "{name}");
        }
    }
    // The details of a code are not a part of the schema of bodies.
    let details = |name: &&String| name.ends_with("Details");
    let names: Vec<&String> = theirs.keys().filter(|name| !details(name)).collect();
    assert_eq!(ours.keys().collect::<Vec<_>>(), sorted(names));
}

fn sorted(mut names: Vec<&String>) -> Vec<&String> {
    names.sort();
    names
}

/// The responses of an API, and of a path that no choice names.
#[track_caller]
fn assert_same_responses(catalog: &Value, responses: Responses) {
    let theirs = catalog["components"]["responses"].as_object().unwrap();
    assert_eq!(responses.len(), theirs.len());
    for (status, ours) in responses {
        let ours = serde_json::to_value(ours).unwrap();
        // The name has the number if the title is that of several statuses.
        let names = [format!("Status{status}"), title(&ours).unwrap().replace(' ', "")];
        let theirs = names.iter().find_map(|name| theirs.get(name));
        assert_same(catalog, theirs.unwrap_or_else(|| panic!("{status}")), &ours);
    }
}

/// The responses of an operation.
#[track_caller]
fn assert_same_operation(catalog: &Value, [method, path]: [&str; 2], responses: Responses) {
    let operation = &catalog["paths"][path][method.to_lowercase()];
    let theirs = operation["responses"].as_object().unwrap();
    if operation.get("x-operations").is_some() {
        // Other operations of the request have a status that this one does not have.
        assert!(responses.len() < theirs.len() - 1, "{path}");
    } else {
        assert_eq!(responses.len(), theirs.len() - 1, "{path}");
    }
    for (status, ours) in responses {
        let ours = serde_json::to_value(ours).unwrap();
        assert_same(catalog, resolved(catalog, &theirs[&status]), &ours);
    }
}

macro_rules! documents {
    ($($module:ident: $errors:ident, $document:literal, [$($operation:ident),*];)+) => {$(
        mod $module {
            use super::*;
            use utoipa::{IntoResponses, Modify};

            #[test]
            fn the_schemas_are_those_of_the_catalog() {
                let catalog = document_of(include_str!($document));
                let mut document = OpenApi::default();
                $errors::utoipa::Schemas.modify(&mut document);
                assert_same_schemas(&catalog, &document.components.unwrap());
            }

            #[test]
            fn the_responses_are_those_of_the_catalog() {
                let catalog = document_of(include_str!($document));
                assert_same_responses(&catalog, $errors::ApiError::responses());
                $({
                    use $errors::operations::$operation;
                    let request = [$operation::METHOD, $operation::PATH];
                    assert_same_operation(&catalog, request, $operation::responses());
                })*
            }
        }
    )+};
}

documents! {
    chosen_by_path: gateway_errors, "../../seed/generated/openapi.yaml", [
        ListModelsError, GetModelError, CreateChatCompletionError, CreateMessageError, GenerateContentError,
        StreamGenerateContentError, ListFilesError, UploadFileError, GetFileError, DeleteFileError, GetCreditsError,
        SendContactMessageError
    ];
    of_every_kind: details_errors, "../../details/generated/openapi.yaml", [];
    of_ranges: families_errors, "../../families/generated/openapi.yaml", [];
    with_arguments: file_errors, "../../extras/generated/openapi.yaml", [GetFileError, PutFileError];
    // `wake` shares its request with an operation that has further errors.
    problems: problem_errors, "../../problem/generated/openapi.yaml", [RenameError, ReadNameError, WakeError];
    own_shapes: shapes_errors, "../../shapes/generated/openapi.yaml", [];
    with_deprecated_codes: ticket_errors, "../../lifecycle/generated/openapi.yaml", [ChangeTicketError];
}
