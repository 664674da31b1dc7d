//! Files as editors and systems write them, and the limits of what is read.

use codegen::{Catalog, MAX_SOURCE_BYTES};

use super::catalogs::{CODES, HEAD, TYPES, broken_rules, outcome, sound, sound_with};

/// The catalog of a text without mistakes.
#[track_caller]
fn catalog(text: &str) -> Catalog {
    let outcome = outcome(text);
    assert_eq!(outcome.diagnostics, []);
    outcome.value.expect("the catalog has no errors")
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(catalog(&format!("\u{FEFF}{}", sound())), catalog(&sound()));
}

#[test]
fn lines_may_end_in_any_way() {
    for end in ["\r\n", "\r"] {
        assert_eq!(catalog(&sound().replace('\n', end)), catalog(&sound()));
    }
}

#[test]
fn a_block_text_is_the_same_with_every_line_end() {
    let text = format!("{HEAD}{TYPES}{CODES}    x-note: |\n      one\n      two\n").replace(
        "{ type: request_error, meaning: The name is taken, fix: Choose another }\n",
        "\n    type: request_error\n    meaning: The name is taken\n    fix: Choose another\n",
    );
    assert_eq!(catalog(&text.replace('\n', "\r\n")), catalog(&text));
}

#[test]
fn further_line_separators_of_unicode_are_ordinary_characters() {
    for c in ['\u{85}', '\u{2028}', '\u{2029}'] {
        for value in [format!("\"Exam{c}ple\""), format!("Exam{c}ple")] {
            let catalog = catalog(&sound_with(&format!("envelope:\n  intro: {value}\n")));
            assert_eq!(catalog.envelope.intro, format!("Exam{c}ple"));
        }
    }
}

#[test]
fn an_empty_file_is_reported_with_a_first_step() {
    for text in [
        "",
        "\n\n",
        "# a comment\n",
        "\u{FEFF}",
        "---\n",
        "---\n...\n",
    ] {
        let found = outcome(text).diagnostics;
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert!(found[0].help.is_some(), "{text:?}");
    }
}

#[test]
fn a_file_that_is_not_a_mapping_is_of_the_wrong_kind() {
    for text in ["errors", "[1, 2]", "- a\n- b\n", "\"\""] {
        assert_eq!(broken_rules(text), ["wrong-kind"], "{text:?}");
    }
}

#[test]
fn a_file_of_more_than_64_mib_is_not_read() {
    let mut text = sound();
    text.push('#');
    text.extend(std::iter::repeat_n('x', MAX_SOURCE_BYTES - text.len()));
    catalog(&text);
    text.push('x');
    assert_eq!(broken_rules(&text), ["too-large"]);
}

#[test]
fn a_text_of_more_than_16_kib_is_not_read() {
    let with_title = |bytes: usize| {
        let title = format!("title: {}", "x".repeat(bytes));
        sound().replace("title: Example", &title)
    };
    catalog(&with_title(16 * 1024));
    assert_eq!(broken_rules(&with_title(16 * 1024 + 1)), ["too-large"]);
}

#[test]
fn a_name_of_more_than_16_kib_is_reported_once() {
    let text = sound().replace("bad_name", &"x".repeat(16 * 1024 + 1));
    assert_eq!(broken_rules(&text)[0], "too-large");
}
