//! The section `api` of a draft.

use heck::{ToKebabCase, ToTitleCase};
use serde_json::Value;

use super::Options;
use super::minimal::{self, DOCS_URL};
use super::model::{ApiFacts, Finding, Place};
use super::text::clean_all;
use super::writer::Item;
use crate::resolve::crate_name::is_crate;

/// Makes the section from the source and the options.
pub(super) fn section(facts: ApiFacts, options: Options<'_>, undecided: &mut Vec<Finding>) -> Item {
    let mut items = Vec::new();
    let mut ask = |what: String| undecided.push(Finding::new(&Place::Source, what));
    let mut sound = |key: &str, mut value: Value| {
        let mut notes = Vec::new();
        clean_all(&mut value, key, &mut notes);
        notes.into_iter().for_each(&mut ask);
        let is_sound = is_sound(key, &value);
        if !is_sound {
            ask(format!(
                "the `{key}` of the source is not valid in a catalog: {value}"
            ));
        }
        is_sound.then_some(value)
    };
    let title = facts.title.and_then(|title| sound("title", title.into()));
    let docs_url = facts.docs_url.and_then(|url| sound("docs_url", url.into()));
    let version = facts
        .version
        .and_then(|version| sound("version", version.into()));
    let sections: Vec<_> = facts
        .sections
        .into_iter()
        .filter_map(|(key, value)| Some((key, sound(key, value)?)))
        .collect();
    let title = title.unwrap_or_else(|| {
        items.push(Item::todo("say what the API is called"));
        ask(
            "the title of the API is made of the name of the file: say what it is called"
                .to_owned(),
        );
        match options.name.to_title_case() {
            title if is_sound("title", &title.as_str().into()) => title.into(),
            _ => "API".into(),
        }
    });
    items.push(Item::member("title", title));
    let docs_url = docs_url.unwrap_or_else(|| {
        items.push(Item::todo("say where the pages of the errors will be"));
        ask(
            "the source does not say where the pages of the errors will be: write `docs_url`"
                .to_owned(),
        );
        DOCS_URL.into()
    });
    items.push(Item::member("docs_url", docs_url));
    let crate_name = options
        .crate_name
        .map_or_else(|| crate_name(options.name), str::to_owned);
    items.push(Item::member("crate", crate_name));
    items.extend(version.map(|version| Item::member("version", version)));
    let sections = sections.into_iter();
    items.extend(sections.map(|(key, value)| Item::member(key, value)));
    Item::Block("api".to_owned(), items)
}

/// Whether the key is valid in the section `api`: a minimal catalog with it compiles.
fn is_sound(key: &str, value: &Value) -> bool {
    minimal::compile(vec![minimal::api(Some((key, value.clone())))]).is_some()
}

/// The name of a crate, derived from the name of a file.
fn crate_name(name: &str) -> String {
    let mut name = name.to_kebab_case();
    name.retain(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let name = name.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let name = name.get(..50).unwrap_or(name);
    let name = name
        .strip_suffix("errors")
        .unwrap_or(name)
        .trim_end_matches('-');
    let name = format!("{}-errors", if name.is_empty() { "api" } else { name });
    if is_crate(&name) {
        name
    } else {
        "api-errors".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_give_names_of_crates() {
        for (file, name) in [
            ("docker_registry", "docker-registry-errors"),
            ("errors", "api-errors"),
            ("4 Pets\u{e9}!", "pets-errors"),
            ("petErrors", "pet-errors"),
            ("", "api-errors"),
        ] {
            assert_eq!(crate_name(file), name);
        }
        assert!(crate_name(&"ab-".repeat(100)).len() <= 64);
    }

    #[test]
    fn what_a_catalog_would_refuse_is_found_out() {
        for (key, value, expected) in [
            ("title", json!("Pets: 2"), true),
            ("title", json!("x".repeat(20_000)), false),
            ("docs_url", json!("https://a.b"), true),
            ("docs_url", json!("ftp://a.b"), false),
            ("version", json!("v1"), false),
            ("servers", json!([{"url": "https://{region}.a.b"}]), false),
        ] {
            assert_eq!(is_sound(key, &value), expected, "{key}");
        }
    }
}
