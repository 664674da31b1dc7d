//! Explains what lists codes: statuses, families, operations, sets, groups and arguments.

use std::fmt::{self, Write as _};

use codegen::catalog::{Catalog, Code, CodeId, CodeSet, Operation, OwnError, Status, StatusGroup};

/// Explains every list with this name.
pub(super) fn explain(catalog: &Catalog, name: &str, out: &mut String) -> fmt::Result {
    if let Some(status) = name.parse().ok().and_then(Status::new) {
        explain_status(catalog, status, out)?;
    }
    if let Some(class) = class(name) {
        explain_family(catalog, class, out)?;
    }
    for operation in &catalog.operations {
        let request = operation.request();
        let names = [&operation.id, &operation.error, &operation.path, &request];
        if names.iter().any(|known| *known == name) {
            explain_operation(catalog, operation, out)?;
        }
    }
    let set = name.strip_prefix('@').unwrap_or(name);
    for set in catalog.sets.iter().filter(|known| known.name == set) {
        explain_set(catalog, set, out)?;
    }
    for group in catalog.groups.iter().filter(|group| *group == name) {
        let codes = catalog.codes.iter();
        let codes = codes.filter(|code| code.group.iter().any(|of| of.name == *group));
        begin("group", group, out)?;
        list("codes", &codes.map(described).collect::<Vec<_>>(), out)?;
    }
    explain_argument(catalog, name, out)
}

/// The names that can be explained.
pub(super) fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let operations = catalog.operations.iter();
    let operations = operations.flat_map(|operation| [&operation.id, &operation.error]);
    let sets = catalog.sets.iter().map(|set| &set.name);
    let names = operations.chain(sets).chain(&catalog.groups);
    names.map(String::as_str)
}

/// The class of `4xx` and `5xx`.
fn class(name: &str) -> Option<u8> {
    match name.to_ascii_lowercase().as_str() {
        "4xx" => Some(4),
        "5xx" => Some(5),
        _ => None,
    }
}

pub(super) fn begin(label: &str, name: impl fmt::Display, out: &mut String) -> fmt::Result {
    if !out.is_empty() {
        out.push('\n');
    }
    writeln!(out, "{label:<8} {name}")
}

/// A line for each item; the first has the label.
pub(super) fn list(label: &str, items: &[String], out: &mut String) -> fmt::Result {
    if items.is_empty() {
        return writeln!(out, "{label:<8} none");
    }
    for (position, item) in items.iter().enumerate() {
        let label = if position == 0 { label } else { "" };
        writeln!(out, "{label:<8} {item}")?;
    }
    Ok(())
}

/// A code with its meaning, or its message if it has none.
fn described(code: &Code) -> String {
    let wire = &code.names.wire;
    let text = [&code.meaning, &code.example_message];
    match text.into_iter().find(|text| !text.is_empty()) {
        Some(text) => format!("{wire}: {text}"),
        None => wire.clone(),
    }
}

fn wires(catalog: &Catalog, codes: &[CodeId]) -> String {
    let codes = codes.iter().map(|id| catalog[*id].names.wire.as_str());
    codes.collect::<Vec<_>>().join(", ")
}

fn explain_status(catalog: &Catalog, status: Status, out: &mut String) -> fmt::Result {
    let reason = status.reason().unwrap_or_default();
    begin("status", format_args!("{status} {reason}"), out)?;
    let Some(group) = group_of(&catalog.statuses, status) else {
        let sent = of_operations(catalog, status);
        if !sent.is_empty() {
            return list("codes", &sent, out);
        }
        return writeln!(
            out,
            "codes    none: no error of the catalog has this status"
        );
    };
    let codes = group.codes.iter().map(|id| &catalog[*id]);
    let of_codes = codes.clone().map(|code| code.retry.is_retryable());
    let codeless = group.codeless.iter();
    let retryable: Vec<bool> = of_codes
        .chain(codeless.clone().map(|_| group.retryable))
        .collect();
    let retry = match (retryable.contains(&true), retryable.contains(&false)) {
        (true, true) => "depends on the code",
        (true, false) => "retryable",
        (false, _) => "not retryable",
    };
    writeln!(out, "retry    {retry}")?;
    list("codes", &codes.map(described).collect::<Vec<_>>(), out)?;
    let codeless = codeless.map(|codeless| {
        let error_type = &catalog[codeless.error_type];
        let message = codeless.message.as_ref().unwrap_or(&error_type.message);
        format!("{}: {message}", error_type.names.wire)
    });
    let codeless: Vec<_> = codeless.collect();
    if !codeless.is_empty() {
        list("no code", &codeless, out)?;
    }
    let sent = of_operations(catalog, status);
    if !sent.is_empty() {
        list("also", &sent, out)?;
    }
    let operations = catalog.operations.iter();
    let operations = operations.filter(|operation| {
        let own = group_of(&operation.statuses, status);
        own.is_some_and(|own| !own.codes.is_empty())
    });
    let operations: Vec<_> = operations.map(Operation::distinct_request).collect();
    if !operations.is_empty() {
        writeln!(out, "from     {}", operations.join(", "))?;
    }
    Ok(())
}

/// The codes that operations send with a status that is not theirs.
fn of_operations(catalog: &Catalog, status: Status) -> Vec<String> {
    let groups = catalog.of_operations.iter();
    let groups = groups.filter(|group| group.status == status);
    let codes = groups.flat_map(|group| &group.codes);
    let codes = codes.map(|(position, id)| {
        let request = catalog.operations[*position].distinct_request();
        format!("{} from {request}", catalog[*id].names.wire)
    });
    codes.collect()
}

fn group_of(groups: &[StatusGroup], status: Status) -> Option<&StatusGroup> {
    groups.iter().find(|group| group.status == status)
}

fn explain_family(catalog: &Catalog, class: u8, out: &mut String) -> fmt::Result {
    begin("status", format_args!("{class}xx"), out)?;
    let groups = catalog.statuses.iter();
    let groups = groups.filter(|group| group.status.class() == class);
    list(
        "errors",
        &groups
            .map(|group| errors(catalog, group))
            .collect::<Vec<_>>(),
        out,
    )
}

/// A status with its codes, and the types that have errors without code.
fn errors(catalog: &Catalog, group: &StatusGroup) -> String {
    let mut names = Vec::new();
    if !group.codes.is_empty() {
        names.push(wires(catalog, &group.codes));
    }
    let mut types: Vec<&str> = Vec::new();
    for codeless in &group.codeless {
        let wire = &catalog[codeless.error_type].names.wire;
        if !types.contains(&wire.as_str()) {
            types.push(wire);
        }
    }
    names.extend(types.into_iter().map(|wire| format!("{wire} without code")));
    format!("{} {}", group.status, names.join(", "))
}

fn explain_operation(catalog: &Catalog, operation: &Operation, out: &mut String) -> fmt::Result {
    if !out.is_empty() {
        out.push('\n');
    }
    writeln!(out, "operation {}", operation.id)?;
    writeln!(out, "request  {}", operation.request())?;
    if let Some(when) = &operation.when {
        writeln!(out, "when     {when}")?;
    }
    if let Some(summary) = &operation.summary {
        writeln!(out, "summary  {summary}")?;
    }
    let errors = operation
        .statuses
        .iter()
        .map(|group| errors(catalog, group));
    list("errors", &errors.collect::<Vec<_>>(), out)?;
    let stated = operation.own.iter();
    let stated: Vec<String> = stated.map(|own| stated_of(catalog, own)).collect();
    if !stated.is_empty() {
        list("stated", &stated, out)?;
    }
    writeln!(out, "rust     {}", operation.error)
}

/// The request of an operation that fails with a code, with the status that it states.
pub(super) fn sent_by(operation: &Operation, code: CodeId) -> String {
    let request = operation.distinct_request();
    match operation.own(code) {
        Some(own) if own.states_status => format!("{request} with status {}", own.status),
        _ => request,
    }
}

/// A code, with what an operation states of it.
fn stated_of(catalog: &Catalog, own: &OwnError) -> String {
    let mut facts = Vec::new();
    if own.states_status {
        facts.push(format!("status {}", own.status));
    }
    facts.extend(own.meaning.iter().map(|text| format!("meaning: {text}")));
    facts.extend(own.fix.iter().map(|text| format!("fix: {text}")));
    let wire = &catalog[own.code].names.wire;
    format!("{wire}, {}", facts.join("; "))
}

fn explain_set(catalog: &Catalog, set: &CodeSet, out: &mut String) -> fmt::Result {
    begin("set", format_args!("@{}", set.name), out)?;
    let codes = set.codes.iter().map(|id| described(&catalog[*id]));
    list("codes", &codes.collect::<Vec<_>>(), out)
}

fn explain_argument(catalog: &Catalog, name: &str, out: &mut String) -> fmt::Result {
    let codes = catalog.codes.iter().flat_map(|code| {
        let arguments = code.arguments.iter();
        let arguments = arguments.filter(|argument| argument.name == name);
        arguments.map(move |argument| {
            let wire = &code.names.wire;
            let kind = super::kind(argument);
            match argument.meaning.as_str() {
                "" => format!("{wire} ({kind})"),
                meaning => format!("{wire} ({kind}): {meaning}"),
            }
        })
    });
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() {
        return Ok(());
    }
    begin("argument", name, out)?;
    list("codes", &codes, out)
}
