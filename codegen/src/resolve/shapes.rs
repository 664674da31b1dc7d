//! The shapes of error bodies, built-in ones and those of the catalog.

mod settings;
mod slots;

use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::{self, CodeCaseAst, Entries, ShapeAst, Spanned, TreeAst};
use crate::catalog::{
    CodeCase, Exists, Node, Object, Shape, ShapeEvent, Slot, Status, StatusClass, derive_variant,
};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::source::Source;
use crate::span::{SourceId, Span};
use crate::yaml;

pub(crate) use settings::Settings;

/// The shapes that every catalog can name, in the language of catalogs.
const BUILT_IN: &str = include_str!("shapes/built_in.yaml");

/// The media type of most bodies.
const JSON: &str = "application/json";

/// All built-in shapes.
pub(crate) fn built_in() -> Vec<Shape> {
    let (shapes, _) = read_built_in();
    shapes
}

fn read_built_in() -> (Vec<Shape>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::parse(SourceId(0), BUILT_IN);
    let Some(node) = node else {
        return (Vec::new(), diagnostics);
    };
    let (entries, found) = ast::decode::<Entries<ShapeAst>>(&node);
    diagnostics.extend(found);
    let sources = [Source::new("built_in.yaml", BUILT_IN.as_bytes().to_vec())];
    let mut findings = Findings {
        diagnostics,
        sources: &sources,
    };
    let entries = entries.map_or_else(Vec::new, |entries| entries.0);
    let shapes = entries.iter();
    let shapes = shapes.filter_map(|(name, shape)| resolve(name, shape, &mut findings));
    (shapes.collect(), findings.diagnostics)
}

/// A shape; missing if something in it was reported.
pub(crate) fn resolve(
    name: &str,
    field: &Spanned<ShapeAst>,
    findings: &mut Findings<'_>,
) -> Option<Shape> {
    let ast = field.value.as_ref()?;
    let tree = findings.required(&ast.body, field.key, "body")?;
    let body = Reader {
        findings,
        body: None,
    }
    .top(tree, ast.body.span)?;
    let event = optional(ast.event.as_ref());
    let data = match event.and_then(|event| event.data.as_ref()) {
        Some(data) => {
            let mut reader = Reader {
                findings,
                body: Some(&body),
            };
            reader.top(data.value.as_ref()?, data.span)?
        }
        None => body.clone(),
    };
    let event_name = event.and_then(|event| optional(event.name.as_ref()));
    let known = optional(ast.known_types.as_ref()).map_or(&[][..], Vec::as_slice);
    Some(Shape {
        name: name.to_owned(),
        variant: optional(ast.rust.as_ref()).map_or_else(|| derive_variant(name), String::clone),
        content_type: optional(ast.content_type.as_ref())
            .map_or(JSON, String::as_str)
            .to_owned(),
        body,
        event: ShapeEvent {
            name: event_name.map_or("error", String::as_str).to_owned(),
            data,
        },
        types: types(ast.types.as_ref(), findings)?,
        known_types: known.iter().filter_map(|name| name.value.clone()).collect(),
        codes: match optional(ast.codes.as_ref()) {
            Some(CodeCaseAst::UpperSnake) => CodeCase::UpperSnake,
            Some(CodeCaseAst::Wire) | None => CodeCase::Wire,
        },
    })
}

/// The names of types by status or family.
fn types(
    field: Option<&Spanned<Entries<String>>>,
    findings: &mut Findings<'_>,
) -> Option<Vec<(StatusClass, String)>> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let mut rows = Vec::with_capacity(entries.len());
    let mut is_sound = true;
    for (key, name) in entries {
        let status = key.parse().ok().and_then(Status::new);
        let class = match (key.as_str(), status) {
            ("4xx", _) => Some(StatusClass::Family(4)),
            ("5xx", _) => Some(StatusClass::Family(5)),
            (_, status) => status.map(StatusClass::Status),
        };
        match (class, &name.value) {
            (Some(class), Some(name)) => rows.push((class, name.clone())),
            (Some(_), None) => is_sound = false,
            (None, _) => {
                is_sound = false;
                let message = format!("{} is not a status of an error", quoted(key));
                findings.push(
                    Diagnostic::new(Rule::BadStatus, name.key, message)
                        .help("write a status from 400 to 599, or the family `4xx` or `5xx`"),
                );
            }
        }
    }
    is_sound.then_some(rows)
}

/// Reads the trees of a shape.
struct Reader<'r, 'f> {
    findings: &'r mut Findings<'f>,
    /// The body, in an event.
    body: Option<&'r Node>,
}

impl Reader<'_, '_> {
    /// The whole tree of a body or an event.
    fn top(&mut self, tree: &TreeAst, at: Span) -> Option<Node> {
        let node = self.node(tree, at)?;
        let Node::Object(object) = &node else {
            let help = "write a mapping, such as `{ error: { message: $message, code: $code } }`";
            return self.fault(Rule::WrongKind, at, "expected an object", help);
        };
        if object.exists != Exists::Always {
            let help = "remove the key: a body always exists";
            return self.fault(
                Rule::WrongKind,
                at,
                "the outermost object has a condition",
                help,
            );
        }
        let mut slots = Vec::new();
        node.slots(&mut slots);
        if !slots.contains(&Slot::Message) {
            let help = "add the slot, such as `message: $message`";
            return self.fault(Rule::MissingField, at, "missing slot `$message`", help);
        }
        if !slots.contains(&Slot::Code) && !slots.contains(&Slot::Type) {
            let help =
                "add one of them, such as `code: $code`, so that clients can tell errors apart";
            return self.fault(
                Rule::MissingField,
                at,
                "missing slot `$code` or `$type`",
                help,
            );
        }
        Some(node)
    }

    fn fault<T>(&mut self, rule: Rule, at: Span, message: &str, help: &str) -> Option<T> {
        self.findings
            .push(Diagnostic::new(rule, at, message).help(help));
        None
    }

    fn node(&mut self, tree: &TreeAst, at: Span) -> Option<Node> {
        Some(match tree {
            TreeAst::Null => Node::Constant(serde_json::Value::Null),
            TreeAst::Bool(value) => Node::Constant((*value).into()),
            TreeAst::Number(value) => Node::Constant((*value).into()),
            TreeAst::Text(text) if text == "$body" => match self.body {
                Some(body) => body.clone(),
                None => {
                    let help = "write it in `event: data`, or write a member for each slot";
                    return self.fault(Rule::UnknownValue, at, "`$body` inside of the body", help);
                }
            },
            TreeAst::Text(text) => match slots::node(text) {
                Ok(node) => node,
                Err(fault) => {
                    let at = self.findings.within(at, &fault.found);
                    self.findings.push(fault.diagnostic(at));
                    return None;
                }
            },
            TreeAst::List(list) => {
                let nodes = list
                    .iter()
                    .map(|entry| self.node(entry.value.as_ref()?, entry.span));
                // Every fault is reported.
                let nodes: Vec<Option<Node>> = nodes.collect();
                Node::List(nodes.into_iter().collect::<Option<_>>()?)
            }
            TreeAst::Map(entries) => Node::Object(self.object(entries)?),
        })
    }

    fn object(&mut self, entries: &[(String, Spanned<TreeAst>)]) -> Option<Object> {
        let mut object = Object::default();
        let mut is_sound = true;
        for (key, entry) in entries {
            let value = entry.value.as_ref();
            if let Some(word) = key.strip_prefix('$').filter(|_| key != "$ref") {
                is_sound &= self.mark(word, value, entry, &mut object).is_some();
                continue;
            }
            if let Some(fault) = key_fault(key, entry.key) {
                self.findings.push(fault);
                is_sound = false;
            }
            match value.and_then(|value| self.node(value, entry.span)) {
                Some(node) => object.members.push((key.clone(), node)),
                None => is_sound = false,
            }
        }
        is_sound.then_some(object)
    }

    /// Reads a key of the shape itself, which is no member of the object.
    fn mark(
        &mut self,
        word: &str,
        value: Option<&TreeAst>,
        entry: &Spanned<TreeAst>,
        object: &mut Object,
    ) -> Option<()> {
        match (word, value?) {
            ("schema", TreeAst::Text(name)) => object.schema = Some(name.clone()),
            ("each", TreeAst::Text(name)) if name == Slot::Errors.as_str() => {
                object.exists = Exists::Each;
            }
            ("if", TreeAst::Text(name)) => match Slot::from_name(name) {
                Some(slot) if !slot.is_always_there() => object.exists = Exists::If(slot),
                Some(_) => {
                    let help = "remove the condition: every error has a value for this slot";
                    return self.fault(Rule::UnknownValue, entry.span, "unneeded condition", help);
                }
                None => {
                    self.findings
                        .push(slots::unknown(name).diagnostic(entry.span));
                    return None;
                }
            },
            _ => {
                let message = format!("unknown mark {}", quoted(&format!("${word}")));
                let help = "write `$if: SLOT`, `$each: errors` or `$schema: NAME`; a name of a member cannot begin with `$`";
                return self.fault(Rule::UnknownKey, entry.key, &message, help);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::read_built_in;

    #[test]
    fn built_in_shapes_have_no_faults() {
        let (shapes, diagnostics) = read_built_in();
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let names: Vec<&str> = shapes.iter().map(|shape| shape.name.as_str()).collect();
        assert_eq!(
            names,
            ["openai", "problem", "anthropic", "google", "jsonapi"]
        );
        let variants: Vec<&str> = shapes.iter().map(|shape| shape.variant.as_str()).collect();
        assert_eq!(
            variants,
            ["OpenAi", "Problem", "Anthropic", "Google", "JsonApi"]
        );
    }
}
