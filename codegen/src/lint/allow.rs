//! The allowances of the `lint` section.

use jiff::civil::Date;

use super::custom::CustomRules;
use super::levels::lint_rule;
use crate::ast::{AllowAst, CodeName, DayText, RuleName, Spanned};
use crate::catalog::{self, CodeId};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::{Effective, optional, unknown_code};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The scope of an allowance: a rule or one custom rule, for one code or for all.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    pub(super) rule: Rule,
    /// The position of the custom rule, if it is one.
    pub(super) house: Option<usize>,
    /// The position of the code, if it is for one code.
    pub(super) code: Option<usize>,
}

/// An allowance of one entry, for one code or for the whole catalog.
pub(super) struct Allowance<'a> {
    pub(super) scope: Scope,
    house: Option<&'a str>,
    code: Option<&'a str>,
    reason: &'a str,
    pub(super) span: Span,
    /// Whether it applied to a finding, or may have.
    pub(super) met: bool,
}

impl Allowance<'_> {
    /// The allowance as the catalog contains it, if its rule is not checked on the catalog.
    pub(super) fn audited(&self) -> Option<catalog::Allowance> {
        let Scope { rule, code, .. } = self.scope;
        rule.kind().is_audited().then(|| catalog::Allowance {
            rule,
            code: code.map(CodeId),
            reason: self.reason.to_owned(),
        })
    }

    /// The finding for an unneeded allowance.
    pub(super) fn unneeded(&self) -> Diagnostic {
        let rule = match self.house {
            Some(house) => format!("the custom rule {}", quoted(house)),
            None => format!("`{}`", self.scope.rule.id()),
        };
        let message = match self.code {
            Some(code) => format!("{} does not break {rule}", quoted(code)),
            None => format!("nothing in the catalog breaks {rule}"),
        };
        Diagnostic::new(Rule::UnneededAllow, self.span, message).help("remove the allowance")
    }
}

/// Reads the entries of `lint: allow:` one by one.
pub(super) struct Reader<'a, 'h> {
    /// The allowances that have not expired on the day.
    pub(super) allowances: Vec<Allowance<'a>>,
    /// The findings of expired allowances.
    pub(super) expired: Vec<Diagnostic>,
    house: &'h CustomRules<'a>,
    codes: &'h [Effective<'h>],
    positions: UnordMap<&'h str, usize>,
    day: Option<Date>,
}

impl<'a, 'h> Reader<'a, 'h> {
    /// A reader of the allowances of these codes on a day.
    pub(super) fn new(
        house: &'h CustomRules<'a>,
        codes: &'h [Effective<'h>],
        day: Option<Date>,
    ) -> Self {
        let positions = codes.iter().enumerate();
        Self {
            allowances: Vec::new(),
            expired: Vec::new(),
            house,
            codes,
            positions: positions
                .map(|(position, code)| (code.wire, position))
                .collect(),
            day,
        }
    }

    /// Reads an entry, and reports its errors.
    pub(super) fn read(&mut self, field: &'a Spanned<AllowAst>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(ast) = field.value.as_ref() else {
            return;
        };
        for (key, present) in [("rule", ast.rule.present), ("reason", ast.reason.present)] {
            if !present {
                diagnostics.push(
                    Diagnostic::new(
                        Rule::MissingField,
                        field.key,
                        format!("missing field `{key}`"),
                    )
                    .help(format!("add `{key}:` here")),
                );
            }
        }
        let expired = ast
            .until
            .as_ref()
            .and_then(|until| Some((read_day(until, diagnostics)?, until.span)))
            .filter(|(until, _)| self.day.is_some_and(|day| day > *until));
        let known = self.scopes(ast, diagnostics);
        match expired {
            Some((until, span)) => self.expired.push(
                Diagnostic::new(
                    Rule::ExpiredAllow,
                    span,
                    format!("the allowance expired on {until}"),
                )
                .help("fix the finding and remove the allowance, or write a later day"),
            ),
            None => self.allowances.extend(known),
        }
    }

    /// The allowances of an entry.
    fn scopes(&self, ast: &'a AllowAst, diagnostics: &mut Vec<Diagnostic>) -> Vec<Allowance<'a>> {
        let Some(RuleName(id)) = ast.rule.value.as_ref() else {
            return Vec::new();
        };
        let Some(rule) = lint_rule(id, ast.rule.span, diagnostics) else {
            return Vec::new();
        };
        let Ok(house) = self.house_rule(ast, rule, diagnostics) else {
            return Vec::new();
        };
        let name = house.and(optional(ast.house.as_ref())).map(String::as_str);
        let allowance = |code: Option<(usize, &'a str)>, span| Allowance {
            scope: Scope {
                rule,
                house,
                code: code.map(|(position, _)| position),
            },
            house: name,
            code: code.map(|(_, name)| name),
            reason: optional(Some(&ast.reason)).map_or("", String::as_str),
            span,
            met: rule == Rule::HouseRule && !self.house.is_complete,
        };
        let Some(list) = ast.codes.as_ref() else {
            return vec![allowance(None, ast.rule.span)];
        };
        let mut known = Vec::new();
        for code in optional(Some(list)).map_or(&[][..], Vec::as_slice) {
            let Some(CodeName(name)) = code.value.as_ref() else {
                continue;
            };
            match self.positions.get(name.as_str()) {
                Some(position) => known.push(allowance(Some((*position, name)), code.span)),
                None => diagnostics.push(unknown_code(
                    code.span,
                    name,
                    self.codes.iter().map(|code| code.wire),
                )),
            }
        }
        known
    }

    /// The custom rule that an entry names, if any; an error if the rule is unknown.
    fn house_rule(
        &self,
        ast: &AllowAst,
        rule: Rule,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Option<usize>, ()> {
        let Some(field) = ast.house.as_ref() else {
            return Ok(None);
        };
        if rule != Rule::HouseRule {
            diagnostics.push(
                Diagnostic::new(
                    Rule::WrongKind,
                    field.key,
                    "`house` is only for the rule `house-rule`",
                )
                .related(ast.rule.span, "the rule")
                .help("remove `house:`, or write `rule: house-rule`"),
            );
            return Err(());
        }
        let name = field.value.as_ref().ok_or(())?;
        let found = self.house.position(name);
        if found.is_none() && self.house.is_complete {
            diagnostics.push(self.house.unknown(name, field.span));
        }
        found.map(Some).ok_or(())
    }
}

/// The day of a string such as `2027-03-31`; other formats are reported.
fn read_day(field: &Spanned<DayText>, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let DayText(text) = field.value.as_ref()?;
    let has_form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(position, byte)| match position {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
    let day = text.parse().ok().filter(|_| has_form);
    if day.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Rule::WrongKind,
                field.span,
                format!("expected a date, found {}", quoted(text)),
            )
            .help("write year, month and day, such as `2027-03-31`"),
        );
    }
    day
}
