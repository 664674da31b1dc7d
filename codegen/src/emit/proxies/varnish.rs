//! The VCL file for Varnish.
//!
//! Source: the reference of Varnish 7.1, "VCL".

use std::fmt::Write as _;

use super::super::NOTICE;
use super::answers::{Answer, Answers};
use super::choices::{TARGET_ENDS, media_types, names, path};
use super::text::Piece;
use crate::catalog::{Condition, Status};

/// The objects of a subroutine: the request, and the response that it makes.
#[derive(Clone, Copy)]
struct Objects {
    request: &'static str,
    response: &'static str,
}

const CLIENT: Objects = Objects {
    request: "req",
    response: "resp",
};
const BACKEND: Objects = Objects {
    request: "bereq",
    response: "beresp",
};

/// The file that a VCL file includes.
pub(super) fn include(answers: &Answers<'_>) -> String {
    let header = answers.header;
    let mut out = format!(
        "# {NOTICE}\n\
         # Include this file before other subroutines. README.md describes it.\n\n\
         import std;\n\n\
         sub vcl_recv {{\n    \
         if (req.restarts == 0 && req.esi_level == 0) {{\n        \
         set req.http.{header} = std.time2integer(now, 0) + \"-\" + req.xid;\n    \
         }}\n}}\n\n\
         sub vcl_synth {{\n"
    );
    subroutine(answers, CLIENT, &mut out);
    out.push_str("    return (deliver);\n}\n\nsub vcl_backend_error {\n    unset beresp.http.Retry-After;\n    set beresp.uncacheable = true;\n");
    subroutine(answers, BACKEND, &mut out);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "    return (deliver);\n}}\n\n\
         # An error of another media type is not of the API: it is that of a framework.\n\
         sub vcl_backend_response {{\n    \
         if (beresp.status >= 400 && beresp.http.Content-Type !~ \"(?i){}\") {{\n        \
         return (error(beresp.status));\n    }}\n}}",
        media_types(&answers.media_types)
    );
    out
}

fn subroutine(answers: &Answers<'_>, objects: Objects, out: &mut String) {
    let Objects { request, response } = objects;
    let header = answers.header;
    let _ = writeln!(
        out,
        "    set {response}.http.{header} = {request}.http.{header};\n    \
         set {response}.http.Content-Type = \"{}\";",
        answers.styles[0].content_type
    );
    for (position, (condition, style)) in answers.choices.iter().enumerate() {
        let word = if position == 0 { "if" } else { "elsif" };
        let shape = answers.styles[*style];
        let _ = writeln!(
            out,
            "    {word} ({}) {{\n        \
             set {response}.http.envelope-style = \"{}\";\n        \
             set {response}.http.Content-Type = \"{}\";\n    }}",
            test(condition, request),
            shape.name,
            shape.content_type
        );
    }
    for (position, group) in answers.groups().iter().enumerate() {
        let word = if position == 0 { "if" } else { "elsif" };
        let tests = group
            .iter()
            .map(|one| format!("{response}.status == {}", one.status));
        let tests: Vec<String> = tests.collect();
        let _ = writeln!(out, "    {word} ({}) {{", tests.join(" || "));
        let sent = (group[0].sent != group[0].status).then_some(group[0].sent);
        answer(answers, group[0], sent.map(Status::get), objects, out);
    }
    let [client, server] = &answers.others;
    let _ = writeln!(
        out,
        "    elsif ({response}.status >= 400 && {response}.status < 500) {{"
    );
    answer(answers, client, Some(client.sent.get()), objects, out);
    out.push_str("    else {\n");
    answer(answers, server, Some(server.sent.get()), objects, out);
    if !answers.choices.is_empty() {
        let _ = writeln!(out, "    unset {response}.http.envelope-style;");
    }
}

/// The statements of an error, and the end of their block.
fn answer(
    answers: &Answers<'_>,
    answer: &Answer,
    sent: Option<u16>,
    objects: Objects,
    out: &mut String,
) {
    let response = objects.response;
    let retry = answer.should_retry();
    let _ = writeln!(
        out,
        "        set {response}.http.x-should-retry = \"{retry}\";"
    );
    if let Some(seconds) = answer.retry_after {
        let _ = writeln!(
            out,
            "        set {response}.http.Retry-After = \"{seconds}\";"
        );
    }
    for (position, shape) in answers.styles.iter().enumerate().skip(1) {
        let body = body(answers, &answer.bodies[position], objects);
        let word = if position == 1 { "if" } else { "elsif" };
        let _ = writeln!(
            out,
            "        {word} ({response}.http.envelope-style == \"{}\") {{\n            \
             set {response}.body = {body};\n        }}",
            shape.name
        );
    }
    let body = body(answers, &answer.bodies[0], objects);
    if answers.styles.len() > 1 {
        let _ = writeln!(
            out,
            "        else {{\n            set {response}.body = {body};\n        }}"
        );
    } else {
        let _ = writeln!(out, "        set {response}.body = {body};");
    }
    // The other statements compare the status.
    if let Some(sent) = sent {
        let _ = writeln!(out, "        set {response}.status = {sent};");
    }
    out.push_str("    }\n");
}

/// The body as an expression. A long string ends at three quotes, so a quote at its edge is a string of its own.
fn body(answers: &Answers<'_>, pieces: &[Piece], objects: Objects) -> String {
    let id = format!("{}.http.{}", objects.request, answers.header);
    let mut terms = Vec::new();
    for piece in pieces {
        match piece {
            Piece::RequestId => terms.push(id.clone()),
            Piece::Text(text) => {
                let inner = text.trim_matches('"');
                let before = text.len() - text.trim_start_matches('"').len();
                let after = text.len() - text.trim_end_matches('"').len();
                terms.extend((0..before).map(|_| "{\"\"\"}".to_owned()));
                terms.push(format!("\"\"\"{inner}\"\"\""));
                terms.extend((0..after).map(|_| "{\"\"\"}".to_owned()));
            }
        }
    }
    terms.join(" + ")
}

fn test(condition: &Condition, request: &str) -> String {
    match condition {
        Condition::Path(segments) => {
            format!("{request}.url ~ \"{}\"", path(segments, TARGET_ENDS))
        }
        Condition::Header(name) => format!("{request}.http.{name}"),
        Condition::Accept(name) => format!("{request}.http.Accept ~ \"(?i){}\"", names(name)),
    }
}
