//! The shapes of error bodies, built-in ones and those of the catalog.

pub(crate) mod names;
mod settings;
mod slots;
mod styles;
mod tree;

use super::{Findings, optional};
use crate::ast::{self, ByStatus, CodeCaseAst, Entries, EventAst, ShapeAst, Spanned};
use crate::catalog::{CodeCase, Node, Shape, ShapeEvent, Status, StatusClass, derive_variant};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_TOKEN_BYTES;
use crate::rule::Rule;
use crate::source::Source;
use crate::span::SourceId;
use crate::yaml;

pub(crate) use settings::Settings;
#[cfg(feature = "import")]
pub(crate) use styles::DEFAULT as DEFAULT_STYLE;
pub(crate) use styles::Shapes;
use tree::{Origin, Reader};

/// The shapes that every catalog can name, in the language of catalogs.
const BUILT_IN: &str = include_str!("shapes/built_in.yaml");

/// The media type of most bodies.
const JSON: &str = "application/json";

/// All built-in shapes.
pub(crate) fn built_in() -> Vec<Shape> {
    let (shapes, _) = read(BUILT_IN);
    shapes
}

/// The shapes of a text, read like built-in ones.
pub(crate) fn read(text: &str) -> (Vec<Shape>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::parse(SourceId(0), text);
    let Some(node) = node else {
        return (Vec::new(), diagnostics);
    };
    let (entries, found) = ast::decode::<Entries<ShapeAst>>(&node);
    diagnostics.extend(found);
    let sources = [Source::new("built_in.yaml", text.as_bytes().to_vec())];
    let mut findings = Findings {
        diagnostics,
        sources: &sources,
    };
    let entries = entries.map_or_else(Vec::new, |entries| entries.0);
    let shapes = entries.iter();
    let shapes =
        shapes.filter_map(|(name, shape)| resolve(name, shape, Origin::BuiltIn, &mut findings));
    (shapes.collect(), findings.diagnostics)
}

/// A shape; missing if something in it was reported.
fn resolve(
    name: &str,
    field: &Spanned<ShapeAst>,
    origin: Origin,
    findings: &mut Findings<'_>,
) -> Option<Shape> {
    let ast = field.value.as_ref()?;
    let content_type = content_type(ast.content_type.as_ref(), findings);
    let types = types(ast.types.as_ref(), findings);
    let known = optional(ast.known_types.as_ref()).map_or(&[][..], Vec::as_slice);
    for name in known {
        findings.diagnostics.extend(names::type_fault(name));
    }
    let tree = findings.required(&ast.body, field.key, "body")?;
    let body = Reader::new(findings, origin).top(tree, ast.body.span)?;
    let event = event(ast.event.as_ref(), &body, origin, findings)?;
    Some(Shape {
        name: name.to_owned(),
        variant: optional(ast.rust.as_ref()).map_or_else(|| derive_variant(name), String::clone),
        content_type: content_type?,
        body,
        event,
        types: types?,
        known_types: known.iter().filter_map(|name| name.value.clone()).collect(),
        codes: match optional(ast.codes.as_ref()) {
            Some(CodeCaseAst::UpperSnake) => CodeCase::UpperSnake,
            Some(CodeCaseAst::Wire) | None => CodeCase::Wire,
        },
    })
}

/// The event that ends a stream.
fn event(
    field: Option<&Spanned<EventAst>>,
    body: &Node,
    origin: Origin,
    findings: &mut Findings<'_>,
) -> Option<ShapeEvent> {
    let event = optional(field);
    let data = match event.and_then(|event| event.data.as_ref()) {
        Some(data) => Reader::new(findings, origin)
            .with_body(body)
            .top(data.value.as_ref()?, data.span)?,
        None => body.clone(),
    };
    let field = event.and_then(|event| event.name.as_ref());
    let name = optional(field).map_or(ShapeEvent::NAME, String::as_str);
    if let Some(field) = field.filter(|_| name.contains(['\n', '\r'])) {
        let message = "the name of an event has a line break";
        findings.push(
            Diagnostic::new(Rule::BadShape, field.span, message).help("write it on one line"),
        );
        return None;
    }
    Some(ShapeEvent {
        name: (name != ShapeEvent::NAMELESS).then(|| name.to_owned()),
        data,
    })
}

/// The media type of a body, without parameters: clients compare it with `Accept`.
fn content_type(field: Option<&Spanned<String>>, findings: &mut Findings<'_>) -> Option<String> {
    let stated = optional(field).map_or(JSON, String::as_str);
    if let Some(field) = field.filter(|_| !is_media_type(stated)) {
        let message = format!("{} is not a media type", quoted(stated));
        let help = "write a type and a subtype in lower case, such as `application/json`, without parameters";
        findings.push(Diagnostic::new(Rule::BadShape, field.span, message).help(help));
        return None;
    }
    Some(stated.to_owned())
}

/// Whether the string is a media type (RFC 6838, section 4.2) in lower case.
pub(super) fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && name.len() <= MAX_TOKEN_BYTES
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"!#$&-^_.+".contains(&b))
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}

/// The names of types by status or family.
fn types(
    field: Option<&Spanned<ByStatus>>,
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
            (_, status) => status
                .filter(|status| status.to_string() == *key)
                .map(StatusClass::Status),
        };
        if let Some(fault) = names::type_fault(name) {
            findings.push(fault);
            is_sound = false;
        }
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

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, is_media_type, read};

    #[test]
    fn built_in_shapes_have_no_faults() {
        let (shapes, diagnostics) = read(BUILT_IN);
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

    #[test]
    fn media_types_have_two_parts_and_no_parameters() {
        for text in [
            "application/json",
            "application/vnd.acme.v1+json",
            "text/plain",
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "json",
            "application/",
            "/json",
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/a/b",
            "application/*",
            "application/json\n",
        ] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
