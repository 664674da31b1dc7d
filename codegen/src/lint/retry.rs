//! Retry rules that contradict their statuses or texts.

use super::{Finding, Subject};
use crate::ast::{StatusAst, StatusesAst};
use crate::catalog::{RetryRule, Status};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::{Effective, optional};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

const TOO_MANY_REQUESTS: u16 = 429;
const HEADER: &str = "retry-after";
/// The position of its dash.
const HEADER_DASH: usize = 5;

/// Whether the same request can succeed later in spite of a client error status.
///
/// RFC 9110 lets a client repeat a request that timed out (408), reached the wrong server (421), or was too large (413)
/// if `Retry-After` is present. RFC 8470 lets it repeat a request that was too early (425), RFC 6585 one of too many
/// (429). A user has to resolve a conflict (409).
const fn is_worth_another_try(status: u16, rule: RetryRule) -> bool {
    match status {
        408 | 421 | 425 | TOO_MANY_REQUESTS => true,
        413 => matches!(rule, RetryRule::After),
        _ => false,
    }
}

/// Whether many clients retry a status that is not about limits, whatever `x-should-retry` is.
const fn is_retried_anyway(status: u16) -> bool {
    matches!(status, 408 | 409 | 500..)
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let listed = retryable_statuses(subject);
    let limiting = limiting_types(subject);
    let is_listed = listed.get(&TOO_MANY_REQUESTS).is_some();
    if !is_listed {
        for (name, at) in &limiting {
            let message = format!("{} has status 429 but is not retryable", quoted(name));
            let finding = Diagnostic::new(Rule::TooManyWithoutRetry, *at, message)
                .help("add 429 to `statuses` under `retry`");
            findings.push(Finding::about(None, finding));
        }
    }
    let limiting: UnordMap<&str, ()> = limiting.into_iter().map(|(name, _)| (name, ())).collect();
    let is_limiting = |code: &Effective<'_>| {
        let error_type = optional(code.field(|own| &own.error_type));
        error_type.is_some_and(|name| limiting.get(name.0.as_str()).is_some())
    };
    for (position, (code, facts)) in subject.codes.iter().zip(subject.facts).enumerate() {
        let Some(facts) = facts.as_ref().filter(|_| states_retry(code)) else {
            continue;
        };
        let Some(status) = facts.status.own().map(Status::get) else {
            continue;
        };
        let sent = SentCode {
            name: quoted(code.wire),
            at: place(code),
            status,
            rule: facts.retry,
            states_rule: code.field(|own| &own.retry).is_some(),
            help: "write `retry: backoff`, or `retry: after` if the response has `Retry-After`",
        };
        let found = sent.judge(listed.get(&status).copied(), || is_limiting(code));
        findings.extend(found.map(|found| Finding::about(Some(position), found)));
    }
    report_stated(subject, &listed, is_limiting, findings);
    report_unpromised(subject, findings);
}

/// Reports the statuses that operations state, as if the code had them.
fn report_stated(
    subject: &Subject<'_>,
    listed: &UnordMap<u16, Span>,
    is_limiting: impl Fn(&Effective<'_>) -> bool,
    findings: &mut Vec<Finding>,
) {
    for stated in &subject.stated {
        let (Some(position), Some((status, at))) = (stated.code, stated.status()) else {
            continue;
        };
        let code = &subject.codes[position];
        let facts = subject.facts[position].as_ref();
        // With the code's own status, the code is judged.
        let facts = facts.filter(|facts| facts.status.own().map(Status::get) != Some(status));
        let Some(facts) = facts else {
            continue;
        };
        let states_rule = code.field(|own| &own.retry).is_some();
        let place = listed.get(&status).copied();
        let rule = match (states_rule, place) {
            (true, _) => facts.retry,
            (false, Some(_)) => RetryRule::Backoff,
            (false, None) => RetryRule::Never,
        };
        let (name, operation) = (quoted(code.wire), quoted(stated.operation));
        let sent = SentCode {
            name: format!("{name} of the operation {operation}"),
            at,
            status,
            rule,
            states_rule,
            help: "write another status, or make this one retryable: without `retry`, a code follows `retry.statuses`",
        };
        let found = sent.judge(place, || is_limiting(code));
        findings.extend(found.map(|found| Finding::about(Some(position), found)));
    }
}

/// A code as it is sent.
struct SentCode {
    name: String,
    at: Span,
    status: u16,
    rule: RetryRule,
    /// Whether the rule is stated, and does not follow from the status.
    states_rule: bool,
    /// How to make it retryable.
    help: &'static str,
}

impl SentCode {
    /// What contradicts the rule. `listed` is the place that makes the status retryable.
    fn judge(
        &self,
        listed: Option<Span>,
        is_of_limiting_type: impl Fn() -> bool,
    ) -> Option<Diagnostic> {
        let Self { status, rule, .. } = *self;
        let can_retry = rule != RetryRule::Never;
        if can_retry && status < 500 && !is_worth_another_try(status, rule) {
            return Some(self.unexplained(listed.filter(|_| !self.states_rule)));
        }
        if status == TOO_MANY_REQUESTS && !can_retry {
            // If the retryable statuses lack 429, that was reported at the type.
            let is_reported = !self.states_rule && is_of_limiting_type();
            return (!is_reported).then(|| self.final_limit());
        }
        let is_ignored = self.states_rule && !can_retry && is_retried_anyway(status);
        is_ignored.then(|| self.ignored())
    }

    fn unexplained(&self, listed: Option<Span>) -> Diagnostic {
        let Self { name, status, .. } = self;
        let message = format!("{name} is retryable but has the client error status {status}");
        let finding = Diagnostic::new(Rule::RetryClientError, self.at, message).help(
            "write `retry: never`, or allow it under `lint: allow:` with the reason why the same request can succeed later",
        );
        match listed {
            Some(span) => finding.related(span, "this makes the status retryable"),
            None => finding,
        }
    }

    fn final_limit(&self) -> Diagnostic {
        let message = format!("{} has status 429 but is not retryable", self.name);
        Diagnostic::new(Rule::TooManyWithoutRetry, self.at, message).help(self.help)
    }

    fn ignored(&self) -> Diagnostic {
        let Self { name, status, .. } = self;
        let message = format!("{name} has `retry: never`, but many clients retry status {status}");
        Diagnostic::new(Rule::RetryNeverIgnored, self.at, message).help(
            "choose a 4xx status that clients do not retry, such as 403 or 422, or allow it under `lint: allow:` with the reason why a repeated request does no harm",
        )
    }
}

/// Whether a code states its status or retry rule. Inherited ones are checked where they are stated.
fn states_retry(code: &Effective<'_>) -> bool {
    code.own.is_some_and(|own| {
        own.like.is_none()
            || own.retry.is_some()
            || own.status.is_some()
            || own.error_type.is_some()
    })
}

/// The place where a code states its retry rule.
fn place(code: &Effective<'_>) -> Span {
    let own = code.own;
    let retry = own.and_then(|own| own.retry.as_ref()).map(|it| it.span);
    let status = || own.and_then(|own| own.status.as_ref()).map(|it| it.span);
    retry.or_else(status).unwrap_or(code.key)
}

/// The statuses that are retryable for every code, each with its span.
fn retryable_statuses(subject: &Subject<'_>) -> UnordMap<u16, Span> {
    let ast = optional(subject.ast.retry.as_ref());
    let list = ast.and_then(|ast| optional(ast.statuses.as_ref()));
    list.into_iter()
        .flatten()
        .filter_map(|entry| Some((number(entry.value.as_ref()?)?, entry.span)))
        .collect()
}

/// The types that list the status 429, each with the span.
fn limiting_types<'a>(subject: &Subject<'a>) -> Vec<(&'a str, Span)> {
    let types = optional(Some(&subject.ast.types)).map_or(&[][..], |types| &types.0);
    let place =
        |status: &StatusAst, span| (number(status) == Some(TOO_MANY_REQUESTS)).then_some(span);
    types
        .iter()
        .filter_map(|(name, entry)| {
            let statuses = &entry.value.as_ref()?.status;
            let found = match statuses.value.as_ref()? {
                StatusesAst::One(status) => place(status, statuses.span),
                StatusesAst::Many(list) => list
                    .iter()
                    .find_map(|status| place(status.value.as_ref()?, status.span)),
            };
            Some((name.as_str(), found?))
        })
        .collect()
}

pub(super) fn number(status: &StatusAst) -> Option<u16> {
    match status {
        StatusAst::Number(number) => u16::try_from(*number).ok(),
        StatusAst::Family(_) | StatusAst::None | StatusAst::Other(_) => None,
    }
}

/// Reports texts that mention `Retry-After` although the response does not contain it.
fn report_unpromised(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for text in &subject.texts {
        let Some(position) = text.code.filter(|_| text.kind.is_about_response()) else {
            continue;
        };
        let facts = subject.facts[position].as_ref();
        let Some(at) = find_header(text.words) else {
            continue;
        };
        if facts.is_some_and(|facts| facts.retry != RetryRule::After) {
            let at = subject.places.of(text, at..at + HEADER.len());
            let message = format!(
                "the {} mentions `Retry-After`, but the response does not have this header",
                text.kind.noun()
            );
            let finding = Diagnostic::new(Rule::UnpromisedRetryAfter, at, message)
                .help("write `retry: after` for the code, or remove the header from the text");
            findings.push(Finding::about(text.code, finding));
        }
    }
}

fn find_header(text: &str) -> Option<usize> {
    // Few texts contain a dash, and many an `r`.
    let mut dashes = memchr::memchr_iter(b'-', text.as_bytes());
    dashes.find_map(|dash| {
        let at = dash.checked_sub(HEADER_DASH)?;
        let part = text.get(at..at + HEADER.len())?;
        part.eq_ignore_ascii_case(HEADER).then_some(at)
    })
}
