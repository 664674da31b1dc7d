//! Sentences that several outputs share.

use std::fmt::Write as _;

use super::{example_body, markdown_escape};
use crate::catalog::{
    Catalog, Code, Envelope, Link, NotRetryable, OwnError, RetryRule, Shape, Status,
};

/// The sentence over the errors that are not worth another try.
pub(super) const NOT_RETRYABLE_HEAD: &str = "Not retryable:";

/// The sentence over the retryable errors.
pub(super) const fn retryable_head(catalog: &Catalog) -> &'static str {
    if catalog.retry.backoff.jitter {
        "Retryable (with exponential backoff + jitter):"
    } else {
        "Retryable (with exponential backoff):"
    }
}

/// The sentence for a catalog without retry rules.
pub(super) const NO_RETRY: &str = "No error is retryable: the same request fails again.";

/// A style that is not the default.
pub(super) struct OtherStyle {
    /// The sentence over the example.
    pub(super) head: String,
    /// The example of the envelope.
    pub(super) body: String,
}

/// All styles but the default.
pub(super) fn other_styles(catalog: &Catalog) -> Vec<OtherStyle> {
    let example = catalog.example_of_envelope();
    let shapes = catalog.envelope.shapes.iter();
    let others = shapes.skip(1).map(|shape| OtherStyle {
        head: head(&catalog.envelope, shape),
        body: example_body::pretty_in(catalog, &example, shape),
    });
    others.collect()
}

/// Which requests get an error in a style.
fn head(envelope: &Envelope, shape: &Shape) -> String {
    let stated = |key: &str| {
        let chosen = envelope.choices.iter();
        let chosen = chosen.filter(|choice| choice.style == shape.name);
        let stated = chosen.map(|choice| choice.condition.stated());
        let stated = stated.filter(|(known, _)| *known == key);
        stated.map(|(_, value)| value).collect::<Vec<_>>()
    };
    let mut accepted = stated("accept");
    if envelope.is_acceptable(shape) && !accepted.contains(&shape.content_type) {
        accepted.push(shape.content_type.clone());
    }
    let requests = [
        ("calls a path that begins with ", stated("path"), ""),
        ("sends the header ", stated("header"), ""),
        ("asks for ", accepted, " in its `Accept` header"),
    ];
    let requests = requests.iter().filter(|(_, values, _)| !values.is_empty());
    let requests = requests.map(|(before, values, after)| {
        let values = values.iter().map(|value| markdown_escape::code(value));
        format!("{before}{}{after}", alternatives(values.collect()))
    });
    let requests: Vec<String> = requests.collect();
    if requests.is_empty() {
        let name = markdown_escape::code(&shape.name);
        format!("In the style {name}, the same error is:")
    } else {
        format!("A client that {} gets:", alternatives(requests))
    }
}

/// One of some phrases: `a`, `a or b`, `a, b or c`.
fn alternatives(mut phrases: Vec<String>) -> String {
    let last = phrases.pop().unwrap_or_default();
    if phrases.is_empty() {
        last
    } else {
        format!("{} or {last}", phrases.join(", "))
    }
}

/// The sentences of a section as one paragraph, with its links at the end.
pub(super) fn paragraph(notes: &[String], links: &[Link]) -> String {
    let notes: Vec<String> = notes
        .iter()
        .map(|note| markdown_escape::inline(note))
        .collect();
    let mut out = notes.join(" ");
    if links.is_empty() {
        return out;
    }
    out.push_str(match out.chars().next_back() {
        None => "See ",
        Some('.' | '!' | '?') => " See ",
        Some(_) => " — see ",
    });
    let links: Vec<String> = links.iter().map(markdown_escape::link).collect();
    out.push_str(&links.join(", "));
    out.push('.');
    out
}

/// The lines of the retryable list: `429 rate_limit_exceeded`, `502, 503, 504`.
pub(super) fn retryable(catalog: &Catalog) -> Vec<String> {
    let lines = catalog.retry.retryable.iter().map(|line| {
        let mut text = join(&line.statuses);
        for (position, code) in line.codes.iter().enumerate() {
            text.push_str(match (position, line.statuses.is_empty()) {
                (0, true) => "",
                (0, false) => " ",
                _ => ", ",
            });
            let code = &catalog[*code];
            text.push_str(&markdown_escape::code(&code.names.wire));
            if code.retry == RetryRule::After {
                text.push_str(" after `Retry-After`");
            }
        }
        text
    });
    lines.collect()
}

/// The lines of the list of errors that are not worth another try, each with its reason.
pub(super) fn not_retryable(catalog: &Catalog) -> Vec<String> {
    let lines = catalog.retry.not_retryable.iter().map(|line| match line {
        NotRetryable::Family {
            class,
            except,
            reason,
        } => {
            let reason = markdown_escape::inline(reason);
            if except.is_empty() {
                format!("{class}xx — {reason}")
            } else {
                format!("{class}xx other than {} — {reason}", join(except))
            }
        }
        NotRetryable::Status { status, reason } => {
            format!("{status} — {}", markdown_escape::inline(reason))
        }
        NotRetryable::Code { code, reason } => {
            let code = &catalog[*code];
            let wire = markdown_escape::code(&code.names.wire);
            let status = code.status.own().map(|own| format!("{own} "));
            format!(
                "{}{wire} — {}",
                status.unwrap_or_default(),
                markdown_escape::inline(reason)
            )
        }
    });
    lines.collect()
}

/// What a client should do, in a sentence with the numbers of the catalog.
pub(super) fn retry_advice(catalog: &Catalog, rule: RetryRule) -> String {
    let backoff = &catalog.retry.backoff;
    let jitter = if backoff.jitter {
        ", each drawn at random up to that length"
    } else {
        ""
    };
    match rule {
        RetryRule::Never => "Do not retry: the same request fails again.".to_owned(),
        RetryRule::Backoff => format!(
            "Retry with exponential backoff: wait {} ms first and {} times as long before each \
             further try, at most {} ms{jitter}; give up after {} retries.",
            backoff.initial_ms, backoff.factor, backoff.max_ms, backoff.max_retries
        ),
        RetryRule::After => format!(
            "Retry after the delay that the `Retry-After` header names; give up after {} retries.",
            backoff.max_retries
        ),
    }
}

fn join(statuses: &[Status]) -> String {
    let statuses: Vec<String> = statuses.iter().map(Status::to_string).collect();
    statuses.join(", ")
}

/// What an operation states of a code, after the name of the operation. `inline` writes a text of the catalog in the format
/// of the page.
pub(super) fn own_facts<T: AsRef<str>>(
    code: &Code,
    own: &OwnError,
    inline: impl Fn(&str) -> T,
) -> String {
    let mut facts = String::new();
    if own.status != code.status.sent() {
        // Writing to a string cannot fail.
        let _ = write!(facts, " with status {}", own.status);
        if let Some(reason) = own.status.reason() {
            let _ = write!(facts, " {reason}");
        }
        if own.retry.is_retryable() != code.retry.is_retryable() {
            let retryable = own.retry.is_retryable();
            facts += if retryable {
                ", retryable"
            } else {
                ", not retryable"
            };
        }
    }
    let texts = [("", &own.meaning), ("Fix: ", &own.fix)];
    for (position, (head, text)) in texts
        .iter()
        .filter_map(|(head, text)| Some((head, text.as_ref()?)))
        .enumerate()
    {
        let between = match position {
            0 => ": ",
            _ if facts.ends_with(['.', '!', '?']) => " ",
            _ => ". ",
        };
        facts += between;
        facts += head;
        facts += inline(text).as_ref();
    }
    facts
}
