//! The schemas of the envelope, and the enums of known names.

use std::borrow::Cow;

use serde_json::json;

use super::super::{bodies, body_schema, description, example_body};
use super::components::{Twin, deprecated, reference, shared};
use super::namespaces::{self, Known};
use super::{details, strict};
use crate::bytes;
use crate::catalog::{Catalog, Code};
use crate::record;
use crate::tree::{Members, Tree};

/// The schemas of the document. `known` is the same in all of them.
pub(super) fn schemas<'a>(catalog: &'a Catalog, known: &Members<'a>, twin: Twin) -> Tree<'a> {
    let mut schemas: Members<'a> = match twin {
        Twin::Public => bodies::schemas(catalog),
        Twin::Strict => strict::schemas(catalog),
    };
    schemas.extend(known.iter().cloned());
    Tree::Object(schemas)
}

/// The schemas of the names and of the details.
pub(super) fn known(catalog: &Catalog) -> Members<'_> {
    let names = [
        ("ErrorCode".into(), shared(codes(catalog))),
        ("ErrorType".into(), shared(types(catalog))),
    ];
    let details = of_values(details::schemas(catalog));
    names.into_iter().chain(details).collect()
}

fn of_values<'a>(schemas: record::Members) -> impl Iterator<Item = (Cow<'a, str>, Tree<'a>)> {
    let schemas = schemas.into_iter();
    schemas.map(|(name, schema)| (name.into(), schema.into()))
}

fn codes(catalog: &Catalog) -> Tree<'_> {
    let all = || catalog.codes.iter();
    let mut known: Vec<Known<'_>> = all()
        .map(|code| Known {
            name: code.names.sent(),
            variant: Cow::Borrowed(&code.names.variant),
            text: text(catalog, code),
            is_deprecated: code.deprecated.is_some(),
        })
        .collect();
    if catalog.has_namespaces() {
        known = namespaces::each_once(catalog, known);
    }
    let value = |wire| example_body::code_value(catalog, Cow::Borrowed(wire));
    let kind = catalog.envelope.code.as_str();
    let is_deprecated = known.iter().map(|known| Tree::from(known.is_deprecated));
    let is_deprecated: Vec<Tree<'_>> = is_deprecated.collect();
    let mut schema = names(kind, known_names("codes", catalog), value, known);
    if all().any(|code| code.deprecated.is_some()) {
        // OpenAPI cannot deprecate a value of an enum, so this is the keyword of openapi-generator.
        schema.insert("x-enum-deprecated", Tree::List(is_deprecated));
    }
    let details = all().map(|code| (code.names.wire.as_str(), code_details(catalog, code)));
    schema.insert("x-codes", details.collect::<Tree<'_>>());
    schema
}

/// What a code means and what to do about it, in one line.
fn text(catalog: &Catalog, code: &Code) -> String {
    let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
    let deprecated = deprecated.unwrap_or_default();
    one_line(&[&deprecated, &code.summary(), &code.fix])
}

/// An enum of names, with keywords that families of tools read about its values.
fn names<'a>(
    kind: &'static str,
    description: String,
    value: impl Fn(&'a str) -> Tree<'a>,
    all: Vec<Known<'a>>,
) -> Tree<'a> {
    let values = all.iter().map(|known| value(known.name)).collect();
    let variants = all.iter().map(|known| variant(known.variant.clone()));
    let variants = variants.collect();
    let descriptions = all.iter().map(|known| Tree::from(known.text.clone()));
    let descriptions = descriptions.collect();
    let described = all.into_iter();
    let described = described.map(|known| (known.name, known.text.into()));
    Tree::object([
        ("type", kind.into()),
        ("description", description.into()),
        ("enum", values),
        ("x-enum-varnames", variants),
        ("x-enum-descriptions", descriptions),
        ("x-enumDescriptions", described.collect()),
    ])
}

/// Names of variants that are keywords in a language for which openapi-generator writes `x-enum-varnames` unchanged:
/// Python, Ruby and Swift. It escapes keywords in all other places.
const KEYWORDS: [&str; 8] = [
    "Any", "BEGIN", "END", "False", "None", "Protocol", "True", "Type",
];

/// The name of a variant in other languages. No Rust name of a variant contains `_`, so it is unique.
fn variant(name: Cow<'_, str>) -> Tree<'_> {
    if KEYWORDS.contains(&&*name) {
        format!("{name}_").into()
    } else {
        name.into()
    }
}

/// Members of a code's record that `x-codes` omits: repetitions, and those about Rust, pages and releases.
const NOT_SHOWN: [&str; 10] = [
    "name",
    "rust",
    "rust_aliases",
    "slug",
    "audience",
    "retry_advice",
    "aliases",
    "history",
    "operations",
    "example",
];

fn code_details<'a>(catalog: &'a Catalog, code: &'a Code) -> Tree<'a> {
    let record = record::Code::new(catalog, code);
    let Tree::Object(mut details) = Tree::of(&record, &NOT_SHOWN) else {
        return Tree::Null;
    };
    details.retain_mut(|(key, value)| {
        if key == "args" {
            *value = arguments(std::mem::replace(value, Tree::Null));
        }
        record::is_custom(key) || !is_empty(value)
    });
    details.shrink_to_fit();
    let place = |details: &Members<'_>, keys: &[&str]| {
        let mut known = details.iter();
        known.position(|(known, _)| keys.contains(&&**known))
    };
    if let Some(text) = &code.description
        && let Some(at) = place(&details, &["description"])
    {
        details[at].1 = description::markdown(text).into();
    }
    if let Some(at) = place(&details, &["group"]) {
        let group = details.remove(at);
        let before = place(&details, &["headers", "ids", "retry"]);
        details.insert(before.unwrap_or(details.len()), group);
    }
    if let Some(schema) = body_schema::details_of(catalog, code) {
        let after = place(&details, &["args"]).map(|at| at + 1);
        let member = ("details".into(), reference(&schema));
        details.insert(after.unwrap_or(details.len()), member);
    }
    Tree::Object(details)
}

/// Whether a member of a record is left out. The members of its own that are null are removed.
fn is_empty(value: &mut Tree<'_>) -> bool {
    match value {
        Tree::Null => true,
        Tree::Text(text) => text.is_empty(),
        Tree::List(items) => items.is_empty(),
        Tree::Object(members) => {
            members.retain(|(_, value)| !matches!(value, Tree::Null));
            members.is_empty()
        }
        Tree::Bool(_) | Tree::Number(_) | Tree::Shared(_) => false,
    }
}

/// The arguments of a code by their names, without what documents do not show of them.
fn arguments(list: Tree<'static>) -> Tree<'static> {
    let Tree::List(list) = list else {
        return Tree::Null;
    };
    let arguments = list.into_iter().filter_map(|mut argument| {
        let Tree::Text(name) = argument.remove("name")? else {
            return None;
        };
        if let Tree::Object(members) = &mut argument {
            members.retain(|(key, value)| match &**key {
                "example" | "nullable" | "rust" => false,
                "sensitive" => matches!(value, Tree::Bool(true)),
                "meaning" => value.as_str() != Some(""),
                _ => true,
            });
        }
        Some((name, argument))
    });
    arguments.collect()
}

fn types(catalog: &Catalog) -> Tree<'_> {
    let all = || catalog.types.iter();
    let described = all().map(|entry| Known {
        name: &entry.names.wire,
        variant: Cow::Borrowed(&entry.names.variant),
        text: one_line(&[entry.summary()]),
        is_deprecated: false,
    });
    let mut schema = names(
        "string",
        known_names("types", catalog),
        Tree::from,
        described.collect(),
    );
    let details = all().map(|entry| {
        let listed: Vec<u16> = entry.listed.iter().map(|status| status.get()).collect();
        let mut details = json!({ "status": entry.statuses.to_string(), "statuses": listed });
        if !entry.meaning.is_empty() {
            details["meaning"] = entry.meaning.as_str().into();
        }
        if !entry.names.in_shapes.is_empty() {
            details["names"] = record::names(&entry.names).into();
        }
        (entry.names.wire.as_str(), details.into())
    });
    schema.insert("x-types", details.collect::<Tree<'_>>());
    schema
}

fn known_names(names: &str, catalog: &Catalog) -> String {
    if catalog.closed {
        format!("All {names} that the server sends.")
    } else {
        format!("The {names} that this document knows. Newer servers may send others.")
    }
}

fn push_word(word: &str, line: &mut String) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(word);
}

/// Texts as sentences on one line, since some generators print them after `//`.
fn one_line(texts: &[&str]) -> String {
    let mut line = String::with_capacity(texts.iter().map(|text| text.len() + 2).sum());
    for text in texts {
        let text = text.trim();
        if !text.is_empty() && bytes::has_single_spaces(text) {
            push_word(text, &mut line);
        } else {
            text.split_whitespace()
                .for_each(|word| push_word(word, &mut line));
        }
        if !line.is_empty() && !line.ends_with(['.', '!', '?', '…']) {
            line.push('.');
        }
    }
    line
}
