//! The requests of operations: a method and a path, which several operations can share.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use crate::ast::{Mapping, OperationAst, Spanned};
use crate::catalog::{
    Code, CodeId, Method, Operation, OwnError, PathGroup, Request, Status, StatusGroup,
    StatusHeader,
};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// An operation where the catalog states it.
type Stated<'a> = (&'a Mapping<OperationAst>, &'a Operation);

/// Reports operations that differ in nothing, and conditions without need. A reported operation is missing.
pub(super) fn check(
    entries: &[(String, Mapping<OperationAst>)],
    operations: &[Option<Operation>],
    findings: &mut Findings<'_>,
) {
    let mut requests: BTreeMap<(Method, String), Vec<Stated<'_>>> = BTreeMap::new();
    for ((_, entry), operation) in entries.iter().zip(operations) {
        if let Some(operation) = operation {
            let path = operation.path.split('{').map(after_param);
            let path = path.collect::<Vec<_>>().join("{}");
            let request = requests.entry((operation.method, path)).or_default();
            request.push((entry, operation));
        }
    }
    let are_complete = operations.iter().all(Option::is_some);
    for operations in requests.into_values() {
        match &operations[..] {
            [only] if are_complete => alone(only, findings),
            [_] => {}
            several => shared(several, findings),
        }
    }
}

/// The rest of a path after the name of a parameter.
fn after_param(text: &str) -> &str {
    text.split_once('}').map_or(text, |(_, rest)| rest)
}

/// The condition of an operation, as stated.
fn when<'a>(one: &Stated<'a>) -> Option<&'a Spanned<String>> {
    let own = one.0.value.as_ref()?;
    own.when.as_ref()
}

fn alone(operation: &Stated<'_>, findings: &mut Findings<'_>) {
    if let Some(when) = when(operation) {
        let message = "no other operation has this method and path";
        let finding = Diagnostic::new(Rule::WrongKind, when.key, message);
        findings.push(finding.help("remove `when`, or add the other operations of the request"));
    }
}

fn shared(operations: &[Stated<'_>], findings: &mut Findings<'_>) {
    let [(first, of_first), others @ ..] = operations else {
        return;
    };
    let some = operations.iter().any(|one| when(one).is_some());
    let mut known: UnordMap<&str, Span> = UnordMap::default();
    for (position, one) in operations.iter().enumerate() {
        let (entry, _) = one;
        let Some(field) = when(one) else {
            if some {
                let finding =
                    Diagnostic::new(Rule::MissingField, entry.key, "missing field `when`");
                let other = if position == 0 { others[0].0 } else { first };
                findings.push(
                    finding
                        .related(other.key, "which has the same method and path")
                        .help("add `when:` here: what tells its requests from those of the others"),
                );
            }
            continue;
        };
        let Some(text) = field.value.as_deref() else {
            continue;
        };
        match known.get(text) {
            None => {
                known.insert(text, field.span);
            }
            Some(first) => {
                let message = "two operations have the same method, path and `when`";
                let finding = Diagnostic::new(Rule::DuplicateKey, field.span, message);
                findings.push(
                    finding
                        .related(*first, "first here")
                        .help("write what tells their requests apart, or remove one of the two"),
                );
            }
        }
    }
    for (entry, operation) in others {
        let (message, help) = if !some {
            (
                "two operations have the same method and path",
                "tell their requests apart with `when:` in each, remove one of the two, or give it another path",
            )
        } else if operation.path != of_first.path {
            (
                "the paths of two operations differ in the names of parameters only",
                "write the same names in both paths",
            )
        } else {
            continue;
        };
        findings.push(
            Diagnostic::new(Rule::DuplicateKey, entry.key, message)
                .related(first.key, "first here")
                .help(help),
        );
    }
}

/// The operations by path and method. `headers` makes the headers of errors with codes; they are all errors of a status
/// if the second value is true.
pub(super) fn paths(
    operations: &[Operation],
    codes: &[Code],
    headers: fn(&[CodeId], bool, &[Code]) -> Vec<StatusHeader>,
) -> Vec<PathGroup> {
    let mut paths: Vec<PathGroup> = Vec::new();
    let mut positions: UnordMap<&str, usize> = UnordMap::default();
    for (position, operation) in operations.iter().enumerate() {
        let known = positions.get(&operation.path.as_str()).copied();
        let at = known.unwrap_or(paths.len());
        if known.is_none() {
            positions.insert(&operation.path, at);
            paths.push(PathGroup {
                path: operation.path.clone(),
                requests: Vec::new(),
            });
        }
        let requests = &mut paths[at].requests;
        let mut known = requests.iter_mut();
        match known.find(|request| request.method == operation.method) {
            Some(request) => request.operations.push(position),
            None => requests.push(Request {
                method: operation.method,
                id: operation.id.clone(),
                operations: vec![position],
                statuses: Vec::new(),
            }),
        }
    }
    let ids = operations.iter().map(|operation| operation.id.clone());
    let mut taken: BTreeSet<String> = ids.collect();
    for PathGroup { path, requests } in &mut paths {
        for request in requests.iter_mut().filter(|one| one.only().is_none()) {
            request.id = name(request.method, path, &mut taken);
            let statuses = request.operations.iter();
            let statuses = statuses.flat_map(|position| &operations[*position].statuses);
            request.statuses = union(statuses, codes, headers);
        }
    }
    paths
}

/// A name from a method and a path that is not taken: it stays when operations come and go.
fn name(method: Method, path: &str, taken: &mut BTreeSet<String>) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let method = method.as_str().to_ascii_lowercase();
    let words: Vec<&str> = std::iter::once(method.as_str()).chain(words).collect();
    let stem = words.join("_");
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    let free = names.find(|name| !taken.contains(name)).unwrap_or(stem);
    taken.insert(free.clone());
    free
}

/// Takes what another operation states of its codes. Where one states something and another does not, what the other
/// sends is a variant too.
fn take_own(all: &mut StatusGroup, group: &StatusGroup, codes: &[Code]) {
    let states = |group: &StatusGroup, id: CodeId| group.own.iter().any(|own| own.code == id);
    let alone = |id: CodeId| OwnError {
        code: id,
        status: codes[id.0].status.sent(),
        retry: codes[id.0].retry,
        meaning: None,
        fix: None,
        states_status: false,
    };
    let plain = |of: &StatusGroup, other: &StatusGroup| {
        let ids = of.codes.iter().copied();
        let ids = ids.filter(|id| states(other, *id) && !states(of, *id));
        ids.map(alone).collect::<Vec<_>>()
    };
    let mut own = plain(all, group);
    own.extend(plain(group, all));
    own.extend(group.own.iter().cloned());
    for one in own {
        if !all.own.contains(&one) {
            all.own.push(one);
        }
    }
    all.own.sort_by_key(|own| own.code);
}

/// The errors of several operations by status.
fn union<'a>(
    groups: impl Iterator<Item = &'a StatusGroup>,
    codes: &[Code],
    headers: fn(&[CodeId], bool, &[Code]) -> Vec<StatusHeader>,
) -> Vec<StatusGroup> {
    let mut statuses: BTreeMap<Status, StatusGroup> = BTreeMap::new();
    for group in groups {
        let Some(all) = statuses.get_mut(&group.status) else {
            statuses.insert(group.status, group.clone());
            continue;
        };
        take_own(all, group, codes);
        all.codes.extend_from_slice(&group.codes);
        all.retry_after |= group.retry_after;
        all.always_retry_after &= group.always_retry_after;
        // Errors without code belong to every operation.
    }
    for group in statuses.values_mut() {
        group.codes.sort_unstable();
        group.codes.dedup();
        group.headers = headers(&group.codes, group.codeless.is_empty(), codes);
    }
    statuses.into_values().collect()
}
