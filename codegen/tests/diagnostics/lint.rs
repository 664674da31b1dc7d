//! The `lint` section: levels and allowances.

use codegen::{Diagnostic, Inputs, Severity, Source, compile};
use jiff::ToSpan as _;

use super::catalogs::{CODES, DAY, HEAD, TYPES, broken_rules, diagnostics, outcome};

/// A catalog in which two codes have no fix, and this `lint` section.
fn without_fixes(lint: &str) -> String {
    format!(
        "{HEAD}{TYPES}{CODES}  \
  no_way: {{ type: request_error, meaning: There is no way }}
  no_hope: {{ type: request_error, meaning: There is no hope }}
{lint}"
    )
}

fn findings(catalog: &str) -> Vec<(&'static str, Severity)> {
    let found = diagnostics(catalog);
    let finding = |found: &Diagnostic| (found.rule.id(), found.severity);
    found.iter().map(finding).collect()
}

#[test]
fn a_missing_fix_is_an_error_by_default() {
    let expected = [("missing-fix", Severity::Error); 2];
    assert_eq!(findings(&without_fixes("")), expected);
}

#[test]
fn the_level_warn_makes_it_a_warning() {
    let catalog = without_fixes("lint: { levels: { missing-fix: warn } }");
    let expected = [("missing-fix", Severity::Warning); 2];
    assert_eq!(findings(&catalog), expected);
    assert!(outcome(&catalog).value.is_some());
}

#[test]
fn the_level_off_silences_it() {
    let catalog = without_fixes("lint: { levels: { missing-fix: off } }");
    assert_eq!(findings(&catalog), []);
    assert!(outcome(&catalog).value.is_some());
}

#[test]
fn the_level_error_makes_a_warning_an_error() {
    let lint = "lint: { levels: { unneeded-allow: error, missing-fix: off }, \
                allow: [{ rule: missing-meaning, reason: Old codes have none }] }";
    let catalog = without_fixes(lint);
    assert_eq!(findings(&catalog), [("unneeded-allow", Severity::Error)]);
    assert!(outcome(&catalog).value.is_none());
}

#[test]
fn an_allowance_without_codes_applies_to_the_whole_catalog() {
    let lint = "lint: { allow: [{ rule: missing-fix, reason: There is no way out }] }";
    assert_eq!(findings(&without_fixes(lint)), []);
}

#[test]
fn an_allowance_with_codes_applies_to_these_only() {
    let lint =
        "lint: { allow: [{ rule: missing-fix, codes: [no_way], reason: There is no way out }] }";
    let catalog = without_fixes(lint);
    let found = diagnostics(&catalog);
    assert_eq!(found.len(), 1);
    assert_eq!(&catalog[found[0].primary.span.range()], "no_hope");
}

#[test]
fn an_allowance_needs_a_reason() {
    for lint in [
        "lint: { allow: [{ rule: missing-fix }] }",
        "lint: { allow: [{ rule: missing-fix, codes: [no_way, no_hope] }] }",
    ] {
        assert_eq!(broken_rules(&without_fixes(lint)), ["missing-field"]);
    }
    let empty = "lint: { allow: [{ rule: missing-fix, reason: '' }] }";
    assert_eq!(broken_rules(&without_fixes(empty)), ["empty-text"]);
}

#[test]
fn an_allowance_that_allows_nothing_is_a_warning() {
    let lint = "lint: { levels: { missing-fix: off }, \
                allow: [{ rule: multi-line-text, reason: Poetry }] }";
    let catalog = without_fixes(lint);
    assert_eq!(findings(&catalog), [("unneeded-allow", Severity::Warning)]);
}

#[test]
fn an_allowed_code_that_needs_no_allowance_is_a_warning() {
    let lint = "lint: { allow: [{ rule: missing-fix, codes: [no_way, bad_name, no_hope], \
                reason: There is no way out }] }";
    let catalog = without_fixes(lint);
    assert_eq!(findings(&catalog), [("unneeded-allow", Severity::Warning)]);
    let span = diagnostics(&catalog)[0].primary.span;
    assert_eq!(&catalog[span.range()], "bad_name");
    assert!(catalog[..span.range().start].ends_with("[no_way, "));
}

/// A catalog in which missing fixes are allowed until a day.
fn allowed_until(day: &str) -> String {
    without_fixes(&format!(
        "lint: {{ allow: [{{ rule: missing-fix, until: {day}, reason: There is no way out }}] }}"
    ))
}

#[test]
fn an_allowance_applies_until_the_end_of_its_last_day() {
    let today = DAY.to_string();
    assert_eq!(findings(&allowed_until(&today)), []);
    assert_eq!(findings(&allowed_until(&format!("\"{today}\""))), []);
    let yesterday = DAY.checked_sub(1.day()).expect("a day before");
    let expected = [
        ("missing-fix", Severity::Error),
        ("missing-fix", Severity::Error),
        ("expired-allow", Severity::Error),
    ];
    assert_eq!(findings(&allowed_until(&yesterday.to_string())), expected);
}

#[test]
fn without_a_day_no_allowance_expires() {
    let source = Source::new("catalog.yaml", allowed_until("2001-01-01").into_bytes());
    let outcome = compile(&Inputs::new(source));
    assert_eq!(outcome.diagnostics, []);
}

#[test]
fn an_expired_allowance_is_reported_once_and_not_as_unneeded() {
    let lint = "lint: { levels: { missing-fix: off }, allow: [{ rule: missing-fix, \
                codes: [no_way, no_hope, bad_name], until: 2001-01-01, reason: None }] }";
    let catalog = without_fixes(lint);
    assert_eq!(findings(&catalog), [("expired-allow", Severity::Error)]);
    let warned = catalog.replace("levels: {", "levels: { expired-allow: warn,");
    assert_eq!(findings(&warned), [("expired-allow", Severity::Warning)]);
}

#[test]
fn a_day_has_one_form() {
    for day in [
        "2027-3-31",
        "20270331",
        "2027-13-01",
        "2027-02-29",
        "2027-03-31T00:00:00Z",
        "soon",
        "\"\"",
    ] {
        assert_eq!(broken_rules(&allowed_until(day)), ["wrong-kind"], "{day}");
    }
}

#[test]
fn allowances_name_codes_that_exist() {
    let lint = "lint: { levels: { missing-fix: off }, \
                allow: [{ rule: missing-fix, codes: [no_wa], reason: There is no way out }] }";
    let found = broken_rules(&without_fixes(lint));
    assert_eq!(found, ["unknown-code"]);
}

#[test]
fn rules_that_always_apply_have_no_level() {
    for lint in [
        "lint: { levels: { missing-fix: off, duplicate-key: off } }",
        "lint: { levels: { missing-fix: off }, allow: [{ rule: bad-url, reason: Ours }] }",
    ] {
        assert_eq!(broken_rules(&without_fixes(lint)), ["unknown-rule"]);
    }
}

#[test]
fn a_line_break_in_a_meaning_is_found_however_it_is_written() {
    for meaning in [
        "|\n      The name\n      is taken\n",
        "\"The name\\nis taken\"\n",
        "\"The name\\u2028is taken\"\n",
    ] {
        let catalog = format!(
            "{HEAD}{TYPES}codes:\n  bad_name:\n    type: request_error\n    \
             fix: Choose another\n    meaning: {meaning}"
        );
        assert_eq!(
            findings(&catalog),
            [("multi-line-text", Severity::Warning)],
            "{meaning}"
        );
    }
}

#[test]
fn a_folded_text_and_a_block_of_one_line_are_one_line() {
    for meaning in [
        ">\n      The name\n      is taken\n",
        "|\n      The name is taken\n",
        "The name\n      is taken\n",
    ] {
        let catalog = format!(
            "{HEAD}{TYPES}codes:\n  bad_name:\n    type: request_error\n    \
             fix: Choose another\n    meaning: {meaning}"
        );
        assert_eq!(findings(&catalog), [], "{meaning}");
    }
}

/// Each lint rule that looks at one code, with fields of a code that break it.
const BROKEN: [(&str, &str); 9] = [
    ("missing-fix-verb", "fix: The client"),
    ("fix-by-reference", "fix: Same"),
    (
        "message-too-long",
        "message: This text is longer than forty characters are.",
    ),
    ("message-leaks", "message: The file /etc/names is gone."),
    (
        "sensitive-in-message",
        "message: 'Not {pin}.', args: { pin: { kind: string } }",
    ),
    ("retry-4xx-without-reason", "retry: backoff"),
    ("retry-after-without-header", "fix: Obey `Retry-After`"),
    ("429-without-retry", "status: 429"),
    (
        "see-broken",
        "see: [{ text: A, url: 'https://a.example' }, { text: B, url: 'https://a.example' }]",
    ),
];

/// A catalog with a code of these fields, two codes that take them over, and this `lint` section.
fn broken(fields: &str, levels: &str, allow: &str) -> String {
    let fix = if fields.contains("fix:") {
        ""
    } else {
        ", fix: Choose another"
    };
    format!(
        "{HEAD}types:\n  request_error: {{ status: 4xx, meaning: The request is wrong }}\n\
         codes:\n  bad_name: {{ type: request_error, meaning: The name is bad{fix}, {fields} }}\n  \
         odd_name: {{ like: bad_name, meaning: The name is odd }}\n  \
         old_name: {{ like: odd_name, meaning: The name is old }}\n\
         lint:\n  max_message: 40\n  \
         levels: {{ {levels} }}\n  allow: [{allow}]\n"
    )
}

#[test]
fn what_a_code_takes_over_is_judged_at_the_code_it_is_like() {
    for (rule, fields) in BROKEN {
        assert_eq!(broken_rules(&broken(fields, "", "")), [rule], "{fields}");
    }
}

#[test]
fn every_rule_can_be_off_and_can_stop_the_run() {
    for (rule, fields) in BROKEN {
        let levels = format!("{rule}: off");
        assert_eq!(findings(&broken(fields, &levels, "")), [], "{fields}");
        let levels = format!("{rule}: error");
        let expected = [(rule, Severity::Error)];
        assert_eq!(findings(&broken(fields, &levels, "")), expected, "{fields}");
    }
}

#[test]
fn every_rule_can_be_allowed_to_a_code() {
    for (rule, fields) in BROKEN {
        let allow = |code: &str| format!("{{ rule: {rule}, codes: [{code}], reason: Ours }}");
        let allowed = broken(fields, "", &allow("bad_name"));
        assert_eq!(broken_rules(&allowed), [""; 0], "{fields}");
        let other = broken(fields, "", &allow("odd_name"));
        assert_eq!(broken_rules(&other), [rule, "unneeded-allow"], "{fields}");
    }
}

#[test]
fn an_allowance_is_not_called_unneeded_while_a_code_is_not_known() {
    let allow = "{ rule: retry-4xx-without-reason, reason: Ours }";
    let catalog = broken("retry: backoff", "", allow).replace("type: request_e", "type: requst_e");
    assert_eq!(broken_rules(&catalog), ["unknown-type"]);
}

#[test]
fn a_text_is_still_to_be_written_where_it_begins_with_the_word_todo() {
    for (fix, expected) in [
        ("TODO", true),
        ("\"TODO: say what to do\"", true),
        ("TODOs are no fix", false),
        ("Write the TODO", false),
    ] {
        let catalog = format!(
            "{HEAD}{TYPES}codes:\n  bad_name: {{ type: request_error, meaning: Taken, fix: {fix} }}\n\
             lint: {{ levels: {{ missing-fix-verb: off }} }}\n"
        );
        let found = findings(&catalog);
        let expected = expected.then_some(("todo-left", Severity::Warning));
        assert_eq!(found, Vec::from_iter(expected), "{fix}");
    }
    let allowed = "lint: { allow: [{ rule: todo-left, codes: [bad_name], reason: Soon }] }\n";
    let catalog = format!(
        "{HEAD}{TYPES}codes:\n  bad_name: {{ type: request_error, meaning: TODO, fix: TODO }}\n{allowed}"
    );
    assert_eq!(findings(&catalog), []);
}
