//! Computes the rows and groups of the outputs, in their order.

use std::collections::{BTreeMap, BTreeSet};

use super::inherit::Effective;
use super::operation_statuses::{self, empty, status_headers};
use super::requests;
use crate::catalog::{
    Catalog, Code, CodeId, CodeRow, Codeless, ErrorType, FrameworkError, Group, RetryRule, Section,
    Status, StatusClass, StatusGroup, StatusSet, TypeId, TypeRow,
};
use crate::unord_map::UnordMap;

/// A catalog without its rows and groups, with the data to compute them.
#[derive(Clone)]
pub(crate) struct Parts<'a> {
    pub(crate) catalog: Catalog,
    /// The statuses of omitted codes. No error without code gets these statuses.
    pub(crate) hidden: Vec<(TypeId, Status)>,
    pub(crate) effective: &'a [Effective<'a>],
}

/// Assembles the catalog.
pub(crate) fn assemble(parts: Parts<'_>) -> Catalog {
    let mut catalog = parts.catalog;
    for (position, operation) in catalog.operations.iter().enumerate() {
        for id in &operation.codes {
            catalog.codes[id.0].operations.push(position);
        }
    }
    let parents = catalog.codes.iter().map(|code| code.parent);
    for (position, parent) in parents.collect::<Vec<_>>().into_iter().enumerate() {
        if let Some(parent) = parent {
            catalog.codes[parent.0].children.push(CodeId(position));
        }
    }
    for (position, code) in catalog.codes.iter().enumerate() {
        catalog.types[code.error_type.0]
            .codes
            .push(CodeId(position));
    }
    catalog.statuses = status_groups(
        &mut catalog.types,
        &catalog.codes,
        &parts.hidden,
        &catalog.framework,
        &catalog.retry.statuses,
    );
    operation_statuses::add(&mut catalog);
    catalog.paths = requests::paths(&catalog.operations, &catalog.codes, status_headers);
    catalog.type_rows = type_rows(&catalog.types, &catalog.codes);
    catalog.sections = sections(parts.effective, &catalog.codes);
    catalog
}

/// Each type, followed by its codes whose status is not a status of the type.
fn type_rows(types: &[ErrorType], codes: &[Code]) -> Vec<TypeRow> {
    let mut rows = Vec::with_capacity(types.len());
    for (position, entry) in types.iter().enumerate() {
        rows.push(TypeRow {
            error_type: TypeId(position),
            code: None,
            statuses: entry.statuses.to_string(),
            meaning: entry.summary().to_owned(),
        });
        for id in &entry.codes {
            let code = &codes[id.0];
            let own = code.status.own();
            if let Some(status) = own.filter(|status| !entry.statuses.contains(*status)) {
                rows.push(TypeRow {
                    error_type: TypeId(position),
                    code: Some(*id),
                    statuses: status.to_string(),
                    meaning: match &code.type_row {
                        Some(stated) => stated.clone(),
                        None => code.summary().into_owned(),
                    },
                });
            }
        }
    }
    rows
}

/// The codes by group: first those without a group, then each group with its subgroups, in the order of their first
/// codes.
fn sections(effective: &[Effective<'_>], codes: &[Code]) -> Vec<Section> {
    let order = group_order(effective, codes);
    let mut sections: Vec<Section> = Vec::new();
    let mut by_group: UnordMap<&[Group], usize> = UnordMap::default();
    for position in &order {
        let path = &codes[*position].group;
        if by_group.get(&path[..]).is_none() {
            by_group.insert(path, sections.len());
            sections.push(Section {
                path: path.iter().map(|group| group.title.clone()).collect(),
                rows: Vec::new(),
            });
        }
    }
    let mut rows: Vec<Option<(usize, usize)>> = vec![None; effective.len()];
    for position in order {
        let section = by_group.get(&codes[position].group[..]).copied();
        let section = section.unwrap_or_default();
        rows[position] = Some((section, sections[section].rows.len()));
        sections[section].rows.push(CodeRow {
            codes: vec![CodeId(position)],
        });
    }
    for (position, code) in effective.iter().enumerate() {
        if !code.shares_row() {
            continue;
        }
        // All codes of the chain share the row, so no chain is followed twice.
        let mut passed = vec![position];
        let mut target = code.base;
        while let Some(base) = target.filter(|base| rows[*base].is_none()) {
            passed.push(base);
            target = effective[base].base;
        }
        let row = target.and_then(|target| rows[target]);
        for member in passed {
            rows[member] = row;
        }
        if let Some((section, row)) = row {
            sections[section].rows[row].codes.push(CodeId(position));
        }
    }
    sections
}

/// The codes that have rows of their own, as the sections list them.
fn group_order(effective: &[Effective<'_>], codes: &[Code]) -> Vec<usize> {
    let mut first: UnordMap<&[Group], usize> = UnordMap::default();
    let mut keyed: Vec<(Vec<usize>, usize)> = Vec::with_capacity(effective.len());
    for (position, code) in effective.iter().enumerate() {
        if code.shares_row() {
            continue;
        }
        let path = &codes[position].group;
        let key = (1..=path.len()).map(|depth| {
            let outer = &path[..depth];
            let seen = first.get(outer).copied();
            if seen.is_none() {
                first.insert(outer, position);
            }
            seen.unwrap_or(position)
        });
        keyed.push((key.collect(), position));
    }
    keyed.sort();
    keyed.into_iter().map(|(_, position)| position).collect()
}

/// Whether errors of a type can be retried, if all its statuses agree.
fn retry_of(
    statuses: &StatusSet,
    of_framework: &[Status],
    retryable: &[Status],
) -> Option<RetryRule> {
    let rule = |worth: bool| {
        if worth {
            RetryRule::Backoff
        } else {
            RetryRule::Never
        }
    };
    match statuses {
        StatusSet::None => None,
        StatusSet::List(list) => {
            let all = list.iter().chain(of_framework);
            let mut all = all.map(|status| retryable.contains(status));
            let first = all.next()?;
            all.all(|worth| worth == first).then(|| rule(first))
        }
        StatusSet::Family(class) => {
            let mut worth = retryable.iter();
            let mixed =
                worth.any(|status| status.class() == *class || of_framework.contains(status));
            (!mixed).then(|| rule(false))
        }
    }
}

/// All errors by status. A family contributes its first status, and those that a retry rule names.
fn status_groups(
    types: &mut [ErrorType],
    codes: &[Code],
    hidden: &[(TypeId, Status)],
    framework: &[FrameworkError],
    retryable: &[Status],
) -> Vec<StatusGroup> {
    let mut groups: BTreeMap<Status, StatusGroup> = BTreeMap::new();
    let group = |status: Status| empty(status, retryable);
    for (position, code) in codes.iter().enumerate() {
        let Some(status) = code.status.own() else {
            continue;
        };
        let entry = groups.entry(status).or_insert_with(|| group(status));
        let promised = code.retry == RetryRule::After;
        entry.codes.push(CodeId(position));
        entry.retry_after |= promised;
        entry.always_retry_after &= promised;
    }
    let statuses: UnordMap<&str, Status> = codes
        .iter()
        .filter_map(|code| Some((code.names.wire.as_str(), code.status.own()?)))
        .collect();
    let hidden: BTreeSet<(usize, Status)> = hidden
        .iter()
        .map(|(error_type, status)| (error_type.0, *status))
        .collect();
    for (position, entry) in types.iter_mut().enumerate() {
        let own = |id: &CodeId| codes[id.0].status.own();
        let with_code: BTreeSet<Status> = entry.codes.iter().filter_map(own).collect();
        let mut listed: BTreeSet<Status> = match &entry.statuses {
            StatusSet::List(statuses) => statuses.iter().copied().collect(),
            StatusSet::Family(class) => {
                let named = retryable.iter().filter(|status| status.class() == *class);
                named.copied().chain([entry.statuses.default()]).collect()
            }
            StatusSet::None => BTreeSet::new(),
        };
        let is_hidden = |status: &&Status| hidden.contains(&(position, **status));
        let codeless = listed.difference(&with_code);
        for status in codeless.filter(|status| !is_hidden(status)) {
            let group = groups.entry(*status).or_insert_with(|| group(*status));
            add_codeless(group, TypeId(position), &entry.names.wire, None, &statuses);
        }
        let of_type = framework.iter().filter(|error| {
            let without_code = error.code.is_none();
            without_code && error.error_type == TypeId(position)
        });
        let mut of_framework = Vec::new();
        // The entry of a family has no status of its own.
        for (error, sent) in of_type.filter_map(|error| Some((error, error.sent?))) {
            let group = groups.entry(sent).or_insert_with(|| group(sent));
            add_codeless(
                group,
                TypeId(position),
                &entry.names.wire,
                Some(error),
                &statuses,
            );
            of_framework.push(sent);
        }
        listed.extend(with_code);
        entry.listed = listed.into_iter().collect();
        entry.retry = retry_of(&entry.statuses, &of_framework, retryable);
    }
    for group in groups.values_mut() {
        group.headers = status_headers(&group.codes, group.codeless.is_empty(), codes);
    }
    groups.into_values().collect()
}

/// Adds an error without code to its status. The name of its example is unique. `statuses` has the status of each code
/// by its wire name.
fn add_codeless(
    group: &mut StatusGroup,
    error_type: TypeId,
    wire: &str,
    framework: Option<&FrameworkError>,
    statuses: &UnordMap<&str, Status>,
) {
    group.always_retry_after = false;
    let message = framework.and_then(|error| error.message.clone());
    // The errors of a type are added one after another.
    let of_type = group.codeless.iter().rev();
    let mut of_type = of_type.take_while(|other| other.error_type == error_type);
    if of_type.any(|other| other.message == message) {
        // The entry of the framework equals that of the type.
        return;
    }
    let mut example = if statuses.get(&wire) == Some(&group.status) {
        format!("{wire} (type)")
    } else {
        wire.to_owned()
    };
    let mut others = group.codeless.iter();
    if let Some(error) = framework.filter(|_| others.any(|other| other.example == example)) {
        example = if error.sent.map(StatusClass::Status) == Some(error.status) {
            format!("{wire} (framework)")
        } else {
            format!("{wire} ({})", error.status)
        };
    }
    let of_operations = framework.is_none_or(|error| !matches!(error.status, StatusClass::Status(status) if matches!(status.get(), 404 | 405)));
    group.codeless.push(Codeless {
        error_type,
        example,
        message,
        of_operations,
    });
}
