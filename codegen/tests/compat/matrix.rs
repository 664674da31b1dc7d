//! Each change has the level and the version that the table gives it.

use std::collections::BTreeSet;

use codegen::compat::{Case, Change, Field, Kind, NOT_COMPARED, Shape, diff, table};

use super::base::{BASE, Released, differences, edited, inputs};
use super::exhaustive;
use super::mutations::{Mutation, all};

/// Cases that two catalogs alone cannot show: what was before the old one is in the lock.
const OF_THE_LOCK: [(Kind, &str, &str, &str); 4] = [
    (
        Kind::Argument,
        "",
        "added",
        "an argument that was removed before had the name and another kind",
    ),
    (Kind::Code, "", "added", "it was removed or retired before"),
    (Kind::Operation, "", "added", "it was removed before"),
    (Kind::Type, "", "added", "it was removed before"),
];

fn cells(field: &Field) -> [(&'static str, &'static [Case]); 3] {
    [
        ("changed", field.changed),
        ("added", field.added),
        ("removed", field.removed),
    ]
}

/// The case of the table that a mutation is about.
fn expected(mutation: &Mutation) -> &'static Case {
    let mut fields = table().filter(|field| (field.kind, field.name) == mutation.row);
    let field = fields
        .next()
        .unwrap_or_else(|| panic!("{:?}", mutation.row));
    let mut cells = cells(field)
        .into_iter()
        .filter(|(change, _)| *change == mutation.change);
    let (_, cases) = cells.next().unwrap();
    let case = cases.iter().find(|case| case.when == mutation.when);
    case.unwrap_or_else(|| panic!("{:?} {} {:?}", mutation.row, mutation.change, mutation.when))
}

#[test]
fn each_mutation_has_the_level_of_its_row() {
    for mutation in all() {
        let case = expected(&mutation);
        let name = format!("{:?} {} {}", mutation.row, mutation.change, mutation.when);
        let diff = differences(&mutation.old, &mutation.new);
        let is_it = |change: &&Change| {
            (change.row, change.rule, change.level, change.version)
                == (mutation.row, case.rule, case.level, case.version)
        };
        let Some(own) = diff.changes.iter().find(is_it) else {
            panic!("{name}: {:#?}", diff.changes);
        };
        assert!(
            !own.text.is_empty() && own.fingerprint.len() == 16,
            "{name}"
        );
        let mut others: Vec<&str> = {
            let others = diff.changes.iter().filter(|change| *change != own);
            others.map(|change| change.rule).collect()
        };
        others.sort_unstable();
        let mut also = mutation.also.to_vec();
        also.sort_unstable();
        assert_eq!(others, also, "{name}: {:#?}", diff.changes);
    }
}

#[test]
fn the_same_mutation_has_the_same_verdict_against_a_lock() {
    let step = exhaustive::select(4, 1);
    for mutation in all().into_iter().step_by(step) {
        let released = Released::first(&mutation.old);
        let mut with_lock = released.differences(&mutation.new).changes;
        let new = inputs(&mutation.new).with_lock(released.lock.clone());
        let mut without = diff(&inputs(&released.catalog), &new).unwrap().changes;
        for change in with_lock.iter_mut().chain(&mut without) {
            // The old places are in another file.
            change.place = codegen::compat::Place::New(codegen::span::Span::default());
        }
        assert_eq!(with_lock, without, "{:?} {}", mutation.row, mutation.change);
    }
}

#[test]
fn each_case_of_the_table_has_a_mutation() {
    let shown: BTreeSet<(Kind, &str, &str, &str)> = all()
        .iter()
        .map(|one| (one.row.0, one.row.1, one.change, one.when))
        .chain(OF_THE_LOCK)
        .collect();
    for field in table() {
        for (change, cases) in cells(field) {
            for case in cases {
                let row = (field.kind, field.name, change, case.when);
                // Codes as numbers need names that are some, so they have a test of their own.
                let is_apart = (field.kind, field.name) == (Kind::Envelope, "code");
                assert!(shown.contains(&row) || is_apart, "{row:?}");
            }
        }
        let has_cases = cells(field).iter().any(|(_, cases)| !cases.is_empty());
        assert!(
            has_cases || field.shape == Shape::Entries,
            "{:?}",
            field.name
        );
    }
}

#[test]
fn codes_that_become_numbers_break_everybody() {
    let numbers = "\
version: 1
api: { title: A, docs_url: https://docs.example.com, crate: a-errors }
envelope: { code: integer }
types:
  request_error: { status: 400, meaning: The request is wrong }
codes:
  \"17\": { type: request_error, meaning: It is wrong, rust: Wrong }
";
    let texts = edited(numbers, "code: integer", "code: string");
    for (old, new) in [(numbers, texts.as_str()), (&texts, numbers)] {
        let changes = differences(old, new).changes;
        let [change] = &changes[..] else {
            panic!("{changes:#?}");
        };
        assert_eq!(
            (change.rule, change.row),
            ("envelope-changed", (Kind::Envelope, "code"))
        );
    }
}

#[test]
fn a_catalog_does_not_differ_from_itself() {
    assert_eq!(differences(BASE, BASE).changes, []);
    let released = Released::first(BASE);
    assert_eq!(released.differences(&released.catalog).changes, []);
}

#[test]
fn what_is_not_compared_makes_no_change() {
    for (kind, field, _) in NOT_COMPARED {
        let (from, to) = match (kind, *field) {
            (Kind::Api, "version") => ("version: 1.0.0\n  license", "version: 3.0.0\n  license"),
            other => panic!("a field without a test: {other:?}"),
        };
        let new = edited(BASE, from, to);
        assert_eq!(differences(BASE, &new).changes, [], "{field}");
    }
}

/// Everything that tells of more than an error or a warning is a rule of the tool.
#[test]
fn what_weighs_something_is_a_rule() {
    use codegen::Rule;
    use codegen::catalog::ChangeLevel;
    for case in table().flat_map(|field| cells(field).into_iter().flat_map(|(_, cases)| cases)) {
        let is_rule = Rule::from_id(case.rule).is_some();
        assert!(is_rule || case.level == ChangeLevel::Safe, "{}", case.rule);
    }
}
