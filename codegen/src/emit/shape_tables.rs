//! The tables of `docs/envelopes.md`: slots, built-in shapes, and names of types by status.

use std::fmt::Write as _;

use crate::artifact::Region;
use crate::catalog::{Catalog, Shape, Slot, StatusClass};

const PAGE: &str = "docs/envelopes.md";

/// A region for each table.
pub(super) fn regions(catalog: &Catalog) -> Vec<Region> {
    let shapes = &catalog.envelope.built_in;
    let mut regions = vec![region("slots", &slots()), region("shapes", &list(shapes))];
    let with_types = shapes.iter().filter(|shape| !shape.types.is_empty());
    regions.extend(with_types.map(|shape| {
        let name = format!("the types of {}", shape.name);
        region(&name, &types(shape))
    }));
    regions
}

fn region(name: &str, table: &str) -> Region {
    Region {
        path: PAGE,
        name: name.to_owned(),
        contents: format!("\n{table}\n"),
    }
}

fn slots() -> String {
    let mut table = "| Slot | Always there | Value |\n| --- | --- | --- |\n".to_owned();
    for slot in Slot::ALL {
        let always = if slot.is_always_there() { "yes" } else { "" };
        let (name, text) = (slot.as_str(), slot.description().trim());
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `${name}` | {always} | {text} |");
    }
    table
}

fn list(shapes: &[Shape]) -> String {
    let mut table = "| Style | Media type | `$code` |\n| --- | --- | --- |\n".to_owned();
    for shape in shapes {
        let mut slots = Vec::new();
        shape.body.slots(&mut slots);
        let code = match shape.codes {
            _ if !slots.contains(&Slot::Code) => "—",
            crate::catalog::CodeCase::Wire => "the wire name",
            crate::catalog::CodeCase::UpperSnake => "the wire name in `UPPER_SNAKE_CASE`",
        };
        let (name, media_type) = (&shape.name, &shape.content_type);
        let _ = writeln!(table, "| `{name}` | `{media_type}` | {code} |");
    }
    table
}

/// The names of types by status, and the further names that clients know.
fn types(shape: &Shape) -> String {
    let mut table = "| Status | `$type` |\n| --- | --- |\n".to_owned();
    for (class, name) in &shape.types {
        let status = match class {
            StatusClass::Status(_) => class.to_string(),
            StatusClass::Family(_) => format!("other {class}"),
        };
        let _ = writeln!(table, "| {status} | `{name}` |");
    }
    let known: Vec<String> = shape
        .known_types
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    if !known.is_empty() {
        let _ = writeln!(table, "| only by `names` | {} |", known.join(", "));
    }
    table
}
