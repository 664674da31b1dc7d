//! Bodies that are written when the crate is generated.

use super::super::super::example_body;
use super::layout::{Part, content};
use crate::catalog::{Catalog, Code, Example, Shape, Slot};
use crate::tree::Tree;

/// Adjacent parts of a body that an error can change.
pub(super) struct Segment {
    /// The slots that change them.
    pub(super) slots: Vec<Slot>,
    pub(super) first: usize,
    pub(super) end: usize,
}

impl Segment {
    /// The segments of a body. A comma belongs to the values before it.
    pub(super) fn of(parts: &[Part]) -> Vec<Self> {
        let mut segments: Vec<Self> = Vec::new();
        for (position, part) in parts.iter().enumerate() {
            if matches!(part, Part::Text(_)) {
                continue;
            }
            match segments.last_mut() {
                Some(last) if last.end == position && depends(part) => {
                    last.end += 1;
                    varying(part, &mut last.slots);
                }
                // The arguments of an error are set together.
                Some(last) if are_arguments(&last.slots) && are_arguments(&changed_by(part)) => {
                    last.end = position + 1;
                    varying(part, &mut last.slots);
                }
                _ => {
                    segments.push(Self {
                        slots: changed_by(part),
                        first: position,
                        end: position + 1,
                    });
                }
            }
        }
        segments.retain(|segment| !segment.slots.is_empty());
        segments
    }
}

/// Whether a part depends on whether something is before it.
fn depends(part: &Part) -> bool {
    match part {
        Part::Comma => true,
        Part::If(_, parts) | Part::Any(_, parts) | Part::Each(parts) => {
            parts.first().is_some_and(depends)
        }
        Part::Text(_) | Part::Value(..) | Part::Content(_) => false,
    }
}

/// Whether slots are filled with the arguments of an error, and with nothing else.
fn are_arguments(slots: &[Slot]) -> bool {
    let mut slots = slots.iter();
    slots.len() > 0 && slots.all(|slot| matches!(slot, Slot::Details | Slot::Errors))
}

/// The slots whose values an error with a code can change.
fn changed_by(part: &Part) -> Vec<Slot> {
    let mut slots = Vec::new();
    varying(part, &mut slots);
    slots
}

/// Adds the slots whose values an error with a code can change.
fn varying(part: &Part, slots: &mut Vec<Slot>) {
    let mut add = |slot| {
        let varies = matches!(
            slot,
            Slot::Message
                | Slot::Param
                | Slot::RequestId
                | Slot::RetryAfter
                | Slot::Instance
                | Slot::Details
                | Slot::Errors
        );
        if varies && !slots.contains(&slot) {
            slots.push(slot);
        }
    };
    match part {
        Part::Text(_) | Part::Comma => {}
        Part::Value(slot, _) | Part::Content(slot) => add(*slot),
        Part::If(slot, parts) => {
            add(*slot);
            for part in parts {
                varying(part, slots);
            }
        }
        Part::Any(conditions, parts) => {
            conditions.iter().copied().for_each(add);
            for part in parts {
                varying(part, slots);
            }
        }
        // Without faults, nothing in it is written.
        Part::Each(_) => add(Slot::Errors),
    }
}

/// The body of an error with a code on which nothing is set.
pub(super) struct Prerendered {
    pub(super) text: String,
    /// Where each segment begins and ends.
    pub(super) cuts: Vec<(usize, usize)>,
}

impl Prerendered {
    pub(super) fn of_codes(
        catalog: &Catalog,
        shape: &Shape,
        parts: &[Part],
        segments: &[Segment],
    ) -> Vec<Self> {
        let of_code = |code: &Code| {
            let example = Example {
                message: &code.plain_message,
                details: Vec::new(),
                faults: Vec::new(),
                ..catalog.example_of_code(code)
            };
            let values = Values {
                catalog,
                shape,
                example,
            };
            Self::of_values(&values, parts, segments)
        };
        catalog.codes.iter().map(of_code).collect()
    }

    fn of_values(values: &Values<'_>, parts: &[Part], segments: &[Segment]) -> Self {
        let mut text = String::new();
        let mut cuts = Vec::with_capacity(segments.len());
        let mut at = 0;
        for segment in segments {
            values.write(&parts[at..segment.first], &mut text);
            let start = text.len();
            values.write(&parts[segment.first..segment.end], &mut text);
            cuts.push((start, text.len()));
            at = segment.end;
        }
        values.write(&parts[at..], &mut text);
        Self { text, cuts }
    }
}

/// The values that the catalog gives an error with a code.
struct Values<'a> {
    catalog: &'a Catalog,
    shape: &'a Shape,
    example: Example<'a>,
}

impl Values<'_> {
    fn write(&self, parts: &[Part], out: &mut String) {
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Comma => {
                    if !out.ends_with(['{', '[']) {
                        out.push(',');
                    }
                }
                Part::Value(slot, missing) => match self.value(*slot) {
                    Some(value) => value.push_line(out),
                    None => out.push_str(missing),
                },
                Part::Content(slot) => {
                    if let Some(value) = self.value(*slot) {
                        out.push_str(content(&value.to_string()));
                    }
                }
                Part::If(slot, parts) => {
                    if self.value(*slot).is_some() {
                        self.write(parts, out);
                    }
                }
                Part::Any(slots, parts) => {
                    if slots.iter().any(|slot| self.value(*slot).is_some()) {
                        self.write(parts, out);
                    }
                }
                // The error of a code alone has no faults.
                Part::Each(_) => {}
            }
        }
    }

    fn value(&self, slot: Slot) -> Option<Tree<'_>> {
        example_body::value(self.catalog, &self.example, self.shape, slot)
    }
}
