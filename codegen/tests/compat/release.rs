//! Releases, from the text of a catalog to the text of its lock.

use codegen::catalog::{Catalog, ChangeLevel};
use codegen::release::{NotReleased, Release, Todo};
use codegen::{Diagnostic, Inputs, Rule, Severity, Source, compile};

use super::base::{BASE, DAY, Released, edited, inputs, lock};

pub(crate) const SMALL: &str = "\
version: 1
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors }
types:
  bad: { status: [400, 409], meaning: The ticket cannot be used }
codes:
  # Comments stay.
  busy: { type: bad, status: 409, meaning: Locked, fix: Wait }
  lost:
    type: bad
    meaning: There is no such ticket
    fix: Check the id  # of the ticket
";

fn outcome(released: &Released, catalog: &str) -> (Option<Catalog>, Vec<Diagnostic>) {
    let inputs = inputs(catalog).with_lock(released.lock.clone());
    let outcome = compile(&inputs);
    (outcome.value, outcome.diagnostics)
}

pub(crate) fn broken(released: &Released, catalog: &str) -> Vec<&'static str> {
    let (_, found) = outcome(released, catalog);
    found.iter().map(|found| found.rule.id()).collect()
}

pub(crate) fn accepted(released: &Released, catalog: &str, reason: &str) -> String {
    let changes = released.differences(catalog).changes;
    let breaking = changes
        .iter()
        .filter(|change| change.level != ChangeLevel::Safe);
    breaking.fold(catalog.to_owned(), |catalog, change| {
        let accepted = codegen::edit::accept(&inputs(&catalog), &change.fingerprint, reason);
        accepted.unwrap().1
    })
}

#[test]
fn a_release_writes_the_version_and_since_and_nothing_else() {
    let released = Released::first(SMALL);
    let expected = "\
version: 1
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors, version: 1.0.0 }
types:
  bad: { status: [400, 409], meaning: The ticket cannot be used }
codes:
  # Comments stay.
  busy: { type: bad, status: 409, meaning: Locked, fix: Wait, since: 1.0.0 }
  lost:
    type: bad
    meaning: There is no such ticket
    fix: Check the id  # of the ticket
    since: 1.0.0
";
    assert_eq!(released.catalog, expected);
    let canonical = codegen::edit::format(&inputs(&released.catalog)).unwrap();
    assert_eq!(canonical[0], expected, "what was canonical stays so");
}

#[test]
fn the_lock_has_a_block_for_each_entry_with_its_history() {
    let released = Released::first(SMALL);
    let lock = released.lock.unwrap();
    let block = "
codes:
  busy:
    type: bad
    status: 409
    message: Locked
    meaning: Locked
    fix: Wait
    audience: public
    retry: never
    since: \"1.0.0\"
    rust: Busy
    slug: busy
    history:
      - { in: 1.0.0, rule: code-added, level: safe, text: added }
  lost:
";
    assert!(lock.text().contains(block), "{}", lock.text());
    assert!(
        lock.text()
            .contains("\nreleases:\n  1.0.0: \"2026-11-24\"\n")
    );
}

#[test]
fn every_fixture_can_be_released_and_then_has_no_changes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/good");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path().join("catalog.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let version = "9.0.0";
        let released = Released::default().then(&text, version);
        let (catalog, found) = outcome(&released, &released.catalog);
        assert_eq!(found, [], "{}", file.display());
        let catalog = catalog.unwrap();
        assert_eq!(catalog.api.version, version);
        assert_eq!(catalog.releases.len(), 1);
        for code in &catalog.codes {
            assert_eq!(code.history.len(), 1, "{}", code.names.wire);
            assert!(code.since.is_some());
        }
        let again = Released::default().then(&text, version);
        assert_eq!(again.lock.unwrap().text(), released.lock.unwrap().text());
        seen += 1;
    }
    assert!(seen > 5);
}

#[test]
fn a_version_that_is_too_small_or_not_newer_is_refused() {
    let released = Released::first(SMALL);
    let more = edited(
        &released.catalog,
        "codes:\n",
        "codes:\n  new: { type: bad, meaning: It is new, fix: Read }\n",
    );
    let risky = edited(&released.catalog, "fix: Wait,", "fix: Wait, param: id,");
    let breaking = accepted(
        &released,
        &edited(&released.catalog, "status: 409", "status: 400"),
        "It was never sent",
    );
    for (catalog, least) in [(&more, "1.1.0"), (&risky, "1.1.0"), (&breaking, "2.0.0")] {
        match released.release(catalog, "1.0.1") {
            Err(NotReleased::TooSmall { least: told, diff }) => {
                assert_eq!(told, least);
                assert!(!diff.changes.is_empty());
            }
            other => panic!("{other:?}"),
        }
        let before_last = released.release(catalog, "1.0.0");
        assert!(matches!(before_last, Err(NotReleased::NotNewer(last)) if last == "1.0.0"));
        assert!(matches!(
            released.release(catalog, "1.1"),
            Err(NotReleased::BadVersion)
        ));
        assert!(released.release(catalog, least).is_ok());
        assert!(released.release(catalog, "7.0.0-rc.1").is_ok());
    }
    let same = released.release(&released.catalog, "2.0.0");
    assert!(matches!(same, Err(NotReleased::Unchanged(last)) if last == "1.0.0"));
}

#[test]
fn before_1_0_0_version_numbers_shift_by_one_place() {
    let released = Released::default().then(SMALL, "0.3.0");
    let more = edited(
        &released.catalog,
        "codes:\n",
        "codes:\n  new: { type: bad, meaning: It is new, fix: Read }\n",
    );
    assert!(released.release(&more, "0.3.1").is_ok());
    let breaking = accepted(
        &released,
        &edited(&released.catalog, "status: 409", "status: 400"),
        "It was never sent",
    );
    let refused = released.release(&breaking, "0.3.1");
    assert!(matches!(refused, Err(NotReleased::TooSmall { least, .. }) if least == "0.4.0"));
    assert!(released.release(&breaking, "0.4.0").is_ok());
}

#[test]
fn a_code_is_deprecated_and_retired_and_its_history_goes_along() {
    let first = Released::first(SMALL);
    let deprecated = edited(
        &first.catalog,
        "fix: Wait, since: 1.0.0 }",
        "fix: Wait, since: 1.0.0, deprecated: { use: lost } }",
    );
    assert_eq!(broken(&first, &deprecated), [""; 0]);
    let second = first.then(&deprecated, "1.1.0");
    assert!(
        second
            .catalog
            .contains("deprecated: { since: 1.1.0, use: lost }")
    );

    let block = second
        .catalog
        .lines()
        .find(|line| line.starts_with("  busy:"))
        .unwrap();
    let retired = edited(&second.catalog, &format!("{block}\n"), "")
        + "retired:\n  busy: { reason: It never happens, use: lost }\n";
    assert_eq!(broken(&second, &retired), [""; 0]);
    let third = second.then(&retired, "2.0.0");
    assert!(
        third
            .catalog
            .contains("busy: { since: 2.0.0, reason: It never happens, use: lost }")
    );

    let (catalog, found) = outcome(&third, &third.catalog);
    assert_eq!(found, []);
    let catalog = catalog.unwrap();
    let told: Vec<_> = catalog.retired[0]
        .history
        .iter()
        .map(|event| format!("{} {}", event.version, event.text))
        .collect();
    let expected = [
        "1.0.0 added",
        "1.1.0 deprecated, use `lost` instead",
        "2.0.0 retired, use `lost` instead",
    ];
    assert_eq!(told, expected);
    let versions: Vec<_> = catalog
        .releases
        .iter()
        .map(|release| release.version.as_str())
        .collect();
    assert_eq!(versions, ["2.0.0", "1.1.0", "1.0.0"]);
    let changes = &catalog.releases[0].changes;
    let own = changes.iter().find(|change| change.subject == "`busy`");
    let own = own.unwrap();
    assert_eq!(own.slug.as_deref(), Some("busy"));
    assert_eq!(own.event.text, "retired, use `lost` instead");
}

#[test]
fn what_was_retired_or_removed_is_never_used_again() {
    let first = Released::first(SMALL);
    let line = first
        .catalog
        .lines()
        .find(|line| line.starts_with("  busy:"))
        .unwrap()
        .to_owned()
        + "\n";
    let gone = edited(&first.catalog, &line, "");
    assert_eq!(broken(&first, &gone), ["removed-code"]);
    let gone = accepted(&first, &gone, "It was never sent");
    assert_eq!(broken(&first, &gone), [""; 0]);
    let second = first.then(&gone, "2.0.0");
    assert!(!second.catalog.contains("accept"), "{}", second.catalog);

    let again = edited(&second.catalog, "codes:\n", &format!("codes:\n{line}"));
    assert_eq!(broken(&second, &again), ["reused-code"]);
    let page = edited(
        &second.catalog,
        "since: 1.0.0\n",
        "since: 1.0.0\n    aliases: [busy]\n",
    );
    assert_eq!(broken(&second, &page), ["reused-code"]);

    let moved = edited(
        &second.catalog,
        "since: 1.0.0\n",
        "since: 1.0.0\n    slug: missing\n",
    );
    let third = second.then(&accepted(&second, &moved, "The page was empty"), "3.0.0");
    let newcomer = "codes:\n  newcomer: { type: bad, meaning: It is new, fix: Read, slug: lost }\n";
    let taken = edited(&third.catalog, "codes:\n", newcomer);
    assert_eq!(broken(&third, &taken), ["reused-code"]);
}

#[test]
fn a_release_moves_the_reason_from_the_acceptance_to_the_history() {
    let first = Released::first(SMALL);
    let changed = edited(&first.catalog, "status: 409", "status: 400");
    let (_, found) = outcome(&first, &changed);
    assert_eq!(found[0].rule, Rule::StatusChanged);
    assert_eq!(found[0].severity, Severity::Error);
    let reason = "409 was \"never\" sent: {see} #17";
    let changed = accepted(&first, &changed, reason);
    let second = first.then(&changed, "2.0.0");
    let (catalog, found) = outcome(&second, &second.catalog);
    assert_eq!(found, []);
    let catalog = catalog.unwrap();
    let event = catalog.codes[0].history.last().unwrap();
    assert_eq!(event.reason.as_deref(), Some(reason));
    assert_eq!(event.text, "`status` changed from `409` to `400`");
    assert_eq!(event.level, ChangeLevel::Breaking);
}

#[test]
fn an_acceptance_is_written_wherever_there_is_room() {
    for lint in [
        "",
        "lint:\n  verbs: [defragment]\n",
        "lint: { verbs: [defragment] }\n",
        "lint:\n  accept:\n    - { change: \"0000000000000000\", reason: An old one }\n",
        "lint:\n  accept:\n    - change: \"0000000000000000\"\n      reason: An old one\n",
        "lint: { accept: [{ change: \"0000000000000000\", reason: An old one }], verbs: [defragment] }\n",
        "lint: { accept: [] }\n",
    ] {
        let first = Released::first(SMALL);
        let changed = edited(&first.catalog, "status: 409", "status: 400") + lint;
        let changed = accepted(&first, &changed, "It was never sent");
        let unneeded: &[&str] = if lint.contains("old") {
            &["unneeded-allow"]
        } else {
            &[]
        };
        assert_eq!(broken(&first, &changed), unneeded, "{changed}");
        let second = first.then(&changed, "2.0.0");
        assert!(!second.catalog.contains("accept"), "{}", second.catalog);
        assert_eq!(
            second.catalog.contains("defragment"),
            lint.contains("defragment")
        );
        assert_eq!(broken(&second, &second.catalog), [""; 0]);
    }
}

#[test]
fn an_acceptance_without_a_change_is_reported_with_and_without_a_lock() {
    let accept =
        "lint:\n  accept:\n    - { change: \"0123456789abcdef\", reason: Somebody said so }\n";
    let first = Released::first(SMALL);
    assert_eq!(
        broken(&first, &format!("{}{accept}", first.catalog)),
        ["unneeded-allow"]
    );
    assert_eq!(
        broken(&Released::default(), &format!("{SMALL}{accept}")),
        ["unneeded-allow"]
    );
}

#[test]
fn nothing_internal_reaches_the_public_history() {
    let first = Released::first(BASE);
    let more = edited(
        &first.catalog,
        "[busy, hidden, too_large]",
        "[busy, too_large]",
    );
    let second = first.then(&accepted(&first, &more, "Nobody made it"), "2.0.0");
    let (catalog, _) = outcome(&second, &second.catalog);
    let catalog = catalog.unwrap();
    let told = |catalog: &Catalog| format!("{:?}", catalog.releases);
    assert!(told(&catalog).contains("hidden"));
    assert!(!told(catalog.public()).contains("hidden"));
    let public = catalog.public();
    assert!(public.codes.iter().all(|code| code.names.wire != "hidden"));
    assert_eq!(public.releases.len(), 2);
}

#[test]
fn files_that_are_included_are_released_with_the_catalog() {
    let root = "\
version: 1
include: [codes.yaml]
api: { title: Ticket API, docs_url: https://docs.example.com, crate: ticket-errors }
types:
  bad: { status: 400, meaning: The ticket cannot be used }
codes: {}
";
    let part = "codes:\n  busy: { type: bad, meaning: It is busy, fix: Wait }\n";
    let mut inputs = Inputs::new(Source::new("catalog.yaml", root.into()));
    while let Some(path) = inputs.wanted() {
        let source = Source::new(path.as_str(), part.into());
        inputs.answer(codegen::Answer::Files(vec![codegen::Found {
            path,
            source,
        }]));
    }
    let Release {
        texts, lock: text, ..
    } = codegen::release::release(&inputs, "1.0.0", DAY, Todo::Refused).unwrap();
    assert_eq!(texts.len(), 2);
    assert!(texts[0].1.contains("version: 1.0.0"));
    assert!(texts[1].1.contains("since: 1.0.0"));
    let mut after = inputs.with_lock(Some(lock(&text)));
    for (id, text) in texts {
        after = after.with_text(id, text);
    }
    assert_eq!(compile(&after).diagnostics, []);
}
