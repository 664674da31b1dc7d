//! Headers as the recorders write them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::exchange::{Headers, Repeated};
use crate::recording::text::Text;

/// A header of a HAR (`name`) or of Newman (`key`).
#[derive(Deserialize)]
pub(crate) struct Named<'a> {
    #[serde(borrow, default, alias = "key")]
    pub(crate) name: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub(crate) value: Option<Text<'a>>,
}

/// What the characters of a header are on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Each is one byte, as browsers, Node and Python read them.
    Latin1,
    /// They are UTF-8, or bytes that are not were restored.
    Utf8,
}

/// The headers of a message from a list of names and values.
pub(crate) fn headers(
    named: Option<Vec<Named<'_>>>,
    characters: Characters,
    repeated: Repeated,
) -> Headers<'_> {
    let fields = named.unwrap_or_default().into_iter().filter_map(|named| {
        let value = named.value.unwrap_or_default();
        let value = match characters {
            Characters::Latin1 => value.latin1(),
            Characters::Utf8 => value.0,
        };
        Some((named.name?.characters(), value))
    });
    Headers {
        fields: fields.collect(),
        repeated,
    }
}

/// Headers: an object from name to value or list of values, or a list of pairs.
pub(crate) struct Fields<'a> {
    pub(crate) fields: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
    pub(crate) repeated: Repeated,
}

impl<'a> Fields<'a> {
    /// The headers of a client that reads them as Latin-1.
    pub(crate) fn into_latin1(self) -> Headers<'a> {
        let fields = self
            .fields
            .into_iter()
            .map(|(name, value)| (name, Text(value).latin1()));
        Headers {
            fields: fields.collect(),
            repeated: self.repeated,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object of headers or a list of pairs")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields<'de>, M::Error> {
        let mut fields = Vec::with_capacity(8);
        let mut repeated = Repeated::Kept;
        while let Some(name) = map.next_key::<Text>()? {
            let name = name.characters();
            match map.next_value::<Values>()? {
                Values::One(value) => {
                    repeated = Repeated::One;
                    fields.push((name, value.0));
                }
                Values::All(values) => {
                    fields.extend(values.into_iter().map(|value| (name.clone(), value.0)));
                }
                Values::None => {}
            }
        }
        Ok(Fields { fields, repeated })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pairs: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Vec::with_capacity(8);
        while let Some((name, value)) = pairs.next_element::<(Text, Text)>()? {
            fields.push((name.characters(), value.0));
        }
        Ok(Fields {
            fields,
            repeated: Repeated::Kept,
        })
    }
}

/// The value of a member of the headers.
enum Values<'a> {
    One(Text<'a>),
    All(Vec<Text<'a>>),
    None,
}

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string, a list of strings, or null")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Values<'de>, E> {
        Ok(Values::One(Text(Cow::Borrowed(text.as_bytes()))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Values<'de>, E> {
        Ok(Values::One(Text(Cow::Owned(text.as_bytes().to_vec()))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Values<'de>, E> {
        Ok(Values::One(Text(Cow::Owned(
            number.to_string().into_bytes(),
        ))))
    }

    fn visit_unit<E>(self) -> Result<Values<'de>, E> {
        Ok(Values::None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Values<'de>, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = values.next_element()? {
            all.push(value);
        }
        Ok(Values::All(all))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Values<'de>, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Err(serde::de::Error::custom("a header with members"))
    }
}
