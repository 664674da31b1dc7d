//! The types of a draft: those of the source, or else one per class of statuses.

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use super::model::{Extracted, Finding, Part, Place, Row};
use super::names::{self, Stated};
use super::text::text;
use super::writer::Item;
use crate::catalog::{Status, StatusSet};
use crate::resolve::names::wire_fault;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The type of codes without a type and a status.
const UNKNOWN: &str = "error";
/// The status of types without one: a catalog requires a status.
pub(super) const NO_STATUS: u64 = 400;

/// A type of the draft.
pub(super) struct Type {
    pub(super) wire: String,
    pub(super) statuses: StatusSet,
    meaning: Option<String>,
    /// Its names in the bodies of styles.
    names: Map<String, Value>,
    /// Whether the source names it.
    is_stated: bool,
    /// Whether its statuses are known.
    pub(super) has_status: bool,
}

/// The type of each row.
pub(super) struct Assigned {
    pub(super) types: Vec<Type>,
    /// By row.
    pub(super) of_rows: Vec<OfRow>,
}

/// The type of a row.
pub(super) struct OfRow {
    pub(super) index: usize,
    /// Whether the source states it.
    pub(super) is_stated: bool,
}

/// Gives each row a type: its own, else the fallback, else the type of its status.
pub(super) fn assign(extracted: &mut Extracted, fallback: Option<&str>) -> Assigned {
    let mut types: Vec<Type> = Vec::new();
    let mut positions: UnordMap<String, usize> = UnordMap::default();
    let facts = std::mem::take(&mut extracted.types);
    for facts in facts {
        if let Some(fault) = wire_fault(&facts.name, Span::default()) {
            let message = format!("a type is left out: {}", fault.message);
            extracted
                .lost
                .push(Finding::new(&Place::Source, message).of(Part::Type));
            continue;
        }
        let index = index_of(&facts.name, true, &mut types, &mut positions);
        let found = &mut types[index];
        if let (None, Some(said)) = (&found.meaning, facts.meaning) {
            let mut notes = Vec::new();
            found.meaning = text(&said.into(), "meaning", &mut notes);
            let place = Place::Path(facts.name);
            let notes = notes.into_iter();
            extracted
                .undecided
                .extend(notes.map(|note| Finding::new(&place, note)));
        }
        if let Some(statuses) = facts.statuses {
            found.statuses = statuses;
            found.has_status = true;
        }
        found.names.extend(facts.names);
    }
    let rows = extracted.rows.iter_mut();
    let of_rows: Vec<_> = rows
        .map(|row| {
            let own = own_type(row);
            let stated = own.as_deref().or(fallback);
            let name = stated.unwrap_or(match row.status.map(Status::class) {
                Some(4) => "client_error",
                Some(_) => "server_error",
                None => UNKNOWN,
            });
            OfRow {
                index: index_of(name, stated.is_some(), &mut types, &mut positions),
                is_stated: stated.is_some(),
            }
        })
        .collect();
    let mut counts: Vec<Vec<(Status, usize)>> = types.iter().map(|_| Vec::new()).collect();
    for (row, of_row) in extracted.rows.iter().zip(&of_rows) {
        let counts = &mut counts[of_row.index];
        let Some(status) = row.status else { continue };
        match counts.iter_mut().find(|(known, _)| *known == status) {
            Some((_, count)) => *count += 1,
            None => counts.push((status, 1)),
        }
    }
    // A code without a status has none of its neighbours.
    for (row, of_row) in extracted.rows.iter().zip(&of_rows) {
        let counts = &mut counts[of_row.index];
        let is_known = types[of_row.index].has_status || !counts.is_empty();
        let is_unknown = row.status.is_none() && !row.says_none;
        let unknown = Status::new(NO_STATUS).filter(|_| is_unknown && is_known);
        if let Some(unknown) =
            unknown.filter(|unknown| counts.iter().all(|(known, _)| known != unknown))
        {
            counts.push((unknown, 0));
        }
    }
    let mut with_none: Vec<Option<bool>> = types.iter().map(|_| None).collect();
    for (row, of_row) in extracted.rows.iter().zip(&of_rows) {
        let all = &mut with_none[of_row.index];
        *all = Some(all.unwrap_or(true) && row.says_none);
    }
    for (entry, has_none) in types.iter_mut().zip(with_none) {
        if has_none == Some(true) && !entry.has_status {
            entry.statuses = StatusSet::None;
        }
    }
    for (entry, mut counts) in types.iter_mut().zip(counts) {
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        entry.admit(counts.into_iter().map(|(status, _)| status));
    }
    Assigned { types, of_rows }
}

/// The type that a row states. An invalid name becomes a custom key.
fn own_type(row: &mut Row) -> Option<String> {
    let name = row.error_type.take()?;
    let name = name.trim();
    if wire_fault(name, Span::default()).is_none() {
        return Some(name.to_owned());
    }
    row.keep("x-type", &name.into());
    // Words are a name with `_` between them.
    let snake = name.to_snake_case();
    let is_words =
        name.contains(char::is_whitespace) && wire_fault(&snake, Span::default()).is_none();
    let undecided = if is_words {
        "the type has blanks: they are `_` in the draft, and `x-type` keeps the original"
    } else {
        "the type is not a valid wire name: it is kept as `x-type`, choose one"
    };
    row.undecided.push(undecided.to_owned());
    is_words.then_some(snake)
}

fn index_of(
    name: &str,
    is_stated: bool,
    types: &mut Vec<Type>,
    positions: &mut UnordMap<String, usize>,
) -> usize {
    if let Some(index) = positions.get(name) {
        types[*index].is_stated |= is_stated;
        return *index;
    }
    positions.insert(name.to_owned(), types.len());
    types.push(Type {
        wire: name.to_owned(),
        statuses: StatusSet::List(Vec::new()),
        meaning: None,
        names: Map::new(),
        is_stated,
        has_status: false,
    });
    types.len() - 1
}

impl Type {
    /// Takes the statuses of the codes, the most frequent one first. A type with statuses of its own gets only those of
    /// another class.
    fn admit(&mut self, of_codes: impl Iterator<Item = Status>) {
        for status in of_codes {
            let class = status.class();
            match &mut self.statuses {
                StatusSet::List(list) if !self.has_status => list.push(status),
                StatusSet::List(list) if list.iter().all(|known| known.class() != class) => {
                    list.push(status);
                }
                StatusSet::Family(family) if *family != class => {
                    let first = Status::new(u64::from(*family) * 100);
                    self.statuses = StatusSet::List(first.into_iter().chain([status]).collect());
                }
                StatusSet::List(_) | StatusSet::Family(_) | StatusSet::None => {}
            }
        }
        match &mut self.statuses {
            StatusSet::List(list) if list.is_empty() => list.extend(Status::new(NO_STATUS)),
            _ => self.has_status = true,
        }
    }

    /// The statuses as the catalog writes them.
    fn status(&self) -> Value {
        match &self.statuses {
            StatusSet::None => "none".into(),
            StatusSet::Family(class) => format!("{class}xx").into(),
            StatusSet::List(list) => match list[..] {
                [one] => one.get().into(),
                _ => list.iter().map(|status| status.get()).collect(),
            },
        }
    }
}

/// The section `types`.
pub(super) fn section(types: Vec<Type>, undecided: &mut Vec<Finding>) -> Item {
    let entries: Vec<_> = types
        .iter()
        .map(|entry| names::Entry {
            wire: entry.wire.clone(),
            constant: None,
            text: None,
        })
        .collect();
    let names = names::variants(&entries);
    let blocks = types.into_iter().zip(names);
    let blocks = blocks.map(|(entry, rust)| block(entry, rust, undecided));
    Item::Block("types".to_owned(), blocks.flatten().collect())
}

fn block(entry: Type, rust: Option<Stated>, undecided: &mut Vec<Finding>) -> Vec<Item> {
    let mut items = Vec::new();
    let place = Place::Path(entry.wire.clone());
    let mut report = |what: &str| undecided.push(Finding::new(&place, what));
    let mut above = Vec::new();
    if !entry.is_stated {
        let what = "the source states no type for these codes: give the type its name";
        above.push(Item::todo(what));
        report("the source states no type for these codes: give the type its name");
    }
    if !entry.has_status {
        items.push(Item::todo("the source has no status: replace this one"));
        report("the source has no status of the type: replace 400");
    }
    items.push(Item::Member("status".to_owned(), entry.status()));
    match &entry.meaning {
        Some(meaning) => items.push(Item::member("meaning", meaning.as_str())),
        None => {
            items.push(Item::member("meaning", "TODO: say what the type means"));
            report("the source does not say what the type means");
        }
    }
    if !entry.names.is_empty() {
        items.push(Item::member("names", entry.names));
    }
    if let Some(rust) = rust {
        items.extend(rust_name(&rust));
    }
    above.push(Item::Block(entry.wire, items));
    above
}

/// The key `rust`, with a task if the name is a proposal.
pub(super) fn rust_name(rust: &Stated) -> impl Iterator<Item = Item> {
    let todo = rust
        .is_proposal
        .then(|| Item::todo("the wire name gives no name in Rust, or that of another: choose one"));
    let name = Item::member("rust", rust.name.as_str());
    todo.into_iter().chain([name])
}
