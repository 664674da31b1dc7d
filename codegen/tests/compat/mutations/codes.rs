//! Changes of codes, their pages, their arguments, and of what is left of those that end.

use codegen::compat::Kind;

use super::{BASE, BLOCK_OF_DOWN, Mutation, Mutations, of, with};

pub(super) fn codes(all: &mut Mutations) {
    let code = Kind::Code;
    all.whole(code, "", (BLOCK_OF_DOWN, ""), [&[], &[]]);
    all.0.push(Mutation {
        when: "another code has the same content",
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

pub(super) fn further_fields_of_codes(all: &mut Mutations) {
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

pub(super) fn pages(all: &mut Mutations) {
    let code = Kind::Code;
    let page = ("    slug: too-large\n", "    slug: much-too-large\n");
    all.when(code, "slug", "", [&[], &[page]]);
    let kept = ("aliases: [big]", "aliases: [big, too-large]");
    let moved = "the old page is an alias, and no body contains its address";
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
        "the page belonged to another code",
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
        when: "the page belonged to another code",
        also: &["anchor-lost"],
        ..of(code, "aliases", "added", (with(&[]), with(&[page, alias])))
    });
    let newcomer = "  newcomer:\n    type: server_error\n    meaning: It is new\n    slug: too-large\n  hidden:\n";
    all.0.push(Mutation {
        when: "its page belonged to another code",
        also: &["anchor-lost"],
        ..of(
            code,
            "",
            "added",
            (with(&[]), with(&[page, ("  hidden:\n", newcomer)])),
        )
    });
}

pub(super) fn ends(all: &mut Mutations) {
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
        when: "it was never a released code",
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

pub(super) fn arguments(all: &mut Mutations) {
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
