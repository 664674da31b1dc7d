//! Statuses that proxies answer with by themselves.

use super::{Finding, Subject};
use crate::catalog::{Catalog, Proxy, Status, StatusClass};
use crate::diagnostic::Diagnostic;
use crate::resolve::optional;
use crate::rule::Rule;

/// What proxies answer if a server fails: for one cause, each of them another one.
const FAILURES: [u64; 3] = [502, 503, 504];

pub(super) fn check(subject: &Subject<'_>, catalog: &Catalog, findings: &mut Vec<Finding>) {
    let field = subject.ast.proxies.as_ref();
    let entries = optional(field).map_or(&[][..], Vec::as_slice);
    for (entry, proxy) in entries.iter().zip(&catalog.proxies) {
        let missing = without_row(catalog, *proxy);
        if !missing.is_empty() {
            let message = format!(
                "{} answers with {}, which `framework` does not have",
                proxy.title(),
                enumerated(&missing)
            );
            let help = "add an entry for each status, or one with the status `4xx` or `5xx` for all others";
            let found = Diagnostic::new(Rule::ProxyStatus, entry.span, message).help(help);
            findings.push(Finding::about(None, found));
        }
    }
    let Some(field) = field.filter(|_| !catalog.proxies.is_empty()) else {
        return;
    };
    let failures = FAILURES.into_iter().filter_map(Status::new);
    let (helps, fails): (Vec<Status>, Vec<Status>) = failures.partition(|status| {
        let answer = catalog.framework_answer(*status);
        answer.example(catalog).retryable
    });
    if !helps.is_empty() && !fails.is_empty() {
        let message = format!(
            "{} can be retried, and {} cannot: for the same failure, each proxy answers with another one",
            enumerated(&helps),
            enumerated(&fails)
        );
        let retry = optional(subject.ast.retry.as_ref());
        let statuses = retry.and_then(|retry| retry.statuses.as_ref());
        let at = statuses.map_or(field.key, |statuses| statuses.key);
        let found = Diagnostic::new(Rule::ProxyRetry, at, message)
            .help("add 502, 503 and 504 to `statuses` under `retry`, or none of them");
        findings.push(Finding::about(None, found));
    }
}

/// The statuses of a proxy that have no entry under `framework`, not even that of their family.
fn without_row(catalog: &Catalog, proxy: Proxy) -> Vec<Status> {
    let own = proxy.own_statuses().iter();
    let own = own.filter_map(|status| Status::new((*status).into()));
    let is_missing = |status: &Status| {
        let wanted = [
            StatusClass::Status(*status),
            StatusClass::Family(status.class()),
        ];
        let mut stated = catalog.framework.iter();
        !stated.any(|error| wanted.contains(&error.status))
    };
    own.filter(is_missing).collect()
}

fn enumerated(statuses: &[Status]) -> String {
    let names: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    match &names[..] {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}
