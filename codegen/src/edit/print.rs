//! Prints the elements of a document.

use super::cst::{Block, Collection, Element, Kind, Layout, Part, Trivia};
use super::layout::scalar_text;
use super::trivia::Document;
use crate::limits::MAX_SIMPLE_KEY;
use crate::yaml::node::Scalar;
use crate::yaml::quote::Place;

/// The text of a document with a layout.
pub(super) fn print(document: &Document<'_>) -> String {
    let mut printer = Printer {
        out: String::new(),
        keeps_line_breaks: false,
    };
    printer.lines(&document.head, 0);
    if document.root.layout == Layout::Block {
        printer.children(&document.root.children, 0, false);
    } else {
        printer.brackets(&document.root, 2);
        printer.end(None);
    }
    printer.lines(&document.tail, 0);
    printer.out
}

struct Printer {
    out: String,
    /// Whether a blank line would become part of the block scalar above it.
    keeps_line_breaks: bool,
}

impl Printer {
    /// Ends the current line, with a trailing comment if there is one.
    fn end(&mut self, trailing: Option<&str>) {
        if let Some(comment) = trailing {
            // Two spaces distinguish a comment from text that contains `#`.
            self.out.push_str("  ");
            self.out.push_str(comment);
        }
        self.out.push('\n');
        self.keeps_line_breaks = false;
    }

    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn lines(&mut self, lines: &[Trivia<'_>], indent: usize) {
        for line in lines {
            match line {
                Trivia::Blank if self.keeps_line_breaks => {}
                Trivia::Blank => self.out.push('\n'),
                Trivia::Comment(comment) => {
                    self.indent(indent);
                    self.out.push_str(comment);
                    self.end(None);
                }
            }
        }
    }

    /// The children of a block collection, each on its own line. `is_begun`: the first child follows a dash on its
    /// line.
    fn children(&mut self, children: &[Element<'_>], indent: usize, is_begun: bool) {
        for (position, child) in children.iter().enumerate() {
            if position > 0 || !is_begun {
                self.lines(&child.leading, indent);
                self.indent(indent);
            }
            self.element(child, indent);
            self.lines(&child.after, indent + 2);
        }
    }

    fn element(&mut self, element: &Element<'_>, indent: usize) {
        self.sign(element.key, indent);
        match &element.value {
            Part::Nothing => self.end(element.trailing),
            Part::Scalar(scalar) => {
                self.out.push(' ');
                self.out.push_str(&scalar_text(scalar, Place::Block));
                self.end(element.trailing);
            }
            Part::Block(block) => self.block(block, element.trailing, indent + 2),
            Part::Collection(collection) if collection.layout == Layout::Block => {
                match element.key {
                    Some(_) => self.end(element.trailing),
                    None => self.out.push(' '),
                }
                self.children(&collection.children, indent + 2, element.key.is_none());
            }
            Part::Collection(collection) => {
                self.out.push(' ');
                self.brackets(collection, indent + 2);
                self.end(element.trailing);
            }
        }
    }

    /// The dash of an item, or the key of an entry.
    fn sign(&mut self, key: Option<&Scalar<'_>>, indent: usize) {
        let Some(key) = key else {
            self.out.push('-');
            return;
        };
        let key = scalar_text(key, Place::Block);
        if key.len() > MAX_SIMPLE_KEY {
            self.out.push_str("? ");
            self.out.push_str(&key);
            self.out.push('\n');
            self.indent(indent);
        } else {
            self.out.push_str(&key);
        }
        self.out.push(':');
    }

    fn brackets(&mut self, collection: &Collection<'_>, indent: usize) {
        if let Layout::Line(text) = &collection.layout {
            self.out.push_str(text);
            return;
        }
        let (open, close) = match collection.kind {
            Kind::Map => ("{\n", "}"),
            Kind::List => ("[\n", "]"),
        };
        self.out.push_str(open);
        self.lines(&collection.inner, indent);
        self.indent(indent);
        self.out.push_str(close);
    }

    fn block(&mut self, block: &Block<'_>, trailing: Option<&str>, indent: usize) {
        self.out.push(' ');
        self.out.push(block.style);
        let first = block.lines.iter().find(|line| !line.is_empty());
        // YAML detects the indentation from the first line, unless that line begins with a space.
        if first.is_some_and(|line| line.starts_with(' ')) {
            self.out.push('2');
        }
        self.out.extend(block.chomping);
        self.end(trailing);
        for line in &block.lines {
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        self.keeps_line_breaks = block.chomping == Some('+');
    }
}
