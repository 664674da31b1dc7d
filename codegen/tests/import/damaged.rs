//! Damaged lists: each gives a draft that compiles, or none, whatever format it is taken for.

use codegen::import::{Format, Input, LastImport, NotUpdated, import, update};
use codegen::{Inputs, Source, compile};
use serde_json::Value;

use crate::{OPTIONS, drafted, exhaustive};

const ALL: [Format; 9] = [
    Format::JsonLines,
    Format::Json,
    Format::Yaml,
    Format::Toml,
    Format::Csv,
    Format::Markdown,
    Format::Html,
    Format::Proto,
    Format::Rust,
];

/// What is put into a list: signs of all formats.
const PIECES: [&str; 24] = [
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "|",
    "`",
    "\n",
    "\r",
    "\t",
    ",",
    ":",
    "%s",
    "{0}",
    "\u{7F}",
    "\u{FEFF}",
    "é🦀",
    "<td rowspan=9>",
    "</table>",
    "*/",
    "0",
];

fn fixtures() -> Vec<(String, String)> {
    let folder = format!("{}/tests/fixtures/lists", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let files = files.into_iter();
    let files = files.map(|path| {
        (
            path.display().to_string(),
            std::fs::read_to_string(&path).unwrap(),
        )
    });
    files.collect()
}

/// A sequence of numbers that looks random and is the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// The text with a part removed, repeated, or replaced.
fn damaged(text: &str, numbers: &mut Numbers) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(chars.len());
        let end = (at + numbers.below(12)).min(chars.len());
        let piece: Vec<char> = match numbers.below(3) {
            0 => Vec::new(),
            1 => PIECES[numbers.below(PIECES.len())].chars().collect(),
            _ => chars[at..end]
                .iter()
                .chain(&chars[at..end])
                .copied()
                .collect(),
        };
        chars.splice(at..end, piece);
    }
    chars.into_iter().collect()
}

#[test]
fn each_list_in_each_format_gives_a_draft_or_none() {
    for (_, text) in fixtures() {
        for format in ALL {
            drafted(Input::Text(format, &text));
        }
    }
}

#[test]
fn damaged_lists_give_a_draft_or_none() {
    let mut numbers = Numbers(7);
    for (file, text) in fixtures() {
        for _ in 0..exhaustive::select(12, 400) {
            let text = damaged(&text, &mut numbers);
            let format = Format::of(&text);
            let draft = import(Input::Text(format, &text), OPTIONS).unwrap();
            assert_eq!(draft.faults, [], "{file} as {format:?}: {text}");
            drafted(Input::Text(format, &text));
        }
    }
}

/// A random value of a document, not one of its sections.
fn place<'a>(root: &'a mut Value, depth: usize, numbers: &mut Numbers) -> &'a mut Value {
    let count = match root {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if count == 0 || (depth > 2 && numbers.below(12) == 0) {
        return root;
    }
    let at = numbers.below(count);
    match root {
        Value::Array(items) => place(&mut items[at], depth + 1, numbers),
        Value::Object(members) => place(members.values_mut().nth(at).unwrap(), depth + 1, numbers),
        _ => unreachable!("it has {count} values"),
    }
}

/// Values of the document of the sample are damaged texts, other values, or values of another place.
#[test]
fn damaged_documents_give_a_draft_or_none() {
    let path = format!("{}/../generated/openapi.json", env!("CARGO_MANIFEST_DIR"));
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut numbers = Numbers(11);
    let mut codes = 0;
    for _ in 0..exhaustive::select(8, 400) {
        let mut document = whole.clone();
        for _ in 0..60 {
            let other = place(&mut whole.clone(), 0, &mut numbers).clone();
            let value = place(&mut document, 0, &mut numbers);
            *value = match (numbers.below(4), value.as_str()) {
                (0, _) => other,
                (1, _) => PIECES[numbers.below(PIECES.len())].into(),
                (2, Some(text)) => damaged(text, &mut numbers).into(),
                (2, None) => Value::Null,
                _ => 404.into(),
            };
        }
        codes += drafted(Input::OpenApi(&document)).codes;
    }
    assert!(codes > 20, "{codes} codes of damaged documents");
}

#[test]
fn damaged_versions_of_a_list_update_the_catalog_or_leave_it() {
    let mut numbers = Numbers(13);
    for (file, text) in fixtures() {
        let old = drafted(Input::Text(Format::of(&text), &text));
        let Some(old) = old.catalog else { continue };
        let last = LastImport::new("list", Vec::new(), &old).unwrap();
        let inputs = Inputs::new(Source::new("catalog.yaml", old.into_bytes()));
        for _ in 0..exhaustive::select(4, 200) {
            let text = damaged(&text, &mut numbers);
            let new = import(Input::Text(Format::of(&text), &text), OPTIONS).unwrap();
            let Some(new) = new.catalog else { continue };
            match update(&inputs, &last, &new) {
                Ok(update) => {
                    // A new code can have a name in Rust that another one has: the update says it.
                    let is_said = |text: &str| {
                        let updated = Source::new("catalog.yaml", text.as_bytes().to_vec());
                        compile(&Inputs::new(updated)).diagnostics == update.diagnostics
                    };
                    let mut texts = update.texts.iter();
                    assert!(texts.all(|(_, text)| is_said(text)), "{file}: {text}");
                }
                Err(NotUpdated::OtherList) => {}
                Err(why) => panic!("{file}: {why:?}\n{text}"),
            }
        }
    }
}

/// Deep nesting, and texts that have one sign only.
#[test]
fn lists_of_one_sign_end() {
    for sign in [
        "[", "{", "<table>", "- ", "{\"a\":", "|", "`", "<td>", "#", "enum A {", "%", "{{", "<",
        "a,b\n",
    ] {
        let text = sign.repeat(5_000);
        for format in ALL {
            drafted(Input::Text(format, &text));
        }
        drafted(Input::Text(Format::of(&text), &text));
    }
}
