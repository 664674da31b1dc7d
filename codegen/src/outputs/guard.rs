//! Templates whose values are all counted.
//!
//! The engine counts steps and bytes, but not the values inside of a list, which operators compare, hash and drop. So
//! each expression that makes or compares values passes through the filter [`COUNTED`], which is inserted into the text
//! of the template. The parser of the engine finds the places, and checks the result.

mod kinds;
mod nesting;
mod walk;

use std::collections::BTreeMap;
use std::error;
use std::fmt;
use std::ops::Range;

use minijinja::machinery::{Span, parse};
use minijinja::syntax::SyntaxConfig;

/// The filter that counts a value, and replaces a list or mapping of the engine by a counted one.
pub(super) const COUNTED: &str = "counted";

/// The templates of a catalog by their paths: their guarded texts, or why they are refused.
pub(super) type Templates = BTreeMap<String, Result<Guarded, Refused>>;

/// The text of a template with the filters, and where they are.
#[derive(Default)]
pub(super) struct Guarded {
    pub(super) text: String,
    /// The offset in the original text, and the length, of each insertion, in order.
    insertions: Vec<(usize, usize)>,
}

impl Guarded {
    /// The range of the original text.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }

    fn offset(&self, position: usize) -> usize {
        let mut shift = 0;
        for (at, len) in &self.insertions {
            if position < at + shift {
                break;
            }
            if position < at + shift + len {
                return *at;
            }
            shift += len;
        }
        position - shift
    }
}

/// Why a template is refused, and where.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) template: String,
    pub(super) range: Range<usize>,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl error::Error for Refused {}

/// Inserts the filters. A text with a syntax error stays as it is, for the engine to report.
pub(super) fn guard(name: &str, text: &str, syntax: &SyntaxConfig) -> Result<Guarded, Refused> {
    nesting::check(name, text, syntax)?;
    let Ok(template) = parse(text, name, syntax.clone()) else {
        let text = text.to_owned();
        return Ok(Guarded {
            text,
            ..Guarded::default()
        });
    };
    let found = walk::insertions(name, text, &template)?;
    let guarded = insert(text, found);
    // The places come from spans, which the engine has for messages: the result must need no further filter.
    let again = parse(&guarded.text, name, syntax.clone()).ok();
    let missing = again.map(|again| walk::insertions(name, &guarded.text, &again));
    match missing {
        Some(Ok(missing)) if missing.is_empty() => Ok(guarded),
        Some(Ok(missing)) => {
            let at = missing.first().map_or(0, |(at, _)| *at);
            Err(unclear(name, guarded.original(&(at..at))))
        }
        Some(Err(refused)) => Err(refused),
        None => Err(unclear(name, 0..0)),
    }
}

fn unclear(name: &str, range: Range<usize>) -> Refused {
    Refused {
        template: name.to_owned(),
        range,
        message: "the work of this expression cannot be counted",
        help: "put its parts into variables, with `{% set name = … %}`",
    }
}

fn range(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

fn insert(text: &str, mut found: Vec<(usize, &'static str)>) -> Guarded {
    found.sort_by_key(|(at, _)| *at);
    let mut guarded = Guarded::default();
    let mut done = 0;
    for (at, part) in found {
        guarded.text.push_str(&text[done..at]);
        guarded.text.push_str(part);
        guarded.insertions.push((at, part.len()));
        done = at;
    }
    guarded.text.push_str(&text[done..]);
    guarded
}
