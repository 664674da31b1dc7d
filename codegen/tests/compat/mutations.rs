//! A change for each row of the table, made to the catalog that has every field.

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
    codes(&mut all);
    further_fields_of_codes(&mut all);
    pages(&mut all);
    ends(&mut all);
    arguments(&mut all);
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
        "bodies have the addresses of pages",
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
    let begin = "those that were there come first, as they did";
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
        when: "a family that has it is there now",
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

fn codes(all: &mut Mutations) {
    let code = Kind::Code;
    all.whole(code, "", (BLOCK_OF_DOWN, ""), [&[], &[]]);
    all.0.push(Mutation {
        when: "another code says the same",
        also: &["code-added"],
        ..of(
            code,
            "",
            "removed",
            (with(&[]), with(&[("  down:\n", "  broken:\n")])),
        )
    });
    let busy = "  busy:\n    type: server_error\n    status: 503\n";
    all.changed(
        code,
        "status",
        busy,
        "  busy:\n    type: server_error\n    status: 500\n",
    );
    let typed = "  own_row:\n    type: other_error\n";
    all.changed(code, "type", typed, "  own_row:\n    type: request_error\n");
    if let Some(last) = all.0.last_mut() {
        last.also = &[];
    }
    let message = "    message: The photo {name} of {size} bytes is too large.\n";
    all.changed(
        code,
        "message",
        message,
        "    message: Too large are {size} bytes of {name}.\n",
    );
    all.optional(code, "param", "    param: photo\n", "    param: picture\n");
    all.changed(
        code,
        "meaning",
        "meaning: The photo is too large",
        "meaning: It is too large",
    );
    all.there_or_not(code, "meaning", "    meaning: The photo is too large\n");
    all.optional(
        code,
        "fix",
        "    fix: Send a smaller one\n",
        "    fix: Send another\n",
    );
    let description = "    description: Photos have at most 8 MB.\n";
    all.optional(
        code,
        "description",
        description,
        "    description: Up to 8 MB.\n",
    );
    all.optional(
        code,
        "causes",
        "    causes: [A camera made it]\n",
        "    causes: [A camera]\n",
    );
    all.optional(
        code,
        "fixes",
        "    fixes: [Buy another plan]\n",
        "    fixes: [Buy it]\n",
    );
}

fn further_fields_of_codes(all: &mut Mutations) {
    let code = Kind::Code;
    let internal = (
        "audience: public\n    headers",
        "audience: internal\n    headers",
    );
    let unlisted = ("  - { status: 413, code: too_large }\n", "");
    let unused = (
        "    deprecated: { use: too_large }\n",
        "    deprecated: { note: Go }\n",
    );
    let forgotten = ("    use: too_large\n", "");
    let base = [unlisted, unused, forgotten];
    let hidden = [unlisted, unused, forgotten, internal];
    all.when(code, "audience", "to `internal`", [&base, &hidden]);
    all.when(code, "audience", "", [&hidden, &base]);
    let limit = "    headers: { x-limit: \"8\" }\n";
    all.optional(code, "headers", limit, "    headers: { x-limit: \"9\" }\n");
    all.optional(
        code,
        "ids",
        "    ids: { errno: EFBIG }\n",
        "    ids: { errno: EIO }\n",
    );
    let waits = "    fix: Wait\n    retry: after\n";
    all.when(
        code,
        "retry",
        "from `after`",
        [&[], &[(waits, "    fix: Wait\n    retry: backoff\n")]],
    );
    all.when(
        code,
        "retry",
        "from `backoff` to `after`",
        [&[], &[("    retry: backoff\n", "    retry: after\n")]],
    );
    all.changed(code, "retry", "    retry: backoff\n", "    retry: never\n");
    let row = "    type_row: Nothing is there, in the table of types\n";
    all.optional(code, "type_row", row, "    type_row: Nothing\n");
    all.optional(
        code,
        "group",
        "    group: [Photos]\n",
        "    group: [Pictures]\n",
    );
    let since = "    group: [Photos]\n    since: 1.0.0\n";
    all.changed(
        code,
        "since",
        since,
        "    group: [Photos]\n    since: 0.9.0\n",
    );
    all.0.push(of(code, "since", "removed", {
        (with(&[]), with(&[(since, "    group: [Photos]\n")]))
    }));
    let old = "    deprecated: { use: too_large }\n";
    all.optional(
        code,
        "deprecated",
        old,
        "    deprecated: { use: own_row }\n",
    );
    let see = "    see:\n      - { text: Limits, url: https://example.com/limits }\n";
    let other = "    see:\n      - { text: Limits, url: https://example.com/all-limits }\n";
    all.optional(code, "see", see, other);
    all.changed(
        code,
        "rust",
        "    rust: TooLarge\n",
        "    rust: MuchTooLarge\n",
    );
    all.optional(
        code,
        "x-*",
        "    x-owner: photos\n",
        "    x-owner: pictures\n",
    );
}

fn pages(all: &mut Mutations) {
    let code = Kind::Code;
    let page = ("    slug: too-large\n", "    slug: much-too-large\n");
    all.when(code, "slug", "", [&[], &[page]]);
    let kept = ("aliases: [big]", "aliases: [big, too-large]");
    let moved = "the old page is an alias, and no body has its address";
    all.when(code, "slug", moved, [&[], &[page, kept]]);
    if let Some(last) = all.0.last_mut() {
        last.also = &["alias-added"];
    }
    // The page of one becomes that of another.
    let taken = (
        "    retry: backoff\n",
        "    retry: backoff\n    slug: too-large\n",
    );
    all.when(
        code,
        "slug",
        "it was the page of another",
        [&[], &[page, taken]],
    );
    if let Some(last) = all.0.last_mut() {
        last.also = &["anchor-lost"];
    }
    all.whole(code, "aliases", ("    aliases: [big]\n", ""), [&[], &[]]);
    let (there, swapped) = (
        with(&[]),
        with(&[
            ("    slug: too-large\n", "    slug: big\n"),
            ("    aliases: [big]\n", "    aliases: [too-large]\n"),
        ]),
    );
    all.0.push(Mutation {
        when: "the page of the code has that name",
        also: &["alias-added", "anchor-moved"],
        ..of(code, "aliases", "removed", (there, swapped))
    });
    let alias = (
        "    retry: backoff\n",
        "    retry: backoff\n    aliases: [too-large]\n",
    );
    all.0.push(Mutation {
        when: "it was the page of another",
        also: &["anchor-lost"],
        ..of(code, "aliases", "added", (with(&[]), with(&[page, alias])))
    });
    let newcomer = "  newcomer:\n    type: server_error\n    meaning: It is new\n    slug: too-large\n  hidden:\n";
    all.0.push(Mutation {
        when: "its page was that of another",
        also: &["anchor-lost"],
        ..of(
            code,
            "",
            "added",
            (with(&[]), with(&[page, ("  hidden:\n", newcomer)])),
        )
    });
}

fn ends(all: &mut Mutations) {
    let old = "  old_one:\n    type: request_error\n    meaning: It is old\n    fix: Use the new one\n    deprecated: { use: too_large }\n";
    let tombstone = "retired:\n  old_one: { reason: It was old }\n  gone:\n";
    all.0.push(Mutation {
        when: "it is retired, and was deprecated in a release",
        ..of(Kind::Code, "", "removed", {
            (
                with(&[]),
                with(&[(old, ""), ("retired:\n  gone:\n", tombstone)]),
            )
        })
    });
    let down = "retired:\n  down: { reason: It is up }\n  gone:\n";
    all.0.push(Mutation {
        when: "it is retired",
        ..of(Kind::Code, "", "removed", {
            (
                with(&[]),
                with(&[(BLOCK_OF_DOWN, ""), ("retired:\n  gone:\n", down)]),
            )
        })
    });
    let elsewhere = "retired:\n  down: { reason: It is up, slug: up }\n  gone:\n";
    all.0.push(Mutation {
        when: "the code is retired, and its tombstone does not keep the page",
        also: &["retired-undeprecated"],
        ..of(Kind::Code, "slug", "removed", {
            (
                with(&[]),
                with(&[(BLOCK_OF_DOWN, ""), ("retired:\n  gone:\n", elsewhere)]),
            )
        })
    });
    let retired = Kind::Retired;
    let never = "retired:\n  never: { reason: It was never sent }\n  gone:\n";
    all.0.push(Mutation {
        when: "it was no code that was released",
        ..of(
            retired,
            "",
            "added",
            (with(&[]), with(&[("retired:\n  gone:\n", never)])),
        )
    });
    let start = BASE.find("retired:\n").unwrap();
    let whole = &BASE[start..BASE.find("operations:\n").unwrap()];
    all.0.push(of(
        retired,
        "",
        "removed",
        (with(&[]), with(&[(whole, "")])),
    ));
    let again =
        "  gone: { type: server_error, meaning: It is here again, slug: gone-page }\n  hidden:\n";
    all.0.push(Mutation {
        when: "it is a code again",
        // The page is that of the code of the same name.
        also: &["code-added"],
        ..of(
            retired,
            "",
            "removed",
            (with(&[]), with(&[(whole, ""), ("  hidden:\n", again)])),
        )
    });
    let since = "    since: 1.0.0\n    reason";
    all.changed(retired, "since", since, "    since: 0.9.0\n    reason");
    all.whole(retired, "since", (since, "    reason"), [&[], &[]]);
    all.changed(
        retired,
        "reason",
        "reason: Nobody sent it",
        "reason: Nobody liked it",
    );
    all.optional(retired, "use", "    use: too_large\n", "    use: own_row\n");
    all.changed(retired, "slug", "slug: gone-page", "slug: gone-elsewhere");
    all.whole(
        retired,
        "aliases",
        ("    aliases: [went]\n", ""),
        [&[], &[]],
    );
    let internal = (
        "audience: public\noperations",
        "audience: internal\noperations",
    );
    all.when(retired, "audience", "to `internal`", [&[], &[internal]]);
    all.when(retired, "audience", "", [&[internal], &[]]);
}

fn arguments(all: &mut Mutations) {
    let argument = Kind::Argument;
    let (size, use_of_it) = ("      size: { kind: u64 }\n", "{name} of {size} bytes");
    let without = with(&[(size, ""), (use_of_it, "{name}")]);
    all.0.push(Mutation {
        also: &["text-changed"],
        ..of(argument, "", "removed", (with(&[]), without.clone()))
    });
    all.0.push(Mutation {
        also: &["text-changed"],
        ..of(argument, "", "added", (without, with(&[])))
    });
    all.changed(
        argument,
        "kind",
        "size: { kind: u64 }",
        "size: { kind: string }",
    );
    if let Some(last) = all.0.last_mut() {
        // What stands for it in examples is of the other kind too.
        last.also = &["text-changed"];
    }
    all.optional(
        argument,
        "meaning",
        "        meaning: Its name\n",
        "        meaning: A name\n",
    );
    all.changed(argument, "example", "example: a.png", "example: b.png");
    all.changed(argument, "sensitive", "sensitive: false", "sensitive: true");
    let nullable = "        nullable: true\n        absent: without a name\n";
    all.changed(argument, "nullable", nullable, "        nullable: false\n");
    if let Some(last) = all.0.last_mut() {
        last.also = &["text-changed"];
    }
    all.changed(
        argument,
        "absent",
        "absent: without a name",
        "absent: unnamed",
    );
    let (there, not) = (with(&[]), with(&[(nullable, "        nullable: false\n")]));
    for (change, catalogs) in [
        ("removed", (there.clone(), not.clone())),
        ("added", (not, there)),
    ] {
        all.0.push(Mutation {
            also: &["argument-retyped"],
            ..of(argument, "absent", change, catalogs)
        });
    }
    all.changed(argument, "rust", "rust: file_name", "rust: name_of_file");
    all.optional(
        argument,
        "x-*",
        "        x-source: form\n",
        "        x-source: query\n",
    );
}
