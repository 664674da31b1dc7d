//! Catalogs and releases that are out of the ordinary.

use codegen::catalog::Catalog;
use codegen::release::{NotReleased, Todo};
use codegen::{Answer, Found, Inputs, Source, compile};

use super::base::{BASE, DAY, Released, edited, inputs, lock};

const SMALL: &str = "\
version: 1
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors }
types:
  bad: { status: 400, meaning: The ticket cannot be used }
codes:
  lost: { type: bad, meaning: There is no such ticket, fix: Check the id }
  old:
    type: bad
    meaning: It is old
    fix: Take a new one
    deprecated:
      use: lost
";

fn outcome(released: &Released, catalog: &str) -> (Option<Catalog>, Vec<&'static str>) {
    let outcome = compile(&inputs(catalog).with_lock(released.lock.clone()));
    let rules = outcome.diagnostics.iter().map(|found| found.rule.id());
    (outcome.value, rules.collect())
}

fn broken(released: &Released, catalog: &str) -> Vec<&'static str> {
    outcome(released, catalog).1
}

/// The catalog in which all changes are accepted, for the same reason.
fn accepted(released: &Released, catalog: &str) -> String {
    let changes = released.differences(catalog).changes;
    changes.iter().fold(catalog.to_owned(), |catalog, change| {
        let accepted =
            codegen::edit::accept(&inputs(&catalog), &change.fingerprint, "a secret reason");
        accepted.unwrap().1
    })
}

const OLD: &str = "  old:
    type: bad
    meaning: It is old
    fix: Take a new one
    since: 1.0.0
    deprecated:
      since: 1.0.0
      use: lost
";

#[test]
fn a_code_whose_last_key_is_a_block_is_released() {
    let released = Released::first(SMALL);
    assert!(released.catalog.ends_with(OLD), "{}", released.catalog);
}

#[test]
fn a_name_whose_tombstone_was_removed_is_not_used_again() {
    let first = Released::first(SMALL);
    let retired = edited(
        &first.catalog,
        OLD,
        "retired:\n  old: { reason: Nobody sends it }\n",
    );
    let second = first.then(&retired, "2.0.0");
    let tombstone = "retired:\n  old: { since: 2.0.0, reason: Nobody sends it }\n";
    let without = accepted(&second, &edited(&second.catalog, tombstone, ""));
    let third = second.then(&without, "3.0.0");
    let again =
        third.catalog.clone() + "  old: { type: bad, meaning: It is another, fix: Take it }\n";
    assert_eq!(broken(&third, &again), ["reused-code"]);
}

#[test]
fn acceptances_in_a_file_of_their_own_are_released() {
    let parts = |lint: &str| {
        let root = edited(SMALL, "version: 1\n", "version: 1\ninclude: [lint.yaml]\n");
        let mut inputs = Inputs::new(Source::new("catalog.yaml", root.into_bytes()));
        while let Some(path) = inputs.wanted() {
            let source = Source::new(path.as_str(), lint.as_bytes().to_vec());
            inputs.answer(Answer::Files(vec![Found { path, source }]));
        }
        inputs
    };
    let old = "{ change: \"0123456789abcdef\", reason: It was long ago }";
    for lint in [
        format!("lint:\n  accept:\n    - {old}\n"),
        format!("lint: {{ accept: [{old}] }}\n"),
        format!("{{ lint: {{ accept: [{old}] }} }}\n"),
        format!("lint:\n  accept:\n    - {old}\n  max_message: 100\n"),
        format!("lint:\n  {{\n    max_message: 100, # characters\n    accept: [{old}],\n  }}\n"),
    ] {
        let inputs = parts(&lint);
        let release = codegen::release::release(&inputs, "1.0.0", DAY, Todo::Refused).unwrap();
        let (_, text) = release.texts.iter().find(|(id, _)| id.0 == 1).unwrap();
        assert!(!text.contains("0123456789abcdef"), "{text}");
        assert_eq!(text.contains("max_message"), lint.contains("max_message"));
        assert_eq!(text.contains("# characters"), lint.contains("# characters"));
        let after = parts(text).with_lock(Some(lock(&release.lock)));
        let found = compile(&after).diagnostics;
        // The catalog itself was not written here, so it has no version yet.
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn a_code_that_became_internal_is_reported_as_removed_and_nothing_else() {
    let first = Released::first(BASE);
    let hidden = edited(
        &first.catalog,
        "    fix: Wait for it\n",
        "    fix: Wait for it\n    audience: internal\n",
    );
    let second = first.then(&accepted(&first, &hidden), "2.0.0");
    let catalog = outcome(&second, &second.catalog).0.unwrap();
    let told = &catalog.public().releases[0].changes;
    let [change] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        (change.subject.as_str(), change.event.text.as_str()),
        ("`down`", "removed")
    );
    assert_eq!(
        (change.slug.as_deref(), change.event.reason.as_deref()),
        (None, None)
    );

    let shown = edited(
        &second.catalog,
        "    fix: Wait for it\n    audience: internal\n",
        "    fix: Wait for it\n",
    );
    let third = second.then(&shown, "2.1.0");
    let catalog = outcome(&third, &third.catalog).0.unwrap();
    let told = format!("{:?}", catalog.public().releases[0].changes);
    assert!(
        told.contains("`down`") && told.contains("\"added\""),
        "{told}"
    );
}

#[test]
fn a_release_that_is_tried_first_counts_from_what_was_final() {
    let first = Released::first(SMALL);
    let reworded = edited(&first.catalog, "fix: Check the id", "fix: Check the number");
    let tried = first.then(&reworded, "1.0.1-rc.1");
    assert!(
        tried.release(&tried.catalog, "1.0.1").is_ok(),
        "it becomes final as it is"
    );
    let retired = edited(
        &tried.catalog,
        OLD,
        "retired:\n  old: { reason: Nobody sends it }\n",
    );
    let refused = tried.release(&retired, "1.0.1");
    assert!(matches!(refused, Err(NotReleased::TooSmall { least, .. }) if least == "2.0.0"));
    assert!(tried.release(&retired, "2.0.0-rc.1").is_ok());
}

#[test]
fn the_version_is_that_of_the_last_release() {
    let first = Released::first(SMALL);
    let other = edited(&first.catalog, "version: 1.0.0", "version: 7.0.0");
    let (catalog, found) = outcome(&first, &other);
    assert_eq!(found, ["bad-version"]);
    assert!(catalog.is_some(), "it is a warning");
    let silent = edited(&first.catalog, ", version: 1.0.0", "");
    let (catalog, found) = outcome(&first, &silent);
    assert_eq!(
        (found, catalog.unwrap().api.version.as_str()),
        (vec![], "1.0.0")
    );
    let nothing = Released::default();
    let below = nothing.release(&first.catalog, "0.9.0");
    assert!(matches!(below, Err(NotReleased::BelowStated(stated)) if stated == "1.0.0"));
    assert!(nothing.release(&first.catalog, "1.0.0").is_ok());
}

#[test]
fn a_block_that_was_taken_out_of_the_lock_is_missed() {
    let first = Released::first(SMALL);
    let text = first.lock.clone().unwrap().text().to_owned();
    let start = text.find("  old:\n").unwrap();
    let end = start + text[start..].find("complete:").unwrap();
    let cut = Released {
        lock: Some(lock(&format!("{}{}", &text[..start], &text[end..]))),
        ..first.clone()
    };
    assert_eq!(broken(&cut, &first.catalog), ["bad-lock"]);
}

#[test]
fn a_tombstone_that_hides_itself_takes_its_pages_along() {
    let first = Released::first(BASE);
    let hidden = edited(
        &first.catalog,
        "audience: public\noperations",
        "audience: internal\noperations",
    );
    let second = first.then(&accepted(&first, &hidden), "2.0.0");
    assert_eq!(broken(&second, &second.catalog), [""; 0]);
    assert!(!second.lock.unwrap().text().contains("lost: [public]"));
}

#[test]
fn acceptances_and_releases_fit_into_any_catalog() {
    for lint in [
        "lint:\n  accept:\n    -\n      change: \"0123456789abcdef\"\n      reason: It was long ago\n",
        "lint:\n  accept:\n    - # one - two\n      change: \"0123456789abcdef\"\n      reason: It was long ago\n",
        "lint:\n  accept:\n  - change: \"0123456789abcdef\"\n    reason: It was long ago",
    ] {
        let text = format!("{SMALL}{lint}");
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let (_, new) = codegen::edit::accept(&inputs(&text), "fedcba9876543210", "It is right")
                .unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(new.matches("\r\n").count() > 0, text.contains('\r'));
            assert_eq!(
                new.replace("\r\n", "").contains('\n'),
                !text.contains('\r'),
                "{new:?}"
            );
            let first = Released::first(&new);
            assert!(!first.catalog.contains("accept"));
            assert!(!first.catalog.replace("\r\n", "").contains('\n') || !text.contains('\r'));
        }
    }
}

#[test]
fn a_catalog_without_a_version_has_the_released_one_in_public_too() {
    let released = Released::first(BASE);
    let text = edited(
        &released.catalog,
        "  version: 1.0.0\n  license",
        "  license",
    );
    let inputs = inputs(&text).with_lock(released.lock.clone());
    let catalog = codegen::compile(&inputs).value.unwrap();
    assert_eq!(catalog.api.version, "1.0.0");
    assert_eq!(catalog.public().api.version, "1.0.0");
}
