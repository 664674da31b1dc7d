//! The rows and groups that outputs list, put in order once.

use std::collections::{BTreeMap, HashMap};

use super::inherit::Effective;
use super::optional;
use crate::catalog::{
    Api, Catalog, Code, CodeId, CodeRow, Envelope, ErrorType, Prose, Retry, RetryRule, Section,
    Status, StatusGroup, StatusSet, TypeId, TypeRow,
};

/// What the other steps resolved.
pub(crate) struct Parts<'a> {
    pub(crate) api: Api,
    pub(crate) envelope: Envelope,
    pub(crate) error_ids: Prose,
    pub(crate) retry: Retry,
    pub(crate) types: Vec<ErrorType>,
    pub(crate) codes: Vec<Code>,
    pub(crate) effective: &'a [Effective<'a>],
}

/// Puts the catalog together.
pub(crate) fn assemble(parts: Parts<'_>) -> Catalog {
    let Parts {
        api,
        envelope,
        error_ids,
        retry,
        mut types,
        codes,
        effective,
    } = parts;
    for (position, code) in codes.iter().enumerate() {
        types[code.error_type.0].codes.push(CodeId(position));
    }
    Catalog {
        type_rows: type_rows(&types, &codes),
        sections: sections(effective),
        statuses: status_groups(&types, &codes, &retry.statuses),
        api,
        envelope,
        error_ids,
        retry,
        types,
        codes,
    }
}

/// Each type, and behind it those of its codes whose status is none of the type's.
fn type_rows(types: &[ErrorType], codes: &[Code]) -> Vec<TypeRow> {
    let mut rows = Vec::with_capacity(types.len());
    for (position, entry) in types.iter().enumerate() {
        rows.push(TypeRow {
            error_type: TypeId(position),
            code: None,
            statuses: entry.statuses.to_string(),
            meaning: entry.meaning.clone(),
        });
        for id in &entry.codes {
            let code = &codes[id.0];
            if !entry.statuses.contains(code.status) {
                let meaning = code.type_row.as_ref();
                rows.push(TypeRow {
                    error_type: TypeId(position),
                    code: Some(*id),
                    statuses: code.status.to_string(),
                    meaning: meaning.unwrap_or(&code.meaning).clone(),
                });
            }
        }
    }
    rows
}

/// The codes by group, groups in the order of their first code.
fn sections(effective: &[Effective<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut by_group: HashMap<Option<&str>, usize> = HashMap::new();
    let mut rows: Vec<Option<(usize, usize)>> = vec![None; effective.len()];
    for (position, code) in effective.iter().enumerate() {
        if code.shares_row() {
            continue;
        }
        let group = optional(code.group).map(String::as_str);
        let section = *by_group.entry(group).or_insert_with(|| {
            sections.push(Section {
                title: group.map(str::to_owned),
                rows: Vec::new(),
            });
            sections.len() - 1
        });
        rows[position] = Some((section, sections[section].rows.len()));
        sections[section].rows.push(CodeRow {
            codes: vec![CodeId(position)],
        });
    }
    for (position, code) in effective.iter().enumerate() {
        if !code.shares_row() {
            continue;
        }
        let mut target = code.base;
        while let Some(base) = target.filter(|base| rows[*base].is_none()) {
            target = effective[base].base;
        }
        if let Some((section, row)) = target.and_then(|target| rows[target]) {
            sections[section].rows[row].codes.push(CodeId(position));
            rows[position] = Some((section, row));
        }
    }
    sections
}

/// Everything by status. A family brings its first status and those that a retry rule names.
fn status_groups(types: &[ErrorType], codes: &[Code], retryable: &[Status]) -> Vec<StatusGroup> {
    let mut groups: BTreeMap<Status, StatusGroup> = BTreeMap::new();
    let group = |status: Status| StatusGroup {
        status,
        codes: Vec::new(),
        codeless: Vec::new(),
        retryable: retryable.contains(&status),
        retry_after: false,
    };
    for (position, code) in codes.iter().enumerate() {
        let entry = groups
            .entry(code.status)
            .or_insert_with(|| group(code.status));
        entry.codes.push(CodeId(position));
        entry.retry_after |= code.retry == RetryRule::After;
    }
    for (position, entry) in types.iter().enumerate() {
        let with_code: Vec<Status> = entry.codes.iter().map(|id| codes[id.0].status).collect();
        let listed = match &entry.statuses {
            StatusSet::List(statuses) => statuses.clone(),
            StatusSet::Family(class) => std::iter::once(entry.statuses.default())
                .chain(retryable.iter().copied().filter(|status| {
                    status.class() == *class && *status != entry.statuses.default()
                }))
                .collect(),
        };
        for status in listed {
            if !with_code.contains(&status) {
                let entry = groups.entry(status).or_insert_with(|| group(status));
                entry.codeless.push(TypeId(position));
            }
        }
    }
    groups.into_values().collect()
}
