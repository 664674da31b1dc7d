//! Resolves an AST to a catalog: defaults, references, and checks of meaning.
//!
//! Each step reports the errors in its own keys and continues with the rest. The catalog exists only if no step found
//! an error.

mod api;
pub(crate) mod arguments;
mod choices;
mod codes;
pub(crate) mod crate_name;
mod deprecation;
mod description;
pub(crate) mod envelope;
mod extensions;
mod first_fit;
mod framework;
mod groups;
mod headers;
mod ids;
mod inherit;
pub(crate) mod keys;
mod layout;
mod message;
pub(crate) mod names;
mod namespaces;
mod operation_errors;
mod operation_statuses;
mod operations;
mod own_errors;
mod proxies;
mod redact;
mod requests;
mod retry;
mod scope;
pub(crate) mod shapes;
mod shared_row;
mod suffix;
mod types;
mod upstream;

pub(crate) use arguments::is_sensitive;
pub(crate) use inherit::{Effective, is_taken_over, unknown_code};
pub(crate) use own_errors::own_errors;
pub(crate) use shapes::Shapes;

use crate::ast::{CatalogAst, Entries, Spanned};
use crate::catalog::{Audience, AuditPolicy, Catalog, Code, CodeKind, CodeStatus, RetryRule};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::source::Source;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Marks a value that is missing because its error was reported.
pub(crate) struct Reported;

/// The diagnostics of all steps, and the sources that they point into.
pub(crate) struct Findings<'a> {
    diagnostics: Vec<Diagnostic>,
    sources: &'a [Source],
}

impl Findings<'_> {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The span of `needle` inside `span`, see [`within`].
    pub(crate) fn within(&self, span: Span, needle: &str) -> Span {
        within(self.sources, span, needle)
    }

    /// The value of a required key. A missing key is reported at `entry`, the key of its mapping; a value that was
    /// already reported is not reported again.
    pub(crate) fn required<'d, T>(
        &mut self,
        field: &'d Spanned<T>,
        entry: Span,
        key: &str,
    ) -> Option<&'d T> {
        if !field.present {
            self.push(
                Diagnostic::new(Rule::MissingField, entry, format!("missing field `{key}`"))
                    .help(format!("add `{key}:` here")),
            );
        }
        field.value.as_ref()
    }
}

/// The span of `needle` inside `span`, or `span` itself if escapes hide the needle or it appears more than once.
pub(crate) fn within(sources: &[Source], span: Span, needle: &str) -> Span {
    let source = sources.get(span.source.0 as usize);
    let text = source.and_then(|source| source.text().get(span.range()));
    let mut hits = text.into_iter().flat_map(|text| text.match_indices(needle));
    match (hits.next(), hits.next()) {
        (Some((offset, _)), None) => span.part(offset..offset + needle.len()),
        _ => span,
    }
}

/// The value of an optional key.
pub(crate) fn optional<T>(field: Option<&Spanned<T>>) -> Option<&T> {
    field.and_then(|spanned| spanned.value.as_ref())
}

/// The entries of a section that must not be empty.
fn entries<'d, T>(
    section: &'d Spanned<Entries<T>>,
    start: Span,
    key: &str,
    findings: &mut Findings<'_>,
) -> &'d [(String, Spanned<T>)] {
    let Some(entries) = findings.required(section, start, key) else {
        return &[];
    };
    if entries.0.is_empty() {
        findings.push(
            Diagnostic::new(Rule::MissingField, section.key, format!("`{key}` is empty"))
                .help("declare at least one entry"),
        );
    }
    &entries.0
}

/// The positions of the entries of a section, by name.
fn positions<T>(entries: &[(String, T)]) -> UnordMap<&str, usize> {
    let names = entries.iter().map(|(name, _)| name.as_str());
    names.enumerate().map(|(at, name)| (name, at)).collect()
}

/// The result of resolving an AST.
pub(crate) struct Resolution<'a> {
    /// The catalog, if there was no error.
    pub(crate) catalog: Option<Catalog>,
    /// All codes with their inherited fields, including codes that were reported.
    pub(crate) codes: Vec<Effective<'a>>,
    /// The facts about each code; missing if the code was reported.
    pub(crate) facts: Vec<Option<Facts>>,
    /// The shapes that the catalog can name.
    pub(crate) shapes: Shapes,
    /// The URL of a code's page, split at its slug.
    pub(crate) docs_url: Option<(String, String)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What is known about a code, even if the catalog has errors.
pub(crate) struct Facts {
    pub(crate) status: CodeStatus,
    pub(crate) retry: RetryRule,
    /// The URL of its page; an internal code has none.
    pub(crate) doc_url: Option<String>,
}

impl Facts {
    fn of_all(codes: &[Option<Code>]) -> Vec<Option<Self>> {
        let codes = codes.iter().map(Option::as_ref);
        codes.map(|code| code.map(Self::of)).collect()
    }

    fn of(code: &Code) -> Self {
        Self {
            status: code.status,
            retry: code.retry,
            doc_url: (code.audience == Audience::Public).then(|| code.doc_url.clone()),
        }
    }
}

/// Resolves an AST. `start` is the span of the file's first key, where a missing section is reported.
pub(crate) fn resolve<'a>(ast: &'a CatalogAst, start: Span, sources: &[Source]) -> Resolution<'a> {
    let mut findings = Findings {
        diagnostics: Vec::new(),
        sources,
    };
    findings.required(&ast.version, start, "version");
    let api = findings
        .required(&ast.api, start, "api")
        .and_then(|api| api::resolve(api, ast.api.key, &mut findings));
    let type_asts = entries(&ast.types, start, "types", &mut findings);
    let code_asts = entries(&ast.codes, start, "codes", &mut findings);

    let shapes = shapes::Shapes::new(ast.envelope.as_ref(), &mut findings);
    let mut types = types::resolve(type_asts, &mut findings);
    shapes::names::types(type_asts, &mut types, &shapes, &mut findings);
    let effective = inherit::resolve(code_asts, &mut findings);
    let retry_statuses = retry::statuses(optional(ast.retry.as_ref()), &mut findings);
    let groups = groups::Groups::new(ast.groups.as_ref(), &mut findings);
    let mut resolver = names::Resolver::default();
    let mut names = namespaces::names(ast, code_asts, &mut resolver, &mut findings);
    let kind = envelope::code_kind(ast.envelope.as_ref());
    shapes::names::codes(code_asts, &mut names, &shapes, kind, &mut findings);
    let aliases = deprecation::aliases(code_asts, &mut resolver, &mut findings);
    let context = codes::Context {
        types: &types,
        declared: type_asts,
        positions: positions(type_asts),
        retry_statuses: &retry_statuses,
        docs_url: api.as_ref().map(|api| &api.docs_url),
        in_body: envelope::in_body(ast.envelope.as_ref(), &shapes),
        integers: kind == CodeKind::Integer,
        request_id: envelope::request_id(ast.envelope.as_ref()),
        groups: &groups,
        effective: &effective,
    };
    let codes = codes::resolve(names, aliases, &context, &mut findings);
    redact::check_some(&codes, ast.codes.key, &mut findings);
    let scope = scope::Scope::new(ast, type_asts, &codes, &effective);
    let retired = ast.retired.as_ref();
    let ends = deprecation::ends(retired, code_asts);
    let deprecations = deprecation::deprecations(code_asts, &ends, &scope, &mut findings);
    let retired = deprecation::retired(retired, &ends, &mut resolver, &scope, &mut findings);
    let retry = retry::resolve(ast.retry.as_ref(), &retry_statuses, &scope, &mut findings);
    let envelope = envelope::resolve(ast.envelope.as_ref(), &shapes, &scope, &mut findings);
    let framework = framework::resolve(ast.framework.as_ref(), &types, &scope, &mut findings);
    let upstream = envelope.as_ref().and_then(|envelope| {
        upstream::resolve(ast.upstream.as_ref(), envelope, &scope, &mut findings)
    });
    let proxies = proxies::resolve(ast.proxies.as_ref(), envelope.as_ref(), &mut findings);
    let (sets, operations) = operations::resolve(
        ast.sets.as_ref(),
        ast.operations.as_ref(),
        &operation_errors::Context::new(&types, &retry_statuses, &effective),
        &scope,
        &mut findings,
    );
    let error_ids = api::prose(optional(ast.error_ids.as_ref()), &mut findings);
    let facts = Facts::of_all(&codes);
    let docs_url = api.as_ref().map(|api| api.docs_url.clone());
    let catalog = (|| {
        let catalog = Catalog {
            api: api?,
            envelope: envelope?,
            error_ids,
            retry: retry?,
            framework: framework?,
            upstream: upstream?,
            sets,
            groups: groups::names(ast.groups.as_ref(), code_asts),
            operations: operations?,
            paths: Vec::new(),
            closed: api::closed(optional(ast.openapi.as_ref())),
            types: types.into_iter().collect::<Option<Vec<_>>>()?,
            codes: deprecation::deprecated(codes, deprecations)?,
            retired,
            releases: Vec::new(),
            licenses: Vec::new(),
            outputs: Vec::new(),
            proxies: proxies?,
            audit: AuditPolicy::default(),
            public: None,
            type_rows: Vec::new(),
            sections: Vec::new(),
            statuses: Vec::new(),
            of_operations: Vec::new(),
        };
        Some(redact::catalog(catalog, &effective))
    })();
    Resolution {
        catalog,
        codes: effective,
        facts,
        shapes,
        docs_url,
        diagnostics: findings.diagnostics,
    }
}
