//! Lint rules for shapes, and for the names of types and codes in them.

use super::{Finding, Subject};
use crate::ast::{NamesAst, Spanned};
use crate::catalog::{Shape, Slot};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::optional;
use crate::rule::Rule;
use crate::suggest::closest;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // A style that was reported may have been meant as any name.
    let Some(styles) = subject.shapes.style_names() else {
        return;
    };
    let is_used = |name: &str| styles.iter().any(|style| style == name);
    let envelope = optional(subject.ast.envelope.as_ref());
    let own = envelope.and_then(|envelope| optional(envelope.shapes.as_ref()));
    for (name, field) in own.map_or(&[][..], |entries| &entries.0) {
        // The name of a built-in shape was reported.
        if !is_used(name) && !subject.shapes.is_built_in(name) {
            let message = format!("no style is the shape {}", quoted(name));
            let help = format!("add `{name}` to `envelope: style`, or remove the shape");
            findings.push(unused(None, field.key, message, help));
        }
    }
    let unused_name = |code, style: &str, field: &Spanned<String>| {
        let message = format!("the API has no style {}", quoted(style));
        let help = format!("add `{style}` to `envelope: style`, or remove the name");
        unused(code, field.key, message, help)
    };
    let types = optional(Some(&subject.ast.types));
    for (_, ast) in types.map_or(&[][..], |entries| &entries.0) {
        let names = ast.value.as_ref().and_then(|own| own.names.as_ref());
        for (style, field) in entries(names) {
            let Some(shape) = subject.shapes.find(style) else {
                continue;
            };
            if !is_used(style) {
                findings.push(unused_name(None, style, field));
            } else if !shape.writes(Slot::Type) {
                findings.push(without_type(field, style));
            } else if let Some(name) = &field.value {
                findings.extend(unknown(None, shape, name, field));
            }
        }
    }
    for (position, code) in subject.codes.iter().enumerate() {
        let names = code.own.and_then(|own| own.names.as_ref());
        for (style, field) in entries(names) {
            let Some(shape) = subject.shapes.find(style) else {
                continue;
            };
            if !is_used(style) {
                findings.push(unused_name(Some(position), style, field));
            } else if let Some(name) = field.value.as_ref().filter(|_| !shape.writes(Slot::Code)) {
                // In a style without codes, the name is that of the type.
                findings.extend(unknown(Some(position), shape, name, field));
            }
        }
    }
}

fn entries(field: Option<&Spanned<NamesAst>>) -> &[(String, Spanned<String>)] {
    optional(field).map_or(&[][..], |NamesAst(entries)| &entries.0)
}

fn unused(code: Option<usize>, at: crate::span::Span, message: String, help: String) -> Finding {
    Finding::about(
        code,
        Diagnostic::new(Rule::UnusedShape, at, message).help(help),
    )
}

fn without_type(field: &Spanned<String>, style: &str) -> Finding {
    let message = format!("the shape {} has no slot `type`", quoted(style));
    unused(None, field.key, message, "remove the name".to_owned())
}

/// A name that the clients of a shape do not know.
fn unknown(
    code: Option<usize>,
    shape: &Shape,
    name: &str,
    field: &Spanned<String>,
) -> Option<Finding> {
    let known = shape.known_type_names();
    if known.is_empty() || known.contains(&name) {
        return None;
    }
    let message = format!(
        "clients of {} do not know the type {}",
        quoted(&shape.name),
        quoted(name)
    );
    let meant = closest(name, known.iter().copied());
    let otherwise = format!("write one of: {}", known.join(", "));
    let diagnostic = Diagnostic::new(Rule::UnknownToClients, field.span, message);
    let diagnostic = diagnostic.did_you_mean(field.span, meant, otherwise);
    Some(Finding::about(code, diagnostic))
}
