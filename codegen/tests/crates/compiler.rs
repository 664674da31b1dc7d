//! What the compiler says to users of the crates.

use crate::building::command;
use crate::workspace::workspace;

#[test]
fn an_argument_cannot_be_forgotten() {
    let said = said_of_example("missing_field");
    assert!(
        said.contains("missing field `limit` in initializer"),
        "{said}"
    );
}

/// The compiler warns at each use of a deprecated code by name.
#[test]
fn the_compiler_warns_of_deprecated_codes() {
    let said = said_of_example("deprecated_names");
    let warnings = said
        .lines()
        .filter(|line| line.starts_with("error: use of deprecated"));
    let warnings: Vec<&str> = warnings.collect();
    let busy = "use `ErrorCode::TicketLocked`. Look for `ticket_locked`; \"busy\" | <b>is</b> \\ gone [with] \
                [`None`](4.0) {4.0.0} \"# */ soon";
    assert_eq!(
        warnings,
        [
            format!("error: use of deprecated unit variant `ticket_errors::ErrorCode::TicketBusy`: {busy}"),
            "error: use of deprecated unit variant `ticket_errors::operations::ChangeTicketError::TicketStale`: Send `If-Match`"
                .to_owned(),
            format!("error: use of deprecated struct `ticket_errors::args::TicketBusy`: {busy}"),
            format!("error: use of deprecated field `ticket_errors::args::TicketBusy::id`: {busy}"),
        ],
        "{said}"
    );
}

/// The compiler does not warn at code that is generic over codes.
#[test]
fn the_compiler_does_not_warn_of_codes_that_are_not_named() {
    let said = said_of_example("by_name");
    assert!(
        !said.contains("warning") && !said.contains("error"),
        "{said}"
    );
}

/// What the compiler says of an example that uses the crates.
fn said_of_example(name: &str) -> String {
    let arguments = [
        "check",
        "--offline",
        "--quiet",
        "--package",
        "misuse",
        "--example",
        name,
    ];
    let output = command(workspace(), &arguments).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}
