//! The types of a shape by their names.

use std::fmt::Write as _;

use super::super::file::literal;
use crate::catalog::{Catalog, Shape, Status};

/// The types that a body without a status can have, as rows: the name, the position of the first type that has it, and
/// the first status with which it does. Empty if the names are the wire names.
pub(super) fn of_shape(catalog: &Catalog, shape: &Shape) -> String {
    let mut types = catalog.types.iter();
    let is_wire = types.all(|entry| entry.names.stated_in(&shape.name).is_none());
    if is_wire && shape.types.is_empty() {
        return "&[]".to_owned();
    }
    let others = catalog.other_statuses();
    let mut names: Vec<&str> = Vec::new();
    let mut rows = String::new();
    for (position, entry) in catalog.types.iter().enumerate() {
        let allowed = (400..600).filter_map(Status::new);
        let allowed = allowed.filter(|status| entry.statuses.contains(*status));
        // A code can have a status that its type does not list.
        let codes = catalog.codes.iter();
        let codes = codes.filter(|code| catalog[code.error_type].names.wire == entry.names.wire);
        let of_codes = codes.map(|code| code.status.sent());
        let usual = core::iter::once(entry.statuses.default());
        let others = others.iter();
        let others = others.filter(|(code, ..)| catalog[*code].error_type.index() == position);
        let of_operations = others.map(|(_, status, _)| *status);
        for status in usual.chain(allowed).chain(of_codes).chain(of_operations) {
            let name = shape.type_name(&entry.names, status);
            if !names.contains(&name) {
                names.push(name);
                // Writing to a string cannot fail.
                let _ = write!(rows, "({}, {position}, {status}), ", literal(name));
            }
        }
    }
    format!("&[{}]", rows.trim_end_matches(", "))
}
