//! `explain` of a style, and of a name that several codes send.

use crate::project::{Project, SMALL};

/// A catalog with a style of its own: names by status, and names that a type and a code state.
const STYLED: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
envelope:
  style: [acme, openai]
  shapes:
    acme:
      content_type: application/vnd.acme+json
      body: { ok: false, code: $code, kind: $type, text: $message, field: \"$param?\" }
      event: { name: failed, data: { error: $body, request: \"$request_id?\" } }
      types: { 404: missing, 4xx: invalid }
      known_types: [gone]
      codes: upper_snake
    unused: { body: { code: $code, text: $message } }
types:
  request_error: { status: [400, 404], meaning: The request is wrong, names: { acme: gone } }
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another, names: { acme: N1 } }
lint: { levels: { unused-shape: \"off\" } }
";

#[test]
fn explain_prints_the_body_and_the_event_of_a_style_and_where_its_names_come_from() {
    let project = Project::with_catalog(STYLED);
    let run = project.run("explain acme").exits_with(0).says_nothing();
    let expected = "\
style    acme
sent     by default
media    application/vnd.acme+json
types    status 404: missing
         other 4xx: invalid
         other statuses: the wire name
         type request_error: gone
known    gone
codes    the wire name in upper snake case
         code bad_name: N1
rust     EnvelopeStyle::Acme

{
  \"ok\": false,
  \"code\": \"$code\",
  \"kind\": \"$type\",
  \"text\": \"$message\",
  \"field\": \"$param?\"
}

The data of its event `failed`:

{
  \"error\": {
    \"ok\": false,
    \"code\": \"$code\",
    \"kind\": \"$type\",
    \"text\": \"$message\",
    \"field\": \"$param?\"
  },
  \"request\": \"$request_id?\"
}
";
    assert_eq!(run.stdout, expected);
    for name in ["Acme", "EnvelopeStyle::Acme"] {
        let run = project.run(&format!("explain {name}")).exits_with(0);
        assert_eq!(run.stdout, expected, "{name}");
    }
    let run = project.run("explain openai").exits_with(0);
    run.prints("sent     to clients that choose it\n")
        .prints("types    the wire name\ncodes    the wire name\n");
    let run = project.run("explain unused").exits_with(0);
    run.prints("style    unused\nsent     never: `envelope: style` does not list it\n");
    let run = project.run("explain acmee").exits_with(2);
    run.says("did you mean `acme`?");
}

#[test]
fn explain_prints_a_style_that_the_api_does_not_send() {
    let project = Project::with_catalog(SMALL);
    let run = project.run("explain anthropic").exits_with(0);
    run.says_nothing()
        .prints("style    anthropic\nsent     never: clients of the API read it\n")
        .prints("types    status 400: invalid_request_error\n")
        .prints("         status 529: overloaded_error\n")
        .prints("         other 5xx: api_error\n")
        .prints("known    memory_path_conflict_error, memory_precondition_failed_error\n")
        .prints("codes    none: the body has no code\n")
        .prints("\nThe data of its event `error` is the body.\n");
}

#[test]
fn a_name_that_is_both_a_code_and_a_style_is_explained_as_both() {
    let project = Project::with_catalog(&SMALL.replace("bad_name", "problem"));
    let run = project.run("explain problem").exits_with(0);
    run.prints("code     problem\n")
        .prints("\n\nstyle    problem\n");
}

/// Codes of two namespaces that send one name.
const NAMESPACES: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
types:
  device_error: { status: 409, meaning: The device cannot work }
codes:
  inkjet.12: { type: device_error, meaning: The ink is used up, fix: Replace it, group: inkjet, rust: InkUsedUp }
  laser.12: { type: device_error, meaning: The toner is used up, fix: Replace it, group: laser, rust: TonerUsedUp }
groups:
  inkjet: { prefix: inkjet., namespace: true }
  laser: { prefix: laser., namespace: true }
";

#[test]
fn explain_of_a_sent_name_lists_the_codes_that_have_it() {
    let project = Project::with_catalog(NAMESPACES);
    let run = project.run("explain 12").exits_with(0);
    for line in [
        "code     inkjet.12",
        "code     laser.12",
        "namespace laser",
        "sent     12",
    ] {
        assert!(
            run.stdout.lines().any(|said| said == line),
            "{}",
            run.stdout
        );
    }
    let run = project.run("explain laser.12").exits_with(0);
    assert!(!run.stdout.contains("inkjet"), "{}", run.stdout);
    let run = project.run("list --format json").exits_with(0);
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(rows[1]["code"], "laser.12");
    assert_eq!(rows[1]["namespace"], "laser");
    assert_eq!(rows[1]["sent"], "12");
}
