//! Rows that share a code: equal ones are one error of several operations.

use serde_json::Value;

use super::model::{Extracted, Finding, Row};
use crate::resolve::names::wire_fault;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Removes the rows whose name is invalid or that of another row. Equal rows are merged; returns their number.
pub(super) fn sift(extracted: &mut Extracted) -> usize {
    let mut first: UnordMap<String, usize> = UnordMap::default();
    let mut merged = 0;
    let mut kept: Vec<Row> = Vec::with_capacity(extracted.rows.len());
    for row in std::mem::take(&mut extracted.rows) {
        let wire = row.code.wire();
        if let Some(fault) = wire_fault(&wire, Span::default()) {
            extracted.lost.push(Finding::new(&row.place, fault.message));
            continue;
        }
        let known = first.get(&wire).and_then(|at| kept.get_mut(*at));
        let Some(known) = known else {
            first.insert(wire, kept.len());
            kept.push(row);
            continue;
        };
        let others = differences(known, &row);
        if others.is_empty() {
            merged += 1;
            for operation in row.operations {
                if !known.operations.contains(&operation) {
                    known.operations.push(operation);
                }
            }
            continue;
        }
        let message = format!(
            "duplicate code `{wire}`: the first is at {}, with another {}",
            known.place,
            others.join(", ")
        );
        extracted.lost.push(Finding::new(&row.place, message));
    }
    extracted.rows = kept;
    merged
}

/// The facts in which two rows differ, but for their operations.
fn differences(left: &Row, right: &Row) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |name: &str, is_same: bool| {
        if !is_same {
            found.push(name.to_owned());
        }
    };
    compare("type", left.error_type == right.error_type);
    compare(
        "status",
        left.status == right.status
            && left.no_status == right.no_status
            && left.says_none == right.says_none,
    );
    compare("message", left.message == right.message);
    compare("meaning", left.meaning == right.meaning);
    compare("fix", left.fix == right.fix);
    compare("retry", left.retry == right.retry);
    compare("id", left.ids == right.ids);
    compare("constant", left.constant == right.constant);
    let args = |row: &Row| {
        let args = row.args.iter();
        let args = args.map(|one| (one.name.clone(), one.kind, one.stated.clone()));
        args.collect::<Vec<_>>()
    };
    compare("list of arguments", args(left) == args(right));
    for (left, right) in [
        (&left.stated, &right.stated),
        (&left.extensions, &right.extensions),
    ] {
        let keys = left
            .keys()
            .chain(right.keys().filter(|key| !left.contains_key(*key)));
        for key in keys {
            let same =
                left.get(key).unwrap_or(&Value::Null) == right.get(key).unwrap_or(&Value::Null);
            compare(&format!("`{key}`"), same);
        }
    }
    found
}
