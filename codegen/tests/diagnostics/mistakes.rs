//! One run reports every mistake, and each of them once.

use codegen::Severity;

use super::catalogs::{CODES, HEAD, TYPES, broken_rules, diagnostics, outcome, sound, sound_with};

#[test]
fn a_sound_catalog_has_no_diagnostics() {
    assert_eq!(diagnostics(&sound()), []);
}

#[test]
fn ten_mistakes_in_one_file_are_ten_diagnostics_in_the_order_of_the_file() {
    let catalog = "\
version: 1
api: { title: Example, docs_url: docs.example.com, crate: example-errors }
envelope: { param: nul }
types:
  request_error: { status: [400, 302], meaning: The request is wrong }
  limit_error: { status: 409, meaning: no }
codes:
  bad_name: { type: limit_error, meening: The name is taken, fix: Choose another }
  bad name: { type: limit_error, meaning: The name has spaces, fix: Choose another }
  empty_name: { type: limit_eror, meaning: The name is empty, fix: '' }
  long_name: { like: bad_nam, status: 500 }
  odd_name: { type: limit_error, message: 'The {name}.', fix: Choose another, meaning: Odd }
";
    assert_eq!(
        broken_rules(catalog),
        [
            "bad-url",
            "unknown-value",
            "bad-status",
            "yaml-trap",
            "unknown-key",
            "impossible-name",
            "unknown-type",
            "empty-text",
            "unknown-code",
            "placeholder-unknown",
        ]
    );
}

#[test]
fn a_mistake_that_many_codes_take_over_is_reported_once() {
    for mistake in [
        "type: requst_error, meaning: The name is taken",
        "type: request_error, status: 503, meaning: The name is taken",
        "type: request_error, status: 302, meaning: The name is taken",
        "type: request_error, meaning: 404",
        "type: request_error, meaning: Taken, message: 'The {name'",
        "type: request_error, meaning: Taken, message: 'The {name}'",
        "type: request_error, meaning: Taken, args: { name: { kind: string } }",
        "type: request_error, meaning: Taken, see: [{ text: Names, url: names }]",
        "type: request_error, meaning: Taken, retry: sometimes",
        "meaning: The name is taken",
    ] {
        let like = (0..50).map(|position| format!("  code_{position}: {{ like: base }}\n"));
        let like: String = like.collect();
        let catalog =
            format!("{HEAD}{TYPES}codes:\n  base: {{ {mistake}, fix: Choose another }}\n{like}");
        assert_eq!(broken_rules(&catalog).len(), 1, "{mistake}");
    }
}

#[test]
fn a_misspelt_type_is_not_echoed_by_what_depends_on_the_code() {
    let catalog = format!(
        "{HEAD}\
retry:
  statuses: [409]
  not_retryable:
    - code: bad_name
      reason: the name stays taken
envelope:
  example: {{ code: bad_name }}
{TYPES}codes:
  bad_name: {{ type: requst_error, status: 409, meaning: The name is taken, fix: Choose another }}
  odd_name: {{ like: bad_name, row: shared }}
"
    );
    assert_eq!(broken_rules(&catalog), ["unknown-type"]);
}

#[test]
fn a_broken_type_is_not_echoed_by_its_codes_and_statuses() {
    let catalog = format!(
        "{HEAD}\
retry: {{ statuses: [429] }}
types:
  request_error: {{ status: \"429\", meaning: The request is wrong }}
{CODES}"
    );
    assert_eq!(broken_rules(&catalog), ["bad-status"]);
}

#[test]
fn a_missing_section_is_not_echoed_by_what_refers_to_it() {
    assert_eq!(
        broken_rules(&format!("{HEAD}{CODES}")),
        ["missing-field"],
        "types"
    );
    let example = "envelope:\n  example: { code: bad_name }\n";
    assert_eq!(
        broken_rules(&format!("{HEAD}{example}{TYPES}")),
        ["missing-field"],
        "codes"
    );
}

#[test]
fn a_slip_in_a_required_key_is_not_echoed_as_a_missing_key() {
    for (right, wrong) in [
        ("type: r", "tpye: r"),
        ("meaning: The n", "meanin: The n"),
        ("fix:", "fixx:"),
        ("title:", "titel:"),
        ("types:", "tpyes:"),
        ("codes:", "codse:"),
        ("version:", "verison:"),
    ] {
        let catalog = sound().replace(right, wrong);
        assert_eq!(broken_rules(&catalog), ["unknown-key"], "{wrong}");
    }
}

#[test]
fn a_value_under_a_misspelt_key_is_checked_too() {
    let catalog = sound().replace("type: request_error", "tpye: requst_error");
    assert_eq!(broken_rules(&catalog), ["unknown-key", "unknown-type"]);
}

#[test]
fn what_a_refused_feature_would_have_brought_is_not_missed() {
    let anchored = format!(
        "{HEAD}{TYPES}codes:
  bad_name: &base {{ type: request_error, meaning: The name is taken, fix: Choose another }}
  odd_name: *base
  long_name: {{ <<: *base, meaning: The name is long }}
  wide_name: {{ type: !!str request_error, meaning: !m The name is wide, fix: Choose another }}
"
    );
    let features = broken_rules(&anchored.replace("!m ", ""));
    assert_eq!(features, ["yaml-feature"; 5]);
}

#[test]
fn warnings_alone_still_give_a_catalog() {
    let outcome = outcome(&sound_with(
        "lint:\n  allow: [{ rule: missing-fix, reason: There is no way out }]\n",
    ));
    assert!(outcome.value.is_some());
    let severities: Vec<_> = outcome.diagnostics.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::Warning]);
}

#[test]
fn an_error_withholds_the_catalog() {
    let outcome = outcome(&sound().replace("400", "302"));
    assert!(outcome.value.is_none());
}

#[test]
fn every_brace_of_a_message_that_is_wrong_is_reported() {
    let catalog = format!(
        "{HEAD}{TYPES}codes:\n  bad_name: {{ type: request_error, meaning: Taken, fix: Choose another, \
         message: \"{{a b}} and {{}} and {{x.y}} and {{unknown}} and }}\", \
         args: {{ unused: {{ kind: string }} }} }}\n"
    );
    assert_eq!(
        broken_rules(&catalog),
        [
            // The last brace cannot be told from others of its kind: its place is the message.
            "placeholder-syntax",
            "placeholder-syntax",
            "placeholder-syntax",
            "placeholder-syntax",
            "placeholder-unknown",
            "argument-unused",
        ]
    );
}
