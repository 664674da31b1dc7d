//! Levels and allowances for rules that are not about the catalog: those of `coverage`, which needs the sources of a
//! project.

use crate::catalog::{AuditPolicy, Catalog};
use crate::compile::compile_with;
use crate::diagnostic::{Diagnostic, Outcome, quoted};
use crate::lint;
use crate::rule::{Level, Rule, RuleKind, Severity};
use crate::source::Inputs;
use crate::span::Span;

/// The levels and allowances of a catalog for the rules about source code, with their places.
///
/// ```
/// use error_catalog_codegen::{Diagnostic, Inputs, Rule, Source, audit};
///
/// let text = "\
/// version: 1
/// api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
/// types:
///   request_error: { status: 400, meaning: The request is wrong }
/// codes:
///   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
/// lint:
///   allow: [{ rule: untested-code, codes: [bad_name], reason: A partner tests it }]
/// ";
/// let inputs = Inputs::new(Source::new("catalog.yaml", text.into()));
/// let (_, audit) = audit::compile(&inputs);
/// let mut audit = audit.expect("the catalog has no errors");
/// let place = audit.place("bad_name").expect("the code");
/// let finding = Diagnostic::new(Rule::UntestedCode, place, "no test names `bad_name`");
/// assert_eq!(audit.judge(Some("bad_name"), finding), None);
/// assert_eq!(audit.unneeded(), []);
/// ```
#[derive(Clone, Debug)]
pub struct Audit {
    policy: AuditPolicy,
    allowed: Vec<Allowed>,
    /// The key of each code.
    places: Vec<(String, Span)>,
}

/// An allowance, and whether it applied to a finding.
#[derive(Clone, Debug)]
struct Allowed {
    rule: Rule,
    /// The code, if it is for one code.
    code: Option<String>,
    span: Span,
    met: bool,
}

/// Reads a catalog as [`compile`](crate::compile) does. If it has no errors, the audit is there too.
#[must_use]
pub fn compile(inputs: &Inputs) -> (Outcome<Catalog>, Option<Audit>) {
    let (outcome, places) = compile_with(inputs, |ast, resolution| {
        let codes = resolution.codes.iter();
        let codes = codes.map(|code| (code.wire.to_owned(), code.key));
        (
            lint::audited_places(ast, resolution, inputs.day),
            codes.collect(),
        )
    });
    let catalog = outcome.value.as_ref();
    let audit = catalog
        .zip(places)
        .map(|(catalog, (allowances, codes))| Audit::new(catalog, &allowances, codes));
    (outcome, audit)
}

impl Audit {
    fn new(catalog: &Catalog, spans: &[Span], places: Vec<(String, Span)>) -> Self {
        let allowed = catalog.audit.allowances.iter().zip(spans);
        let is_own = |rule: Rule| matches!(rule.kind(), RuleKind::Source(_));
        let allowed =
            allowed
                .filter(|(allowance, _)| is_own(allowance.rule))
                .map(|(allowance, span)| Allowed {
                    rule: allowance.rule,
                    code: allowance.code.map(|code| catalog[code].names.wire.clone()),
                    span: *span,
                    met: false,
                });
        Self {
            policy: catalog.audit.clone(),
            allowed: allowed.collect(),
            places,
        }
    }

    /// The place of a code in the catalog.
    #[must_use]
    pub fn place(&self, code: &str) -> Option<Span> {
        let mut places = self.places.iter();
        places.find_map(|(name, place)| (name == code).then_some(*place))
    }

    /// A finding with the level of its rule; nothing if it is allowed or its rule is off. The most specific allowance
    /// applies.
    pub fn judge(&mut self, code: Option<&str>, finding: Diagnostic) -> Option<Diagnostic> {
        let rule = finding.rule;
        for scope in [code, None] {
            let mut allowed = self.allowed.iter_mut();
            let found =
                allowed.find(|allowed| allowed.rule == rule && allowed.code.as_deref() == scope);
            if let Some(allowed) = found {
                allowed.met = true;
                return None;
            }
        }
        let severity = match self.policy.level(rule) {
            Level::Error => Severity::Error,
            Level::Warn => Severity::Warning,
            Level::Off => return None,
        };
        Some(Diagnostic {
            severity,
            ..finding
        })
    }

    /// The findings of allowances that no finding needed, after all findings were judged.
    pub fn unneeded(&mut self) -> Vec<Diagnostic> {
        let unmet = self.allowed.iter();
        let unmet = unmet.filter(|allowed| !allowed.met && allowed.rule != Rule::UnneededExemption);
        let unmet: Vec<Allowed> = unmet.cloned().collect();
        let findings = unmet.into_iter().filter_map(|allowed| {
            let rule = allowed.rule.id();
            let message = match &allowed.code {
                Some(code) => format!("{} does not break `{rule}`", quoted(code)),
                None => format!("nothing breaks `{rule}`"),
            };
            let finding = Diagnostic::new(Rule::UnneededExemption, allowed.span, message);
            let code = allowed.code.clone();
            self.judge(code.as_deref(), finding.help("remove the allowance"))
        });
        findings.collect()
    }
}
