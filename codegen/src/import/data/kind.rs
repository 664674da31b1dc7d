//! What the values of a document are: errors, groups of errors, or neither.

use serde_json::Value;

use super::super::fields::{Field, words};
use super::super::languages::is_language;
use super::super::model::status;
use super::super::tree::{Content, Node};

/// An entry of a mapping.
pub(super) type Entry = (String, Node);

/// What a value is.
pub(super) enum Kind<'a> {
    /// An error.
    Error,
    /// An error with further ones below these keys.
    Parent(Vec<&'a Entry>),
    /// A list or a mapping of errors, or of groups.
    Group,
    /// Anything else.
    Other,
}

/// Words of keys below which errors follow.
const SIGNS: [&str; 8] = [
    "error",
    "code",
    "exception",
    "fault",
    "problem",
    "message",
    "failure",
    "reason",
];

/// Keys of a whole list that are about the list.
const ABOUT: [&str; 9] = [
    "version",
    "title",
    "name",
    "description",
    "schema",
    "info",
    "meta",
    "metadata",
    "api",
];

/// Keys of an error whose values may look like errors, and are facts about it.
const OWN: [&str; 22] = [
    "args",
    "body",
    "causes",
    "example",
    "examples",
    "extra",
    "fixes",
    "headers",
    "i18n",
    "ids",
    "links",
    "locales",
    "names",
    "parameters",
    "params",
    "response",
    "responses",
    "sample",
    "samples",
    "see",
    "translation",
    "translations",
];

/// Whether a key says that errors follow.
pub(super) fn says_errors(key: &str) -> bool {
    let words = words(key);
    SIGNS.iter().any(|sign| words.contains(sign))
}

/// Whether a key is about a whole list.
pub(super) fn is_about(key: &str) -> bool {
    ABOUT.contains(&words(key).as_str())
}

fn is_own(key: &str) -> bool {
    OWN.contains(&words(key).as_str())
}

/// Whether a field of an error is one of its texts.
fn is_text(field: &Field) -> bool {
    matches!(field, Field::Message | Field::Meaning | Field::Fix)
}

/// Whether a field tells an error from others.
pub(super) fn is_sent(field: &Field) -> bool {
    matches!(field, Field::Status | Field::Code)
}

/// Whether a field is found in errors and in little else.
fn is_sign(field: &Field) -> bool {
    is_sent(field) || *field == Field::Message
}

fn is_fact(field: &Field) -> bool {
    is_sent(field) || is_text(field)
}

/// Whether a mapping has a field with such a content, and a value for it.
pub(super) fn has(node: &Node, is_such: fn(&Field) -> bool) -> bool {
    let mut entries = node.entries().unwrap_or_default().iter();
    entries.any(|(key, node)| {
        let field = Field::of(key);
        field.is_known() && is_such(&field) && is_value(&field, node)
    })
}

fn is_value(field: &Field, node: &Node) -> bool {
    match (&node.content, field) {
        (Content::Scalar(Value::Null), _) => false,
        (Content::Scalar(value), Field::Status) => !value.is_boolean(),
        (Content::Scalar(_), _) => true,
        (_, field) => is_text(field) && is_translated(node),
    }
}

/// Whether a value is a text in several languages.
fn is_translated(node: &Node) -> bool {
    let entries = node.entries().unwrap_or_default();
    let mut all = entries.iter();
    !entries.is_empty() && all.all(|(key, node)| is_language(key) && node.scalar().is_some())
}

/// Whether a value is a text in English and in other languages.
pub(super) fn has_languages(node: &Node) -> bool {
    let mut entries = node.entries().unwrap_or_default().iter();
    let is_english = |key: &str| key.len() != 3 && key.to_ascii_lowercase().starts_with("en");
    is_translated(node) && entries.any(|(key, _)| is_english(key))
}

/// Whether a value has a text of an error, or is one.
pub(super) fn has_text(node: &Node) -> bool {
    has(node, is_text) || has_languages(node)
}

/// Whether a value has the fields of an error, and not by chance: a text beside a status or a code.
pub(super) fn is_whole(node: &Node) -> bool {
    has(node, is_text) && has(node, is_sent)
}

/// What the value of a key is.
pub(super) fn of(node: &Node) -> Kind<'_> {
    let entries = node.entries().unwrap_or_default();
    if has_languages(node) {
        return Kind::Error;
    }
    if !has(node, Field::is_known) {
        return if holds(node, is_fact) {
            Kind::Group
        } else {
            Kind::Other
        };
    }
    let others = || entries.iter().filter(|(key, _)| !is_own(key));
    let below: Vec<_> = others()
        .filter(|(key, node)| holds(node, is_sign) || are_texts(key, node))
        .collect();
    if below.is_empty() {
        let mut named = others().filter(|(key, _)| !Field::of(key).is_known());
        return if !has(node, is_sent) && named.any(|(_, node)| is_whole(node)) {
            Kind::Group
        } else {
            Kind::Error
        };
    }
    let is_code = |field: &Field| *field == Field::Code;
    let is_named = below.iter().all(|(key, _)| says_errors(key));
    let has_facts = has(node, is_text) || has(node, is_code);
    if !has_facts || (is_named && !has(node, is_sent)) {
        Kind::Group
    } else {
        Kind::Parent(below)
    }
}

/// Whether a list or a mapping has errors at any depth.
fn holds(node: &Node, is_such: fn(&Field) -> bool) -> bool {
    match &node.content {
        Content::Scalar(_) => false,
        Content::List(items) => items.iter().any(|item| {
            is_whole(item) || has(item, |field| *field == Field::Code) || holds(item, is_such)
        }),
        Content::Map(entries) => {
            let has_english = entries.iter().any(|(key, _)| key.starts_with("en"));
            let are_languages = has_english && entries.iter().all(|(key, _)| is_language(key));
            let is_error = |key: &str, node: &Node| {
                let has_facts = has(node, is_such) || has_languages(node);
                has_facts || are_texts(key, node) || holds(node, is_such)
            };
            !are_languages
                && entries.iter().any(|(key, node)| {
                    let is_text = is_text(&Field::of(key));
                    !is_own(key) && !is_text && is_error(key, node)
                })
        }
    }
}

/// The keys of an error whose values have the fields of an error, and are not taken as one.
pub(super) fn doubtful(node: &Node) -> impl Iterator<Item = &str> {
    let entries = node.entries().unwrap_or_default().iter();
    let doubtful = entries.filter(|(key, node)| {
        let mut items = node.items().unwrap_or_default().iter();
        !is_own(key) && (is_whole(node) || items.any(is_whole)) && !holds(node, is_sign)
    });
    doubtful.map(|(key, _)| key.as_str())
}

/// Whether a mapping about the list has errors in it all the same.
pub(super) fn holds_errors(node: &Node) -> bool {
    holds(node, is_sign)
}

/// Whether the value of a key such as `codes` has the texts of errors by their names.
fn are_texts(key: &str, node: &Node) -> bool {
    let words = words(key);
    let is_list = ["errors", "codes", "reasons", "exceptions"]
        .iter()
        .any(|end| words.ends_with(end));
    let entries = node.entries().unwrap_or_default();
    let mut texts = entries.iter();
    is_list
        && !entries.is_empty()
        && texts.all(|(key, node)| {
            let is_text = node.scalar().is_some_and(Value::is_string);
            is_text && !Field::of(key).is_known() && !is_language(key)
        })
}

/// Whether a value is a status, or a text that is not empty.
pub(super) fn says(value: &Value) -> bool {
    status(value).is_some() || value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// How a name is written: two names of the same list are written in the same way.
pub(super) fn writing(name: &str) -> (bool, bool) {
    let is_loud = !name.contains(|c: char| c.is_ascii_lowercase());
    (is_loud, name.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a name cannot be a word of prose, or that of a field.
pub(super) fn is_name(name: &str) -> bool {
    let is_plain = name.bytes().all(|b| b.is_ascii_lowercase());
    !is_plain && !name.contains(' ') && !is_about(name) && !Field::of(name).is_known()
}
