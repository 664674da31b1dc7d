//! What the catalog says of the API as a whole, as Markdown that several outputs share.

use super::{body, lines, markup};
use crate::catalog::Catalog;

/// The sections on the envelope, the request id and retrying, block by block. Headings begin with
/// `marker`. An empty line belongs between two blocks.
pub(super) fn sections(catalog: &Catalog, marker: &str) -> Vec<String> {
    let envelope = &catalog.envelope;
    let retry = &catalog.retry;
    let mut blocks = vec![
        format!("{marker} Envelope"),
        markup::inline(&envelope.intro),
        format!(
            "```json\n{}\n```",
            body::pretty(catalog, &catalog.example_of_envelope())
        ),
    ];
    for other in lines::other_styles(catalog) {
        blocks.push(other.head);
        blocks.push(format!("```json\n{}\n```", other.body));
    }
    blocks.push(lines::paragraph(&envelope.notes, &[]));
    let error_ids = lines::paragraph(&catalog.error_ids.notes, &catalog.error_ids.see);
    if !error_ids.is_empty() {
        blocks.extend([format!("{marker} Error IDs"), error_ids]);
    }
    blocks.push(format!("{marker} Retrying"));
    for (head, list) in [
        (lines::retryable_head(catalog), lines::retryable(catalog)),
        (lines::NOT_RETRYABLE_HEAD, lines::not_retryable(catalog)),
    ] {
        if !list.is_empty() {
            let items: Vec<String> = list.into_iter().map(|line| format!("- {line}")).collect();
            blocks.extend([head.to_owned(), items.join("\n")]);
        }
    }
    blocks.push(lines::paragraph(&retry.prose.notes, &retry.prose.see));
    blocks.retain(|block| !block.is_empty());
    blocks
}
