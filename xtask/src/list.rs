//! `list`: the errors of the catalog.

use anyhow::bail;
use codegen::catalog::{Catalog, Code, ErrorType, RetryRule, Status};
use serde::Serialize;

use crate::Verdict;
use crate::cli::{ListFormat, ListOptions, Paths, StatusFilter};
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
    docs: Option<&'a str>,
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
            docs: Some(&code.doc_url),
        }
    }

    fn of_type(entry: &'a ErrorType, status: Status, retryable: bool) -> Self {
        let retry = if retryable {
            RetryRule::Backoff
        } else {
            RetryRule::Never
        };
        Self {
            code: None,
            error_type: &entry.names.wire,
            status: status.get(),
            retry: retry.as_str(),
            message: &entry.message,
            param: None,
            meaning: stated(&entry.meaning),
            fix: None,
            docs: None,
        }
    }
}

/// A text that the catalog may do without.
fn stated(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

pub(crate) fn run(paths: &Paths, options: &ListOptions) -> anyhow::Result<Verdict> {
    let (inputs, outcome) = project::compile(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return Ok(Verdict::AtFault);
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
    let rows: Vec<Row<'_>> = rows(&catalog)
        .into_iter()
        .filter(|row| wanted(row, options))
        .collect();
    match options.format {
        ListFormat::Table => print_table(&rows)?,
        ListFormat::Json => {
            let json = serde_json::to_string_pretty(&rows)?;
            terminal::print(format_args!("{json}\n"))?;
        }
    }
    Ok(Verdict::Fine)
}

fn rows(catalog: &Catalog) -> Vec<Row<'_>> {
    let of_codes = catalog.codes.iter().map(|code| Row::of_code(catalog, code));
    let of_types = catalog.statuses.iter().flat_map(|group| {
        let types = group.codeless.iter();
        types.map(|codeless| {
            let entry = &catalog[codeless.error_type];
            Row::of_type(entry, group.status, group.retryable)
        })
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
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print_table(rows: &[Row<'_>]) -> std::io::Result<()> {
    let head = ["CODE", "STATUS", "TYPE", "RETRY", "MEANING"].map(str::to_owned);
    let body = rows.iter().map(|row| {
        [
            row.code.unwrap_or("(no code)").to_owned(),
            row.status.to_string(),
            row.error_type.to_owned(),
            row.retry.to_owned(),
            one_line(row.meaning.unwrap_or_default()),
        ]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(body).collect();
    let widths: [usize; 4] = std::array::from_fn(|column| {
        let widest = lines.iter().map(|line| line[column].chars().count()).max();
        widest.unwrap_or_default()
    });
    for [code, status, error_type, retry, meaning] in &lines {
        let [code_width, status_width, type_width, retry_width] = widths;
        terminal::print(format_args!(
            "{code:code_width$}  {status:status_width$}  {error_type:type_width$}  {retry:retry_width$}  {meaning}\n"
        ))?;
    }
    Ok(())
}
