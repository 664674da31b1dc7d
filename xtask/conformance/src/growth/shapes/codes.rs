//! Catalogs with many codes.

use super::super::texts::{self, BEFORE, File, catalog, code, codes, lines, list, one};

pub(super) fn plain(count: usize) -> Vec<File> {
    catalog(&texts::plain(count), "")
}

/// What is written for proxies does not grow.
pub(super) fn behind_proxies(count: usize) -> Vec<File> {
    let after = "framework:\n  - { status: 4xx, type: request_error }\n\
                 proxies: [nginx, haproxy, apache, caddy, varnish]\n\
                 lint: { levels: { proxy-status: \"off\" } }\n";
    catalog(&texts::plain(count), after)
}

pub(super) fn on_one_line(count: usize) -> Vec<File> {
    let entries = list(count, |i| {
        format!(
            "code_{i}: {{ type: request_error, status: 404, meaning: Rule {i} is broken, fix: Look at rule {i} }}"
        )
    });
    one(format!(
        "{}{}codes: {{ {entries} }}\n",
        texts::head(),
        texts::TYPES
    ))
}

/// As a program writes it.
pub(super) fn as_json(count: usize) -> Vec<File> {
    let entries = list(count, |i| {
        format!(
            "\"code_{i}\": {{\"type\": \"request_error\", \"status\": 404, \"meaning\": \"Rule {i} is broken\", \
             \"fix\": \"Look at rule {i}\"}}"
        )
    });
    one(format!(
        "{{\"version\": 1, \"api\": {{\"title\": \"Large\", \"docs_url\": \"https://docs.example.com/errors\", \
         \"crate\": \"large-errors\"}}, \"types\": {{\"request_error\": {{\"status\": [400, 404], \
         \"meaning\": \"The request is wrong\"}}}}, \"codes\": {{{entries}}}}}\n"
    ))
}

pub(super) fn like_one(count: usize) -> Vec<File> {
    like(count, |_| 0)
}

pub(super) fn like_the_one_before(count: usize) -> Vec<File> {
    like(count, |number| number - 1)
}

fn like(count: usize, base: fn(usize) -> usize) -> Vec<File> {
    let others = lines(count, |i| {
        let (own, base) = (i + 1, base(i + 1));
        format!("  code_{own}: {{ meaning: Rule {own}, like: code_{base} }}\n")
    });
    catalog(&(code(0, "") + &others), "")
}

/// Of one parent, each with an argument more.
pub(super) fn children(count: usize) -> Vec<File> {
    let others = lines(count, |i| {
        format!(
            "  code_{}: {{ message_suffix: \"Rule {i} of {{rule}}\", args: {{ rule: {{ kind: u64 }} }}, like: code_0 }}\n",
            i + 1
        )
    });
    let parent = code(
        0,
        "    message: No {name}\n    args: { name: { kind: string } }\n",
    );
    catalog(&(parent + &others), "")
}

pub(super) fn in_one_row(count: usize) -> Vec<File> {
    let others = lines(count, |i| {
        format!(
            "  code_{}: {{ message: Message {i}, like: code_{i}, row: shared }}\n",
            i + 1
        )
    });
    catalog(&(code(0, "") + &others), "")
}

/// Each with a type of its own, and none of them in a public output.
pub(super) fn internal(count: usize) -> Vec<File> {
    let mut files = super::sections::types(count);
    if let Some((_, text)) = files.first_mut() {
        text.push_str(&lines(count, |i| {
            let further = "    audience: internal\n";
            code(count + i, further).replace("request_error", &format!("type_{i}"))
        }));
    }
    files
}

pub(super) fn deprecated(count: usize) -> Vec<File> {
    let further = |_| "    deprecated: { use: last, note: Use the other }\n".to_owned();
    let last = code(0, "").replace("code_0", "last");
    catalog(&(codes(count, further) + &last), "")
}

/// With one meaning, so that only their names show which is which.
pub(super) fn renamed(count: usize) -> Vec<File> {
    let codes = lines(count, |i| {
        format!(
            "  {BEFORE}{i}: {{ type: request_error, status: 404, meaning: Same, fix: Look at it }}\n"
        )
    });
    catalog(&codes, "")
}

/// Before one code.
pub(super) fn comments(count: usize) -> Vec<File> {
    let comments = lines(count, |i| format!("  # comment {i}\n\n"));
    catalog(&(comments + &code(0, "")), "")
}
