//! Catalogs that no file should contain: many names, of every length and width.

use std::fmt::Write as _;

/// So many codes that a hash finds them, of every length up to a hundred and some up to the longest, that differ in a
/// single place only.
pub(crate) fn names() -> String {
    let mut out = String::from(
        "version: 1\napi: { title: Names, docs_url: \"https://example.com\", crate: names-errors }\n\
         lint: { levels: { duplicate-meaning: off } }\n\
         types:\n  t: { status: 400, meaning: Bad }\ncodes:\n",
    );
    for length in (1..=100).chain([101, 120, 121, 150, 199, 200]) {
        let base = "x".repeat(length);
        let mut names = vec![base.clone()];
        for (letter, place) in [("a", 0), ("b", length / 2), ("c", length - 1)] {
            names.push(format!("{}{letter}{}", &base[..place], &base[place + 1..]));
        }
        if length <= 49 {
            names.push(format!("n.{}", "ä".repeat(length)));
        }
        for name in names {
            writeln!(
                out,
                "  {name}: {{ type: t, message: Sorry, meaning: Bad, fix: Try }}"
            )
            .unwrap();
        }
    }
    let longest = "y".repeat(200);
    writeln!(
        out,
        "  {longest}: {{ type: t, message: \"{{size}}\", args: {{ size: {{ kind: u64 }} }}, meaning: Bad, fix: Try }}"
    )
    .unwrap();
    out
}

/// So many codes with arguments that those with the same arguments share a struct.
pub(crate) fn with_arguments() -> String {
    let mut out = crate::catalogs::with_arguments(1_000, 120);
    for (name, meaning, until) in [
        ("lease_ended", "A lease has ended", "When it ended"),
        ("lease_refused", "A lease is refused", "When it is free"),
    ] {
        let _ = write!(
            out,
            "  {name}:\n    type: request_error\n    status: 409\n    \
             message: \"{{owner}}, {{until}}, {{parts}}.\"\n    args:\n      \
             owner: {{ kind: string, nullable: true, absent: nobody }}\n      \
             until: {{ kind: timestamp, meaning: {until}. }}\n      \
             parts: {{ kind: strings, nullable: true }}\n      \
             count: {{ kind: u64, nullable: true, sensitive: true }}\n    \
             meaning: {meaning}.\n    fix: Wait for it.\n"
        );
    }
    for (name, args) in [
        ("alone", "only_here: { kind: bool }"),
        ("limit_in_text", "limit: { kind: string }"),
        ("limit_in_text_too", "limit: { kind: string }"),
        ("limit_in_steps", "limit: { kind: i64 }"),
        ("limit_in_steps_too", "limit: { kind: i64 }"),
        ("limit_2", "limit2: { kind: u64 }"),
        ("limit_2_too", "limit2: { kind: u64 }"),
    ] {
        let argument = args.split(':').next().unwrap_or_default();
        let _ = write!(
            out,
            "  {name}:\n    type: request_error\n    status: 409\n    \
             message: \"The value of {name} is {{{argument}}}.\"\n    args: {{ {args} }}\n    \
             meaning: The state does not allow {name}.\n    fix: Look at the state.\n"
        );
    }
    for (name, order) in [
        ("moved", ["from", "token", "to", "pause"]),
        ("moved_back", ["pause", "to", "token", "from"]),
        ("moved_aside", ["to", "from", "pause", "token"]),
    ] {
        let _ = write!(
            out,
            "  {name}:\n    type: request_error\n    status: 409\n    \
             message: \"From {{from}} to {{to}}, {{pause}}.\"\n    \
             meaning: The state does not allow {name}.\n    fix: Look at the state.\n    args:\n"
        );
        for argument in order {
            let kind = match argument {
                "pause" => "duration, nullable: true, absent: at once",
                "token" => "string, sensitive: true",
                _ => "string",
            };
            let _ = writeln!(out, "      {argument}: {{ kind: {kind} }}");
        }
    }
    out
}

/// A hundred codes, the most that a `match` finds; more types than that; and names, texts and
/// arguments of every width that a line of rustfmt can break at.
pub(crate) fn limits() -> String {
    let mut out = format!(
        "version: 1\napi: {{ title: {}, docs_url: \"https://example.com\", crate: limits-errors }}\n\
         envelope: {{ request_id: x-{} }}\n\
         lint: {{ levels: {{ missing-fix-verb: off, style: off }} }}\ntypes:\n",
        "T".repeat(80),
        "r".repeat(60)
    );
    for width in 1..=100 {
        let name = "t".repeat(width);
        writeln!(out, "  {name}: {{ status: [400, 422], meaning: {name} }}").unwrap();
    }
    for number in 0..50 {
        writeln!(out, "  type_{number}: {{ status: 500, meaning: Many }}").unwrap();
    }
    out.push_str("codes:\n");
    for width in 1..=99 {
        let name = "c".repeat(width);
        let argument = "a".repeat(width.min(60));
        writeln!(
            out,
            "  {name}:\n    type: {}\n    message: \"{name} {{{argument}}}\"\n    \
             args: {{ {argument}: {{ kind: bool }}, b: {{ kind: bool }}, c: {{ kind: bool }}, \
             d: {{ kind: bool }} }}\n    param: {name}\n    meaning: {name}\n    fix: \"\u{212B} \u{1100}\u{1161}\"",
            "t".repeat(width)
        )
        .unwrap();
    }
    // A name that the generated code uses itself.
    out.push_str(
        "  fn_mut: { type: t, message: \"{x}\", args: { x: { kind: string } }, meaning: M, fix: F }\n",
    );
    out.replace("}\"\n    args", "} {b} {c} {d}\"\n    args")
}
