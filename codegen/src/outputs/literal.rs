//! Values as literals of programming languages.

use std::fmt::Write as _;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, State, Value};

/// The nesting of values: more than those of the export have.
pub(super) const MAX_VALUE_DEPTH: usize = 64;

/// How a language writes literals. All of them write a string between double quotes, and a quote, a backslash, a line
/// feed, a carriage return and a tab in it alike.
pub(super) struct Language {
    /// The name of the filter.
    pub(super) name: &'static str,
    unicode: Unicode,
    /// Characters that begin an expression in a string, and are written with a backslash.
    active: &'static str,
    /// How other values are written; a language without these has literals of strings only.
    values: Option<[&'static str; 3]>,
}

/// How a character is written by its number.
#[derive(Clone, Copy)]
enum Unicode {
    /// `\u0007`.
    Four,
    /// `\u{7}`.
    Braces,
}

const fn language(name: &'static str, unicode: Unicode, active: &'static str) -> Language {
    Language {
        name,
        unicode,
        active,
        values: None,
    }
}

/// JavaScript and TypeScript.
pub(super) const JS: Language = Language {
    values: Some(["null", "true", "false"]),
    ..language("js", Unicode::Four, "")
};

/// All languages, by name.
pub(super) const LANGUAGES: [Language; 11] = [
    language("csharp", Unicode::Four, ""),
    language("dart", Unicode::Braces, "$"),
    language("go", Unicode::Four, ""),
    language("java", Unicode::Four, ""),
    JS,
    language("kotlin", Unicode::Four, "$"),
    language("php", Unicode::Braces, "$"),
    Language {
        values: Some(["None", "True", "False"]),
        ..language("python", Unicode::Four, "")
    },
    language("ruby", Unicode::Four, "#"),
    language("rust", Unicode::Braces, ""),
    language("swift", Unicode::Braces, ""),
];

/// A value as a literal.
pub(super) fn of(
    state: &State<'_, '_>,
    language: &Language,
    value: &Value,
) -> Result<String, Error> {
    let mut out = String::new();
    push(state, language, value, MAX_VALUE_DEPTH, &mut out)?;
    Ok(out)
}

/// Adds a literal, whose values can be nested so deep.
fn push(
    state: &State<'_, '_>,
    language: &Language,
    value: &Value,
    depth: usize,
    out: &mut String,
) -> Result<(), Error> {
    let text = value.as_str();
    // A list can contain another several times.
    state.consume_fuel(1 + text.map_or(0, str::len) as u64 / 64)?;
    if let Some(text) = text {
        push_string(language, text, out);
        return Ok(());
    }
    let kind = value.kind();
    let Some(depth) = depth.checked_sub(1) else {
        let message = "the value is nested too deep";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    };
    if kind == ValueKind::Undefined {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let Some([null, yes, no]) = language.values else {
        let message = format!("expected a string, found a value of the kind {kind}");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    };
    match kind {
        ValueKind::None => out.push_str(null),
        ValueKind::Bool => out.push_str(if value.is_true() { yes } else { no }),
        ValueKind::Number => out.push_str(&value.to_string()),
        ValueKind::Seq | ValueKind::Iterable => {
            out.push('[');
            for (position, item) in value.try_iter()?.enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                push(state, language, &item, depth, out)?;
            }
            out.push(']');
        }
        ValueKind::Map => {
            out.push('{');
            for (position, key) in value.try_iter()?.enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                push(state, language, &key, depth, out)?;
                out.push_str(": ");
                push(state, language, &value.get_item(&key)?, depth, out)?;
            }
            out.push('}');
        }
        _ => {
            let message = format!("a value of the kind {kind} has no literal");
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
    }
    Ok(())
}

fn push_string(language: &Language, text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if language.active.contains(c) => {
                out.push('\\');
                out.push(c);
            }
            c if is_invisible(c) => {
                let number = u32::from(c);
                // Writing to a string cannot fail.
                let _ = match language.unicode {
                    Unicode::Four => write!(out, "\\u{number:04x}"),
                    Unicode::Braces => write!(out, "\\u{{{number:x}}}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether a character is not shown, ends a line in some language, or changes the direction of what follows: compilers
/// reject these in strings, or read them as something else. All of them have four digits.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A character as it is shown, where it cannot be escaped.
pub(super) fn shown(c: char) -> char {
    if is_invisible(c) && c != '\t' {
        '\u{fffd}'
    } else {
        c
    }
}
