//! The text of a new code, in the style of its neighbour.

use super::block;
use super::insert::NewCode;
use super::layout::WIDTH;
use super::neighbour::Neighbour;
use crate::ast::language::Language;
use crate::yaml::quote::{Place, written};

/// The texts that only the author knows.
const MEANING: &str = "TODO: say what went wrong";
const FIX: &str = "TODO: say what to do";

/// What to write behind the neighbour, and where.
pub(super) fn write(
    neighbour: &Neighbour<'_>,
    code: &NewCode<'_>,
    language: &Language,
) -> (usize, String) {
    let indent = neighbour.indent();
    let line_break = neighbour.line_break();
    let stub = braces(code, language);
    if neighbour.is_in_braces() {
        return if neighbour.begins_line() {
            among_others(neighbour, &format!("{line_break}{indent}{stub}"))
        } else {
            among_others(neighbour, &format!(" {stub}"))
        };
    }
    let is_short = indent.len() + stub.chars().count() <= WIDTH;
    let lines = if neighbour.has_braces() && is_short {
        vec![format!("{indent}{stub}")]
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
    // The last line of the file has no line break, and the new last line will have none either.
    out.truncate(out.len() - line_break.len());
    (at, format!("{line_break}{out}"))
}

/// A stub among others between braces, and where it goes. `stub` begins with what separates it.
fn among_others(neighbour: &Neighbour<'_>, stub: &str) -> (usize, String) {
    let text = neighbour.text();
    let end = neighbour.end();
    let rest = text[end..].trim_start_matches([' ', '\t']);
    let Some(behind) = rest.strip_prefix(',') else {
        // A comma right behind such a sign would be read as a text with it.
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

/// The fields of the code, in the order of the language.
fn fields(code: &NewCode<'_>, language: &Language, place: Place) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("type", written(code.error_type, place)),
        ("meaning", written(MEANING, place)),
        ("fix", written(FIX, place)),
    ];
    fields.extend(code.status.map(|status| ("status", status.to_string())));
    fields.extend(code.rust.map(|rust| ("rust", written(rust, place))));
    let shape = language.root().under("codes").under(code.name);
    fields.sort_by_key(|(key, _)| shape.rank(key));
    fields
}

fn braces(code: &NewCode<'_>, language: &Language) -> String {
    let fields = fields(code, language, Place::Flow);
    let fields: Vec<_> = fields
        .iter()
        .map(|(key, text)| format!("{key}: {text}"))
        .collect();
    format!(
        "{}: {{ {} }}",
        written(code.name, Place::Flow),
        fields.join(", ")
    )
}

fn lines(
    code: &NewCode<'_>,
    language: &Language,
    (indent, field_indent): (&str, usize),
) -> Vec<String> {
    let mut lines = vec![format!("{indent}{}:", written(code.name, Place::Block))];
    for (key, text) in fields(code, language, Place::Block) {
        lines.push(format!("{}{key}: {text}", " ".repeat(field_indent)));
    }
    lines
}
