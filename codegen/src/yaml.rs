//! YAML: parsed to a tree of nodes with spans, quoted, and written.

mod canonical;
pub(crate) mod node;
mod parse;
pub(crate) mod quote;
mod syntax;
#[cfg(test)]
mod tests;
pub(crate) mod write;

pub(crate) use parse::{parse, parse_with_comments};
