//! Tells the format of a recording by its beginning.

use std::fmt;

use crate::recording::scanner::Scanner;

/// A format of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// HAR.
    Har,
    /// A cassette of vcrpy in YAML.
    VcrYaml,
    /// A cassette of vcrpy in JSON.
    VcrJson,
    /// A cassette of Schemathesis.
    SchemathesisVcr,
    /// The events of Schemathesis.
    SchemathesisEvents,
    /// A JSON report of Newman.
    Newman,
    /// A JSON report of Bruno.
    Bruno,
    /// JSON lines.
    Lines,
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Har => "HAR",
            Self::VcrYaml | Self::VcrJson => "cassette of vcrpy",
            Self::SchemathesisVcr => "cassette of Schemathesis",
            Self::SchemathesisEvents => "events of Schemathesis",
            Self::Newman => "report of Newman",
            Self::Bruno => "report of Bruno",
            Self::Lines => "JSON lines",
        })
    }
}

/// Members of a line: each line has at least one of them.
const LINE: [&str; 9] = [
    "status",
    "error",
    "method",
    "target",
    "url",
    "headers",
    "request_headers",
    "body",
    "body_base64",
];

/// The format of a text that begins like this, or what the text may be.
pub(crate) fn detect(prefix: &[u8]) -> Result<Format, &'static str> {
    let text = prefix
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(prefix)
        .trim_ascii_start();
    match text {
        [] => Err("the file is empty"),
        [b'{' | b'[', ..] => json(text),
        _ => yaml(text),
    }
}

fn json(text: &[u8]) -> Result<Format, &'static str> {
    let mut keys = Vec::new();
    // The text ends inside of a value, as a rule.
    let _ = Scanner::new(text).keys(&mut keys);
    let has = |name: &str| keys.iter().any(|key| key == name);
    if text.starts_with(b"[") {
        return if has("results") || has("iterationIndex") {
            Ok(Format::Bruno)
        } else if has("scope") {
            Err(
                "it looks like a recording of nock, which has no requests' headers and parsed bodies",
            )
        } else {
            Err("")
        };
    }
    if has("log") {
        Ok(Format::Har)
    } else if has("interactions") {
        Ok(Format::VcrJson)
    } else if has("collection") || has("run") {
        Ok(Format::Newman)
    } else if keys.first().is_some_and(|key| is_event(key)) {
        Ok(Format::SchemathesisEvents)
    } else if keys.iter().any(|key| LINE.contains(&&**key)) {
        Ok(Format::Lines)
    } else {
        Err("")
    }
}

fn is_event(key: &str) -> bool {
    let ends = ["Initialize", "Started", "Finished", "NonFatalError"];
    key.starts_with(|first: char| first.is_ascii_uppercase())
        && ends.iter().any(|end| key.ends_with(end))
}

fn yaml(text: &[u8]) -> Result<Format, &'static str> {
    let begins = |key: &[u8]| {
        text.starts_with(key)
            || memchr::memmem::find_iter(text, key).any(|at| text.get(at - 1) == Some(&b'\n'))
    };
    if begins(b"http_interactions:") {
        Ok(Format::SchemathesisVcr)
    } else if begins(b"interactions:") {
        Ok(Format::VcrYaml)
    } else if is_flow(text) {
        Err(
            "it looks like a flow of mitmproxy; write it as HAR: `mitmdump -nr FILE --set hardump=FILE.har`",
        )
    } else {
        Err("")
    }
}

/// Whether the text is of the form that mitmproxy keeps: a length, a colon, and a dictionary.
fn is_flow(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && text.get(digits) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_content() {
        let texts: [(&str, Result<Format, &str>); 12] = [
            (r#"{"log":{"version":"1.2""#, Ok(Format::Har)),
            ("\u{FEFF}\n {\n \"log\": {}}", Ok(Format::Har)),
            ("interactions:\n- request:", Ok(Format::VcrYaml)),
            (
                "# made\n---\ninteractions: []\nversion: 1",
                Ok(Format::VcrYaml),
            ),
            (r#"{"version":1,"interactions":["#, Ok(Format::VcrJson)),
            (
                "command: 'st'\nrecorded_with: 'S'\nhttp_interactions:\n",
                Ok(Format::SchemathesisVcr),
            ),
            (
                r#"{"Initialize":{"command":"st"}}"#,
                Ok(Format::SchemathesisEvents),
            ),
            (r#"{"collection":{"item":["#, Ok(Format::Newman)),
            (r#"[{"iterationIndex":0,"results":["#, Ok(Format::Bruno)),
            (r#"{"ts":1,"method":"GET","status":429}"#, Ok(Format::Lines)),
            ("", Err("the file is empty")),
            ("hello: world", Err("")),
        ];
        for (text, format) in texts {
            assert_eq!(detect(text.as_bytes()), format, "{text}");
        }
    }
}
