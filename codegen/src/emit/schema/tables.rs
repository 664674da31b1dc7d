//! The tables of `docs/catalog-format.md`: the limits, and the keys of each section.

use std::fmt::Write as _;

use serde_json::Value;

use crate::artifact::Region;
use crate::ast::language::{CATALOG, parse};
use crate::limits::OF_CATALOG;

/// The sections of the page that explain a key.
const LINKS: [(&str, &str); 24] = [
    ("envelope.style", "#styles"),
    ("envelope.shapes", "envelopes.md"),
    ("envelope.code", "#numbers-as-codes"),
    ("envelope.details", "#messages"),
    ("types.*.names", "envelopes.md#names-per-style"),
    ("codes.*.names", "envelopes.md#names-per-style"),
    ("codes.*.message", "#messages"),
    ("codes.*.args", "#messages"),
    ("codes.*.description", "#long-texts"),
    ("codes.*.audience", "#internal-codes"),
    ("codes.*.headers", "#headers"),
    ("codes.*.ids", "#ids"),
    ("codes.*.retry", "#retrying-a-code"),
    ("codes.*.like", "#sharing-fields"),
    ("codes.*.message_suffix", "#sharing-fields"),
    ("codes.*.type_row", "#leaving-the-statuses-of-a-type"),
    ("codes.*.group", "#groups"),
    ("codes.*.deprecated", "#deprecated-and-retired-codes"),
    ("codes.*.x-*", "#keys-of-your-own"),
    ("codes.*.args.*.x-*", "#keys-of-your-own"),
    ("outputs.template", "outputs.md#templates"),
    ("outputs.per", "outputs.md#one-file-for-each-entry"),
    ("lint.accept", "evolution.md#accepting-a-change"),
    ("lint.house", "rules.md#house-rule"),
];
/// A section within another that has a table of its own.
const INNER: &str = "codes.*.args.*";

/// A region for each table of the page.
pub(in super::super) fn regions() -> Vec<Region> {
    let schema = parse(CATALOG);
    let mut rows = Vec::new();
    collect(&schema, &schema, "", &mut rows);
    let mut tables = vec![("limits".to_owned(), limits())];
    for (key, row) in rows {
        let section = if key.starts_with(&format!("{INNER}.")) {
            INNER
        } else {
            key.split(['.', '[']).next().unwrap_or_default()
        };
        let name = format!("the keys of {section}");
        match tables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, table)) => table.push_str(&row),
            None => {
                let head = "| Key | Type | Default | Description |\n| --- | --- | --- | --- |\n";
                tables.push((name, format!("{head}{row}")));
            }
        }
    }
    let region = |(name, table)| Region {
        path: "docs/catalog-format.md",
        name,
        contents: format!("\n{table}\n"),
    };
    tables.into_iter().map(region).collect()
}

fn limits() -> String {
    let mut table = "| What | Limit |\n| --- | --- |\n".to_owned();
    for (what, limit, unit) in OF_CATALOG {
        let shown = match unit {
            "bytes" if limit.is_multiple_of(1 << 20) => format!("{} MiB", limit >> 20),
            "bytes" if limit.is_multiple_of(1 << 10) => format!("{} KiB", limit >> 10),
            "" => limit.to_string(),
            unit => format!("{limit} {unit}"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {what} | {shown} |");
    }
    table
}

/// The rows of the keys below a schema, each with its path: `*` is any name, `[]` an entry of a list.
fn collect(root: &Value, schema: &Value, path: &str, rows: &mut Vec<(String, String)>) {
    let schema = resolved(root, schema);
    let members = |key: &str| schema[key].as_object().into_iter().flatten();
    for (name, property) in members("properties") {
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|required| required.iter().any(|required| required == name));
        let key = format!("{path}{name}");
        rows.push((key.clone(), row(root, &key, property, is_required)));
        collect(root, property, &format!("{key}."), rows);
    }
    for (pattern, property) in members("patternProperties") {
        let key = format!("{path}{}*", pattern.trim_start_matches('^'));
        rows.push((key.clone(), row(root, &key, property, false)));
    }
    if schema["additionalProperties"].is_object() {
        let below = format!("{path}*.");
        collect(root, &schema["additionalProperties"], &below, rows);
    }
    if schema["items"].is_object() {
        let below = format!("{}[].", path.trim_end_matches('.'));
        collect(root, &schema["items"], &below, rows);
        // An entry can be a name or a mapping.
        for choice in schema["items"]["anyOf"].as_array().into_iter().flatten() {
            collect(root, choice, &below, rows);
        }
    }
}

fn row(root: &Value, key: &str, property: &Value, is_required: bool) -> String {
    let description = property["description"].as_str().unwrap_or_default();
    let (text, default) = parts(description);
    let default = match default {
        Some(default) => default,
        None if is_required => "required".to_owned(),
        None => "—".to_owned(),
    };
    let link = LINKS.iter().find(|(known, _)| *known == key);
    let shown = match link {
        Some((_, target)) => format!("[`{key}`]({target})"),
        None => format!("`{key}`"),
    };
    format!(
        "| {shown} | {} | {default} | {text} |\n",
        kind(root, property)
    )
}

/// A description, and the default that its last sentence states.
fn parts(description: &str) -> (&str, Option<String>) {
    let sentence = |start: &str| {
        let at = description.rfind(start)?;
        let text = description[at..].trim_start();
        let text = text.strip_prefix("Default: ").unwrap_or(text);
        Some((at, text.trim_end_matches('.').to_owned()))
    };
    match sentence(" Default: ").or_else(|| sentence(" Required ")) {
        Some((at, text)) => (
            &description[..at],
            Some(text.replace("Required", "required")),
        ),
        None => (description, None),
    }
}

/// The type of a value, for people.
fn kind(root: &Value, schema: &Value) -> String {
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next());
    let noun = match name {
        Some("TypeName") => "type",
        Some("CodeName") => "code",
        Some("StyleName") => "style",
        Some("CodeOrSet") => "code or set",
        Some("RuleName") => "rule",
        Some("Status") => "status",
        Some("VersionText") => "version",
        Some("DayText") => "day",
        _ => "",
    };
    if !noun.is_empty() {
        return noun.to_owned();
    }
    let schema = resolved(root, schema);
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().filter_map(Value::as_str);
        return words
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", ");
    }
    if let Some(choices) = schema["anyOf"].as_array()
        && schema["properties"].is_null()
    {
        let kinds: Vec<String> = choices.iter().map(|choice| kind(root, choice)).collect();
        return kinds.join(", ");
    }
    match schema["type"].as_str() {
        Some("boolean") => "`true`, `false`".to_owned(),
        Some("integer") => "number".to_owned(),
        Some("array") => list(&kind(root, &schema["items"])),
        Some("object") => "mapping".to_owned(),
        Some(kind) => kind.to_owned(),
        None => "any value".to_owned(),
    }
}

fn list(items: &str) -> String {
    match items {
        "mapping" => "list".to_owned(),
        "code or set, mapping" => "list of codes, sets and mappings".to_owned(),
        "status" => "list of statuses".to_owned(),
        words if words.starts_with('`') => "list of these".to_owned(),
        noun => format!("list of {noun}s"),
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let path = schema["$ref"]
        .as_str()
        .map(|path| path.trim_start_matches('#'));
    path.and_then(|path| root.pointer(path)).unwrap_or(schema)
}
