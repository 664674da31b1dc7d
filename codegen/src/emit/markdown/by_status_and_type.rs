//! The errors in two other orders: by status, and by type.

use std::borrow::Cow;

use askama::Template;

use super::super::markdown_escape;
use super::anchors::{self, Anchor};
use super::deprecation::link;
use super::filters;
use crate::catalog::{
    Catalog, Code, CodeId, Codeless, ErrorType, Operation, RetryRule, Sent, Status, StatusGroup,
};

/// A page.
#[derive(Template)]
#[template(path = "by_status_and_type.md")]
pub(super) struct Overview<'a> {
    title: &'a str,
    /// The key that groups the errors.
    by: &'static str,
    /// The heading of the other column: the status or the type.
    other: &'static str,
    groups: Vec<GroupView<'a>>,
}

struct GroupView<'a> {
    anchor: Anchor,
    heading: String,
    meaning: &'a str,
    rows: Vec<RowView<'a>>,
}

struct RowView<'a> {
    /// A link to the page of the code, if the error has one.
    code: String,
    other: String,
    meaning: Cow<'a, str>,
    fix: &'a str,
    retry: &'static str,
}

impl<'a> Overview<'a> {
    pub(super) fn by_status(catalog: &'a Catalog) -> Self {
        let statuses = catalog.statuses.iter().map(|group| group.status);
        let of_operations = catalog.of_operations.iter().map(|group| group.status);
        let mut statuses: Vec<Status> = statuses.chain(of_operations).collect();
        statuses.sort_unstable();
        statuses.dedup();
        let groups = statuses.into_iter().map(|status| {
            let own = catalog
                .statuses
                .iter()
                .filter(|group| group.status == status);
            let codes = own.clone().flat_map(|group| &group.codes).map(|id| {
                let code = &catalog[*id];
                RowView::of_code(code, type_of(&catalog[code.error_type]))
            });
            let of_operations = catalog.of_operations.iter();
            let of_operations = of_operations.filter(|group| group.status == status);
            let of_operations = of_operations.flat_map(|group| &group.codes);
            let of_operations = of_operations.filter_map(|(position, id)| {
                RowView::of_operation(catalog, &catalog.operations[*position], *id)
            });
            let codeless = own.flat_map(|group| {
                group.codeless.iter().map(move |codeless| {
                    let other = type_of(&catalog[codeless.error_type]);
                    RowView::without_code(catalog, codeless, group, other)
                })
            });
            GroupView {
                anchor: Anchor {
                    name: format!("status-{status}"),
                    is_explicit: true,
                },
                heading: heading(status),
                meaning: "",
                rows: codes.chain(of_operations).chain(codeless).collect(),
            }
        });
        Self {
            title: &catalog.api.title,
            by: "status",
            other: "type",
            groups: groups.chain(without_status(catalog)).collect(),
        }
    }

    pub(super) fn by_type(catalog: &'a Catalog) -> Self {
        let title = format!("{} errors by type", catalog.api.title);
        let names = catalog.types.iter().map(|entry| entry.names.wire.as_str());
        let anchors = anchors::of_headings(&title, names);
        let groups = catalog.types.iter().enumerate().zip(anchors);
        let groups = groups.map(|((position, entry), anchor)| {
            let codes = entry.codes.iter().map(|id| {
                let code = &catalog[*id];
                RowView::of_code(code, code.status.to_string())
            });
            let codeless = catalog.statuses.iter().flat_map(|group| {
                let own = group.codeless.iter();
                let own = own.filter(move |codeless| codeless.error_type.index() == position);
                let other = group.status.to_string();
                own.map(move |codeless| {
                    RowView::without_code(catalog, codeless, group, other.clone())
                })
            });
            GroupView {
                anchor,
                heading: markdown_escape::code(&entry.names.wire),
                meaning: entry.summary(),
                rows: codes.chain(codeless).collect(),
            }
        });
        Self {
            title: &catalog.api.title,
            by: "type",
            other: "HTTP",
            groups: groups.collect(),
        }
    }
}

impl<'a> RowView<'a> {
    fn of_code(code: &'a Code, other: String) -> Self {
        Self {
            code: link(code, "../"),
            other,
            meaning: code.summary(),
            fix: &code.fix,
            retry: retry(code.retry),
        }
    }

    /// A code with the status that an operation states.
    fn of_operation(catalog: &'a Catalog, operation: &'a Operation, id: CodeId) -> Option<Self> {
        let code = &catalog[id];
        let sent = Sent {
            code,
            own: Some(operation.own(id)?),
        };
        let name = markdown_escape::code_cell(&operation.id);
        Some(Self {
            code: format!("{} of {name}", link(code, "../")),
            other: type_of(&catalog[code.error_type]),
            meaning: sent.summary(),
            fix: sent.fix(),
            retry: retry(sent.retry()),
        })
    }

    fn without_code(
        catalog: &'a Catalog,
        codeless: &'a Codeless,
        group: &StatusGroup,
        other: String,
    ) -> Self {
        let entry = &catalog[codeless.error_type];
        Self {
            code: "(no code)".to_owned(),
            other,
            // A message of the framework is its meaning too.
            meaning: Cow::Borrowed(codeless.message.as_deref().unwrap_or(entry.summary())),
            fix: "",
            retry: retry(if group.retryable {
                RetryRule::Backoff
            } else {
                RetryRule::Never
            }),
        }
    }
}

/// The codes that have no responses, if there are some.
fn without_status(catalog: &Catalog) -> Option<GroupView<'_>> {
    let codes = catalog.codes.iter();
    let codes = codes.filter(|code| code.status.own().is_none());
    let rows: Vec<RowView<'_>> = codes
        .map(|code| RowView::of_code(code, type_of(&catalog[code.error_type])))
        .collect();
    (!rows.is_empty()).then(|| GroupView {
        anchor: Anchor {
            name: "status-none".to_owned(),
            is_explicit: true,
        },
        heading: "No status of its own".to_owned(),
        meaning: "These errors have no responses: they are in bodies, events and logs.",
        rows,
    })
}

fn type_of(entry: &ErrorType) -> String {
    markdown_escape::code_cell(&entry.names.wire)
}

fn heading(status: Status) -> String {
    match status.reason() {
        Some(reason) => format!("{status} {reason}"),
        None => status.to_string(),
    }
}

/// Whether to retry, in one or two words.
const fn retry(rule: RetryRule) -> &'static str {
    match rule {
        RetryRule::Never => "no",
        RetryRule::Backoff => "with backoff",
        RetryRule::After => "after `Retry-After`",
    }
}
