//! Data of any syntax as a tree, whose values know their lines.

mod json;
mod toml;
mod yaml;

use serde_json::{Map, Value};

pub(super) use json::read as json;
pub(super) use toml::read as toml;
pub(super) use yaml::read as yaml;

use super::model::{Finding, Place};

/// A value, and its line.
pub(super) struct Node {
    pub(super) line: usize,
    /// The path of the value in a document of one line.
    pub(super) path: Option<String>,
    pub(super) content: Content,
}

/// What a value contains. A mapping keeps the order of the source, and may have a key twice.
pub(super) enum Content {
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// A source, read as data.
pub(super) struct Read {
    /// Missing after a syntax error.
    pub(super) root: Option<Node>,
    /// What is wrong, with its place.
    pub(super) faults: Vec<Finding>,
}

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 64;

impl Read {
    fn fault(line: usize, message: impl Into<String>) -> Self {
        Self {
            root: None,
            faults: vec![Finding::new(&Place::Line(line), message)],
        }
    }
}

impl Node {
    /// Where the value is.
    pub(super) fn place(&self) -> Place {
        match &self.path {
            Some(path) => Place::Path(path.clone()),
            None => Place::Line(self.line),
        }
    }

    /// The value without lines. Of two equal keys, the first is taken.
    pub(super) fn value(&self) -> Value {
        match &self.content {
            Content::Scalar(value) => value.clone(),
            Content::List(items) => items.iter().map(Self::value).collect(),
            Content::Map(entries) => {
                let mut map = Map::new();
                for (key, node) in entries {
                    if !map.contains_key(key) {
                        map.insert(key.clone(), node.value());
                    }
                }
                map.into()
            }
        }
    }

    /// The value, if it is a text, a number, a boolean or null.
    pub(super) fn scalar(&self) -> Option<&Value> {
        match &self.content {
            Content::Scalar(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn entries(&self) -> Option<&[(String, Self)]> {
        match &self.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn items(&self) -> Option<&[Self]> {
        match &self.content {
            Content::List(items) => Some(items),
            _ => None,
        }
    }
}

/// The lines of ascending or descending offsets.
pub(super) struct Lines {
    /// The offsets after each line break.
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self {
            starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
        }
    }

    /// The line of a byte, counting from 1.
    pub(super) fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + 1
    }
}
