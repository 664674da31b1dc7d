//! A change for each row of the table, made to the catalog that has every field.

mod codes;

use codegen::compat::Kind;

use super::base::{BASE, edited};

type Edit = (&'static str, &'static str);

/// Two catalogs that differ in one thing.
pub(crate) struct Mutation {
    /// The row of the table that judges it.
    pub(crate) row: (Kind, &'static str),
    /// The cell of the row, and the case in it.
    pub(crate) change: &'static str,
    pub(crate) when: &'static str,
    pub(crate) old: String,
    pub(crate) new: String,
    /// The rules of what follows from it.
    pub(crate) also: &'static [&'static str],
}

fn with(edits: &[Edit]) -> String {
    let mut text = BASE.to_owned();
    for (from, to) in edits {
        text = edited(&text, from, to);
    }
    text
}

struct Mutations(Vec<Mutation>);

impl Mutations {
    fn push(
        &mut self,
        row: (Kind, &'static str),
        (change, when): (&'static str, &'static str),
        (old, new): (String, String),
        also: &'static [&'static str],
    ) {
        self.0.push(Mutation {
            row,
            change,
            when,
            old,
            new,
            also,
        });
    }

    /// A value becomes another.
    fn changed(&mut self, kind: Kind, field: &'static str, from: &'static str, to: &'static str) {
        let catalogs = (with(&[]), with(&[(from, to)]));
        self.push((kind, field), ("changed", ""), catalogs, &[]);
    }

    /// The same in a case of its own.
    fn when(
        &mut self,
        kind: Kind,
        field: &'static str,
        when: &'static str,
        [old, new]: [&[Edit]; 2],
    ) {
        self.push(
            (kind, field),
            ("changed", when),
            (with(old), with(new)),
            &[],
        );
    }

    /// A line becomes another, goes, and comes.
    fn optional(
        &mut self,
        kind: Kind,
        field: &'static str,
        line: &'static str,
        other: &'static str,
    ) {
        self.changed(kind, field, line, other);
        self.there_or_not(kind, field, line);
    }

    /// A line goes, and comes.
    fn there_or_not(&mut self, kind: Kind, field: &'static str, line: &'static str) {
        self.whole(kind, field, (line, ""), [&[], &[]]);
    }

    /// Something goes, and comes, with what follows from either.
    fn whole(
        &mut self,
        kind: Kind,
        field: &'static str,
        without: Edit,
        [gone, came]: [&'static [&'static str]; 2],
    ) {
        let (there, not) = (with(&[]), with(&[without]));
        self.push(
            (kind, field),
            ("removed", ""),
            (there.clone(), not.clone()),
            gone,
        );
        self.push((kind, field), ("added", ""), (not, there), came);
    }
}

/// All mutations that two catalogs can show.
pub(crate) fn all() -> Vec<Mutation> {
    let mut all = Mutations(Vec::new());
    api_and_envelope(&mut all);
    prose_and_retry(&mut all);
    framework_and_operations(&mut all);
    types(&mut all);
    codes::codes(&mut all);
    codes::further_fields_of_codes(&mut all);
    codes::pages(&mut all);
    codes::ends(&mut all);
    codes::arguments(&mut all);
    all.0
}

fn api_and_envelope(all: &mut Mutations) {
    let api = Kind::Api;
    all.changed(api, "title", "title: Photo API", "title: Picture API");
    all.changed(api, "crate", "crate: photo-errors", "crate: picture-errors");
    all.changed(
        api,
        "docs_url",
        "docs.example.com/errors",
        "docs.example.com/problems",
    );
    let problems = ("style: [openai]", "style: [problem]");
    let moved = ("docs.example.com/errors", "docs.example.com/problems");
    all.when(
        api,
        "docs_url",
        "bodies contain page addresses",
        [&[problems], &[problems, moved]],
    );
    all.optional(
        api,
        "license",
        "  license: { name: MIT }\n",
        "  license: { name: Apache-2.0 }\n",
    );
    all.optional(
        api,
        "contact",
        "  contact: { name: Photo team }\n",
        "  contact: { name: Team }\n",
    );
    all.changed(
        api,
        "servers",
        "url: https://api.example.com",
        "url: https://api2.example.com",
    );

    let envelope = Kind::Envelope;
    all.changed(envelope, "style", "style: [openai]", "style: [problem]");
    let two = ("style: [openai]", "style: [openai, problem]");
    let begin = "the old styles come first, in the same order";
    all.when(envelope, "style", begin, [&[], &[two]]);
    all.changed(envelope, "param", "param: omit", "param: \"null\"");
    all.changed(envelope, "details", "details: true", "details: false");
    let off = ("details: true", "details: false");
    all.when(envelope, "details", "to `true`", [&[off], &[]]);
    all.changed(
        envelope,
        "request_id",
        "request_id: x-request-id",
        "request_id: x-trace-id",
    );
    all.changed(
        envelope,
        "intro",
        "intro: An error looks like this.",
        "intro: Look at this.",
    );
    all.optional(
        envelope,
        "example",
        "  example: { code: busy }\n",
        "  example: { code: own_row }\n",
    );
    let notes = "  notes:\n    - It is always JSON.\n";
    all.optional(envelope, "notes", notes, "  notes:\n    - It is JSON.\n");
}

fn prose_and_retry(all: &mut Mutations) {
    let ids = Kind::ErrorIds;
    all.optional(
        ids,
        "notes",
        "  notes:\n    - Send it along.\n",
        "  notes:\n    - Keep it.\n",
    );
    all.optional(
        ids,
        "see",
        "  see:\n    - { text: Support, url: https://example.com/support }\n",
        "  see:\n    - { text: Help, url: https://example.com/support }\n",
    );

    let retry = Kind::Retry;
    all.whole(
        retry,
        "statuses",
        ("statuses: [503]", "statuses: [500, 503]"),
        // With the status its codes are retryable: the one without a rule of its own.
        [&["retry-changed"], &["retry-changed"]],
    );
    // The edit adds a status, so what comes and what goes change places.
    for mutation in all.0.iter_mut().rev().take(2) {
        std::mem::swap(&mut mutation.old, &mut mutation.new);
    }
    all.changed(retry, "backoff", "initial_ms: 500", "initial_ms: 700");
    let reasons = "  not_retryable:\n    - { status: 404, reason: it is gone }\n";
    let others = "  not_retryable:\n    - { status: 413, reason: it is gone }\n";
    all.optional(retry, "not_retryable", reasons, others);
    all.optional(
        retry,
        "notes",
        "  notes:\n    - Wait a little.\n",
        "  notes:\n    - Wait.\n",
    );
    all.optional(
        retry,
        "see",
        "  see:\n    - { text: Waiting, url: https://example.com/wait }\n",
        "  see:\n    - { text: Waiting, url: https://example.com/waiting }\n",
    );

    let closed = ("closed: false", "closed: true");
    all.when(Kind::OpenApi, "closed", "to `true`", [&[], &[closed]]);
    all.when(Kind::OpenApi, "closed", "", [&[closed], &[]]);
}

fn framework_and_operations(all: &mut Mutations) {
    let framework = Kind::Framework;
    let bare = "  - { status: 413, code: too_large }\n";
    all.whole(framework, "", (bare, ""), [&[], &[]]);
    let bare = "    type: request_error\n    as: 404\n    message: There is nothing here.\n";
    all.changed(
        framework,
        "type",
        bare,
        "    type: other_error\n    as: 404\n    message: There is nothing here.\n",
    );
    all.changed(framework, "as", "    as: 404\n", "    as: 400\n");
    let message = "    message: There is nothing here.\n";
    all.optional(framework, "message", message, "    message: Nothing.\n");
    let (code, own_row) = (
        "{ status: 413, code: too_large }",
        "{ status: 413, code: old_one }",
    );
    all.0.push(Mutation {
        also: &["status-changed"],
        ..of(
            framework,
            "code",
            "changed",
            (with(&[]), with(&[(code, own_row)])),
        )
    });
    let without = with(&[(code, "{ status: 413, type: request_error }")]);
    all.0.push(of(
        framework,
        "code",
        "removed",
        (with(&[]), without.clone()),
    ));
    all.0
        .push(of(framework, "code", "added", (without, with(&[]))));

    let operation = Kind::Operation;
    let upload = BASE.find("operations:\n").unwrap()..BASE.find("framework:\n").unwrap();
    all.whole(operation, "", (&BASE[upload], ""), [&[], &[]]);
    all.changed(operation, "method", "method: POST", "method: PUT");
    all.changed(operation, "path", "path: /photos", "path: /pictures");
    all.optional(
        operation,
        "summary",
        "    summary: Keeps a photo\n",
        "    summary: Keeps it\n",
    );
    all.changed(operation, "rust", "    rust: Upload\n", "    rust: Send\n");
    let errors = ("[busy, hidden, too_large]", "[busy, hidden]");
    all.whole(operation, "errors", errors, [&[], &[]]);
    let gone = (BLOCK_OF_DOWN, "");
    let listed = (
        "[busy, hidden, too_large]",
        "[busy, down, hidden, too_large]",
    );
    all.0.push(Mutation {
        when: "the code is gone",
        also: &["removed-code"],
        ..of(
            operation,
            "errors",
            "removed",
            (with(&[listed]), with(&[gone])),
        )
    });
}

fn types(all: &mut Mutations) {
    let kind = Kind::Type;
    let other = "  spare_error:\n    status: 400\n    meaning: It is spare\n  server_error:\n    status: [500, 503]";
    let spare = ("  server_error:\n    status: [500, 503]", other);
    all.0
        .push(of(kind, "", "added", (with(&[]), with(&[spare]))));
    all.0
        .push(of(kind, "", "removed", (with(&[spare]), with(&[]))));
    all.changed(kind, "rust", "rust: OtherError", "rust: AnotherError");
    all.changed(kind, "status", "status: [500, 503]", "status: [503, 500]");
    // The code without a status of its own goes along with the first of its type.
    if let Some(last) = all.0.last_mut() {
        last.also = &["status-changed", "retry-changed"];
    }
    all.whole(
        kind,
        "status",
        ("status: [400, 413]", "status: [400]"),
        [&[], &[]],
    );
    all.0.push(Mutation {
        when: "a family now covers it",
        also: &["type-extended", "type-extended"],
        ..of(kind, "status", "removed", {
            let family = ("status: [500, 503]", "status: 5xx");
            (with(&[]), with(&[family]))
        })
    });
    all.changed(
        kind,
        "message",
        "message: The request cannot be answered.",
        "message: No.",
    );
    let meaning = "    meaning: The request is wrong\n    message";
    all.0.push(of(kind, "meaning", "changed", {
        (
            with(&[]),
            with(&[(meaning, "    meaning: It is wrong\n    message")]),
        )
    }));
    let without = with(&[(meaning, "    message")]);
    all.0
        .push(of(kind, "meaning", "removed", (with(&[]), without.clone())));
    all.0
        .push(of(kind, "meaning", "added", (without, with(&[]))));
}

fn of(
    kind: Kind,
    field: &'static str,
    change: &'static str,
    (old, new): (String, String),
) -> Mutation {
    Mutation {
        row: (kind, field),
        change,
        when: "",
        old,
        new,
        also: &[],
    }
}

const BLOCK_OF_DOWN: &str = "  down:
    type: server_error
    status: 503
    meaning: The service is down
    fix: Wait for it
    retry: backoff
";
