//! No text makes the tool panic, hang or use memory out of proportion.

use std::fmt::Write as _;

use codegen::compile;
use proptest::prelude::*;

use super::catalogs::{HEAD, TYPES, broken_rules, inputs, many};
use super::changes::change;
use super::exhaustive;
use super::no_panic::gets_an_answer;

const SAMPLE: &str = include_str!("../../../catalog/catalog.yaml");

/// Follows the first suggestions about a text, one by one, and asserts that none of them makes it
/// unreadable.
fn suggestions_can_be_followed(bytes: Vec<u8>) {
    let inputs = inputs(bytes);
    let found = compile(&inputs).diagnostics;
    for suggestion in found.iter().filter_map(|it| it.suggestion.as_ref()).take(3) {
        let mut text = inputs.sources()[0].text().to_owned();
        text.replace_range(suggestion.span.range(), &suggestion.text);
        let syntax = broken_rules(&text).contains(&"yaml-syntax");
        assert!(!syntax, "{suggestion:?} in {text}");
    }
}

proptest! {
    // 256 cases each; `PROPTEST_CASES` asks for more.
    #![proptest_config(ProptestConfig { cases: exhaustive::select(32, 256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(text in any::<String>()) {
        gets_an_answer(text.into_bytes());
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        gets_an_answer(bytes);
    }

    #[test]
    fn any_line_of_yaml_signs_gets_an_answer(
        text in "([-?:,#&*!|>%@'\"{}\\[\\] \t\r\na0~\u{FEFF}\u{85}é🦀]|<<|: |- |\n  ){0,40}",
    ) {
        gets_an_answer(text.clone().into_bytes());
        gets_an_answer(format!("{HEAD}{TYPES}codes:\n  a: {text}").into_bytes());
        gets_an_answer(format!("{HEAD}{TYPES}codes:\n  \"{text}\": {{ type: request_error }}").into_bytes());
    }

    #[test]
    fn a_damaged_catalog_gets_an_answer(changes in proptest::collection::vec(change(), 1..6)) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for change in &changes {
            change.apply(&mut bytes);
        }
        gets_an_answer(bytes.clone());
        suggestions_can_be_followed(bytes);
    }

    #[test]
    fn any_name_can_be_meant(name in "[a-c{}:#,&*! '\"\\\\\u{7}\u{FEFF}\u{FFFE}é🦀-]{1,12}") {
        let name = serde_json::to_string(&name).expect("a text can be written");
        let slip = name.replacen('"', "\"a", 1);
        let text = format!(
            "{HEAD}{TYPES}codes:\n  {name}: {{ type: request_error, rust: A, meaning: M, fix: F }}\n  \
             b: {{ like: {slip}, meaning: M }}\n"
        );
        suggestions_can_be_followed(text.into_bytes());
    }

    #[test]
    fn any_text_of_a_code_gets_an_answer(
        text in "(\\PC|[`a-cA-C. ]|İ|ß|null|SELECT|FROM|:\\d|/etc/|Retry-After|See|If ){1,12}",
        word in "\\PC{0,3}[a-cİß]\\PC{0,3}",
    ) {
        let text = serde_json::to_string(&text).expect("a text can be written");
        let word = serde_json::to_string(&word).expect("a text can be written");
        let mut codes = String::new();
        for number in 0..5 {
            let fields = "type: request_error, meaning: Fine, fix: Wait, message: Fine.";
            let _ = writeln!(codes, "  c{number}: {{ {fields} }}");
        }
        gets_an_answer(format!(
            "{HEAD}{TYPES}codes:\n{codes}  a: {{ type: request_error, meaning: {text}, fix: {text}, message: {text} }}\n\
             lint: {{ max_message: 3, house: [{{ name: a, banned: [{word}] }}] }}\n"
        ).into_bytes());
    }

    #[test]
    fn any_message_gets_an_answer(message in "[{}a-c_ é]{0,30}") {
        gets_an_answer(format!(
            "{HEAD}{TYPES}codes:\n  a: {{ type: request_error, message: \"{message}\", \
             args: {{ a: {{ kind: string }} }}, meaning: A, fix: B }}\n"
        ).into_bytes());
    }
}

#[test]
fn each_of_many_mistakes_is_a_diagnostic() {
    let mut text = format!("{HEAD}{TYPES}codes:\n");
    for position in 0..many() {
        let _ = writeln!(
            text,
            "  code_{position}: {{ type: requst_error, meaning: Mistake {position}, fix: Mend it }}"
        );
    }
    let found = compile(&inputs(text.clone())).diagnostics;
    assert_eq!(found.len(), many());
    gets_an_answer(text.into_bytes());
}

#[test]
fn many_mistakes_in_one_line_are_shown() {
    let mut text = format!("{HEAD}{TYPES}codes: {{ ");
    for position in 0..many() {
        let _ = write!(text, "c{position}: {{ type: no, meaning: M, fix: F }}, ");
    }
    text += "}\n";
    gets_an_answer(text.into_bytes());
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
        let text = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert_eq!(broken_rules(&text), ["too-deep"], "{open}");
    }
    let mut text = String::new();
    for depth in 0..2_000 {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
    }
    assert_eq!(broken_rules(&text), ["too-deep"]);
}

#[test]
fn a_chain_of_ten_thousand_codes_is_followed_to_its_end() {
    let mut text = format!("{HEAD}{TYPES}codes:\n");
    for position in 0..10_000 {
        let _ = writeln!(text, "  code_{position}: {{ like: code_{} }}", position + 1);
    }
    text += "  code_10000: { type: request_error, meaning: The last, fix: None }\n";
    let catalog = compile(&inputs(text)).value.expect("the chain has an end");
    assert!(catalog.codes.iter().all(|code| code.meaning == "The last"));
}

#[test]
fn a_cycle_of_ten_thousand_codes_is_one_mistake() {
    let mut text = format!("{HEAD}{TYPES}codes:\n");
    for position in 0..10_000 {
        let next = (position + 1) % 10_000;
        let _ = writeln!(text, "  code_{position}: {{ like: code_{next} }}");
    }
    assert_eq!(broken_rules(&text), ["cyclic-like"]);
    gets_an_answer(text.into_bytes());
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let mut text = String::from("a0: &a0 [lol]\n");
    for level in 1..30 {
        let below = format!("*a{}", level - 1);
        let list = [below.as_str(); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{list}]");
    }
    assert!(broken_rules(&text).contains(&"yaml-feature"));
    gets_an_answer(text.into_bytes());
}

#[test]
fn a_bomb_of_likes_does_not_go_off() {
    let text = "x".repeat(16_000);
    let mut text = format!(
        "{HEAD}{TYPES}codes:\n  base: {{ type: request_error, meaning: M, fix: Mend it, message: {text} }}\n"
    );
    for position in 0..10 * many() {
        let _ = writeln!(text, "  c{position}: {{ like: base }}");
    }
    text += "lint: { levels: { message-too-long: off } }\n";
    assert_eq!(broken_rules(&text), ["too-large"]);
}

#[test]
fn suffixes_of_suffixes_do_not_grow_without_bound() {
    let chain = |suffix: &str, count: usize| {
        let mut text = format!(
            "{HEAD}{TYPES}codes:\n  c0: {{ type: request_error, meaning: M, fix: Mend it }}\n"
        );
        for position in 1..=count {
            let base = position - 1;
            let _ = writeln!(
                text,
                "  c{position}: {{ like: c{base}, message_suffix: {suffix} }}"
            );
        }
        text + "lint: { levels: { message-too-long: off } }\n"
    };
    let long = "x".repeat(9_000);
    assert!(broken_rules(&chain(&long, 1)).is_empty());
    assert_eq!(broken_rules(&chain(&long, 3)), ["too-large"]);
    assert_eq!(broken_rules(&chain("More.", 3_000)), ["too-large"]);
}

#[test]
fn long_words_are_not_compared_with_each_other() {
    let word = "x".repeat(60_000);
    let mut text = format!("{HEAD}{TYPES}codes:\n");
    for position in 0..50 {
        let _ = writeln!(text, "  {position}{word}: {{ like: {word}{position} }}");
    }
    gets_an_answer(text.into_bytes());
}

#[test]
fn many_unknown_keys_are_read_once() {
    let mut text = format!("{HEAD}{TYPES}codes:\n  a:\n");
    for position in 0..many() {
        let _ = writeln!(text, "    meaning{position}: M");
    }
    gets_an_answer(text.into_bytes());
}

#[test]
fn a_message_full_of_mistakes_is_read() {
    let message = "{a}{ab}".repeat(9_000);
    gets_an_answer(
        format!(
            "{HEAD}{TYPES}codes:\n  a: {{ type: request_error, meaning: M, fix: F, message: \"{message}\" }}\n"
        )
        .into_bytes(),
    );
}

#[test]
fn many_references_are_looked_up() {
    let mut text = format!("{HEAD}retry:\n  statuses: [400");
    text += &", 400".repeat(exhaustive::select(200, 10_000));
    text += "]\n  not_retryable:\n";
    for position in 0..many() {
        let _ = writeln!(text, "    - {{ code: code_{position}, reason: R }}");
    }
    let _ = writeln!(text, "{TYPES}codes:");
    for position in 0..many() {
        let _ = writeln!(
            text,
            "  code_{position}: {{ type: request_error, meaning: M, fix: F }}"
        );
    }
    gets_an_answer(text.into_bytes());
}
