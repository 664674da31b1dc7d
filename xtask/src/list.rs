//! `list`: the errors of the catalog.

use anyhow::bail;
use codegen::catalog::{
    self, Catalog, CodeId, Codeless, ErrorType, Operation, OwnError, RetryRule, Sent, StatusGroup,
};
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

/// A line of the list.
struct Row {
    members: Members,
    /// The statuses with which the error is sent, the usual one first, each with the rule that follows.
    sent: Vec<(Option<u16>, RetryRule)>,
}

/// What operations state of a code.
type Stated<'a> = Vec<(&'a Operation, &'a OwnError)>;

fn of_code(catalog: &Catalog, id: CodeId, stated: &Stated<'_>) -> Row {
    let code = &catalog[id];
    let mut record = record::code(catalog, code);
    record["message"] = code.example_message.as_str().into();
    let status = code.status.own().map(catalog::Status::get);
    record["status"] = status.into();
    // Only codes in namespaces have them.
    let sent = ["namespace", "sent"].map(|key| (key.to_owned(), record.get(key).cloned()));
    let mut members = row(&ROW, record);
    members.extend(
        sent.into_iter()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    let mut sent = vec![(status, code.retry)];
    for (_, own) in stated {
        let one = (Some(own.status.get()), own.retry);
        if !sent.contains(&one) {
            sent.push(one);
        }
    }
    if !stated.is_empty() {
        let own = stated.iter();
        let own = own.map(|(operation, own)| of_operation(operation, code, own));
        members.insert("own".to_owned(), own.collect());
    }
    Row { members, sent }
}

/// A code as an operation sends it.
fn of_operation(operation: &Operation, code: &catalog::Code, own: &OwnError) -> Value {
    let sent = Sent {
        code,
        own: Some(own),
    };
    serde_json::json!({
        "operation": operation.id,
        "status": sent.status().get(),
        "retry": sent.retry().as_str(),
        "meaning": sent.meaning(),
        "fix": sent.fix(),
    })
}

fn of_type(entry: &ErrorType, codeless: &Codeless, group: &StatusGroup) -> Row {
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
    Row {
        members: row(&ROW, members.into_iter().collect()),
        sent: vec![(Some(group.status.get()), retry)],
    }
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
        let rows = rows.map(|code| Row {
            members: row(&RETIRED, record::retired(&catalog, code)),
            sent: Vec::new(),
        });
        print(&rows.collect::<Vec<_>>(), options.format, retired_table)?;
    } else {
        let rows = rows(&catalog).into_iter();
        let rows = rows.filter(|row| wanted(row, options));
        print(&rows.collect::<Vec<_>>(), options.format, table)?;
    }
    Ok(Status::Ok)
}

fn print(rows: &[Row], format: ListFormat, table: fn(&[Row]) -> String) -> anyhow::Result<()> {
    match format {
        ListFormat::Table => terminal::print(table(rows))?,
        ListFormat::Json => {
            let rows: Vec<&Members> = rows.iter().map(|row| &row.members).collect();
            let json = serde_json::to_string_pretty(&rows)?;
            terminal::print(format_args!("{json}\n"))?;
        }
    }
    Ok(())
}

fn rows(catalog: &Catalog) -> Vec<Row> {
    let mut stated: Vec<Stated<'_>> = vec![Vec::new(); catalog.codes.len()];
    for (operation, own) in catalog.own_errors() {
        stated[own.code.index()].push((operation, own));
    }
    let of_codes = CodeId::all(catalog.codes.len());
    let of_codes = of_codes.map(|id| of_code(catalog, id, &stated[id.index()]));
    let of_types = catalog.statuses.iter().flat_map(|group| {
        let types = group.codeless.iter();
        types.map(|codeless| of_type(&catalog[codeless.error_type], codeless, group))
    });
    of_codes.chain(of_types).collect()
}

fn wanted(row: &Row, options: &ListOptions) -> bool {
    let has = |status: Option<u16>| match (options.status, status) {
        (None, _) => true,
        (Some(StatusFilter::One(wanted)), status) => status == Some(wanted),
        (Some(StatusFilter::Class(class)), status) => {
            status.is_some_and(|status| status / 100 == u16::from(class))
        }
    };
    let mut sent = row.sent.iter();
    let is_sent =
        sent.any(|(status, retry)| has(*status) && (!options.retryable || retry.is_retryable()));
    let error_type = options.error_type.as_deref();
    is_sent
        && error_type.is_none_or(|name| row.members["type"] == name)
        && (!options.deprecated || !row.members["deprecated"].is_null())
}

/// A member on one line; empty if it is null.
fn cell(row: &Row, key: &str) -> String {
    match &row.members[key] {
        Value::Null => String::new(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    }
}

/// A cell with what is sent with each status; once if it is the same with all of them.
fn cell_of_statuses(row: &Row, of: impl Fn(&(Option<u16>, RetryRule)) -> String) -> String {
    let mut values: Vec<String> = row.sent.iter().map(of).collect();
    if values.iter().all(|value| *value == values[0]) {
        values.truncate(1);
    }
    values.join(" / ")
}

fn table(rows: &[Row]) -> String {
    let head = ["CODE", "STATUS", "TYPE", "RETRY", "MEANING"].map(str::to_owned);
    let body = rows.iter().map(|row| {
        let members = &row.members;
        let status = cell_of_statuses(row, |(status, _)| {
            status.map_or_else(|| "none".to_owned(), |status| status.to_string())
        });
        let retry = cell_of_statuses(row, |(_, retry)| retry.as_str().to_owned());
        let mut code = cell(row, "code");
        if members["code"].is_null() {
            "(no code)".clone_into(&mut code);
        }
        if !members["deprecated"].is_null() {
            code.push_str(" (deprecated)");
        }
        let meaning = if members["meaning"].is_null() {
            "message"
        } else {
            "meaning"
        };
        let meaning = cell(row, meaning);
        [code, status, cell(row, "type"), retry, meaning]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}

fn retired_table(rows: &[Row]) -> String {
    let head = ["CODE", "SINCE", "USE", "REASON"].map(str::to_owned);
    let body = rows.iter();
    let body = body.map(|row| ["code", "since", "use", "reason"].map(|key| cell(row, key)));
    let lines: Vec<[String; 4]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}
