//! JSON Lines: an object per line.

use serde_json::Value;

use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::Record;

/// Reads the rows.
pub(super) fn read(source: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let mut records = Vec::new();
    for (position, line) in source.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = Place::Line(position + 1);
        let reason = match serde_json::from_str(line) {
            Ok(Value::Object(fields)) => {
                records.push(Record::new(place, fields));
                continue;
            }
            Ok(_) => "the line is not a JSON object".to_owned(),
            Err(error) => format!("the line is not valid JSON: {error}"),
        };
        let finding = Finding::new(&place, reason).of(Part::Line);
        extracted.lost.push(finding);
    }
    let list = List {
        records,
        has_marks: false,
        is_of_errors: true,
    };
    list::take(&list, &mut extracted);
    extracted
        .lost
        .sort_by(|left, right| left.place.cmp(&right.place));
    extracted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RetryRule;
    use crate::import::model::{Code, Row};
    use serde_json::json;

    fn read_row(row: &Value) -> Row {
        let mut extracted = read(&row.to_string());
        assert_eq!(extracted.lost, []);
        extracted.rows.remove(0)
    }

    #[test]
    fn fields_have_their_places_and_nothing_is_lost() {
        let row = read_row(&json!({
            "code": 10, "type": "t", "http_status": "404 Not Found", "message": "m", "meaning": " ",
            "retryable": true, "deprecated": false, "owner": {"n": -1.5},
            "extra": {"errno": "ENOENT", "constant": "NoSuch", "comment": "a\r\nb\u{7}"},
        }));
        assert_eq!(row.code, Code::Number(10));
        assert_eq!(row.status.map(crate::catalog::Status::get), Some(404));
        assert_eq!((row.meaning, row.retry), (None, Some(RetryRule::Backoff)));
        assert_eq!(row.constant.as_deref(), Some("NoSuch"));
        assert_eq!(row.ids.len(), 2);
        let kept = json!({"x-owner": {"n": "-1.5"}, "x-comment": "a\nb"});
        assert_eq!(Value::Object(row.extensions), kept);
    }

    #[test]
    fn arguments_keep_what_their_kind_does_not_say() {
        let row = read_row(&json!({"code": "a", "extra": {"args": [
            {"name": "n", "type": "Integer"},
            {"name": "j", "type": "Json", "nullable": true, "unit": "ms"},
            {"name": "p", "type": "Binary", "print_if_null": "nobody"},
        ]}}));
        let all = row.args.iter();
        let all = all.map(|one| json!([one.name, one.kind, one.stated, one.extensions]));
        let expected = json!([
            ["n", "i64", {}, {}],
            ["j", "string", {"nullable": true}, {"x-source-type": "Json", "x-unit": "ms"}],
            ["p", "string", {"nullable": true, "absent": "nobody"}, {}],
        ]);
        assert_eq!(all.collect::<Value>(), expected);
    }

    #[test]
    fn lines_that_are_not_rows_are_reported_with_their_number() {
        let extracted = read("\n{\"code\": null}\n[1]\n{\"code\": \nnull\n{\"code\": {}}\n");
        let lines: Vec<_> = extracted
            .lost
            .iter()
            .map(|lost| lost.place.clone())
            .collect();
        assert_eq!(lines, [2, 3, 4, 5, 6].map(Place::Line));
        assert!(extracted.rows.is_empty());
    }
}
