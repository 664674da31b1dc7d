//! The canonical form of a catalog.

use super::Refusal;
use super::equivalent::mean_the_same;
use super::file::{File, read_all};
use super::layout::lay_out;
use super::print::print;
use super::trivia::attach;
use crate::ast::language::Language;
use crate::source::Inputs;
use crate::span::Span;
use crate::yaml;

/// Formats a catalog in the canonical form: the text of each source, in their order.
///
/// A catalog with errors is formatted too, if it is valid YAML.
///
/// # Errors
///
/// Fails with all diagnostics if the root of a source is not a mapping, and if the result would not mean the same.
pub fn format(inputs: &Inputs) -> Result<Vec<String>, Refusal> {
    let language = Language::new();
    let files = read_all(inputs.sources()).map_err(Refusal::Findings)?;
    let texts = files.into_iter().map(|file| canonical(file, &language));
    texts.collect()
}

/// A source in its canonical form.
pub(super) fn canonical(file: File<'_>, language: &Language) -> Result<String, Refusal> {
    let text = file.source.text();
    let mut before = comments(text, &file.comments);
    let mut document = attach(text, &file.node, file.comments, language.root());
    lay_out(&mut document.root, 0, 0);
    let new = print(&document);
    let (node, spans, found) = yaml::parse_with_comments(file.id, &new);
    let means_the_same = found.is_empty()
        && node.is_some_and(|node| mean_the_same(&file.node, &node, language.root()));
    let mut after = comments(&new, &spans);
    before.sort_unstable();
    after.sort_unstable();
    if means_the_same && before == after {
        Ok(new)
    } else {
        Err(Refusal::Fault(file.source.name().to_owned()))
    }
}

fn comments<'a>(text: &'a str, spans: &[Span]) -> Vec<&'a str> {
    let comments = spans.iter().map(|span| &text[span.range()]);
    comments
        .map(|text| text.trim_end_matches([' ', '\t']))
        .collect()
}
