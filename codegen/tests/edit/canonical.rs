//! What the canonical form is, by examples.

use super::{catalogs, formatted, refused};

/// Asserts that `text` becomes `expected`, and that `expected` is canonical.
#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(formatted(text), expected);
    assert_eq!(formatted(expected), expected);
}

#[test]
fn the_catalogs_of_this_repository_are_canonical() {
    for (name, text) in catalogs() {
        assert!(formatted(&text) == text, "{name}: run `cargo xtask fmt`");
    }
}

#[test]
fn sections_and_keys_have_the_order_of_the_language() {
    becomes(
        "codes:\n  a: { fix: F, meaning: M, type: t }\ntypes:\n  t:\n    meaning: M\n    status: 400\nversion: 1\n",
        "version: 1\ntypes:\n  t:\n    status: 400\n    meaning: M\ncodes:\n  a: { type: t, meaning: M, fix: F }\n",
    );
}

#[test]
fn names_of_ones_own_and_lists_keep_their_order() {
    let text = "types:\n  z: { status: 400 }\n  a: { status: 400 }\ncodes:\n  z:\n    type: z\n    args:\n      \
                y: { kind: string }\n      b: { kind: u64 }\n  a: { like: z }\nlint:\n  levels: { todo-left: off, \
                missing-fix: off }\n  allow:\n    - { rule: z, codes: [z, a] }\n    - { rule: a }\n";
    becomes(text, text);
}

#[test]
fn keys_that_the_language_does_not_know_come_last_in_their_order() {
    becomes(
        "zzz: 1\naaa: 2\nversion: 1\ncodes:\n  a: { x-b: 1, x-a: 2, typo: 3, type: t }\n",
        "version: 1\ncodes:\n  a: { type: t, x-b: 1, x-a: 2, typo: 3 }\nzzz: 1\naaa: 2\n",
    );
}

#[test]
fn a_level_is_two_spaces_and_the_items_of_a_list_are_a_level() {
    becomes(
        "retry:\n      notes:\n      -   One\n      - Two\n      see:\n       -    url: u\n            text: t\n       -\n         text: t\n",
        "retry:\n  notes:\n    - One\n    - Two\n  see:\n    - text: t\n      url: u\n    - text: t\n",
    );
}

#[test]
fn a_collection_between_brackets_stays_there_if_it_fits() {
    becomes(
        "types: {a: {status: [400,\n  401,],\n  meaning: 'M'}, b: {}}\nsets: { s: [ ], t: [a: b] }\n",
        "types: { a: { status: [400, 401], meaning: M }, b: {} }\nsets: { s: [], t: [{ a: b }] }\n",
    );
}

#[test]
fn a_collection_that_does_not_fit_gets_a_line_for_each_child() {
    let long = "x".repeat(94);
    for (width, fits) in [(0, true), (1, false)] {
        let message = format!("{long}{}", "y".repeat(width));
        let line = format!("codes:\n  a: {{ message: {message}, fix: F }}\n");
        assert_eq!(line.lines().nth(1).unwrap().len(), 120 + width);
        let lines = format!("codes:\n  a:\n    message: {message}\n    fix: F\n");
        becomes(&line, if fits { &line } else { &lines });
    }
}

#[test]
fn a_collection_with_a_comment_gets_a_line_for_each_child() {
    becomes(
        "retry:\n  statuses: [ # Which?\n    429, # Wait.\n    # The server.\n    503\n    # No more.\n    ] # Behind.\n",
        "retry:\n  statuses:\n    # Which?\n    - 429  # Wait.\n    # The server.\n    - 503\n    # No more.\n    # Behind.\n",
    );
    becomes(
        "retry:\n  see:\n    - { text: a, # Words.\n\n        url: b }\n  notes: [ # None.\n   ]\n",
        "retry:\n  notes: [\n    # None.\n    ]\n  see:\n    - text: a  # Words.\n\n      url: b\n",
    );
}

#[test]
fn a_string_is_plain_only_if_all_readers_agree() {
    becomes(
        "api:\n  title: 'It''s'\n  docs_url: \"https://a.b/{slug}\"\n  crate: \"no\"\n  version: \"1.2\"\n",
        "api:\n  title: It's\n  docs_url: https://a.b/{slug}\n  crate: \"no\"\n  version: \"1.2\"\n",
    );
    becomes(
        "codes:\n  \"404\": { type: 'a, b', meaning: 'why?', fix: \"a: b\" }\n  'x': { type: 404, retry: ~, x-a: null }\n",
        "codes:\n  \"404\": { type: \"a, b\", meaning: \"why?\", fix: \"a: b\" }\n  x: { type: 404, retry: ~, x-a: null }\n",
    );
}

#[test]
fn a_text_of_several_lines_is_one_line_unless_it_is_a_block() {
    becomes(
        "api:\n  title: One\n    two\n\n    three\n  docs_url: |2-\n     a\n\n    b\n  crate: >+ # Kept.\n      c\n      d\n\n# End.\n",
        "api:\n  title: \"One two\\nthree\"\n  docs_url: |2-\n     a\n\n    b\n  crate: >+  # Kept.\n    c\n    d\n\n# End.\n",
    );
}

#[test]
fn a_comment_stays_with_what_it_speaks_of() {
    becomes(
        "# The head.\n\n# On codes.\ncodes:  # The codes.\n    # On a.\n    a:\n        # On the fix.\n        fix: F # Why.\n        type: t\n        # Below a.\n    # On b.\n    b: { like: a }\n    # Below the codes.\n# On the version.\nversion: 1\n# The tail.\n",
        "# The head.\n# On the version.\nversion: 1\n\n# On codes.\ncodes:  # The codes.\n  # On a.\n  a:\n    type: t\n    # On the fix.\n    fix: F  # Why.\n    # Below a.\n  # On b.\n  b: { like: a }\n  # Below the codes.\n# The tail.\n",
    );
}

#[test]
fn a_comment_on_the_first_key_of_an_item_moves_above_the_dash() {
    becomes(
        "retry:\n  see:\n    - # Behind the dash.\n      url: u\n      # On the text.\n      text: t\n    -\n      # Above.\n      text: t\n",
        "retry:\n  see:\n    # Behind the dash.\n    # On the text.\n    - text: t\n      url: u\n    # Above.\n    - text: t\n",
    );
}

#[test]
fn a_comment_between_a_key_and_its_value_moves_above_the_key() {
    becomes(
        "version: # One.\n  # Two.\n  1 # Three.\napi: # Four.\n  # Five.\n  title: T\nretry: # Six.\n  # Seven.\n",
        "# One.\n# Two.\nversion: 1  # Three.\napi:  # Four.\n  # Five.\n  title: T\nretry:  # Six.\n  # Seven.\n",
    );
}

#[test]
fn every_blank_line_above_an_entry_stays_above_it() {
    becomes(
        "\n\nversion: 1\n\n\ntypes:\n\n  a: { status: 400 }\n\n  # On b.\n\n  b: { status: 401 }\n\napi:\n  title: T\n\n\n",
        "\n\nversion: 1\n\napi:\n  title: T\n\n\ntypes:\n\n  a: { status: 400 }\n\n  # On b.\n\n  b: { status: 401 }\n",
    );
}

#[test]
fn the_file_is_utf_8_with_line_feeds_and_one_at_its_end() {
    becomes(
        "\u{FEFF}---\r\n# A.  \r\nversion: 1\t \r\n\r\ncodes:\r\n  a:\r\n    meaning: |\r\n      One\r\n      two\r\n...\r\n",
        "# A.\nversion: 1\n\ncodes:\n  a:\n    meaning: |\n      One\n      two\n",
    );
    becomes("version: 1", "version: 1\n");
}

#[test]
fn keys_may_be_marked_long_or_strange() {
    let long = "k".repeat(1100);
    becomes(
        &format!("? version\n: 1\nx:\n  ? |\n    a\n  : b\n  ? \"{long}\"\n  : c\n  ?d: e\n"),
        &format!("version: 1\nx:\n  \"a\\n\": b\n  ? {long}\n  : c\n  \"?d\": e\n"),
    );
}

#[test]
fn invalid_yaml_is_refused_with_its_findings() {
    assert_eq!(refused("version: [1\n"), ["yaml-syntax"]);
    assert_eq!(refused("version: 1\nversion: 2\n"), ["duplicate-key"]);
    assert_eq!(refused("api: &a { title: T }\n"), ["yaml-feature"]);
    assert_eq!(refused("- 1\n"), ["wrong-kind"]);
    assert_eq!(refused("# Nothing.\n"), ["missing-field"]);
    assert_eq!(refused([0xFF, 0xFE]), ["not-utf8"]);
}
