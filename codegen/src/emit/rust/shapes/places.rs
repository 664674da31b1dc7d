//! The places of a shape as expressions.

use super::super::super::places::{EventData, Places, Step};
use super::super::file::literal;
use super::{name, set};

/// The places as expressions.
pub(super) fn rows(places: &Places) -> String {
    let rows = places.slots.iter().map(|place| {
        let inside = place
            .inside
            .as_ref()
            .map(|(before, after)| format!("({}, {})", literal(before), literal(after)));
        let missing = place.missing.as_deref().map(literal);
        format!(
            "\n            Place {{ slot: {}, path: &[{}], inside: {}, missing: {} }},",
            name(place.slot),
            steps(&place.path),
            optional(inside),
            optional(missing),
        )
    });
    let rows: String = rows.collect();
    format!("{rows}\n        ")
}

/// The place of the faults as an expression.
pub(super) fn fault_list(places: &Places) -> String {
    let list = places.faults.as_ref().map(|list| {
        let before = list.before.iter().map(|element| {
            optional(element.as_ref().map(|element| {
                let members = element.members.iter().map(|name| literal(name));
                format!(
                    "Element {{ members: &[{}], places: &[{}], constants: &[{}], slots: {} }}",
                    members.collect::<Vec<_>>().join(", "),
                    rows(&element.inside),
                    constants(&element.inside),
                    set(&element.slots),
                )
            }))
        });
        format!(
            "FaultList {{ path: &[{}], before: &[{}], places: &[{}] }}",
            steps(&list.path),
            before.collect::<Vec<_>>().join(", "),
            rows(&list.fault),
        )
    });
    optional(list)
}

/// What the data of an event are, as an expression.
pub(super) fn event_data(data: &EventData) -> String {
    match data {
        EventData::Body => "EventData::Body".to_owned(),
        EventData::Other => "EventData::Other".to_owned(),
        EventData::Around(path, places) => {
            let path = path.iter().map(|name| Step::Member(name.clone()));
            format!(
                "EventData::Around {{ path: &[{}], places: &[{}], constants: &[{}] }}",
                steps(&path.collect::<Vec<_>>()),
                rows(places),
                constants(places),
            )
        }
    }
}

/// The constants as expressions.
pub(super) fn constants(places: &Places) -> String {
    let rows = places
        .constants
        .iter()
        .map(|(path, value)| format!("(&[{}], {})", steps(path), literal(&value.to_string())));
    rows.collect::<Vec<_>>().join(", ")
}

fn steps(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => format!("Member({})", literal(name)),
        Step::At(position) => format!("At({position})"),
        Step::With(name, text) => format!("With({}, {})", literal(name), literal(text)),
    });
    steps.collect::<Vec<_>>().join(", ")
}

fn optional(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
