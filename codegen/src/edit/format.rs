//! The canonical form of a catalog.

use super::Refusal;
use super::attach::attach;
use super::order::Language;
use super::print::print;
use super::same::mean_the_same;
use crate::diagnostic::Diagnostic;
use crate::draft::{self, CatalogDraft};
use crate::node::{Node, Value};
use crate::source::{Inputs, Source};
use crate::span::{SourceId, Span};
use crate::yaml;

/// Brings a catalog to its canonical form: the text of each source, in their order.
///
/// A catalog with mistakes is formatted too, as long as it can be read as YAML.
///
/// # Errors
///
/// Fails for a source that is not read as a mapping, with what was found in all of them; and where
/// the result would not mean the same.
pub fn format(inputs: &Inputs) -> Result<Vec<String>, Refusal> {
    let language = Language::new();
    let mut texts = Vec::new();
    let mut findings = Vec::new();
    for (id, source) in (0..).map(SourceId).zip(inputs.sources()) {
        match read(id, source) {
            Ok(file) => texts.push(canonical(id, source, file, &language)?),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() {
        Ok(texts)
    } else {
        Err(Refusal::Findings(findings))
    }
}

/// A source as it was read.
struct File<'a> {
    node: Node<'a>,
    comments: Vec<Span>,
}

fn read(id: SourceId, source: &Source) -> Result<File<'_>, Vec<Diagnostic>> {
    if let Some(defect) = source.defect(id) {
        return Err(vec![defect]);
    }
    let (node, comments, mut found) = yaml::parse_with_comments(id, source.text());
    match node {
        None if found.is_empty() => found.push(draft::no_catalog(id)),
        Some(node) if found.is_empty() => {
            if matches!(node.value, Value::Map(_)) {
                return Ok(File { node, comments });
            }
            found.extend(draft::decode::<CatalogDraft>(&node).1);
        }
        _ => {}
    }
    Err(found)
}

fn canonical(
    id: SourceId,
    source: &Source,
    file: File<'_>,
    language: &Language,
) -> Result<String, Refusal> {
    let text = source.text();
    let mut before = comments(text, &file.comments);
    let document = attach(text, &file.node, file.comments, language.root());
    let new = print(&document);
    let (node, spans, found) = yaml::parse_with_comments(id, &new);
    let means_the_same = found.is_empty()
        && node.is_some_and(|node| mean_the_same(&file.node, &node, language.root()));
    let mut after = comments(&new, &spans);
    before.sort_unstable();
    after.sort_unstable();
    if means_the_same && before == after {
        Ok(new)
    } else {
        Err(Refusal::Fault(source.name().to_owned()))
    }
}

fn comments<'a>(text: &'a str, spans: &[Span]) -> Vec<&'a str> {
    let comments = spans.iter().map(|span| &text[span.range()]);
    comments
        .map(|text| text.trim_end_matches([' ', '\t']))
        .collect()
}
