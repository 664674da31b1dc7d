//! Readers of bodies in the layout of a shape: its parts as one expression.

use super::super::file::literal;
use super::layout::Part;
use super::{is_text, name};
use crate::catalog::{Catalog, Slot};

/// The expression that reads the parts of a body. The runtime finds the beginnings of the parts at these positions
/// again, each by its position in the list.
pub(super) fn expression(catalog: &Catalog, parts: &[Part], marks: &[usize]) -> String {
    let mut reader = Reader {
        catalog,
        read: Vec::new(),
    };
    let mut checks = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        let mark = marks.iter().position(|mark| *mark == position);
        checks.extend(mark.map(|mark| format!("r.mark({mark})")));
        checks.extend(reader.part(part));
        if let Part::Content(slot) = part {
            reader.read.push(*slot);
        }
    }
    checks.push("r.is_done()".to_owned());
    checks.join(" && ")
}

struct Reader<'a> {
    catalog: &'a Catalog,
    /// The slots that were certainly read.
    read: Vec<Slot>,
}

impl Reader<'_> {
    /// The expression that reads a part.
    fn part(&self, part: &Part) -> Option<String> {
        Some(match part {
            Part::Text(text) => self::text(text),
            Part::Content(slot) => self.content(*slot),
            Part::Value(slot, missing_json) => {
                let (missing, content) = (self::text(missing_json), self.content(*slot));
                if is_text(self.catalog, *slot) {
                    let quote = self::text("\"");
                    let string = format!("({quote} && {content} && {quote})");
                    // What comes first is what most bodies have, unless it could be a part of the other.
                    if missing_json.starts_with('"') {
                        format!("({missing} || {string})")
                    } else {
                        format!("({string} || {missing})")
                    }
                } else {
                    format!("({missing} || {content})")
                }
            }
            Part::If(_, parts) | Part::Any(_, parts) => return self.optional(parts),
            Part::Comma => "r.comma()".to_owned(),
            // A body with faults is read as JSON.
            Part::Each(_) => return None,
        })
    }

    /// Parts that can be left out. They are there if the text that they begin with is.
    fn optional(&self, parts: &[Part]) -> Option<String> {
        let (first, inner) = match parts {
            [Part::Text(first), inner @ ..] => (self::text(first), inner),
            [Part::Comma, Part::Text(first), inner @ ..] => {
                (format!("r.text_after_comma({})", literal(first)), inner)
            }
            [Part::If(_, parts)] => return self.optional(parts),
            _ => return Some("false".to_owned()),
        };
        // What follows does not begin like a value that is read as JSON.
        let is_parsed = |part: &Part| matches!(part, Part::Content(Slot::Details | Slot::Errors));
        if inner.iter().any(is_parsed) {
            return None;
        }
        let inner: Vec<String> = inner.iter().filter_map(|part| self.part(part)).collect();
        Some(format!("(!{first} || ({}))", inner.join(" && ")))
    }

    /// A value inside of a string, or one that is none.
    fn content(&self, slot: Slot) -> String {
        let name = name(slot);
        match slot {
            slot if self.read.contains(&slot) => format!("r.again({name})"),
            Slot::Message => "r.message()".to_owned(),
            slot if is_text(self.catalog, slot) => format!("r.name({name})"),
            Slot::Retryable => format!("r.boolean({name})"),
            Slot::Details | Slot::Errors => "false".to_owned(),
            _ => format!("r.number({name})"),
        }
    }
}

fn text(text: &str) -> String {
    format!("r.text({})", literal(text))
}
