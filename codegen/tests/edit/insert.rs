//! A new code is put where its author would put it, and nothing else changes.

use std::fmt::Write as _;

use codegen::catalog::CodeKind;
use codegen::compile;
use codegen::edit::{Insertion, NewCode, NoPlace, Place, Refusal, insert};
use codegen::report::position;
use proptest::prelude::*;

use super::changes::change;
use super::exhaustive;
use super::rewritten::{habits, rewritten};
use super::{catalogs, formatted, inputs, rewritable};

const HEAD: &str = "\
version: 1
api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
types:
  wrong: { status: [400, 404], meaning: The request is wrong }
  broken: { status: 5xx, meaning: The server failed }
";
const LINES: &str =
    "    meaning: \"TODO: say what went wrong\"\n    fix: \"TODO: say what to do\"\n";
const TEXTS: &str = "meaning: \"TODO: say what went wrong\", fix: \"TODO: say what to do\"";

fn new(name: &str) -> NewCode<'_> {
    NewCode {
        name,
        error_type: "wrong",
        status: None,
        rust: None,
        place: Place::Type,
    }
}

/// Asserts that the code is put into the codes at the place that `^` marks in `codes`.
#[track_caller]
fn is_put(code: &NewCode<'_>, codes: &str, stub: &str) {
    let text = format!("{HEAD}{}", codes.replace('^', ""));
    let insertion = insert(&inputs(text), code).unwrap_or_else(|no_place| panic!("{no_place:?}"));
    let expected = format!("{HEAD}{}", codes.replace('^', stub));
    assert_eq!(insertion.text, expected);
    let outcome = compile(&inputs(insertion.text));
    assert!(outcome.value.is_some(), "{:#?}", outcome.diagnostics);
}

#[test]
fn a_code_is_inserted_after_the_last_code_of_its_type() {
    let stub = format!("  new:\n    type: wrong\n{LINES}");
    let codes = "codes:\n  a:\n    type: wrong\n    meaning: A\n    fix: F  # Why.\n    # Below a.\n^  # On b.\n  b:\n    type: broken\n    meaning: B\n    fix: F\n";
    is_put(&new("new"), codes, &stub);
    let codes = "codes:\n  a:\n    type: wrong\n    meaning: A\n    fix: F\n  b:\n    like: a\n^  c:\n    type: broken\n    meaning: C\n    fix: F\nopenapi: { closed: true }\n";
    is_put(&new("new"), codes, &stub);
}

#[test]
fn the_first_code_of_a_type_is_inserted_last() {
    let codes = "codes:\n  b:\n    type: broken\n    meaning: B\n    fix: F\n^# On OpenAPI.\nopenapi: { closed: true }\n";
    is_put(
        &new("new"),
        codes,
        &format!("  new:\n    type: wrong\n{LINES}"),
    );
}

#[test]
fn a_code_is_inserted_after_the_named_code() {
    let codes = "codes:\n  a: { type: wrong, meaning: A, fix: F }\n^  b: { type: wrong, meaning: B, fix: F }\n";
    let code = NewCode {
        place: Place::Code("a"),
        ..new("new")
    };
    is_put(
        &code,
        codes,
        &format!("  new: {{ type: wrong, {TEXTS} }}\n"),
    );
}

#[test]
fn a_code_has_the_habits_of_its_neighbours() {
    let codes = "codes:\n\n    a:\n        type: wrong\n        meaning: A\n        fix: F\n\n\n    b:\n        type: wrong\n        meaning: B\n        fix: F\n^";
    let stub = format!(
        "\n\n    new:\n        type: wrong\n{}",
        LINES.replace("    ", "        ")
    );
    is_put(&new("new"), codes, &stub);
    let codes = "codes: { a: { type: wrong, meaning: A, fix: F }^, b: { type: broken, meaning: B, fix: F } }\n";
    is_put(
        &new("new"),
        &codes.replace("^, ", ",^ "),
        &format!(" new: {{ type: wrong, {TEXTS} }},"),
    );
    let codes = "codes: {\n  a: { type: wrong, meaning: A, fix: F }, # On a.^\n  b: { type: broken, meaning: B, fix: F }\n  }\n";
    is_put(
        &new("new"),
        codes,
        &format!("\n  new: {{ type: wrong, {TEXTS} }},"),
    );
    let codes = "codes: {\n  a: { type: wrong, meaning: A, fix: F }^\n  }\n";
    is_put(
        &new("new"),
        codes,
        &format!(",\n  new: {{ type: wrong, {TEXTS} }}"),
    );
}

#[test]
fn a_code_that_does_not_fit_between_braces_gets_lines() {
    let name = "a_name_that_is_too_long_for_a_line_with_all_of_its_fields";
    let codes = "codes:\n  a: { type: wrong, meaning: A, fix: F }\n^";
    is_put(
        &new(name),
        codes,
        &format!("  {name}:\n    type: wrong\n{LINES}"),
    );
}

#[test]
fn a_new_code_states_only_what_differs_from_its_type() {
    let codes = "codes:\n  a:\n    meaning: A\n    type: wrong\n    fix: F\n^";
    for (status, stated) in [
        (400, ""),
        (404, "    status: 404\n"),
        (410, "    status: 410\n"),
    ] {
        let code = NewCode {
            status: Some(status),
            rust: Some("Gone"),
            ..new("429")
        };
        let stub = format!("  \"429\":\n    type: wrong\n{stated}{LINES}    rust: Gone\n");
        is_put(&code, codes, &stub);
    }
    let codes = "codes:\n  a: { type: broken, meaning: A, fix: F }\n^";
    let code = NewCode {
        error_type: "broken",
        status: Some(500),
        ..new("new")
    };
    is_put(
        &code,
        codes,
        &format!("  new: {{ type: broken, {TEXTS} }}\n"),
    );
}

#[test]
fn a_text_that_keeps_its_line_breaks_keeps_them() {
    let codes = "codes:\n  a:\n    type: wrong\n    fix: F\n    meaning: |+\n      A\n\n\n^  b:\n    type: broken\n    fix: F\n    meaning: >-\n      B\n";
    is_put(
        &new("new"),
        codes,
        &format!("  new:\n    type: wrong\n{LINES}"),
    );
}

#[test]
fn the_last_line_of_a_file_may_have_no_line_break() {
    let codes = "codes:\n  a: { type: wrong, meaning: A, fix: F }^";
    is_put(
        &new("new"),
        codes,
        &format!("\n  new: {{ type: wrong, {TEXTS} }}"),
    );
}

#[test]
fn a_code_without_a_place_is_refused() {
    let text = format!("{HEAD}codes:\n  a: {{ type: wrong, meaning: A, fix: F }}\n");
    let catalog = inputs(text.clone());
    let no_place = |code: &NewCode<'_>| insert(&catalog, code).unwrap_err();
    match no_place(&new("a")) {
        NoPlace::Exists(span) => assert_eq!(position(&catalog, span), "catalog.yaml:7:3"),
        other => panic!("{other:?}"),
    }
    let of_type = |error_type| {
        no_place(&NewCode {
            error_type,
            ..new("new")
        })
    };
    assert!(matches!(of_type("wron"), NoPlace::UnknownType(Some(meant)) if meant == "wrong"));
    assert!(matches!(of_type("other"), NoPlace::UnknownType(None)));
    let behind = |name| {
        no_place(&NewCode {
            place: Place::Code(name),
            ..new("new")
        })
    };
    assert!(matches!(behind("zzzzzzz"), NoPlace::UnknownCode(None)));
    let long = "n".repeat(10_000);
    assert!(matches!(no_place(&new(&long)), NoPlace::TooLong));
    let empty = insert(&inputs(HEAD), &new("new")).unwrap_err();
    assert!(matches!(empty, NoPlace::NoCodes));
    let broken = insert(&inputs(format!("{text}a: [")), &new("new")).unwrap_err();
    assert!(matches!(broken, NoPlace::Refused(Refusal::Findings(_))));
}

/// What was put in, which is all that is new, and holds the code.
#[track_caller]
fn added<'a>(before: &str, insertion: &'a Insertion) -> &'a str {
    let (old, new) = (before.as_bytes(), insertion.text.as_bytes());
    let width = new.len() - old.len();
    let code = insertion.stub.range();
    let holds = |start: &usize| {
        let end = start + width;
        end >= code.end && old[..*start] == new[..*start] && old[*start..] == new[end..]
    };
    let start = (code.end.saturating_sub(width)..=code.start.min(old.len()))
        .rev()
        .find(holds);
    let start = start.unwrap_or_else(|| panic!("{}", insertion.text));
    &insertion.text[start..start + width]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: exhaustive::select(12, 64),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_code_is_all_that_changes(
        which in any::<proptest::sample::Index>(), habits in habits(),
        of_type in any::<proptest::sample::Index>(), behind in any::<Option<proptest::sample::Index>>(),
    ) {
        let catalogs = rewritable();
        let (_, text) = &catalogs[which.index(catalogs.len())];
        // Where codes are numbers, this name is none.
        prop_assume!(!text.contains("code: integer"));
        let text = rewritten(text, &habits);
        let before = compile(&inputs(text.clone())).value.unwrap();
        let behind = behind.map(|index| &before.codes[index.index(before.codes.len())].names.wire);
        let error_type = &before.types[of_type.index(before.types.len())];
        let code = NewCode {
            error_type: &error_type.names.wire,
            place: behind.map_or(Place::Type, |name| Place::Code(name)),
            ..new("a_new_code_of_ours")
        };
        let insertion = insert(&inputs(text.clone()), &code).unwrap();
        let stub = added(&text, &insertion);
        prop_assert!(stub.contains("a_new_code_of_ours"));
        prop_assert_eq!(stub.replace(habits.line_break(), "").find(['\n', '\r']), None);
        let after = compile(&inputs(insertion.text.clone())).value.unwrap();
        prop_assert_eq!(after.codes.len(), before.codes.len() + 1);
        let position = after.codes.iter().position(|it| it.names.wire == code.name).unwrap();
        let written = &after.codes[position];
        prop_assert_eq!(&after[written.error_type].names, &error_type.names);
        prop_assert_eq!(written.status.sent(), error_type.statuses.default());
        if let Some(behind) = behind {
            prop_assert_eq!(&after.codes[position - 1].names.wire, behind);
        }
        let canonical = formatted(&insertion.text);
        prop_assert!(canonical.contains("a_new_code_of_ours"));
    }

    #[test]
    fn a_damaged_catalog_takes_a_code_or_has_no_place_for_it(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        let catalogs = rewritable();
        let mut bytes = catalogs[which.index(catalogs.len())].1.clone().into_bytes();
        for change in &changes {
            change.apply(&mut bytes);
        }
        takes_or_refuses(bytes);
    }

    #[test]
    fn any_codes_take_another_or_have_no_place_for_it(
        text in "([-?:,#|>'\"{}\\[\\]+2 \t\r\na0é]|\n  |\n- |: |- |# c\n|a: |, |\\|\n){0,40}",
    ) {
        for codes in [format!("codes:\n  {text}"), format!("codes: {{ {text} }}"), format!("codes:\n  a: {text}")] {
            takes_or_refuses(format!("{HEAD}{codes}\nopenapi: {{ closed: true }}\n").into_bytes());
        }
    }
}

/// A catalog that is read either has a place for a code, or it is known why not.
fn takes_or_refuses(bytes: Vec<u8>) {
    let inputs = inputs(bytes);
    let sources = inputs.sources();
    let types = ["wrong", "request_error", "auth_error", "server_error"];
    for error_type in types {
        let code = NewCode {
            error_type,
            ..new("a_new_code_of_ours")
        };
        match insert(&inputs, &code) {
            Ok(insertion) => drop(added(sources[0].text(), &insertion).to_owned()),
            Err(NoPlace::Refused(Refusal::Fault(_))) => panic!("{:?}", sources[0].text()),
            Err(_) => {}
        }
    }
}

#[test]
fn ten_thousand_codes_like_each_other_take_another() {
    let mut text = format!("{HEAD}codes:\n  code_0: {{ type: wrong, meaning: M, fix: F }}\n");
    for position in 1..10_000 {
        let _ = writeln!(text, "  code_{position}: {{ like: code_{} }}", position - 1);
    }
    let insertion = insert(&inputs(text.clone()), &new("another")).unwrap();
    assert!(insertion.text.starts_with(&text));
}

#[test]
fn a_code_in_a_canonical_catalog_leaves_it_canonical() {
    for (name, text) in catalogs() {
        let catalog = compile(&inputs(text.clone())).value.unwrap();
        let of_numbers = catalog.envelope.code == CodeKind::Integer;
        for error_type in &catalog.types {
            let code = NewCode {
                error_type: &error_type.names.wire,
                rust: of_numbers.then_some("NewCode"),
                ..new(if of_numbers {
                    "4711"
                } else {
                    "a_new_code_of_ours"
                })
            };
            let insertion = insert(&inputs(text.clone()), &code).unwrap();
            assert_eq!(formatted(&insertion.text), insertion.text, "{name}");
        }
    }
}
