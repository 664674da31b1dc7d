//! Long texts for each kind of reader.

use super::markdown_escape;
use crate::catalog::{Block, Description, Inline};

/// Whether code in a text could be taken for a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Rustdoc,
    Markdown,
}

/// For the documentation of a crate: code is never a test.
pub(super) fn rustdoc(description: &Description) -> String {
    blocks(&description.blocks, Reader::Rustdoc)
}

/// For the OpenAPI document and the pages.
pub(super) fn markdown(description: &Description) -> String {
    blocks(&description.blocks, Reader::Markdown)
}

fn blocks(blocks: &[Block], reader: Reader) -> String {
    let mut parts: Vec<String> = Vec::with_capacity(blocks.len());
    let mut lists = 0;
    for part in blocks {
        parts.push(match part {
            Block::Paragraph(words) => line(words),
            Block::List(first, items) => {
                lists += 1;
                list(*first, items, lists, reader)
            }
            Block::Code { language, text } => {
                let language = match reader {
                    Reader::Rustdoc => "text",
                    Reader::Markdown => language,
                };
                let fence = "`".repeat(longest_run(text).max(2) + 1);
                let end = if text.ends_with('\n') { "" } else { "\n" };
                format!("{fence}{language}\n{text}{end}{fence}")
            }
            Block::Quote(quoted) => indented(&self::blocks(quoted, reader), "> ", "> "),
        });
    }
    parts.join("\n\n")
}

/// A list. Two lists one after the other would be one, so every other has another mark.
fn list(first: Option<u64>, items: &[Vec<Block>], position: usize, reader: Reader) -> String {
    let other = position.is_multiple_of(2);
    let mut lines = Vec::with_capacity(items.len());
    for (count, item) in (0..).zip(items) {
        let mark = match (first, other) {
            (Some(first), false) => format!("{}. ", first.saturating_add(count)),
            (Some(first), true) => format!("{}) ", first.saturating_add(count)),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        let rest = " ".repeat(mark.len());
        lines.push(indented(&blocks(item, reader), &mark, &rest));
    }
    lines.join("\n")
}

/// The lines of a text after a list mark or quote mark.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    for (position, line) in text.lines().enumerate() {
        if position > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() {
                rest.trim_end()
            } else {
                rest
            });
        }
        out.push_str(line);
    }
    out.trim_end_matches(' ').to_owned()
}

fn line(words: &[Inline]) -> String {
    let mut out = String::new();
    push(words, &mut out);
    out.trim().to_owned()
}

fn push(words: &[Inline], out: &mut String) {
    for (position, part) in words.iter().enumerate() {
        match part {
            Inline::Text(text) => markdown_escape::push_words(text, out),
            Inline::Code(text) => out.push_str(&markdown_escape::code(text)),
            Inline::Emphasis(inner) => stressed(inner, "*", words.get(position + 1), out),
            Inline::Strong(inner) => stressed(inner, "**", words.get(position + 1), out),
            Inline::Link(words, url) => {
                out.push('[');
                push(words, out);
                out.push_str("](");
                out.push_str(&markdown_escape::address(url));
                out.push(')');
            }
            Inline::Break => out.push_str("<br />"),
        }
    }
}

/// Emphasis. Where engines would read the delimiters differently, the text has no emphasis.
///
/// Source: `CommonMark` 0.31, section 6.2, on runs of delimiters.
fn stressed(words: &[Inline], sign: &str, next: Option<&Inline>, out: &mut String) {
    let mut inner = String::new();
    push(words, &mut inner);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let open = |c: Option<char>| c.is_none_or(|c| c == ' ' || c == '(');
    let before = out.chars().next_back();
    let begins = word(inner.chars().next()) && before != Some('*') || open(before);
    let after = match next {
        Some(Inline::Text(text)) => text.chars().next(),
        Some(_) => Some('*'),
        None => None,
    };
    let ends = word(inner.chars().next_back()) && after != Some('*')
        || after.is_none_or(|c| matches!(c, ' ' | '.' | ',' | ')'));
    let sign = if begins && ends { sign } else { "" };
    out.push_str(sign);
    out.push_str(&inner);
    out.push_str(sign);
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}
