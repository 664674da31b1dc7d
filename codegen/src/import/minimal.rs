//! The smallest catalog, to try a section in it.

use super::writer::{Draft, Item};
use crate::catalog::Catalog;
use crate::source::{Inputs, Source};

/// Compiles the smallest catalog with further sections; missing if it has errors.
pub(super) fn compile(sections: Vec<Item>) -> Option<Catalog> {
    let text = |key, text: &str| Item::member(key, text);
    let of_type = vec![Item::member("status", 400), text("meaning", "Wrong")];
    let of_code = vec![
        text("type", "t"),
        text("meaning", "Wrong"),
        text("fix", "Mend it"),
    ];
    let mut all = vec![Item::member("version", crate::load::LANGUAGE_VERSION)];
    all.extend(sections);
    let of_type = vec![Item::Block("t".to_owned(), of_type)];
    all.push(Item::Block("types".to_owned(), of_type));
    let draft = Draft {
        head: Vec::new(),
        sections: all,
        codes: vec![("c".to_owned(), of_code)],
        groups: Vec::new(),
        operations: Vec::new(),
        lint: Vec::new(),
    };
    let (text, _) = draft.text();
    let inputs = Inputs::new(Source::new("minimal", text.into_bytes()));
    crate::compile::compile(&inputs).value
}

/// The section `api` with a key, which replaces the one that a catalog needs.
pub(super) fn api(own: Option<(&str, serde_json::Value)>) -> Item {
    let needed = [
        ("title", "API".into()),
        ("docs_url", DOCS_URL.into()),
        ("crate", "api-errors".into()),
    ];
    let is_other = |key: &str| own.as_ref().is_none_or(|(known, _)| *known != key);
    let mut items: Vec<Item> = needed
        .into_iter()
        .filter(|(key, _)| is_other(key))
        .map(|(key, value): (&str, serde_json::Value)| Item::member(key, value))
        .collect();
    items.extend(own.map(|(key, value)| Item::member(key, value)));
    Item::Block("api".to_owned(), items)
}

/// The URL of the pages until a person completes it.
pub(super) const DOCS_URL: &str = "https://docs.example.com/errors";
