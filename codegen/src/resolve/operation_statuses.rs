//! The statuses of operations, and what all statuses are made of.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{
    Catalog, Code, CodeId, Codeless, OfOperations, Operation, RetryRule, Status, StatusGroup,
    StatusHeader,
};

/// Adds the statuses of operations, when those of the whole API are known.
pub(super) fn add(catalog: &mut Catalog) {
    add_own(catalog);
    let of_operations = catalog.of_operations.iter();
    let of_operations = of_operations.map(|group| empty(group.status, &catalog.retry.statuses));
    let mut groups: Vec<StatusGroup> = of_operations.collect();
    groups.retain(|group| {
        !catalog
            .statuses
            .iter()
            .any(|one| one.status == group.status)
    });
    groups.extend_from_slice(&catalog.statuses);
    groups.sort_by_key(|group| group.status);
    for operation in &mut catalog.operations {
        operation.statuses = statuses_of(operation, &groups, &catalog.codes);
    }
}

/// Adds the codes that operations send with statuses of their own.
fn add_own(catalog: &mut Catalog) {
    for (position, operation) in catalog.operations.iter().enumerate() {
        for own in &operation.own {
            let code = &catalog.codes[own.code.0];
            if own.status == code.status.sent() {
                continue;
            }
            let listed = &mut catalog.types[code.error_type.0].listed;
            if let Err(at) = listed.binary_search(&own.status) {
                listed.insert(at, own.status);
            }
            let groups = &mut catalog.of_operations;
            let at = groups.binary_search_by_key(&own.status, |group| group.status);
            let at = at.unwrap_or_else(|at| {
                let codes = Vec::new();
                let status = own.status;
                groups.insert(at, OfOperations { status, codes });
                at
            });
            groups[at].codes.push((position, own.code));
        }
    }
}

/// A status without errors.
pub(super) fn empty(status: Status, retryable: &[Status]) -> StatusGroup {
    StatusGroup {
        status,
        codes: Vec::new(),
        own: Vec::new(),
        codeless: Vec::new(),
        retryable: retryable.contains(&status),
        retry_after: false,
        always_retry_after: true,
        headers: Vec::new(),
    }
}

/// The statuses of an operation: all statuses, without the codes of other operations.
fn statuses_of(
    operation: &Operation,
    statuses: &[StatusGroup],
    codes: &[Code],
) -> Vec<StatusGroup> {
    let status_of = |id: CodeId| match operation.own(id) {
        Some(own) => own.status,
        None => codes[id.0].status.sent(),
    };
    let groups = statuses.iter().map(|group| {
        let own = operation.codes.iter().copied();
        let own: Vec<CodeId> = own.filter(|id| status_of(*id) == group.status).collect();
        let stated = operation.own.iter();
        let stated = stated.filter(|own| own.status == group.status);
        let codeless = group.codeless.iter();
        let codeless: Vec<Codeless> = codeless
            .filter(|codeless| codeless.of_operations)
            .cloned()
            .collect();
        let promises = |id: &CodeId| codes[id.0].retry == RetryRule::After;
        StatusGroup {
            status: group.status,
            retryable: group.retryable,
            retry_after: own.iter().any(promises),
            always_retry_after: codeless.is_empty() && own.iter().all(promises),
            headers: status_headers(&own, codeless.is_empty(), codes),
            codes: own,
            own: stated.cloned().collect(),
            codeless,
        }
    });
    groups
        .filter(|group| !group.codes.is_empty() || !group.codeless.is_empty())
        .collect()
}

/// The further headers of the errors of a status, by name.
pub(super) fn status_headers(
    own: &[CodeId],
    only_codes: bool,
    codes: &[Code],
) -> Vec<StatusHeader> {
    let mut headers: BTreeMap<&str, (Vec<String>, usize)> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for code in own.iter().map(|id| &codes[id.0]) {
        for header in &code.headers {
            let (values, times) = headers.entry(&header.name).or_default();
            let value = code.header_example(header);
            if known.insert((&header.name, value.clone())) {
                values.push(value);
            }
            *times += 1;
        }
    }
    let headers = headers
        .into_iter()
        .map(|(name, (values, times))| StatusHeader {
            name: name.to_owned(),
            values,
            always: only_codes && times == own.len(),
        });
    headers.collect()
}
