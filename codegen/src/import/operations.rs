//! The operations that fail with the codes of a draft.

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use super::minimal;
use super::model::Row;
use super::writer::{Item, Listed, Operation};
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
        let wire = row.wire();
        let mut others = Vec::new();
        let own = row.own.iter();
        let own = own.map(|own| (own.keys(), own.operation.clone()));
        let plain = std::mem::take(&mut row.operations).into_iter();
        for (keys, text) in plain.map(|text| (Map::new(), text)).chain(own) {
            let Some(route) = Route::of(&text) else {
                others.push(Value::from(text));
                continue;
            };
            let place = route.place();
            let position = *positions.get(&place).unwrap_or(&operations.len());
            if position == operations.len() {
                let own = known.get(place.as_str()).copied().filter(|id| is_id(id));
                let own = route.name.or(own);
                let id = own.map_or_else(|| derived(&place), str::to_owned);
                let mut unique = id.clone();
                for number in 2.. {
                    if taken.insert(unique.clone(), ()).is_none() {
                        break;
                    }
                    unique = format!("{id}_{number}");
                }
                operations.push(Operation {
                    when: route.when(&unique),
                    id: unique,
                    method: route.method.to_owned(),
                    path: route.path.to_owned(),
                    errors: Vec::new(),
                });
                positions.insert(place, position);
            }
            let errors = &mut operations[position].errors;
            if !errors.iter().any(|error| error.code == wire) {
                let code = wire.clone();
                errors.push(Listed { code, keys });
            }
        }
        if !others.is_empty() {
            row.keep("x-operations", &Value::from(others));
        }
    }
    unite_paths(&mut operations);
    if !is_sound(operations.iter()) {
        let (sound, odd): (Vec<_>, Vec<_>) = operations
            .into_iter()
            .partition(|one| is_sound(std::iter::once(one)));
        operations = sound;
        for row in rows {
            let wire = row.wire();
            let own = odd.iter().filter_map(|operation| {
                let mut errors = operation.errors.iter();
                let error = errors.find(|error| error.code == wire)?;
                let request = format!("{} {}", operation.method, operation.path);
                if error.keys.is_empty() {
                    return Some(Value::from(request));
                }
                let mut keys = error.keys.clone();
                keys.insert("operation".to_owned(), request.into());
                Some(Value::from(keys))
            });
            let own: Vec<Value> = own.collect();
            if !own.is_empty() {
                row.keep("x-operations", &own.into());
            }
        }
    }
    operations
}

/// Whether a catalog with these operations compiles.
fn is_sound<'a>(operations: impl Iterator<Item = &'a Operation>) -> bool {
    let operations = operations.map(|operation| (operation, vec!["c".into()]));
    let operations: Vec<_> = operations.collect();
    if operations.is_empty() {
        return true;
    }
    let section = Item::Block("operations".to_owned(), Operation::items(&operations));
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

/// The parts of `GET /pets/{id}`, and the name of `POST /jobs StopJob`.
struct Route<'a> {
    method: &'a str,
    /// With what stands behind it: a query or a fragment that is a part of its operation.
    path: &'a str,
    name: Option<&'a str>,
}

impl<'a> Route<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut words = text.trim().trim_matches('`').split_whitespace();
        let (method, path) = (words.next()?, words.next()?);
        let (name, end) = (words.next(), words.next());
        let methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];
        let is_route = methods.contains(&method) && path.starts_with('/') && end.is_none();
        let is_named = name.is_none_or(is_id);
        (is_route && is_named).then_some(Self { method, path, name })
    }

    /// The method, the path and the name.
    fn place(&self) -> String {
        let Self { method, path, name } = self;
        let name = name.map_or_else(String::new, |name| format!(" {name}"));
        format!("{method} {path}{name}")
    }

    /// What tells the requests of the operation from others, as far as the source says it.
    fn when(&self, id: &str) -> String {
        match self.path.split_once(['?', '#']) {
            Some((before, query))
                if is_plain(query) && self.path[before.len()..].starts_with('?') =>
            {
                format!("the query has `{query}`")
            }
            Some((_, part)) if is_plain(part) => {
                format!("TODO: say which part of the request has `{part}`")
            }
            _ => format!("TODO: say what in the request tells that it is `{id}`"),
        }
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'`')
}

/// Takes queries and fragments off the paths of operations that then share their requests: they are told by `when`. The
/// parameters of these paths get the same names.
fn unite_paths(operations: &mut [Operation]) {
    let bare = |operation: &Operation| {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        Operation {
            path: path.to_owned(),
            id: String::new(),
            method: operation.method.clone(),
            when: String::new(),
            errors: Vec::new(),
        }
    };
    let mut paths: UnordMap<String, (String, usize)> = UnordMap::default();
    for operation in &*operations {
        let bare = bare(operation);
        let (path, times) = paths.get_or_default(bare.request());
        if *times == 0 {
            *path = bare.path;
        }
        *times += 1;
    }
    for operation in operations {
        if let Some((path, 2..)) = paths.get(&bare(operation).request()) {
            operation.path.clone_from(path);
        }
    }
}

/// Joins the only route of an error and the only name of an operation.
pub(super) fn join(texts: &mut Vec<String>) {
    let (routes, others): (Vec<&String>, Vec<&String>) =
        texts.iter().partition(|text| Route::of(text).is_some());
    if let ([route], [name]) = (&routes[..], &others[..])
        && is_id(name)
        && Route::of(route).is_some_and(|route| route.name.is_none())
    {
        *texts = vec![format!("{} {name}", route.trim().trim_matches('`'))];
    }
}

/// Whether the text names an operation by its method and path.
pub(super) fn is_route(text: &str) -> bool {
    Route::of(text).is_some()
}
