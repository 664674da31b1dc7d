//! What an operation states of one of its codes.

use codegen::compat::Kind;

use super::{Edit, Mutations};

const STILL_LISTED: &str = "the operation listed the code before";

/// The errors of the operation with what it states of a code.
const fn errors(stated: &'static str) -> Edit {
    (
        "operations.upload.errors",
        "[busy, hidden, too_large]",
        stated,
    )
}

pub(super) fn all(all: &mut Mutations) {
    for (field, one, other) in [
        (
            "errors.status",
            errors("[busy, hidden, { code: too_large, status: 404 }]"),
            errors("[busy, hidden, { code: too_large, status: 400 }]"),
        ),
        (
            "errors.meaning",
            errors("[busy, hidden, { code: too_large, meaning: It is too large }]"),
            errors("[busy, hidden, { code: too_large, meaning: It has too many pixels }]"),
        ),
        (
            "errors.fix",
            errors("[busy, hidden, { code: too_large, fix: Send none }]"),
            errors("[busy, hidden, { code: too_large, fix: Send it later }]"),
        ),
    ] {
        let row = (Kind::Operation, field);
        all.add(row, "changed", [&[one], &[other]])
            .when(STILL_LISTED);
        all.add(row, "added", [&[], &[one]]).when(STILL_LISTED);
        all.add(row, "removed", [&[one], &[]]).when(STILL_LISTED);
        // With the code, what is stated of it comes and goes as a part of the list.
        let without = errors("[busy, hidden]");
        let row = (Kind::Operation, "errors");
        all.add(row, "added", [&[without], &[one]]);
        all.add(row, "removed", [&[one], &[without]]);
    }
    let same = errors("[busy, hidden, { code: too_large, status: 413 }]");
    let row = (Kind::Operation, "errors.status");
    let when = "the operation sends the same status as before";
    all.add(row, "added", [&[], &[same]]).when(when);
    all.add(row, "removed", [&[same], &[]]).when(when);
    // The code gets the status that the operation states.
    let code = ("codes.too_large.status", "413", "404");
    let stated = errors("[busy, hidden, { code: too_large, status: 404 }]");
    all.add(
        (Kind::Code, "status"),
        "changed",
        [&[stated], &[stated, code]],
    )
    .also(&["status-changed"]);
    all.add(row, "removed", [&[stated], &[code]])
        .when(when)
        .also(&["status-changed", "status-changed"]);
}
