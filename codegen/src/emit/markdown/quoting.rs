//! Strings of the languages in snippets.

use serde_json::Value;

/// A string literal for TypeScript and Python: both read JSON strings. Escapes backticks, which could end the fence,
/// and braces, which mdBook could expand.
pub(super) fn literal(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted.replace('`', "\\u0060").replace('{', "\\u007b")
}

/// A text as one word of a shell, in which nothing is expanded.
///
/// Source: POSIX.1-2024, Shell Command Language, section 2.2.2.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
