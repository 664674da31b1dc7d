//! Lint rules for valid catalogs.
//!
//! Each submodule contains the rules of one topic. The policy applies the levels and allowances of the catalog.

mod allow;
mod custom;
mod fix;
mod leak;
mod levels;
mod links;
mod message;
mod misleading;
mod policy;
mod proxies;
mod required_texts;
mod retry;
mod sensitive;
mod shapes;
mod stated;
mod style;
mod text;
mod todo;
mod upstream;
mod verbs;

use jiff::civil::Date;

use crate::ast::{CatalogAst, LintAst};
use crate::catalog::AuditPolicy;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Effective, Facts, Resolution, Shapes, optional};
use crate::rule::Rule;
use crate::source::Source;
use crate::span::Span;
use custom::CustomRules;
pub use leak::{Leak, leak};
use policy::Policy;
use stated::Stated;
use text::{Places, Text};

/// The rules that need the resolved form of every code.
const BY_FACTS: [Rule; 6] = [
    Rule::MessageMisleads,
    Rule::RetryClientError,
    Rule::RetryNeverIgnored,
    Rule::SeeBroken,
    Rule::TooManyWithoutRetry,
    Rule::UnpromisedRetryAfter,
];

/// Runs the lint rules, applies the `lint` section to their findings, and checks that section. An allowance expires
/// after its `until`; without a `day`, no allowance expires. Also returns what the section states about rules that are
/// not checked here.
pub(crate) fn lint(
    ast: &CatalogAst,
    resolution: &Resolution<'_>,
    sources: &[Source],
    day: Option<Date>,
) -> (Vec<Diagnostic>, AuditPolicy) {
    let settings = optional(ast.lint.as_ref());
    let codes = &resolution.codes[..];
    let stated = stated::collect(ast, codes);
    // Other rules skip a text until it is written.
    let (unwritten, texts) = text::collect(ast, codes, &stated)
        .into_iter()
        .partition(|text| todo::is_todo(text.words));
    let subject = Subject {
        ast,
        settings,
        codes,
        facts: &resolution.facts,
        stated,
        shapes: &resolution.shapes,
        docs_url: resolution.docs_url.as_ref(),
        texts,
        unwritten,
        places: Places(sources),
    };
    let mut diagnostics = Vec::new();
    let house = CustomRules::new(settings, &mut diagnostics);
    let mut policy = Policy::new(settings, &house, codes, day, &mut diagnostics);
    let mut findings = Vec::new();
    required_texts::check(&subject, &mut findings);
    todo::check(&subject, &mut findings);
    fix::check(&subject, &mut findings);
    message::check(&subject, &mut findings);
    misleading::check(&subject, &mut findings);
    sensitive::check(&subject, &mut findings);
    style::check(&subject, &mut findings);
    retry::check(&subject, &mut findings);
    shapes::check(&subject, &mut findings);
    links::check(&subject, &mut findings);
    if let Some(catalog) = &resolution.catalog {
        upstream::check(&subject, catalog, &mut findings);
        proxies::check(&subject, catalog, &mut findings);
    }
    house.check(&subject, &mut findings);
    for finding in findings {
        policy.report(finding, &mut diagnostics);
    }
    let is_known = subject.docs_url.is_some() && subject.facts.iter().all(Option::is_some);
    let unjudged = if is_known { &[][..] } else { &BY_FACTS };
    let audit = policy.audit();
    policy.report_stale(unjudged, &mut diagnostics);
    (diagnostics, audit)
}

/// The places of the allowances of rules that are not checked on the catalog, in the order of their policy.
pub(crate) fn audited_places(
    ast: &CatalogAst,
    resolution: &Resolution<'_>,
    day: Option<Date>,
) -> Vec<Span> {
    let settings = optional(ast.lint.as_ref());
    // What is wrong in the section was reported when the catalog was compiled.
    let mut diagnostics = Vec::new();
    let house = CustomRules::new(settings, &mut diagnostics);
    let policy = Policy::new(settings, &house, &resolution.codes, day, &mut diagnostics);
    policy.audited_places()
}

/// The texts that are not written yet, whatever the levels and allowances of the catalog.
pub(crate) fn unwritten(ast: &CatalogAst, codes: &[Effective<'_>]) -> Vec<Diagnostic> {
    let texts = text::collect(ast, codes, &stated::collect(ast, codes)).into_iter();
    let unwritten = texts.filter(|text| todo::is_todo(text.words));
    unwritten.map(|text| todo::diagnostic(&text)).collect()
}

/// The input of the rules.
struct Subject<'a> {
    ast: &'a CatalogAst,
    settings: Option<&'a LintAst>,
    /// All codes, with the fields that they inherit.
    codes: &'a [Effective<'a>],
    /// The resolved facts of each code; missing if an error was reported.
    facts: &'a [Option<Facts>],
    /// What operations state of codes.
    stated: Vec<Stated<'a>>,
    /// The shapes that the catalog can name.
    shapes: &'a Shapes,
    /// The address of a code's page, as the text before and after its slug.
    docs_url: Option<&'a (String, String)>,
    texts: Vec<Text<'a>>,
    /// Texts that are not written yet.
    unwritten: Vec<Text<'a>>,
    places: Places<'a>,
}

/// A finding, before the catalog's levels and allowances.
struct Finding {
    /// The position of its code, if it has one.
    code: Option<usize>,
    /// The position of the custom rule, if the rule is `house-rule`.
    house: Option<usize>,
    diagnostic: Diagnostic,
}

impl Finding {
    fn about(code: Option<usize>, diagnostic: Diagnostic) -> Self {
        Self {
            code,
            house: None,
            diagnostic,
        }
    }
}
