//! Explains a style: its body and event, and the names of types and codes in them.

use std::fmt::{self, Write as _};

use codegen::catalog::{Catalog, CodeCase, Envelope, Names, Shape, ShapeEvent, Slot, StatusClass};
use codegen::record;
use serde_json::Value;

use super::lists::{begin, list};

/// Explains the style with this name, or with this variant in the generated crate.
pub(super) fn explain(catalog: &Catalog, name: &str, out: &mut String) -> fmt::Result {
    let variant = name.strip_prefix("EnvelopeStyle::").unwrap_or(name);
    let envelope = &catalog.envelope;
    let mut shapes = envelope.read_shapes();
    if let Some(shape) = shapes.find(|shape| shape.name == name || shape.variant == variant) {
        return explain_shape(catalog, shape, out);
    }
    if envelope.own.iter().any(|own| own == name) {
        begin("style", name, out)?;
        writeln!(out, "sent     never: `envelope: style` does not list it")?;
    }
    Ok(())
}

/// The names that can be explained.
pub(super) fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let envelope = &catalog.envelope;
    let shapes = envelope.read_shapes();
    let shapes = shapes.flat_map(|shape| [&shape.name, &shape.variant]);
    shapes.chain(&envelope.own).map(String::as_str)
}

fn explain_shape(catalog: &Catalog, shape: &Shape, out: &mut String) -> fmt::Result {
    let mut slots = Vec::new();
    shape.body.slots(&mut slots);
    begin("style", &shape.name, out)?;
    writeln!(out, "sent     {}", sent(&catalog.envelope, shape))?;
    writeln!(out, "media    {}", shape.content_type)?;
    let types = if slots.contains(&Slot::Type) {
        types(catalog, shape)
    } else {
        vec!["none: the body has no type".to_owned()]
    };
    list("types", &types, out)?;
    if !shape.known_types.is_empty() {
        writeln!(out, "known    {}", shape.known_types.join(", "))?;
    }
    let codes = if slots.contains(&Slot::Code) {
        codes(catalog, shape)
    } else {
        vec!["none: the body has no code".to_owned()]
    };
    list("codes", &codes, out)?;
    writeln!(out, "rust     EnvelopeStyle::{}", shape.variant)?;
    let members = record::shape(shape);
    writeln!(out, "\n{:#}", members["body"])?;
    let ShapeEvent { name, data } = &shape.event;
    let event = match name {
        Some(name) => format!("its event `{name}`"),
        None => "its event without a name".to_owned(),
    };
    if *data == shape.body {
        return writeln!(out, "\nThe data of {event} is the body.");
    }
    let data = members["event"].get("data").unwrap_or(&Value::Null);
    writeln!(out, "\nThe data of {event}:\n\n{data:#}")
}

/// To whom the style is sent.
fn sent(envelope: &Envelope, shape: &Shape) -> &'static str {
    match envelope
        .shapes
        .iter()
        .position(|sent| sent.name == shape.name)
    {
        Some(0) => "by default",
        Some(_) => "to clients that choose it",
        None => "never: clients of the API read it",
    }
}

/// Where the names of types come from: the table of the style by status, and the names that types state, and codes in a
/// style without codes.
fn types(catalog: &Catalog, shape: &Shape) -> Vec<String> {
    let by_status = shape.types.iter().map(|(class, name)| match class {
        StatusClass::Status(_) => format!("status {class}: {name}"),
        StatusClass::Family(_) => format!("other {class}: {name}"),
    });
    let is_covered = [4, 5].iter().all(|family| {
        let mut classes = shape.types.iter().map(|(class, _)| class);
        classes.any(|class| *class == StatusClass::Family(*family))
    });
    let rest = match shape.types.as_slice() {
        [] => Some("the wire name"),
        _ if is_covered => None,
        _ => Some("other statuses: the wire name"),
    };
    let own = catalog.types.iter().map(|entry| &entry.names);
    let own = own.filter_map(|names| stated("type", names, shape));
    let codes = catalog.codes.iter().map(|code| &code.names);
    let codes = codes.filter(|names| shape.stated_type(names).is_some());
    let codes = codes.filter_map(|names| stated("code", names, shape));
    by_status
        .chain(rest.map(str::to_owned))
        .chain(own)
        .chain(codes)
        .collect()
}

/// Where the names of codes come from.
fn codes(catalog: &Catalog, shape: &Shape) -> Vec<String> {
    let form = match shape.codes {
        CodeCase::Wire => "the wire name",
        CodeCase::UpperSnake => "the wire name in upper snake case",
    };
    let own = catalog.codes.iter().map(|code| &code.names);
    let own = own.filter_map(|names| stated("code", names, shape));
    [form.to_owned()].into_iter().chain(own).collect()
}

/// The name that a type or code states for the style.
fn stated(what: &str, names: &Names, shape: &Shape) -> Option<String> {
    let name = names.stated_in(&shape.name)?;
    Some(format!("{what} {}: {name}", names.wire))
}
