//! Serde access to the collections of a node tree: spanned values, lists and mappings.

use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::decode::{Decoder, EXTENSIONS};
use super::error::Fault;
use super::scalar::refuse_trap;
use super::sink::Sink;
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::yaml::node::{Entry, Node, Scalar, Value};

/// The parts of a spanned value: five numbers, then the value or nothing.
pub(super) struct Parts<'a, 'n> {
    pub(super) decoder: Decoder<'a, 'n>,
    pub(super) position: u8,
}

impl<'de> SeqAccess<'de> for Parts<'_, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Decoder { node, key, sink } = self.decoder;
        let number = match self.position {
            0 => node.span.source.0,
            1 => key.start,
            2 => key.end,
            3 => node.span.start,
            4 => node.span.end,
            _ if matches!(node.value, Value::Refused) => return Ok(None),
            _ => {
                return Ok(match seed.deserialize(self.decoder) {
                    Ok(value) => Some(value),
                    Err(fault) => {
                        let diagnostic = fault.at(node);
                        sink.push(diagnostic);
                        None
                    }
                });
            }
        };
        self.position += 1;
        let number: U32Deserializer<Fault> = number.into_deserializer();
        seed.deserialize(number).map(Some)
    }
}

/// The parts of a keyed mapping: the mapping, then its keys.
pub(super) struct KeyedParts<'a, 'n> {
    pub(super) decoder: Decoder<'a, 'n>,
    pub(super) position: u8,
}

impl<'de> SeqAccess<'de> for KeyedParts<'_, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.position += 1;
        let has_part = self.position <= 2;
        has_part.then(|| seed.deserialize(self.decoder)).transpose()
    }
}

pub(super) struct Items<'a, 'n> {
    pub(super) items: std::slice::Iter<'a, Node<'n>>,
    pub(super) sink: &'a Sink,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Decoder {
            node,
            key: node.first_token(),
            sink: self.sink,
        })
        .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// A mapping whose keys are names of the catalog.
pub(super) struct Names<'a, 'n> {
    pub(super) entries: std::slice::Iter<'a, Entry<'n>>,
    pub(super) value: Option<&'a Entry<'n>>,
    /// Whether the names have been checked before.
    pub(super) is_silent: bool,
    pub(super) sink: &'a Sink,
}

impl<'de> MapAccess<'de> for Names<'_, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let sink = self.sink;
        let mut named = self
            .entries
            .by_ref()
            .filter_map(|entry| Some((entry, sink.name_of(&entry.key)?)));
        let Some((entry, name)) = named.next() else {
            return Ok(None);
        };
        if !self.is_silent
            && let Err(Fault::Found(diagnostic)) = refuse_trap(&entry.key)
        {
            sink.push(*diagnostic);
        }
        self.value = Some(entry);
        let name: StrDeserializer<'_, Fault> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some(entry) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Decoder {
            node: &entry.value,
            key: entry.key.span,
            sink: self.sink,
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A mapping whose keys belong to the catalog language.
pub(super) struct Members<'a, 'n> {
    entries: &'a [Entry<'n>],
    position: usize,
    fields: &'static [&'static str],
    /// The missing keys: an unknown key may be a misspelling of one of them.
    absent: Vec<&'static str>,
    extensions: Vec<&'a Entry<'n>>,
    sink: &'a Sink,
}

impl<'a, 'n> Members<'a, 'n> {
    pub(super) fn new(
        entries: &'a [Entry<'n>],
        fields: &'static [&'static str],
        sink: &'a Sink,
    ) -> Self {
        let stated = |name: &str| entries.iter().any(|entry| entry.key.text == name);
        let absent = fields.iter().copied();
        Self {
            entries,
            position: 0,
            fields,
            absent: absent
                .filter(|name| *name != EXTENSIONS && !stated(name))
                .collect(),
            extensions: Vec::new(),
            sink,
        }
    }

    /// Reports an unknown key. A misspelt key is read as the key that was meant, so that this one is not
    /// reported as missing.
    fn unknown_key(&mut self, key: &Scalar<'_>) -> Option<&'static str> {
        let diagnostic = Diagnostic::new(
            Rule::UnknownKey,
            key.span,
            format!("unknown key {}", quoted(&key.text)),
        );
        let known = self
            .fields
            .iter()
            .copied()
            .filter(|name| *name != EXTENSIONS);
        let meant = closest(&key.text, self.absent.iter().copied());
        let known = known.collect::<Vec<_>>().join(", ");
        let words = format!("the known keys are: {known}");
        self.sink
            .push(diagnostic.did_you_mean(key.span, meant, words));
        self.sink.push_unknown(key.span, meant);
        self.absent.retain(|name| Some(*name) != meant);
        meant
    }
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let extensible = self.fields.contains(&EXTENSIONS);
        while let Some(entry) = self.entries.get(self.position) {
            let name = entry.key.text.as_ref();
            if name != EXTENSIONS && self.fields.contains(&name) {
                let name: StrDeserializer<'_, Fault> = name.into_deserializer();
                return seed.deserialize(name).map(Some);
            }
            if extensible && name.starts_with("x-") {
                self.extensions.push(entry);
            } else if let Some(meant) = self.unknown_key(&entry.key) {
                let name: StrDeserializer<'_, Fault> = meant.into_deserializer();
                return seed.deserialize(name).map(Some);
            }
            self.position += 1;
        }
        if self.extensions.is_empty() {
            return Ok(None);
        }
        let name: StrDeserializer<'_, Fault> = EXTENSIONS.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some(entry) = self.entries.get(self.position) else {
            let extensions = std::mem::take(&mut self.extensions);
            let key = extensions
                .first()
                .map_or(Span::default(), |entry| entry.key.span);
            let end = extensions.last().map_or(key, |entry| entry.value.span).end;
            let node = Node {
                span: Span::new(key.source, key.start, end.max(key.end)),
                value: Value::Map(extensions.into_iter().cloned().collect()),
            };
            return seed.deserialize(Decoder {
                node: &node,
                key,
                sink: self.sink,
            });
        };
        self.position += 1;
        seed.deserialize(Decoder {
            node: &entry.value,
            key: entry.key.span,
            sink: self.sink,
        })
    }
}
