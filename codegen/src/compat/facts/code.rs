//! Codes and their arguments.

use super::field::{Fields, names, number, text};
use super::links;
use crate::catalog::{
    Argument, Catalog, Code, Deprecation, Description, Extension, Header, Id, Names,
};
use crate::compat::entry::{Entry, Kind, Value};

pub(super) fn code(code: &Code, catalog: &Catalog) -> Entry {
    let Code {
        names: Names {
            wire,
            variant,
            slug,
        },
        error_type,
        status,
        message,
        plain_message: _,
        example_message: _,
        arguments,
        param,
        meaning,
        type_row,
        fix,
        description,
        causes,
        fixes,
        audience,
        headers,
        ids,
        group,
        retry,
        since,
        deprecated,
        history: _,
        aliases,
        see,
        doc_url: _,
        // Operations say which codes they fail with.
        operations: _,
        extensions,
    } = code;
    let name_of = |position: usize| arguments[position].name.as_str();
    let description = description
        .as_ref()
        .map(|Description { source, blocks: _ }| source);
    let of_headers = headers
        .iter()
        .map(|Header { name, value }| (name.clone(), text(value)));
    let of_ids = ids.iter().map(|(system, id)| {
        let id = match id {
            Id::Number(number) => Value::Number(*number),
            Id::Word(word) => text(word),
        };
        (system.clone(), id)
    });
    let of_arguments = arguments.iter().map(argument);
    let mut fields = Fields::new(Kind::Code, wire)
        .text("type", &catalog[*error_type].names.wire)
        .put("status", number(status.get()))
        .text("message", &message.encode(name_of))
        .put("args", Value::Map(of_arguments.collect()))
        .optional("param", param.as_ref())
        .text("meaning", meaning)
        .text("fix", fix)
        .optional("description", description)
        .list("causes", causes.iter().map(|cause| text(cause)))
        .list("fixes", fixes.iter().map(|fix| text(fix)))
        .text("audience", audience.as_str())
        .put("headers", sorted(of_headers))
        .put("ids", sorted(of_ids))
        .text("retry", retry.as_str())
        .optional("type_row", type_row.as_ref())
        .list("group", group.iter().map(|title| text(title)))
        .optional("since", since.as_ref());
    if let Some(deprecation) = deprecated {
        fields = fields.put("deprecated", deprecated_fields(deprecation, catalog));
    }
    fields
        .list("see", links(see))
        .text("rust", variant)
        .text("slug", slug)
        .put("aliases", names(aliases.iter().map(String::as_str)))
        .put("x-*", sorted(extensions.iter().cloned()))
        .entry()
}

fn deprecated_fields(deprecation: &Deprecation, catalog: &Catalog) -> Value {
    let Deprecation {
        since,
        successor,
        note,
    } = deprecation;
    Fields::map()
        .optional("since", since.as_ref())
        .optional("use", successor.map(|code| &catalog[code].names.wire))
        .optional("note", note.as_ref())
        .value()
}

fn argument(argument: &Argument) -> (String, Value) {
    let Argument {
        name,
        field,
        meaning,
        example,
        sensitive,
        absent,
        extensions,
    } = argument;
    let fields = Fields::map()
        .text("kind", argument.kind().as_str())
        .text("meaning", meaning)
        .text("example", &example.to_string())
        .put("sensitive", Value::Bool(*sensitive))
        .put("nullable", Value::Bool(absent.is_some()))
        .optional("absent", absent.as_ref())
        .text("rust", field)
        .put("x-*", sorted(extensions.iter().cloned()));
    (name.clone(), fields.value())
}

/// Entries whose order says nothing.
fn sorted(entries: impl Iterator<Item = (String, Extension)>) -> Value {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|(left, _), (right, _)| left.cmp(right));
    Value::Map(entries)
}
