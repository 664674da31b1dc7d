//! A source that can be edited: its root is a mapping.

use super::trivia::{Document, attach};
use crate::ast::language::Language;
use crate::ast::{self, CatalogAst};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::span::{SourceId, Span};
use crate::yaml;
use crate::yaml::node::{Node, Value};

/// A source, parsed.
pub(super) struct File<'a> {
    pub(super) id: SourceId,
    pub(super) source: &'a Source,
    pub(super) node: Node<'a>,
    pub(super) comments: Vec<Span>,
}

impl<'a> File<'a> {
    /// Parses a source; returns the diagnostics if its root is not a mapping.
    pub(super) fn read(id: SourceId, source: &'a Source) -> Result<Self, Vec<Diagnostic>> {
        if let Some(defect) = source.defect(id) {
            return Err(vec![defect]);
        }
        let (node, comments, mut found) = yaml::parse_with_comments(id, source.text());
        match node {
            None if found.is_empty() => found.push(ast::empty_catalog(id)),
            Some(node) if found.is_empty() => {
                if matches!(node.value, Value::Map(_)) {
                    return Ok(Self {
                        id,
                        source,
                        node,
                        comments,
                    });
                }
                found.extend(ast::decode::<CatalogAst>(&node).1);
            }
            _ => {}
        }
        Err(found)
    }

    /// The comments and blank lines, attached to the values.
    pub(super) fn document(&self, language: &Language) -> Document<'_> {
        let comments = self.comments.clone();
        attach(self.source.text(), &self.node, comments, language.root())
    }

    /// The end of the root.
    pub(super) const fn end(&self) -> usize {
        self.node.span.end as usize
    }
}

/// Parses all sources; returns the diagnostics of those that cannot be parsed.
pub(super) fn read_all(sources: &[Source]) -> Result<Vec<File<'_>>, Vec<Diagnostic>> {
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for (id, source) in (0..).map(SourceId).zip(sources) {
        match File::read(id, source) {
            Ok(file) => files.push(file),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() {
        Ok(files)
    } else {
        Err(findings)
    }
}
