//! Describes a change as a clause, for diagnostics and changelogs.

use serde_json::Value;

use super::context::{
    ChangeContext, Moved, Snapshots, becomes_internal, former_kind, taken_rust_name,
};
use super::policy::{Case, Field, Shape};
use crate::record::{Kind, shown};

/// The maximum length of a shown value, in characters.
const LONGEST: usize = 80;

/// The description of a change, with names and values in backticks.
pub(super) fn describe(row: &Field, case: &Case, path: &str, at: &ChangeContext<'_>) -> String {
    let (old, new) = at.values;
    if row.name.is_empty() {
        return of_entry(row, case, path, at);
    }
    // For public readers, a code that becomes internal is removed.
    if row.name == "audience" {
        return if becomes_internal(at) {
            "removed"
        } else {
            "added"
        }
        .to_owned();
    }
    if row.name == "deprecated" && old.is_none() {
        return match new.and_then(successor) {
            Some(code) => format!("deprecated, use {} instead", code_span(&code)),
            None => "deprecated".to_owned(),
        };
    }
    let what = label(row, path);
    if case.rule == "meaning-changed" {
        return of_meaning(&what, at);
    }
    match (row.shape, old, new) {
        (Shape::Text, None, _) => format!("{what} added"),
        (Shape::Text, _, None) => format!("{what} removed"),
        (Shape::Text, ..) | (_, None, None) => format!("{what} changed"),
        (Shape::Names, None, Some(new)) => format!("{what}: {} added", value(new)),
        (Shape::Names, Some(old), None) if case.rule == "type-extended" => {
            format!("{what}: {} is now part of a family", value(old))
        }
        (Shape::Names, Some(old), None) => format!("{what}: {} removed", value(old)),
        (_, None, Some(new)) => format!("{what} added: {}", value(new)),
        (_, Some(old), None) => format!("{what} removed (was {})", value(old)),
        (_, Some(old), Some(new)) => {
            format!("{what} changed from {} to {}", value(old), value(new))
        }
    }
}

fn of_entry(row: &Field, case: &Case, path: &str, at: &ChangeContext<'_>) -> String {
    let what = match row.kind {
        Kind::Argument => {
            let name = path.split_once('.').map_or(path, |(_, name)| name);
            format!("argument {} ", code_span(name))
        }
        _ => String::new(),
    };
    let name = at.entries.0.map_or("", |entry| entry.name.as_str());
    let to = |code: &str| code_span(code);
    match case.rule {
        "renamed-code" => match at.snapshots.renamed.get(name) {
            Some(code) => format!("renamed to {}", to(code)),
            None => "renamed".to_owned(),
        },
        "code-retired" | "retired-undeprecated" => {
            let tombstone = at.snapshots.new.retired.get(name);
            match tombstone
                .map(|entry| entry.text("use"))
                .filter(|code| !code.is_empty())
            {
                Some(code) => format!("retired, use {} instead", to(code)),
                None => "retired".to_owned(),
            }
        }
        "tombstone-added" => "retired before it was released".to_owned(),
        "tombstone-removed" => "tombstone removed".to_owned(),
        "reused-code" => match taken_rust_name(at) {
            Some(rust) => format!("it takes the Rust name {} of another", to(rust)),
            None => "used again".to_owned(),
        },
        _ if at.entries.1.is_none() => format!("{what}removed"),
        _ if at.entries.0.is_some() && row.kind == Kind::Argument => match former_kind(at) {
            Some((old, new)) => format!("{what}added again as {} (was {})", to(new), to(old)),
            None if case.rule == "argument-added" => format!("{what}added"),
            None => format!("{what}removed"),
        },
        _ => format!("{what}added"),
    }
}

/// The description of a changed meaning. Public readers do not see the names of internal codes.
fn of_meaning(what: &str, at: &ChangeContext<'_>) -> String {
    let is_internal = |name: &str| {
        let Snapshots { old, new, .. } = at.snapshots;
        let entries = [old, new].map(|side| side.codes.get(name));
        entries
            .into_iter()
            .flatten()
            .any(|entry| entry.is_internal())
    };
    match at.moved() {
        None => format!("{what} changed together with all other texts"),
        Some(Moved::From(other)) if !is_internal(other) => {
            format!("{what} taken from {}", code_span(other))
        }
        Some(Moved::To(other)) if !is_internal(other) => {
            format!("{what} moved to {}", code_span(other))
        }
        Some(_) => format!("{what} replaced"),
    }
}

fn successor(deprecated: &Value) -> Option<String> {
    deprecated.get("use").map(shown)
}

/// The label of the field for readers.
fn label(row: &Field, path: &str) -> String {
    let mut parts = path.splitn(2, '.');
    let first = parts.next().unwrap_or_default();
    let rest = parts.next();
    match (row.kind, row.shape, rest) {
        (Kind::Argument, _, Some(rest)) => {
            let (argument, field) = rest.split_once('.').unwrap_or((rest, ""));
            let field = field.strip_prefix("x-*.").unwrap_or(field);
            format!("argument {}: {}", code_span(argument), code_span(field))
        }
        (Kind::Operation, Shape::Map, Some(rest)) => {
            let (field, code) = rest.split_once('.').unwrap_or((rest, ""));
            format!("{} of {}", code_span(field), code_span(code))
        }
        // Custom keys are shown like keys of the language.
        (_, Shape::Map, Some(key)) if first == "x-*" => code_span(key),
        (_, Shape::Map, Some(key)) => format!("{}: {}", code_span(first), code_span(key)),
        _ => code_span(first),
    }
}

fn value(value: &Value) -> String {
    code_span(&shown(value))
}

/// A string in backticks: on one line, shortened, and without backticks.
fn code_span(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(LONGEST).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    if shown.is_empty() {
        shown.push(' ');
    }
    format!("`{}`", shown.replace('`', "'"))
}
