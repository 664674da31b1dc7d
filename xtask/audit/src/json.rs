//! JSON that borrows its texts.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// A whole number. One that is greater than a `u64` is a fraction to JSON readers.
    Whole(i128),
    Fraction(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// The members in the order of the text. Names can repeat.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// The value that the bytes are.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// A member of an object. Of equal names the last one counts, as most readers have it.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter().rev();
        members.find_map(|(known, value)| (known == name).then_some(value))
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The kind of the value, with its article.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Whole(_) | Self::Fraction(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// Whether the value is this constant of a shape.
    pub(crate) fn is(&self, constant: &Value) -> bool {
        match (self, constant) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(found), Value::Bool(wanted)) => found == wanted,
            (Self::Text(found), Value::String(wanted)) => found == wanted,
            (Self::Whole(found), Value::Number(wanted)) => {
                wanted.as_i128().is_some_and(|wanted| *found == wanted)
            }
            (Self::Fraction(found), Value::Number(wanted)) => wanted.as_f64() == Some(*found),
            _ => false,
        }
    }
}

/// A text that is borrowed unless it has escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(text) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("expected a string")),
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Whole(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Whole(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Json::Fraction(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Json::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((Text(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn a_text_without_escapes_is_borrowed_and_the_last_of_equal_names_counts() {
        let json = Json::parse(br#"{"a":1,"b":"x","a":"\u00e9"}"#).expect("JSON");
        assert_eq!(json.member("a").and_then(Json::text), Some("é"));
        assert_eq!(json.member("b").and_then(Json::text), Some("x"));
        assert_eq!(json.member("c"), None);
    }

    #[test]
    fn what_is_not_json_has_no_value() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "nul", "\u{feff}{}", "{\"a\":}", &deep] {
            assert_eq!(Json::parse(text.as_bytes()), None);
        }
        assert_eq!(Json::parse(b"\xff"), None);
        assert_eq!(Json::parse(b"1e400"), None);
    }

    #[test]
    fn constants_are_compared_by_value() {
        for (text, constant, is_equal) in [
            ("null", serde_json::json!(null), true),
            ("false", serde_json::json!(false), true),
            ("7", serde_json::json!(7), true),
            ("7.5", serde_json::json!(7.5), true),
            ("7", serde_json::json!("7"), false),
            ("\"a\"", serde_json::json!("a"), true),
            ("[]", serde_json::json!([]), false),
        ] {
            let json = Json::parse(text.as_bytes()).expect("JSON");
            assert_eq!(json.is(&constant), is_equal, "{text}");
        }
    }
}
