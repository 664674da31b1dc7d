//! Attaches comments and blank lines to the values of a tree, and sorts keys.

use super::cst::{Collection, Element, Kind, Layout, Part, Trivia};
use super::cursor::Cursor;
use crate::ast::language::Shape;
use crate::span::Span;
use crate::yaml::node::{Node, Scalar, Style, Value};

/// A file with the comments and blank lines of its author.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// The comment at the start of the file.
    pub(super) head: Vec<Trivia<'a>>,
    pub(super) root: Collection<'a>,
    /// The comments and blank lines below the last entry.
    pub(super) tail: Vec<Trivia<'a>>,
}

/// The surroundings of an element.
#[derive(Clone, Copy)]
enum Site {
    /// On lines of its own, at this column.
    Lines(usize),
    /// In a flow collection.
    Brackets,
}

/// Attaches all comments and blank lines to the values of `node`, the root of the file.
pub(super) fn attach<'a>(
    text: &'a str,
    node: &'a Node<'a>,
    comments: Vec<Span>,
    shape: Shape<'_>,
) -> Document<'a> {
    let mut reader = Reader(Cursor::new(text, comments));
    reader.0.pass();
    let head = reader.0.take_heading();
    // The start mark of the only document is redundant.
    reader.0.mark("---");
    let root = reader.collection(node, shape, Site::Lines(0));
    reader.0.pass();
    reader.0.mark("...");
    let mut tail = reader.0.take();
    while tail.last() == Some(&Trivia::Blank) {
        tail.pop();
    }
    Document { head, root, tail }
}

struct Reader<'a>(Cursor<'a>);

impl<'a> Reader<'a> {
    /// A mapping or list. Its first child gets the trivia before it.
    fn collection(&mut self, node: &'a Node<'a>, shape: Shape<'_>, site: Site) -> Collection<'a> {
        let mut brackets = [("{", "}"), ("[", "]")].iter();
        let close = brackets
            .find(|(open, _)| self.0.sign(open))
            .map(|(_, close)| close);
        let (layout, inside) = match (close, site) {
            (None, Site::Lines(_)) => (Layout::Block, site),
            _ => (Layout::Flow, Site::Brackets),
        };
        let mut collection = Collection {
            kind: Kind::List,
            layout,
            children: Vec::new(),
            inner: Vec::new(),
        };
        match &node.value {
            Value::Map(entries) => {
                collection.kind = Kind::Map;
                for entry in entries {
                    let value = (&entry.value, shape.under(&entry.key.text));
                    let child = self.entry(&entry.key, value, inside);
                    collection.children.push(child);
                }
                let rank = |child: &Element<'_>| {
                    let key = child.key.map(|key| key.text.as_ref());
                    shape.rank(key.unwrap_or_default())
                };
                collection.children.sort_by_cached_key(rank);
            }
            Value::List(items) => {
                for item in items {
                    let child = self.item((item, shape.item()), inside);
                    collection.children.push(child);
                }
            }
            Value::Scalar(_) | Value::Refused => {}
        }
        if let Some(close) = close {
            self.0.pass();
            collection.inner = self.0.take();
            self.0.sign(close);
        }
        collection
    }

    fn entry(
        &mut self,
        key: &'a Scalar<'a>,
        value: (&'a Node<'a>, Shape<'_>),
        site: Site,
    ) -> Element<'a> {
        self.0.pass();
        let (start, site) = (self.0.position(), self.here(site));
        self.0.mark("?");
        let leading = self.0.take();
        match (key.style, site) {
            (Style::Block, Site::Lines(column)) => drop(self.0.block(column)),
            _ => self.0.scalar(key),
        }
        self.0.pass();
        self.0.sign(":");
        Element {
            start,
            ..self.element(leading, Some(key), value, site)
        }
    }

    fn item(&mut self, value: (&'a Node<'a>, Shape<'_>), site: Site) -> Element<'a> {
        self.0.pass();
        let (start, site) = (self.0.position(), self.here(site));
        let leading = self.0.take();
        if matches!(site, Site::Lines(_)) {
            self.0.sign("-");
        }
        Element {
            start,
            ..self.element(leading, None, value, site)
        }
    }

    /// The site of an element at the current position.
    fn here(&self, site: Site) -> Site {
        match site {
            Site::Lines(_) => Site::Lines(self.0.column()),
            Site::Brackets => Site::Brackets,
        }
    }

    fn element(
        &mut self,
        leading: Vec<Trivia<'a>>,
        key: Option<&'a Scalar<'a>>,
        (node, shape): (&'a Node<'a>, Shape<'_>),
        site: Site,
    ) -> Element<'a> {
        let mut element = Element {
            leading,
            key,
            value: Part::Nothing,
            trailing: None,
            after: Vec::new(),
            start: 0,
            end: 0,
            below: 0,
        };
        let on_lines = matches!(site, Site::Lines(_)) && !matches!(self.0.next(), Some('[' | '{'));
        match &node.value {
            Value::Refused => {}
            Value::Scalar(_) if node.is_absent() => {}
            Value::List(_) | Value::Map(_) if on_lines => {
                // The first entry of an item follows its dash.
                let behind = self.0.take_behind();
                match key {
                    Some(_) => element.trailing = behind,
                    None => element.leading.extend(behind.map(Trivia::Comment)),
                }
            }
            _ => element.leading.extend(self.0.take()),
        }
        match (&node.value, site) {
            (Value::List(_) | Value::Map(_), _) => {
                element.value = Part::Collection(self.collection(node, shape, site));
            }
            (Value::Scalar(scalar), Site::Lines(column)) if scalar.style == Style::Block => {
                let (block, comment) = self.0.block(column);
                element.trailing = comment;
                element.value = Part::Block(block);
                // A comment with the indentation of the block scalar would become part of it, so it belongs to the next
                // element.
                element.end = self.0.end();
                element.below = self.0.below();
                self.0.pass();
                return element;
            }
            (Value::Scalar(scalar), _) if !node.is_absent() => {
                self.0.scalar(scalar);
                element.value = Part::Scalar(scalar);
            }
            _ => {}
        }
        element.end = self.0.end();
        self.0.pass();
        element.trailing = element.trailing.or_else(|| self.0.take_behind());
        match site {
            Site::Lines(column) => element.after = self.0.take_deeper(column),
            Site::Brackets => {
                if self.0.sign(",") {
                    element.trailing = element.trailing.or_else(|| self.0.take_behind());
                }
            }
        }
        element.below = self.0.below();
        element
    }
}
