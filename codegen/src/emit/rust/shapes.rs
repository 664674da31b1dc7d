//! `catalog/shapes.rs`: the enum of styles, and the shapes of bodies as data.

mod layout;
mod places;
mod prerendered;
mod reach;
mod readers;
mod rest;
mod types_sent;
mod usual;

use std::fmt::Write as _;

use super::super::markdown_escape;
use super::super::places::EventData;
use super::file::{RustFile, SERVER, literal, push_doc};
use super::joined::{self, is_joined};
use crate::artifact::Artifact;
use crate::catalog::{Catalog, CodeCase, CodeKind, Shape, Slot, StatusClass};

use layout::{Part, parts};
use prerendered::{Prerendered, Segment};
use reach::{is_certain, is_exact};
use rest::Rest;

/// The slots that an operation can change, or that follow from the status.
const BY_OPERATION: [Slot; 5] = [
    Slot::Type,
    Slot::Title,
    Slot::Fix,
    Slot::Status,
    Slot::Retryable,
];

pub(super) fn emit(catalog: &Catalog) -> Artifact {
    let sent = catalog.envelope.shapes.len();
    let mut tables = Tables {
        catalog,
        items: String::new(),
        rows: String::new(),
    };
    for (position, shape) in catalog.envelope.read_shapes().enumerate() {
        tables.push(shape, position, position < sent);
    }
    let count = catalog.envelope.read_shapes().count();
    let Tables { items, rows, .. } = tables;
    let text = format!(
        "{}\n{}\n{items}#[rustfmt::skip]\npub(crate) static SHAPES: [Shape; {count}] = [\n    \
         // Those of the styles come first, in their order; the others are only read.\n{rows}];\n",
        imports(catalog),
        styles(catalog),
    );
    RustFile::new("The styles of bodies, and their shapes.")
        .text(&text)
        .finish("catalog/shapes")
}

/// The imports of the tables.
fn imports(catalog: &Catalog) -> String {
    let some = "#[allow(unused_imports, reason = \"a style may need some of them only\")]\n";
    let parts = if catalog.has_faults() {
        "Any, Comma, Content, Each, If, Text, Value"
    } else {
        "Comma, Content, If, Text, Value"
    };
    let joined = if is_joined(catalog) {
        format!("{SERVER}use crate::runtime::joined::Joined;\n")
    } else {
        String::new()
    };
    format!(
        "use crate::runtime::fast_path::Canonical;\n\
         {joined}\
         {SERVER}{some}\
         use crate::runtime::shape::Part::{{{parts}}};\n\
         use crate::runtime::shape::Step::{{At, Member, With}};\n\
         {SERVER}{some}\
         use crate::runtime::shape::{{Bodies, Part, Segment, Usual, pairs}};\n\
         use crate::runtime::shape::{{Element, EventData, FaultList, Kept, Place, Shape, Slot}};\n"
    )
}

/// The enum of the styles that the API sends.
fn styles(catalog: &Catalog) -> String {
    let lib = &catalog.api.lib_name;
    let first = &catalog.envelope.shapes[0];
    let docs = format!(
        "The style of the body of an error response.

[`ENVELOPE_STYLES`](crate::ENVELOPE_STYLES) lists those of this API.

```
use {lib}::EnvelopeStyle;

let style: EnvelopeStyle = {}.parse().unwrap();
assert_eq!(style, EnvelopeStyle::{});
assert_eq!(style.media_type(), {});
```",
        literal(&first.name),
        first.variant,
        literal(&first.content_type),
    );
    let mut out = String::new();
    push_doc("///", &docs, &mut out);
    out.push_str(
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n\
         #[non_exhaustive]\n\
         pub enum EnvelopeStyle {\n",
    );
    for shape in &catalog.envelope.shapes {
        let docs = format!(
            "{}, with the media type {}.",
            markdown_escape::code(&shape.name),
            markdown_escape::code(&shape.content_type)
        );
        push_doc("    ///", &docs, &mut out);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "    {},", shape.variant);
    }
    out.push_str("}\n");
    out
}

/// The tables of all shapes.
struct Tables<'a> {
    catalog: &'a Catalog,
    /// The bodies and events, and what each code has.
    items: String,
    /// The rows of the shapes.
    rows: String,
}

impl Tables<'_> {
    fn push(&mut self, shape: &Shape, position: usize, is_sent: bool) {
        let body = parts(self.catalog, &shape.body);
        let bodies = if is_sent {
            self.bodies(shape, position, &body)
        } else {
            "Bodies::NONE".to_owned()
        };
        let found = super::super::places::of_shape(shape);
        let is_exact = is_exact(shape, &found) && is_certain(self.catalog, shape, &found);
        let rest = Rest::of(self.catalog, shape, &found).filter(|_| is_exact);
        let rest = rest.and_then(|rest| Some((rest.marks()?, rest)));
        let marks = rest.as_ref().map_or(&[][..], |(marks, _)| marks);
        if is_exact {
            self.reader(position, &body, marks);
        }
        let rest = rest.as_ref().map_or_else(
            || "None".to_owned(),
            |(marks, rest)| format!("Some({})", rest.expression(marks)),
        );
        let fields = [
            ("name", literal(&shape.name)),
            ("media_type", literal(&shape.content_type)),
            ("event_name", event_name(shape)),
            (
                "event_data",
                places::event_data(&EventData::of_shape(shape)),
            ),
            ("places", format!("&[{}]", places::rows(&found))),
            ("faults", places::fault_list(&found)),
            ("read", reader_name(is_exact, position)),
            ("rest", rest),
            ("constants", format!("&[{}]", places::constants(&found))),
            ("types_by_status", types_by_status(shape)),
            ("types", self.types(shape)),
            ("codes", self.codes(shape, is_sent)),
            ("types_of_codes", self.types_of_codes(shape, is_sent)),
            (
                "is_upper",
                (shape.codes == CodeCase::UpperSnake).to_string(),
            ),
        ];
        self.rows.push_str("    Shape {\n");
        for (name, value) in fields {
            // Writing to a string cannot fail.
            let _ = writeln!(self.rows, "        {name}: {value},");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.rows,
            "        #[cfg(feature = \"server\")]\n        bodies: {bodies},\n    }},"
        );
    }

    /// The bodies of a shape that is sent, as an expression.
    fn bodies(&mut self, shape: &Shape, position: usize, body: &[Part]) -> String {
        let segments = Segment::of(body);
        let list_of_body = format!("&[{}]", list(body));
        self.item(&format!("BODY_{position}"), "[Part]", &list_of_body);
        let event = if shape.event.data == shape.body {
            format!("BODY_{position}")
        } else {
            let parts = parts(self.catalog, &shape.event.data);
            let event = format!("EVENT_{position}");
            self.item(&event, "[Part]", &format!("&[{}]", list(&parts)));
            event
        };
        let bodies = Prerendered::of_codes(self.catalog, shape, body, &segments);
        let texts = format!("TEXTS_{position}");
        let rows = bodies.iter().map(|body| body.text.as_str());
        let texts = if is_joined(self.catalog) {
            let text = joined::of_texts(&format!("static {texts}"), rows);
            self.items.push_str(SERVER);
            self.items.push_str(&text);
            format!("&{texts}")
        } else {
            self.item(&texts, "[&str]", &lines(rows.map(literal)));
            texts
        };
        self.item(&format!("CUTS_{position}"), "[[u32; 2]]", &pairs(&bodies));
        let mut varying: Vec<Slot> = Vec::new();
        for slot in segments.iter().flat_map(|segment| &segment.slots) {
            if !varying.contains(slot) {
                varying.push(*slot);
            }
        }
        if self.catalog.own_errors().next().is_some() {
            let slots = BY_OPERATION.into_iter();
            varying.extend(slots.filter(|slot| shape.writes(*slot)));
        }
        let rows = segments.iter().map(|Segment { slots, first, end }| {
            let slots = set(slots);
            format!("Segment {{ slots: {slots}, first: {first}, end: {end} }}")
        });
        let rows = rows.collect::<Vec<_>>().join(", ");
        let fields = [
            ("body", format!("BODY_{position}")),
            ("event", event),
            ("types_sent", types_sent::of_shape(self.catalog, shape)),
            ("varying", set(&varying)),
            ("segments", format!("&[{rows}]")),
            ("usual", usual::of_segments(body, &segments)),
            ("texts", texts),
            ("cuts", format!("CUTS_{position}")),
        ];
        let mut out = "Bodies {\n".to_owned();
        for (name, value) in fields {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "            {name}: {value},");
        }
        out + "        }"
    }

    fn item(&mut self, name: &str, kind: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.items,
            "{SERVER}#[rustfmt::skip]\nstatic {name}: &{kind} = {value};\n"
        );
    }

    /// The function that reads a body.
    fn reader(&mut self, position: usize, body: &[Part], marks: &[usize]) {
        let expression = readers::expression(self.catalog, body, marks);
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.items,
            "#[rustfmt::skip]\nfn read_{position}(r: &mut Canonical<'_>) -> bool {{\n    {expression}\n}}\n"
        );
    }

    /// The names that types state for the shape; empty if none does.
    fn types(&self, shape: &Shape) -> String {
        let types = self.catalog.types.iter();
        stated(types.map(|entry| entry.names.stated_in(&shape.name)))
    }

    /// The types that codes state for a shape that is sent and does not write codes; empty if none does.
    fn types_of_codes(&self, shape: &Shape, is_sent: bool) -> String {
        let codes = self.catalog.codes.iter().filter(|_| is_sent);
        stated(codes.map(|code| shape.stated_type(&code.names)))
    }

    /// The names of codes in a shape that is sent; empty if they are the wire names.
    fn codes(&self, shape: &Shape, is_sent: bool) -> String {
        let codes = || self.catalog.codes.iter();
        let is_wire = codes().all(|code| shape.code_name(&code.names) == code.names.wire);
        if is_wire || !is_sent || !shape.writes(Slot::Code) {
            return "&[]".to_owned();
        }
        let names = codes().map(|code| literal(&shape.code_name(&code.names)));
        format!("&[{}]", names.collect::<Vec<_>>().join(", "))
    }
}

/// Names that some entries state, as an expression; an empty list if none does.
fn stated<'a>(names: impl Iterator<Item = Option<&'a str>>) -> String {
    let names: Vec<&str> = names.map(Option::unwrap_or_default).collect();
    if names.iter().all(|name| name.is_empty()) {
        return "&[]".to_owned();
    }
    let names = names.iter().map(|name| literal(name));
    format!("&[{}]", names.collect::<Vec<_>>().join(", "))
}

/// The function that reads a body, if a shape has one.
fn reader_name(is_exact: bool, position: usize) -> String {
    if is_exact {
        format!("Some(read_{position})")
    } else {
        "None".to_owned()
    }
}

fn event_name(shape: &Shape) -> String {
    let name = shape.event.name.as_deref().map(literal);
    name.map_or_else(|| "None".to_owned(), |name| format!("Some({name})"))
}

fn types_by_status(shape: &Shape) -> String {
    let rows = shape.types.iter().map(|(class, name)| {
        let class = match class {
            StatusClass::Status(status) => status.get(),
            StatusClass::Family(first) => u16::from(*first),
        };
        format!("({class}, {})", literal(name))
    });
    format!("&[{}]", rows.collect::<Vec<_>>().join(", "))
}

/// Expressions, one a line.
fn lines(rows: impl Iterator<Item = String>) -> String {
    let rows = rows.map(|row| format!("    {row},\n"));
    format!("&[\n{}]", rows.collect::<String>())
}

/// Where the segments of bodies begin and end. rustc checks a list of pairs several times as long as one of numbers.
fn pairs(bodies: &[Prerendered]) -> String {
    let count: usize = bodies.iter().map(|body| body.cuts.len()).sum();
    let rows = bodies.iter().map(|body| {
        let cuts = body.cuts.iter();
        let cuts = cuts.map(|(start, end)| format!("{start}, {end}"));
        cuts.collect::<Vec<_>>().join(", ")
    });
    format!("&pairs::<{count}>({})", lines(rows))
}

/// Parts as expressions.
fn list(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part {
        Part::Text(text) => format!("Text({})", literal(text)),
        Part::Comma => "Comma".to_owned(),
        Part::Value(slot, missing) => format!("Value({}, {})", name(*slot), literal(missing)),
        Part::Content(slot) => format!("Content({})", name(*slot)),
        Part::If(slot, parts) => format!("If({}, &[{}])", name(*slot), list(parts)),
        Part::Any(slots, parts) => {
            let slots: Vec<String> = slots.iter().map(|slot| name(*slot)).collect();
            format!("Any(&[{}], &[{}])", slots.join(", "), list(parts))
        }
        Part::Each(parts) => format!("Each(&[{}])", list(parts)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// A set of slots as an expression.
fn set(slots: &[Slot]) -> String {
    let slots = slots.iter();
    let bits: Vec<String> = slots.map(|slot| format!("{}.bit()", name(*slot))).collect();
    if bits.is_empty() {
        "0".to_owned()
    } else {
        bits.join(" | ")
    }
}

/// A slot as an expression.
fn name(slot: Slot) -> String {
    format!("Slot::{slot:?}")
}

/// Whether the value of a slot is a string in JSON.
fn is_text(catalog: &Catalog, slot: Slot) -> bool {
    match slot {
        Slot::Code => catalog.envelope.code == CodeKind::String,
        Slot::Status | Slot::RetryAfter | Slot::Retryable | Slot::Details | Slot::Errors => false,
        _ => true,
    }
}
