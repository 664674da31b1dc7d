//! Changes of the addresses of pages, which bodies of some styles contain.

use super::comparing::differences;

fn catalog(envelope: &str, docs_url: &str, slug: &str) -> String {
    format!(
        "\
version: 1
api: {{ title: A, docs_url: {docs_url}, crate: a-errors }}
envelope: {envelope}
types: {{ t: {{ status: 400, meaning: M }} }}
codes:
  c: {{ type: t, meaning: M, fix: Check the id{slug} }}
"
    )
}

#[test]
fn an_address_that_a_body_contains_is_breaking_in_any_style() {
    let own = |text: &str| {
        format!(
            "{{ style: own, shapes: {{ own: {{ body: {{ code: $code, text: $message, more: {text} }} }} }} }}"
        )
    };
    for (envelope, contains) in [
        ("{ style: openai }".to_owned(), false),
        ("{ style: anthropic }".to_owned(), false),
        ("{ style: problem }".to_owned(), true),
        ("{ style: google }".to_owned(), true),
        ("{ style: [openai, jsonapi] }".to_owned(), true),
        (own("\"$doc_url?\""), true),
        (own("\"see ${doc_url}\""), true),
        (own("{ $if: doc_url, a: 1 }"), false),
        (own("$$doc_url"), false),
    ] {
        let old = catalog(&envelope, "https://a.example.com", "");
        let moved = catalog(&envelope, "https://b.example.com", "");
        let aliased = catalog(
            &envelope,
            "https://a.example.com",
            ", slug: d, aliases: [c]",
        );
        for (new, field) in [(&moved, "docs_url"), (&aliased, "slug")] {
            let diff = differences(&old, new);
            let mut changes = diff.changes.iter();
            let change = changes.find(|change| change.field == field);
            let change = change.unwrap_or_else(|| panic!("{envelope}: {field}"));
            let is_breaking = change.level == codegen::catalog::ChangeLevel::Breaking;
            assert_eq!(is_breaking, contains, "{envelope}: {field}");
        }
    }
}
