//! What is read is read by the parser as the same tree, with the same places.

use proptest::prelude::*;

use super::read;
use crate::span::SourceId;
use crate::yaml::parse::parse_in_full;

const SAMPLE: &str = include_str!("../../../../catalog/catalog.yaml");

/// Whether the text is read here. Then the parser reads it too.
fn is_read(text: &str) -> bool {
    let Some(node) = read(SourceId(1), text) else {
        return false;
    };
    let (full, diagnostics) = parse_in_full(SourceId(1), text);
    assert!(diagnostics.is_empty(), "{diagnostics:?} in {text:?}");
    let full = full.expect("a tree");
    let [node, full] = [node, full].map(|node| format!("{node:?}"));
    assert_eq!(node, full, "{text:?}");
    true
}

#[test]
fn catalogs_in_plain_form_are_read() {
    for text in [
        "a: b",
        "version: 1\n# A comment.\n\napi: { title: Example API, crate: x, see: [a, b] }\n",
        "a:\n  b: The name is taken.\n  c: \"One: two\"\n\n    # Deep comment.\n  d: 'x # y'\ne:\n - f\n - g: 1\n   h:\n     - i\n",
        "a:\n  - b: { c: [], d: {} }\n    e: größe – ’ 🦀\n  - \"f\"\n  - [g, 5xx, \"h\"]\n",
    ] {
        assert!(is_read(text), "{text}");
    }
    assert!(is_read(SAMPLE));
}

#[test]
fn other_forms_and_mistakes_are_left_to_the_parser() {
    for text in [
        "",
        "# A comment.\n",
        "a: b # A comment.\n",
        "a: |\n  b\n",
        "a: b\n  c\n",
        "a:\n",
        "a: b\na: c\n",
        "a: [b\n",
        "a: {b: c, b: d}\n",
        "a: *b\n",
        "a: b: c\n",
        "a: \"b\\n\"\n",
        "a: 'b''c'\n",
        "a:\n  b: c\n d: e\n",
        "---\na: b\n",
        "- a\n",
        "a:\n- b\n",
        "a\n",
        "\ta: b\n",
        "a: b\r\n",
        "\u{FEFF}a: b\n",
        "a: b\u{85}\n",
        "<<: b\n",
    ] {
        assert!(read(SourceId(1), text).is_none(), "{text}");
    }
}

fn line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just(String::new()),
        "[a-c0-9/_(\"'#:{},.+é\u{2028}’-]{1,4}( [a-c:#,-]{1,3})?",
        Just("[a, b c, 5xx]".to_owned()),
        Just("{ a: b, c: [d, { e: \"f: g\" }] }".to_owned()),
        Just("\"a: b # c\"".to_owned()),
        Just("'a \"b\" é'".to_owned()),
        Just("|-".to_owned()),
    ];
    let key = prop_oneof![
        Just("- ".to_owned()),
        "- [a-c]:",
        "[a-e]:",
        Just("# ".to_owned()),
        Just(String::new()),
        "[a-c-]{1,2}:?",
    ];
    (0..5_usize, key, value).prop_map(|(indent, key, value)| {
        let space = if key.ends_with(':') && !value.is_empty() {
            " "
        } else {
            ""
        };
        format!("{}{key}{space}{value}", " ".repeat(indent))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_is_read_by_the_parser_alike(lines in prop::collection::vec(line(), 1..9)) {
        is_read(&(lines.join("\n") + "\n"));
    }

    #[test]
    fn a_changed_catalog_is_read_by_the_parser_alike(
        at in 0..1_000_usize, cut in 0..3_usize, new in "[ a:#\"'\\[\\]{},\n-]{0,2}",
    ) {
        let text = "version: 1\napi: { title: Example API, docs_url: \"https://a.b\", crate: x }\n# Types.\n\
            types:\n  a_b:\n    status: [400, 404]\n    meaning: It's wrong (very).\ncodes:\n  c-d:\n    \
            type: a_b\n    see:\n      - text: One\n        url: \"https://a.b/c\"\n      - { text: Two, url: x }\n    \
            fix: Do it, then wait.\n";
        let at = at % (text.len() - cut);
        is_read(&format!("{}{new}{}", &text[..at], &text[at + cut..]));
    }
}
