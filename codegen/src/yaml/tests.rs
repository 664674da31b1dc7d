//! The tree against two independent readers: what is checked must be what others read.

use proptest::prelude::*;
use saphyr_parser::{Event, Parser, ScalarStyle};

use super::parse;
use crate::span::SourceId;
use crate::yaml::node::{Node, Scalar, Style, Value};

const SAMPLE: &str = include_str!("../../../catalog/catalog.yaml");
const FIXTURES: [&str; 8] = [
    SAMPLE,
    include_str!("../../tests/fixtures/good/minimal/catalog.yaml"),
    include_str!("../../tests/fixtures/good/arguments/catalog.yaml"),
    include_str!("../../tests/fixtures/good/families/catalog.yaml"),
    include_str!("../../tests/fixtures/good/hostile_markup/catalog.yaml"),
    include_str!("../../tests/fixtures/good/hostile_names/catalog.yaml"),
    include_str!("../../tests/fixtures/good/hostile_strings/catalog.yaml"),
    include_str!("../../tests/fixtures/good/hostile_unicode/catalog.yaml"),
];

/// A tree without places.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Nothing,
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
}

fn ours(text: &str) -> Option<Tree> {
    let (node, diagnostics) = parse(SourceId(0), text);
    node.filter(|_| diagnostics.is_empty())
        .map(|node| bare(&node))
}

fn bare(node: &Node<'_>) -> Tree {
    match &node.value {
        Value::Scalar(scalar) => bare_scalar(scalar),
        Value::List(items) => Tree::List(items.iter().map(bare).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter();
            Tree::Map(
                pairs
                    .map(|entry| (bare_scalar(&entry.key), bare(&entry.value)))
                    .collect(),
            )
        }
        Value::Refused => panic!("a value was refused"),
    }
}

fn bare_scalar(scalar: &Scalar<'_>) -> Tree {
    match (scalar.style, scalar.text.as_ref()) {
        (Style::Plain, "" | "~" | "null") => Tree::Nothing,
        (_, text) => Tree::Scalar(text.to_owned()),
    }
}

/// The tree as saphyr-parser reads it, of a text that it accepts.
fn saphyrs(text: &str) -> Result<Tree, saphyr_parser::ScanError> {
    let mut open: Vec<(bool, Vec<Tree>)> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)) {
        let done = match event?.0 {
            Event::Scalar(text, style, _, _) => match (style, text.as_ref()) {
                (ScalarStyle::Plain, "" | "~" | "null") => Tree::Nothing,
                _ => Tree::Scalar(text.into_owned()),
            },
            Event::SequenceStart(..) => {
                open.push((false, Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((true, Vec::new()));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (map, items) = open.pop().unwrap();
                if map {
                    let pairs = items.chunks_exact(2);
                    Tree::Map(
                        pairs
                            .map(|pair| (pair[0].clone(), pair[1].clone()))
                            .collect(),
                    )
                } else {
                    Tree::List(items)
                }
            }
            _ => continue,
        };
        match open.last_mut() {
            Some((_, items)) => items.push(done),
            None => root = root.or(Some(done)),
        }
    }
    Ok(root.unwrap_or(Tree::Nothing))
}

/// The tree as `serde_yaml` reads it. Numbers, booleans and null are written out again.
fn serde_yamls(value: &serde_yaml::Value) -> Tree {
    match value {
        serde_yaml::Value::Null => Tree::Nothing,
        serde_yaml::Value::Bool(flag) => Tree::Scalar(flag.to_string()),
        serde_yaml::Value::Number(number) => Tree::Scalar(number.to_string()),
        serde_yaml::Value::String(text) => Tree::Scalar(text.clone()),
        serde_yaml::Value::Sequence(items) => Tree::List(items.iter().map(serde_yamls).collect()),
        serde_yaml::Value::Mapping(members) => Tree::Map(
            members
                .iter()
                .map(|(key, member)| (serde_yamls(key), serde_yamls(member)))
                .collect(),
        ),
        serde_yaml::Value::Tagged(_) => panic!("a tag was accepted"),
    }
}

#[test]
fn serde_yaml_reads_every_accepted_catalog_alike() {
    for text in FIXTURES {
        let tree = ours(text).expect("fixtures are accepted");
        let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        assert_alike(&tree, &serde_yamls(&value), "");
    }
}

/// Shows the first difference only: catalogs are long.
fn assert_alike(ours: &Tree, theirs: &Tree, path: &str) {
    match (ours, theirs) {
        (Tree::List(ours), Tree::List(theirs)) if ours.len() == theirs.len() => {
            for (position, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                assert_alike(ours, theirs, &format!("{path}/{position}"));
            }
        }
        (Tree::Map(ours), Tree::Map(theirs)) if ours.len() == theirs.len() => {
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert_alike(&ours.0, &theirs.0, path);
                assert_alike(&ours.1, &theirs.1, &format!("{path}/{:?}", ours.0));
            }
        }
        _ => assert!(ours == theirs, "at {path}"),
    }
}

#[test]
fn saphyr_reads_every_accepted_catalog_alike() {
    for text in FIXTURES {
        let theirs = saphyrs(text).unwrap();
        assert_alike(&ours(text).unwrap(), &theirs, "");
    }
}

#[test]
fn marks_and_line_breaks_of_all_kinds_are_read() {
    let text = "\u{FEFF}a: one\r\nb: \"two\u{85}three\u{2028}four\"\r\n";
    let pair = |key: &str, value: &str| (Tree::Scalar(key.into()), Tree::Scalar(value.into()));
    let expected = Tree::Map(vec![
        pair("a", "one"),
        pair("b", "two\u{85}three\u{2028}four"),
    ]);
    assert_eq!(ours(text), Some(expected));
}

#[test]
fn places_are_those_of_the_text() {
    let text = "\u{FEFF}é: [x, \"y z\"]\nlong:\n  key: |\n    block\n  last: end\nafter: 1\n";
    let (node, _) = parse(SourceId(0), text);
    let node = node.unwrap();
    let slice = |span: crate::span::Span| &text[span.range()];
    let Value::Map(entries) = &node.value else {
        panic!("a mapping")
    };
    assert_eq!(slice(entries[0].key.span), "é");
    assert_eq!(slice(entries[0].value.span), "[x, \"y z\"]");
    let Value::List(items) = &entries[0].value.value else {
        panic!("a list")
    };
    assert_eq!(slice(items[1].span), "\"y z\"");
    assert_eq!(
        slice(entries[1].value.span),
        "key: |\n    block\n  last: end"
    );
    assert_eq!(slice(entries[2].value.span), "1");
}

proptest! {
    #[test]
    fn mutated_catalogs_are_read_alike(
        fixture in 0..FIXTURES.len() - 1,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), 0_u8..4, "[ :\\-\\[\\]{},'\"#|>\\n&*!?a0]"), 1..6),
    ) {
        let mut chars: Vec<char> = FIXTURES[fixture].chars().collect();
        for (at, operation, insert) in cuts {
            if chars.is_empty() {
                break;
            }
            let at = at.index(chars.len());
            match operation {
                0 => { chars.remove(at); }
                1 => chars.insert(at, chars[at]),
                2 => chars.insert(at, insert.chars().next().unwrap_or(' ')),
                _ => chars.truncate(at.max(1)),
            }
        }
        let text: String = chars.into_iter().collect();
        // A text that both readers accept must mean the same to both.
        if let (Some(ours), Ok(theirs)) = (ours(&text), saphyrs(&text)) {
            prop_assert!(ours == theirs, "{}", text);
        }
    }
}
