//! The compared changes, with our verdicts.

use codegen::compat::{Diff, Unreadable, diff};
use codegen::report::{Style, human};
use codegen::{Inputs, Source};

type Edit = (&'static str, &'static str);

/// A change of a catalog, as an API team would make it.
pub(super) struct Change {
    pub(super) title: &'static str,
    /// Edits of the catalog before the change.
    before: &'static [Edit],
    edits: &'static [Edit],
    /// Why the verdicts differ.
    pub(super) why: &'static str,
}

impl Change {
    /// The catalogs before and after the change.
    pub(super) fn catalogs(&self) -> [String; 2] {
        let before = with(CATALOG, self.before);
        let after = with(&before, self.edits);
        [before, after]
    }

    /// The rules that report the change, its level, and the required version.
    pub(super) fn verdict(&self) -> [String; 3] {
        let [before, after] = self.catalogs();
        let diff = differences(&before, &after);
        let mut rules: Vec<String> = Vec::new();
        for change in &diff.changes {
            let rule = format!("`{}`", change.rule);
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        let level = diff.changes.iter().map(|change| change.level).min();
        let level = level.map_or("none", |level| level.as_str());
        let version = diff.version().map_or("none", |version| version.as_str());
        [rules.join(", "), level.to_owned(), version.to_owned()]
    }
}

fn with(catalog: &str, edits: &[Edit]) -> String {
    let mut text = catalog.to_owned();
    for (from, to) in edits {
        text = edited(&text, from, to);
    }
    text
}

/// The text of a catalog as inputs.
pub(super) fn inputs(text: &str) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", text.as_bytes().to_vec()))
}

/// Replaces the only occurrence of `from`.
pub(super) fn edited(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

fn differences(old: &str, new: &str) -> Diff {
    let (old, new) = (inputs(old), inputs(new));
    match diff(&old, &new) {
        Ok(diff) => diff,
        Err(Unreadable::Old(found)) => panic!("{}", human(&old, &found, Style::Plain)),
        Err(Unreadable::New(found)) => panic!("{}", human(&new, &found, Style::Plain)),
    }
}

/// The changed catalog. Its operations list all errors, so that the document shows them below `paths`, where
/// tools look.
const CATALOG: &str = include_str!("../../verdicts.yaml");

const LOCKED: &str = "  album_locked:
    type: access_error
    meaning: The album is locked
    fix: Ask its owner
";

const GONE: &str = "  photo_gone:
    type: request_error
    status: 404
    meaning: The photo was deleted
    fix: Upload it again
";

const MIDDLE: &str = "  photo_gone:
    type: request_error
    status: 404
    meaning: The photo was deleted
    fix: Upload it again
  album_locked:
";

const LAST: &str = "  queue_stopped:
    type: server_error
    status: 503
    meaning: No photos are taken
    fix: Try again later
operations:
";

const GONE_DEPRECATED: &str = "  photo_gone:
    type: request_error
    status: 404
    meaning: The photo was deleted
    fix: Upload it again
    deprecated: { use: photo_missing }
";

const DEPRECATED: Edit = (
    "    fix: Upload it again\n",
    "    fix: Upload it again\n    deprecated: { use: photo_missing }\n",
);

const UNUSED: Edit = (
    "errors: [photo_gone, photo_missing]",
    "errors: [photo_missing]",
);

/// The representative changes, in the order of the page's tables.
pub(super) const CHANGES: &[Change] = &[
    Change {
        title: "`details` of the envelope switched off",
        before: &[],
        edits: &[("{ details: true }", "{ details: false }")],
        why: "A property that no response has to have is only a warning to oasdiff, but who reads arguments from it finds none now. The items of the crate stay.",
    },
    Change {
        title: "request id sent by another name",
        before: &[],
        edits: &[(
            "{ details: true }",
            "{ details: true, request_id: x-trace-id }",
        )],
        why: "The crate has the name of the header as a value, and cargo-semver-checks compares items.",
    },
    Change {
        title: "problem details offered too",
        before: &[],
        edits: &[(
            "{ details: true }",
            "{ details: true, style: [openai, problem] }",
        )],
        why: "cargo-semver-checks asks for nothing where something is added.",
    },
    Change {
        title: "`closed` switched on",
        before: &[],
        edits: &[("types:\n", "openapi: { closed: true }\ntypes:\n")],
        why: "The crate stays as it is. oasdiff warns of values that were open before; for us it is a promise that no other value comes, which the next new code breaks.",
    },
    Change {
        title: "operation removed",
        before: &[],
        edits: &[
            (
                "  read_photo:\n    method: GET\n    path: /photos/{id}\n    errors: [photo_gone, photo_missing]\n",
                "",
            ),
            (
                "codes:\n",
                "lint: { levels: { unreturned-code: \"off\" } }\ncodes:\n",
            ),
        ],
        why: "",
    },
    Change {
        title: "error added to an operation",
        before: &[],
        edits: &[(
            "errors: [photo_gone, photo_missing]",
            "errors: [album_locked, photo_gone, photo_missing]",
        )],
        why: "cargo-semver-checks asks for nothing where a variant is added to an enum that is `#[non_exhaustive]`.",
    },
    Change {
        title: "error of an operation dropped",
        before: &[(
            "errors: [photo_gone, photo_missing]",
            "errors: [album_locked, photo_gone, photo_missing]",
        )],
        edits: &[(
            "errors: [album_locked, photo_gone, photo_missing]",
            "errors: [photo_gone, photo_missing]",
        )],
        why: "To oasdiff, an answer that comes no more harms nobody. We call it risky, because some may wait for this very error.",
    },
    Change {
        title: "type added",
        before: &[],
        edits: &[(
            "types:\n",
            "types:\n  quota_error: { status: 429, meaning: The caller sends too much }\n",
        )],
        why: "Numbers of variants follow the catalog, and a type that is not the last moves those behind it. They are no promise: the names are. With `closed` oasdiff warns of a value that old clients do not know.",
    },
    Change {
        title: "type removed, with its code",
        before: &[],
        edits: &[
            (
                "  access_error: { status: 403, meaning: The caller may not do this }\n",
                "",
            ),
            (LOCKED, ""),
            ("errors: [album_locked, ", "errors: ["),
        ],
        why: "oasdiff knows that a status comes no more, which harms nobody who was made from the document. Whoever compares with the type or the code waits in vain.",
    },
    Change {
        title: "code added, behind all others",
        before: &[],
        edits: &[
            ("operations:\n", LAST),
            (
                "errors: [photo_gone, photo_missing]",
                "errors: [photo_gone, photo_missing, queue_stopped]",
            ),
        ],
        why: "cargo-semver-checks asks for nothing where a variant is added to an enum that is `#[non_exhaustive]`. With `closed` oasdiff warns of a value that old clients do not know.",
    },
    Change {
        title: "code added, before others",
        before: &[(GONE, ""), UNUSED],
        edits: &[
            ("  album_locked:\n", MIDDLE),
            (
                "errors: [photo_missing]",
                "errors: [photo_gone, photo_missing]",
            ),
        ],
        why: "Numbers of variants follow the catalog, and a code that is not the last moves those behind it. They are no promise: the names are. With `closed` oasdiff warns of a value that old clients do not know.",
    },
    Change {
        title: "code deprecated",
        before: &[],
        edits: &[DEPRECATED],
        why: "",
    },
    Change {
        title: "deprecated code retired",
        before: &[DEPRECATED],
        edits: &[
            (GONE_DEPRECATED, ""),
            UNUSED,
            (
                "operations:\n",
                "retired:\n  photo_gone: { reason: It is one with the other, use: photo_missing }\noperations:\n",
            ),
        ],
        why: "",
    },
    Change {
        title: "code removed",
        before: &[],
        edits: &[(GONE, ""), UNUSED],
        why: "The document leaves `code` open, so no schema loses a value. Whoever compares with the code waits in vain.",
    },
    Change {
        title: "code renamed on the wire",
        before: &[],
        edits: &[
            ("  photo_gone:\n", "  photo_deleted:\n"),
            ("[photo_gone, ", "[photo_deleted, "),
        ],
        why: "The document leaves `code` open, so any name is right; with `closed` oasdiff warns of the new one. Whoever compares with the old name waits in vain.",
    },
    Change {
        title: "code renamed on the wire, its variant kept",
        before: &[],
        edits: &[
            ("  photo_gone:\n", "  photo_deleted:\n    rust: PhotoGone\n"),
            ("[photo_gone, ", "[photo_deleted, "),
        ],
        why: "The name is a value in the crate, and `code` is open in the document. Whoever compares with the old name waits in vain.",
    },
    Change {
        title: "variant renamed, by `rust`",
        before: &[],
        edits: &[("  photo_gone:\n", "  photo_gone:\n    rust: PhotoDeleted\n")],
        why: "The document does not change in what is sent. We have one level for all that breaks somebody, those who compile the crate included.",
    },
    Change {
        title: "type of a code changed",
        before: &[],
        edits: &[(
            "    type: size_error\n",
            "    type: request_error\n    status: 413\n",
        )],
        why: "The type of a code is a value in the crate, and both types were open to the response before. Whoever goes by the type goes another way now.",
    },
    Change {
        title: "status of a code changed",
        before: &[],
        edits: &[(
            "    type: size_error\n    message",
            "    type: size_error\n    status: 400\n    message",
        )],
        why: "The status is a value in the crate, and both statuses were answers of the operation before. Whoever branches on it goes another way now.",
    },
    Change {
        title: "`message` changed",
        before: &[],
        edits: &[(
            "    fix: Check the id\n",
            "    fix: Check the id\n    message: No photo has this id.\n",
        )],
        why: "",
    },
    Change {
        title: "`param` changed",
        before: &[(
            "    fix: Check the id\n",
            "    fix: Check the id\n    param: id\n",
        )],
        edits: &[("    param: id\n", "    param: photo_id\n")],
        why: "The param is a value, and any text is right in the document. Forms that show the error beside the field of that name may miss it.",
    },
    Change {
        title: "header dropped",
        before: &[],
        edits: &[("    headers: { x-queue: photos }\n", "")],
        why: "Headers of a code are values in the crate.",
    },
    Change {
        title: "header added",
        before: &[("    headers: { x-queue: photos }\n", "")],
        edits: &[(
            "    retry: after\n",
            "    retry: after\n    headers: { x-queue: photos }\n",
        )],
        why: "cargo-semver-checks asks for nothing where something is added, and headers are values.",
    },
    Change {
        title: "retry rule changed, from `after` to `backoff`",
        before: &[],
        edits: &[("    retry: after\n", "    retry: backoff\n")],
        why: "The retry rule is a value in the crate. With it goes the header `Retry-After`, which was promised.",
    },
    Change {
        title: "argument added",
        before: &[],
        edits: &[
            ("{limit} are allowed.", "{limit} of {unit} are allowed."),
            (
                "      limit: { kind: u64 }\n",
                "      limit: { kind: u64 }\n      unit: { kind: string }\n",
            ),
        ],
        why: "A literal of the struct lacks a field then, which concerns servers alone. Clients find a property more in `details`, which the document leaves open.",
    },
    Change {
        title: "argument removed",
        before: &[],
        edits: &[
            (
                "has {size} bytes, and {limit} are allowed.",
                "has {size} bytes.",
            ),
            ("      limit: { kind: u64 }\n", ""),
        ],
        why: "The document leaves `details` open: what a code has in it stands in a schema that no response refers to. Whoever reads the argument finds none.",
    },
    Change {
        title: "argument retyped",
        before: &[],
        edits: &[(
            "      limit: { kind: u64 }\n",
            "      limit: { kind: string }\n",
        )],
        why: "cargo-semver-checks does not compare the types of fields, and the document leaves `details` open. Whoever fills in or reads the argument has another type before them.",
    },
];
