//! Inserts a new code, and keeps the rest of the file byte for byte.

use super::equivalent::mean_the_same;
use super::file::{File, read_all};
use super::insertion_point::{Codes, Neighbour};
use super::trivia::Document;
use super::{Refusal, block};
use crate::ast::language::Language;
use crate::limits::MAX_SIMPLE_KEY;
use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::suggest::closest;
use crate::unord_map::UnordMap;
use crate::yaml;
use crate::yaml::node::{Node, Value};
use crate::yaml::quote::{Place as QuotePlace, to_scalar};
use crate::yaml::write::WIDTH;

/// The texts that the author completes.
const MEANING: &str = "TODO: say what went wrong";
const FIX: &str = "TODO: say what to do";

/// A code to insert.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// Its wire name.
    pub name: &'a str,
    /// Its type.
    pub error_type: &'a str,
    /// Its status, unless it is the first status of the type.
    pub status: Option<u16>,
    /// Its Rust name, unless it follows from the wire name.
    pub rust: Option<&'a str>,
    /// Where it goes.
    pub place: Place<'a>,
}

/// Where a new code goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// After the last code of its type, or after all codes if it is the first of its type.
    Type,
    /// The same, within one source.
    Source(SourceId),
    /// After this code.
    Code(&'a str),
}

/// A source with the new code.
#[derive(Clone, Debug)]
pub struct Insertion {
    /// The source.
    pub source: SourceId,
    /// Its text with the code.
    pub text: String,
    /// The span of the code in that text.
    pub stub: Span,
}

/// Why a code cannot be inserted.
#[derive(Clone, Debug)]
pub enum NoPlace {
    /// The catalog cannot be read or changed.
    Refused(Refusal),
    /// A name is longer than YAML allows for a key.
    TooLong,
    /// The catalog has the code already, at this span.
    Exists(Span),
    /// The catalog does not have the type. The closest name, if one is similar.
    UnknownType(Option<String>),
    /// The catalog does not have the code that the new one is to follow. The closest name, if one is similar.
    UnknownCode(Option<String>),
    /// The catalog has no codes yet.
    NoCodes,
}

/// Inserts a stub of a code in the style of the code above it. The rule `todo-left` reports the texts to complete.
///
/// # Errors
///
/// Fails if the code cannot be inserted, or the catalog cannot be read.
pub fn insert(inputs: &Inputs, code: &NewCode<'_>) -> Result<Insertion, NoPlace> {
    let longest = code.name.len().max(code.rust.map_or(0, str::len));
    if longest > MAX_SIMPLE_KEY {
        return Err(NoPlace::TooLong);
    }
    let files =
        read_all(inputs.sources()).map_err(|found| NoPlace::Refused(Refusal::Findings(found)))?;
    let language = Language::new();
    let documents: Vec<Document<'_>> = files.iter().map(|file| file.document(&language)).collect();
    let codes: Vec<Codes<'_>> = files
        .iter()
        .zip(&documents)
        .filter_map(|(file, document)| Codes::of(file, document))
        .collect();
    let names = || codes.iter().flat_map(|codes| codes.entries);
    if let Some(entry) = names().find(|entry| entry.key.text == code.name) {
        return Err(NoPlace::Exists(entry.key.span));
    }
    let first = first_status(&files, code.error_type).map_err(NoPlace::UnknownType)?;
    let code = NewCode {
        status: code.status.filter(|status| Some(*status) != first),
        ..*code
    };
    let neighbour = match code.place {
        Place::Code(name) => named(&codes, name).ok_or_else(|| {
            let names = names().map(|entry| entry.key.text.as_ref());
            NoPlace::UnknownCode(closest(name, names).map(str::to_owned))
        }),
        Place::Source(source) => {
            let own = codes.iter().find(|codes| codes.file.id == source);
            let own = own.map_or(&[][..], std::slice::from_ref);
            last(own, code.error_type).ok_or(NoPlace::NoCodes)
        }
        Place::Type => last(&codes, code.error_type).ok_or(NoPlace::NoCodes),
    }?;
    let (at, text) = stub(&neighbour, &code, &language);
    inserted(neighbour.codes.file, &code, (at, &text), &language).map_err(NoPlace::Refused)
}

/// The status of a code of this type that states none; `None` if the type has no valid status. Fails with the closest
/// name if the type is unknown.
fn first_status(files: &[File<'_>], error_type: &str) -> Result<Option<u16>, Option<String>> {
    let types = || {
        let sections = files.iter().filter_map(|file| file.node.get("types"));
        sections.flat_map(|section| match &section.value.value {
            Value::Map(types) => types.as_slice(),
            _ => &[],
        })
    };
    let Some(entry) = types().find(|entry| entry.key.text == error_type) else {
        let names = types().map(|entry| entry.key.text.as_ref());
        return Err(closest(error_type, names).map(str::to_owned));
    };
    let status = entry.value.get("status").map(|status| &status.value.value);
    let first = match status {
        Some(Value::List(items)) => items.first().map(|item| &item.value),
        status => status,
    };
    Ok(match first {
        Some(Value::Scalar(scalar)) => match scalar.text.as_ref() {
            "4xx" => Some(400),
            "5xx" => Some(500),
            number => number.parse().ok(),
        },
        _ => None,
    })
}

/// The last code of the type, else the last code.
fn last<'a>(codes: &'a [Codes<'a>], error_type: &str) -> Option<Neighbour<'a>> {
    let mut types: UnordMap<&str, &str> = UnordMap::default();
    let mut found = None;
    for codes in codes {
        for (position, entry) in codes.entries.iter().enumerate() {
            let field = |key: &str| match &entry.value.get(key)?.value.value {
                Value::Scalar(scalar) => Some(scalar.text.as_ref()),
                _ => None,
            };
            let inherited = || types.get(&field("like")?).copied();
            if let Some(own) = field("type").or_else(inherited) {
                types.insert(&entry.key.text, own);
                if own == error_type {
                    found = Some(Neighbour { codes, position });
                }
            }
        }
    }
    let any = || codes.iter().rev().find(|codes| !codes.entries.is_empty());
    found.or_else(|| {
        any().map(|codes| Neighbour {
            codes,
            position: codes.entries.len() - 1,
        })
    })
}

/// The code of this name.
fn named<'a>(codes: &'a [Codes<'a>], name: &str) -> Option<Neighbour<'a>> {
    codes.iter().find_map(|codes| {
        let position = codes.position(name)?;
        Some(Neighbour { codes, position })
    })
}

/// The source with the stub; the rest of it means the same.
fn inserted(
    file: &File<'_>,
    code: &NewCode<'_>,
    (at, stub): (usize, &str),
    language: &Language,
) -> Result<Insertion, Refusal> {
    let fault = || Refusal::Fault(file.source.name().to_owned());
    let old = file.source.text();
    let text = [&old[..at], stub, &old[at..]].concat();
    let (node, found) = yaml::parse(file.id, &text);
    let mut node = node.filter(|_| found.is_empty()).ok_or_else(fault)?;
    let span = take_code(&mut node, code.name).ok_or_else(fault)?;
    if !mean_the_same(&file.node, &node, language.root()) {
        return Err(fault());
    }
    Ok(Insertion {
        source: file.id,
        stub: span,
        text,
    })
}

/// Removes a code from a tree, and returns its span.
fn take_code(node: &mut Node<'_>, name: &str) -> Option<Span> {
    let Value::Map(sections) = &mut node.value else {
        return None;
    };
    let mut sections = sections.iter_mut();
    let section = sections.find(|entry| entry.key.text == "codes")?;
    let Value::Map(codes) = &mut section.value.value else {
        return None;
    };
    let position = codes.iter().position(|entry| entry.key.text == name)?;
    let entry = codes.remove(position);
    let (key, value) = (entry.key.span, entry.value.span);
    Some(Span::new(key.source, key.start, value.end.max(key.end)))
}

/// The text to insert after the neighbour, and its offset.
fn stub(neighbour: &Neighbour<'_>, code: &NewCode<'_>, language: &Language) -> (usize, String) {
    let indent = neighbour.indent();
    let line_break = neighbour.line_break();
    let braces = braces(code, language);
    if neighbour.is_in_braces() {
        return if neighbour.begins_line() {
            among_others(neighbour, &format!("{line_break}{indent}{braces}"))
        } else {
            among_others(neighbour, &format!(" {braces}"))
        };
    }
    let is_short = indent.len() + braces.chars().count() <= WIDTH;
    let lines = if neighbour.has_braces() && is_short {
        vec![format!("{indent}{braces}")]
    } else {
        lines(code, language, (indent, neighbour.field_indent()))
    };
    let mut out = line_break.repeat(neighbour.blank_lines());
    for line in &lines {
        out.push_str(line);
        out.push_str(line_break);
    }
    let at = neighbour.below();
    let text = neighbour.text();
    let ends_line = text[..at].ends_with(['\n', '\r']);
    if ends_line {
        return (at, out);
    }
    // Without a line break at the end of the file, the new last line does not get one.
    out.truncate(out.len() - line_break.len());
    (at, format!("{line_break}{out}"))
}

/// A stub in a flow mapping, and its offset. `stub` begins with the separator.
fn among_others(neighbour: &Neighbour<'_>, stub: &str) -> (usize, String) {
    let text = neighbour.text();
    let end = neighbour.end();
    let rest = text[end..].trim_start_matches([' ', '\t']);
    let Some(behind) = rest.strip_prefix(',') else {
        // Without the space, the comma would become part of a scalar.
        let space = if text[..end].ends_with([':', '?']) {
            " "
        } else {
            ""
        };
        return (end, format!("{space},{stub}"));
    };
    let comma = text.len() - behind.len();
    let (line_end, _) = block::line(text, comma);
    let left = text[comma..line_end].trim_start();
    let is_line = stub.starts_with(['\n', '\r']) && (left.is_empty() || left.starts_with('#'));
    (if is_line { line_end } else { comma }, format!("{stub},"))
}

/// The keys of the code, in the order of the language.
fn fields(
    code: &NewCode<'_>,
    language: &Language,
    place: QuotePlace,
) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("type", to_scalar(code.error_type, place)),
        ("meaning", to_scalar(MEANING, place)),
        ("fix", to_scalar(FIX, place)),
    ];
    fields.extend(code.status.map(|status| ("status", status.to_string())));
    fields.extend(code.rust.map(|rust| ("rust", to_scalar(rust, place))));
    let shape = language.root().under("codes").under(code.name);
    fields.sort_by_key(|(key, _)| shape.rank(key));
    fields
}

fn braces(code: &NewCode<'_>, language: &Language) -> String {
    let fields = fields(code, language, QuotePlace::Flow);
    let fields: Vec<_> = fields
        .iter()
        .map(|(key, text)| format!("{key}: {text}"))
        .collect();
    format!(
        "{}: {{ {} }}",
        to_scalar(code.name, QuotePlace::Flow),
        fields.join(", ")
    )
}

fn lines(
    code: &NewCode<'_>,
    language: &Language,
    (indent, field_indent): (&str, usize),
) -> Vec<String> {
    let mut lines = vec![format!(
        "{indent}{}:",
        to_scalar(code.name, QuotePlace::Block)
    )];
    for (key, text) in fields(code, language, QuotePlace::Block) {
        lines.push(format!("{}{key}: {text}", " ".repeat(field_indent)));
    }
    lines
}
