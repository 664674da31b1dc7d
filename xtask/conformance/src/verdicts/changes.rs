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
        why: "An optional property is only a warning to oasdiff, but clients that read arguments from it find none. The items of the crate stay.",
    },
    Change {
        title: "request id header renamed",
        before: &[],
        edits: &[(
            "{ details: true }",
            "{ details: true, request_id: x-trace-id }",
        )],
        why: "The name of the header is a value in the crate, and cargo-semver-checks compares items.",
    },
    Change {
        title: "problem details offered too",
        before: &[],
        edits: &[(
            "{ details: true }",
            "{ details: true, style: [openai, problem] }",
        )],
        why: "cargo-semver-checks requires nothing for additions.",
    },
    Change {
        title: "`closed` switched on",
        before: &[],
        edits: &[("types:\n", "openapi: { closed: true }\ntypes:\n")],
        why: "The crate does not change. oasdiff warns because the values were open before. We count it as a promise that no other value comes, which the next new code breaks.",
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
        why: "cargo-semver-checks requires nothing for a new variant of a `#[non_exhaustive]` enum.",
    },
    Change {
        title: "error removed from an operation",
        before: &[(
            "errors: [photo_gone, photo_missing]",
            "errors: [album_locked, photo_gone, photo_missing]",
        )],
        edits: &[(
            "errors: [album_locked, photo_gone, photo_missing]",
            "errors: [photo_gone, photo_missing]",
        )],
        why: "To oasdiff, a dropped response is harmless. We call it risky, because clients may handle this error.",
    },
    Change {
        title: "type added",
        before: &[],
        edits: &[(
            "types:\n",
            "types:\n  quota_error: { status: 429, meaning: The caller sends too much }\n",
        )],
        why: "Discriminants follow the catalog, and a type before others shifts theirs. Discriminants are not a promise; names are. With `closed`, oasdiff warns about a value that old clients do not know.",
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
        why: "To oasdiff, a dropped status is harmless to generated clients. Clients that compare the type or the code no longer find it.",
    },
    Change {
        title: "code added, after all others",
        before: &[],
        edits: &[
            ("operations:\n", LAST),
            (
                "errors: [photo_gone, photo_missing]",
                "errors: [photo_gone, photo_missing, queue_stopped]",
            ),
        ],
        why: "cargo-semver-checks requires nothing for a new variant of a `#[non_exhaustive]` enum. With `closed`, oasdiff warns about a value that old clients do not know.",
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
        why: "Discriminants follow the catalog, and a code before others shifts theirs. Discriminants are not a promise; names are. With `closed`, oasdiff warns about a value that old clients do not know.",
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
        why: "The document leaves `code` open, so no schema loses a value. Clients that compare the code no longer find it.",
    },
    Change {
        title: "wire name of a code changed",
        before: &[],
        edits: &[
            ("  photo_gone:\n", "  photo_deleted:\n"),
            ("[photo_gone, ", "[photo_deleted, "),
        ],
        why: "The document leaves `code` open, so any name is valid; with `closed`, oasdiff warns about the new one. Clients that compare the old name no longer find it.",
    },
    Change {
        title: "wire name of a code changed, variant kept",
        before: &[],
        edits: &[
            ("  photo_gone:\n", "  photo_deleted:\n    rust: PhotoGone\n"),
            ("[photo_gone, ", "[photo_deleted, "),
        ],
        why: "The name is a value in the crate, and `code` is open in the document. Clients that compare the old name no longer find it.",
    },
    Change {
        title: "variant renamed, by `rust`",
        before: &[],
        edits: &[("  photo_gone:\n", "  photo_gone:\n    rust: PhotoDeleted\n")],
        why: "The responses do not change. Our level also covers users who compile the crate.",
    },
    Change {
        title: "type of a code changed",
        before: &[],
        edits: &[(
            "    type: size_error\n",
            "    type: request_error\n    status: 413\n",
        )],
        why: "The type of a code is a value in the crate, and the response admitted both types before. Clients that branch on the type take another path.",
    },
    Change {
        title: "status of a code changed",
        before: &[],
        edits: &[(
            "    type: size_error\n    message",
            "    type: size_error\n    status: 400\n    message",
        )],
        why: "The status is a value in the crate, and the operation had responses for both before. Clients that branch on the status take another path.",
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
        why: "The param is a value in the crate, and any string is valid in the document. Forms that show the error beside that field may miss it.",
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
        why: "cargo-semver-checks requires nothing for additions, and headers are values.",
    },
    Change {
        title: "retry rule changed, from `after` to `backoff`",
        before: &[],
        edits: &[("    retry: after\n", "    retry: backoff\n")],
        why: "The retry rule is a value in the crate. The promised header `Retry-After` is dropped with it.",
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
        why: "Struct literals lack a field, which affects only servers. Clients find one more property in `details`, which the document leaves open.",
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
        why: "The document leaves `details` open: the arguments of a code are in a schema that no response refers to. Clients that read the argument find none.",
    },
    Change {
        title: "argument retyped",
        before: &[],
        edits: &[(
            "      limit: { kind: u64 }\n",
            "      limit: { kind: string }\n",
        )],
        why: "cargo-semver-checks does not compare the types of fields, and the document leaves `details` open. Servers that fill in the argument, and clients that read it, have to use another type.",
    },
];
