//! The rules about texts look at every text that an output shows.

use codegen::Diagnostic;

use super::catalogs::diagnostics;

/// A catalog with `#` in the place of each text that an output shows, in one line.
const LINES: &str = "\
version: 1
api:
  title: #
  docs_url: https://docs.example.com
  crate: example-errors
  license: { name: # }
  contact: { name: # }
  servers: [{ url: /, description: # }]
error_ids: { see: [{ text: #, url: https://example.com }] }
retry:
  statuses: [429]
  not_retryable: [{ status: 400, reason: # }]
  see: [{ text: #, url: https://example.com }]
types:
  request_error: { status: [400, 429], meaning: # }
codes:
  bad_name:
    type: request_error
    message: No {name}, {pet}
    args: { name: { kind: string, meaning: # }, pet: { kind: string, nullable: true } }
    meaning: #
    fix: #
    causes: [#, #]
    fixes: [#]
    deprecated: { note: # }
    see: [{ text: #, url: https://example.com }]
  too_large: { type: request_error, status: 413, meaning: Too large, fix: Shorten it, type_row: # }
retired:
  old_name: { reason: # }
groups:
  names: { title: # }
operations:
  get: { method: GET, path: /, when: #, summary: #, errors: [bad_name, too_large] }
  list: { method: GET, path: /, when: other, errors: [] }
lint:
  levels: { style: off, missing-fix-verb: off, duplicate-meaning: off, message-leaks: off }
  house: [{ name: plain, banned: [simply] }]
  accept: [{ change: \"0123456789abcdef\", reason: # }]
";

/// The same for texts that may have more lines, or are sent in a body.
const PARAGRAPHS: &str = "\
version: 1
api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
envelope:
  intro: #
  example: { code: bad_name, message: # }
  notes: [#]
error_ids: { notes: [#] }
retry: { notes: [#] }
types:
  request_error: { status: 400, meaning: The request is wrong, message: # }
codes:
  bad_name:
    type: request_error
    message: #
    meaning: The name is wrong
    fix: Choose another
    description: #
  bad_pet:
    type: request_error
    message: No {pet}
    args: { pet: { kind: string, nullable: true, absent: # } }
    meaning: The pet is wrong
    fix: Choose another
  old_pet: { like: bad_pet, message_suffix: # }
framework:
  - { status: 404, type: request_error, as: 400, message: # }
lint:
  levels: { style: off }
  house: [{ name: plain, banned: [simply] }]
";

/// What one rule finds, each with the part of the catalog that is underlined.
fn found(rule: &str, catalog: &str) -> Vec<String> {
    let of_rule = |found: &Diagnostic| found.rule.id() == rule;
    let part = |found: &Diagnostic| catalog[found.primary.span.range()].to_owned();
    let found = diagnostics(catalog);
    let found = found.iter().filter(|found| of_rule(found));
    found.map(part).collect()
}

/// The catalog with one text in all its places, and how many places it has.
fn with(template: &str, text: &str) -> (String, usize) {
    (template.replace('#', text), template.matches('#').count())
}

#[test]
fn a_text_that_is_still_to_be_written_is_found_wherever_it_is() {
    let text = "\"TODO: write it\"";
    for template in [LINES, PARAGRAPHS] {
        let (catalog, places) = with(template, text);
        assert_eq!(
            found("todo-left", &catalog),
            vec![text; places],
            "{catalog}"
        );
    }
}

#[test]
fn a_banned_word_is_found_wherever_it_is() {
    for template in [LINES, PARAGRAPHS] {
        let (catalog, places) = with(template, "Check it simply");
        assert_eq!(
            found("house-rule", &catalog),
            vec!["simply"; places],
            "{catalog}"
        );
    }
}

#[test]
fn a_second_line_is_found_where_an_output_has_room_for_one() {
    let text = "\"Check it.\\nThen send it\"";
    let (catalog, places) = with(LINES, text);
    assert_eq!(found("multi-line-text", &catalog), vec![text; places]);
    let (catalog, _) = with(PARAGRAPHS, text);
    assert_eq!(found("multi-line-text", &catalog), [""; 0]);
}

#[test]
fn an_absent_value_leaks_nothing_of_the_server() {
    let (catalog, _) = with(PARAGRAPHS, "\"null\"");
    let found = found("message-leaks", &catalog);
    assert_eq!(found, ["null"; 5], "{catalog}");
}

#[test]
fn a_header_is_promised_by_what_describes_the_response() {
    let text = "Obey `Retry-After`";
    for (field, expected) in [
        (format!("causes: [{text}]"), 1),
        (format!("description: {text}"), 1),
        (format!("deprecated: {{ note: {text} }}"), 0),
    ] {
        let (catalog, _) = with(PARAGRAPHS, "Text.");
        let catalog = catalog.replace("description: Text.", &field);
        let found = found("retry-after-without-header", &catalog);
        assert_eq!(found, vec!["Retry-After"; expected], "{catalog}");
    }
}
