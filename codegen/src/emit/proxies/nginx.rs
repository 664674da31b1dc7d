//! The include file for nginx: a location for each error.
//!
//! Source: the modules `ngx_http_core_module` and `ngx_http_rewrite_module` of nginx 1.22.

use std::fmt::Write as _;

use super::super::NOTICE;
use super::answers::{Answer, Answers};
use super::choices::{TARGET_ENDS, names, path};
use super::text::joined;
use crate::catalog::Condition;

/// The statuses of nginx itself that clients do not see, with the status that they are sent with.
const INTERNAL: [(u16, u16); 4] = [(494, 431), (495, 400), (496, 400), (497, 400)];
/// The id of a request.
const REQUEST_ID: &str = "$request_id";
/// The status that nginx keeps for itself.
const REFUSED: u16 = 499;

/// The file that a `server` block includes.
pub(super) fn include(answers: &Answers<'_>) -> String {
    let header = answers.header;
    let mut out = format!(
        "# {NOTICE}\n\
         # Include this file in a server block. README.md describes it.\n\n\
         # A location with a `proxy_set_header` of its own needs this line too.\n\
         proxy_set_header {header} $request_id;\n\
         limit_req_status 429;\n\
         limit_conn_status 429;\n"
    );
    for (internal, sent) in INTERNAL {
        // Both are statuses that HTTP registers.
        let answer = answers.all.iter().find(|one| one.status.get() == sent);
        let answer = answer.map_or(sent, |answer| answer.sent.get());
        let _ = writeln!(
            out,
            "error_page {internal} ={answer} /.envelope/{};",
            place(answers, sent)
        );
    }
    for group in answers.groups() {
        location(answers, &group, &mut out);
    }
    out
}

/// The name of the location of a status: the first of those with the same response.
fn place(answers: &Answers<'_>, status: u16) -> u16 {
    let groups = answers.groups();
    let mut groups = groups.iter();
    let group = groups.find(|group| group.iter().any(|one| one.status.get() == status));
    group.map_or(status, |group| group[0].status.get())
}

fn location(answers: &Answers<'_>, group: &[&Answer], out: &mut String) {
    let first = group[0];
    let statuses = group.iter().map(|answer| answer.status);
    let statuses = statuses.filter(|status| status.get() != REFUSED);
    let statuses: Vec<String> = statuses.map(|status| status.to_string()).collect();
    if statuses.is_empty() {
        return;
    }
    let sent = if first.sent == first.status {
        String::new()
    } else {
        format!(" ={}", first.sent)
    };
    let name = format!("/.envelope/{}", first.status);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\nerror_page {}{sent} {name};", statuses.join(" "));
    let usual = &answers.styles[0].content_type;
    let mut others = Vec::new();
    let _ = writeln!(out, "location = {name} {{");
    settings(answers, first, usual, out);
    for (condition, style) in &answers.choices {
        let shape = answers.styles[*style];
        let then = if shape.content_type == *usual {
            format!("return 200 '{}'", joined(&first.bodies[*style], REQUEST_ID))
        } else {
            // An `if` cannot change the media type.
            if !others.contains(style) {
                others.push(*style);
            }
            format!("rewrite ^ {name}/{} last", shape.name)
        };
        let _ = writeln!(out, "    if ({}) {{ {then}; }}", test(condition));
    }
    let _ = writeln!(
        out,
        "    return 200 '{}';\n}}",
        joined(&first.bodies[0], REQUEST_ID)
    );
    for style in others {
        let shape = answers.styles[style];
        let _ = writeln!(out, "location = {name}/{} {{", shape.name);
        settings(answers, first, &shape.content_type, out);
        let _ = writeln!(
            out,
            "    return 200 '{}';\n}}",
            joined(&first.bodies[style], REQUEST_ID)
        );
    }
}

/// What a location has besides its body. The limit of the body applies in HTTP/2 again, after it was exceeded.
fn settings(answers: &Answers<'_>, answer: &Answer, media_type: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "    internal;\n    client_max_body_size 0;\n    default_type {media_type};\n    \
         add_header {} $request_id always;\n    add_header x-should-retry {} always;",
        answers.header,
        answer.should_retry()
    );
    if let Some(seconds) = answer.retry_after {
        let _ = writeln!(out, "    add_header Retry-After {seconds} always;");
    }
}

fn test(condition: &Condition) -> String {
    match condition {
        Condition::Path(segments) => {
            format!("$request_uri ~ '{}'", path(segments, TARGET_ENDS))
        }
        Condition::Header(name) => format!("$http_{} != ''", name.replace('-', "_")),
        Condition::Accept(name) => format!("$http_accept ~* '{}'", names(name)),
    }
}
