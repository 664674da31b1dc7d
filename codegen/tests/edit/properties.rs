//! Properties of the canonical form of every text.

use codegen::edit::{Refusal, format};
use codegen::{Inputs, compile};
use proptest::prelude::*;

use super::changes::change;
use super::exhaustive;
use super::rewritten::{habits, rewritten, shuffled};
use super::{formatted, inputs, rewritable};

/// What a catalog means, and the rules that it breaks.
fn meaning(text: &str) -> String {
    let outcome = compile(&inputs(text));
    let mut rules: Vec<_> = outcome.diagnostics.iter().map(|it| it.rule).collect();
    rules.sort_unstable();
    format!("{rules:?} {:#?}", outcome.value)
}

/// The comments and blank lines of a text whose values have one line each, in their order; blank
/// lines at its end are none.
fn between_values(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        // A comment of the catalogs begins behind a space, and no text of theirs has such a sign.
        let comment = line.find(" # ").map(|at| &line[at + 1..]);
        let whole = line
            .trim_start()
            .starts_with('#')
            .then(|| line.trim_start());
        match whole.or(comment) {
            Some(comment) => found.push(comment.trim_end()),
            None if line.trim().is_empty() => found.push(""),
            None => {}
        }
    }
    while found.last() == Some(&"") {
        found.pop();
    }
    found
}

/// The canonical form of any bytes, if they have one: it is canonical itself.
fn is_answered(bytes: Vec<u8>) {
    let inputs: Inputs = inputs(bytes);
    match format(&inputs) {
        Ok(texts) => assert_eq!(
            formatted(&texts[0]),
            texts[0],
            "{:?}",
            inputs.sources()[0].text()
        ),
        Err(Refusal::Findings(found)) => assert_ne!(found, []),
        Err(Refusal::Fault(_)) => panic!("{:?}", inputs.sources()[0].text()),
    }
}

proptest! {
    // Each case reads a whole catalog many times.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: exhaustive::select(12, 64),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_its_author_s_habits_a_catalog_has_one_canonical_form_but_for_what_they_added(
        which in any::<proptest::sample::Index>(), habits in habits(),
    ) {
        let catalogs = rewritable();
        let (name, text) = &catalogs[which.index(catalogs.len())];
        prop_assume!(!name.contains("hostile"));
        let text = rewritten(text, &habits);
        let canonical = formatted(&text);
        prop_assert_eq!(formatted(&canonical), &*canonical);
        prop_assert_eq!(meaning(&canonical), meaning(&text));
        let text = text.replace("\r\n", "\n");
        prop_assert_eq!(between_values(&canonical), between_values(&text), "{}\n{}", &text, &canonical);
    }

    #[test]
    fn the_order_of_keys_changes_only_the_places_of_their_comments(
        which in any::<proptest::sample::Index>(), seed in any::<u64>(), habits in habits(),
    ) {
        let catalogs = rewritable();
        let (name, canonical) = &catalogs[which.index(catalogs.len())];
        let other = shuffled(canonical, seed);
        prop_assert_eq!(&formatted(&other), canonical, "{}", other);
        let text = rewritten(&other, &habits);
        let once = formatted(&text);
        prop_assert_eq!(formatted(&once), &*once);
        prop_assert_eq!(meaning(&once), meaning(&text));
        // The hostile texts look like comments.
        prop_assume!(!name.contains("hostile"));
        let (mut old, mut new) = (between_values(&text), between_values(&once));
        old.retain(|line| !line.is_empty());
        new.retain(|line| !line.is_empty());
        old.sort_unstable();
        new.sort_unstable();
        prop_assert_eq!(old, new);
    }

    #[test]
    fn another_reader_sees_the_same(which in any::<proptest::sample::Index>(), habits in habits()) {
        let catalogs = rewritable();
        let (_, text) = &catalogs[which.index(catalogs.len())];
        let text = rewritten(text, &habits);
        let read = |text: &str| serde_yaml::from_str::<serde_json::Value>(text).unwrap();
        prop_assert_eq!(read(&formatted(&text)), read(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: exhaustive::select(48, 256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_canonical_form_or_a_finding(text in any::<String>()) {
        is_answered(text.into_bytes());
    }

    #[test]
    fn any_lines_of_yaml_signs_have_a_canonical_form_or_a_finding(
        text in "([-?:,#|>'\"{}\\[\\]+2 \t\r\na0é]|\n  |\n- |: |- |# c\n|a: |, |\\|\n){0,40}",
    ) {
        is_answered(text.clone().into_bytes());
        is_answered(format!("version: {text}").into_bytes());
        is_answered(format!("codes:\n  a:\n    see:\n      - {text}").into_bytes());
        is_answered(format!("b: {{ c: [{text}] }}\na: 1\n").into_bytes());
    }

    #[test]
    fn a_damaged_catalog_has_a_canonical_form_or_a_finding(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        let catalogs = rewritable();
        let mut bytes = catalogs[which.index(catalogs.len())].1.clone().into_bytes();
        for change in &changes {
            change.apply(&mut bytes);
        }
        is_answered(bytes);
    }
}

#[test]
fn ten_thousand_comments_at_one_place_are_kept() {
    let comments = "# c\n".repeat(10_000);
    let text =
        format!("version: 1\n{comments}api:\n{comments}  title: [\n{comments}   ]\n{comments}");
    assert_eq!(formatted(&text).matches("# c").count(), 40_000);
}

#[test]
fn ten_thousand_values_in_one_line_are_read_once() {
    let text = format!("sets: {{ a: [{}] }}\n", "[b], ".repeat(10_000));
    assert_eq!(formatted(&text).lines().count(), 10_002);
}
