//! Words for no status: errors that have no responses.

use serde_json::Value;

/// Whether a value is a word for no status.
pub(super) fn says_none(value: &Value) -> bool {
    let text = value.as_str().map(|text| text.trim().to_ascii_lowercase());
    let words = [
        "",
        "-",
        "–",
        "—",
        "n/a",
        "n.a.",
        "na",
        "none",
        "not applicable",
    ];
    text.is_some_and(|text| words.contains(&text.as_str()))
}
