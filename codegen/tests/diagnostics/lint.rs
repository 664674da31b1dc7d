//! The `lint` section: levels and allowances.

use codegen::{Diagnostic, Severity};

use super::catalogs::{CODES, HEAD, TYPES, broken_rules, diagnostics, outcome};

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
fn an_allowance_without_codes_holds_for_the_whole_catalog() {
    let lint = "lint: { allow: [{ rule: missing-fix, reason: There is no way out }] }";
    assert_eq!(findings(&without_fixes(lint)), []);
}

#[test]
fn an_allowance_with_codes_holds_for_these_alone() {
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

#[test]
fn allowances_name_codes_that_exist() {
    let lint = "lint: { levels: { missing-fix: off }, \
                allow: [{ rule: missing-fix, codes: [no_wa], reason: There is no way out }] }";
    let found = broken_rules(&without_fixes(lint));
    assert_eq!(found, ["unknown-code"]);
}

#[test]
fn rules_that_always_hold_cannot_be_changed() {
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

#[test]
fn a_text_is_still_to_be_written_where_it_begins_with_the_word_todo() {
    for (fix, expected) in [
        ("TODO", true),
        ("\"TODO: say what to do\"", true),
        ("TODOs are no fix", false),
        ("Write the TODO", false),
    ] {
        let catalog = format!(
            "{HEAD}{TYPES}codes:\n  bad_name: {{ type: request_error, meaning: Taken, fix: {fix} }}\n"
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
