//! The examples in `docs/rules.md` are the fixtures of the rules.

use std::fmt::Write as _;

use codegen::Rule;
use codegen::rule::RuleKind;
use error_catalog_audit::judge::Judge;
use expect_test::expect_file;

use super::support::{broken, catalog, documented, exchange, file, judged, settings};

/// The wrong and the right exchange of a rule.
struct Section {
    rule: Rule,
    wrong: String,
    right: String,
}

fn sections() -> Vec<Section> {
    let page = file("docs/rules.md");
    let rules = Rule::ALL.iter().copied();
    let rules = rules.filter(|rule| matches!(rule.kind(), RuleKind::Traffic(_)));
    let section = |rule: Rule| {
        let (_, rest) = page.split_once(&format!("\n## `{}`\n", rule.id())).unwrap();
        let text = rest.split("\n## ").next().unwrap();
        let mut examples = text.split("```http\n").skip(1);
        let mut next = || {
            let example = examples.next().and_then(|rest| rest.split_once("```"));
            example.map(|(example, _)| example.to_owned())
        };
        Section {
            rule,
            wrong: next().unwrap(),
            right: next().unwrap(),
        }
    };
    rules.map(section).collect()
}

#[test]
fn each_wrong_example_breaks_its_rule_and_each_right_one_breaks_none() {
    let catalog = catalog(&documented());
    for Section { rule, wrong, right } in sections() {
        assert_eq!(
            broken(&catalog, &[exchange(&wrong)]),
            [rule.id()],
            "{wrong}"
        );
        assert_eq!(broken(&catalog, &[exchange(&right)]), [""; 0], "{right}");
    }
}

#[test]
fn each_finding_says_what_is_wrong() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let mut told = String::new();
    for section in sections() {
        let tally = judged(&judge, &[exchange(&section.wrong)]);
        for group in tally.groups() {
            assert!(!group.text.ends_with('.'), "{}", group.text);
            // Writing to a string cannot fail.
            let _ = writeln!(
                told,
                "{:?} {}: {}",
                group.level,
                group.rule.id(),
                group.text
            );
        }
    }
    expect_file!["../expected/findings.txt"].assert_eq(&told);
}

#[test]
fn the_catalog_can_turn_a_rule_off_change_its_level_and_allow_a_code() {
    let with = |lint: &str| catalog(&format!("{}lint: {lint}\n", documented()));
    for Section { rule, wrong, .. } in sections() {
        let id = rule.id();
        let off = with(&format!("{{ levels: {{ {id}: off }} }}"));
        assert_eq!(broken(&off, &[exchange(&wrong)]), [""; 0], "{id}");
        let allowed = with(&format!(
            "{{ allow: [{{ rule: {id}, reason: it is known }}] }}"
        ));
        assert_eq!(broken(&allowed, &[exchange(&wrong)]), [""; 0], "{id}");
        let judge = Judge::new(&allowed, settings());
        assert_eq!(judged(&judge, &[exchange(&wrong)]).allowed(), 1, "{id}");
        let warned = with(&format!("{{ levels: {{ {id}: warn }} }}"));
        let judge = Judge::new(&warned, settings());
        let tally = judged(&judge, &[exchange(&wrong)]);
        assert_eq!(tally.count(codegen::rule::Level::Warn), 1, "{id}");
    }
}

#[test]
fn an_allowance_for_a_code_allows_no_other() {
    let allow = "lint: { allow: [{ rule: wrong-status, codes: [photo_too_large], reason: it is known }] }\n";
    let catalog = catalog(&format!("{}{allow}", documented()));
    let of = |id: &str| {
        let mut sections = sections().into_iter();
        let section = sections.find(|section| section.rule.id() == id).unwrap();
        exchange(&section.wrong)
    };
    assert_eq!(broken(&catalog, &[of("wrong-status")]), ["wrong-status"]);
}
