//! Malformed locks: they are reported, and their content is not used.

use codegen::{Diagnostic, MAX_SOURCE_BYTES, Rule, Source, compile};
use proptest::prelude::*;

use super::base::{BASE, Released, inputs, lock};
use super::exhaustive;

fn findings(released: &Released, lock: Source) -> (bool, Vec<Diagnostic>) {
    let outcome = compile(&inputs(&released.catalog).with_lock(Some(lock)));
    (outcome.value.is_some(), outcome.diagnostics)
}

fn rules(released: &Released, text: &str) -> Vec<Rule> {
    let (_, found) = findings(released, lock(text));
    found.iter().map(|found| found.rule).collect()
}

#[test]
fn a_lock_that_is_cut_off_is_never_taken_for_a_whole_one() {
    let released = Released::first(BASE);
    let text = released.lock.clone().unwrap().text().to_owned();
    for (at, _) in text
        .match_indices('\n')
        .filter(|(at, _)| at + 1 < text.len())
    {
        let (has_value, found) = findings(&released, lock(&text[..=at]));
        assert!(!has_value && !found.is_empty(), "{}", &text[..=at]);
    }
}

#[test]
fn errors_of_a_lock_have_places() {
    let released = Released::first(BASE);
    let text = released.lock.clone().unwrap().text().to_owned();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for (text, rule) in [
        (String::new(), Rule::BadLock),
        ("# nothing\n".to_owned(), Rule::BadLock),
        ("- a list\n".to_owned(), Rule::WrongKind),
        (with("lock: 1\n", "lock: 2\n"), Rule::UnsupportedVersion),
        (with("lock: 1\n", ""), Rule::BadLock),
        (with("releases:\n", "release:\n"), Rule::UnknownKey),
        (with("\"2026-11-24\"", "\"2026-24-11\""), Rule::BadLock),
        (with("  1.0.0: \"2026", "  one: \"2026"), Rule::BadLock),
        (with("rule: code-added", "rule: code-aded"), Rule::BadLock),
        (with("level: safe", "level: save"), Rule::BadLock),
        (
            with("    status: 413\n", "    stauts: 413\n"),
            Rule::BadLock,
        ),
        (
            with("    status: 413\n", "    status: 413\n    status: 414\n"),
            Rule::DuplicateKey,
        ),
        (
            with("    status: 413\n", "    status: &a 413\n"),
            Rule::YamlFeature,
        ),
        (
            with("    status: 413\n", "<<<<<<< ours\n    status: 413\n"),
            Rule::ConflictMarker,
        ),
        (with("    status: 413\n", "  }\n"), Rule::YamlSyntax),
    ] {
        let (has_value, found) = findings(&released, lock(&text));
        assert!(!has_value, "{rule:?}: nothing is generated");
        assert_eq!(found[0].rule, rule, "{found:?}");
        assert_eq!(
            found[0].primary.span.source.0, 1,
            "{rule:?}: it is in the lock"
        );
        assert!(found[0].help.is_some());
    }
}

#[test]
fn a_lock_that_is_not_utf8_or_too_large_is_not_read() {
    let released = Released::first(BASE);
    let no_text = Source::new("catalog.lock", vec![b'l', 0xFF, 0xFE]);
    let too_large = Source::new("catalog.lock", vec![b'#'; MAX_SOURCE_BYTES + 1]);
    for (source, rule) in [(no_text, Rule::NotUtf8), (too_large, Rule::TooLarge)] {
        let (has_value, found) = findings(&released, source);
        assert!(!has_value);
        let rules: Vec<_> = found.iter().map(|found| found.rule).collect();
        assert_eq!(rules, [rule]);
    }
}

#[test]
fn a_value_that_was_changed_by_hand_is_a_broken_promise() {
    let released = Released::first(BASE);
    let text = released.lock.clone().unwrap().text().to_owned();
    let changed = text.replacen("    status: 413\n", "    status: 414\n", 1);
    assert_eq!(rules(&released, &changed), [Rule::StatusChanged]);
    let changed = text.replacen("    status: 413\n", "    status: [many]\n", 1);
    assert_eq!(rules(&released, &changed), [Rule::StatusChanged]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: exhaustive::select(36, 300), failure_persistence: None, ..ProptestConfig::default() })]

    /// Lines that go, come twice, or change places: no panic, and whatever is found is found in a file that is there.
    #[test]
    fn lines_in_disorder_do_no_harm(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..5)
    ) {
        let released = Released::first(BASE);
        let text = released.lock.clone().unwrap().text().to_owned();
        let mut lines: Vec<&str> = text.lines().collect();
        for (one, other, what) in &edits {
            // A lock that lost all its lines cannot lose another.
            if lines.len() < 2 {
                break;
            }
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match what {
                0 => { lines.remove(one); }
                1 => lines.insert(other, lines[one]),
                2 => lines.swap(one, other),
                _ => lines.truncate(one.max(1)),
            }
        }
        let (_, found) = findings(&released, lock(&(lines.join("\n") + "\n")));
        for found in found {
            prop_assert!(found.primary.span.source.0 <= 1);
        }
        // Whatever it says, it can be compared with.
        let old = codegen::Inputs::new(lock(&(lines.join("\n") + "\n")));
        let _ = codegen::compat::diff(&old, &inputs(&released.catalog));
    }
}
