//! Shapes of a catalog: what they accept, and what is reported.

use codegen::catalog::Catalog;
use serde_json::{Value, json};

use super::catalogs::{broken_rules, diagnostics, outcome, sound_with};

/// A catalog whose only style is a shape with these keys.
fn with_shape(shape: &str) -> String {
    sound_with(&format!(
        "envelope: {{ style: acme, shapes: {{ acme: {{ {shape} }} }} }}\n"
    ))
}

/// The same with this body, besides the required slots.
fn with_member(member: &str) -> String {
    with_shape(&format!(
        "body: {{ code: $code, text: $message, {member} }}"
    ))
}

fn catalog(text: &str) -> Catalog {
    let outcome = outcome(text);
    assert!(outcome.diagnostics.is_empty(), "{:#?}", outcome.diagnostics);
    outcome.value.expect("a catalog")
}

#[test]
fn a_shape_is_an_object_with_slots_and_constants() {
    for member in [
        "a: true",
        "a: null",
        "a: []",
        "a: {}",
        "a: \"\"",
        "a: 0",
        "a: -1",
        "a: 1.5",
        "a: -0.25",
        "a: $$5",
        "a: costs 5$",
        "a: $param?",
        "a: $param",
        "a: $param|none",
        "a: \"$param|\"",
        "a: \"${status} ${title}\"",
        "a: { $if: param, b: $param }",
        "a: [{ $if: param, b: $param }]",
        "a: { $if: [param, errors], b: $param?, c: [{ $each: errors, d: $param }] }",
        "a: [{ $if: [code, param, details], b: $param }]",
        "a: [{ $each: errors, b: $param?, c: \"${code}\" }]",
        "a: [{ $each: errors, b: [{ $if: param, c: $param }] }]",
        "a: $errors",
        "a: [$details?]",
        "\"@type\": $type",
        "\"404\": $doc_url",
        "größe: $retry_after?",
    ] {
        let text = with_member(member);
        assert_eq!(
            broken_rules(&text),
            [""; 0],
            "{text}: {:#?}",
            diagnostics(&text)
        );
    }
}

#[test]
fn what_a_tree_cannot_mean_is_reported_once() {
    for (member, rule) in [
        ("a: $parm", "bad-shape"),
        ("a: $", "bad-shape"),
        ("a: $param??", "bad-shape"),
        ("a: \"$param |x\"", "bad-shape"),
        ("a: $status?", "bad-shape"),
        ("a: $type|none", "bad-shape"),
        ("a: \"${parm}\"", "bad-shape"),
        ("a: \"${param\"", "bad-shape"),
        ("a: \"${details}\"", "bad-shape"),
        ("a: \"${param?}\"", "bad-shape"),
        ("a: $body", "bad-shape"),
        ("a: { $if: parm, b: 1 }", "bad-shape"),
        ("a: { $if: $param, b: 1 }", "bad-shape"),
        ("a: { $if: true, b: 1 }", "bad-shape"),
        ("a: { $if: [param], b: 1 }", "bad-shape"),
        ("a: { $if: [], b: 1 }", "bad-shape"),
        ("a: { $if: [param, status], b: 1 }", "bad-shape"),
        ("a: { $if: [param, [code]], b: 1 }", "bad-shape"),
        ("a: { $each: [errors, errors], b: 1 }", "bad-shape"),
        ("a: [{ $each: errors, b: 1 }, { c: 1 }]", "bad-shape"),
        (
            "a: [{ $each: errors, b: 1 }, { $each: errors, c: 1 }]",
            "bad-shape",
        ),
        (
            "a: [{ $each: errors, b: { $if: errors, c: 1 } }]",
            "bad-shape",
        ),
        (
            "a: [{ $each: errors, b: { $if: [param, errors], c: 1 } }]",
            "bad-shape",
        ),
        ("a: { $unless: param, b: 1 }", "bad-shape"),
        ("a: { $schema: Name, b: 1 }", "bad-shape"),
        ("a: { $each: errors, b: 1 }", "bad-shape"),
        ("a: [{ $each: details, b: 1 }]", "bad-shape"),
        (
            "a: [{ $each: errors, b: [{ $each: errors, c: 1 }] }]",
            "bad-shape",
        ),
        ("a: [{ $each: errors, b: $errors }]", "bad-shape"),
        ("a: [{ $each: errors, $if: param, b: 1 }]", "bad-shape"),
        ("\"\": 1", "impossible-name"),
        ("\"a\\u200bb\": 1", "impossible-name"),
        ("\"a\\nb\": 1", "impossible-name"),
        ("a: \"\\a\"", "control-character"),
        ("a: 1e3", "yaml-trap"),
        ("a: 0x10", "yaml-trap"),
        ("a: -0", "yaml-trap"),
        ("a: .5", "yaml-trap"),
        ("a: 0.1234567890123456789", "yaml-trap"),
        ("a: no", "yaml-trap"),
    ] {
        let text = with_member(member);
        assert_eq!(
            broken_rules(&text),
            [rule],
            "{text}: {:#?}",
            diagnostics(&text)
        );
    }
}

#[test]
fn a_body_always_has_a_message_and_a_code_or_type() {
    for body in [
        "{ code: $code }",
        "{ text: $message }",
        "{ a: { $if: param, code: $code, text: $message } }",
        "{ code: $code, all: [{ $each: errors, text: $message }] }",
        "{ code: $code, text: \"${param}: ${message}\" }",
        "{ errors: [\"${code}: ${message}\"] }",
        "{ text: $message, a: { $if: param, code: $code } }",
        "{ $if: code, code: $code, text: $message }",
        "text",
        "[$code, $message]",
        "null",
    ] {
        let text = with_shape(&format!("body: {body}"));
        assert_eq!(broken_rules(&text), ["bad-shape"], "{text}");
        let text = with_shape(&format!(
            "body: {{ code: $code, text: $message }}, event: {{ data: {body} }}"
        ));
        assert_eq!(broken_rules(&text), ["bad-shape"], "{text}");
    }
    for body in [
        "{ text: $message, type: $type }",
        "{ text: $message, a: { $if: code, code: $code } }",
        "{ text: $message, status: \"${type}/${status}\" }",
    ] {
        let text = with_shape(&format!("body: {body}"));
        assert_eq!(
            broken_rules(&text),
            ["bad-shape"; 0],
            "{text}: {:#?}",
            diagnostics(&text)
        );
    }
}

#[test]
fn keys_of_types_are_statuses_with_or_without_quotes() {
    let body = "body: { type: $type, text: $message }";
    let types = |types: &str| with_shape(&format!("{body}, types: {types}"));
    for stated in [
        "{ 404: A, 4xx: B, 5xx: C }",
        "{ \"404\": A, '4xx': B, \"5xx\": C }",
    ] {
        let catalog = catalog(&types(stated));
        let shape = &catalog.envelope.shapes[0];
        let names: Vec<_> = [404, 400, 503]
            .into_iter()
            .map(|status| shape.type_by_status(codegen::catalog::Status::new(status).unwrap()))
            .collect();
        assert_eq!(names, [Some("A"), Some("B"), Some("C")]);
    }
    for (stated, rule) in [
        ("{ 200: A }", "bad-status"),
        ("{ 0404: A }", "bad-status"),
        ("{ 3xx: A }", "bad-status"),
        ("{ 404: A, \"404\": B }", "duplicate-key"),
        ("{ 404: not found }", "impossible-name"),
        ("{ 404: 5 }", "yaml-trap"),
        ("[A]", "wrong-kind"),
    ] {
        let text = types(stated);
        assert_eq!(
            broken_rules(&text),
            [rule],
            "{text}: {:#?}",
            diagnostics(&text)
        );
    }
}

/// A style, `names` of the type and the code, and what both are called in the style.
#[test]
fn names_are_stated_or_follow_from_the_shape() {
    for (style, names, expected) in [
        ("google", "", ("INVALID_ARGUMENT", "BAD_NAME")),
        ("anthropic", "", ("invalid_request_error", "bad_name")),
        ("problem", "", ("request_error", "bad_name")),
        (
            "google",
            "google: OUT_OF_RANGE",
            ("OUT_OF_RANGE", "OUT_OF_RANGE"),
        ),
    ] {
        let text = sound_with(&format!("envelope: {{ style: {style} }}\n"));
        let text = text.replace("wrong }", &format!("wrong, names: {{ {names} }} }}"));
        let text = text.replace("another }", &format!("another, names: {{ {names} }} }}"));
        let catalog = catalog(&text);
        let shape = &catalog.envelope.shapes[0];
        let code = &catalog.codes[0];
        let error_type = &catalog[code.error_type];
        let found = (
            shape.type_name(&error_type.names, code.status.sent()),
            &*shape.code_name(&code.names),
        );
        assert_eq!(found, expected, "{style} {names}");
    }
}

#[test]
fn names_are_not_inherited() {
    let text = sound_with("  other: { like: bad_name, meaning: Another, names: {} }\n")
        .replace("another }", "another, names: { google: NAME_TAKEN } }")
        + "envelope: { style: google }\n";
    let catalog = catalog(&text);
    let shape = &catalog.envelope.shapes[0];
    assert_eq!(shape.code_name(&catalog.codes[1].names), "OTHER");
}

#[test]
fn codes_of_different_wire_names_must_differ_in_every_style() {
    let text = sound_with(
        "  badName: { type: request_error, meaning: M, fix: F, rust: Other, slug: other }\n",
    ) + "envelope: { style: [openai, google] }\n";
    let found = diagnostics(&text);
    let found: Vec<_> = found
        .iter()
        .map(|found| (found.rule.id(), &*found.message))
        .collect();
    assert_eq!(found[0].0, "name-collision", "{found:?}");
    assert!(
        found[0].1.contains("`BAD_NAME` in the style `google`"),
        "{found:?}"
    );
}

#[test]
fn custom_keys_have_negative_numbers_and_fractions() {
    let text = sound_with("").replace("another }", "another, x-a: [-1, 1.5, { b: -0.5 }] }");
    let catalog = catalog(&text);
    let value: &Value = &catalog.codes[0].extensions["x-a"];
    assert_eq!(value, &json!([-1, 1.5, { "b": -0.5 }]));
}

#[test]
fn external_ids_are_not_negative() {
    let text = sound_with("").replace("another }", "another, ids: { errno: -1 } }");
    assert_eq!(broken_rules(&text), ["wrong-kind"]);
}
