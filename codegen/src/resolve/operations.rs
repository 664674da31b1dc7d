//! The sections `sets` and `operations`.

use super::keys::key_fault;
use super::names::Resolver;
use super::operation_errors::{self, Sets};
use super::scope::Scope;
use super::{Findings, optional, requests};
use crate::ast::{Entries, Mapping, Mappings, MethodAst, OperationAst, SetAst, Spanned};
use crate::catalog::{CodeId, CodeSet, Method, Operation, is_path_param, is_segment_byte};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;

/// Resolves the sections `sets` and `operations`.
pub(crate) fn resolve(
    sets: Option<&Spanned<Entries<SetAst>>>,
    operations: Option<&Mappings<OperationAst>>,
    context: &operation_errors::Context<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> (Vec<CodeSet>, Option<Vec<Operation>>) {
    let set_asts = optional(sets).map_or(&[][..], |sets| &sets.0);
    let mut resolved = Sets::default();
    for (name, entry) in set_asts {
        findings.diagnostics.extend(key_fault(name, entry.key));
        let list = entry.value.as_ref().map_or(&[][..], |set| &set.0);
        let positions = list.iter();
        let positions = positions.filter_map(|code| scope.position(code, findings));
        resolved.insert(name.as_str(), positions.collect());
    }
    let names: Vec<&str> = set_asts.iter().map(|(name, _)| name.as_str()).collect();
    let asts = optional(operations).map_or(&[][..], |operations| &operations.0);
    let mut names_of_errors = Resolver::default();
    let mut complete = Vec::with_capacity(asts.len());
    for (id, entry) in asts {
        let error = names_of_errors.operation(id, entry, findings);
        let operation = resolve_operation(entry, &resolved, &names, context, scope, findings);
        complete.push(operation.zip(error).map(|(operation, error)| Operation {
            id: id.clone(),
            error,
            ..operation
        }));
    }
    requests::check(asts, &complete, findings);
    let sets = names.into_iter().map(|name| {
        let codes = resolved.get(&name).into_iter().flatten();
        CodeSet {
            name: name.to_owned(),
            codes: codes.copied().map(CodeId).collect(),
        }
    });
    (sets.collect(), complete.into_iter().collect())
}

fn resolve_operation(
    entry: &Mapping<OperationAst>,
    sets: &Sets<'_>,
    set_names: &[&str],
    context: &operation_errors::Context<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Operation> {
    let ast = entry.value.as_ref()?;
    let method = findings.required(&ast.method, entry.key, "method").copied();
    let path = findings.required(&ast.path, entry.key, "path");
    let params = path.and_then(|path| path_params(path, ast.path.span, findings));
    let errors = findings.required(&ast.errors, entry.key, "errors");
    let list = errors.map_or(&[][..], Vec::as_slice);
    let (codes, own) = operation_errors::resolve(list, sets, set_names, context, scope, findings);
    Some(Operation {
        id: String::new(),
        error: String::new(),
        method: method_of(method?),
        path: path?.clone(),
        path_params: params?,
        when: optional(ast.when.as_ref()).cloned(),
        summary: optional(ast.summary.as_ref()).cloned(),
        codes,
        own,
        // Computed when everything else is resolved.
        statuses: Vec::new(),
    })
}

const fn method_of(ast: MethodAst) -> Method {
    match ast {
        MethodAst::Get => Method::Get,
        MethodAst::Put => Method::Put,
        MethodAst::Post => Method::Post,
        MethodAst::Delete => Method::Delete,
        MethodAst::Options => Method::Options,
        MethodAst::Head => Method::Head,
        MethodAst::Patch => Method::Patch,
    }
}

/// The parameters of a path. An invalid path is reported.
fn path_params(path: &str, span: Span, findings: &mut Findings<'_>) -> Option<Vec<String>> {
    let mut params: Vec<String> = Vec::new();
    let clean = |part: &str| {
        part.bytes()
            .all(|byte| byte == b'/' || is_segment_byte(byte))
    };
    let mut parts = path.split('{');
    let mut sound = path.starts_with('/') && parts.next().is_some_and(clean);
    for part in parts {
        let name = part.split_once('}');
        let name = name.filter(|(name, rest)| is_path_param(name) && clean(rest));
        match name {
            Some((name, _)) if !params.iter().any(|known| known == name) => {
                params.push(name.to_owned());
            }
            _ => sound = false,
        }
    }
    if !sound {
        findings.push(
            Diagnostic::new(
                Rule::BadUrl,
                span,
                format!("invalid request path {}", quoted(path)),
            )
            .help("start it with a slash, and write parameters as `{name}`, each name once"),
        );
    }
    sound.then_some(params)
}
