//! A new version of a list: what it changes in a catalog that people edited, and what it leaves.

mod layouts;
mod properties;
mod sections;

use codegen::import::{Input, LastImport, NotUpdated, Update, Why, import};
use codegen::record::Members;
use codegen::release::{Todo, release};
use codegen::{Inputs, Source, compile};
use serde_json::{Value, json};

use crate::OPTIONS;

/// The draft of a list of rows.
fn draft(rows: &[Value]) -> String {
    let lines: Vec<_> = rows.iter().map(Value::to_string).collect();
    let draft = import(Input::Rows(&lines.join("\n")), OPTIONS).unwrap();
    draft.catalog.unwrap()
}

fn last(rows: &[Value]) -> LastImport {
    LastImport::new("pets.jsonl", Vec::new(), &draft(rows)).unwrap()
}

fn inputs(text: &str) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", text.as_bytes().to_vec()))
}

fn row(code: &str, meaning: &str) -> Value {
    json!({"code": code, "type": "pet_error", "http_status": 404, "message": format!("{code} {{id}}"),
        "meaning": meaning, "fix": "Look at it", "extra": {"args": [{"name": "id", "type": "Integer"}]}})
}

/// A row with other values.
fn but(mut row: Value, changes: &[(&str, Value)]) -> Value {
    for (key, value) in changes {
        row[*key] = value.clone();
    }
    row
}

fn updated(catalog: &str, old: &[Value], new: &[Value]) -> Update {
    codegen::import::update(&inputs(catalog), &last(old), &draft(new)).unwrap()
}

/// The text of the catalog after an update.
fn text(catalog: &str, update: &Update) -> String {
    match &update.texts[..] {
        [] => catalog.to_owned(),
        [(_, text)] => text.clone(),
        more => panic!("{more:?}"),
    }
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    text.replace(from, to)
}

fn conflicts(update: &Update) -> Vec<(String, Why)> {
    let conflicts = update.conflicts.iter();
    conflicts.map(|one| (one.path.join("."), one.why)).collect()
}

/// What a code says.
fn code(catalog: &str, name: &str) -> Members {
    let outcome = compile(&inputs(catalog));
    let catalog = outcome
        .value
        .unwrap_or_else(|| panic!("{:?}\n{catalog}", outcome.diagnostics));
    let code = catalog.codes.iter().find(|code| code.names.wire == name);
    codegen::record::code(&catalog, code.unwrap())
}

#[test]
fn what_the_list_changed_is_changed_and_what_people_wrote_stays() {
    let old = [
        row("lost", "It is lost"),
        row("late", "It is late"),
        row("wet", "It is wet"),
    ];
    let by_hand = draft(&old);
    let by_hand = replaced(
        &by_hand,
        "  late:\n",
        "  # Ask the vet.\n  late:\n    slug: too-late\n",
    );
    let by_hand = replaced(
        &by_hand,
        "meaning: It is wet\n    fix: Look at it",
        "meaning: It is wet  # often\n    fix: Check it",
    );
    let new = [
        row("lost", "It is gone"),
        row("cold", "It is cold"),
        row("late", "It is very late"),
        but(row("wet", "It is wet"), &[("message", json!("wet, {id}"))]),
    ];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    let expected = by_hand
        .replace("It is lost", "It is gone")
        .replace("It is late", "It is very late");
    let expected = replaced(&expected, "message: wet {id}", "message: wet, {id}");
    let expected = replaced(
        &expected,
        "  # Ask the vet.\n",
        "  cold:\n    type: pet_error\n    message: cold {id}\n    args:\n      id:\n        kind: i64\n    meaning: It is cold\n    fix: Look at it\n  # Ask the vet.\n",
    );
    assert_eq!(after, expected);
    assert_eq!(update.added, ["cold"]);
    let changed: Vec<_> = update
        .changed
        .iter()
        .map(|(name, keys)| format!("{name}: {}", keys.join(", ")))
        .collect();
    assert_eq!(changed, ["lost: meaning", "late: meaning", "wet: message"]);
    assert_eq!((update.kept, conflicts(&update)), (1, vec![]));
    assert_eq!(update.diagnostics, []);
}

#[test]
fn if_both_changed_a_value_that_of_the_catalog_stays_and_is_reported() {
    let old = [row("lost", "It is lost"), row("late", "It is late")];
    let by_hand = replaced(&draft(&old), "It is lost", "We lost it");
    let new = [row("lost", "It is gone"), row("late", "It is late")];
    let update = updated(&by_hand, &old, &new);
    assert_eq!(text(&by_hand, &update), by_hand);
    let [conflict] = &update.conflicts[..] else {
        panic!("{:?}", update.conflicts)
    };
    assert_eq!(
        (conflict.path.join("."), conflict.why),
        ("codes.lost.meaning".to_owned(), Why::BothChanged)
    );
    assert_eq!(conflict.base.as_deref(), Some("\"It is lost\""));
    assert_eq!(conflict.theirs.as_deref(), Some("\"It is gone\""));
    assert_eq!(conflict.ours.as_deref(), Some("\"We lost it\""));
    assert!(by_hand[conflict.place.range()].starts_with("meaning"));
    // Both made the same change.
    let same = updated(
        &by_hand,
        &old,
        &[row("lost", "We lost it"), row("late", "It is late")],
    );
    assert_eq!((same.texts.len(), conflicts(&same)), (0, vec![]));
}

#[test]
fn mappings_are_merged_key_by_key() {
    let old = [row("lost", "It is lost")];
    let by_hand = replaced(
        &draft(&old),
        "kind: i64",
        "kind: i64\n        example: \"7\"",
    );
    let new = [but(
        row("lost", "It is lost"),
        &[
            ("message", json!("lost {id} {name}")),
            (
                "extra",
                json!({"args": [{"name": "id", "type": "Integer"}, {"name": "name", "type": "Binary"}]}),
            ),
        ],
    )];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert!(
        after.contains(
            "      id:\n        kind: i64\n        example: \"7\"\n      name: { kind: string }\n"
        ),
        "{after}"
    );
    assert_eq!(conflicts(&update), []);
    assert_eq!(
        update.changed,
        [(
            "lost".to_owned(),
            vec!["message".to_owned(), "args".to_owned()]
        )]
    );
}

#[test]
fn a_key_that_left_the_list_is_removed_unless_a_person_commented_it() {
    let extra = [("x-team", json!("vets")), ("x-room", json!(7))];
    let old = [
        but(row("lost", "It is lost"), &extra),
        row("late", "It is late"),
    ];
    let by_hand = replaced(&draft(&old), "x-team: vets", "x-team: vets  # ask them");
    let new = [row("lost", "It is lost"), row("late", "It is late")];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert_eq!(after, replaced(&by_hand, "    x-room: 7\n", ""));
    assert_eq!(
        conflicts(&update),
        [("codes.lost.x-team".to_owned(), Why::Comment)]
    );
}

#[test]
fn a_released_code_that_left_the_list_is_deprecated_and_another_is_listed() {
    let old = [
        row("lost", "It is lost"),
        row("late", "It is late"),
        row("wet", "It is wet"),
    ];
    let first = inputs(&draft(&old[..2]));
    let released = release(
        &first,
        "1.0.0",
        jiff::civil::date(2026, 1, 1),
        Todo::Allowed,
    )
    .unwrap();
    let lock = Source::new("catalog.lock", released.lock.clone().into_bytes());
    let (_, text) = &released.texts[0];
    let wet = "  wet:\n    type: pet_error\n    message: It is wet.\n    meaning: It is wet\n    fix: Check it\n";
    let text = replaced(text, "codes:\n", &format!("codes:\n{wet}"));
    let catalog = inputs(&text).with_lock(Some(lock));
    let update = codegen::import::update(&catalog, &last(&old), &draft(&old[..1])).unwrap();
    assert_eq!(
        (update.deprecated.clone(), update.unreleased.clone()),
        (vec!["late".to_owned()], vec!["wet".to_owned()])
    );
    let (_, after) = &update.texts[0];
    assert!(
        after.contains("deprecated: { note: \"TODO: say what to do instead\" }\n")
            && after.contains(wet),
        "{after}"
    );
    assert_eq!(update.diagnostics, []);
    // The code returns: that is for a person to decide.
    let returned =
        codegen::import::update(&inputs(after), &last(&old[..1]), &draft(&old[..2])).unwrap();
    assert_eq!(
        conflicts(&returned),
        [("codes.late.deprecated".to_owned(), Why::Returned)]
    );
    assert_eq!(returned.texts, []);
}

#[test]
fn a_code_that_a_person_removed_or_retired_does_not_return() {
    let old = [
        row("lost", "It is lost"),
        row("late", "It is late"),
        row("wet", "It is wet"),
    ];
    let by_hand = draft(&old[1..2]) + "\nretired:\n  wet: { reason: It is never sent }\n";
    assert_eq!(updated(&by_hand, &old, &old).texts, []);
    let new = [
        row("lost", "It is gone"),
        old[1].clone(),
        row("wet", "It is dry"),
        row("dry", "It is dry"),
    ];
    let update = updated(&by_hand, &old, &new);
    assert_eq!(
        conflicts(&update),
        [("codes.lost".to_owned(), Why::Removed)]
    );
    assert_eq!(update.added, ["dry"]);
    let again = updated(&by_hand, &old[..2], &[old[1].clone(), old[2].clone()]);
    assert_eq!(conflicts(&again), [("codes.wet".to_owned(), Why::Retired)]);
}

/// A draft names the status and the retry rule of a code only where its type and the retry rule of the whole draft do
/// not give them. These change with the other rows.
#[test]
fn what_follows_from_other_rows_of_a_list_changes_no_code() {
    let with = |code: &str, status: u16| {
        but(
            row(code, "It is so"),
            &[
                ("http_status", json!(status)),
                ("retryable", json!(status > 500)),
            ],
        )
    };
    let old = [
        with("a", 404),
        with("b", 404),
        with("c", 409),
        with("d", 503),
    ];
    let catalog = draft(&old);
    let new = [
        with("a", 404),
        with("b", 404),
        with("c", 409),
        with("d", 503),
        with("e", 409),
        with("f", 409),
        but(with("g", 503), &[("retryable", json!(false))]),
        with("h", 410),
    ];
    let update = updated(&catalog, &old, &new);
    let after = text(&catalog, &update);
    assert_eq!(
        (update.changed.clone(), conflicts(&update)),
        (vec![], vec![])
    );
    assert!(
        after.contains("    status: [404, 409, 503, 410]\n"),
        "{after}"
    );
    for (name, status, retry) in [
        ("b", 404, "never"),
        ("c", 409, "never"),
        ("d", 503, "backoff"),
        ("f", 409, "never"),
        ("h", 410, "never"),
    ] {
        let code = code(&after, name);
        assert_eq!(
            (&code["status"], &code["retry"]),
            (&json!(status), &json!(retry)),
            "{name}"
        );
    }
}

#[test]
fn a_status_of_the_list_is_changed_where_no_person_did() {
    let status = |status: u16| ("http_status", json!(status));
    let old = [
        row("a", "A is so"),
        row("b", "B is so"),
        but(row("c", "C is so"), &[status(409)]),
    ];
    let by_hand = replaced(
        &draft(&old),
        "  b:\n    type: pet_error\n",
        "  b:\n    type: pet_error\n    status: 409\n",
    );
    let new = [
        but(row("a", "A is so"), &[status(410)]),
        but(row("b", "B is so"), &[status(410)]),
        row("c", "C is so"),
    ];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert_eq!(
        conflicts(&update),
        [("codes.b.status".to_owned(), Why::BothChanged)]
    );
    for (name, status) in [("a", 410), ("b", 409), ("c", 404)] {
        assert_eq!(code(&after, name)["status"], json!(status), "{name}");
    }
}

#[test]
fn a_name_in_rust_never_changes() {
    let named = |name: &str| {
        but(
            row("7", "It is so"),
            &[("extra", json!({"constant": name}))],
        )
    };
    let old = [but(named("PetLost"), &[("message", json!("m"))])];
    let catalog = draft(&old);
    let update = updated(
        &catalog,
        &old,
        &[but(named("PetGone"), &[("message", json!("m"))])],
    );
    let after = text(&catalog, &update);
    assert_eq!(code(&after, "7")["rust"], json!("PetLost"));
    assert_eq!(conflicts(&update), [("codes.7.rust".to_owned(), Why::Name)]);
}

#[test]
fn another_list_and_a_catalog_with_errors_are_refused() {
    let old = [row("lost", "It is lost")];
    let catalog = draft(&old);
    let other = codegen::import::update(
        &inputs(&catalog),
        &last(&old),
        &draft(&[row("x", "It is x")]),
    );
    assert!(matches!(other, Err(NotUpdated::OtherList)), "{other:?}");
    let broken = inputs(&replaced(
        &catalog,
        "    type: pet_error\n",
        "    type: unknown\n",
    ));
    let update = codegen::import::update(&broken, &last(&old), &draft(&old));
    assert!(matches!(update, Err(NotUpdated::Findings(_))), "{update:?}");
}
