//! `since`, which the lock supplies, and texts that no release takes.

use codegen::catalog::Catalog;
use codegen::compat::diff;
use codegen::import::{Input, Options, import};
use codegen::release::{NotReleased, Todo, release};
use codegen::{Outcome, compile};

use super::base::{DAY, Released, edited, inputs};

const CATALOG: &str = "\
version: 1
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors }
types:
  bad: { status: [400, 409], meaning: The ticket cannot be used }
codes:
  busy: { type: bad, status: 409, meaning: Locked, fix: Wait }
  lost: { type: bad, meaning: No such ticket, fix: Check the id }
  old: { type: bad, meaning: It is old, fix: Use that, deprecated: { use: lost } }
  older: { type: bad, meaning: It is older, fix: Use it, deprecated: { use: lost } }
";

/// A catalog with codes in every state, after two releases.
fn released() -> Released {
    let first = Released::first(CATALOG);
    let line = first
        .catalog
        .lines()
        .find(|line| line.starts_with("  older:"));
    let retired = edited(&first.catalog, &format!("{}\n", line.unwrap()), "")
        + "retired:\n  older: { reason: It is gone }\n";
    first.then(&retired, "2.0.0")
}

/// The same catalog without any `since`.
fn silent(catalog: &str) -> String {
    let silent = catalog
        .replace(", since: 1.0.0", "")
        .replace("since: 1.0.0, ", "")
        .replace("since: 2.0.0, ", "");
    assert!(!silent.contains("since"), "{silent}");
    silent
}

fn compiled(released: &Released, catalog: &str) -> Catalog {
    let inputs = inputs(catalog).with_lock(released.lock.clone());
    let Outcome { value, diagnostics } = compile(&inputs);
    assert_eq!(diagnostics, []);
    value.unwrap()
}

#[test]
fn since_is_supplied_by_the_lock_wherever_a_catalog_leaves_it_out() {
    let released = released();
    let silent = silent(&released.catalog);
    assert_eq!(released.differences(&silent).changes, []);
    // Beside the lock, another revision of the catalog does not differ either.
    for (old, new) in [(&released.catalog, &silent), (&silent, &released.catalog)] {
        let new = inputs(new).with_lock(released.lock.clone());
        assert_eq!(diff(&inputs(old), &new).unwrap().changes, []);
    }
    let same = released.release(&silent, "2.1.0");
    assert!(matches!(same, Err(NotReleased::Unchanged(last)) if last == "2.0.0"));
    // Every output is the same.
    let [stated, supplied] =
        [&released.catalog, &silent].map(|catalog| compiled(&released, catalog));
    assert_eq!(format!("{stated:?}"), format!("{supplied:?}"));
}

#[test]
fn the_next_release_keeps_what_the_lock_supplied() {
    let released = released();
    let more = |catalog: &str| {
        let code = "codes:\n  new: { type: bad, meaning: It is new, fix: Read it }\n";
        edited(catalog, "codes:\n", code)
    };
    let stated = released.then(&more(&released.catalog), "2.1.0");
    let supplied = released.then(&more(&silent(&released.catalog)), "2.1.0");
    assert_eq!(
        stated.lock.as_ref().unwrap().text(),
        supplied.lock.as_ref().unwrap().text()
    );
    assert_eq!(supplied.catalog.matches("since: 2.1.0").count(), 1);
    assert_eq!(
        format!("{:?}", compiled(&stated, &stated.catalog)),
        format!("{:?}", compiled(&supplied, &supplied.catalog))
    );
}

#[test]
fn another_since_is_reported_and_a_new_deprecation_gets_its_own() {
    let released = released();
    let other = released.catalog.replacen("since: 1.0.0", "since: 0.9.0", 1);
    let changes = released.differences(&other).changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].rule, "since-changed");

    let silent = silent(&released.catalog);
    let deprecated = edited(
        &silent,
        "fix: Wait }",
        "fix: Wait, deprecated: { use: lost } }",
    );
    let next = released.then(&deprecated, "2.1.0");
    assert!(
        next.catalog
            .contains("deprecated: { since: 2.1.0, use: lost }"),
        "{}",
        next.catalog
    );
    assert_eq!(next.catalog.matches("since").count(), 1, "{}", next.catalog);
}

/// The codes that a comparison reports as renamed, with their new names, and the removed ones.
fn gone(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let catalog = |codes: &[(&str, &str)]| {
        let codes = codes.iter().map(|(name, meaning)| {
            format!("  {name}: {{ type: bad, meaning: {meaning}, fix: Try again }}\n")
        });
        let head = CATALOG.split_once("codes:").unwrap().0;
        let levels = "lint: { levels: { duplicate-meaning: \"off\" } }\n";
        format!("{head}{levels}codes:\n{}", codes.collect::<String>())
    };
    let changes = Released::first(&catalog(old))
        .differences(&catalog(new))
        .changes;
    let changes = changes
        .into_iter()
        .filter(|change| change.rule != "code-added");
    let mut gone: Vec<String> = changes
        .filter(|change| change.level != codegen::catalog::ChangeLevel::Safe)
        .map(|change| format!("{} {}", change.name, change.text))
        .collect();
    gone.sort();
    gone
}

#[test]
fn a_text_that_several_codes_share_proposes_no_new_name() {
    let general = "It failed";
    for (old, new, expected) in [
        // The text is unique among the codes that came and went.
        (
            &[("lock", "Locked")][..],
            &[("busy", "Locked")][..],
            &["lock renamed to `busy`"][..],
        ),
        // Two came, or two went.
        (
            &[("lock", general)],
            &[("red", general), ("blue", general)],
            &["lock removed"],
        ),
        (
            &[("lock", general), ("wheel", general)],
            &[("red", general)],
            &["lock removed", "wheel removed"],
        ),
        (
            &[("lock", general), ("wheel", general)],
            &[("red", general), ("blue", general)],
            &["lock removed", "wheel removed"],
        ),
        // A code that stays has the same text.
        (
            &[("lock", general), ("stays", general)],
            &[("red", general), ("stays", general)],
            &["lock removed"],
        ),
        // The names are near.
        (
            &[
                ("bad_lock", general),
                ("bad_wheel", general),
                ("stays", general),
            ],
            &[
                ("bad_wheels", general),
                ("bad_locks", general),
                ("stays", general),
            ],
            &[
                "bad_lock renamed to `bad_locks`",
                "bad_wheel renamed to `bad_wheels`",
            ],
        ),
    ] {
        assert_eq!(gone(old, new), expected, "{old:?} {new:?}");
    }
}

#[test]
fn a_text_that_is_not_written_is_released_only_on_demand() {
    let todo = CATALOG
        .replace("meaning: Locked", "meaning: \"TODO: say what went wrong\"")
        .replace("fix: Check the id", "fix: TODO");
    for lint in [
        "",
        "lint: { levels: { todo-left: \"off\" } }\n",
        "lint:\n  allow:\n    - { rule: todo-left, reason: It is a draft }\n",
        "lint: { levels: { todo-left: error } }\n",
    ] {
        let inputs = inputs(&format!("{todo}{lint}"));
        let refused = release(&inputs, "1.0.0", DAY, Todo::Refused);
        match refused {
            Err(NotReleased::Unwritten(found)) => assert_eq!(found.len(), 2, "{lint}"),
            Err(NotReleased::Findings(found)) => {
                assert!(lint.contains("error"), "{found:?}");
                continue;
            }
            other => panic!("{other:?}"),
        }
        assert!(
            release(&inputs, "1.0.0", DAY, Todo::Allowed).is_ok(),
            "{lint}"
        );
    }
}

#[test]
fn a_draft_of_an_import_is_not_released_before_it_is_written() {
    let options = Options {
        name: "list",
        crate_name: None,
        error_type: None,
        placeholders: None,
        namespaces: None,
        schema: "catalog.schema.json",
    };
    let rows = "{\"code\": \"busy\", \"status\": 409}\n";
    let draft = import(Input::Rows(rows), options).unwrap();
    let inputs = inputs(&draft.catalog.unwrap());
    let refused = release(&inputs, "1.0.0", DAY, Todo::Refused);
    assert!(
        matches!(refused, Err(NotReleased::Unwritten(_))),
        "{refused:?}"
    );
}
