//! JSON, level by level: a value that is not read yet is a part of the text, so its line is known.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Content, Lines, MAX_DEPTH, Node, Read};

/// Reads a document.
pub(in super::super) fn read(text: &str) -> Read {
    let lines = Lines::of(text);
    let place = |error: &serde_json::Error| error.line().max(1);
    let raw: &RawValue = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(error) => return Read::fault(place(&error), format!("it is not valid JSON: {error}")),
    };
    let start = text.as_ptr() as usize;
    let is_one_line = text.trim().lines().count() < 2;
    let mut reader = Reader { start, lines };
    match reader.node(raw.get(), 0, is_one_line.then(String::new)) {
        Ok(root) => Read {
            root: Some(root),
            faults: Vec::new(),
        },
        Err((line, error)) => Read::fault(line, error),
    }
}

struct Reader {
    /// The address of the text.
    start: usize,
    lines: Lines,
}

impl Reader {
    /// Reads a value. `path` is where it is in a document of one line.
    fn node(
        &mut self,
        raw: &str,
        depth: usize,
        path: Option<String>,
    ) -> Result<Node, (usize, String)> {
        let line = self.lines.number(raw.as_ptr() as usize - self.start);
        let invalid = |error: serde_json::Error| (line, format!("it is not valid JSON: {error}"));
        if depth > MAX_DEPTH {
            return Err((line, format!("it nests deeper than {MAX_DEPTH} levels")));
        }
        let content = match raw.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(invalid)?;
                let items = items.into_iter().enumerate();
                let items = items.map(|(at, item)| {
                    let path = below(path.as_deref(), &at.to_string());
                    self.node(item.get(), depth + 1, path)
                });
                Content::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let entries: Entries<'_> = serde_json::from_str(raw).map_err(invalid)?;
                let entries = entries.0.into_iter();
                let entries = entries.map(|(key, value)| {
                    let path = below(path.as_deref(), &key);
                    let node = self.node(value.get(), depth + 1, path)?;
                    Ok((key, node))
                });
                Content::Map(entries.collect::<Result<_, _>>()?)
            }
            _ => Content::Scalar(serde_json::from_str(raw).map_err(invalid)?),
        };
        Ok(Node {
            line,
            path,
            content,
        })
    }
}

/// The longest part of a path that is shown.
const MAX_PART: usize = 60;

/// The path of a value below another.
fn below(path: Option<&str>, key: &str) -> Option<String> {
    let short: String = key.chars().take(MAX_PART).collect();
    Some(match path? {
        "" => short,
        path => format!("{path}.{short}"),
    })
}

/// The entries of an object, also of equal keys.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfObject;
        impl<'de> Visitor<'de> for OfObject {
            type Value = Entries<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(OfObject)
    }
}
