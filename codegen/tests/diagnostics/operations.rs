//! What operations state of their codes is judged and allowed as what the codes state.

use super::catalogs::{broken_rules, diagnostics};

/// A catalog whose operation states something of a code.
fn catalog(stated: &str, rest: &str) -> String {
    format!(
        "version: 1
api: {{ title: Names, docs_url: https://docs.example.com, crate: name-errors }}
types:
  request_error: {{ status: 4xx, meaning: The request is wrong }}
codes:
  bad_name: {{ type: request_error, meaning: The name is taken, fix: Choose another }}
operations:
  rename: {{ method: PUT, path: /name, errors: [{{ code: bad_name, {stated} }}] }}
{rest}"
    )
}

fn allow(rule: &str) -> String {
    let reason = "a proxy before us needs it";
    format!("lint: {{ allow: [{{ rule: {rule}, codes: [bad_name], reason: {reason} }}] }}\n")
}

#[test]
fn an_allowance_names_the_code_of_a_mapping() {
    for (stated, rule) in [
        ("status: 429", "429-without-retry"),
        ("fix: Another name", "missing-fix-verb"),
        ("meaning: \"The name\\nis taken\"", "multi-line-text"),
        (
            "fix: Wait as long as `Retry-After` says",
            "retry-after-without-header",
        ),
    ] {
        let found = diagnostics(&catalog(stated, ""));
        let found: Vec<&str> = found.iter().map(|found| found.rule.id()).collect();
        assert_eq!(found, [rule], "{stated}");
        let allowed = catalog(stated, &allow(rule));
        assert_eq!(diagnostics(&allowed), [], "{stated}");
    }
}

#[test]
fn a_status_that_is_retryable_is_judged_by_the_rule_that_follows() {
    let listed = "retry: { statuses: [429] }\n";
    assert_eq!(diagnostics(&catalog("status: 429", listed)), []);
    let conflict = "retry: { statuses: [409] }\n";
    assert_eq!(
        broken_rules(&catalog("status: 409", conflict)),
        ["retry-4xx-without-reason"]
    );
}

/// An error has such a status, if only in an operation.
#[test]
fn the_retry_section_can_name_a_status_that_only_an_operation_states() {
    let statuses = "retry: { statuses: [421] }\n";
    assert_eq!(diagnostics(&catalog("status: 421", statuses)), []);
    let reasons = "retry: { not_retryable: [{ status: 410, reason: it is gone }] }\n";
    assert_eq!(diagnostics(&catalog("status: 410", reasons)), []);
    let narrow = |text: String| text.replace("status: 4xx", "status: [400, 404]");
    assert_eq!(
        diagnostics(&narrow(catalog("status: 410", reasons))),
        [],
        "the type lists other statuses"
    );
    assert_eq!(
        broken_rules(&narrow(catalog("status: 404", reasons))),
        ["retry-unknown-status"]
    );
}
