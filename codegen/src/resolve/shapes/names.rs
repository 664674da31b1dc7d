//! The names of types and codes in other shapes.

use super::super::names::wire_fault;
use super::super::{Findings, codes::is_integer_code, optional};
use super::Shapes;
use crate::ast::{CodeAst, Mapping, NamesAst, Spanned, TypeAst};
use crate::catalog::{CodeCase, CodeKind, ErrorType, Names, Slot};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_INTEGER_CODE;
use crate::resolve::names::taken;
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The error of a name of a type that bodies cannot contain.
pub(super) fn type_fault(name: &Spanned<String>) -> Option<Diagnostic> {
    wire_fault(name.value.as_ref()?, name.span)
}

/// Adds the stated names to the types; one that was reported is missing afterwards.
pub(crate) fn types(
    asts: &[(String, Mapping<TypeAst>)],
    types: &mut [Option<ErrorType>],
    shapes: &Shapes,
    findings: &mut Findings<'_>,
) {
    for ((_, ast), entry) in asts.iter().zip(types) {
        let field = ast.value.as_ref().and_then(|own| own.names.as_ref());
        let stated = stated(field, shapes, CodeKind::String, findings);
        match (stated, entry.as_mut()) {
            (Some(names), Some(entry)) => entry.names.in_shapes = names,
            _ => *entry = None,
        }
    }
}

/// Adds the stated names to the codes; one that was reported is missing afterwards.
pub(crate) fn codes(
    asts: &[(String, Mapping<CodeAst>)],
    codes: &mut [Option<Names>],
    shapes: &Shapes,
    kind: CodeKind,
    findings: &mut Findings<'_>,
) {
    for ((_, ast), names) in asts.iter().zip(codes.iter_mut()) {
        let field = ast.value.as_ref().and_then(|own| own.names.as_ref());
        let stated = stated(field, shapes, kind, findings);
        match (stated, names.as_mut()) {
            (Some(stated), Some(names)) => names.in_shapes = stated,
            _ => *names = None,
        }
    }
    for shape in shapes.of_styles().unwrap_or_default() {
        let states = |names: &Names| names.stated_in(&shape.name).is_some();
        // Wire names differ.
        let is_wire = shape.codes == CodeCase::Wire && !codes.iter().flatten().any(states);
        // Several codes may have one type.
        if is_wire || !shape.writes(Slot::Code) {
            continue;
        }
        let mut known: UnordMap<String, (Span, &Names)> = UnordMap::default();
        for ((_, ast), names) in asts.iter().zip(codes.iter()) {
            let Some(names) = names else { continue };
            let name = shape.code_name(names).into_owned();
            let at = place(ast, &shape.name);
            if let Some((first, other)) = known.get(&name) {
                // A client knows that several namespaces have the name, unless only this style has it twice.
                let is_shared = other.unsent > 0
                    && names.unsent > 0
                    && other.sent() == names.sent()
                    && !states(other)
                    && !states(names);
                if is_shared {
                    continue;
                }
                let message = format!(
                    "two codes have the name {} in the style {}",
                    quoted(&name),
                    quoted(&shape.name)
                );
                let help = format!(
                    "give one of them another name, such as `names: {{ {}: {name}_2 }}`",
                    shape.name
                );
                findings.push(taken(message, at, *first).help(help));
            } else {
                known.insert(name, (at, names));
            }
        }
    }
}

/// The place of the name of a code in a shape: where it is stated, else the key of the code.
fn place(ast: &Mapping<CodeAst>, shape: &str) -> Span {
    let names = ast.value.as_ref().and_then(|own| own.names.as_ref());
    let entries = optional(names).map_or(&[][..], |NamesAst(entries)| &entries.0);
    let mut stated = entries.iter();
    let stated = stated.find_map(|(style, name)| (style == shape).then_some(name.span));
    stated.unwrap_or(ast.key)
}

/// The stated names; missing if one was reported.
fn stated(
    field: Option<&Spanned<NamesAst>>,
    shapes: &Shapes,
    kind: CodeKind,
    findings: &mut Findings<'_>,
) -> Option<Vec<(String, String)>> {
    let Some(field) = field else {
        return Some(Vec::new());
    };
    let NamesAst(entries) = field.value.as_ref()?;
    let mut names = Vec::with_capacity(entries.0.len());
    let mut is_sound = true;
    for (style, field) in &entries.0 {
        is_sound &= shapes.known(style, field.key, findings).is_some();
        let Some(name) = &field.value else {
            is_sound = false;
            continue;
        };
        let is_number = kind == CodeKind::Integer
            && shapes
                .find(style)
                .is_some_and(|shape| shape.body.has_value(Slot::Code));
        let fault = if is_number && !is_integer_code(name) {
            Some(not_an_integer(name, field.span))
        } else {
            wire_fault(name, field.span)
        };
        is_sound &= fault.is_none();
        findings.diagnostics.extend(fault);
        names.push((style.clone(), name.clone()));
    }
    is_sound.then_some(names)
}

/// The error of a name that is not a number, in an API whose codes are numbers.
fn not_an_integer(name: &str, at: Span) -> Diagnostic {
    let message = format!("invalid integer code {}", quoted(name));
    Diagnostic::new(Rule::ImpossibleName, at, message).help(format!(
        "write a whole number from -{MAX_INTEGER_CODE} to {MAX_INTEGER_CODE}, in quotes"
    ))
}
