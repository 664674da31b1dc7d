//! Names and texts of a model.

use arbitrary::{Arbitrary, Result, Unstructured};

/// Parts of texts that mean something in YAML, Markdown, Rust, JSON or a template.
const PARTS: [&str; 48] = [
    "The file",
    " is missing",
    ": ",
    " #",
    "#",
    "- ",
    "\"",
    "'",
    "\\",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~",
    "<b>",
    "</",
    "<!--",
    "-->",
    "&amp;",
    "&",
    "|",
    "[a](b)",
    "](",
    "{{",
    "}}",
    "%",
    "$",
    "@",
    "!",
    "?",
    "0",
    "1e3",
    ".5",
    "null",
    "yes",
    "=",
    ">",
    "*/",
    "//",
    "r#\"",
    "é",
    "\u{1F4A5}",
    "\u{5E9}\u{5DC}",
    "e\u{301}",
    "\u{2028}",
    "{% x %}",
    "https://example.com/a",
];

/// Parts of names.
const NAMES: [&str; 32] = [
    "file",
    "Error",
    "error",
    "type",
    "null",
    "true",
    "on",
    "1e3",
    "E1001",
    "0x10",
    "nan",
    "Inf",
    "self",
    "Self",
    "crate",
    "fn",
    "async",
    "None",
    "Ok",
    "Vec",
    "String",
    "ALL",
    "as_str",
    "readme",
    "index",
    "con",
    "a.b",
    "a-b",
    "a:b",
    "constructor",
    "default",
    "ÄÖ",
];

/// A line of text: not blank, without control characters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line(pub(crate) String);

impl<'a> Arbitrary<'a> for Line {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        for _ in 0..bytes.int_in_range(1..=6_u8)? {
            match bytes.arbitrary::<u8>()? {
                0..200 => text.push_str(bytes.choose(&PARTS)?),
                200..230 => text.push(' '),
                _ => text.push(bytes.arbitrary()?),
            }
        }
        text.retain(is_printable);
        let text = text.trim();
        Ok(Self(if text.is_empty() { "x" } else { text }.to_owned()))
    }
}

/// Whether a catalog may contain a character. Bidirectional controls are reported, and so are spaces other than
/// the usual one.
fn is_printable(character: char) -> bool {
    let is_space = character.is_whitespace() && character != ' ';
    let is_format = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}' | '\u{FDD0}'..='\u{FDEF}'
    );
    let is_no_character = u32::from(character) & 0xFFFE == 0xFFFE;
    !(character.is_control() || is_space || is_format || is_no_character)
}

/// The beginning of a name. What follows makes the name unique.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stem(&'static str);

impl<'a> Arbitrary<'a> for Stem {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&NAMES).copied().map(Self)
    }
}

impl Stem {
    /// Whether its names begin with a digit.
    pub(crate) fn is_number(self) -> bool {
        self.0.starts_with(|letter: char| letter.is_ascii_digit())
    }

    /// The name of the entry at a position.
    pub(crate) fn name(self, position: usize) -> String {
        format!("{}_{position}", self.0)
    }
}
