//! The keys of a code in a document of this tool.

use serde_json::Value;

use super::super::custom::keep;
use super::super::deprecated;
use super::super::model::{Argument, Braces, Row};
use super::super::text::text;
use crate::ast::language::Shape;

/// Keys of a code that have a meaning only in its own catalog.
const OF_THE_CATALOG: [&str; 8] = [
    "internal",
    "audience",
    "like",
    "row",
    "rust",
    "rust_aliases",
    "slug",
    "aliases",
];

/// Takes a key of a code from a document of this tool.
pub(super) fn take(row: &mut Row, language: Shape<'_>, key: &str, value: &Value) {
    match key {
        "type" => row.error_type = text(value, key, &mut row.undecided),
        "status" => row.take_status(value),
        "meaning" => row.meaning = text(value, key, &mut row.undecided),
        "fix" => row.fix = text(value, key, &mut row.undecided),
        "message" => {
            row.message = text(value, key, &mut row.undecided);
            row.braces = Braces::Catalog;
        }
        "args" => {
            let args = value.as_object().into_iter().flatten();
            let args = args.map(|(name, details)| argument(row, name, details));
            let args: Vec<_> = args.collect();
            row.args = args;
        }
        "retry" => row.take_retry(value),
        "deprecated" => deprecated::take(row, value),
        // The reference to the schema of the arguments.
        "details" => {}
        _ if language.has(key) && !OF_THE_CATALOG.contains(&key) => {
            row.stated.insert(key.to_owned(), value.clone());
        }
        _ => row.keep(key, value),
    }
}

fn argument(row: &mut Row, name: &str, details: &Value) -> Argument {
    let mut argument = Argument::declared(name, details["kind"].as_str());
    for (key, value) in details.as_object().into_iter().flatten() {
        match key.as_str() {
            "kind" => {}
            "absent" => {
                argument.stated.insert("nullable".to_owned(), true.into());
                argument.stated.insert(key.clone(), value.clone());
            }
            "meaning" | "sensitive" => {
                argument.stated.insert(key.clone(), value.clone());
            }
            _ => keep(&mut argument.extensions, &mut row.undecided, key, value),
        }
    }
    argument
}
