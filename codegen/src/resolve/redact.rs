//! Removes internal codes from the public copy of a catalog.

use super::inherit::Effective;
use super::layout::{Parts, assemble};
use super::{Findings, retry};
use crate::catalog::{Audience, Catalog, Code, CodeId, EnvelopeExample, OwnError};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;

fn is_public(code: &Code) -> bool {
    code.audience == Audience::Public
}

/// Reports a catalog whose codes are all internal. `at` is the place of the section `codes`.
pub(crate) fn check_some(codes: &[Option<Code>], at: Span, findings: &mut Findings<'_>) {
    let internal = |code: &Option<Code>| code.as_ref().is_some_and(|code| !is_public(code));
    if !codes.is_empty() && codes.iter().all(internal) {
        findings.push(
            Diagnostic::new(Rule::InternalCode, at, "all codes are internal")
                .help("make at least one public: the OpenAPI document and the pages need one"),
        );
    }
}

/// Assembles the catalog, and its public copy without internal codes.
pub(crate) fn catalog(catalog: Catalog, effective: &[Effective<'_>]) -> Catalog {
    let mut retired = catalog.retired.iter();
    let is_all_public = retired.all(|code| code.audience == Audience::Public)
        && catalog.codes.iter().all(is_public);
    let public = (!is_all_public).then(|| Box::new(public_copy(&catalog, effective)));
    let parts = Parts {
        catalog,
        hidden: Vec::new(),
        effective,
    };
    Catalog {
        public,
        ..assemble(parts)
    }
}

fn public_copy(catalog: &Catalog, effective: &[Effective<'_>]) -> Catalog {
    let mut next = 0;
    let kept = catalog.codes.iter().map(|code| {
        is_public(code).then(|| {
            next += 1;
            next - 1
        })
    });
    let kept: Vec<Option<usize>> = kept.collect();
    let moved = |id: CodeId| kept[id.0].map(CodeId);
    let effective = effective.iter().zip(&kept);
    let effective: Vec<Effective<'_>> = effective
        .filter(|(_, kept)| kept.is_some())
        .map(|(code, _)| {
            let mut code = code.clone();
            code.base = code.base.and_then(|base| kept[base]);
            code
        })
        .collect();
    let mut public = catalog.clone();
    let internal = public.codes.extract_if(.., |code| !is_public(code));
    let mut hidden: Vec<_> = internal
        .filter_map(|code| Some((code.error_type, code.status.own()?)))
        .collect();
    hidden.sort_unstable();
    hidden.dedup();
    // An operation whose codes are all internal is internal too.
    public.operations.retain_mut(|operation| {
        let without_codes = operation.codes.is_empty();
        operation.codes = operation.codes.iter().copied().filter_map(moved).collect();
        let own = std::mem::take(&mut operation.own).into_iter();
        let own = own.filter_map(|own| {
            Some(OwnError {
                code: moved(own.code)?,
                ..own
            })
        });
        operation.own = own.collect();
        without_codes || !operation.codes.is_empty()
    });
    for set in &mut public.sets {
        set.codes = set.codes.iter().copied().filter_map(moved).collect();
    }
    for code in &mut public.codes {
        code.parent = code.parent.and_then(moved);
        if let Some(deprecation) = &mut code.deprecated {
            deprecation.successor = deprecation.successor.and_then(moved);
        }
    }
    public
        .retired
        .retain(|code| code.audience == Audience::Public);
    for code in &mut public.retired {
        code.successor = code.successor.and_then(moved);
    }
    for error in &mut public.framework {
        error.code = error.code.and_then(moved);
    }
    public.retry.retryable = retry::retryable_lines(
        public.retry.statuses.iter().copied(),
        public.codes.iter().map(Some),
    );
    for line in &mut public.retry.not_retryable {
        line.move_code(moved);
    }
    public.envelope.example = match moved(public.envelope.example.code) {
        Some(code) => EnvelopeExample {
            code,
            ..public.envelope.example
        },
        // The first public code is the default example.
        None => EnvelopeExample {
            code: CodeId(0),
            message: None,
            param: None,
        },
    };
    assemble(Parts {
        catalog: public,
        hidden,
        effective: &effective,
    })
}
