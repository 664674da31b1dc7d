//! `llms.txt`: the codes for language models, a line for each.
//!
//! Source: the proposal at llmstxt.org, which asks for a title, a summary and lists of links.

use std::fmt::Write as _;

use super::NOTICE;
use crate::artifact::Artifact;
use crate::catalog::{Catalog, RetryRule};

/// Emits `llms.txt`.
#[must_use]
pub(super) fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let title = one_line(&catalog.api.title);
    let mut out = format!(
        "# {title} errors\n\n> {}\n\n## Codes\n\n",
        NOTICE.replace('`', "")
    );
    for code in &catalog.codes {
        let retry = match code.retry {
            RetryRule::Never => "do not retry",
            RetryRule::Backoff => "retry with backoff",
            RetryRule::After => "retry after Retry-After",
        };
        let fix = match one_line(&code.fix) {
            fix if fix.is_empty() => one_line(&code.meaning),
            fix => fix,
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "- [{}]({}): {}; {retry}; {fix}",
            code.names.wire, code.doc_url, code.status
        );
    }
    vec![Artifact::new("docs/errors/llms.txt", out)]
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
