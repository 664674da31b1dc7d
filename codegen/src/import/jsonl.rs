//! JSON Lines: an object per line, with neutral fields.

use serde_json::{Map, Value};

use super::custom::keep;
use super::deprecated;
use super::model::{Argument, Code, Extracted, Finding, Place, Row};
use super::text::text;
use crate::unord_map::UnordMap;

/// Reads the rows.
pub(super) fn read(source: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    for (position, line) in source.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = Place::Line(position + 1);
        match row(&place, line) {
            Ok(row) => extracted.rows.push(row),
            Err(reason) => extracted.lost.push(Finding::new(&place, reason)),
        }
    }
    extracted
}

fn row(place: &Place, line: &str) -> Result<Row, String> {
    let fields = match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err("the line is not a JSON object".to_owned()),
        Err(error) => return Err(format!("the line is not valid JSON: {error}")),
    };
    let code = match fields.get("code") {
        None | Some(Value::Null) => return Err("the row has no `code`".to_owned()),
        Some(Value::String(code)) => Code::Text(code.clone()),
        Some(Value::Number(number)) => match number.as_u64() {
            Some(number) => Code::Number(number),
            None => Code::Text(number.to_string()),
        },
        Some(_) => return Err("the `code` is neither a text nor a number".to_owned()),
    };
    let mut row = Row::new(place.clone(), code);
    for (key, value) in &fields {
        field(&mut row, key, value);
    }
    Ok(row)
}

fn field(row: &mut Row, key: &str, value: &Value) {
    match key {
        "code" => {}
        "type" => row.error_type = text(value, key, &mut row.undecided),
        "http_status" | "status" => row.take_status(value),
        "message" => row.message = text(value, key, &mut row.undecided),
        "meaning" => row.meaning = text(value, key, &mut row.undecided),
        "fix" => row.fix = text(value, key, &mut row.undecided),
        "retryable" => row.take_retry(value),
        "deprecated" => deprecated::take(row, value),
        "source_path" => row.keep("x-source", value),
        "extra" => match value {
            Value::Object(extra) => extra.iter().for_each(|(key, value)| more(row, key, value)),
            other => row.keep("x-extra", other),
        },
        _ => row.keep(key, value),
    }
}

/// A field of `extra`.
fn more(row: &mut Row, key: &str, value: &Value) {
    match (key, value) {
        ("args", Value::Array(args)) => {
            let mut names: UnordMap<String, ()> = UnordMap::default();
            let mut is_complete = true;
            for value in args {
                let argument = value.as_object().and_then(|fields| argument(row, fields));
                let is_new = |new: &Argument| names.insert(new.name.clone(), ()).is_none();
                match argument.filter(is_new) {
                    Some(argument) => row.args.push(argument),
                    None => is_complete = false,
                }
            }
            if !is_complete {
                let what = "an argument has no name, or that of another: see `x-args`";
                row.undecided.push(what.to_owned());
                row.keep("x-args", value);
            }
        }
        ("constant" | "variable", Value::String(name)) if row.constant.is_none() => {
            row.constant = Some(name.clone());
            row.ids.push((key.to_owned(), value.clone()));
        }
        ("errno", Value::String(name)) if !name.trim().is_empty() => {
            row.ids.push((key.to_owned(), value.clone()));
        }
        ("errno", Value::Number(number)) if number.is_u64() => {
            row.ids.push((key.to_owned(), value.clone()));
        }
        _ => row.keep(key, value),
    }
}

fn argument(row: &mut Row, fields: &Map<String, Value>) -> Option<Argument> {
    let name = fields.get("name")?.as_str()?;
    let source_type = fields.get("type").and_then(Value::as_str);
    let mut argument = Argument::declared(name, source_type);
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("name", _) | ("type", Value::String(_)) | ("nullable", Value::Bool(false)) => {}
            ("nullable", Value::Bool(true)) => {
                argument.stated.insert("nullable".to_owned(), true.into());
            }
            ("print_if_null", Value::String(text)) if !text.trim().is_empty() => {
                argument.stated.insert("nullable".to_owned(), true.into());
                argument
                    .stated
                    .insert("absent".to_owned(), text.as_str().into());
            }
            _ => keep(&mut argument.extensions, &mut row.undecided, key, value),
        }
    }
    Some(argument)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::RetryRule;
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
