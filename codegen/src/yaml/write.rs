//! Writes values as YAML for readers of YAML 1.1 and 1.2.
//!
//! A string is plain only if every reader reads the same string. A string of several clean lines is a
//! literal block. Everything else is quoted as in JSON. A float has a form that all readers take for the
//! same float.

#[cfg(feature = "import")]
pub(crate) mod formatted;
mod plain;

use serde_json::{Number, Value};

use super::quote::{self, Place};
use crate::bytes;
use crate::limits::MAX_SIMPLE_KEY;
use crate::tree::{Members, Tree};
use plain::is_plain;

/// The maximum width of a line with a flow collection in a formatted catalog, in characters.
pub(crate) const WIDTH: usize = 120;

/// The value as a YAML document, with a final line break.
pub(crate) fn to_yaml(value: &Tree<'_>) -> String {
    let mut out = String::new();
    push_yaml(value, &mut out);
    out
}

/// Appends the value as a YAML document, with a final line break, to lines before it.
pub(crate) fn push_yaml(value: &Tree<'_>, out: &mut String) {
    let start = out.len();
    write_tree(value, 0, out);
    // The first character is the line break or space that separates a value from its key.
    out.remove(start);
}

/// Writes what follows a key's colon or an item's dash.
pub(crate) fn write_value(value: &Value, indent: usize, out: &mut String) {
    write_tree(&value.into(), indent, out);
}

fn write_tree(value: &Tree<'_>, indent: usize, out: &mut String) {
    match value {
        Tree::Null => out.push_str(" null\n"),
        Tree::Bool(true) => out.push_str(" true\n"),
        Tree::Bool(false) => out.push_str(" false\n"),
        Tree::Number(number) => {
            out.push(' ');
            write_number(number, out);
            out.push('\n');
        }
        Tree::Text(text) => {
            out.push(' ');
            write_string(text, indent, out);
            out.push('\n');
        }
        Tree::List(items) => write_list(items, indent, out),
        Tree::Object(members) if members.is_empty() => out.push_str(" {}\n"),
        Tree::Object(members) => {
            out.push('\n');
            for (key, member) in members {
                push_indent(indent, out);
                write_member(key, member, indent, out);
            }
        }
        Tree::Shared(shared) => {
            let start = out.len();
            match shared.yaml.get() {
                Some((indented, yaml)) if *indented == indent => out.push_str(yaml),
                _ => {
                    write_tree(&shared.tree, indent, out);
                    shared
                        .yaml
                        .get_or_init(|| (indent, out[start..].to_owned()));
                }
            }
        }
    }
}

fn write_list(items: &[Tree<'_>], indent: usize, out: &mut String) {
    if items.is_empty() {
        out.push_str(" []\n");
    } else if is_short_list(items) {
        out.push_str(" [");
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                out.push_str(", ");
            }
            write_short(item, out);
        }
        out.push_str("]\n");
    } else {
        out.push('\n');
        for item in items {
            push_indent(indent, out);
            out.push('-');
            write_item(item, indent + 2, out);
        }
    }
}

/// A list item: the first member of a mapping is on the line of the dash.
fn write_item(item: &Tree<'_>, indent: usize, out: &mut String) {
    match item {
        Tree::Object(members) if !members.is_empty() => write_members_of_item(members, indent, out),
        Tree::Shared(shared) => write_item(&shared.tree, indent, out),
        item => write_tree(item, indent, out),
    }
}

fn write_members_of_item(members: &Members<'_>, indent: usize, out: &mut String) {
    for (position, (key, member)) in members.iter().enumerate() {
        if position == 0 {
            out.push(' ');
        } else {
            push_indent(indent, out);
        }
        write_member(key, member, indent, out);
    }
}

fn push_indent(indent: usize, out: &mut String) {
    const SPACES: &str = "                                ";
    match SPACES.get(..indent) {
        Some(spaces) => out.push_str(spaces),
        None => out.extend(std::iter::repeat_n(' ', indent)),
    }
}

fn write_member(key: &str, member: &Tree<'_>, indent: usize, out: &mut String) {
    write_bare_key(key, indent, out);
    write_tree(member, indent + 2, out);
}

/// Writes a line up to the colon after its key.
pub(crate) fn write_key(key: &str, indent: usize, out: &mut String) {
    push_indent(indent, out);
    write_bare_key(key, indent, out);
}

fn write_bare_key(key: &str, indent: usize, out: &mut String) {
    let start = out.len();
    if is_plain(key, Place::Flow) {
        out.push_str(key);
    } else {
        write_quoted(key, out);
    }
    if out.len() - start > MAX_SIMPLE_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        push_indent(indent, out);
    }
    out.push(':');
}

fn write_string(text: &str, indent: usize, out: &mut String) {
    if is_plain(text, Place::Block) {
        out.push_str(text);
    } else if is_block(text) {
        write_block(text, indent, out);
    } else {
        write_quoted(text, out);
    }
}

/// Writes a text for which [`is_block`] holds as a literal block.
fn write_block(text: &str, indent: usize, out: &mut String) {
    out.push_str(if text.ends_with('\n') { "|" } else { "|-" });
    for line in text.trim_end_matches('\n').split('\n') {
        out.push('\n');
        if !line.is_empty() {
            push_indent(indent, out);
            out.push_str(line);
        }
    }
}

/// Whether a list has only short scalars, and fits in a line.
fn is_short_list(items: &[Tree<'_>]) -> bool {
    let mut width = 0;
    items.iter().all(|item| {
        width += 2 + item.as_str().map_or(6, str::len);
        width <= 80 && is_short(item)
    })
}

fn is_short(value: &Tree<'_>) -> bool {
    match value {
        Tree::Null | Tree::Bool(_) | Tree::Number(_) => true,
        Tree::Text(text) => text.len() <= 40 && !text.contains('\n'),
        Tree::List(_) | Tree::Object(_) | Tree::Shared(_) => false,
    }
}

fn write_short(value: &Tree<'_>, out: &mut String) {
    match value {
        Tree::Text(text) if is_plain(text, Place::Flow) => out.push_str(text),
        Tree::Text(text) => write_quoted(text, out),
        Tree::Number(number) => write_number(number, out),
        Tree::Bool(true) => out.push_str("true"),
        Tree::Bool(false) => out.push_str("false"),
        Tree::Null | Tree::List(_) | Tree::Object(_) | Tree::Shared(_) => out.push_str("null"),
    }
}

/// Writes a number as in JSON. An exponent also gets a dot before it and a sign, without which YAML 1.1 reads a
/// string.
fn write_number(number: &Number, out: &mut String) {
    let text = number.to_string();
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else {
        out.push_str(&text);
        return;
    };
    out.push_str(digits);
    if !digits.contains('.') {
        out.push_str(".0");
    }
    out.push('e');
    if !exponent.starts_with(['+', '-']) {
        out.push('+');
    }
    out.push_str(exponent);
}

/// Whether a string of several lines can be a literal block without any escape.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n'])
        && (is_ascii_lines(text) || text.chars().all(|c| c == '\n' || is_printable(c)))
        && body.split('\n').all(|line| !line.ends_with(' '))
}

/// Whether a string has only printable characters of ASCII, on lines.
fn is_ascii_lines(text: &str) -> bool {
    !bytes::any(text, |byte| !matches!(byte, b' '..=b'~' | b'\n'))
}

/// Whether every reader and every editor shows the character. Not joiners, which change only their
/// neighbours, and not characters beyond the Basic Multilingual Plane.
pub(crate) fn is_printable(c: char) -> bool {
    quote::is_shown(c) && !matches!(c, '\u{200C}' | '\u{200D}') && u32::from(c) < 0x1_0000
}

fn write_quoted(text: &str, out: &mut String) {
    quote::push_quoted(text, is_printable, out);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn to_yaml(value: &Value) -> String {
        super::to_yaml(&value.into())
    }

    fn read(text: &str) -> Value {
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[test]
    fn every_shape_reads_back() {
        for value in [
            json!({}),
            json!({"a": [], "b": {}, "c": [{}, [], [[1, "x"]], {"d": {"e": null}}]}),
            json!({"list": [{"a": 1, "b": "two\nlines"}, "plain", "two\nlines\n"]}),
            json!({"x".repeat(3000): {"y".repeat(1100): [{"é".repeat(2000): 1, "z": 2}]}}),
            json!({"no": "no", "1": "404", "": "", " ": " ", "~": "null", "a: b": "# c"}),
        ] {
            let text = to_yaml(&value);
            assert_eq!(read(&text), value, "{text}");
        }
    }

    #[test]
    fn plain_strings_are_plain_and_prose_is_a_block() {
        let value = json!({"name": "Example Gateway API", "text": "One.\n\nTwo: 2"});
        assert_eq!(
            to_yaml(&value),
            "name: Example Gateway API\ntext: |-\n  One.\n\n  Two: 2\n"
        );
    }

    #[test]
    fn floats_have_a_dot_and_a_signed_exponent() {
        for (number, written) in [
            (json!(1e300), "1.0e+300"),
            (json!(-1e300), "-1.0e+300"),
            (json!(1e-7), "1.0e-7"),
            (json!(2.5e-300), "2.5e-300"),
            (json!(1e21), "1.0e+21"),
            (json!(f64::MAX), "1.7976931348623157e+308"),
            (json!(f64::MIN_POSITIVE), "2.2250738585072014e-308"),
            (json!(5e-324), "5.0e-324"),
            (json!(0.5), "0.5"),
            (json!(5.0), "5.0"),
            (json!(-0.0), "-0.0"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(i64::MIN), "-9223372036854775808"),
        ] {
            let yaml = to_yaml(&json!({ "one": number, "list": [number] }));
            assert_eq!(yaml, format!("one: {written}\nlist: [{written}]\n"));
            assert_eq!(read(&yaml)["one"], number, "{yaml}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_float_reads_back(bits in proptest::num::u64::ANY) {
            let float = f64::from_bits(bits);
            if float.is_finite() {
                let yaml = to_yaml(&json!({ "k": float }));
                proptest::prop_assert_eq!(read(&yaml)["k"].as_f64(), Some(float), "{}", &yaml);
                let exponent = yaml.split_once('e').map(|(digits, exponent)| {
                    digits.contains('.') && exponent.starts_with(['+', '-'])
                });
                proptest::prop_assert_ne!(exponent, Some(false), "{}", yaml);
            }
        }
    }

    #[test]
    fn characters_that_no_editor_shows_are_escaped() {
        for c in [
            '\u{200B}', '\u{200D}', '\u{202E}', '\u{2060}', '\u{206F}', '\u{FEFF}',
        ] {
            let number = u32::from(c);
            let expected = format!("k: \"a\\u{number:04X}b\"\n");
            assert_eq!(to_yaml(&json!({ "k": format!("a{c}b") })), expected);
            let lines = to_yaml(&json!({ "k": format!("a{c}b\nc") }));
            assert_eq!(lines, format!("k: \"a\\u{number:04X}b\\nc\"\n"));
        }
    }

    proptest::proptest! {
        #[test]
        fn every_string_reads_back(key in ".*", text in "(.|[\\n\\r\\t\"\\\\{}:#-])*") {
            let value = json!({ key: [text.clone(), {"nested": text}] });
            let written = to_yaml(&value);
            proptest::prop_assert_eq!(read(&written), value, "{}", written);
        }
    }
}
