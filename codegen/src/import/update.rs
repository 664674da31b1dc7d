//! A new version of a list: what the list changed since the last import is changed in the catalog, and nothing else.
//!
//! Three catalogs are merged by code and key: the last import, the draft of the new list, and the catalog. All of them are
//! data here, so a new key of the language needs no code. Only what depends on other entries of a draft has code of its
//! own: the type, the status and the retry rule of a code.

mod allow;
mod codes;
mod keys;
mod last;
mod merger;
mod operations;
mod places;
mod plan;
mod side;
mod types;
pub(super) mod value;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::compat::lock::{self, Lock};
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::edit::{self, Change, Refusal};
use crate::rule::Rule;
use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use keys::Keys;
pub use last::LastImport;
use merger::Merger;
use plan::Three;
use side::Side;

/// A catalog with the changes of a list.
#[derive(Clone, Debug)]
pub struct Update {
    /// The changed files, with their texts.
    pub texts: Vec<(SourceId, String)>,
    /// The changed codes with their changed keys, in the order of the list.
    pub changed: Vec<(String, Vec<String>)>,
    /// The new codes, in the order of the list.
    pub added: Vec<String>,
    /// The released codes that are not in the list anymore: they are deprecated, and need a note.
    pub deprecated: Vec<String>,
    /// The unreleased codes that are not in the list anymore. They are not changed.
    pub unreleased: Vec<String>,
    /// The values that a person changed, and the list did not.
    pub kept: usize,
    /// What was not changed, although the list changed.
    pub conflicts: Vec<Conflict>,
    /// Parts that need a review, one sentence each without a final full stop.
    pub notes: Vec<String>,
    /// The rules that changed and new codes break, which are now allowed for so many of them.
    pub allowed: Vec<(Rule, usize)>,
    /// The findings of the changed catalog.
    pub diagnostics: Vec<Diagnostic>,
}

/// A value that the list changed, and that is not changed in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The keys from the section downwards, such as `codes`, `no_such_pet`, `message`.
    pub path: Vec<String>,
    /// The value of the last import as JSON; missing for none.
    pub base: Option<String>,
    /// The value of the list.
    pub theirs: Option<String>,
    /// The value of the catalog.
    pub ours: Option<String>,
    /// Why it is not changed.
    pub why: Why,
    /// Its place in the catalog: that of the key, else of the entry, else the start of the file.
    pub place: Span,
}

/// Why a value is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A person changed it too.
    BothChanged,
    /// A person removed the entry.
    Removed,
    /// The code is retired.
    Retired,
    /// The code is in the list again, and deprecated in the catalog.
    Returned,
    /// It is a name in Rust or of a page, which clients use.
    Name,
    /// The change would remove a comment, or has no place.
    Comment,
}

/// Why a catalog is not updated.
#[derive(Clone, Debug)]
pub enum NotUpdated {
    /// Something is wrong with it, or with its lock.
    Findings(Vec<Diagnostic>),
    /// The new list has no code of the last import: it is another list.
    OtherList,
    /// The result would differ, which is a bug in this library.
    Fault,
}

/// Merges the draft of a new list into a catalog.
///
/// # Errors
///
/// Fails if the catalog has errors, or the list has nothing in common with the last import.
///
/// ```
/// use error_catalog_codegen::import::{Input, LastImport, Options, import, update};
/// use error_catalog_codegen::{Inputs, Source};
///
/// let options = Options { name: "pets", crate_name: None, error_type: None, schema: "catalog.schema.json", placeholders: None, namespaces: None };
/// let draft = |meaning: &str| {
///     let row = format!(r#"{{"code": "a", "http_status": 404, "meaning": "{meaning}", "fix": "Look"}}"#);
///     import(Input::Rows(&row), options).unwrap().catalog.unwrap()
/// };
/// let last = LastImport::new("pets.jsonl", Vec::new(), &draft("Lost")).unwrap();
/// let by_hand = draft("Lost").replace("fix: Look", "fix: Search");
/// let inputs = Inputs::new(Source::new("catalog.yaml", by_hand.into_bytes()));
/// let update = update(&inputs, &last, &draft("Gone")).unwrap();
/// let (_, text) = &update.texts[0];
/// assert!(text.contains("meaning: Gone\n    fix: Search\n"));
/// assert_eq!((update.kept, update.conflicts.len()), (1, 0));
/// ```
pub fn update(inputs: &Inputs, last: &LastImport, draft: &str) -> Result<Update, NotUpdated> {
    let outcome = compile(inputs);
    let Some(catalog) = outcome.value else {
        return Err(NotUpdated::Findings(outcome.diagnostics));
    };
    let lock = match inputs.lock() {
        None => Lock::default(),
        Some(source) => {
            let (lock, found) = lock::read(inputs.lock_id(), source);
            lock.ok_or(NotUpdated::Findings(found))?
        }
    };
    let fault = |_| NotUpdated::Fault;
    let new = LastImport::new(last.list(), Vec::new(), draft).map_err(fault)?;
    let own = value::whole(inputs.sources()).map_err(fault)?;
    let sides = (Side(last.sections()), Side(new.sections()), Side(&own));
    let mut common = sides.1.entries("codes");
    if !common.any(|(name, _)| sides.0.entry("codes", name).is_some()) {
        return Err(NotUpdated::OtherList);
    }
    let mut merger = Merger::new(sides, &catalog, Keys::of(inputs));
    codes::merge(&mut merger, &lock.codes());
    types::merge(&mut merger);
    types::groups(&mut merger);
    operations::merge(&mut merger);
    types::other_sections(&mut merger);
    let before = (inputs, &outcome.diagnostics[..]);
    finish(before, merger, &own, &edit::comments(draft))
}

/// Makes the planned changes.
fn finish(
    before: (&Inputs, &[Diagnostic]),
    merger: Merger<'_>,
    own: &Map<String, Value>,
    comments: &UnordMap<String, Vec<String>>,
) -> Result<Update, NotUpdated> {
    let inputs = before.0;
    let mut plan = merger.plan;
    let all: Vec<Change> = plan
        .changes
        .iter()
        .map(|(change, _)| change.clone())
        .collect();
    let applied = edit::apply(inputs, &all, comments).map_err(refused)?;
    let mut expected = own.clone();
    let mut changed = Vec::new();
    let planned = std::mem::take(&mut plan.changes);
    for (position, (change, three)) in planned.into_iter().enumerate() {
        if applied.refused.binary_search(&position).is_ok() {
            plan.conflicts.push((three, Why::Comment));
            continue;
        }
        value::apply(&mut expected, &change);
        if !matches!(change, Change::Insert { .. }) {
            note(&mut changed, &three.path);
        }
    }
    let mut after = inputs.clone();
    for (id, text) in applied.texts {
        after = after.with_text(id, text);
    }
    if value::whole(after.sources()).as_ref() != Ok(&expected) {
        return Err(NotUpdated::Fault);
    }
    let mut notes = merger.notes;
    let is_refused = |name: &String| {
        expected
            .get("codes")
            .and_then(|codes| codes.get(name))
            .is_none()
    };
    let mut added = merger.added;
    added.retain(|name| !is_refused(name));
    for name in &added {
        let keys = expected["codes"][name].as_object().into_iter().flatten();
        for (key, _) in keys {
            let above = comments.get(&format!("codes\0{name}\0{key}"));
            let tasks = above.into_iter().flatten();
            notes.extend(
                tasks.map(|task| format!("`{name}`: {}", task.trim_start_matches(['#', ' ']))),
            );
        }
    }
    let touched = changed.iter().map(|(name, _): &(String, Vec<String>)| name);
    let touched: BTreeSet<&str> = touched.chain(&added).map(String::as_str).collect();
    let conflicts = plan.conflicts;
    let conflicts = conflicts_at(inputs, conflicts);
    let (after, allowed) =
        allow::allow(before, after, &expected, (&touched, &merger.keys)).map_err(refused)?;
    let texts = (0..)
        .map(SourceId)
        .zip(after.sources().iter().zip(inputs.sources()));
    let texts = texts.filter(|(_, (new, old))| new.text() != old.text());
    for (name, _) in &mut changed {
        *name = merger.keys.name(name).to_owned();
    }
    Ok(Update {
        texts: texts
            .map(|(id, (new, _))| (id, new.text().to_owned()))
            .collect(),
        changed,
        added,
        deprecated: merger.deprecated,
        unreleased: merger.unreleased,
        kept: plan.kept,
        conflicts,
        notes,
        allowed,
        diagnostics: compile(&after).diagnostics,
    })
}

fn refused(refusal: Refusal) -> NotUpdated {
    match refusal {
        Refusal::Findings(found) => NotUpdated::Findings(found),
        Refusal::Fault(_) => NotUpdated::Fault,
    }
}

/// Adds a changed key to its code. The changes of a code come one after the other.
fn note(changed: &mut Vec<(String, Vec<String>)>, path: &[String]) {
    let [section, name, key, ..] = path else {
        return;
    };
    if section != "codes" {
        return;
    }
    match changed.last_mut() {
        Some((known, keys)) if known == name => {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        _ => changed.push((name.clone(), vec![key.clone()])),
    }
}

/// The conflicts with their places.
fn conflicts_at(inputs: &Inputs, conflicts: Vec<(Three, Why)>) -> Vec<Conflict> {
    let entries = if conflicts.is_empty() {
        UnordMap::default()
    } else {
        places::entries(inputs)
    };
    let json = |value: Option<Value>| value.map(|value| value.to_string());
    let conflicts = conflicts.into_iter().map(|(three, why)| {
        let Three {
            path,
            base,
            theirs,
            ours,
        } = three;
        let entry = match &path[..] {
            [section, name, ..] => entries.get(&format!("{section}\0{name}")),
            _ => None,
        };
        let key = path.get(2).and_then(|key| entry?.keys.get(key).copied());
        Conflict {
            base: json(base),
            theirs: json(theirs),
            ours: json(ours),
            why,
            place: key.or(entry.map(|entry| entry.key)).unwrap_or_default(),
            path,
        }
    });
    conflicts.collect()
}
