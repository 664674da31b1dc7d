//! What only all responses of a document together tell about a code.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::model::Row;
use super::rows::admit;
use crate::catalog::Status;
use crate::unord_map::UnordMap;

/// The facts that several responses share.
#[derive(Default)]
pub(super) struct Shared {
    /// The codes of lists, each with the list and the status of a response that has it.
    of_lists: Vec<(usize, *const Value, Option<Status>)>,
    /// The rows whose meaning is the description of a response, by that description.
    described: BTreeMap<String, Vec<usize>>,
}

impl Shared {
    /// Notes that a response with a status has a list with the code of the row at `position`.
    pub(super) fn list(&mut self, position: usize, list: *const Value, status: Option<Status>) {
        self.of_lists.push((position, list, status));
    }

    /// Notes that a description became the meaning of the row at `position`.
    pub(super) fn describe(&mut self, position: usize, description: &str) {
        let rows = self.described.entry(description.to_owned()).or_default();
        rows.push(position);
    }

    /// Gives the codes of lists their statuses: those of a list whose responses differ in their statuses get none.
    /// A description of several codes is the meaning of none of them.
    pub(super) fn settle(self, rows: &mut [Row]) {
        let mut statuses: UnordMap<*const Value, (Option<Status>, bool)> = UnordMap::default();
        for (_, list, status) in &self.of_lists {
            match statuses.get_mut(list) {
                Some((known, differ)) => *differ |= known != status,
                None => drop(statuses.insert(*list, (*status, false))),
            }
        }
        for (position, list, status) in self.of_lists {
            let Some(row) = rows.get_mut(position) else {
                continue;
            };
            if statuses.get(&list).is_some_and(|(_, differ)| !differ) {
                admit(row, status);
                continue;
            }
            let what = "its list is in responses of several statuses, which tell nothing about one code: choose its status";
            if row.status.is_none() && !row.undecided.iter().any(|known| known == what) {
                row.undecided.push(what.to_owned());
            }
        }
        for positions in self.described.into_values().filter(|all| all.len() > 1) {
            for position in positions {
                if let Some(row) = rows.get_mut(position) {
                    row.meaning = None;
                }
            }
        }
    }
}
