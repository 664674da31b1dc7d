//! Findings about a catalog that has a meaning but is poor, and what the catalog allows.

mod todo;

use crate::diagnostic::{Diagnostic, quoted};
use crate::draft::{
    AllowDraft, CatalogDraft, CodeName, CodeOrSet, Entries, LevelDraft, LintDraft, RuleName,
    Spanned,
};
use crate::index::Index;
use crate::resolve::{Effective, optional, unknown_code};
use crate::rule::{Level, Rule, RuleKind, Severity};
use crate::span::Span;
use crate::suggest::closest;

/// Runs the lint rules, weighs their findings by the `lint` section, and checks that section.
pub(crate) fn lint(catalog: &CatalogDraft, codes: &[Effective<'_>]) -> Vec<Diagnostic> {
    let draft = optional(catalog.lint.as_ref());
    let types = catalog.types.value.as_ref();
    let types = types.map_or(&[][..], |types| &types.0);
    let mut diagnostics = Vec::new();
    let mut policy = Policy::new(draft, codes, &mut diagnostics);
    for (name, entry) in types {
        let Some(own) = entry.value.as_ref() else {
            continue;
        };
        let meaning = own.meaning.as_ref();
        // Where the message is missing too, that was reported.
        if meaning.is_none() && own.message.is_some() {
            let finding = missing(Rule::MissingMeaning, entry.key, name);
            policy.report(None, finding, &mut diagnostics);
        }
        report_line_break(meaning, None, &mut policy, &mut diagnostics);
    }
    for (position, code) in codes.iter().enumerate() {
        let Some(own) = code.own else {
            continue;
        };
        for (rule, field) in [
            (Rule::MissingMeaning, code.meaning),
            (Rule::MissingFix, code.fix),
        ] {
            // Where the message is missing too, that was reported; and what is missing from the
            // code that others are like is reported there.
            let reported = rule == Rule::MissingMeaning && code.message.is_none();
            if field.is_none() && code.complete && own.like.is_none() && !reported {
                let finding = missing(rule, code.key, code.wire);
                policy.report(Some(position), finding, &mut diagnostics);
            }
        }
        for text in [own.meaning.as_ref(), own.fix.as_ref()] {
            report_line_break(text, Some(position), &mut policy, &mut diagnostics);
        }
    }
    todo::report(catalog, codes, &mut policy, &mut diagnostics);
    report_unreturned(catalog, codes, &mut policy, &mut diagnostics);
    policy.report_unneeded(&mut diagnostics);
    diagnostics
}

fn report_unreturned(
    catalog: &CatalogDraft,
    codes: &[Effective<'_>],
    policy: &mut Policy<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(operations) = optional(catalog.operations.as_ref()) else {
        return;
    };
    if operations.0.is_empty() {
        return;
    }
    let mut listed: Index<&str, ()> = Index::default();
    let values = operations
        .0
        .iter()
        .filter_map(|(_, entry)| entry.value.as_ref());
    let errors = values.filter_map(|operation| operation.errors.value.as_ref());
    for CodeOrSet(name) in errors.flatten().filter_map(|error| error.value.as_ref()) {
        listed.insert(name, ());
    }
    let sets = optional(catalog.sets.as_ref()).map_or(&[][..], |sets| &sets.0);
    for (name, entry) in sets {
        let is_used = listed.get(&format!("@{name}").as_str()).is_some();
        let set = entry.value.as_ref().filter(|_| is_used);
        let members = set.map_or(&[][..], |set| &set.0);
        for CodeName(name) in members.iter().filter_map(|code| code.value.as_ref()) {
            listed.insert(name, ());
        }
    }
    for (position, code) in codes.iter().enumerate() {
        if listed.get(&code.wire).is_none() {
            let message = format!("no operation can fail with {}", quoted(code.wire));
            let finding = Diagnostic::new(Rule::UnreturnedCode, code.key, message)
                .help("name it under `errors` of the operations that can fail with it");
            policy.report(Some(position), finding, diagnostics);
        }
    }
}

fn missing(rule: Rule, key: Span, name: &str) -> Diagnostic {
    let field = if rule == Rule::MissingFix {
        "fix"
    } else {
        "meaning"
    };
    Diagnostic::new(rule, key, format!("{} has no `{field}`", quoted(name))).help(format!(
        "add `{field}:` here, or allow it with a reason under `lint: allow:`"
    ))
}

fn report_line_break(
    text: Option<&Spanned<String>>,
    code: Option<usize>,
    policy: &mut Policy<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(field) = text
        && let Some(text) = optional(Some(field))
        && text
            .trim_end()
            .contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
    {
        let finding = Diagnostic::new(
            Rule::MultiLineText,
            field.span,
            "the text has more than one line",
        )
        .help("say it in one line");
        policy.report(code, finding, diagnostics);
    }
}

/// The `lint` section: levels, and allowances with the number of findings each has met.
struct Policy<'a> {
    levels: Vec<(Rule, Level)>,
    allowances: Vec<Allowance<'a>>,
    /// The allowances of each rule for the whole catalog.
    whole: Vec<(Rule, usize)>,
    /// The allowances of each rule for single codes.
    single: Index<(Rule, usize), usize>,
}

/// What one entry allows to one code, or to the whole catalog.
struct Allowance<'a> {
    rule: Rule,
    /// The code, where the allowance is not for all.
    code: Option<&'a str>,
    span: Span,
    met: bool,
}

impl<'a> Policy<'a> {
    fn new(
        draft: Option<&'a LintDraft>,
        codes: &[Effective<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let levels = optional(draft.and_then(|draft| draft.levels.as_ref()));
        let allow = optional(draft.and_then(|draft| draft.allow.as_ref()));
        let mut policy = Self {
            levels: levels.map_or_else(Vec::new, |levels| resolve_levels(levels, diagnostics)),
            allowances: Vec::new(),
            whole: Vec::new(),
            single: Index::default(),
        };
        let positions: Index<&str, usize> = codes
            .iter()
            .enumerate()
            .map(|(position, code)| (code.wire, position))
            .collect();
        for field in allow.map_or(&[][..], Vec::as_slice) {
            policy.allow(field, &positions, codes, diagnostics);
        }
        policy
    }

    fn allow(
        &mut self,
        field: &'a Spanned<AllowDraft>,
        positions: &Index<&str, usize>,
        codes: &[Effective<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(draft) = field.value.as_ref() else {
            return;
        };
        for (key, present) in [
            ("rule", draft.rule.present),
            ("reason", draft.reason.present),
        ] {
            if !present {
                diagnostics.push(
                    Diagnostic::new(Rule::MissingField, field.key, format!("`{key}` is missing"))
                        .help(format!("add `{key}:` here")),
                );
            }
        }
        let Some(RuleName(id)) = draft.rule.value.as_ref() else {
            return;
        };
        let Some(rule) = lint_rule(id, draft.rule.span, diagnostics) else {
            return;
        };
        let Some(list) = draft.codes.as_ref() else {
            let index = self.push(rule, None, draft.rule.span);
            self.whole.push((rule, index));
            return;
        };
        for code in optional(Some(list)).map_or(&[][..], Vec::as_slice) {
            let Some(CodeName(name)) = code.value.as_ref() else {
                continue;
            };
            match positions.get(name.as_str()) {
                Some(position) => {
                    let index = self.push(rule, Some(name), code.span);
                    self.single.insert((rule, *position), index);
                }
                None => diagnostics.push(unknown_code(
                    code.span,
                    name,
                    codes.iter().map(|code| code.wire),
                )),
            }
        }
    }

    fn push(&mut self, rule: Rule, code: Option<&'a str>, span: Span) -> usize {
        self.allowances.push(Allowance {
            rule,
            code,
            span,
            met: false,
        });
        self.allowances.len() - 1
    }

    fn level(&self, rule: Rule) -> Level {
        let stated = self.levels.iter().find(|(known, _)| *known == rule);
        match (stated, rule.kind()) {
            (Some((_, level)), _) => *level,
            (None, RuleKind::Lint(level)) => level,
            (None, RuleKind::Fixed) => Level::Error,
        }
    }

    /// Reports a finding about a code, or about the catalog as a whole, unless it is allowed.
    fn report(
        &mut self,
        code: Option<usize>,
        finding: Diagnostic,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let rule = finding.rule;
        let single = code.and_then(|code| self.single.get(&(rule, code)));
        let whole = || self.whole.iter().find(|(known, _)| *known == rule);
        if let Some(index) = single.copied().or_else(|| whole().map(|(_, index)| *index)) {
            self.allowances[index].met = true;
            return;
        }
        let severity = match self.level(rule) {
            Level::Error => Severity::Error,
            Level::Warn => Severity::Warning,
            Level::Off => return,
        };
        diagnostics.push(Diagnostic {
            severity,
            ..finding
        });
    }

    fn report_unneeded(mut self, diagnostics: &mut Vec<Diagnostic>) {
        let unneeded: Vec<_> = self
            .allowances
            .iter()
            .filter(|allowance| !allowance.met && allowance.rule != Rule::UnneededAllow)
            .map(|allowance| {
                let rule = allowance.rule.id();
                let message = match allowance.code {
                    Some(code) => format!("{} does not break `{rule}`", quoted(code)),
                    None => format!("nothing in the catalog breaks `{rule}`"),
                };
                Diagnostic::new(Rule::UnneededAllow, allowance.span, message)
                    .help("remove the allowance")
            })
            .collect();
        for finding in unneeded {
            self.report(None, finding, diagnostics);
        }
    }
}

fn resolve_levels(
    levels: &Entries<LevelDraft>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Rule, Level)> {
    levels
        .0
        .iter()
        .filter_map(|(id, level)| {
            let rule = lint_rule(id, level.key, diagnostics)?;
            Some((
                rule,
                match level.value? {
                    LevelDraft::Error => Level::Error,
                    LevelDraft::Warn => Level::Warn,
                    LevelDraft::Off => Level::Off,
                },
            ))
        })
        .collect()
}

fn lint_rule(id: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let lints = || {
        Rule::ALL
            .iter()
            .filter(|rule| matches!(rule.kind(), RuleKind::Lint(_)))
    };
    let rule = Rule::from_id(id);
    if let Some(rule) = rule.filter(|rule| matches!(rule.kind(), RuleKind::Lint(_))) {
        return Some(rule);
    }
    let message = if rule.is_some() {
        format!("{} is no lint rule: it always holds", quoted(id))
    } else {
        format!("{} is no rule", quoted(id))
    };
    let diagnostic = Diagnostic::new(Rule::UnknownRule, span, message);
    let ids: Vec<_> = lints().map(|rule| rule.id()).collect();
    let meant = closest(id, ids.iter().copied());
    let known = format!("the lint rules are: {}", ids.join(", "));
    diagnostics.push(diagnostic.did_you_mean(span, meant, known));
    None
}
