//! Changes of codes, their pages, their arguments, and retired codes.

use codegen::compat::Kind;

use super::{DOWN, Edit, Mutations, WITHOUT_DOWN};

pub(super) fn fields(all: &mut Mutations) {
    for edit in [
        ("codes.busy.status", "503", "500"),
        ("codes.own_row.type", "other_error", "request_error"),
        (
            "codes.too_large.message",
            "The photo {name} of {size} bytes is too large.",
            "Too large are {size} bytes of {name}.",
        ),
        ("codes.down.retry", "backoff", "never"),
        ("codes.too_large.since", "1.0.0", "0.9.0"),
        ("codes.too_large.rust", "TooLarge", "MuchTooLarge"),
    ] {
        all.changed(Kind::Code, edit);
    }
    let [namespace, other] = ["too_", "to"].map(|prefix| -> Edit {
        let groups = format!("{{ Photos: {{ prefix: {prefix}, namespace: true }} }}");
        ("groups", "null", groups.leak())
    });
    let sent = (Kind::Code, "sent");
    all.add(sent, "added", [&[], &[namespace]]);
    all.add(sent, "removed", [&[namespace], &[]]);
    all.add(sent, "changed", [&[namespace], &[other]]);
    let since = ("codes.too_large.since", "1.0.0", "null");
    all.add((Kind::Code, "since"), "removed", [&[], &[since]]);
    all.optional(
        Kind::Code,
        [
            ("codes.too_large.param", "photo", "picture"),
            (
                "codes.too_large.meaning",
                "The photo is too large",
                "It is too large",
            ),
            ("codes.too_large.fix", "Send a smaller one", "Send another"),
            (
                "codes.too_large.description",
                "Photos have at most 8 MB.",
                "Up to 8 MB.",
            ),
            ("codes.too_large.causes", "[A camera made it]", "[A camera]"),
            ("codes.too_large.fixes", "[Buy another plan]", "[Buy it]"),
            (
                "codes.too_large.headers",
                "{ x-limit: '8' }",
                "{ x-limit: '9' }",
            ),
            ("codes.too_large.ids", "{ errno: EFBIG }", "{ errno: EIO }"),
            (
                "codes.own_row.type_row",
                "Nothing is there, in the table of types",
                "Nothing",
            ),
            ("codes.too_large.group", "[Photos]", "[Pictures]"),
            (
                "codes.old_one.deprecated",
                "{ use: too_large }",
                "{ use: own_row }",
            ),
            (
                "codes.too_large.see",
                "[{ text: Limits, url: https://example.com/limits }]",
                "[{ text: Limits, url: https://example.com/all-limits }]",
            ),
            ("codes.too_large.x-owner", "photos", "pictures"),
        ],
    );
}

pub(super) fn cases(all: &mut Mutations) {
    let kind = Kind::Code;
    all.whole((kind, ""), WITHOUT_DOWN, [&[], &[]]);
    let renamed = [WITHOUT_DOWN, ("codes.broken", "null", DOWN)];
    all.add((kind, ""), "removed", [&[], &renamed])
        .when("another code has the same content")
        .also(&["code-added"]);

    // Nothing that is public refers to the code.
    let base = [
        ("framework.1", "{ status: 413, code: too_large }", "null"),
        (
            "codes.old_one.deprecated",
            "{ use: too_large }",
            "{ note: Go }",
        ),
        ("retired.gone.use", "too_large", "null"),
    ];
    let internal = ("codes.too_large.audience", "public", "internal");
    let hidden = [&base[..], &[internal]].concat();
    all.add((kind, "audience"), "changed", [&base, &hidden])
        .when("to `internal`");
    all.add((kind, "audience"), "changed", [&hidden, &base]);

    all.changed(kind, ("codes.busy.retry", "after", "backoff"))
        .when("from `after`");
    all.changed(kind, ("codes.down.retry", "backoff", "after"))
        .when("from `backoff` to `after`");
}

pub(super) fn pages(all: &mut Mutations) {
    let slug = (Kind::Code, "slug");
    let page = ("codes.too_large.slug", "too-large", "much-too-large");
    let aliases = |new| ("codes.too_large.aliases", "[big]", new);
    all.add(slug, "changed", [&[], &[page]]);
    all.add(slug, "changed", [&[], &[page, aliases("[big, too-large]")]])
        .when("the old page is an alias, and no body contains its address")
        .also(&["alias-added"]);
    // The page of one becomes that of another.
    let taken = ("codes.down.slug", "null", "too-large");
    all.add(slug, "changed", [&[], &[page, taken]])
        .when("the page belonged to another code")
        .also(&["anchor-lost"]);

    let row = (Kind::Code, "aliases");
    all.whole(row, aliases("null"), [&[], &[]]);
    let swapped = [
        ("codes.too_large.slug", "too-large", "big"),
        aliases("[too-large]"),
    ];
    all.add(row, "removed", [&[], &swapped])
        .when("the page of the code has that name")
        .also(&["alias-added", "anchor-moved"]);
    let alias = ("codes.down.aliases", "null", "[too-large]");
    all.add(row, "added", [&[], &[page, alias]])
        .when("the page belonged to another code")
        .also(&["anchor-lost"]);
    let newcomer = "{ type: server_error, meaning: It is new, slug: too-large }";
    let newcomer = ("codes.newcomer", "null", newcomer);
    all.add((Kind::Code, ""), "added", [&[], &[page, newcomer]])
        .when("its page belonged to another code")
        .also(&["anchor-lost"]);
}

pub(super) fn ends(all: &mut Mutations) {
    let removed = (Kind::Code, "");
    let old = "{ type: request_error, meaning: It is old, fix: Use the new one, deprecated: { use: too_large } }";
    let ended = [
        ("codes.old_one", old, "null"),
        ("retired.old_one", "null", "{ reason: It was old }"),
    ];
    all.add(removed, "removed", [&[], &ended])
        .when("it is retired, and was deprecated in a release");
    let down = |tombstone| [WITHOUT_DOWN, ("retired.down", "null", tombstone)];
    all.add(removed, "removed", [&[], &down("{ reason: It is up }")])
        .when("it is retired");
    let elsewhere = down("{ reason: It is up, slug: up }");
    all.add((Kind::Code, "slug"), "removed", [&[], &elsewhere])
        .when("the code is retired, and its tombstone does not keep the page")
        .also(&["retired-undeprecated"]);

    let kind = Kind::Retired;
    let never = ("retired.never", "null", "{ reason: It was never sent }");
    all.add((kind, ""), "added", [&[], &[never]])
        .when("it was never a released code");
    let gone = "{ gone: { since: 1.0.0, reason: Nobody sent it, use: too_large, slug: gone-page, \
                aliases: [went], audience: public } }";
    let without: Edit = ("retired", gone, "null");
    all.add((kind, ""), "removed", [&[], &[without]]);
    // The page is that of the code of the same name.
    let again = "{ type: server_error, meaning: It is here again, slug: gone-page }";
    let again = [without, ("codes.gone", "null", again)];
    all.add((kind, ""), "removed", [&[], &again])
        .when("it is a code again")
        .also(&["code-added"]);
    all.optional(
        kind,
        [
            ("retired.gone.since", "1.0.0", "0.9.0"),
            ("retired.gone.use", "too_large", "own_row"),
        ],
    );
    all.changed(
        kind,
        ("retired.gone.reason", "Nobody sent it", "Nobody liked it"),
    );
    all.changed(kind, ("retired.gone.slug", "gone-page", "gone-elsewhere"));
    let aliases = ("retired.gone.aliases", "[went]", "null");
    all.whole((kind, "aliases"), aliases, [&[], &[]]);
    let internal = ("retired.gone.audience", "public", "internal");
    all.changed(kind, internal).when("to `internal`");
    all.add((kind, "audience"), "changed", [&[internal], &[]]);
}

pub(super) fn arguments(all: &mut Mutations) {
    let kind = Kind::Argument;
    let without = [
        ("codes.too_large.args.size", "{ kind: u64 }", "null"),
        (
            "codes.too_large.message",
            "The photo {name} of {size} bytes is too large.",
            "The photo {name} is too large.",
        ),
    ];
    all.add((kind, ""), "removed", [&[], &without])
        .also(&["text-changed"]);
    all.add((kind, ""), "added", [&without, &[]])
        .also(&["text-changed"]);
    // Its example is of the other kind too.
    all.changed(kind, ("codes.too_large.args.size.kind", "u64", "string"))
        .also(&["text-changed"]);
    for edit in [
        ("codes.too_large.args.name.example", "a.png", "b.png"),
        ("codes.too_large.args.name.sensitive", "false", "true"),
        (
            "codes.too_large.args.name.absent",
            "without a name",
            "unnamed",
        ),
        (
            "codes.too_large.args.name.rust",
            "file_name",
            "name_of_file",
        ),
    ] {
        all.changed(kind, edit);
    }
    all.optional(
        kind,
        [
            ("codes.too_large.args.name.meaning", "Its name", "A name"),
            ("codes.too_large.args.name.x-source", "form", "query"),
        ],
    );
    let required = [
        ("codes.too_large.args.name.nullable", "true", "false"),
        ("codes.too_large.args.name.absent", "without a name", "null"),
    ];
    all.add((kind, "nullable"), "changed", [&[], &required])
        .also(&["text-changed"]);
    all.add((kind, "absent"), "removed", [&[], &required])
        .also(&["argument-retyped"]);
    all.add((kind, "absent"), "added", [&required, &[]])
        .also(&["argument-retyped"]);
}
