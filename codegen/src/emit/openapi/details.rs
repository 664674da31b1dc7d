//! The schemas of the details of each code.

use serde_json::{Value, json};

use super::super::body_schema::{self, details_of};
use super::super::markdown_escape;
use crate::catalog::{ArgumentKind, Catalog, Code};
use crate::record::Members;

/// A schema for each code whose body contains its arguments.
pub(super) fn schemas(catalog: &Catalog) -> Members {
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
        ArgumentKind::Errors => body_schema::faults().into(),
    }
}
