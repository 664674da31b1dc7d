//! A catalog in several files.

use std::collections::BTreeMap;

use codegen::{Answer, Catalog, Found, Inputs, Outcome, Source, compile};

use super::catalogs::{HEAD, TYPES, read};

/// Compiles a catalog that includes these files.
fn several(root: &str, files: &[(&str, &str)]) -> (Inputs, Outcome<Catalog>) {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let inputs = read("catalog.yaml", root, |path| {
        files.get(path).map(|text| (*text).to_owned())
    });
    let outcome = compile(&inputs);
    (inputs, outcome)
}

fn rules(outcome: &Outcome<Catalog>) -> Vec<&'static str> {
    let found = outcome.diagnostics.iter();
    found.map(|found| found.rule.id()).collect()
}

fn code(name: &str) -> String {
    format!("  {name}: {{ type: request_error, meaning: It is {name}, fix: Choose another }}\n")
}

#[test]
fn entries_keep_the_order_of_files_and_places() {
    let root = format!("{HEAD}include: [b.yaml, a.yaml]\ncodes:\n{}", code("root"));
    let (_, outcome) = several(
        &root,
        &[
            ("a.yaml", &format!("codes:\n{}", code("of_a"))),
            (
                "b.yaml",
                &format!(
                    "include: [c.yaml]\n{TYPES}codes:\n{}{}",
                    code("later"),
                    code("earlier")
                ),
            ),
            ("c.yaml", &format!("codes:\n{}", code("of_c"))),
        ],
    );
    assert_eq!(rules(&outcome), [""; 0]);
    let catalog = outcome.value.expect("the catalog is sound");
    let codes = catalog.codes.iter().map(|code| code.names.wire.as_str());
    assert_eq!(
        codes.collect::<Vec<_>>(),
        ["root", "later", "earlier", "of_a", "of_c"]
    );
}

#[test]
fn a_name_in_two_files_is_shown_in_both() {
    let root = format!("{HEAD}{TYPES}include: [a.yaml, b.yaml]\n");
    let file = format!("codes:\n{}", code("twice"));
    let (_, outcome) = several(&root, &[("a.yaml", &file), ("b.yaml", &file)]);
    let [found] = &outcome.diagnostics[..] else {
        panic!("{:?}", outcome.diagnostics);
    };
    assert_eq!(found.rule.id(), "duplicate-key");
    assert_eq!(found.primary.span.source.0, 2);
    assert_eq!(found.related[0].span.source.0, 1);
}

#[test]
fn findings_are_in_the_file_that_causes_them() {
    let root = format!("{HEAD}{TYPES}include: [a.yaml]\n");
    let file = "codes:\n  bad: { type: request_eror, meaning: It is bad, fix: Mend it }\n";
    let (inputs, outcome) = several(&root, &[("a.yaml", file)]);
    assert_eq!(rules(&outcome), ["unknown-type"]);
    let report =
        codegen::report::human(&inputs, &outcome.diagnostics, codegen::report::Style::Plain);
    assert!(report.contains("--> a.yaml:2:16"), "{report}");
}

#[test]
fn what_a_broken_file_would_have_brought_is_not_missed() {
    let root = format!("{HEAD}include: [types.yaml]\ncodes:\n{}", code("a"));
    let (_, outcome) = several(&root, &[("types.yaml", "types: [\n")]);
    assert_eq!(rules(&outcome), ["yaml-syntax"]);
    let (_, outcome) = several(&root, &[]);
    assert_eq!(rules(&outcome), ["bad-include"]);
}

#[test]
fn an_included_file_cannot_state_settings_of_the_catalog() {
    let root = format!("{HEAD}{TYPES}include: [a.yaml]\ncodes:\n{}", code("a"));
    let (_, outcome) = several(&root, &[("a.yaml", "retry: { statuses: [400] }\n")]);
    assert_eq!(rules(&outcome), ["unknown-key"]);
}

#[test]
fn allowances_and_levels_of_all_files_apply() {
    let root = format!(
        "{HEAD}{TYPES}include: [a.yaml, lint.yaml]\nlint: {{ levels: {{ missing-meaning: warn }} }}\n"
    );
    let codes = "codes:\n  a: { type: request_error, meaning: It is bad }\n";
    let lint = "lint:\n  levels: { multi-line-text: off }\n  allow:\n    - { rule: missing-fix, codes: [a], reason: Nobody knows }\n";
    let (_, outcome) = several(&root, &[("a.yaml", codes), ("lint.yaml", lint)]);
    assert_eq!(rules(&outcome), [""; 0]);
    let twice = "lint: { levels: { missing-meaning: error } }\n";
    let (_, outcome) = several(
        &root,
        &[("a.yaml", &format!("{codes}{lint}")), ("lint.yaml", twice)],
    );
    assert_eq!(rules(&outcome), ["duplicate-key"]);
}

#[test]
fn a_cycle_ends() {
    let root = format!("{HEAD}{TYPES}include: [a.yaml]\ncodes:\n{}", code("a"));
    let (_, outcome) = several(
        &root,
        &[
            ("a.yaml", "include: [b.yaml]\n"),
            ("b.yaml", "include: [a.yaml]\n"),
        ],
    );
    assert_eq!(rules(&outcome), ["cyclic-include"]);
}

#[test]
fn a_pattern_may_match_its_own_file() {
    let text = format!("{HEAD}{TYPES}include: [\"*.yaml\"]\ncodes:\n{}", code("a"));
    let mut inputs = Inputs::new(Source::new("catalog.yaml", text.into_bytes()));
    assert_eq!(inputs.wanted().as_deref(), Some("*.yaml"));
    let file = |path: &str, text: &str| Found {
        path: path.to_owned(),
        source: Source::new(path, text.as_bytes().to_vec()),
    };
    inputs.answer(Answer::Files(vec![
        file("b.yaml", "version: 1\n"),
        file("catalog.yaml", "version: 1\n"),
    ]));
    assert_eq!(inputs.wanted(), None);
    assert_eq!(rules(&compile(&inputs)), [""; 0]);
}

#[test]
fn a_catalog_that_was_not_read_whole_is_not_compiled() {
    let text = format!("{HEAD}{TYPES}include: [a.yaml]\ncodes:\n{}", code("a"));
    let inputs = Inputs::new(Source::new("catalog.yaml", text.into_bytes()));
    assert_eq!(rules(&compile(&inputs)), ["bad-include"]);
}

#[test]
fn files_without_end_are_refused() {
    let root = format!("{HEAD}{TYPES}include: [0.yaml]\ncodes:\n{}", code("a"));
    let inputs = read("catalog.yaml", root, |path| {
        let number: u32 = path.trim_end_matches(".yaml").parse().ok()?;
        Some(format!("include: [{}.yaml]\n", number + 1))
    });
    assert_eq!(inputs.sources().len(), codegen::MAX_FILES);
    assert_eq!(rules(&compile(&inputs)), ["too-large"]);
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_does_not_include_itself() {
    let root = format!(
        "{HEAD}{TYPES}include: [\"a[1].yaml\"]\ncodes:\n{}",
        code("a")
    );
    let inputs = read("a[1].yaml", root, |_| Some("version: 1\n".to_owned()));
    assert_eq!(rules(&compile(&inputs)), ["cyclic-include"]);
}
