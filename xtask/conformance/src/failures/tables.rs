//! The tables of `docs/clients.md`.

use crate::page::Table;

use super::answers::{Answers, Expected};
use super::drivers::{Report, Seen};
use super::streams::STREAMS;

/// The columns of the second table: the names of responses, each with the head.
const RESPONSES: [(&str, &str); 5] = [
    ("credits", "402 `insufficient_credits`"),
    ("limited", "429 `rate_limit_exceeded`"),
    ("failed", "500 `server_error`"),
    ("busy", "503 `server_error`"),
    ("words", "402 with “rate limit” in its message"),
];

/// The table of failing streams.
pub(super) fn streams(answers: &Answers, reports: &[Report]) -> Table {
    let head = STREAMS.map(|stream| stream.title);
    let rows = reports.iter().map(|report| {
        let cells = STREAMS.map(|stream| match report.seen(stream.case) {
            None => "**normal end**".to_owned(),
            Some(seen) => {
                let mut parts = vec![class(seen)];
                if let Some(expected) = answers.expected(report.style, stream.case) {
                    let fields = [type_of(expected, seen), code_of(expected, seen)];
                    parts.extend(losses(&fields, seen));
                }
                parts.join(", ")
            }
        });
        (report.client.as_str(), cells)
    });
    table("## Streams that fail\n", head, rows)
}

/// The table of failing requests.
pub(super) fn responses(answers: &Answers, reports: &[Report]) -> Table {
    let head = RESPONSES.map(|(_, title)| title);
    let rows = reports.iter().map(|report| {
        let cells = RESPONSES.map(|(case, _)| {
            let Some(seen) = report.seen(case) else {
                return "**no error**".to_owned();
            };
            let mut parts = vec![class(seen)];
            match report.attempts(case) {
                1 => {}
                attempts => parts.push(format!("{attempts} attempts")),
            }
            if let Some(expected) = answers.expected(report.style, case) {
                let status = ("status", Some(&*expected.status), seen.status.as_deref());
                let id = Some(&*expected.request_id);
                let id = ("request id", id, seen.request_id.as_deref());
                let fields = [status, type_of(expected, seen), code_of(expected, seen), id];
                parts.extend(losses(&fields, seen));
            }
            parts.join(", ")
        });
        (report.client.as_str(), cells)
    });
    table("## Requests that fail\n", head, rows)
}

/// The class of an error. The AI SDK reports plain objects too.
fn class(seen: &Seen) -> String {
    match &*seen.class {
        "Object" => "a plain object".to_owned(),
        class => format!("`{class}`"),
    }
}

/// A field of an error: its name, its value on the wire, and what the client reports.
type Field<'a> = (&'static str, Option<&'a str>, Option<&'a str>);

fn type_of<'a>(expected: &'a Expected, seen: &'a Seen) -> Field<'a> {
    (
        "type",
        Some(&expected.error_type),
        seen.error_type.as_deref(),
    )
}

fn code_of<'a>(expected: &'a Expected, seen: &'a Seen) -> Field<'a> {
    ("code", expected.code.as_deref(), seen.code.as_deref())
}

/// What a client changes and loses.
fn losses(fields: &[Field<'_>], seen: &Seen) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut in_text, mut lost) = (Vec::new(), Vec::new());
    for &(name, wanted, found) in fields {
        match (wanted, found) {
            (wanted, found) if wanted == found => {}
            (_, Some(other)) => parts.push(format!("{name} `{other}`")),
            (Some(wanted), None) if seen.text.contains(wanted) => in_text.push(name),
            (_, None) => lost.push(name),
        }
    }
    if !in_text.is_empty() {
        parts.push(format!("{} in the text", in_text.join(" and ")));
    }
    if !lost.is_empty() {
        parts.push(format!("no {}", lost.join(", no ")));
    }
    parts
}

fn table<'a, const N: usize>(
    heading: &'static str,
    head: [&str; N],
    rows: impl Iterator<Item = (&'a str, [String; N])>,
) -> Table {
    let lines = rows.map(|(client, cells)| format!("| {client} | {} |\n", cells.join(" | ")));
    let text = format!(
        "| Client | {} |\n| ---{} |\n{}",
        head.join(" | "),
        " | ---".repeat(N),
        lines.collect::<String>()
    );
    Table { heading, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_found_and_lost_fields_are_listed() {
        let seen = Seen {
            class: "APIError".to_owned(),
            text: "402 quota_exceeded".to_owned(),
            status: Some("429".to_owned()),
            code: None,
            error_type: None,
            request_id: None,
        };
        let fields = [
            ("status", Some("402"), seen.status.as_deref()),
            ("type", Some("quota_exceeded"), None),
            ("code", Some("insufficient_credits"), None),
            ("param", None, None),
        ];
        assert_eq!(
            losses(&fields, &seen),
            ["status `429`", "type in the text", "no code"]
        );
    }
}
