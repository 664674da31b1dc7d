//! The prose of the document: what the catalog says of the API as a whole.

use super::super::body::Body;
use super::super::{lines, markup};
use crate::catalog::Catalog;

/// The description of the document, in Markdown.
pub(super) fn description(catalog: &Catalog) -> String {
    let envelope = &catalog.envelope;
    let retry = &catalog.retry;
    let mut parts = vec![
        format!("The errors of the {}.", markup::inline(&catalog.api.title)),
        "## Envelope".to_owned(),
        markup::inline(&envelope.intro),
        format!(
            "```json\n{}\n```",
            Body::new(catalog, &envelope.example).pretty()
        ),
        lines::paragraph(&envelope.notes, &[]),
    ];
    let error_ids = lines::paragraph(&catalog.error_ids.notes, &catalog.error_ids.see);
    if !error_ids.is_empty() {
        parts.extend(["## Error IDs".to_owned(), error_ids]);
    }
    parts.push("## Retrying".to_owned());
    for (head, list) in [
        (lines::retryable_head(catalog), lines::retryable(catalog)),
        (lines::NOT_RETRYABLE_HEAD, lines::not_retryable(catalog)),
    ] {
        if !list.is_empty() {
            let items: Vec<String> = list.into_iter().map(|line| format!("- {line}")).collect();
            parts.extend([head.to_owned(), items.join("\n")]);
        }
    }
    parts.push(lines::paragraph(&retry.prose.notes, &retry.prose.see));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}
