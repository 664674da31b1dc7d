//! Every kind of fault at once: each gets its rule, in each report.

use codegen::Rule;
use codegen::rule::RuleKind;
use error_catalog_audit::judge::Judge;

use super::support::{catalog, documented, exchange, file, judged, settings};

/// The wrong examples of all rules, and after each of them its right one.
pub(crate) fn all() -> Vec<error_catalog_audit::exchange::Exchange<'static>> {
    let page = file("docs/rules.md");
    let examples = page.split("```http\n").skip(1);
    let examples = examples.filter_map(|rest| rest.split_once("```"));
    examples.map(|(example, _)| exchange(example)).collect()
}

#[test]
fn every_planted_fault_is_found_once() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &all());
    let mut found: Vec<_> = tally
        .groups()
        .map(|group| (group.rule, group.count))
        .collect();
    found.sort_unstable();
    let rules = Rule::ALL.iter().copied();
    let rules = rules.filter(|rule| matches!(rule.kind(), RuleKind::Traffic(_)));
    let expected: Vec<_> = rules.map(|rule| (rule, 1)).collect();
    assert_eq!(found, expected);
}

#[test]
fn sessions_that_are_merged_find_what_one_session_finds() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let all = all();
    let whole = judged(&judge, &[&all[..], &all[..]].concat());
    let mut sessions = [judge.session(), judge.session(), judge.session()];
    for (number, exchange) in (1..).zip(all.iter().chain(&all)) {
        let mut exchange = exchange.clone();
        exchange.place.exchange = number;
        sessions[usize::try_from(number).unwrap() % 3].judge(&exchange);
    }
    let [first, second, third] = sessions;
    let mut merged = third.finish();
    merged.merge(first.finish());
    merged.merge(second.finish());
    assert_eq!(merged.counts, whole.counts);
    assert_eq!(merged.seen, whole.seen);
    assert!(merged.groups().eq(whole.groups()));
    assert_eq!(merged.skipped(), whole.skipped());
}

#[test]
fn one_body_can_have_several_faults() {
    let text = r#"PUT /photos/7
authorization: Bearer secret-token-1

HTTP 400
content-type: text/plain
x-request-id: a
x-request-id: b
x-should-retry: maybe
retry-after: Wed, 21 Oct 2026 07:28:00 GMT

{"error":{"code":"photo_too_large","message":"SELECT x FROM y for secret-token-1","type":"nope","details":{"size":-1,"owner":"o"}}}
"#;
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(text)]);
    let found: Vec<_> = tally
        .groups()
        .map(|group| (group.rule.id(), group.count))
        .collect();
    assert_eq!(
        found,
        [
            ("wrong-content-type", 1),
            ("undeclared-type", 1),
            ("wrong-status", 1),
            ("request-id-doubled", 1),
            ("retry-after-form", 1),
            ("should-retry-differs", 1),
            ("wrong-details", 3),
            ("sent-message-leaks", 2),
        ]
    );
}
