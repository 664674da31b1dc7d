//! The schemas of the bodies: the envelope, the problem, and the details of each code.

use serde_json::{Value, json};

use super::super::{example_body, markdown_escape};
use super::components::{of_style, reference};
use crate::catalog::{ArgumentKind, Catalog, Code, EnvelopeStyle};
use crate::record::Members;

/// The schemas of the bodies in the styles of the catalog.
pub(super) fn bodies(catalog: &Catalog) -> Members {
    let mut schemas = Members::new();
    for style in &catalog.envelope.styles {
        let name = of_style(*style).to_owned();
        match style {
            EnvelopeStyle::OpenAi => {
                schemas.insert(name, envelope());
                schemas.insert("ErrorObject".to_owned(), error_object(catalog));
            }
            EnvelopeStyle::Problem => {
                schemas.insert(name, problem(catalog));
            }
        }
    }
    schemas
}

/// A schema for each code whose body contains its arguments.
pub(super) fn details(catalog: &Catalog) -> Members {
    let of_code = |code: &Code| {
        let mut properties = Members::new();
        let mut required = Vec::new();
        for argument in catalog.details(code) {
            let mut schema = kind(argument.kind());
            if !argument.meaning.is_empty() {
                let said = schema.get("description").and_then(Value::as_str);
                let meaning = markdown_escape::inline(&argument.meaning);
                let meaning = match said {
                    Some(said) => format!("{meaning} {said}"),
                    None => meaning,
                };
                schema["description"] = meaning.into();
            }
            if let (Some(_), Some(Value::String(one))) = (&argument.absent, schema.get("type")) {
                schema["type"] = json!([one, "null"]);
            }
            properties.insert(argument.name.clone(), schema);
            required.push(argument.name.as_str());
        }
        let name = markdown_escape::code(&code.names.wire);
        let mut schema = json!({
            "type": "object",
            "description": format!("The details of the code {name}."),
            "required": required,
            "properties": properties,
            "additionalProperties": true,
        });
        if code.deprecated.is_some() {
            schema["deprecated"] = true.into();
        }
        schema
    };
    let codes = catalog.codes.iter();
    codes
        .filter_map(|code| Some((details_of(catalog, code)?, of_code(code))))
        .collect()
}

/// The name of the schema of a code's details, if its body has details.
pub(super) fn details_of(catalog: &Catalog, code: &Code) -> Option<String> {
    catalog.details(code).next()?;
    Some(format!("{}Details", code.names.variant))
}

fn kind(kind: ArgumentKind) -> Value {
    match kind {
        ArgumentKind::String => json!({ "type": "string" }),
        ArgumentKind::Bool => json!({ "type": "boolean" }),
        ArgumentKind::I64 => json!({ "type": "integer", "format": "int64" }),
        ArgumentKind::U64 => json!({ "type": "integer", "minimum": 0 }),
        // Numbers that JSON cannot write are null.
        ArgumentKind::F64 => json!({ "type": ["number", "null"] }),
        ArgumentKind::Duration => {
            json!({ "type": "number", "minimum": 0, "description": "In seconds." })
        }
        ArgumentKind::Timestamp => json!({ "type": "string", "format": "date-time" }),
        ArgumentKind::Strings => json!({ "type": "array", "items": { "type": "string" } }),
        ArgumentKind::Errors => json!({
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message"],
                "properties": {
                    "message": { "type": "string", "description": "What is wrong, for people." },
                    "param": { "type": "string", "description": "The request field, if it is known." },
                    "code": { "type": "string", "description": "The kind of fault, if it is known." },
                },
                "additionalProperties": true,
            },
        }),
    }
}

fn envelope() -> Value {
    json!({
        "type": "object",
        "description": "The body of every error response.",
        "required": ["error"],
        "properties": { "error": reference("ErrorObject") },
        "additionalProperties": true,
    })
}

fn error_object(catalog: &Catalog) -> Value {
    json!({
        "type": "object",
        "required": ["message", "type"],
        "properties": with_details(catalog, json!({
            "message": message(),
            "type": error_type(catalog),
            "code": code(catalog),
            "param": param(),
        })),
        "additionalProperties": true,
    })
}

/// The required members of a problem.
pub(super) const PROBLEM_REQUIRED: [&str; 7] = [
    "type",
    "title",
    "status",
    "detail",
    "code",
    "error_type",
    "retryable",
];

/// Source: RFC 9457, section 3.
fn problem(catalog: &Catalog) -> Value {
    let properties = json!({
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The page of the code, or about:blank where the error has none.",
        },
        "title": { "type": "string", "description": "What the code means, in a few words." },
        "status": {
            "type": "integer",
            "description": "The HTTP status.",
        },
        "detail": message(),
        "code": code(catalog),
        "error_type": error_type(catalog),
        "retryable": {
            "type": "boolean",
            "description": "Whether sending the same request again can help.",
        },
        "param": param(),
        "instance": {
            "type": "string",
            "format": "uri-reference",
            "description": "What identifies this occurrence.",
        },
        "retry_after": {
            "type": "integer",
            "description": "How long to wait before the next try, in whole seconds.",
        },
    });
    json!({
        "type": "object",
        "description": "The body of error responses as RFC 9457 describes it.",
        "required": PROBLEM_REQUIRED,
        "properties": with_details(catalog, properties),
        "additionalProperties": true,
    })
}

/// The schemas of bodies have no bounds such as `minLength`: a client that checks them loses the whole body. The strict
/// twin has them.
pub(super) fn message() -> Value {
    json!({ "type": "string", "description": "What happened, for people." })
}

fn error_type(catalog: &Catalog) -> Value {
    if catalog.closed {
        return reference("ErrorType");
    }
    let types = catalog.types.iter();
    let types: Vec<&str> = types.map(|entry| entry.names.wire.as_str()).collect();
    json!({
        "type": "string",
        "description": "The error type: one of ErrorType, or one that this document does not know yet.",
        "x-extensible-enum": types,
    })
}

fn code(catalog: &Catalog) -> Value {
    if catalog.closed {
        // Not an enum with null: Java clients read an unknown value of it as null.
        return json!({
            "description": "The error code: one of ErrorCode, or null where the error has none.",
            "anyOf": [reference("ErrorCode"), { "type": "null" }],
        });
    }
    let codes = catalog.codes.iter();
    let codes = codes.map(|code| example_body::code_value(catalog, &code.names.wire));
    json!({
        "type": [catalog.envelope.code.as_str(), "null"],
        "description":
            "The error code: one of ErrorCode, one that this document does not know yet, or null where the error has none.",
        "x-extensible-enum": codes.collect::<Value>(),
    })
}

pub(super) fn param() -> Value {
    json!({
        "type": ["string", "null"],
        "description": "The request field that caused the error, if there is one.",
    })
}

/// Adds the member `details`, if a code has details. It stays open, since a newer server may send more members.
fn with_details(catalog: &Catalog, mut properties: Value) -> Value {
    let has_details = |code| details_of(catalog, code).is_some();
    if catalog.codes.iter().any(has_details) {
        properties["details"] = json!({
            "type": "object",
            "description": "The arguments of the code, where it has some: see the schemas whose names end in Details.",
            "additionalProperties": true,
        });
    }
    properties
}
