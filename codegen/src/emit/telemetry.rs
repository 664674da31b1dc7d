//! The table of `docs/counters.md`: what the crate counts and records of an error.

use std::fmt::Write as _;

use crate::artifact::Region;

#[path = "../../runtime/src/runtime/telemetry.rs"]
#[expect(unreachable_pub, reason = "a generated crate shows the names")]
mod names;

use names::{CODE, ERROR_TYPE, ERRORS, OPERATION, OTHER, REQUEST_ID, STATUS};

/// The names, where each of them is, and its values.
const ROWS: [(&str, &str, &str); 6] = [
    (
        ERRORS,
        "the counter",
        "1 for each error that a client gets, as a response or at the end of a stream",
    ),
    (
        CODE,
        "label, field",
        "the codes of the catalog; OTHER if an error that is handed on has another code; empty without code",
    ),
    (
        OPERATION,
        "label, field",
        "the ids of the operations of the catalog, and the names of requests that several share; empty for any other request",
    ),
    (
        ERROR_TYPE,
        "label, field",
        "the code if the catalog has it, else the status of the error, `400` to `599`; on spans only if the server failed",
    ),
    (
        STATUS,
        "label, field",
        "the status of the response, `400` to `599`; `200` if the error ended a stream",
    ),
    (REQUEST_ID, "field", "the id of the request"),
];

/// The table.
pub(super) fn table() -> Region {
    let mut contents = "\n| Name | What it is | Values |\n| --- | --- | --- |\n".to_owned();
    for (name, what, values) in ROWS {
        let values = values.replace("OTHER", &format!("`{OTHER}`"));
        // Writing to a string cannot fail.
        let _ = writeln!(contents, "| `{name}` | {what} | {values} |");
    }
    contents.push('\n');
    Region {
        path: "docs/counters.md",
        name: String::new(),
        contents,
    }
}
