//! The sections about the API as a whole, as Markdown for several outputs.

use super::{example_body, markdown_escape, phrases};
use crate::catalog::Catalog;

/// The sections on the envelope, the request id and retrying, block by block. Headings begin with
/// `marker`. An empty line belongs between two blocks.
pub(super) fn blocks(catalog: &Catalog, marker: &str) -> Vec<String> {
    let envelope = &catalog.envelope;
    let retry = &catalog.retry;
    let mut blocks = vec![
        format!("{marker} Envelope"),
        markdown_escape::inline(&envelope.intro),
        format!(
            "```json\n{}\n```",
            example_body::pretty(catalog, &catalog.example_of_envelope())
        ),
    ];
    for other in phrases::other_styles(catalog) {
        blocks.push(other.head);
        blocks.push(format!("```json\n{}\n```", other.body));
    }
    blocks.push(phrases::paragraph(&envelope.notes, &[]));
    let error_ids = phrases::paragraph(&catalog.error_ids.notes, &catalog.error_ids.see);
    if !error_ids.is_empty() {
        blocks.extend([format!("{marker} Error IDs"), error_ids]);
    }
    let retrying = format!("{marker} Retrying");
    blocks.push(retrying.clone());
    for (head, list) in [
        (
            phrases::retryable_head(catalog),
            phrases::retryable(catalog),
        ),
        (phrases::NOT_RETRYABLE_HEAD, phrases::not_retryable(catalog)),
    ] {
        if !list.is_empty() {
            let items: Vec<String> = list.into_iter().map(|line| format!("- {line}")).collect();
            blocks.extend([head.to_owned(), items.join("\n")]);
        }
    }
    blocks.push(phrases::paragraph(&retry.prose.notes, &retry.prose.see));
    blocks.retain(|block| !block.is_empty());
    if blocks.last() == Some(&retrying) {
        blocks.push(phrases::NO_RETRY.to_owned());
    }
    blocks
}
