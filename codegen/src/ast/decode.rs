//! Decodes a node tree into the AST: a serde `Deserializer` that reports mistakes and continues.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Items, KeyedParts, Members, Names, Parts};
use super::error::{Fault, key_list};
use super::keyed::KEYED;
use super::operation::NAME_OR_MAPPING;
use super::scalar::{fraction, negative_number, refuse_trap, whole_number};
use super::shape::BY_STATUS;
use super::sink::Sink;
use super::spanned::SPANNED;
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::yaml::node::{Node, Scalar, Style, Value};

/// The field of a struct that takes all custom (`x-`) keys.
pub(crate) const EXTENSIONS: &str = "x-*";

/// Decodes `node`. A value with a mistake is missing from the result.
pub(crate) fn decode<'de, T: Deserialize<'de>>(node: &Node<'_>) -> (Option<T>, Vec<Diagnostic>) {
    let sink = Sink::default();
    let decoder = Decoder {
        node,
        key: Span::new(node.span.source, node.span.start, node.span.start),
        sink: &sink,
    };
    let value = match T::deserialize(decoder) {
        Ok(value) => Some(value),
        Err(fault) => {
            let diagnostic = fault.at(node);
            sink.push(diagnostic);
            None
        }
    };
    (value, sink.into_found())
}

/// One node on its way to a value.
#[derive(Clone, Copy)]
pub(super) struct Decoder<'a, 'n> {
    pub(super) node: &'a Node<'n>,
    pub(super) key: Span,
    pub(super) sink: &'a Sink,
}

const SINGLE: &str = "write one value; a string that begins with `[` or `{` needs quotes";
const MAPPING: &str = "write `key: value` lines below the key, or `{ key: value }`";

impl<'a, 'n> Decoder<'a, 'n> {
    /// Reports a value of the wrong kind; `help` explains how to write the expected kind.
    fn wrong_kind(&self, expected: &dyn fmt::Display, help: &str) -> Fault {
        let span = self.visible();
        let diagnostic = Diagnostic::new(
            Rule::WrongKind,
            span,
            format!("expected {expected}, found {}", self.node.kind()),
        )
        .help(if self.node.is_absent() {
            "write the value, or remove the key"
        } else {
            help
        });
        let beside_its_key = self.key.start < self.key.end && self.key.end <= span.start;
        Fault::Found(Box::new(if beside_its_key {
            diagnostic.related(self.key, "the value of this key")
        } else {
            diagnostic
        }))
    }

    /// The entries of a mapping by names, which are checked unless the mapping is silent.
    fn names(&self, is_silent: bool) -> Result<Names<'a, 'n>, Fault> {
        let Value::Map(entries) = &self.node.value else {
            return Err(self.wrong_kind(&"a mapping", MAPPING));
        };
        Ok(Names {
            entries: entries.iter(),
            value: None,
            is_silent,
            sink: self.sink,
        })
    }

    /// The place of the value, or of its key if the value is empty.
    fn visible(&self) -> Span {
        let span = self.node.span;
        if span.start == span.end {
            self.key
        } else {
            span
        }
    }

    fn scalar(&self, expected: &str) -> Result<&'a Scalar<'n>, Fault> {
        match &self.node.value {
            Value::Scalar(scalar) => Ok(scalar),
            _ => Err(self.wrong_kind(&expected, SINGLE)),
        }
    }

    /// A string that all YAML readers interpret alike.
    fn text(&self) -> Result<&'a str, Fault> {
        let scalar = self.scalar("a string")?;
        refuse_trap(scalar)?;
        if scalar.text.trim().is_empty() {
            return Err(Fault::Found(Box::new(
                Diagnostic::new(Rule::EmptyText, self.visible(), "the string is empty")
                    .help("write a value, or remove the key"),
            )));
        }
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
        let is_plain = scalar.text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let mut chars = scalar.text.chars();
        if !is_plain && let Some(c) = chars.find(|c| control(*c)) {
            return Err(Fault::Found(Box::new(
                Diagnostic::new(
                    Rule::ControlCharacter,
                    self.node.span,
                    format!(
                        "the string contains the control character U+{:04X}",
                        u32::from(c)
                    ),
                )
                .help("remove the escape sequence"),
            )));
        }
        Ok(&scalar.text)
    }

    /// `true` or `false` without quotes; the other spellings of YAML 1.1 are refused.
    fn truth_value(&self) -> Result<bool, Fault> {
        const EXPECTED: &str = "`true` or `false`";
        let scalar = self.scalar(EXPECTED)?;
        let meant = match (scalar.text.as_ref(), scalar.style) {
            ("true", Style::Plain) => return Ok(true),
            ("false", Style::Plain) => return Ok(false),
            _ if self.node.is_absent() => return Err(self.wrong_kind(&EXPECTED, SINGLE)),
            (text, _) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some("true"),
                "false" | "no" | "off" | "n" => Some("false"),
                _ => None,
            },
        };
        let diagnostic = Diagnostic::new(
            Rule::WrongKind,
            self.node.span,
            format!("expected {EXPECTED}, found {}", quoted(&scalar.text)),
        );
        Err(Fault::Found(Box::new(match meant {
            Some(meant) => diagnostic
                .help(format!("write `{meant}`, without quotes"))
                .suggest(self.node.span, meant),
            None => diagnostic.help(format!("write {EXPECTED}")),
        })))
    }

    fn number(&self) -> Result<u64, Fault> {
        const EXPECTED: &str = "a whole number";
        let scalar = self.scalar(EXPECTED)?;
        if self.node.is_absent() {
            return Err(self.wrong_kind(&EXPECTED, SINGLE));
        }
        if let Some(number) = whole_number(scalar) {
            return Ok(number);
        }
        let diagnostic = Diagnostic::new(
            Rule::WrongKind,
            self.node.span,
            format!("expected {EXPECTED}, found {}", quoted(&scalar.text)),
        );
        let digits = scalar.text.trim_start_matches('0');
        let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
        let number = all_digits && digits.parse::<u64>().is_ok();
        Err(Fault::Found(Box::new(match (number, scalar.style) {
            (true, Style::Plain) => Diagnostic {
                rule: Rule::YamlTrap,
                message: format!(
                    "{} is an octal number to some YAML readers and a decimal one to others",
                    quoted(&scalar.text)
                ),
                ..diagnostic
            }
            .help(format!("write `{digits}`"))
            .suggest(self.node.span, digits),
            (true, _) => diagnostic
                .help(format!("write `{digits}` without quotes"))
                .suggest(self.node.span, digits),
            (false, _) if all_digits && !digits.is_empty() => {
                diagnostic.help(format!("the largest number is {}", u64::MAX))
            }
            (false, _) => diagnostic.help("write digits only, such as `500`"),
        })))
    }
}

impl<'de> Deserializer<'de> for Decoder<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Map(_) => self.deserialize_map(visitor),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Scalar(scalar) if scalar.style != Style::Plain => {
                visitor.visit_str(&scalar.text)
            }
            Value::Scalar(scalar) => {
                if let Some(number) = whole_number(scalar) {
                    return visitor.visit_u64(number);
                }
                if let Some(number) = negative_number(scalar) {
                    return visitor.visit_i64(number);
                }
                if let Some(number) = fraction(scalar) {
                    return visitor.visit_f64(number);
                }
                match scalar.text.as_ref() {
                    "true" => visitor.visit_bool(true),
                    "false" => visitor.visit_bool(false),
                    "~" | "null" | "" => visitor.visit_unit(),
                    text => {
                        refuse_trap(scalar)?;
                        visitor.visit_str(text)
                    }
                }
            }
            Value::Refused => visitor.visit_unit(),
        }
    }

    /// Strings and numbers as they are written: they are checked where they are used.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) | Value::Refused => Err(self.wrong_kind(&Expected(&visitor), SINGLE)),
            Value::Scalar(_) if self.node.is_absent() => {
                Err(self.wrong_kind(&Expected(&visitor), SINGLE))
            }
            Value::Scalar(scalar) => match whole_number(scalar) {
                Some(number) => visitor.visit_u64(number),
                None => visitor.visit_str(&scalar.text),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.number()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.truth_value()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let expected = format!("one of: {}", variants.join(", "));
        let scalar = self.scalar(&expected)?;
        if self.node.is_absent() {
            return Err(self.wrong_kind(&expected, SINGLE));
        }
        visitor.visit_enum(StrDeserializer::new(scalar.text.as_ref()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            // The keys are statuses, whatever readers take them for.
            BY_STATUS => visitor.visit_map(self.names(true)?),
            NAME_OR_MAPPING => match self.node.value {
                Value::Map(_) => visitor.visit_newtype_struct(self),
                Value::List(_) => Err(self.wrong_kind(&Expected(&visitor), SINGLE)),
                Value::Scalar(_) | Value::Refused => visitor.visit_str(self.text()?),
            },
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == KEYED {
            return visitor.visit_seq(KeyedParts {
                decoder: self,
                position: 0,
            });
        }
        debug_assert_eq!(name, SPANNED);
        visitor.visit_seq(Parts {
            decoder: self,
            position: 0,
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Value::List(items) = &self.node.value else {
            return Err(self.wrong_kind(
                &"a list",
                "write `[one, two]`, or one line beginning with `- ` for each",
            ));
        };
        visitor.visit_seq(Items {
            items: items.iter(),
            sink: self.sink,
        })
    }

    /// One string or a list of strings.
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::List(_) => self.deserialize_seq(visitor),
            _ => visitor.visit_str(self.text()?),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.names(false)?)
    }

    /// The keys only; they and their values have been checked before.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Map(_) => visitor.visit_map(self.names(true)?),
            Value::List(items) => visitor.visit_seq(Items {
                items: items.iter(),
                sink: self.sink,
            }),
            Value::Scalar(_) | Value::Refused => visitor.visit_unit(),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Value::Map(entries) = &self.node.value else {
            return Err(self.wrong_kind(&format!("a mapping with {}", key_list(fields)), MAPPING));
        };
        visitor.visit_map(Members::new(entries, fields, self.sink))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct
    }
}

/// What a visitor expects, for a message.
struct Expected<'a, V>(&'a V);

impl<'de, V: Visitor<'de>> fmt::Display for Expected<'_, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }
}
