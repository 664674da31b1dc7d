//! `list`: the errors of the catalog.

use anyhow::bail;
use codegen::catalog::{
    Catalog, Code, CodeId, Codeless, ErrorType, Retired, RetryRule, StatusGroup,
};
use serde::Serialize;

use crate::cli::{ListFormat, ListOptions, Paths, StatusFilter};
use crate::status::Status;
use crate::{project, terminal};

/// An error of the catalog: a code, or a type that answers with a status and has no code for it.
#[derive(Serialize)]
struct Row<'a> {
    code: Option<&'a str>,
    #[serde(rename = "type")]
    error_type: &'a str,
    status: u16,
    retry: &'static str,
    message: &'a str,
    param: Option<&'a str>,
    meaning: Option<&'a str>,
    fix: Option<&'a str>,
    since: Option<&'a str>,
    deprecated: Option<Ended<'a>>,
    docs: Option<&'a str>,
}

/// What is said of a code that is on its way out.
#[derive(Serialize)]
struct Ended<'a> {
    since: Option<&'a str>,
    #[serde(rename = "use")]
    successor: Option<&'a str>,
    note: Option<&'a str>,
}

/// A code that is sent no more.
#[derive(Serialize)]
struct RetiredRow<'a> {
    code: &'a str,
    since: Option<&'a str>,
    #[serde(rename = "use")]
    successor: Option<&'a str>,
    reason: &'a str,
    docs: String,
}

impl<'a> RetiredRow<'a> {
    fn new(catalog: &'a Catalog, code: &'a Retired) -> Self {
        Self {
            code: &code.wire,
            since: code.since.as_deref(),
            successor: name(catalog, code.successor),
            reason: &code.reason,
            docs: catalog.api.doc_url(&code.slug),
        }
    }
}

fn name(catalog: &Catalog, code: Option<CodeId>) -> Option<&str> {
    code.map(|code| catalog[code].names.wire.as_str())
}

impl<'a> Row<'a> {
    fn of_code(catalog: &'a Catalog, code: &'a Code) -> Self {
        Self {
            code: Some(&code.names.wire),
            error_type: &catalog[code.error_type].names.wire,
            status: code.status.get(),
            retry: code.retry.as_str(),
            message: &code.example_message,
            param: code.param.as_deref(),
            meaning: stated(&code.meaning),
            fix: stated(&code.fix),
            since: code.since.as_deref(),
            deprecated: code.deprecated.as_ref().map(|end| Ended {
                since: end.since.as_deref(),
                successor: name(catalog, end.successor),
                note: end.note.as_deref(),
            }),
            docs: Some(&code.doc_url),
        }
    }

    fn of_type(entry: &'a ErrorType, codeless: &'a Codeless, group: &StatusGroup) -> Self {
        let retry = if group.retryable {
            RetryRule::Backoff
        } else {
            RetryRule::Never
        };
        Self {
            code: None,
            error_type: &entry.names.wire,
            status: group.status.get(),
            retry: retry.as_str(),
            message: codeless.message.as_ref().unwrap_or(&entry.message),
            param: None,
            // What the framework answers means what it says.
            meaning: stated(codeless.message.as_ref().unwrap_or(&entry.meaning)),
            fix: None,
            since: None,
            deprecated: None,
            docs: None,
        }
    }
}

/// A text that the catalog may do without.
fn stated(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
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
            bail!(
                "`{name}` is no type of the catalog; the types are: {}",
                known.join(", ")
            );
        }
    }
    if options.retired {
        let rows = catalog.retired.iter();
        let rows = rows.map(|code| RetiredRow::new(&catalog, code));
        print(&rows.collect::<Vec<_>>(), options.format, retired_table)?;
    } else {
        let rows = rows(&catalog).into_iter();
        let rows = rows.filter(|row| wanted(row, options));
        print(&rows.collect::<Vec<_>>(), options.format, table)?;
    }
    Ok(Status::Ok)
}

fn print<T: Serialize>(
    rows: &[T],
    format: ListFormat,
    table: fn(&[T]) -> String,
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

fn rows(catalog: &Catalog) -> Vec<Row<'_>> {
    let of_codes = catalog.codes.iter().map(|code| Row::of_code(catalog, code));
    let of_types = catalog.statuses.iter().flat_map(|group| {
        let types = group.codeless.iter();
        types.map(|codeless| Row::of_type(&catalog[codeless.error_type], codeless, group))
    });
    of_codes.chain(of_types).collect()
}

fn wanted(row: &Row<'_>, options: &ListOptions) -> bool {
    let status = match options.status {
        None => true,
        Some(StatusFilter::One(status)) => row.status == status,
        Some(StatusFilter::Class(class)) => row.status / 100 == u16::from(class),
    };
    let error_type = options.error_type.as_deref();
    status
        && error_type.is_none_or(|name| name == row.error_type)
        && (!options.retryable || row.retry != RetryRule::Never.as_str())
        && (!options.deprecated || row.deprecated.is_some())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(rows: &[Row<'_>]) -> String {
    let head = ["CODE", "STATUS", "TYPE", "RETRY", "MEANING"].map(str::to_owned);
    let body = rows.iter().map(|row| {
        let mark = row.deprecated.as_ref().map_or("", |_| " (deprecated)");
        [
            format!("{}{mark}", row.code.unwrap_or("(no code)")),
            row.status.to_string(),
            row.error_type.to_owned(),
            row.retry.to_owned(),
            one_line(row.meaning.unwrap_or_default()),
        ]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}

fn retired_table(rows: &[RetiredRow<'_>]) -> String {
    let head = ["CODE", "SINCE", "USE", "REASON"].map(str::to_owned);
    let body = rows.iter().map(|row| {
        [
            row.code.to_owned(),
            row.since.unwrap_or_default().to_owned(),
            row.successor.unwrap_or_default().to_owned(),
            one_line(row.reason),
        ]
    });
    let lines: Vec<[String; 4]> = std::iter::once(head).chain(body).collect();
    terminal::columns(&lines)
}
