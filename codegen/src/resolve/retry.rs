//! The retry rules.

use std::collections::BTreeMap;

use super::scope::{Scope, check_public};
use super::types::{resolve_list, resolve_status};
use super::{Findings, api, optional};
use crate::ast::{
    BackoffAst, CodeName, JitterAst, Keyed, Mapping, NotRetryableAst, RetryAst, Spanned, StatusAst,
};
use crate::catalog::{
    Backoff, Code, CodeId, NotRetryable, Prose, Retry, RetryRule, Retryable, Status,
};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_DELAY_MS, MAX_FACTOR, MAX_RETRIES, MAX_RETRY_AFTER};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The retryable statuses, ascending, each with its first place.
pub(crate) type Statuses = BTreeMap<Status, Span>;

/// Resolves the retryable statuses.
pub(crate) fn statuses(ast: Option<&Keyed<RetryAst>>, findings: &mut Findings<'_>) -> Statuses {
    let list = optional(ast.and_then(|ast| ast.statuses.as_ref()));
    resolve_list(list.map_or(&[][..], Vec::as_slice), findings)
        .into_iter()
        .collect()
}

/// Resolves the `retry` section.
pub(crate) fn resolve(
    field: Option<&Mapping<RetryAst>>,
    retryable: &Statuses,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Retry> {
    let ast = optional(field);
    for (status, span) in retryable {
        if scope.cannot_have(*status) {
            findings.push(unknown_status(*status, *span));
        }
    }
    let backoff = resolve_backoff(ast.and_then(|ast| ast.backoff.as_ref()), findings);
    let max_retry_after = resolve_max_retry_after(ast.map(|ast| &**ast), scope, findings);
    let reasons = ast.and_then(|ast| optional(ast.not_retryable.as_ref()));
    let mut not_retryable: Vec<NotRetryable> = Vec::new();
    let mut seen = UnordMap::default();
    for entry in reasons.map_or(&[][..], Vec::as_slice) {
        let Some(line) = resolve_reason(entry, retryable, scope, findings) else {
            continue;
        };
        if seen.insert(line.subject(), ()).is_some() {
            findings.push(
                Diagnostic::new(Rule::RetryConflict, entry.key, "this is listed twice")
                    .help("write one entry with one reason"),
            );
        } else {
            not_retryable.push(line);
        }
    }
    let prose = Prose {
        notes: api::texts(ast.and_then(|ast| ast.notes.as_ref())),
        see: api::links(ast.and_then(|ast| ast.see.as_ref()), findings),
    };
    Some(Retry {
        retryable: retryable_lines(
            retryable.keys().copied(),
            scope.codes.iter().map(Option::as_ref),
        ),
        not_retryable,
        statuses: retryable.keys().copied().collect(),
        backoff: backoff?,
        max_retry_after: max_retry_after?,
        prose,
    })
}

fn unknown_status(status: Status, span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::RetryUnknownStatus,
        span,
        format!("no error of this catalog can have the status {status}"),
    )
    .help("remove it, or give the status to a type or code")
}

fn resolve_backoff(
    field: Option<&Spanned<BackoffAst>>,
    findings: &mut Findings<'_>,
) -> Option<Backoff> {
    let ast = optional(field);
    let default_at = field.map_or(Span::default(), |field| field.key);
    let value =
        |pick: fn(&BackoffAst) -> Option<&Spanned<u64>>, default: u64| match ast.and_then(pick) {
            Some(field) => field.value.map(|value| (value, field.span)),
            None => Some((default, default_at)),
        };
    let initial = value(|ast| ast.initial_ms.as_ref(), 500);
    let factor = value(|ast| ast.factor.as_ref(), 2);
    let max = value(|ast| ast.max_ms.as_ref(), 8_000);
    let max_retries = value(|ast| ast.max_retries.as_ref(), 2);
    let jitter = optional(ast.and_then(|ast| ast.jitter.as_ref())) != Some(&JitterAst::None);
    // Without a `max_ms`, the first delay is longer than the default.
    let longest = initial.zip(max).map(|(initial, (max, at))| {
        let at = if at == default_at { initial.1 } else { at };
        (initial.0, max, at)
    });
    let faults = [
        (
            initial.filter(|(ms, _)| *ms == 0),
            "the first delay is zero",
        ),
        (
            factor.filter(|(factor, _)| !(1..=MAX_FACTOR).contains(factor)),
            "the factor is not between 1 and 100",
        ),
        (
            longest.and_then(|(initial, max, at)| (max < initial).then_some((max, at))),
            "the longest delay is shorter than the first",
        ),
        (
            max.filter(|(ms, _)| *ms > MAX_DELAY_MS),
            "the longest delay is longer than a day",
        ),
        (
            max_retries.filter(|(retries, _)| *retries > MAX_RETRIES),
            "there are more than 100 retries",
        ),
    ];
    let mut sound = true;
    for (fault, message) in faults {
        if let Some((_, span)) = fault {
            sound = false;
            findings.push(Diagnostic::new(Rule::BadBackoff, span, message).help(
                "the defaults are `initial_ms: 500`, `factor: 2`, `max_ms: 8000`, `max_retries: 2`",
            ));
        }
    }
    let backoff = Backoff {
        initial_ms: initial?.0,
        factor: u32::try_from(factor?.0).unwrap_or(1),
        max_ms: max?.0,
        max_retries: u32::try_from(max_retries?.0).unwrap_or(0),
        jitter,
    };
    sound.then_some(backoff)
}

/// The longest delay that a response asks for. The first delay of the backoff is what a code with the rule `after` asks
/// for by default, so it must not be longer.
fn resolve_max_retry_after(
    ast: Option<&RetryAst>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<u64> {
    let field = ast.and_then(|ast| ast.max_retry_after.as_ref());
    let longest = match field {
        Some(field) => field.value?,
        None => Retry::DEFAULT_MAX_RETRY_AFTER,
    };
    if let Some(field) = field.filter(|_| !(1..=MAX_RETRY_AFTER).contains(&longest)) {
        let message = format!("`max_retry_after` is not between 1 and {MAX_RETRY_AFTER}");
        let diagnostic = Diagnostic::new(Rule::BadBackoff, field.span, message);
        findings.push(diagnostic.help("write a number of seconds, such as 59"));
        return None;
    }
    let backoff = ast.and_then(|ast| optional(ast.backoff.as_ref()));
    let Some(initial) = backoff.and_then(|backoff| backoff.initial_ms.as_ref()) else {
        return Some(longest);
    };
    let seconds = initial.value?.div_ceil(1000);
    let mut codes = scope.codes.iter().flatten();
    let promises = codes.any(|code| code.retry == RetryRule::After);
    if !promises || seconds <= longest {
        return Some(longest);
    }
    let message = format!(
        "codes with `retry: after` ask for a delay of {seconds} s, longer than the {longest} s of `max_retry_after`"
    );
    let mut diagnostic = Diagnostic::new(Rule::BadBackoff, initial.span, message);
    if let Some(field) = field {
        diagnostic = diagnostic.related(field.span, "the longest delay");
    }
    findings.push(diagnostic.help(format!(
        "write at most `initial_ms: {}`, or at least `max_retry_after: {seconds}`",
        longest * 1000
    )));
    None
}

fn resolve_reason(
    entry: &Spanned<NotRetryableAst>,
    retryable: &Statuses,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<NotRetryable> {
    let ast = entry.value.as_ref()?;
    let reason = findings.required(&ast.reason, entry.key, "reason").cloned();
    match (ast.status.as_ref(), ast.code.as_ref()) {
        (Some(status), None) => resolve_status_reason(status, reason, retryable, scope, findings),
        (None, Some(code)) => {
            let code = resolve_code_reason(code, retryable, scope, findings)?;
            let reason = reason?;
            Some(NotRetryable::Code { code, reason })
        }
        (Some(_), Some(code)) => {
            let message = "an entry names a status or a code, not both";
            let diagnostic = Diagnostic::new(Rule::WrongKind, code.key, message);
            findings.push(diagnostic.help("write two entries"));
            None
        }
        (None, None) => {
            let message = "the entry names neither a status nor a code";
            let diagnostic = Diagnostic::new(Rule::MissingField, entry.key, message);
            findings.push(diagnostic.help("add `status:` or `code:`"));
            None
        }
    }
}

fn resolve_status_reason(
    field: &Spanned<StatusAst>,
    reason: Option<String>,
    retryable: &Statuses,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<NotRetryable> {
    let ast = field.value.as_ref()?;
    if let StatusAst::Family(class) = *ast {
        let except = retryable.keys().copied();
        return Some(NotRetryable::Family {
            class,
            except: except.filter(|status| status.class() == class).collect(),
            reason: reason?,
        });
    }
    let status = resolve_status(ast, field.span, findings)?;
    if let Some(stated) = retryable.get(&status) {
        let message = format!("{status} is also listed under `retry.statuses`");
        findings.push(
            Diagnostic::new(Rule::RetryConflict, field.span, message)
                .related(*stated, "retryable here")
                .help("remove it here or there"),
        );
        return None;
    }
    if scope.cannot_have(status) {
        findings.push(unknown_status(status, field.span));
        return None;
    }
    let reason = reason?;
    Some(NotRetryable::Status { status, reason })
}

fn resolve_code_reason(
    field: &Spanned<CodeName>,
    retryable: &Statuses,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<CodeId> {
    let position = scope.position(field, findings)?;
    let code = scope.codes[position].as_ref()?;
    if !check_public(code, field.span, findings) {
        return None;
    }
    if code.retry.is_retryable() {
        let name = quoted(&code.names.wire);
        let status = code.status;
        let listed = status.own().and_then(|own| retryable.get(&own));
        let (message, at) = match (scope.retry_rule(position), listed) {
            (None, Some(stated)) => {
                let message = format!("{name} is retryable: its status is {status}");
                (message, *stated)
            }
            (rule, _) => {
                let message = format!("{name} is retryable because of its `retry`");
                (message, rule.unwrap_or(field.span))
            }
        };
        findings.push(
            Diagnostic::new(Rule::RetryConflict, field.span, message)
                .related(at, "retryable here")
                .help("remove it here, or give the code `retry: never`"),
        );
        return None;
    }
    let is_listed = |status: Status| retryable.contains_key(&status);
    let of_operation = scope.own_status_among(&code.names.wire, is_listed);
    if let Some((status, at)) = of_operation.filter(|_| scope.retry_rule(position).is_none()) {
        let name = quoted(&code.names.wire);
        let message = format!("{name} is retryable: an operation sends it with status {status}");
        findings.push(
            Diagnostic::new(Rule::RetryConflict, field.span, message)
                .related(at, "retryable here")
                .help("remove it here, or give the code `retry: never`"),
        );
        return None;
    }
    Some(CodeId(position))
}

/// A line per retryable status with codes. Statuses without codes share one line. Codes without a status have the first.
pub(crate) fn retryable_lines<'c>(
    statuses: impl Iterator<Item = Status>,
    codes: impl Iterator<Item = Option<&'c Code>>,
) -> Vec<Retryable> {
    let mut by_status: BTreeMap<Option<Status>, Vec<CodeId>> =
        statuses.map(|status| (Some(status), Vec::new())).collect();
    for (position, code) in codes.enumerate() {
        if let Some(code) = code
            && code.retry.is_retryable()
        {
            by_status
                .entry(code.status.own())
                .or_default()
                .push(CodeId(position));
        }
    }
    let mut lines: Vec<Retryable> = Vec::new();
    let mut codeless: Option<usize> = None;
    for (status, codes) in by_status {
        match codeless.filter(|_| codes.is_empty()) {
            Some(line) => lines[line].statuses.extend(status),
            None => {
                if codes.is_empty() {
                    codeless = Some(lines.len());
                }
                lines.push(Retryable {
                    statuses: Vec::from_iter(status),
                    codes,
                });
            }
        }
    }
    lines
}
