//! Shapes of the catalog, and the names of types and codes in them.

use codegen::compat::Kind;

use super::{Edit, Mutations};

const STYLES: Edit = ("envelope.style", "[openai]", "[openai, acme]");
const GOOGLE: Edit = ("envelope.style", "[openai]", "[openai, google]");

pub(super) fn all(all: &mut Mutations) {
    let shape = |shape| -> Edit { ("envelope.shapes", "null", shape) };
    let old = shape("{ acme: { body: { ok: false, error: { id: $code, text: $message } } } }");
    let row = (Kind::Envelope, "shapes");
    for more in [
        "{ acme: { body: { ok: false, error: { id: $code, text: $message, fix: $fix } } } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message }, version: $version } } }",
    ] {
        all.add(row, "changed", [&[STYLES, old], &[STYLES, shape(more)]])
            .when("members are added to the body or the event");
    }
    for other in [
        "{ acme: { body: { ok: true, error: { id: $code, text: $message } } } }",
        "{ acme: { body: { ok: false, error: { code: $code, text: $message } } } }",
        "{ acme: { body: { ok: false, error: { $if: code, id: $code }, text: $message } } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, event: { name: failed } } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, event: { name: message } } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, content_type: text/json } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, types: { 404: GONE } } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, rust: AcmeStyle } }",
        "{ acme: { body: { ok: false, error: { id: $code, text: $message } }, codes: upper_snake } }",
    ] {
        all.add(row, "changed", [&[STYLES, old], &[STYLES, shape(other)]]);
    }
    choices(all);
    names(all, Kind::Type, "types.other_error.names");
    names(all, Kind::Code, "codes.down.names");
}

/// Which requests get which style.
fn choices(all: &mut Mutations) {
    let choose = |choices| -> Edit { ("envelope.choose", "null", choices) };
    let row = (Kind::Envelope, "choose");
    let by_path = choose("[{ path: /v1beta, style: google }]");
    let by_header = choose("[{ header: x-goog-api-key, style: google }]");
    let by_both =
        choose("[{ path: /v1beta, style: google }, { header: x-goog-api-key, style: google }]");
    let to_new = "each new choice gives a new style to a path of no released operation";
    all.add(row, "added", [&[], &[GOOGLE, by_path]])
        .when(to_new)
        .also(&["envelope-extended"]);
    let openai = choose("[{ path: /v1beta, style: openai }]");
    let both = choose("[{ path: /v1beta, style: openai }, { path: /v2beta, style: google }]");
    all.add(row, "changed", [&[openai], &[GOOGLE, both]])
        .when(to_new)
        .also(&["envelope-extended"]);
    let of_operation = choose("[{ path: /photos, style: google }]");
    all.add(row, "added", [&[], &[GOOGLE, of_operation]])
        .also(&["envelope-extended"]);
    all.add(row, "added", [&[GOOGLE], &[GOOGLE, by_path]]);
    all.add(row, "removed", [&[GOOGLE, by_path], &[GOOGLE]]);
    all.add(row, "changed", [&[GOOGLE, by_path], &[GOOGLE, by_both]])
        .when("the old choices come first, in the same order");
    all.add(row, "changed", [&[GOOGLE, by_path], &[GOOGLE, by_header]]);
    all.add(row, "changed", [&[GOOGLE, by_both], &[GOOGLE, by_header]]);
}

/// The name of a type or code in a style that is there, or is new.
fn names(all: &mut Mutations, kind: Kind, path: &'static str) {
    let row = (kind, "names");
    let [one, other] = ["ONE", "OTHER"].map(|name| -> Edit {
        let names: &'static str = format!("{{ google: {name} }}").leak();
        (path, "null", names)
    });
    for (change, old, new) in [
        ("added", None, Some(one)),
        ("removed", Some(one), None),
        ("changed", Some(one), Some(other)),
    ] {
        let edits = |style: Option<Edit>, names: Option<Edit>| -> Vec<Edit> {
            style.into_iter().chain(names).collect()
        };
        let (old_style, new_style) = (edits(Some(GOOGLE), old), edits(Some(GOOGLE), new));
        all.add(row, change, [&old_style, &new_style]);
        let without = edits(None, old);
        all.add(row, change, [&without, &new_style])
            .when("of a new style")
            .also(&["envelope-extended"]);
    }
}
