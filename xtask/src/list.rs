//! `list`: the errors of the catalog.

use anyhow::bail;
use codegen::catalog::{Catalog, Code, Codeless, ErrorType, RetryRule, StatusGroup};
use codegen::record::{self, Members};
use serde_json::Value;

use crate::cli::{ListFormat, ListOptions, Paths, StatusFilter};
use crate::status::Status;
use crate::{project, terminal};

/// The columns of an error: a code, or a type with a status for which it has no code.
const ROW: [&str; 11] = [
    "code",
    "type",
    "status",
    "retry",
    "message",
    "param",
    "meaning",
    "fix",
    "since",
    "deprecated",
    "docs",
];
/// The columns of a retired code.
const RETIRED: [&str; 5] = ["code", "since", "use", "reason", "docs"];

/// The members of a record for these columns, in their order; null if the record lacks one.
fn row(keys: &[&str], mut record: Members) -> Members {
    if let Some(name) = record.remove("name") {
        record.insert("code".to_owned(), name);
    }
    let members = keys.iter().map(|key| {
        let value = record.remove(*key).filter(|value| *value != "");
        ((*key).to_owned(), value.unwrap_or_default())
    });
    members.collect()
}

fn of_code(catalog: &Catalog, code: &Code) -> Members {
    let mut record = record::code(catalog, code);
    record["message"] = code.example_message.as_str().into();
    record["status"] = code.status.own().map(codegen::catalog::Status::get).into();
    // Only codes in namespaces have them.
    let sent = ["namespace", "sent"].map(|key| (key.to_owned(), record.get(key).cloned()));
    let mut row = row(&ROW, record);
    row.extend(
        sent.into_iter()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    row
}

fn of_type(entry: &ErrorType, codeless: &Codeless, group: &StatusGroup) -> Members {
    let retry = if group.retryable {
        RetryRule::Backoff
    } else {
        RetryRule::Never
    };
    let message = codeless.message.as_ref();
    let members = [
        ("type", entry.names.wire.as_str().into()),
        ("status", group.status.get().into()),
        ("retry", retry.as_str().into()),
        ("message", message.unwrap_or(&entry.message).as_str().into()),
        // A message of the framework is its meaning too.
        ("meaning", message.unwrap_or(&entry.meaning).as_str().into()),
    ];
    let members = members.map(|(key, value): (&str, Value)| (key.to_owned(), value));
    row(&ROW, members.into_iter().collect())
}

pub(crate) fn run(paths: &Paths, options: &ListOptions) -> anyhow::Result<Status> {
    let (inputs, outcome) = project::compile(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return Ok(Status::Failed);
    };
    if let Some(name) = &options.error_type {
        let names = || catalog.types.iter().map(|entry| entry.names.wire.as_str());
        if !names().any(|known| known == name) {
            let known: Vec<&str> = names().collect();
            bail!("unknown type `{name}`; the types are: {}", known.join(", "));
        }
    }
    if options.retired {
        let rows = catalog.retired.iter();
        let rows = rows.map(|code| row(&RETIRED, record::retired(&catalog, code)));
        print(&rows.collect::<Vec<_>>(), options.format, retired_table)?;
    } else {
        let rows = rows(&catalog).into_iter();
        let rows = rows.filter(|row| wanted(row, options));
        print(&rows.collect::<Vec<_>>(), options.format, table)?;
    }
    Ok(Status::Ok)
}

fn print(
    rows: &[Members],
    format: ListFormat,
    table: fn(&[Members]) -> String,
) -> anyhow::Result<()> {
    match format {
        ListFormat::Table => terminal::print(table(rows))?,
        ListFormat::Json => {
            let json = serde_json::to_string_pretty(rows)?;
            terminal::print(format_args!("{json}\n"))?;
        }
    }
    Ok(())
}

fn rows(catalog: &Catalog) -> Vec<Members> {
    let of_codes = catalog.codes.iter().map(|code| of_code(catalog, code));
    let of_types = catalog.statuses.iter().flat_map(|group| {
        let types = group.codeless.iter();
        types.map(|codeless| of_type(&catalog[codeless.error_type], codeless, group))
    });
    of_codes.chain(of_types).collect()
}

fn wanted(row: &Members, options: &ListOptions) -> bool {
    let own = row["status"].as_u64().unwrap_or_default();
    let status = match options.status {
        None => true,
        Some(StatusFilter::One(status)) => own == u64::from(status),
        Some(StatusFilter::Class(class)) => own / 100 == u64::from(class),
    };
    let error_type = options.error_type.as_deref();
    status
        && error_type.is_none_or(|name| row["type"] == name)
        && (!options.retryable || row["retry"] != RetryRule::Never.as_str())
        && (!options.deprecated || !row["deprecated"].is_null())
}

/// A member on one line; empty if it is null.
fn cell(row: &Members, key: &str) -> String {
    match &row[key] {
        Value::Null => String::new(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    }
}

fn table(rows: &[Members]) -> String {
    let head = ["CODE", "STATUS", "TYPE", "RETRY", "MEANING"].map(str::to_owned);
    let body = rows.iter().map(|row| {
        let mut cells = ["code", "status", "type", "retry", "meaning"].map(|key| cell(row, key));
        if row["code"].is_null() {
            "(no code)".clone_into(&mut cells[0]);
        }
        if row["status"].is_null() {
            "none".clone_into(&mut cells[1]);
        }
        if row["meaning"].is_null() {
            cells[4] = cell(row, "message");
        }
        if !row["deprecated"].is_null() {
            cells[0].push_str(" (deprecated)");
        }
        cells
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}

fn retired_table(rows: &[Members]) -> String {
    let head = ["CODE", "SINCE", "USE", "REASON"].map(str::to_owned);
    let body = rows.iter();
    let body = body.map(|row| ["code", "since", "use", "reason"].map(|key| cell(row, key)));
    let lines: Vec<[String; 4]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}
