//! Integers of documents that readers of JSON and YAML read alike.

use serde_json::Number;

use crate::tree::Tree;

/// Turns integers beyond 64 bits with a sign into floats. Readers without larger integers take the nearest
/// float, or, as the YAML reader of PHP does, the largest integer that they have. What is shared stays as it is.
pub(super) fn make_portable(value: &mut Tree<'_>) {
    match value {
        Tree::Number(number) if number.is_u64() && number.as_i64().is_none() => {
            // The float that each reader with floats gets.
            if let Some(float) = number.as_f64().and_then(Number::from_f64) {
                *number = float;
            }
        }
        Tree::List(items) => items.iter_mut().for_each(make_portable),
        Tree::Object(_) => value.values_mut().for_each(make_portable),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_integers_beyond_64_bits_with_a_sign_become_floats() {
        let largest = i64::MAX;
        let mut value = Tree::from(
            json!({ "a": [u64::MAX, { "b": 9_223_372_036_854_775_808_u64 }], "c": largest, "d": -1, "e": 0.5 }),
        );
        make_portable(&mut value);
        let expected = json!({
            "a": [18_446_744_073_709_551_616.0, { "b": 9_223_372_036_854_775_808.0 }],
            "c": largest, "d": -1, "e": 0.5,
        });
        assert_eq!(serde_json::Value::from(value), expected);
    }
}
