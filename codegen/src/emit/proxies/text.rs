//! Bodies as text that means the same in the language of every proxy.

use std::fmt::Write as _;

use serde_json::Value;

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// JSON. Its strings have letters, digits, spaces and `.,:;()-_/`; everything else in them is an escape.
    Text(String),
    /// The request id, within a string.
    RequestId,
}

/// Stands for the request id in a value. No text of a catalog contains it.
pub(super) const REQUEST_ID: &str = "\u{1}";

/// A body as pieces.
pub(super) fn pieces(body: &Value) -> Vec<Piece> {
    let mut json = String::new();
    write(body, &mut json);
    let mut pieces = Vec::new();
    for (position, text) in json.split(REQUEST_ID).enumerate() {
        if position > 0 {
            pieces.push(Piece::RequestId);
        }
        pieces.push(Piece::Text(text.to_owned()));
    }
    pieces
}

/// The text of a body in which `request_id` is the request id.
pub(super) fn joined(pieces: &[Piece], request_id: &str) -> String {
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::RequestId => request_id,
    });
    pieces.collect()
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => string(text, out),
        Value::Array(elements) => {
            out.push('[');
            for (position, element) in elements.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(element, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (position, (name, member)) in members.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                string(name, out);
                out.push(':');
                write(member, out);
            }
            out.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
    }
}

/// A string of JSON. Readers of JSON see the text; no proxy sees a character that it would read as syntax.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if is_plain(byte) => out.push(char::from(byte)),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('"');
}

/// Whether no proxy gives a character of a string a meaning. The stand-in of the request id is replaced later.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b'.' | b',' | b':' | b';' | b'(' | b')' | b'-' | b'_' | b'/' | 1
        )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Piece, REQUEST_ID, pieces};

    /// What each language reads as syntax: variables of nginx, formats of HAProxy, placeholders of Caddy, the ends of
    /// strings in VCL, expressions and files of Apache, quotes and line ends of all.
    const HOSTILE: &str = "$5 $host \\$5 %s %[unique-id] {x} {http.request.host} \"} \"\"\" `\u{a0}' %{REQUEST_URI} ${x} <!--# #\r\n\t\u{85}\u{2028}é😀\0";

    #[test]
    fn a_string_has_no_character_that_a_proxy_reads() {
        let body = json!({ HOSTILE: [HOSTILE, 1.5, null, true, {}] });
        let [Piece::Text(text)] = &pieces(&body)[..] else {
            panic!("a body without a request id is one text");
        };
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(text).unwrap(),
            body
        );
        let outside = text.chars().filter(|c| !c.is_ascii_alphanumeric());
        let outside: String = outside.filter(|c| !" .,:;()-_/".contains(*c)).collect();
        assert!(outside.chars().all(|c| "{}[]\"\\".contains(c)), "{outside}");
        // A backslash begins an escape, and nothing else.
        assert!(
            text.match_indices('\\')
                .all(|(at, _)| text[at..].starts_with("\\u"))
        );
    }

    #[test]
    fn the_request_id_is_a_piece_of_its_own() {
        let body = json!({ "id": REQUEST_ID, "text": format!("see {REQUEST_ID}.") });
        let text = |text: &str| Piece::Text(text.to_owned());
        let expected = [
            text("{\"id\":\""),
            Piece::RequestId,
            text("\",\"text\":\"see "),
            Piece::RequestId,
            text(".\"}"),
        ];
        assert_eq!(pieces(&body), expected);
    }
}
