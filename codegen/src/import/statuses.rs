//! Statuses, as lists write them.

use serde_json::Value;

use crate::catalog::{Status, StatusSet};

/// The status that a value contains.
pub(super) fn status(value: &Value) -> Option<Status> {
    match value {
        Value::Number(number) => Status::new(number.as_u64()?),
        Value::String(text) => status_of_text(text),
        _ => None,
    }
}

/// Parses `404`, or `404 Not Found` and `404 (Not Found)`, with any text without digits.
fn status_of_text(text: &str) -> Option<Status> {
    let text = text.trim().trim_matches(['`', '*']);
    let text = ["HTTP/1.1 ", "HTTP ", "http "]
        .into_iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    let (number, rest) = text.split_at_checked(3)?;
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let status = Status::new(number.parse().ok()?)?;
    let is_phrase = rest.starts_with([' ', '(', '\u{A0}', ':', '-', '`', '*'])
        && !rest.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | ',' | ';'));
    (rest.is_empty() || is_phrase).then_some(status)
}

/// Parses `400 / 413`, `400, 413`, or a family.
pub(super) fn statuses(text: &str) -> Option<StatusSet> {
    match text.trim().to_ascii_lowercase().as_str() {
        "4xx" | "4**" => return Some(StatusSet::Family(4)),
        "5xx" | "5**" => return Some(StatusSet::Family(5)),
        _ => {}
    }
    let mut found = Vec::new();
    let are_numbers = text
        .split_whitespace()
        .all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let text = if are_numbers {
        text.split_whitespace().collect::<Vec<_>>().join(",")
    } else {
        text.replace(" or ", ",")
    };
    for part in text.split(['/', ',', ';', '\n']) {
        let status = status_of_text(part)?;
        if !found.contains(&status) {
            found.push(status);
        }
    }
    Some(StatusSet::List(found))
}
