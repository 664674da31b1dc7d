//! Catalogs of any size, for benchmarks and tests of scale.

use std::fmt::Write as _;

const VERBS: [&str; 7] = [
    "create", "read", "update", "delete", "list", "move", "share",
];
const NOUNS: [&str; 5] = ["file", "project", "invoice", "deployment", "webhook"];

/// A catalog of `codes` codes, with texts as long as those of real catalogs.
pub(crate) fn catalog(codes: usize) -> String {
    let mut out = String::from(
        "version: 1\n\
         api: { title: Large, docs_url: \"https://docs.example.com/errors\", crate: large-errors }\n\
         retry: { statuses: [429, 503] }\n\
         types:\n  \
           request_error: { status: [400, 404, 409, 422], meaning: The request is wrong. }\n  \
           rate_limit_error: { status: 429, meaning: There were too many requests. }\n  \
           server_error: { status: 5xx, meaning: The server failed. }\n\
         codes:\n",
    );
    for number in 0..codes {
        let verb = VERBS[number % VERBS.len()];
        let noun = NOUNS[number / VERBS.len() % NOUNS.len()];
        let (error_type, status) = match number % 10 {
            0 => ("rate_limit_error", 429),
            1 => ("server_error", 503),
            rest => ("request_error", [400, 404, 409, 422][rest % 4]),
        };
        let _ = write!(
            out,
            "  cannot_{verb}_{noun}_{number:05}:\n    \
               type: {error_type}\n    \
               status: {status}\n    \
               message: The {noun} could not be handled ({verb}, rule {number}); nothing was changed on our side.\n    \
               meaning: Rule {number} of the {noun} service does not allow to {verb} a {noun} in its present state, whoever asks for it.\n    \
               fix: Look at the state of the {noun}, bring it into one that rule {number} allows, and then {verb} it again.\n"
        );
    }
    out
}

/// The arguments of a code.
pub(crate) type Arguments = Vec<(String, &'static str)>;

/// The same catalog, with one to three arguments for each of the first codes: a string, a number and a sensitive
/// string.
#[allow(dead_code, reason = "not all users need it")]
pub(crate) fn with_arguments(codes: usize, first: usize) -> String {
    let arguments = [
        ("name", "kind: string, meaning: The name of the resource"),
        ("limit", "kind: u64, meaning: The most that the plan allows"),
        (
            "token",
            "kind: string, meaning: The token of the caller, sensitive: true",
        ),
    ];
    with_arguments_of(codes, first, |number| {
        let arguments = arguments.iter().take(1 + number % arguments.len());
        arguments
            .map(|(name, rest)| ((*name).to_owned(), *rest))
            .collect()
    })
}

/// The same catalog, with the arguments that a function gives to the number of each of the first codes.
#[allow(dead_code, reason = "not all users need it")]
pub(crate) fn with_arguments_of(
    codes: usize,
    first: usize,
    arguments: impl Fn(usize) -> Arguments,
) -> String {
    let catalog = catalog(codes).replace("types:\n", "envelope: { details: true }\ntypes:\n");
    let mut out = String::with_capacity(2 * catalog.len());
    let mut number = 0;
    for line in catalog.lines() {
        let message = line.strip_prefix("    message: ");
        let Some(message) = message.filter(|_| number < first) else {
            let _ = writeln!(out, "{line}");
            continue;
        };
        let arguments = arguments(number);
        number += 1;
        let _ = write!(out, "    message: \"{message}");
        // A message does not contain what is sensitive.
        for (name, _) in arguments.iter().filter(|(name, _)| name != "token") {
            let _ = write!(out, " The {name} is {{{name}}}.");
        }
        let _ = writeln!(out, "\"\n    args:");
        for (name, argument) in arguments {
            let _ = writeln!(out, "      {name}: {{ {argument} }}");
        }
    }
    out
}
