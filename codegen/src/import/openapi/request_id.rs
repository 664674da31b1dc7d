//! The header of the request id.

use super::super::model::{Extracted, Finding, Place};
use super::document::Document;
use crate::emit::openapi::REQUEST_ID_TEXT;
use crate::resolve::envelope;

/// The ends of the names of such headers in documents of others, without separators.
const NAMES: [&str; 3] = ["requestid", "correlationid", "traceid"];

/// Adds the header to the facts, if it is not the default: the one that a document of this tool describes as such, or
/// the only one with such a name.
pub(super) fn find(document: &Document<'_>, extracted: &mut Extracted) {
    let mut described = None;
    let mut named: Vec<String> = Vec::new();
    for response in document.error_responses() {
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let name = name.to_ascii_lowercase();
            if document.resolve(header)["description"] == REQUEST_ID_TEXT {
                described.get_or_insert(name);
                continue;
            }
            let mut plain = name.clone();
            plain.retain(|c| c.is_ascii_alphanumeric());
            if NAMES.iter().any(|end| plain.ends_with(end)) && !named.contains(&name) {
                named.push(name);
            }
        }
    }
    named.retain(|name| envelope::is_header(name));
    let found = match (
        described.filter(|name| envelope::is_header(name)),
        &named[..],
    ) {
        (Some(name), _) => name,
        (None, [name]) => name.clone(),
        (None, []) => return,
        (None, several) => {
            let what = format!(
                "several headers can be that of the request id: write one of {} as `envelope.request_id`",
                several.join(", ")
            );
            return extracted.undecided.push(Finding::new(&Place::Source, what));
        }
    };
    extracted.api.request_id = Some(found).filter(|name| name != envelope::REQUEST_ID);
}
