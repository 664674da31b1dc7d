//! Meanings that move from one released code to another, and those that only look like it.

use codegen::catalog::ChangeLevel::{self, Breaking, Risky, Safe};
use codegen::release::NotReleased;

use super::base::Released;

/// The texts of a code: meaning, message and fix. Empty ones are left out.
type Texts = [&'static str; 3];

const LIST: [Texts; 5] = [
    ["The disk is full", "No space is left.", "Delete old files"],
    [
        "The lease expired",
        "Your lease has run out.",
        "Renew the lease",
    ],
    [
        "A shard is offline",
        "Some data cannot be read.",
        "Retry in an hour",
    ],
    [
        "The key is revoked",
        "This key was revoked.",
        "Create another key",
    ],
    [
        "The name has spaces",
        "Names have no spaces.",
        "Remove the spaces",
    ],
];
const OTHER: Texts = ["The quota is used up", "You have no credit.", "Buy credit"];

/// A catalog with these codes. Codes are integers if all names are digits.
fn catalog(codes: &[(&str, Texts)]) -> String {
    let is_integer = codes
        .iter()
        .all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()));
    let mut text = format!(
        "\
version: 1
api: {{ title: Disk API, docs_url: https://docs.example.com, crate: disk-errors }}
envelope: {{ code: {} }}
lint: {{ levels: {{ missing-fix: \"off\", duplicate-meaning: \"off\" }} }}
types:
  disk_error: {{ status: 400, meaning: The disk failed }}
codes:
",
        if is_integer { "integer" } else { "string" }
    );
    for (name, texts) in codes {
        let rust = name.replace(['.', '_'], "").to_lowercase();
        let start = format!("  \"{name}\":\n    type: disk_error\n    rust: C{rust}\n");
        text.push_str(&start);
        let fields = ["meaning", "message", "fix"].into_iter().zip(texts);
        for (field, words) in fields.filter(|(_, words)| !words.is_empty()) {
            text.extend(["    ", field, ": ", words, "\n"]);
        }
    }
    text
}

fn codes(names: &[&'static str], texts: &[Texts]) -> Vec<(&'static str, Texts)> {
    names.iter().copied().zip(texts.iter().copied()).collect()
}

/// The level of the largest change of each code that changed, by name.
#[track_caller]
fn levels(
    old: &[(&'static str, Texts)],
    new: &[(&'static str, Texts)],
) -> Vec<(String, ChangeLevel)> {
    let released = Released::first(&catalog(old));
    let mut changes = released.differences(&catalog(new)).changes;
    changes.retain(|change| change.rule != "since-changed");
    let mut levels: Vec<(String, ChangeLevel)> = Vec::new();
    for change in changes {
        // The most serious changes come first.
        if levels.iter().all(|(name, _)| *name != change.name) {
            levels.push((change.name, change.level));
        }
    }
    levels.sort();
    levels
}

fn all(names: &[&str], level: ChangeLevel) -> Vec<(String, ChangeLevel)> {
    let mut all: Vec<_> = names
        .iter()
        .map(|name| ((*name).to_owned(), level))
        .collect();
    all.sort();
    all
}

const WORDS: [&str; 5] = ["full", "expired", "offline", "revoked", "spaces"];
const NUMBERS: [[&str; 5]; 4] = [
    ["1001", "1002", "1003", "1004", "1005"],
    ["E1001", "E1002", "E1003", "E1004", "E1005"],
    ["ERR_01", "ERR_02", "ERR_03", "ERR_04", "ERR_05"],
    ["40.1", "40.2", "40.3", "40.4", "40.5"],
];

fn by_names() -> impl Iterator<Item = ([&'static str; 5], ChangeLevel)> {
    let numbers = NUMBERS.into_iter().map(|names| (names, Breaking));
    numbers.chain([(WORDS, Risky)])
}

#[test]
fn two_codes_that_swap_their_texts_have_another_meaning() {
    for (names, level) in by_names() {
        for parts in [[0, 1, 2].as_slice(), &[0], &[1], &[2], &[0, 2], &[1, 2]] {
            let mut texts = LIST;
            for part in parts {
                texts[1][*part] = LIST[3][*part];
                texts[3][*part] = LIST[1][*part];
            }
            let found = levels(&codes(&names, &LIST), &codes(&names, &texts));
            assert_eq!(found, all(&[names[1], names[3]], level), "{parts:?}");
        }
    }
}

#[test]
fn a_list_that_moves_by_one_has_other_meanings() {
    for (names, level) in by_names() {
        for stated in [[true; 3], [true, false, false], [true, false, true]] {
            let stated = |texts: Texts| -> Texts {
                let mut fields = texts.into_iter().zip(stated);
                std::array::from_fn(|_| match fields.next() {
                    Some((text, true)) => text,
                    _ => "",
                })
            };
            let list = LIST.map(stated);
            let mut later = list;
            later.rotate_right(1);
            later[0] = stated(OTHER);
            let found = levels(&codes(&names, &list), &codes(&names, &later));
            assert_eq!(found, all(&names, level));
            let mut earlier = list;
            earlier.rotate_left(1);
            let found = levels(&codes(&names, &list), &codes(&names[..4], &earlier[..4]));
            let mut expected = all(&names[..4], level);
            expected.push((names[4].to_owned(), Breaking));
            expected.sort();
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn a_list_with_one_more_at_its_start_has_other_meanings() {
    for (names, level) in by_names() {
        let four = codes(&names[..4], &LIST[..4]);
        let more: Vec<Texts> = [OTHER].into_iter().chain(LIST).take(5).collect();
        let found = levels(&four, &codes(&names, &more));
        let mut expected = all(&names[..4], level);
        expected.push((names[4].to_owned(), Safe));
        expected.sort();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_code_whose_texts_all_change_at_once_is_another_one() {
    for (names, level) in by_names() {
        let mut texts = LIST;
        texts[2] = OTHER;
        let found = levels(&codes(&names, &LIST), &codes(&names, &texts));
        assert_eq!(found, all(&[names[2]], level));
        // The message is the meaning if it is not stated.
        let list = LIST.map(|[meaning, _, fix]| [meaning, "", fix]);
        let mut texts = list;
        texts[2] = [OTHER[0], "", OTHER[2]];
        let found = levels(&codes(&names, &list), &codes(&names, &texts));
        assert_eq!(found, all(&[names[2]], level));
    }
}

#[test]
fn small_edits_one_new_text_and_shared_texts_are_safe() {
    for (names, _) in by_names() {
        let old = codes(&names, &LIST);
        for edited in [
            [
                "The disk is fulll",
                "No space left.",
                "Delete the old files",
            ],
            [
                "The whole disk is full",
                "No space is left",
                "Delete old files.",
            ],
            ["The disk is full", "You have no credit.", "Buy credit"],
            ["The quota is used up", "No space is left.", "Buy credit"],
            [
                "The quota is used up",
                "You have no credit.",
                "Delete old files now",
            ],
        ] {
            let mut texts = LIST;
            texts[0] = edited;
            let found = levels(&old, &codes(&names, &texts));
            assert_eq!(found, all(&[names[0]], Safe), "{edited:?}");
        }
        // A text of several codes belongs to none of them.
        let general: Texts = ["It failed", "", "Try again"];
        let mut shared = [general; 5];
        shared[0] = LIST[0];
        let mut texts = shared;
        texts[1][0] = "The disk is slow";
        texts[0][2] = "Try again";
        let found = levels(&codes(&names, &shared), &codes(&names, &texts));
        assert_eq!(found, all(&[names[0], names[1]], Safe));
    }
}

#[test]
fn a_deprecated_code_may_get_the_texts_of_its_successor() {
    let released = Released::first(&catalog(&codes(&WORDS, &LIST)));
    let start = released.catalog.find("  \"full\":").unwrap();
    let end = released.catalog.find("  \"expired\":").unwrap();
    let like = "  full: { like: spaces, row: shared, rust: Cfull, since: 1.0.0, deprecated: { use: spaces } }\n";
    let text = released
        .catalog
        .replace(&released.catalog[start..end], like);
    let changes = released.differences(&text).changes;
    assert!(
        changes.iter().all(|change| change.level == Safe),
        "{changes:#?}"
    );
}

#[test]
fn a_release_with_another_meaning_needs_an_acceptance_or_a_larger_version() {
    let swapped = |names: &[&'static str]| {
        let mut texts = LIST;
        texts.swap(0, 1);
        catalog(&codes(names, &texts))
    };
    let first = Released::first(&catalog(&codes(&WORDS, &LIST)));
    let refused = first.release(&swapped(&WORDS), "1.0.1");
    assert!(matches!(refused, Err(NotReleased::TooSmall { least, .. }) if least == "1.1.0"));
    let second = first.then(&swapped(&WORDS), "1.1.0");
    let lock = second.lock.as_ref().unwrap().text();
    assert!(
        lock.contains("rule: meaning-changed, level: risky, text: \"`meaning` taken from `full`\""),
        "{lock}"
    );
    assert_eq!(second.differences(&second.catalog).changes, []);

    let first = Released::first(&catalog(&codes(&NUMBERS[1], &LIST)));
    let refused = first.release(&swapped(&NUMBERS[1]), "2.0.0");
    assert!(matches!(refused, Err(NotReleased::Findings(_))));
    let breaking = first.differences(&swapped(&NUMBERS[1])).changes;
    let mut text = swapped(&NUMBERS[1]);
    for change in breaking.iter().filter(|change| change.level == Breaking) {
        let inputs = super::base::inputs(&text);
        text = codegen::edit::accept(&inputs, &change.fingerprint, "Never sent")
            .unwrap()
            .1;
    }
    let second = first.then(&text, "2.0.0");
    assert_eq!(second.differences(&second.catalog).changes, []);
}
