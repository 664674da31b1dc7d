//! Texts of many codes, joined to one: `runtime/joined.rs` of the crate cuts them.

use std::fmt::Write as _;

use super::file::{SERVER, literal};
use crate::catalog::Catalog;

/// Up to this many codes, each text is a string of its own; above, those of a field are one, which `const fn` can cut
/// from Rust 1.86 on.
const MOST_STRINGS: usize = 1_000;

/// Whether the texts of the codes are joined.
pub(super) fn is_joined(catalog: &Catalog) -> bool {
    catalog.codes.len() > MOST_STRINGS
}

/// A static with these texts, one a line.
pub(super) fn of_texts<'a>(head: &str, texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = format!("#[rustfmt::skip]\n{head}: Joined = Joined {{\n    text: \"");
    let mut starts = String::new();
    let mut start = 0;
    for text in texts {
        push_bytes(start, &mut starts);
        start += text.len() + 1;
        let literal = literal(text);
        // Without its quotes.
        out.push_str(&literal[1..literal.len() - 1]);
        out.push('\n');
    }
    push_bytes(start, &mut starts);
    // Writing to a string cannot fail.
    let _ = write!(out, "\",\n    starts: b\"{starts}\",\n}};\n\n");
    out
}

/// How the bodies of codes are kept, and how one of them is found.
pub(super) fn access(catalog: &Catalog) -> String {
    let (kind, none, at) = if is_joined(catalog) {
        (
            "Joined",
            "&Joined {\n    text: \"\",\n    starts: b\"\",\n}",
            "texts.at(position)",
        )
    } else {
        ("[&'static str]", "&[]", "texts[position]")
    };
    format!(
        "/// The bodies of codes, at their discriminants.\n\
         {SERVER}pub(crate) type Texts = {kind};\n\n\
         /// Those of a shape that is only read.\n\
         {SERVER}#[allow(dead_code, reason = \"a catalog may have every built-in style\")]\n\
         pub(crate) const NO_TEXTS: &Texts = {none};\n\n\
         /// The body at a position.\n\
         {SERVER}#[inline]\n\
         pub(crate) const fn text(texts: &'static Texts, position: usize) -> &'static str {{\n    \
             {at}\n\
         }}\n"
    )
}

/// The four bytes of a number, the lowest first, as they are written in a byte string.
fn push_bytes(number: usize, out: &mut String) {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    for byte in number.to_le_bytes().into_iter().take(4) {
        out.push_str("\\x");
        out.push(digit(byte >> 4));
        out.push(digit(byte & 0xF));
    }
}
