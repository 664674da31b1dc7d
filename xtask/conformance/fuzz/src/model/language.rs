//! What only some catalogs have: negative numbers, codes without a status, namespaces, and what operations state.

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use serde_json::{Map, Value, json};

use super::print::STATUSES;
use super::{Code, Model, Operation};
use crate::text::Line;

/// The names of the namespaces.
const NAMESPACES: [&str; 2] = ["inkjet", "laser"];

/// What only some catalogs have. Codes are told by their ids, which no change gives to another code.
#[derive(Arbitrary, Clone, Debug)]
pub(super) struct Language {
    are_negative: bool,
    without_status: Vec<u8>,
    in_namespaces: Vec<u8>,
    stated: Vec<Stated>,
}

/// What an operation states of a code.
#[derive(Arbitrary, Clone, Debug)]
struct Stated {
    operation: u8,
    code: u8,
    status: Option<u8>,
    meaning: Option<Line>,
    fix: Option<Line>,
}

impl Language {
    pub(super) fn has_status(&self, code: &Code) -> bool {
        !is_in(&self.without_status, code)
    }

    /// The namespace of a code.
    pub(super) fn namespace(&self, code: &Code) -> Option<&'static str> {
        let namespace = NAMESPACES[code.id % NAMESPACES.len()];
        is_in(&self.in_namespaces, code).then_some(namespace)
    }
}

fn is_in(ids: &[u8], code: &Code) -> bool {
    let mut ids = ids.iter().map(|id| usize::from(*id));
    ids.any(|id| id == code.id)
}

impl Model {
    /// The wire name of a code in a namespace. Two codes of different namespaces send the same name.
    pub(super) fn name_in(&self, namespace: &str, code: &Code) -> String {
        let number = code.id / NAMESPACES.len();
        if self.settings.are_numbers {
            format!("{namespace}.{}", 500 + number)
        } else {
            format!("{namespace}.shared_{number}")
        }
    }

    /// A number as a code.
    pub(super) fn number(&self, code: &Code) -> String {
        let sign = if self.language.are_negative && code.id.is_multiple_of(2) {
            "-"
        } else {
            ""
        };
        format!("{sign}{}", 1_000 + code.id)
    }

    /// The groups of the namespaces.
    pub(super) fn namespaces(&self) -> Map<String, Value> {
        let mut groups = Map::new();
        for name in self
            .codes
            .iter()
            .filter_map(|code| self.language.namespace(code))
        {
            let group = json!({ "title": format!("All {name}"), "prefix": format!("{name}."), "namespace": true });
            groups.insert(name.to_owned(), group);
        }
        groups
    }

    /// The errors of an operation: names, and mappings with what differs.
    pub(super) fn errors(&self, index: usize, operation: &Operation) -> Vec<Value> {
        let codes = operation.codes.iter().map(|code| self.code_at(*code));
        let codes = codes.filter(|code| self.language.has_status(code));
        let mut errors: BTreeMap<String, Value> = codes
            .map(|code| (self.name(code), self.name(code).into()))
            .collect();
        let of_operation =
            |stated: &&Stated| usize::from(stated.operation) % self.operations.len() == index;
        for stated in self.language.stated.iter().filter(of_operation).take(4) {
            let code = self.code_at(stated.code);
            if self.language.has_status(code)
                && let Some(mapping) = self.mapping(code, stated)
            {
                errors.insert(self.name(code), mapping);
            }
        }
        errors.into_values().collect()
    }

    fn code_at(&self, index: u8) -> &Code {
        &self.codes[usize::from(index) % self.codes.len()]
    }

    /// The mapping, if it states something.
    fn mapping(&self, code: &Code, stated: &Stated) -> Option<Value> {
        let mut mapping = json!({ "code": self.name(code) });
        if let Some(status) = stated.status {
            let error_type = &self.types[self.type_index(code.error_type)];
            let class = error_type.status(code.status) / 100;
            let mut statuses = STATUSES.to_vec();
            statuses.retain(|status| status / 100 == class);
            mapping["status"] = statuses[usize::from(status) % statuses.len()].into();
        }
        for (key, text) in [("meaning", &stated.meaning), ("fix", &stated.fix)] {
            if let Some(text) = text {
                mapping[key] = text.0.clone().into();
            }
        }
        let states_something = mapping.as_object().is_some_and(|keys| keys.len() > 1);
        states_something.then_some(mapping)
    }
}
