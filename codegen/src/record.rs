//! One record per entry of a catalog, in the keys of the catalog language, resolved.
//!
//! A record keeps everything, and each reader filters: the diff and the lock leave out what is empty, and `errors.json`
//! adds what follows from the whole catalog. Each type of the catalog is destructured here without `..`, so a new field
//! does not compile until it has a place in a record.

mod api;
mod code;
mod entry;
mod sections;
mod shape;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::catalog::{self, Catalog, CodeId};

pub(crate) use api::Api;
#[cfg(test)]
pub(crate) use code::Argument;
pub(crate) use code::{Code, Retired};
pub use entry::Kind;
pub(crate) use entry::{Entry, items, shown};
pub(crate) use shape::names;

/// The members of a record.
pub type Members = Map<String, Value>;

/// The record of a code. Its advice and its example are left to the export.
#[must_use]
pub fn code(catalog: &Catalog, code: &catalog::Code) -> Members {
    object(&Code::new(catalog, code))
}

/// The record of a retired code.
#[must_use]
pub fn retired(catalog: &Catalog, code: &catalog::Retired) -> Members {
    object(&Retired::new(catalog, code))
}

/// The record of a shape, in the notation of a catalog.
#[must_use]
pub fn shape(shape: &catalog::Shape) -> Members {
    self::shape::record(shape)
}

/// All records of a catalog, each with its kind and its name.
pub(crate) fn records(catalog: &Catalog) -> Vec<(Kind, String, Members)> {
    let Catalog {
        api,
        envelope,
        error_ids,
        retry,
        framework,
        // Operations list their codes; a set is a way to write that.
        sets: _,
        // Codes name their group.
        groups: _,
        operations,
        paths: _,
        closed,
        types,
        codes,
        retired,
        // Past releases are not part of the record.
        releases: _,
        // Texts of other authors.
        licenses: _,
        // They follow from the rest.
        outputs: _,
        // They are about servers, and not for clients.
        proxies: _,
        public: _,
        type_rows: _,
        sections: _,
        statuses: _,
        of_operations: _,
        // Clients do not see which providers the server has.
        upstream: _,
        // It is about servers and sources, and not for clients.
        audit: _,
    } = catalog;
    let single = |kind, members| (kind, String::new(), members);
    let mut records = vec![
        single(Kind::Api, object(&Api::new(api))),
        single(Kind::Envelope, sections::envelope(catalog, envelope)),
        single(Kind::ErrorIds, object(error_ids)),
        single(Kind::Retry, sections::retry(catalog, retry)),
        single(
            Kind::OpenApi,
            [("closed".to_owned(), Value::Bool(*closed))]
                .into_iter()
                .collect(),
        ),
    ];
    records.extend(
        framework
            .iter()
            .map(|row| sections::framework(catalog, row)),
    );
    records.extend(
        operations
            .iter()
            .map(|one| sections::operation(catalog, one)),
    );
    records.extend(types.iter().map(sections::error_type));
    records.extend(codes.iter().map(|one| {
        let mut members = code(catalog, one);
        by_name(&mut members);
        (Kind::Code, one.names.wire.clone(), members)
    }));
    records.extend(retired.iter().map(|one| {
        let members = self::retired(catalog, one);
        (Kind::Retired, one.wire.clone(), members)
    }));
    records
}

/// Whether a key is a custom one.
pub(crate) fn is_custom(key: &str) -> bool {
    key.starts_with("x-")
}

/// Turns the arguments of the record of a code from a list into a mapping by their names, as the catalog has them.
pub(crate) fn by_name(code: &mut Members) {
    let Some(Value::Array(arguments)) = code.get_mut("args").map(Value::take) else {
        return;
    };
    let arguments = arguments.into_iter().filter_map(|mut argument| {
        let Value::String(name) = argument.as_object_mut()?.shift_remove("name")? else {
            return None;
        };
        Some((name, argument))
    });
    code["args"] = Value::Object(arguments.collect());
}

/// Leaves out the members that are empty: null, an empty string, list or mapping. The values of custom (`x-`) keys stay as they are.
pub(crate) fn without_empty(members: &mut Members) {
    members.retain(|key, value| {
        if is_custom(key) {
            return true;
        }
        match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(inner) => {
                inner.retain(|_, value| !value.is_null());
                !inner.is_empty()
            }
            Value::Bool(_) | Value::Number(_) => true,
        }
    });
}

/// The members of what serialises to an object.
pub(crate) fn object(record: &impl Serialize) -> Members {
    match serde_json::to_value(record) {
        Ok(Value::Object(members)) => members,
        _ => Members::new(),
    }
}

fn wire(catalog: &Catalog, code: Option<CodeId>) -> Option<&str> {
    code.map(|id| catalog[id].names.wire.as_str())
}
