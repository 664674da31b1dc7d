//! Texts of a source, in a form that is valid in a catalog.

use serde_json::Value;

use crate::limits::MAX_TEXT_BYTES;

/// A mark in a text for what is struck out: the name before it is deprecated.
pub(super) const STRUCK: char = '\u{7F}';

/// The text, unless it is too long for a catalog.
pub(super) fn fit(text: String) -> Option<String> {
    (text.len() <= MAX_TEXT_BYTES).then_some(text)
}

/// A text of a row or a type, cleaned; `None` if it is empty.
pub(super) fn text(value: &Value, field: &str, undecided: &mut Vec<String>) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => clean(text),
        other => other.to_string(),
    };
    if value.as_str().is_some_and(has_control) {
        undecided.push(without_control(&format!("the {field}")));
    }
    if text.trim().is_empty() {
        return None;
    }
    let fitting = fit(text);
    if fitting.is_none() {
        undecided.push(format!(
            "the {field} is left out: it is longer than {MAX_TEXT_BYTES} bytes"
        ));
    }
    fitting
}

/// Cleans all texts of a value that becomes the key `key`.
pub(super) fn clean_all(value: &mut Value, key: &str, undecided: &mut Vec<String>) {
    if clean_inside(value) {
        undecided.push(without_control(&format!("`{key}`")));
    }
}

/// Cleans the texts of a value; whether one had control characters.
pub(super) fn clean_inside(value: &mut Value) -> bool {
    match value {
        Value::String(text) => {
            let is_changed = has_control(text);
            *text = clean(text);
            is_changed
        }
        Value::Array(items) => items
            .iter_mut()
            .map(clean_inside)
            .fold(false, |any, one| any | one),
        Value::Object(members) => {
            let mut is_changed = false;
            let entries = std::mem::take(members).into_iter();
            members.extend(entries.map(|(key, mut value)| {
                is_changed |= has_control(&key) | clean_inside(&mut value);
                (clean(&key), value)
            }));
            is_changed
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The note about a text that is taken without its control characters.
pub(super) fn without_control(what: &str) -> String {
    format!("{what} is taken without its control characters, which a catalog must not contain")
}

/// A text without the control characters that a catalog cannot contain. Its lines end in a line feed.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(is_refused, "")
}

/// Whether [`clean`] removes a character of the text.
pub(super) fn has_control(text: &str) -> bool {
    text.contains(|c| is_refused(c) && c != '\r')
}

/// Whether a catalog cannot contain the character.
fn is_refused(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\u{85}')
}

/// A text of the source as a terminal shows it: control characters are escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_texts_of_a_value_are_cleaned_and_reported_once() {
        let mut value = json!({ "a\u{7}": ["b\u{1b}", { "c": "d\u{0}\r\ne\u{85}" }], "n": 1 });
        let mut undecided = Vec::new();
        clean_all(&mut value, "headers", &mut undecided);
        assert_eq!(value, json!({ "a": ["b", { "c": "d\ne\u{85}" }], "n": 1 }));
        assert_eq!(undecided.len(), 1);
        clean_all(&mut value, "headers", &mut undecided);
        assert_eq!(undecided.len(), 1);
    }

    #[test]
    fn escapes_are_shown_and_not_sent_to_the_terminal() {
        assert_eq!(escaped("a\u{1b}[31mé"), "a\\u{1b}[31mé");
    }
}
