//! The lint rules about texts, retry rules and links: what they find, and what they leave alone.

use super::catalogs::{HEAD, TYPES, broken_rules, diagnostics, many};

/// The rules that a catalog breaks whose one code has this fix.
fn broken_by_fix(fix: &str) -> Vec<&'static str> {
    let fix = serde_json::to_string(fix).expect("a text can be written");
    broken_rules(&format!(
        "{HEAD}{TYPES}codes:\n  bad_name: {{ type: request_error, meaning: Taken, fix: {fix} }}\n"
    ))
}

#[test]
fn a_fix_with_something_to_do_has_a_verb() {
    for fix in [
        "Choose another",
        "Please choose another",
        "Supply another",
        "First, carefully check the name",
        "Back off, retry with jitter",
        "GET /v1/models to list available",
        "`GET /v1/models` has the list",
        "If the name is taken, choose another",
        "If the name is taken choose another",
        "To list names, use `GET /names`",
        "For longer names: upgrade",
        "In the dashboard, create a key",
        "Instead of the name send its id",
        "Don’t retry",
        "Do not retry",
        "Never send the name twice",
        "Either rename or delete it",
        "Re-upload the file",
        "Double-check the id",
        "The name must be shorter",
        "Names should be shorter",
        "You can choose another",
        "No action is needed",
        "Nothing to do: the name is stored already",
        "(Optional) Choose another",
        "`cargo login`",
        "1. Choose another",
        "Names are listed; choose one of them",
        // Not English, so the rule does not apply.
        "Wählen Sie einen anderen Namen",
        "別の名前を選ぶ",
        "💥",
    ] {
        assert_eq!(broken_by_fix(fix), [""; 0], "{fix}");
    }
}

#[test]
fn a_fix_without_anything_to_do_has_none() {
    for fix in [
        "Usually a slip of the client",
        "The name is taken",
        "Client in the wrong region",
        "Wrong name",
        "`choose` another",
        "Unknown",
        "N/A",
        "In the dashboard",
    ] {
        assert_eq!(broken_by_fix(fix), ["missing-fix-verb"], "{fix}");
    }
}

#[test]
fn a_fix_that_refers_to_another_code_is_recognised() {
    for fix in [
        "Same",
        "same.",
        "(same)",
        "Ditto",
        "See above",
        "See above.",
        "As above, but later",
        "Same as `bad_name`",
        "Same fix as for long names",
        "See bad_name",
    ] {
        assert_eq!(broken_by_fix(fix), ["fix-by-reference"], "{fix}");
    }
    for fix in [
        "See the list of names",
        "See `GET /names`",
        "See `other_name`",
        "Same workspace must be used",
    ] {
        assert_eq!(broken_by_fix(fix), [""; 0], "{fix}");
    }
}

/// A catalog of codes with these meanings, one for each.
fn with_meanings(meanings: &[&str]) -> String {
    let codes = meanings.iter().enumerate().map(|(number, meaning)| {
        format!(
            "  name_{number}: {{ type: request_error, meaning: {meaning}, fix: Choose another }}\n"
        )
    });
    let codes: String = codes.collect();
    format!(
        "{HEAD}types:\n  request_error: {{ status: 400, message: Wrong. }}\ncodes:\n{codes}\
             lint: {{ levels: {{ missing-meaning: off }} }}\n"
    )
}

#[test]
fn a_style_is_asked_for_where_nearly_all_texts_have_it() {
    for (meanings, expected) in [
        // Four of five.
        (&["A one", "A two", "A three", "A four", "a five"][..], 1),
        // Three of four are too few.
        (&["A one", "A two", "A three", "a four"], 0),
        // Three of five are no habit.
        (&["A one", "A two", "A three", "a four", "a five"], 0),
        (&["a one", "a two", "a three", "a four", "A five"], 1),
        (&["A one.", "A two.", "A three.", "A four.", "A five"], 1),
        // What cannot be judged does not count.
        (
            &[
                "A one",
                "A two",
                "A three",
                "A four",
                "'`a` five'",
                "6 names",
                "file_id is odd",
            ],
            0,
        ),
        (
            &[
                "A one",
                "A two",
                "A three",
                "A four",
                "a five",
                "gRPC failed",
            ],
            1,
        ),
    ] {
        let found = broken_rules(&with_meanings(meanings));
        assert_eq!(found, vec!["style"; expected], "{meanings:?}");
    }
}

#[test]
fn codes_that_are_like_each_other_may_mean_the_same() {
    let same = "meaning: The name is taken";
    for (codes, expected) in [
        (format!("a_name: {{ type: request_error, {same}, fix: Wait }}\n  b_name: {{ type: request_error, {same}, fix: Wait }}"), 1),
        (format!("a_name: {{ type: request_error, {same}, fix: Wait }}\n  b_name: {{ like: a_name, {same} }}"), 0),
        (format!("b_name: {{ like: c_name, {same} }}\n  a_name: {{ like: c_name, {same} }}\n  c_name: {{ type: request_error, meaning: Taken, fix: Wait }}"), 0),
        ("a_name: { type: request_error, meaning: No Self, fix: Wait }\n  b_name: { type: request_error, meaning: No self, fix: Wait }".to_owned(), 0),
    ] {
        let found = broken_rules(&format!("{HEAD}{TYPES}codes:\n  {codes}\n"));
        assert_eq!(found, vec!["duplicate-meaning"; expected], "{codes}");
    }
}

/// The rules that a catalog breaks with a code of this status and retry rule.
fn broken_by_retry(status: u16, retry: &str, statuses: &str) -> Vec<&'static str> {
    let head = format!("{HEAD}retry: {{ statuses: [{statuses}] }}\n");
    broken_rules(&format!(
        "{head}types:\n  any_error: {{ status: [400, 500], meaning: Wrong }}\ncodes:\n  \
         bad_name: {{ type: any_error, status: {status}, meaning: Taken, fix: Wait{retry} }}\n"
    ))
}

#[test]
fn a_client_error_is_retryable_if_its_status_is() {
    for status in [408, 421, 425, 429, 500, 503] {
        assert_eq!(
            broken_by_retry(status, ", retry: backoff", ""),
            [""; 0],
            "{status}"
        );
        assert_eq!(
            broken_by_retry(status, "", &status.to_string()),
            [""; 0],
            "{status}"
        );
    }
    let reasoned = ["retry-4xx-without-reason"];
    for status in [400, 401, 404, 409, 412, 413, 422, 423, 499] {
        assert_eq!(
            broken_by_retry(status, ", retry: backoff", ""),
            reasoned,
            "{status}"
        );
        assert_eq!(
            broken_by_retry(status, "", &status.to_string()),
            reasoned,
            "{status}"
        );
        assert_eq!(broken_by_retry(status, "", ""), [""; 0], "{status}");
    }
    assert_eq!(broken_by_retry(413, ", retry: after", ""), [""; 0]);
    assert_eq!(broken_by_retry(409, ", retry: after", ""), reasoned);
}

#[test]
fn a_limit_of_a_rate_that_cannot_be_retried_is_reported_once() {
    let codes = "codes:\n  a_name: { type: limit_error, meaning: Too fast, fix: Wait }\n  \
                 b_name: { type: limit_error, meaning: Far too fast, fix: Wait, retry: never }\n";
    let types = "types:\n  limit_error: { status: 429, meaning: Too many requests }\n";
    let found = broken_rules(&format!("{HEAD}{types}{codes}"));
    assert_eq!(
        found, ["429-without-retry"; 2],
        "the type, and the code that says so itself"
    );
    let found = broken_rules(&format!(
        "{HEAD}retry: {{ statuses: [429] }}\n{types}{codes}"
    ));
    assert_eq!(found, ["429-without-retry"], "the code that says so itself");
}

#[test]
fn words_fit_the_statuses_that_have_their_meaning() {
    let catalog = |status: u16, message: &str, retry: &str| {
        let statuses = if retry == "backoff" { status } else { 502 };
        format!(
            "{HEAD}retry: {{ statuses: [{statuses}] }}\ntypes:\n  \
             other_error: {{ status: 502, meaning: Another failed }}\n  own_error: {{ status: {status}, meaning: It failed }}\ncodes:\n  \
             too_busy: {{ type: own_error, message: {message}, meaning: Busy now, fix: Wait, \
             retry: {retry} }}\n"
        )
    };
    let (limit, time) = ("The rate limit is reached.", "It timed out.");
    for (status, message) in [(429, limit), (408, time), (504, time)] {
        let found = broken_rules(&catalog(status, message, "backoff"));
        assert_eq!(found, [""; 0], "{status} {message}");
    }
    for (status, message) in [(408, limit), (503, limit), (429, time), (500, time)] {
        let found = broken_rules(&catalog(status, message, "backoff"));
        assert_eq!(found, ["message-misleads"], "{status} {message}");
    }
    for status in [408, 409, 500, 529, 599] {
        let found = broken_rules(&catalog(status, "It failed.", "never"));
        assert_eq!(found, ["retry-never-ignored"], "{status}");
    }
    for status in [400, 402, 403, 422, 425] {
        let found = broken_rules(&catalog(status, "It failed.", "never"));
        assert_eq!(found, [""; 0], "{status}");
    }
}

#[test]
fn retry_after_is_promised_where_it_is_spoken_of() {
    let catalog = |retry: &str| {
        format!(
            "{HEAD}types:\n  busy_error: {{ status: 425, meaning: Busy }}\ncodes:\n  \
             too_busy: {{ type: busy_error, message: See retry-after., meaning: Busy now, \
             fix: Wait as `Retry-After` says{retry} }}\n"
        )
    };
    assert_eq!(broken_rules(&catalog(", retry: after")), [""; 0]);
    for retry in ["", ", retry: backoff", ", retry: never"] {
        assert_eq!(
            broken_rules(&catalog(retry)),
            ["retry-after-without-header"; 2],
            "{retry}"
        );
    }
}

/// The links that are reported in a catalog with this address of its pages.
fn broken_links(docs_url: &str, urls: &[&str]) -> Vec<String> {
    let links = urls
        .iter()
        .map(|url| format!("{{ text: Link, url: \"{url}\" }}"));
    let links: Vec<_> = links.collect();
    let catalog = format!(
        "version: 1\napi: {{ title: T, docs_url: \"{docs_url}\", crate: t }}\n{TYPES}codes:\n  \
         bad_name: {{ type: request_error, meaning: Taken, fix: Wait, see: [{}] }}\n",
        links.join(", ")
    );
    let found = diagnostics(&catalog);
    assert!(
        found.iter().all(|it| it.rule.id() == "see-broken"),
        "{found:#?}"
    );
    let place = |span: codegen::span::Span| catalog[span.range()].trim_matches('"').to_owned();
    found.iter().map(|it| place(it.primary.span)).collect()
}

#[test]
fn links_to_pages_of_codes_lead_to_codes() {
    let base = "https://docs.example.com/errors";
    let sound = [
        "https://docs.example.com/errors",
        "https://docs.example.com/errors/",
        "https://docs.example.com/errors/README.md",
        "https://docs.example.com/errors/bad_name",
        "https://docs.example.com/errors/bad_name/",
        "https://docs.example.com/errors/bad_name?a=1#fix",
        "https://docs.example.com/errors-guide",
        "https://docs.example.com/guide",
        "https://other.example.com/errors/odd_name",
    ];
    assert_eq!(broken_links(base, &sound), [""; 0]);
    let broken = ["https://docs.example.com/errors/odd_name#fix"];
    assert_eq!(broken_links(base, &broken), broken);
    // A bare host has other pages.
    let page = ["https://docs.example.com/limits"];
    assert_eq!(broken_links("https://docs.example.com", &page), [""; 0]);
}

#[test]
fn links_fit_an_address_with_a_slug_in_it() {
    let page = "https://docs.example.com/all.html#{slug}";
    assert_eq!(
        broken_links(page, &["https://docs.example.com/all.html#bad_name"]),
        [""; 0]
    );
    let broken = ["https://docs.example.com/all.html#odd_name"];
    assert_eq!(broken_links(page, &broken), broken);
    let page = "https://docs.example.com/e/{slug}.html";
    let sound = [
        "https://docs.example.com/e/bad_name.html",
        "https://docs.example.com/e/list.pdf",
    ];
    assert_eq!(broken_links(page, &sound), [""; 0]);
}

#[test]
fn links_are_not_judged_while_a_code_is_not_known() {
    let catalog = format!(
        "version: 1\napi: {{ title: T, docs_url: https://example.com/errors, crate: t }}\n{TYPES}codes:\n  \
         bad_name: {{ type: requst_error, meaning: Taken, fix: Wait, \
         see: [{{ text: Odd, url: https://example.com/errors/odd_name }}] }}\n"
    );
    assert_eq!(broken_rules(&catalog), ["unknown-type"]);
}

#[test]
fn many_codes_with_findings_are_read_in_a_blink() {
    use std::fmt::Write as _;

    let mut text = format!(
        "version: 1\napi: {{ title: T, docs_url: https://example.com/errors, crate: t }}\n{TYPES}codes:\n"
    );
    for number in 0..many() {
        let _ = writeln!(
            text,
            "  code_{number}: {{ type: request_error, meaning: The same, fix: The client, retry: after, \
             message: 'It was {{pin}} in /etc/names.', args: {{ pin: {{ kind: string }} }}, \
             see: [{{ text: Odd, url: https://example.com/errors/odd_{number} }}] }}"
        );
    }
    text += "lint:\n  house:\n";
    for number in 0..50 {
        let _ = writeln!(
            text,
            "    - {{ name: rule-{number}, banned: [the sane {number}, it way {number}], level: off }}"
        );
    }
    let rules = broken_rules(&text);
    // Per code a leak, a secret, a fix without verb, a retry without reason and a broken link; all
    // but the first mean the same.
    assert_eq!(rules.len(), many() * 6 - 1);
}
