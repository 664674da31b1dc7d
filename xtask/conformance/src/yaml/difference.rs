//! The first difference of two JSON values.

use serde_json::Value;

/// Where the values differ, and what each has there. Members have no order, and `1` is not `1.0`.
pub(crate) fn difference(expected: &Value, found: &Value) -> Option<String> {
    let mut path = Vec::new();
    let (expected, found) = differing(expected, found, &mut path)?;
    let path = path.join("/");
    let shown = |value: Option<&Value>| match value {
        Some(value) => shortened(&value.to_string()),
        None => "nothing".to_owned(),
    };
    let (expected, found) = (shown(expected), shown(found));
    Some(format!("expected {expected} at /{path}, found {found}"))
}

type Pair<'a> = (Option<&'a Value>, Option<&'a Value>);

fn differing<'a>(
    expected: &'a Value,
    found: &'a Value,
    path: &mut Vec<String>,
) -> Option<Pair<'a>> {
    let mut inside = |key: String, expected: Option<&'a Value>, found: Option<&'a Value>| {
        path.push(key);
        let pair = match (expected, found) {
            (Some(expected), Some(found)) => differing(expected, found, path),
            pair => Some(pair),
        };
        if pair.is_none() {
            path.pop();
        }
        pair
    };
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let mut own = expected.iter();
            let missing = |(key, _): &(&String, &Value)| !expected.contains_key(*key);
            own.find_map(|(key, value)| inside(key.clone(), Some(value), found.get(key)))
                .or_else(|| {
                    let (key, value) = found.iter().find(missing)?;
                    inside(key.clone(), None, Some(value))
                })
        }
        (Value::Array(expected), Value::Array(found)) => (0..expected.len().max(found.len()))
            .find_map(|index| inside(index.to_string(), expected.get(index), found.get(index))),
        _ => (expected != found).then_some((Some(expected), Some(found))),
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_difference_has_a_path() {
        let value = json!({ "a": [1, { "b": "x" }], "c": null });
        assert_eq!(
            difference(&value, &json!({ "c": null, "a": [1, { "b": "x" }] })),
            None
        );
        for (found, expected) in [
            (
                json!({ "a": [1, { "b": 0 }], "c": null }),
                "expected \"x\" at /a/1/b, found 0",
            ),
            (
                json!({ "a": [1.0, { "b": "x" }], "c": null }),
                "expected 1 at /a/0, found 1.0",
            ),
            (
                json!({ "a": [1], "c": null }),
                "expected {\"b\":\"x\"} at /a/1, found nothing",
            ),
            (
                json!({ "a": [1, { "b": "x" }] }),
                "expected null at /c, found nothing",
            ),
            (
                json!({ "a": [1, { "b": "x" }], "c": null, "d": 2 }),
                "expected nothing at /d, found 2",
            ),
            (
                json!([]),
                "expected {\"a\":[1,{\"b\":\"x\"}],\"c\":null} at /, found []",
            ),
        ] {
            assert_eq!(difference(&value, &found).as_deref(), Some(expected));
        }
    }
}
