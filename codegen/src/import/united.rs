//! Rows that share a code: equal ones are one error of several operations, and some of the others differ by operation.

use serde_json::Value;

use super::model::{Finding, Row};
use super::operations::is_route;
use super::own_facts::OwnFacts;
use crate::catalog::Status;
use crate::resolve::names::wire_fault;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The longest text that an operation states of a code. A longer one is a page, and not a difference.
const MAX_OWN_TEXT: usize = 2048;

/// A row that shares its code with another one.
pub(super) struct Refused {
    pub(super) row: Row,
    /// The position of the other one among the kept rows.
    pub(super) first: usize,
    /// Its position in the list.
    position: usize,
    /// Why it is refused.
    pub(super) message: String,
}

/// The rows of a list, one for each code.
#[derive(Default)]
pub(super) struct United {
    /// Each with its position in the list.
    pub(super) kept: Vec<(usize, Row)>,
    by_wire: UnordMap<String, usize>,
    /// Those that share a code with another row, and differ.
    pub(super) refused: Vec<Refused>,
    /// Those with an invalid name.
    pub(super) lost: Vec<Finding>,
    /// How many rows say the same as another one.
    pub(super) merged: usize,
}

impl United {
    pub(super) fn of(rows: Vec<(usize, Row)>) -> Self {
        let mut united = Self::default();
        for (position, row) in rows {
            united.take(position, row);
        }
        united
    }

    fn take(&mut self, position: usize, row: Row) {
        let wire = row.wire();
        if let Some(fault) = wire_fault(&wire, Span::default()) {
            self.lost.push(Finding::new(&row.place, fault.message));
            return;
        }
        let Some(first) = self.by_wire.get(&wire).copied() else {
            self.by_wire.insert(wire, self.kept.len());
            self.kept.push((position, row));
            return;
        };
        let known = &mut self.kept[first].1;
        let others = differences(known, &row);
        let is_merged = if others.is_empty() {
            take_operations(known, &row)
        } else {
            take_own(known, &row, &others)
        };
        if is_merged {
            self.merged += 1;
            return;
        }
        let others = match others[..] {
            [] => vec!["status in the same operation".to_owned()],
            _ => others,
        };
        let message = format!(
            "duplicate code `{wire}`: the first is at {}, with another {}",
            known.place,
            others.join(", ")
        );
        self.refused.push(Refused {
            row,
            first,
            position,
            message,
        });
    }

    /// All rows in the order of the list. What was merged into a row stays there.
    pub(super) fn rows(self) -> Vec<(usize, Row)> {
        let refused = self.refused.into_iter();
        let refused = refused.map(|refused| (refused.position, refused.row));
        let mut rows: Vec<_> = self.kept.into_iter().chain(refused).collect();
        rows.sort_by_key(|(position, _)| *position);
        rows
    }
}

/// Whether two rows with the same code are one error.
pub(super) fn is_united(known: &Row, row: &Row) -> bool {
    let others = differences(known, row);
    others.is_empty() || is_own(known, row, &others)
}

/// Takes the operations of an equal row, unless what differs in one of them is known.
fn take_operations(known: &mut Row, row: &Row) -> bool {
    let is_other = |operation: &String| known.own.iter().any(|own| own.operation == *operation);
    if row.operations.iter().any(is_other) {
        return false;
    }
    for operation in &row.operations {
        if !known.operations.contains(operation) {
            known.operations.push(operation.clone());
        }
    }
    true
}

/// Whether all that a row has in another form can differ in its operations.
fn is_own(known: &Row, row: &Row, others: &[String]) -> bool {
    let class = |row: &Row| row.status.map(Status::class);
    let is_stated = others.iter().all(|other| match other.as_str() {
        // A status of another class would need another type.
        "status" => class(row).is_some() && class(row) == class(known),
        "meaning" => is_short(row.meaning.as_ref()),
        "fix" => is_short(row.fix.as_ref()),
        _ => false,
    });
    is_stated && !row.operations.is_empty()
}

/// Takes a row that names operations and has another status, meaning or fix: that differs in the operations.
fn take_own(known: &mut Row, row: &Row, others: &[String]) -> bool {
    if !is_own(known, row, others) {
        return false;
    }
    let differs = |name: &str| others.iter().any(|other| other == name);
    let own_text = |name, text: &Option<String>| match text {
        Some(text) if differs(name) => Some(text.clone()),
        _ => None,
    };
    let own = row.operations.iter().map(|operation| OwnFacts {
        operation: operation.clone(),
        status: row.status.filter(|_| differs("status")),
        meaning: own_text("meaning", &row.meaning),
        fix: own_text("fix", &row.fix),
    });
    let own: Vec<OwnFacts> = own.filter(|own| !known.own.contains(own)).collect();
    let is_free = |own: &OwnFacts| {
        is_route(&own.operation)
            && !known.operations.contains(&own.operation)
            && !known
                .own
                .iter()
                .any(|other| other.operation == own.operation)
    };
    if !own.iter().all(is_free) {
        return false;
    }
    known.own.extend(own);
    true
}

/// Whether an operation can state a text.
fn is_short(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty() && text.len() <= MAX_OWN_TEXT)
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
