//! Texts in several languages.

use serde_json::{Map, Value};

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
pub(super) enum Chosen<'a> {
    /// The English one, or the only one.
    Text(&'a Value),
    /// There are several, and none is English.
    Unclear,
    /// The value is no text in languages.
    NotText,
}

/// The text to take of one in several languages.
pub(super) fn choose(texts: &Map<String, Value>) -> Chosen<'_> {
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
