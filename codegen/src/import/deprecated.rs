//! The deprecated codes of a source.

use serde_json::{Value, json};

use super::codes::one_line;
use super::model::Row;
use super::text::text;

/// The note if the source states only that the code is deprecated.
pub(super) const NOTE: &str = "TODO: say what to do instead";

/// Takes a deprecation: a boolean, a note, or the keys of the catalog language.
pub(super) fn take(row: &mut Row, value: &Value) {
    let word = value.as_str().map(|word| word.trim().to_ascii_lowercase());
    let deprecated = match (value, word.as_deref()) {
        (Value::Null | Value::Bool(false), _) | (_, Some("" | "no" | "false")) => return,
        (Value::Bool(true), _) | (_, Some("yes" | "true" | "deprecated")) => {
            let undecided = "the code is deprecated: say in `note` what to do instead, or name the code to `use`";
            row.undecided.push(undecided.to_owned());
            json!({ "note": NOTE })
        }
        (Value::String(_), _) => {
            let Some(said) = text(value, "note", &mut row.undecided) else {
                return;
            };
            json!({ "note": one_line(row, "deprecated", &said) })
        }
        (Value::Object(_), _) if is_of_catalog(value) => value.clone(),
        _ => {
            row.keep("x-deprecated", value);
            let undecided = "the deprecation is kept as `x-deprecated`: write `deprecated`";
            row.undecided.push(undecided.to_owned());
            return;
        }
    };
    row.stated.insert("deprecated".to_owned(), deprecated);
}

/// Marks a row as deprecated, unless its source says more about that.
pub(super) fn deprecate(row: &mut Row) {
    if !row.stated.contains_key("deprecated") {
        take(row, &true.into());
    }
}

/// A name without the suffix that marks deprecated names on pages, and whether it had the suffix.
pub(super) fn marked(name: &str) -> (&str, bool) {
    let name = name.trim();
    let marks = [" deprecated", " (deprecated)"];
    let bare = marks.into_iter().find_map(|mark| {
        let at = name.len().checked_sub(mark.len())?;
        let (bare, end) = name.split_at_checked(at)?;
        end.eq_ignore_ascii_case(mark).then_some(bare)
    });
    (bare.unwrap_or(name), bare.is_some())
}

/// What a text behind a name says of its deprecation, such as `deprecated since v2`.
pub(super) fn note(text: &str) -> Option<Value> {
    let word = text.get(.."deprecated".len())?;
    let behind = &text[word.len()..];
    let is_word = !behind.starts_with(char::is_alphanumeric);
    (word.eq_ignore_ascii_case("deprecated") && is_word).then(|| text.trim().into())
}

/// Whether the value is a deprecation in the catalog language.
fn is_of_catalog(value: &Value) -> bool {
    let mut members = value.as_object().into_iter().flatten();
    let says_what_to_do = value.get("use").or_else(|| value.get("note")).is_some();
    says_what_to_do
        && members.all(|(key, value)| {
            matches!(key.as_str(), "since" | "use" | "note") && value.is_string()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::model::{Code, Place};

    fn taken(value: &Value) -> Row {
        let mut row = Row::new(Place::Source, Code::Number(1));
        take(&mut row, value);
        row
    }

    #[test]
    fn a_deprecation_has_a_note_or_a_todo() {
        let whole = json!({"since": "2.0.0", "use": "b", "note": "Look for b"});
        for (said, expected, asks) in [
            (json!(true), json!({ "note": NOTE }), true),
            (json!(" Yes "), json!({ "note": NOTE }), true),
            (
                json!("Use `b`,\nor c"),
                json!({ "note": "Use `b`, or c" }),
                false,
            ),
            (whole.clone(), whole, false),
        ] {
            let row = taken(&said);
            assert_eq!(row.stated.get("deprecated"), Some(&expected));
            assert_eq!(row.undecided.is_empty(), !asks, "{said}");
            assert!(row.extensions.is_empty());
        }
        for said in [json!(null), json!(false), json!("no"), json!("")] {
            let row = taken(&said);
            assert!(row.stated.is_empty() && row.extensions.is_empty() && row.undecided.is_empty());
        }
    }

    #[test]
    fn facts_in_another_form_are_kept_and_reported() {
        for said in [
            json!(3),
            json!({"since": "2.0.0"}),
            json!({"note": "n", "owner": "me"}),
            json!({"note": 3}),
        ] {
            let row = taken(&said);
            assert!(row.stated.is_empty() && row.extensions.contains_key("x-deprecated"));
            assert_eq!(row.undecided.len(), 1);
        }
        let row = taken(&json!("Use `b`\n\n- or c"));
        assert_eq!(row.stated["deprecated"]["note"], "Use `b` - or c");
        assert_eq!(row.extensions["x-deprecated"], "Use `b`\n\n- or c");
    }
}
