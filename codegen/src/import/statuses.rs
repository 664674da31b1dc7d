//! Statuses, as lists write them.

use serde_json::Value;

use crate::catalog::{Status, StatusSet};

/// The status that a value contains.
pub(super) fn status(value: &Value) -> Option<Status> {
    match value {
        Value::Number(number) => Status::new(number.as_u64().or_else(|| whole(number.as_f64()?))?),
        Value::String(text) => status_of_text(text),
        _ => None,
    }
}

/// A whole number that a list writes as `404.0`.
fn whole(number: f64) -> Option<u64> {
    (400..600_u16)
        .find(|status| (f64::from(*status) - number).abs() < f64::EPSILON)
        .map(u64::from)
}

/// The status with a name such as `Not Found` and `NOT_FOUND`. Only a field of statuses has it: codes are called so too.
pub(super) fn named(text: &str) -> Option<Status> {
    let words = super::fields::words(text);
    let mut all = (400..600).filter_map(Status::new);
    all.find(|status| {
        let name = status.reason().map(super::fields::words);
        name.is_some_and(|name| name == words)
    })
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
    if let Some(range) = range(text) {
        return Some(range);
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
        let first = match part.trim().to_ascii_lowercase().as_str() {
            "4xx" => "400",
            "5xx" => "500",
            _ => part,
        };
        let status = status_of_text(first)?;
        if !found.contains(&status) {
            found.push(status);
        }
    }
    Some(StatusSet::List(found))
}

/// Parses `408-410` and `500–599`: the first and the last status, or a family.
fn range(text: &str) -> Option<StatusSet> {
    let (first, last) = text.trim().split_once(['-', '–'])?;
    let (first, last) = (first.trim(), last.trim());
    let is_bare = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_bare(first) || !is_bare(last) {
        return None;
    }
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    let (first, last) = (Status::new(first)?, Status::new(last)?);
    let is_family = first.get() % 100 == 0 && last.get() == first.get() + 99;
    Some(if is_family {
        StatusSet::Family(first.class())
    } else {
        StatusSet::List(vec![first, last])
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn statuses_have_ranges_families_and_names() {
        let of = |text: &str| match statuses(text) {
            Some(StatusSet::List(all)) => all.into_iter().map(Status::get).collect(),
            Some(StatusSet::Family(class)) => vec![u16::from(class)],
            _ => Vec::new(),
        };
        assert_eq!(of("500-599"), [5]);
        assert_eq!(of("408–410"), [408, 410]);
        assert_eq!(of("4xx/5xx"), [400, 500]);
        assert_eq!(of("404-1"), Vec::<u16>::new());
        assert_eq!(status(&json!(404.0)).map(Status::get), Some(404));
        assert_eq!(status(&json!(404.5)), None);
        for name in ["BAD_REQUEST", "Bad Request", "badRequest"] {
            assert_eq!(named(name).map(Status::get), Some(400), "{name}");
        }
    }
}
