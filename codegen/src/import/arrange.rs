//! Brings the keys of a draft into the order of the language, as a formatted catalog has them.

use serde_json::{Map, Value};

use super::writer::{Draft, Item};
use crate::ast::language::{Language, Shape};

/// Arranges the sections and the codes of a draft.
pub(super) fn arrange(draft: &mut Draft, language: &Language) {
    arrange_items(&mut draft.sections, language.root());
    for (_, items) in &mut draft.codes {
        arrange_items(items, language.code());
    }
}

fn arrange_items(items: &mut Vec<Item>, shape: Shape<'_>) {
    for item in &mut *items {
        match item {
            Item::Note(_) => {}
            Item::Member(key, value) => arrange_value(value, shape.under(key)),
            Item::Block(key, items) => arrange_items(items, shape.under(key)),
        }
    }
    let rank = |item: &Item| match item {
        Item::Note(_) => None,
        Item::Member(key, _) | Item::Block(key, _) => Some(shape.rank(key)),
    };
    if items.iter().filter_map(rank).is_sorted() {
        return;
    }
    // The notes above a key move with it.
    let mut parts: Vec<(usize, Vec<Item>)> = Vec::new();
    let mut part = Vec::new();
    for item in items.drain(..) {
        let rank = rank(&item);
        part.push(item);
        if let Some(rank) = rank {
            parts.push((rank, std::mem::take(&mut part)));
        }
    }
    parts.sort_by_key(|(rank, _)| *rank);
    items.extend(parts.into_iter().flat_map(|(_, part)| part));
    items.append(&mut part);
}

fn arrange_value(value: &mut Value, shape: Shape<'_>) {
    match value {
        Value::Array(items) => {
            for item in items {
                arrange_value(item, shape.item());
            }
        }
        Value::Object(members) => {
            for (key, value) in &mut *members {
                arrange_value(value, shape.under(key));
            }
            if !members.keys().map(|key| shape.rank(key)).is_sorted() {
                let mut sorted: Vec<_> = std::mem::take(members).into_iter().collect();
                sorted.sort_by_key(|(key, _)| shape.rank(key));
                *members = Map::from_iter(sorted);
            }
        }
        _ => {}
    }
}
