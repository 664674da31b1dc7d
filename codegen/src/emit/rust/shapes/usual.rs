//! The segments that servers change most: the message and the param.

use super::layout::Part;
use super::literal;
use super::prerendered::Segment;
use crate::catalog::Slot;

/// The positions of the segments as an expression; none if other segments contain a message or param too.
pub(super) fn of_segments(parts: &[Part], segments: &[Segment]) -> String {
    expression(parts, segments).unwrap_or_else(|| "None".to_owned())
}

fn expression(parts: &[Part], segments: &[Segment]) -> Option<String> {
    let alone = |slot: Slot| {
        let mut all = segments.iter().enumerate();
        let (position, segment) = all.find(|(_, segment)| segment.slots.contains(&slot))?;
        let is_only = segment.slots == [slot] && !all.any(|(_, other)| other.slots.contains(&slot));
        is_only.then(|| {
            (
                position,
                parts.get(segment.first..segment.end).unwrap_or_default(),
            )
        })
    };
    let varies = |slot: Slot| segments.iter().any(|segment| segment.slots.contains(&slot));
    let (message, [Part::Content(Slot::Message)]) = alone(Slot::Message)? else {
        return None;
    };
    let param = if varies(Slot::Param) {
        let (position, [Part::If(Slot::Param, inner)]) = alone(Slot::Param)? else {
            return None;
        };
        let [
            Part::Text(before),
            Part::Content(Slot::Param),
            Part::Text(after),
        ] = &inner[..]
        else {
            return None;
        };
        if position < message {
            return None;
        }
        format!(
            "Some(({position}, {}, {}))",
            literal(before),
            literal(after)
        )
    } else {
        "None".to_owned()
    };
    Some(format!(
        "Some(Usual {{ message: {message}, param: {param} }})"
    ))
}
