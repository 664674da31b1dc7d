//! The include file for Apache HTTP Server, and the files with the bodies.
//!
//! Source: the documentation of Apache HTTP Server 2.4.

use std::fmt::Write as _;

use super::super::NOTICE;
use super::answers::{Answer, Answers};
use super::choices::{PATH_ENDS, names, path};
use super::text::joined;
use crate::catalog::Condition;

/// Whether `ErrorDocument` takes a status: it refuses those that the server has no name for.
const fn is_known(status: u16) -> bool {
    matches!(status, 400..=417 | 421..=424 | 426 | 428 | 429 | 431 | 451 | 500..=508 | 510 | 511)
}

fn known<'a>(answers: &'a Answers<'_>) -> impl Iterator<Item = &'a Answer> {
    let all = answers.all.iter();
    all.filter(|answer| is_known(answer.status.get()))
}

/// The file that a virtual host includes.
pub(super) fn include(answers: &Answers<'_>) -> String {
    let header = answers.header;
    let mut out = format!(
        "# {NOTICE}\n\
         # Include this file in a virtual host. README.md describes it.\n\n\
         <IfDefine !ENVELOPE_FILES>\n    Define ENVELOPE_FILES /etc/apache2/envelope\n</IfDefine>\n\
         RequestHeader set {header} \"expr=%{{reqenv:UNIQUE_ID}}\"\n\
         Alias \"/.envelope/\" \"${{ENVELOPE_FILES}}/bodies/\"\n"
    );
    // The last line that fits a request applies.
    for (condition, style) in answers.choices.iter().rev() {
        let variable = match style {
            0 => "!ENVELOPE_STYLE".to_owned(),
            _ => format!("ENVELOPE_STYLE={}", folder(answers, *style)),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} {variable}", test(condition));
    }
    let style = if answers.choices.is_empty() {
        ""
    } else {
        "%{reqenv:ENVELOPE_STYLE}"
    };
    for answer in known(answers) {
        let status = answer.status;
        let _ = writeln!(
            out,
            "ErrorDocument {status} \"/.envelope/{style}{status}.json\""
        );
    }
    location(answers, &mut out);
    for (position, shape) in answers.styles.iter().enumerate().skip(1) {
        let _ = writeln!(
            out,
            "<Location \"/.envelope/{}\">\n    ForceType {}\n</Location>",
            folder(answers, position),
            shape.content_type
        );
    }
    out.push_str(
        "\n# The limit of a body in bytes, by its Content-Length.\n\
         <IfDefine ENVELOPE_MAX_BODY>\n    \
         RewriteEngine On\n    \
         RewriteCond %{ENV:REDIRECT_STATUS} ^$\n    \
         RewriteCond expr \"%{HTTP:Content-Length} -gt ${ENVELOPE_MAX_BODY}\"\n    \
         RewriteRule ^ - [R=413,L]\n\
         </IfDefine>\n",
    );
    out
}

/// The location of the bodies.
fn location(answers: &Answers<'_>, out: &mut String) {
    let mut retryable: Vec<String> = Vec::new();
    let mut delays: Vec<(u64, Vec<String>)> = Vec::new();
    for answer in known(answers) {
        let status = format!("'{}'", answer.status);
        if answer.retryable {
            retryable.push(status.clone());
        }
        if let Some(seconds) = answer.retry_after {
            match delays.iter_mut().find(|(known, _)| *known == seconds) {
                Some((_, statuses)) => statuses.push(status),
                None => delays.push((seconds, vec![status])),
            }
        }
    }
    let _ = writeln!(
        out,
        "\n<Location \"/.envelope/\">\n    \
         <IfModule mod_proxy.c>\n        ProxyPass !\n    </IfModule>\n    \
         Require expr \"reqenv('REDIRECT_STATUS') != ''\"\n    \
         ForceType {}\n    FileETag None\n    Header unset Last-Modified\n    Header unset Accept-Ranges\n    \
         Header always set {} %{{UNIQUE_ID}}e\n    \
         Header always set x-should-retry false",
        answers.styles[0].content_type, answers.header
    );
    if !retryable.is_empty() {
        let _ = writeln!(
            out,
            "    Header always set x-should-retry true \"expr=%{{REQUEST_STATUS}} in {{{}}}\"",
            retryable.join(",")
        );
    }
    for (seconds, statuses) in delays {
        let _ = writeln!(
            out,
            "    Header always set Retry-After {seconds} \"expr=%{{REQUEST_STATUS}} in {{{}}}\"",
            statuses.join(",")
        );
    }
    out.push_str("</Location>\n");
}

/// The files with the bodies.
pub(super) fn bodies(answers: &Answers<'_>) -> impl Iterator<Item = (String, String)> {
    known(answers).flat_map(move |answer| {
        let bodies = answer.bodies.iter().enumerate();
        bodies.map(move |(style, pieces)| {
            let path = format!("bodies/{}{}.json", folder(answers, style), answer.status);
            (path, joined(pieces, "") + "\n")
        })
    })
}

/// The folder of a style, with a slash at its end; that of the first has no name.
fn folder(answers: &Answers<'_>, style: usize) -> String {
    match style {
        0 => String::new(),
        _ => format!("{}/", answers.styles[style].name),
    }
}

fn test(condition: &Condition) -> String {
    match condition {
        Condition::Path(segments) => {
            format!("SetEnvIf Request_URI \"{}\"", path(segments, PATH_ENDS))
        }
        Condition::Header(name) => format!("SetEnvIf {name} \".\""),
        Condition::Accept(name) => format!("SetEnvIfNoCase Accept \"{}\"", names(name)),
    }
}
