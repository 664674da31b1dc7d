//! The operations that fail with the codes of a draft.

use heck::ToSnakeCase;
use serde_json::Value;

use super::minimal;
use super::model::Row;
use super::writer::Item;
use super::writer::Operation;
use crate::limits::MAX_NAME_BYTES;
use crate::unord_map::UnordMap;

/// Takes the operations of rows that have a method and a path. Other ones become custom keys. `ids` are the names that
/// the source gives operations, by method and path.
pub(super) fn take(rows: &mut [Row], ids: &[(String, String)]) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut positions: UnordMap<String, usize> = UnordMap::default();
    let mut known: UnordMap<&str, &str> = UnordMap::default();
    for (place, id) in ids {
        known.insert(place, id);
    }
    let mut taken: UnordMap<String, ()> = UnordMap::default();
    for row in &mut *rows {
        let wire = row.code.wire();
        let mut others = Vec::new();
        for text in std::mem::take(&mut row.operations) {
            let Some((method, path)) = method_and_path(&text) else {
                others.push(Value::from(text));
                continue;
            };
            let place = format!("{method} {path}");
            let position = *positions.get(&place).unwrap_or(&operations.len());
            if position == operations.len() {
                let own = known.get(place.as_str()).copied().filter(|id| is_id(id));
                let id = own.map_or_else(|| derived(&place), str::to_owned);
                let mut unique = id.clone();
                for number in 2.. {
                    if taken.insert(unique.clone(), ()).is_none() {
                        break;
                    }
                    unique = format!("{id}_{number}");
                }
                operations.push(Operation {
                    id: unique,
                    method: method.to_owned(),
                    path: path.to_owned(),
                    codes: Vec::new(),
                });
                positions.insert(place, position);
            }
            let codes = &mut operations[position].codes;
            if !codes.contains(&wire) {
                codes.push(wire.clone());
            }
        }
        if !others.is_empty() {
            row.keep("x-operations", &Value::from(others));
        }
    }
    if !is_sound(operations.iter()) {
        let (sound, odd): (Vec<_>, Vec<_>) = operations
            .into_iter()
            .partition(|one| is_sound(std::iter::once(one)));
        operations = sound;
        for row in rows {
            let wire = row.code.wire();
            let own = odd
                .iter()
                .filter(|operation| operation.codes.contains(&wire));
            let own: Vec<Value> = own
                .map(|one| format!("{} {}", one.method, one.path).into())
                .collect();
            if !own.is_empty() {
                row.keep("x-operations", &own.into());
            }
        }
    }
    operations
}

/// Whether a catalog with these operations compiles.
fn is_sound<'a>(operations: impl Iterator<Item = &'a Operation>) -> bool {
    let operations: Vec<Item> = operations
        .map(|operation| operation.item(vec!["c"]))
        .collect();
    if operations.is_empty() {
        return true;
    }
    let section = Item::Block("operations".to_owned(), operations);
    minimal::compile(vec![minimal::api(None), section]).is_some()
}

fn is_id(id: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !id.is_empty()
        && id.len() <= MAX_NAME_BYTES
        && id.chars().all(is_word)
        && id.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The name of an operation without one.
fn derived(place: &str) -> String {
    let mut id = place
        .replace(|c: char| !c.is_ascii_alphanumeric(), " ")
        .to_snake_case();
    id.truncate(MAX_NAME_BYTES - 8);
    id
}

/// The parts of `GET /pets/{id}`.
fn method_and_path(text: &str) -> Option<(&str, &str)> {
    let (method, path) = text.trim().trim_matches('`').split_once(' ')?;
    let path = path.trim();
    let methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];
    (methods.contains(&method) && path.starts_with('/') && !path.contains(char::is_whitespace))
        .then_some((method, path))
}
