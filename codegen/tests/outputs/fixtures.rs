//! The catalogs, and what the tests of documents and pages ask of them.

#[path = "../support/fixtures.rs"]
mod shared;

use std::sync::Mutex;

use codegen::catalog::{Block, Code, Inline, Shape};
use codegen::{Catalog, Plan, plan};
use serde_json::Value;

pub(crate) use shared::*;

/// What the documents and the pages of a catalog may tell: all but its internal codes.
pub(crate) fn public(name: &str) -> Catalog {
    catalog(name).public().clone()
}

pub(crate) fn plan_of(name: &str) -> Plan {
    static PLANS: Cache<Plan> = Cache::new(Mutex::default);
    cached(&PLANS, name, |name| plan(&catalog(name)))
}

/// The outputs of what documents and pages may contain.
pub(crate) fn public_plan_of(name: &str) -> Plan {
    static PLANS: Cache<Plan> = Cache::new(Mutex::default);
    cached(&PLANS, name, |name| plan(&public(name)))
}

/// What documents say before the meaning of a code that is deprecated.
pub(crate) fn deprecated(catalog: &Catalog, code: &Code) -> String {
    match code
        .deprecated
        .as_ref()
        .map(|deprecation| deprecation.successor)
    {
        Some(Some(successor)) => format!("Deprecated: use `{}`. ", catalog[successor].names.wire),
        Some(None) => "Deprecated. ".to_owned(),
        None => String::new(),
    }
}

/// The name of an example in the documents: with its style, if the media type has several.
pub(crate) fn example_name(shapes: &[&Shape], shape: &Shape, name: &str) -> String {
    let same = shapes
        .iter()
        .filter(|other| other.content_type == shape.content_type);
    if same.count() == 1 {
        name.to_owned()
    } else {
        format!("{name} ({})", shape.name)
    }
}

/// The bodies that a response shows in one of its shapes.
pub(crate) fn examples<'a>(
    shapes: &[&Shape],
    response: &'a Value,
    shape: &Shape,
) -> Vec<&'a Value> {
    let examples = &response["content"][&shape.content_type]["examples"];
    let of_shape = example_name(shapes, shape, "");
    let examples = examples.as_object().unwrap().iter();
    let examples = examples.filter(|(name, _)| name.ends_with(&of_shape));
    examples.map(|(_, example)| &example["value"]).collect()
}

/// What the description of a code brings to its page.
#[derive(Default)]
pub(crate) struct Described {
    pub(crate) fences: usize,
    pub(crate) links: Vec<String>,
    /// What is stressed or quoted, in order.
    pub(crate) marks: Vec<&'static str>,
}

impl Described {
    pub(crate) fn by(code: &Code) -> Self {
        let mut described = Self::default();
        if let Some(description) = &code.description {
            described.blocks(&description.blocks);
        }
        described
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(words) => self.words(words),
                Block::List(_, items) => items.iter().for_each(|item| self.blocks(item)),
                Block::Code { .. } => self.fences += 1,
                Block::Quote(quoted) => {
                    self.marks.push("quote");
                    self.blocks(quoted);
                }
            }
        }
    }

    fn words(&mut self, words: &[Inline]) {
        for word in words {
            match word {
                Inline::Link(inner, url) => {
                    self.links.push(url.clone());
                    self.words(inner);
                }
                Inline::Emphasis(inner) => {
                    self.marks.push("emphasis");
                    self.words(inner);
                }
                Inline::Strong(inner) => {
                    self.marks.push("strong");
                    self.words(inner);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }
}
