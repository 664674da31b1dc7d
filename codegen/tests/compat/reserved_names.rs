//! Names that a release gave out.

use codegen::Source;

use super::base::{Released, edited};
use super::release::{SMALL, accepted, broken};

/// Old clients would compile into another meaning.
#[test]
fn a_rust_name_is_never_used_again() {
    let first = Released::first(SMALL);
    let newcomer = "codes:\n  newcomer: { type: bad, meaning: It is new, fix: Read, rust: Busy }\n";
    let busy = "  busy: { type: bad, status: 409, meaning: Locked, fix: Wait, since: 1.0.0 }\n";
    let retired =
        edited(&first.catalog, busy, "") + "retired:\n  busy: { reason: It is never locked }\n";
    // At once, in the next release, and where a lock of an older tool does not know the name.
    let taken = |catalog: &str| edited(catalog, "codes:\n", newcomer);
    let mut found = broken(&first, &taken(&retired));
    found.sort_unstable();
    assert_eq!(found, ["retired-undeprecated", "reused-code"]);
    let mut second = first.then(&retired, "2.0.0");
    assert_eq!(broken(&second, &taken(&second.catalog)), ["reused-code"]);
    let lock = second.lock.clone().unwrap();
    let old = edited(lock.text(), "    lost_rust: [Busy]\n", "");
    second.lock = Some(Source::new("catalog.lock", old.into_bytes()));
    assert_eq!(broken(&second, &taken(&second.catalog)), ["reused-code"]);

    // After a new name of the variant, and after that again.
    let renamed = edited(
        &first.catalog,
        "    type: bad\n",
        "    type: bad\n    rust: Missing\n",
    );
    assert_eq!(broken(&first, &renamed), ["renamed-code"]);
    let second = first.then(&accepted(&first, &renamed, "It was misleading"), "2.0.0");
    let taken = edited(
        &second.catalog,
        "meaning: Locked,",
        "meaning: Locked, rust: Lost,",
    );
    assert_eq!(broken(&second, &taken), ["reused-code"]);
    let back = edited(&second.catalog, "    rust: Missing\n", "");
    let third = second.then(&accepted(&second, &back, "It was not"), "3.0.0");
    let taken = edited(
        &third.catalog,
        "meaning: Locked,",
        "meaning: Locked, rust: Missing,",
    );
    assert_eq!(broken(&third, &taken), ["reused-code"]);
}

/// A client of the first release would read the second argument as the first.
#[test]
fn the_name_of_an_argument_keeps_its_kind_although_it_was_removed() {
    let with = |catalog: &str, argument: &str| {
        let args = format!("fix: Wait, args: {{ {argument} }},");
        let details = "types:\n  bad: { status: [400, 409]";
        let envelope = format!("envelope: {{ details: true }}\n{details}");
        let catalog = edited(catalog, "fix: Wait,", &args);
        if catalog.contains("envelope:") {
            catalog
        } else {
            edited(&catalog, details, &envelope)
        }
    };
    let small = edited(SMALL, "fix: Wait }", "fix: Wait, param: id }");
    let first = Released::first(&with(&small, "holder: { kind: u64 }"));
    let gone = edited(&first.catalog, " args: { holder: { kind: u64 } },", "");
    let second = first.then(&accepted(&first, &gone, "Nobody read it"), "2.0.0");
    let block = "    lost_args:\n      holder: u64\n";
    assert!(second.lock.as_ref().unwrap().text().contains(block));

    // With the same kind it is the same argument, and another name is a new one.
    for argument in ["holder: { kind: u64 }", "owner: { kind: string }"] {
        let again = with(&second.catalog, argument);
        assert_eq!(broken(&second, &again), ["argument-added"], "{argument}");
    }
    let retyped = with(&second.catalog, "holder: { kind: string }");
    let changes = second.differences(&retyped).changes;
    assert_eq!(broken(&second, &retyped), ["argument-retyped"]);
    assert_eq!(
        changes[0].text,
        "argument `holder` added again as `string` (was `u64`)"
    );

    // The next releases do not forget it, until it is accepted.
    let reworded = edited(&second.catalog, "meaning: Locked", "meaning: It is locked");
    let third = second.then(&reworded, "2.0.1");
    let retyped = with(&third.catalog, "holder: { kind: string }");
    assert_eq!(broken(&third, &retyped), ["argument-retyped"]);
    let fourth = third.then(&accepted(&third, &retyped, "Nobody has it"), "3.0.0");
    assert!(!fourth.lock.unwrap().text().contains("lost_args"));
}

const OPERATIONS: &str = "operations:
  read:
    method: GET
    path: /tickets
    errors: [lost, busy]
";

/// The names of types and operations neither.
#[test]
fn types_and_operations_are_never_used_again() {
    let types = "types:\n  worse: { status: 400, meaning: It is worse }\n";
    let small = edited(SMALL, "types:\n", types) + OPERATIONS;
    let first = Released::first(&small);
    let gone = edited(&edited(&first.catalog, &types[7..], ""), OPERATIONS, "");
    let mut found = broken(&first, &gone);
    found.sort_unstable();
    assert_eq!(found, ["operation-changed", "removed-type"]);
    let second = first.then(&accepted(&first, &gone, "Nobody used them"), "2.0.0");
    let again = [types, OPERATIONS];
    let others = [
        "types:\n  other: { status: 400, meaning: It is worse, rust: Worse }\n",
        &edited(OPERATIONS, "  read:", "  write:\n    rust: Read"),
    ];
    for [types, operations] in [again, others] {
        let again = edited(&second.catalog, "types:\n", types) + operations;
        assert_eq!(broken(&second, &again), ["reused-code"; 2], "{again}");
    }
}
