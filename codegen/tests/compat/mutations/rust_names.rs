//! Rust names: of codes, types and operations.

use codegen::compat::Kind;

use super::{Edit, Mutations};

const TAKEN: &str = "the Rust name belonged to another entry";

pub(super) fn all(all: &mut Mutations) {
    variants(
        all,
        &Variants {
            kind: Kind::Code,
            rust: "codes.too_large.rust",
            name: "TooLarge",
            aliases: "codes.too_large.rust_aliases",
            former: "TooBig",
            other: ["codes.down.rust", "codes.down.rust_aliases"],
            newcomer: (
                "codes.newcomer",
                "null",
                "{ type: server_error, meaning: It is new, rust: TooLarge }",
            ),
            renamed: "renamed-code",
        },
    );
    variants(
        all,
        &Variants {
            kind: Kind::Type,
            rust: "types.other_error.rust",
            name: "OtherError",
            aliases: "types.other_error.rust_aliases",
            former: "MiscError",
            other: ["types.server_error.rust", "types.server_error.rust_aliases"],
            newcomer: (
                "types.newcomer",
                "null",
                "{ status: 400, meaning: It is new, rust: OtherError }",
            ),
            renamed: "removed-type",
        },
    );
    let kind = Kind::Operation;
    let moved = ("operations.upload.rust", "Upload", "Send");
    let fetch = "{ method: GET, path: /photos, errors: [busy], rust: Upload }";
    let newcomer = ("operations.fetch", "null", fetch);
    all.add((kind, ""), "added", [&[], &[moved, newcomer]])
        .when(TAKEN)
        .also(&["operation-changed"]);
    let fetch = "{ method: GET, path: /photos, errors: [busy] }";
    let fetch = ("operations.fetch", "null", fetch);
    let taken = ("operations.fetch.rust", "null", "Upload");
    all.add(
        (kind, "rust"),
        "changed",
        [&[fetch], &[fetch, moved, taken]],
    )
    .when(TAKEN)
    .also(&["operation-changed"]);
}

/// A code or type with a former variant, another one, and a new one that takes its variant.
struct Variants {
    kind: Kind,
    rust: &'static str,
    name: &'static str,
    aliases: &'static str,
    former: &'static str,
    other: [&'static str; 2],
    newcomer: Edit,
    renamed: &'static str,
}

fn variants(all: &mut Mutations, of: &Variants) {
    let leaked = |text: String| -> &'static str { text.leak() };
    let renamed: &'static [&str] = vec![of.renamed].leak();
    let (rust, aliases) = ((of.kind, "rust"), (of.kind, "rust_aliases"));
    let former = leaked(format!("[{}]", of.former));
    let list = leaked(format!("[{}]", of.name));
    let moved = (of.rust, of.name, "Elsewhere");
    let both = leaked(format!("[{}, {}]", of.former, of.name));
    let kept = (of.aliases, former, both);
    all.add(rust, "changed", [&[], &[moved, kept]])
        .when("the old name is in `rust_aliases`")
        .also(&["alias-added"]);
    all.whole(aliases, (of.aliases, former, "null"), [&[], &[]]);
    let swapped = [(of.rust, of.name, of.former), (of.aliases, former, list)];
    let also: &'static [&str] = vec![of.renamed, "alias-added"].leak();
    all.add(aliases, "removed", [&[], &swapped])
        .when("the variant has that name")
        .also(also);
    let [other, other_aliases] = of.other;
    for (row, change, taken) in [
        (rust, "changed", (other, "null", of.name)),
        (aliases, "added", (other_aliases, "null", list)),
        ((of.kind, ""), "added", of.newcomer),
    ] {
        all.add(row, change, [&[], &[moved, taken]])
            .when(TAKEN)
            .also(renamed);
    }
}
