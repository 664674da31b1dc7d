//! The codes of a draft: each row as a block of keys, in the order of the language.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::message::{self, Message};
use super::model::{Code, Extracted, Finding, Row};
use super::names::{self, Stated};
use super::namespaces;
use super::text::clean_all;
use super::types::{Assigned, NO_STATUS, rust_name};
use super::writer::{Item, members};
use crate::ast::language::{Language, Shape};
use crate::catalog::{RetryRule, Status, StatusSet};

/// The codes, and facts about all of them.
pub(super) struct Codes {
    pub(super) blocks: Vec<(String, Vec<Item>)>,
    /// Whether all codes are numbers in the body.
    pub(super) are_numbers: bool,
    /// The statuses whose codes are all retryable, ascending.
    pub(super) retryable: Vec<Status>,
    /// Whether the body must contain the arguments.
    pub(super) need_details: bool,
}

/// Makes the codes.
pub(super) fn blocks(extracted: &mut Extracted, assigned: &Assigned) -> Codes {
    let mut rows = std::mem::take(&mut extracted.rows);
    let retryable = take_retryable(&mut rows);
    let is_number = |row: &&Row| matches!(row.code, Code::Number(_));
    let numbers = rows.iter().filter(is_number).count();
    let are_numbers = numbers == rows.len();
    let constants = namespaces::constants(&rows);
    let names = rows.iter().zip(&constants);
    let names: Vec<_> = names
        .map(|(row, constant)| names::Entry {
            wire: row.wire(),
            constant: constant.as_deref(),
            text: row.message.as_deref().or(row.meaning.as_deref()),
        })
        .collect();
    let variants = names::variants(&names);
    let slugs = names::slugs(rows.iter().map(Row::wire));
    let mut codes = Codes {
        blocks: Vec::with_capacity(rows.len()),
        are_numbers,
        retryable,
        need_details: extracted.api.details,
    };
    let language = Language::new();
    let all = rows.into_iter().zip(variants).zip(slugs);
    for (((mut row, rust), slug), of_row) in all.zip(&assigned.of_rows) {
        let mut undecided = std::mem::take(&mut row.undecided);
        for (key, value) in &mut row.stated {
            clean_all(value, key, &mut undecided);
        }
        for (key, value) in &mut row.ids {
            clean_all(value, key, &mut undecided);
        }
        if !are_numbers && matches!(row.code, Code::Number(_)) {
            let what = "the code is a number and others are texts: in the catalog all are texts";
            undecided.push(what.to_owned());
        }
        let entry = &assigned.types[of_row.index];
        let mut items = Vec::new();
        // The task is noted at the type.
        if !of_row.is_stated {
            undecided.push("the source has no type: review the chosen one".to_owned());
        }
        items.push(Item::member("type", entry.wire.as_str()));
        items.extend(status(&mut row, entry, &mut undecided));
        let Message {
            items: of_message,
            needs_details,
        } = message::of(&mut row, &mut undecided);
        codes.need_details |= needs_details;
        items.extend(of_message);
        let place = row.place.clone();
        let wire = row.wire();
        items.extend(rest(row, language.code(), rust, slug, &mut undecided));
        codes.blocks.push((wire, items));
        let undecided = undecided.into_iter();
        let findings = undecided.map(|what| Finding::new(&place, what));
        extracted.undecided.extend(findings);
    }
    codes
}

/// Takes the statuses whose codes are all retryable. Their codes do not repeat the retry rule.
fn take_retryable(rows: &mut [Row]) -> Vec<Status> {
    let mut statuses: BTreeMap<Status, bool> = BTreeMap::new();
    let statuses_of = |row: &Row| {
        let own = row.own.iter().filter_map(|own| own.status);
        row.status.into_iter().chain(own).collect::<Vec<_>>()
    };
    for row in &*rows {
        for status in statuses_of(row) {
            *statuses.entry(status).or_insert(true) &= row.retry == Some(RetryRule::Backoff);
        }
    }
    statuses.retain(|_, all| *all);
    for row in rows {
        let mut own = statuses_of(row).into_iter();
        if row.status.is_some() && own.all(|status| statuses.contains_key(&status)) {
            row.retry = None;
        }
    }
    statuses.into_keys().collect()
}

/// The key `status`, unless it is the default of the type.
fn status(row: &mut Row, entry: &super::types::Type, undecided: &mut Vec<String>) -> Vec<Item> {
    if row.says_none {
        let is_of_type = entry.statuses == StatusSet::None;
        let stated = (!is_of_type).then(|| Item::member("status", "none"));
        return Vec::from_iter(stated);
    }
    let default = entry.statuses.default();
    match row.status {
        Some(status) if status == default => Vec::new(),
        Some(status) => vec![Item::member("status", status.get())],
        // The task is noted at the type.
        None if !entry.has_status && row.no_status.is_none() => Vec::new(),
        None => {
            if let Some(value) = row.no_status.take() {
                row.keep("x-http-status", &value);
            }
            undecided.push(format!(
                "the source has no status from 400 to 599: replace {NO_STATUS}, which stands for it"
            ));
            vec![
                Item::todo("the source has no valid status: replace this one"),
                Item::member("status", NO_STATUS),
            ]
        }
    }
}

/// The keys after the message.
fn rest(
    mut row: Row,
    language: Shape<'_>,
    rust: Option<Stated>,
    slug: Option<Stated>,
    undecided: &mut Vec<String>,
) -> Vec<Item> {
    let mut stated = std::mem::take(&mut row.stated);
    for (key, text) in [("meaning", row.meaning.take()), ("fix", row.fix.take())] {
        if let Some(text) = text {
            stated.insert(key.to_owned(), one_line(&mut row, key, &text).into());
        }
    }
    let mut ids: Map<String, Value> = row.ids.drain(..).collect();
    if let Some(Value::Object(more)) = stated.shift_remove("ids") {
        ids.extend(more);
    }
    if !ids.is_empty() {
        stated.insert("ids".to_owned(), ids.into());
    }
    if let Some(rule) = row.retry.filter(|rule| *rule != RetryRule::Never) {
        stated.insert("retry".to_owned(), rule.as_str().into());
    }
    let mut stated: Vec<(String, Value)> = stated.into_iter().collect();
    stated.sort_by_key(|(key, _)| language.rank(key));
    let stated = stated.into_iter();
    let mut items: Vec<Item> = stated
        .map(|(key, value)| Item::Member(key, value))
        .collect();
    if let Some(rust) = rust {
        if rust.is_proposal {
            undecided.push(format!(
                "`{}` is a proposal for the name in Rust",
                rust.name
            ));
        }
        items.extend(rust_name(&rust));
    }
    if let Some(slug) = slug {
        undecided.push(format!(
            "`{}` is a proposal for the name of the page",
            slug.name
        ));
        items.push(Item::todo(
            "another code has the page that follows from the name: choose one",
        ));
        items.push(Item::member("slug", slug.name));
    }
    items.extend(members(row.extensions));
    items
}

/// The text in one line. The original of paragraphs and lists is kept.
pub(super) fn one_line(row: &mut Row, key: &str, text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_paragraphs = text.trim().lines().skip(1).any(|line| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with(['-', '*', '#', '`'])
    });
    if has_paragraphs {
        row.keep(&format!("x-{key}"), &text.into());
    }
    line
}
