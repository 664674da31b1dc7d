//! Names that readers of JSON and YAML treat as syntax are rejected in every place where a name is a key.

use super::catalogs::{broken_rules, diagnostics, sound_with};

const SYNTAX: [&str; 12] = [
    "$ref",
    "<<",
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "valueOf",
];

/// Names that look like syntax, but that all tools read as names.
const HARMLESS: [&str; 14] = [
    "$refs",
    "ref",
    "$id",
    "$schema",
    "$dynamicRef",
    "$anchor",
    "<",
    "<<<",
    "=",
    "__proto",
    "constructor",
    "prototype",
    "toString",
    "default",
];

/// The places of a name, with `#` instead of it.
const PLACES: [&str; 9] = [
    "types:\n  '#': { status: 400, meaning: Wrong, rust: Wrong }\ncodes:\n  c: { type: '#', meaning: M, fix: Do it }\n",
    "types:\n  t: { status: 400, meaning: Wrong }\ncodes:\n  '#': { type: t, meaning: M, fix: Do it, rust: Named, slug: named }\n",
    "operations:\n  '#': { method: GET, path: /, errors: [bad_name], rust: Named }\n",
    "sets: { '#': [bad_name] }\noperations:\n  get: { method: GET, path: /, errors: ['@#'] }\n",
    "groups: { '#': { title: Names } }\n",
    "retired:\n  '#': { reason: Gone, slug: gone }\n",
    "types:\n  t: { status: 400, meaning: W }\ncodes:\n  c: { type: t, meaning: M, fix: Do it, x-a: { '#': 1 } }\n",
    "types:\n  t: { status: 400, meaning: W }\ncodes:\n  c: { type: t, meaning: M, fix: Do it, x-a: [{ b: [{ '#': { c: d } }] }] }\n",
    "types:\n  t: { status: 400, meaning: W }\ncodes:\n  c:\n    type: t\n    meaning: M\n    fix: Do it\n    message: 'No {a}'\n    args: { a: { kind: string, x-a: { '#': 1 } } }\n",
];

fn catalog(place: &str, name: &str) -> String {
    let entries = place.replace('#', name);
    if entries.starts_with("types:") {
        format!("{}{entries}", super::catalogs::HEAD)
    } else {
        sound_with(&entries)
    }
}

#[test]
fn a_name_that_is_syntax_is_rejected_once_wherever_it_is_a_key() {
    for name in SYNTAX {
        for place in PLACES {
            let text = catalog(place, name);
            let found = diagnostics(&text);
            let rules: Vec<&str> = found.iter().map(|found| found.rule.id()).collect();
            assert_eq!(rules, ["impossible-name"], "{text}");
            assert!(found[0].message.contains(name), "{text}");
        }
    }
}

#[test]
fn arguments_and_external_ids_are_keys_too() {
    // Other rules reject the rest: these names have letters and digits only.
    for name in &SYNTAX[2..] {
        let args =
            format!("message: 'No {{{name}}}', args: {{ {name}: {{ kind: string, rust: name }} }}");
        let ids = format!("ids: {{ {name}: 1 }}");
        for keys in [args, ids] {
            let text = format!(
                "{}types:\n  t: {{ status: 400, meaning: W }}\ncodes:\n  c: {{ type: t, meaning: M, fix: Do it, {keys} }}\n",
                super::catalogs::HEAD
            );
            assert_eq!(broken_rules(&text), ["impossible-name"], "{text}");
        }
    }
}

#[test]
fn members_of_a_shape_are_keys_too() {
    for name in SYNTAX {
        for body in [
            format!("{{ '{name}': 1, code: $code, text: $message }}"),
            format!("{{ code: $code, text: $message, more: [{{ a: {{ '{name}': $fix }} }}] }}"),
        ] {
            let text = sound_with(&format!(
                "envelope: {{ style: acme, shapes: {{ acme: {{ body: {body} }} }} }}\n"
            ));
            assert_eq!(broken_rules(&text), ["impossible-name"], "{text}");
        }
    }
}

#[test]
fn a_name_that_only_looks_like_syntax_is_accepted() {
    for name in HARMLESS {
        for place in PLACES {
            let text = catalog(place, name);
            let rules = broken_rules(&text);
            assert_eq!(rules, [""; 0], "{text}");
        }
    }
}

#[test]
fn a_mistake_in_a_custom_key_that_many_codes_inherit_is_reported_once() {
    let text = format!(
        "{}types:\n  t: {{ status: 400, meaning: W }}\ncodes:\n  a: {{ type: t, meaning: M, fix: Do it, x-a: {{ $ref: b }} }}\n  b: {{ like: a, meaning: Other }}\n  c: {{ like: a, meaning: Else }}\n",
        super::catalogs::HEAD
    );
    assert_eq!(broken_rules(&text), ["impossible-name"]);
}

#[test]
fn the_page_of_a_code_is_never_a_key_that_is_syntax() {
    let text = catalog(PLACES[1], "__Proto__").replace(", slug: named", "");
    let catalog = super::catalogs::outcome(&text).value.expect("a catalog");
    assert_eq!(catalog.codes[0].names.slug, "code-__proto__");
}

#[test]
fn integer_codes_are_those_that_every_reader_of_json_keeps() {
    for (code, is_sound) in [
        ("9007199254740991", true),
        ("-9007199254740991", true),
        ("9007199254740992", false),
        ("-9007199254740992", false),
    ] {
        let catalog = format!(
            "version: 1\napi: {{ title: T, docs_url: \"https://example.com\", crate: t-errors }}\n\
             envelope: {{ code: integer }}\ntypes:\n  t: {{ status: 400, meaning: M }}\n\
             codes:\n  \"{code}\": {{ type: t, meaning: M, fix: Do it, rust: A }}\n"
        );
        let broken = broken_rules(&catalog);
        assert_eq!(broken.is_empty(), is_sound, "{code}: {broken:?}");
    }
}
