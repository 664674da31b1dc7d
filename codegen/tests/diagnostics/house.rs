//! `lint: house:`: rules that a catalog brings itself.

use codegen::Severity;

use super::catalogs::{HEAD, TYPES, broken_rules, diagnostics, inputs, outcome};

/// A catalog with these custom rules and allowances.
fn with_house(house: &str, allow: &str) -> String {
    format!(
        "{HEAD}{TYPES}codes:
  bad_name: {{ type: request_error, meaning: The name is bad, fix: Simply choose another, x-owner: names, see: [] }}
  worse_name: {{ like: bad_name, meaning: The name is worse }}
  odd.name: {{ type: request_error, meaning: The name is just odd, fix: Choose another, since: '1.2' }}
lint:
  house: [{house}]
  allow: [{allow}]
"
    )
}

/// The underlined texts of a catalog with these custom rules.
fn underlined(house: &str) -> Vec<String> {
    let catalog = with_house(house, "");
    let found = diagnostics(&catalog);
    assert!(
        found.iter().all(|it| it.rule.id() == "house-rule"),
        "{found:#?}"
    );
    found
        .iter()
        .map(|it| catalog[it.primary.span.range()].to_owned())
        .collect()
}

#[test]
fn a_pattern_matches_the_whole_name() {
    let codes = |pattern: &str| underlined(&format!("{{ name: a, code_pattern: '{pattern}' }}"));
    assert_eq!(codes("[a-z_]+"), ["odd.name"]);
    assert_eq!(codes("[a-z_]"), ["bad_name", "worse_name", "odd.name"]);
    assert_eq!(codes("bad|.*name"), [""; 0]);
    assert_eq!(codes("(?i)BAD.*|[^b].*"), [""; 0]);
    let types = |pattern: &str| underlined(&format!("{{ name: a, type_pattern: '{pattern}' }}"));
    assert_eq!(types("[a-z]+"), ["request_error"]);
    assert_eq!(types("[a-z]+_error"), [""; 0]);
}

#[test]
fn banned_words_are_found_where_they_are_stated() {
    let banned = "{ name: plain-words, banned: [just, simply, odd] }";
    assert_eq!(underlined(banned), ["Simply", "just"]);
    let two = "{ name: a, banned: [just] }, { name: b, banned: [odd] }";
    assert_eq!(underlined(two), ["just", "odd"]);
}

#[test]
fn required_keys_are_stated_or_taken_over() {
    let required = |key: &str| underlined(&format!("{{ name: complete, required: [{key}] }}"));
    assert_eq!(required("x-owner"), ["odd.name"]);
    assert_eq!(required("see"), ["odd.name"]);
    // The version that brought a code is its own.
    assert_eq!(required("since"), ["bad_name", "worse_name"]);
    // What neither has is missing from the code that the other is like.
    assert_eq!(required("param"), ["bad_name", "odd.name"]);
    assert_eq!(required("meaning, fix"), [""; 0]);
}

#[test]
fn a_house_rule_has_a_level_of_its_own() {
    for (level, expected) in [
        ("", &[Severity::Warning][..]),
        (", level: warn", &[Severity::Warning]),
        (", level: error", &[Severity::Error]),
        (", level: off", &[]),
    ] {
        let catalog = with_house(&format!("{{ name: a, banned: [simply]{level} }}"), "");
        let found = outcome(&catalog);
        let severities: Vec<_> = found.diagnostics.iter().map(|it| it.severity).collect();
        assert_eq!(severities, expected, "{level}");
        assert_eq!(found.value.is_some(), level != ", level: error");
    }
}

#[test]
fn a_custom_rule_without_a_level_has_the_level_of_the_lint_rule() {
    let levels = "\n  levels: { house-rule: error }\n  allow";
    let house = "{ name: a, banned: [simply] }, { name: b, level: warn, banned: [just] }";
    let catalog = with_house(house, "").replace("\n  allow", levels);
    let found = diagnostics(&catalog);
    let severities: Vec<_> = found.iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
}

#[test]
fn one_house_rule_is_allowed_by_its_name_and_all_without_it() {
    let house = "{ name: a, banned: [simply] }, { name: b, banned: [choose another] }";
    for (allow, expected) in [
        ("", 3),
        ("{ rule: house-rule, house: a, reason: Ours }", 2),
        (
            "{ rule: house-rule, house: b, codes: [bad_name], reason: Ours }",
            2,
        ),
        ("{ rule: house-rule, codes: [bad_name], reason: Ours }", 1),
        ("{ rule: house-rule, reason: Ours }", 0),
    ] {
        let found = broken_rules(&with_house(house, allow));
        assert_eq!(found, vec!["house-rule"; expected], "{allow}");
    }
}

#[test]
fn the_most_specific_allowance_counts() {
    let house = "{ name: a, banned: [simply] }";
    let allow = "{ rule: house-rule, house: a, codes: [bad_name], reason: Ours }, \
                 { rule: house-rule, reason: Ours }";
    assert_eq!(broken_rules(&with_house(house, allow)), ["unneeded-allow"]);
}

#[test]
fn the_help_states_the_key_and_the_reason() {
    let help = |more: &str| {
        let catalog = with_house(&format!("{{ name: a, banned: [simply]{more} }}"), "");
        diagnostics(&catalog)[0].help.clone().expect("a help")
    };
    assert_eq!(help(""), "use other words");
    assert_eq!(help(", instead: Just"), "write `Just`");
    assert_eq!(help(", reason: it is rude"), "use other words: it is rude");
}

#[test]
fn a_mistake_in_a_house_rule_is_not_echoed_by_allowances() {
    let allow = "{ rule: house-rule, house: a, reason: Ours }, { rule: house-rule, reason: Ours }";
    for (house, rule) in [
        ("{ name: a, code_pattern: '(' }", "wrong-kind"),
        ("{ name: a }", "missing-field"),
        ("{ name: A, banned: [gone] }", "impossible-name"),
        ("{ name: a, banned: [404] }", "yaml-trap"),
    ] {
        assert_eq!(broken_rules(&with_house(house, allow)), [rule], "{house}");
    }
}

#[test]
fn patterns_and_words_have_limits() {
    for pattern in ["(a{1,200}){1,200}", "[a-z]{5000}"] {
        let house = format!("{{ name: a, code_pattern: '{pattern}' }}");
        assert_eq!(
            broken_rules(&with_house(&house, "")),
            ["wrong-kind"],
            "{pattern}"
        );
    }
    let deep = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
    let house = format!("{{ name: a, code_pattern: '{deep}' }}");
    assert_eq!(broken_rules(&with_house(&house, "")), ["wrong-kind"]);
    let words = vec!["word"; 501].join(", ");
    let house = format!("{{ name: a, banned: [{words}] }}");
    assert_eq!(broken_rules(&with_house(&house, "")), ["too-large"]);
    let keys: Vec<_> = (0..31).map(|number| format!("x-{number}")).collect();
    let house = format!("{{ name: a, level: off, required: [{}] }}", keys.join(", "));
    assert_eq!(broken_rules(&with_house(&house, "")), ["too-large"]);
}

#[test]
fn a_pattern_that_makes_other_engines_go_back_is_read_once() {
    let name = "a".repeat(100);
    let catalog = with_house("{ name: a, code_pattern: '(a+)+b' }", "")
        .replace("odd.name:", &format!("{name}:"));
    let found = codegen::compile(&inputs(catalog)).diagnostics;
    assert_eq!(found.len(), 3);
}

#[test]
fn a_rule_that_has_no_name_bans_nothing_and_no_other_rule_is_taken_for_it() {
    for (rules, rule) in [
        ("{ name: No Name, banned: [just] }", "impossible-name"),
        ("{ banned: [just] }", "missing-field"),
        (
            "{ name: a, banned: [simply] }, { name: a, banned: [just] }, { name: b, banned: [nothing] }",
            "duplicate-key",
        ),
    ] {
        let found = broken_rules(&with_house(rules, ""));
        assert!(found.contains(&rule), "{found:?}");
        let of_house = found.iter().filter(|id| **id == "house-rule").count();
        assert_eq!(of_house, usize::from(rules.contains("simply")), "{rules}");
    }
}
