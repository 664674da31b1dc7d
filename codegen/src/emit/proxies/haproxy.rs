//! The configuration file for HAProxy: a section with defaults.
//!
//! Source: the configuration manual of HAProxy 2.6.

use std::fmt::Write as _;

use super::super::NOTICE;
use super::answers::{Answer, Answers};
use super::choices::{PATH_ENDS, path};
use super::text::Piece;
use crate::catalog::Condition;

/// The statuses of errors that `http-error` takes.
const OWN: [u16; 18] = [
    400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504,
];

/// The file that is read between that of the defaults and that of the sites. `kept` are the errors with the statuses that
/// they replace, which `http-error` cannot change.
pub(super) fn include(answers: &Answers<'_>, kept: &Answers<'_>) -> String {
    let header = answers.header;
    let mut out = format!(
        "# {NOTICE}\n\
         # Read this file after the one with `defaults site` and before the one with the frontends. README.md describes it.\n\n\
         defaults envelope from site\n    \
         unique-id-format %[uuid()]\n    \
         unique-id-header {header}\n"
    );
    let has_styles = answers.styles.len() > 1;
    for (condition, style) in &answers.choices {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "    http-request set-var(txn.envelope) int({style}) if {} !{{ var(txn.envelope) -m found }}",
            test(condition)
        );
    }
    if has_styles {
        ids(answers, &mut out);
    }
    for answer in &kept.all {
        if OWN.contains(&answer.status.get()) {
            let _ = writeln!(out, "    http-error {}", reply(kept, answer));
        }
    }
    let types = answers.media_types.join(" ");
    let _ = writeln!(
        out,
        "    # An error of another media type is not of the API: it is that of a framework.\n    \
         http-response set-var(txn.envelope_foreign) bool(true) if {{ status ge 400 }} !{{ res.hdr(content-type),field(1,;) -i -m str {types} }}"
    );
    let foreign = "if { var(txn.envelope_foreign) -m bool }";
    for answer in &answers.all {
        let reply = reply(answers, answer);
        let status = answer.status;
        let _ = writeln!(
            out,
            "    http-response return {reply} {foreign} {{ status {status} }}"
        );
    }
    for (answer, class) in answers.others.iter().zip(["lt 500", "ge 500"]) {
        let reply = reply(answers, answer);
        let _ = writeln!(
            out,
            "    http-response return {reply} {foreign} {{ status {class} }}"
        );
    }
    if has_styles {
        for (position, shape) in answers.styles.iter().enumerate() {
            if shape.content_type != answers.styles[0].content_type {
                let _ = writeln!(
                    out,
                    "    http-after-response set-header content-type {} if {{ res.hdr(x-envelope) {position} }}",
                    shape.content_type
                );
            }
        }
        out.push_str("    http-after-response del-header x-envelope\n");
    }
    out.push_str("\n# The backends, and all sections that name no defaults.\ndefaults envelope-others from site\n");
    out
}

/// Variables with the request id, for the bodies that have it: a body cannot choose its parts, but an unset variable is
/// empty.
fn ids(answers: &Answers<'_>, out: &mut String) {
    for style in 0..answers.styles.len() {
        let bodies = answers.all.iter().map(|answer| &answer.bodies[style]);
        if bodies.flatten().any(|piece| *piece == Piece::RequestId) {
            let test = match style {
                0 => "!{ var(txn.envelope) -m found }".to_owned(),
                _ => format!("{{ var(txn.envelope) -m int {style} }}"),
            };
            let _ = writeln!(
                out,
                "    http-request set-var(txn.envelope_id_{style}) unique-id if {test}"
            );
        }
    }
}

/// A response, as `http-error` and `return` take it.
fn reply(answers: &Answers<'_>, answer: &Answer) -> String {
    let mut out = format!(
        "status {} content-type {} lf-string '{}' hdr {} %[unique-id] hdr x-should-retry {}",
        answer.sent,
        answers.styles[0].content_type,
        body(answers, answer),
        answers.header,
        answer.should_retry()
    );
    if let Some(seconds) = answer.retry_after {
        let _ = write!(out, " hdr Retry-After {seconds}");
    }
    if answers.styles.len() > 1 {
        out.push_str(" hdr x-envelope %[var(txn.envelope,0)]");
    }
    out
}

/// The body as a format. With several styles, it has the texts of all of them: those of the others are empty.
fn body(answers: &Answers<'_>, answer: &Answer) -> String {
    let mut out = String::new();
    let has_styles = answers.styles.len() > 1;
    for (style, pieces) in answer.bodies.iter().enumerate() {
        for piece in pieces {
            let _ = match piece {
                Piece::Text(text) if !has_styles => write!(out, "{text}"),
                Piece::RequestId if !has_styles => write!(out, "%[unique-id]"),
                Piece::Text(text) => {
                    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                    write!(
                        out,
                        "%[var(txn.envelope,0),sub({style}),not,iif(\"{text}\",\"\")]"
                    )
                }
                Piece::RequestId => write!(out, "%[var(txn.envelope_id_{style})]"),
            };
        }
    }
    out
}

fn test(condition: &Condition) -> String {
    match condition {
        Condition::Path(segments) => {
            format!("{{ path -m reg '{}' }}", path(segments, PATH_ENDS))
        }
        Condition::Header(name) => format!("{{ req.hdr({name}) -m found }}"),
        Condition::Accept(name) => format!("{{ req.hdr(accept),field(1,;) -i -m str {name} }}"),
    }
}
