//! Texts in several languages.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::model::Row;

/// Whether a key is the name of a language, such as `de` and `en-US`.
pub(super) fn is_language(key: &str) -> bool {
    let (language, region) = match key.split_once(['-', '_']) {
        Some((language, region)) => (language, Some(region)),
        None => (key, None),
    };
    let is_short = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    // A word such as `id` is the name of a field as well.
    key == "default"
        || is_short(language)
            && key != "id"
            && region.is_none_or(|region| is_short(region) || region.len() == 4)
}

/// One text of several.
enum Chosen<'a> {
    /// The English one, or the only one.
    Text(&'a Value),
    /// There are several, and none is English.
    Unclear,
    /// The value is no text in languages.
    NotText,
}

/// The text to take of one in several languages.
fn choose(texts: &Map<String, Value>) -> Chosen<'_> {
    let has_texts = texts
        .values()
        .all(|text| text.is_string() || text.is_null());
    if texts.is_empty() || !has_texts || !texts.keys().all(|key| is_language(key)) {
        return Chosen::NotText;
    }
    let said = |name: &str| {
        let mut texts = texts.iter().filter(|(_, text)| text.is_string());
        texts.find_map(|(key, text)| {
            let key = key.replace('_', "-").to_ascii_lowercase();
            (key == name).then_some(text)
        })
    };
    let names = ["en", "en-us", "en-gb", "default"];
    let english = names.iter().find_map(|name| said(name));
    let mut all = texts.values().filter(|text| text.is_string());
    match (english, all.next(), all.next()) {
        (Some(text), _, _) | (None, Some(text), None) => Chosen::Text(text),
        _ => Chosen::Unclear,
    }
}

/// The text of a field: the English one of several languages, and items of a list below each other. What is no text is
/// kept as a custom key.
pub(super) fn one_text<'a>(row: &mut Row, name: &str, value: &'a Value) -> Option<Cow<'a, Value>> {
    let why = match value {
        Value::Object(texts) => match choose(texts) {
            Chosen::Text(text) => {
                row.keep(name, value);
                return Some(Cow::Borrowed(text));
            }
            Chosen::Unclear => "none of its languages is English",
            Chosen::NotText => "it is no text",
        },
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            match texts.as_deref() {
                Some([]) => return None,
                Some([only]) => return Some(Cow::Owned((*only).into())),
                Some(texts) if name != "message" => {
                    let lines: Vec<_> = texts.iter().map(|text| format!("- {text}")).collect();
                    return Some(Cow::Owned(lines.join("\n").into()));
                }
                _ => "it is no text",
            }
        }
        _ => return Some(Cow::Borrowed(value)),
    };
    row.keep(name, value);
    let what = format!("the {name} is kept as `x-{name}`: {why}");
    row.undecided.push(what);
    None
}
