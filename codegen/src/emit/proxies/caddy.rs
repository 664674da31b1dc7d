//! The snippets for Caddy.
//!
//! Source: the documentation of Caddy 2.6, "Caddyfile".

use std::fmt::Write as _;

use super::super::NOTICE;
use super::answers::{Answer, Answers};
use super::choices::{PATH_ENDS, names, path};
use super::text::joined;
use crate::catalog::Condition;

/// The id of a request.
const REQUEST_ID: &str = "{http.request.uuid}";
/// The status of the error that is handled.
const STATUS: &str = "{http.error.status_code}";

/// The file that a Caddyfile imports.
pub(super) fn include(answers: &Answers<'_>) -> String {
    let header = answers.header;
    let mut out = format!(
        "# {NOTICE}\n\
         # Import this file at the top of a Caddyfile. README.md describes it.\n\n\
         (envelope) {{\n\thandle_errors {{\n"
    );
    let groups = answers.groups();
    matchers(answers, &groups, &mut out);
    // A route runs its directives in this order.
    let _ = writeln!(out, "\t\troute {{\n\t\t\theader {header} {REQUEST_ID}");
    // The last line that fits a request applies.
    for (position, (_, style)) in answers.choices.iter().enumerate().rev() {
        let _ = writeln!(
            out,
            "\t\t\tvars @envelope_choice_{position} envelope_style {}",
            answers.styles[*style].name
        );
    }
    for style in (1..answers.styles.len()).chain([0]) {
        let shape = answers.styles[style];
        let matcher = match style {
            0 => String::new(),
            _ => format!("@envelope_style_{} ", shape.name),
        };
        let _ = writeln!(
            out,
            "\t\t\thandle {matcher}{{\n\t\t\t\theader Content-Type {}",
            shape.content_type
        );
        for group in &groups {
            let matcher = format!("@envelope_{} ", group[0].status);
            // The statuses of a group are all kept, or all changed to the same.
            let is_kept = group[0].sent == group[0].status;
            let sent = if is_kept {
                STATUS
            } else {
                &group[0].sent.to_string()
            };
            handle(&matcher, group[0], sent, style, &mut out);
        }
        let [client, server] = &answers.others;
        for (matcher, answer) in [("@envelope_4xx ", client), ("", server)] {
            handle(matcher, answer, &answer.sent.to_string(), style, &mut out);
        }
        out.push_str("\t\t\t}\n");
    }
    out.push_str("\t\t}\n\t}\n}\n");
    upstream(answers, &mut out);
    out.push_str(
        "\n# The limit of a body in bytes, by its Content-Length.\n\
         (envelope_max_body) {\n\
         \t@envelope_too_large expression `{http.request.header.Content-Length} != \"\" && int({http.request.header.Content-Length}) > {args.0}`\n\
         \terror @envelope_too_large 413\n\
         }\n",
    );
    out
}

fn matchers(answers: &Answers<'_>, groups: &[Vec<&Answer>], out: &mut String) {
    for (position, (condition, _)) in answers.choices.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\t\t@envelope_choice_{position} {}", test(condition));
    }
    for shape in answers.styles.iter().skip(1) {
        let name = &shape.name;
        let _ = writeln!(out, "\t\t@envelope_style_{name} vars envelope_style {name}");
    }
    for group in groups {
        let statuses: Vec<String> = group.iter().map(|one| one.status.to_string()).collect();
        let (first, statuses) = (group[0].status, statuses.join(" "));
        let _ = writeln!(out, "\t\t@envelope_{first} vars {STATUS} {statuses}");
    }
    let _ = writeln!(out, "\t\t@envelope_4xx vars_regexp {STATUS} ^4");
}

fn handle(matcher: &str, answer: &Answer, sent: &str, style: usize, out: &mut String) {
    let _ = writeln!(
        out,
        "\t\t\t\thandle {matcher}{{\n\t\t\t\t\theader x-should-retry {}",
        answer.should_retry()
    );
    if let Some(seconds) = answer.retry_after {
        let _ = writeln!(out, "\t\t\t\t\theader Retry-After {seconds}");
    }
    let body = joined(&answer.bodies[style], REQUEST_ID);
    let _ = writeln!(out, "\t\t\t\t\trespond `{body}` {sent}\n\t\t\t\t}}");
}

/// What belongs into `reverse_proxy`. The first of the two that fits a response applies.
fn upstream(answers: &Answers<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "\n# An error of another media type is not of the API: it is that of a framework.\n\
         (envelope_upstream) {{\n\theader_up {} {REQUEST_ID}\n\t@envelope_own {{\n\t\tstatus 4xx 5xx",
        answers.header
    );
    for media_type in &answers.media_types {
        let _ = writeln!(
            out,
            "\t\theader Content-Type {media_type}\n\t\theader Content-Type {media_type};*"
        );
    }
    out.push_str(
        "\t}\n\thandle_response @envelope_own {\n\t\tcopy_response\n\t}\n\
         \t@envelope_foreign status 4xx 5xx\n\
         \thandle_response @envelope_foreign {\n\t\terror foreign {http.reverse_proxy.status_code}\n\t}\n}\n",
    );
}

fn test(condition: &Condition) -> String {
    match condition {
        Condition::Path(segments) => format!("path_regexp `{}`", path(segments, PATH_ENDS)),
        Condition::Header(name) => format!("header {name} *"),
        Condition::Accept(name) => format!("header_regexp Accept `(?i){}`", names(name)),
    }
}
