//! `docs/rules.md` has a section for each rule, and its examples are true.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Rule;
use codegen::rule::{Level, RuleKind};

use super::catalogs::{broken_promises, broken_rules, broken_rules_with, lock, lock_of};
use super::fixtures;

/// A section of the page: the id of its rule, and its text.
struct Section {
    id: String,
    text: String,
}

fn sections() -> Vec<Section> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    let page = std::fs::read_to_string(path).expect("the page can be read");
    let mut sections: Vec<Section> = Vec::new();
    for line in page.lines() {
        let heading = line
            .strip_prefix("## `")
            .and_then(|it| it.strip_suffix('`'));
        if let Some(id) = heading {
            sections.push(Section {
                id: id.to_owned(),
                text: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.text += line;
            section.text.push('\n');
        }
    }
    sections
}

/// The YAML examples of a section.
fn examples(section: &Section) -> Vec<String> {
    let mut parts = section.text.split("```yaml\n").skip(1);
    let mut examples = Vec::new();
    while let Some((example, _)) = parts.next().and_then(|part| part.split_once("```")) {
        examples.push(example.to_owned());
    }
    examples
}

/// What the examples of a section break, each with its template, if the section shows templates.
fn broken_in(section: &Section) -> Vec<Vec<&'static str>> {
    let mut parts = section.text.split("```jinja\n").skip(1);
    let examples = examples(section).into_iter();
    let broken = examples.map(|example| {
        let template = parts
            .next()
            .and_then(|part| Some(part.split_once("```")?.0));
        let catalog = complete(&example);
        if catalog.starts_with("outputs:") {
            broken_rules_with(&catalog, template.unwrap_or("{{ api.title }}"))
        } else {
            broken_rules(&catalog)
        }
    });
    broken.collect()
}

/// Makes a whole catalog of an example by adding the sections that it does not show.
fn complete(example: &str) -> String {
    let mut catalog = example.to_owned();
    for (key, section) in [
        ("version", "version: 1\n"),
        (
            "api",
            "api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }\n",
        ),
        (
            "types",
            "types:\n  request_error: { status: 400, meaning: The request is wrong }\n",
        ),
        (
            "codes",
            "codes:\n  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }\n",
        ),
    ] {
        let stated = example
            .lines()
            .any(|line| line.starts_with(&format!("{key}:")));
        if !stated {
            catalog += section;
        }
    }
    catalog
}

#[test]
fn rules_fixtures_and_sections_are_the_same_set() {
    let rules: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id().to_owned()).collect();
    let documented: BTreeSet<_> = sections().into_iter().map(|section| section.id).collect();
    assert_eq!(rules, documented);
    assert_eq!(fixtures::rules_of_catalogs(), fixtures::rule_ids());
}

#[test]
fn the_sections_are_in_the_order_of_the_rules() {
    let documented: Vec<_> = sections().into_iter().map(|section| section.id).collect();
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(documented, rules);
}

#[test]
fn each_section_states_the_level_of_the_rule() {
    for section in sections() {
        let rule = Rule::from_id(&section.id).expect("the section has a rule");
        let weight = match rule.kind() {
            RuleKind::Fixed => "*Fixed.*",
            RuleKind::Promise => "*Promise, ",
            RuleKind::Lint(Level::Error) => "*Lint, default level `error`.*",
            RuleKind::Lint(Level::Warn) => "*Lint, default level `warn`.*",
            RuleKind::Lint(Level::Off) => "*Lint, default level `off`.*",
            RuleKind::Traffic(Level::Error) => "*Traffic, default level `error`.*",
            RuleKind::Traffic(Level::Warn) => "*Traffic, default level `warn`.*",
            RuleKind::Traffic(Level::Off) => "*Traffic, default level `off`.*",
            RuleKind::Source(Level::Error) => "*Source, default level `error`.*",
            RuleKind::Source(Level::Warn) => "*Source, default level `warn`.*",
            RuleKind::Source(Level::Off) => "*Source, default level `off`.*",
        };
        assert!(
            section.text.trim_start().starts_with(weight),
            "{}",
            section.id
        );
    }
}

#[test]
fn each_section_shows_the_wrong_and_the_right_form() {
    for section in sections() {
        let count = examples(&section).len();
        // What is wrong with a file that is no text cannot be shown in a page that is one.
        let expected = match Rule::from_id(&section.id).expect("a rule").kind() {
            _ if section.id == "not-utf8" => 0,
            // What was released stands before both.
            RuleKind::Promise => 3,
            RuleKind::Fixed | RuleKind::Lint(_) => 2,
            // Exchanges and sources: the tests of the package that judges them read these.
            RuleKind::Traffic(_) | RuleKind::Source(_) => 0,
        };
        assert_eq!(count, expected, "{}", section.id);
    }
}

#[test]
fn each_wrong_example_breaks_its_rule_and_each_right_one_breaks_none() {
    for section in sections() {
        let id = section.id.as_str();
        if id == "bad-lock" {
            let broken =
                |text: &String| broken_promises(lock(text.clone().into_bytes()), &complete(""));
            let broken: Vec<_> = examples(&section).iter().map(broken).collect();
            assert_eq!(broken, [vec![id], vec![]]);
        } else if let [released, wrong, right] = &examples(&section)[..] {
            let lock = lock_of(complete(released).as_bytes());
            assert_eq!(
                broken_promises(lock.clone(), &complete(wrong)),
                [id],
                "{wrong}"
            );
            assert_eq!(
                broken_promises(lock, &complete(right)),
                [""; 0],
                "{id}: {right}"
            );
        } else {
            let broken = broken_in(&section);
            assert!(
                broken.is_empty() || broken == [vec![id], vec![]],
                "{id}: {broken:?}"
            );
        }
    }
}
