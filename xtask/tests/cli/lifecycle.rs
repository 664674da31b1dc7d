//! `explain` and `list` on codes that are on their way out, or gone.

use serde_json::{Value, json};

use crate::project::Project;

const CATALOG: &str = "\
version: 1
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors, version: 3.1.0 }
types:
  ticket_error: { status: [400, 404], meaning: The ticket cannot be changed }
codes:
  ticket_missing:
    type: ticket_error
    status: 404
    meaning: There is no such ticket
    fix: Check its id
    aliases: [no_ticket]
    since: 1.2.0
  ticket_busy:
    type: ticket_error
    meaning: The ticket is in use
    fix: Try again
    deprecated: { since: 2.0.0, use: ticket_missing, note: Look for the other one }
  ticket_stale:
    type: ticket_error
    meaning: The ticket was changed
    fix: Read it again
    deprecated: { note: Send its version }
retired:
  ticket_gone: { since: 3.0.0, reason: Tickets are kept for ever, use: ticket_missing, slug: gone, aliases: [vanished] }
  ticket_lost: { reason: It was never sent, audience: internal }
";

fn project() -> Project {
    Project::with_catalog(CATALOG)
}

#[test]
fn explain_prints_a_deprecation() {
    let run = project().run("explain ticket_busy").exits_with(0);
    run.says_nothing().prints(
        "\
code     ticket_busy
state    deprecated since 2.0.0
use      ticket_missing
note     Look for the other one
type     ticket_error
",
    );
    let run = project().run("explain ticket_stale").exits_with(0);
    run.prints("\nstate    deprecated, not released yet\nnote     Send its version\n");
    let run = project().run("explain ticket_missing").exits_with(0);
    assert!(!run.stdout.contains("state"), "{}", run.stdout);
    run.prints("\nsince    1.2.0\naliases  no_ticket\n");
}

#[test]
fn explain_prints_a_retired_code() {
    let run = project().run("explain ticket_gone").exits_with(0);
    let expected = "\
code     ticket_gone
state    retired since 3.0.0
use      ticket_missing
reason   Tickets are kept for ever
aliases  vanished
docs     https://docs.example.com/gone
";
    assert_eq!(run.says_nothing().stdout, expected);
    let run = project().run("explain ticket_lost").exits_with(0);
    run.prints(
        "\nstate    retired, not released yet\nreason   It was never sent\naudience internal\n",
    );
}

/// Links contain current and former names of pages.
#[test]
fn explain_finds_a_code_by_the_name_of_its_page() {
    let project = project();
    for (page, code) in [
        ("no_ticket", "ticket_missing"),
        ("gone", "ticket_gone"),
        ("vanished", "ticket_gone"),
    ] {
        let of_code = project.run(&format!("explain {code}")).exits_with(0).stdout;
        let of_page = project.run(&format!("explain {page}")).exits_with(0);
        let lead = format!("`{page}` names the page of `{code}`.\n\n");
        assert_eq!(of_page.says_nothing().stdout, lead + &of_code);
    }
}

#[test]
fn a_slip_in_the_name_of_a_retired_code_or_a_former_page_is_understood() {
    for (name, meant) in [("ticket_gonne", "ticket_gone"), ("vanishd", "vanished")] {
        let run = project().run(&format!("explain {name}")).exits_with(2);
        run.prints_nothing()
            .says(&format!("did you mean `{meant}`?"));
    }
}

#[test]
fn list_marks_deprecated_codes_and_lists_them_alone() {
    let project = project();
    let all = project.run("list").exits_with(0).says_nothing();
    assert_eq!(all.stdout.matches("(deprecated)").count(), 2);
    all.prints("ticket_busy (deprecated) ");
    let run = project.run("list --deprecated --format json").exits_with(0);
    let rows: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let found: Vec<&Value> = rows.as_array().into_iter().flatten().collect();
    let found: Vec<[&Value; 2]> = found
        .iter()
        .map(|row| [&row["code"], &row["deprecated"]])
        .collect();
    let busy =
        json!({ "since": "2.0.0", "use": "ticket_missing", "note": "Look for the other one" });
    let stale = json!({ "since": null, "use": null, "note": "Send its version" });
    assert_eq!(
        json!(found),
        json!([["ticket_busy", busy], ["ticket_stale", stale]])
    );
}

#[test]
fn list_shows_retired_codes_where_they_are_wanted() {
    let project = project();
    assert!(
        !project
            .run("list")
            .exits_with(0)
            .stdout
            .contains("ticket_gone")
    );
    let table = project
        .run("list --retired")
        .exits_with(0)
        .says_nothing()
        .stdout;
    let expected = "\
CODE         SINCE  USE             REASON
ticket_gone  3.0.0  ticket_missing  Tickets are kept for ever
ticket_lost                         It was never sent
";
    assert_eq!(table, expected);
    let run = project.run("list --retired --format json").exits_with(0);
    let rows: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let gone = json!({
        "code": "ticket_gone",
        "since": "3.0.0",
        "use": "ticket_missing",
        "reason": "Tickets are kept for ever",
        "docs": "https://docs.example.com/gone",
    });
    assert_eq!(rows[0], gone);
    let run = project.run("list --retired --status 404").exits_with(2);
    run.prints_nothing().says("cannot be used with");
}
