//! Namespaces of a list: the values of a field that tells rows with the same code apart.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::Value;

use super::OptionsError;
use super::fields;
use super::model::{Code, Finding, Row};
use super::names;
use super::text::clean;
use super::united::{Refused, is_united};
use super::writer::Item;
use crate::limits::MAX_PREFIX_BYTES;
use crate::resolve::names::wire_fault;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Which field of a list has the namespaces of its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespaces<'a> {
    /// None: of the rows that share a code and differ, the first is taken.
    None,
    /// The field with this name.
    Field(&'a str),
}

impl<'a> Namespaces<'a> {
    /// What an option states: `none`, or the name of a field.
    ///
    /// ```
    /// use error_catalog_codegen::import::Namespaces;
    ///
    /// assert_eq!(Namespaces::of("none"), Namespaces::None);
    /// assert_eq!(Namespaces::of("service"), Namespaces::Field("service"));
    /// ```
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        match text {
            "none" => Self::None,
            name => Self::Field(name),
        }
    }
}

/// Fields that may have another value in each of several rows with the same code, and name no part of an API. Only the
/// caller can choose them.
const NO_PARTS: [&str; 12] = [
    "http method",
    "http status",
    "lang",
    "language",
    "level",
    "line",
    "locale",
    "method",
    "priority",
    "severity",
    "source",
    "version",
];

/// A field whose values are namespaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Division {
    Type,
    /// The custom key that has the field.
    Custom(String),
}

impl Division {
    /// The name of the field.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Type => "type",
            Self::Custom(key) => key.strip_prefix("x-").unwrap_or(key),
        }
    }

    fn value<'r>(&self, row: &'r Row) -> Option<Cow<'r, str>> {
        let value = match self {
            Self::Type => return row.error_type.as_deref().map(Cow::Borrowed),
            Self::Custom(key) => row.extensions.get(key)?,
        };
        match value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// The namespace of a row; missing if it has none.
    fn namespace(&self, row: &Row) -> Option<String> {
        let value = clean(self.value(row)?.trim());
        let is_address = value.starts_with('/') || value.contains("://");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let name = if value.chars().all(is_plain) {
            value.trim_matches(['.', '-', '_']).to_owned()
        } else {
            value.to_snake_case()
        };
        let is_sound =
            name.len() < MAX_PREFIX_BYTES && wire_fault(&name, Span::default()).is_none();
        (is_sound && !is_address).then_some(name)
    }
}

/// The fields that rows have, each once, the type last.
fn fields<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<Division> {
    let mut seen: UnordMap<&str, ()> = UnordMap::default();
    let mut found = Vec::new();
    let mut has_type = false;
    for row in rows {
        has_type |= row.error_type.is_some();
        for key in row.extensions.keys() {
            if seen.insert(key, ()).is_none() {
                found.push(Division::Custom(key.clone()));
            }
        }
    }
    found.extend(has_type.then_some(Division::Type));
    found
}

/// The field that a caller names.
pub(super) fn named(rows: &[(usize, Row)], name: &str) -> Result<Division, OptionsError> {
    let known = fields(rows.iter().map(|(_, row)| row));
    let words = fields::words(name);
    let mut found = known.iter();
    let found = found.find(|field| fields::words(field.name()) == words);
    found.cloned().ok_or_else(|| OptionsError::Namespace {
        name: name.to_owned(),
        known: known.iter().map(|field| field.name().to_owned()).collect(),
    })
}

/// The field that tells most of the refused rows from the others with their codes.
pub(super) fn choose(kept: &[(usize, Row)], refused: &[Refused]) -> Option<Division> {
    let known = fields(refused.iter().map(|refused| &refused.row)).into_iter();
    let known = known.filter(|field| !NO_PARTS.contains(&&*fields::words(field.name())));
    let left = known.filter_map(|field| Some((left(&field, kept, refused)?, field)));
    let (left, field) = left.min_by_key(|(left, _)| *left)?;
    (left * 2 <= refused.len()).then_some(field)
}

/// How many rows would still be refused; nothing if the field does not divide the list.
fn left(field: &Division, kept: &[(usize, Row)], refused: &[Refused]) -> Option<usize> {
    let all = kept.iter().map(|(_, row)| row);
    let all = all.chain(refused.iter().map(|refused| &refused.row));
    let divided: Vec<_> = all
        .filter_map(|row| Some((field.namespace(row)?, row)))
        .collect();
    let mut names: UnordMap<&str, ()> = UnordMap::default();
    let new = divided
        .iter()
        .filter(|(name, _)| names.insert(name, ()).is_none());
    // A field with another value in each row names the error, and not its place.
    let values = new.count();
    if values < 2 || values * 2 > divided.len() + 1 {
        return None;
    }
    let key = |name: &str, row: &Row| format!("{name}\0{}", row.code.wire());
    let mut first: UnordMap<String, &Row> = UnordMap::default();
    for (_, row) in kept {
        if let Some(name) = field.namespace(row) {
            first.insert(key(&name, row), row);
        }
    }
    let mut left = 0;
    for Refused { row, first: at, .. } in refused {
        let is_outside = field.namespace(&kept[*at].1).is_none();
        let Some(name) = field.namespace(row).filter(|_| !is_outside) else {
            left += 1;
            continue;
        };
        match first.get(&key(&name, row)) {
            Some(known) => left += usize::from(!is_united(known, row)),
            None => drop(first.insert(key(&name, row), row)),
        }
    }
    Some(left)
}

/// Puts the rows into the namespaces of a field, and removes and returns those that cannot stay outside of them.
pub(super) fn divide(rows: &mut Vec<(usize, Row)>, field: &Division) -> Vec<Finding> {
    let mut sent: UnordMap<String, ()> = UnordMap::default();
    let mut wires: UnordMap<String, ()> = UnordMap::default();
    for (_, row) in &mut *rows {
        row.namespace = field.namespace(row);
        if row.namespace.is_some() {
            sent.insert(row.code.wire(), ());
            wires.insert(row.wire(), ());
        }
    }
    let mut lost = Vec::new();
    rows.retain_mut(|(_, row)| {
        let Some(name) = &row.namespace else {
            let wire = row.code.wire();
            let is_sent = sent.get(&wire).is_some();
            if is_sent {
                let message = format!(
                    "the code `{wire}` is also one of a namespace, and the row has no `{}` that can be one",
                    field.name()
                );
                lost.push(Finding::new(&row.place, message));
            }
            return !is_sent;
        };
        let deprecated = row.stated.get_mut("deprecated");
        if let Some(Value::String(other)) = deprecated.and_then(|value| value.get_mut("use")) {
            let wire = format!("{name}.{other}");
            if wires.get(&wire).is_some() {
                *other = wire;
            }
        }
        true
    });
    lost
}

/// The groups that are the namespaces, by their names. Their titles have the values of the field, which leave the rows.
pub(super) fn groups(rows: &mut [Row], field: &Division) -> Vec<(String, Vec<Item>)> {
    let mut seen: UnordMap<String, ()> = UnordMap::default();
    let mut groups = Vec::new();
    for row in rows {
        let Some(name) = row.namespace.clone() else {
            continue;
        };
        row.stated.insert("group".to_owned(), name.as_str().into());
        if seen.insert(name.clone(), ()).is_none() {
            let value = field.value(row).unwrap_or_default();
            let title = clean(
                value
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .as_str(),
            );
            let title = (title != name).then(|| Item::member("title", title));
            let mut items = Vec::from_iter(title);
            items.push(Item::member("prefix", format!("{name}.")));
            items.push(Item::member("namespace", true));
            groups.push((name, items));
        }
        if let Division::Custom(key) = field {
            row.extensions.shift_remove(key);
        }
    }
    groups
}

/// The constants of rows, each told from the same one of another namespace. A number in a namespace has the words of its
/// text, like a number without one.
pub(super) fn constants(rows: &[Row]) -> Vec<Option<Cow<'_, str>>> {
    let mut times: UnordMap<&str, usize> = UnordMap::default();
    for constant in rows.iter().filter_map(|row| row.constant.as_deref()) {
        *times.get_or_default(constant) += 1;
    }
    let constants = rows.iter().map(|row| {
        let own = row.constant.as_deref();
        let is_shared = own
            .and_then(|own| times.get(own))
            .is_some_and(|times| *times > 1);
        let in_namespace = |name: String| {
            let namespace = row.namespace.as_ref()?.to_upper_camel_case();
            (!name.is_empty()).then(|| Cow::Owned(namespace + &name))
        };
        match (own, &row.code) {
            (Some(own), _) if is_shared => {
                in_namespace(names::of_constant(own)).or(Some(Cow::Borrowed(own)))
            }
            (Some(own), _) => Some(Cow::Borrowed(own)),
            (None, Code::Number(_)) => {
                let text = row.message.as_deref().or(row.meaning.as_deref());
                in_namespace(names::of_text(text?))
            }
            (None, Code::Text(_)) => None,
        }
    });
    constants.collect()
}
