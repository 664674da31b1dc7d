//! A catalog with the lock of its release, and a later catalog.

use arbitrary::{Arbitrary, Unstructured};
use codegen::catalog::ChangeLevel;
use codegen::compat::diff;
use codegen::edit::accept;
use codegen::release::{NotReleased, Todo, release};
use codegen::{Inputs, Source, compile};
use jiff::civil::date;

use crate::catalog::{are_within, errors, inputs};
use crate::damage::{Damage, damaged};
use crate::model::{Change, Model};

#[derive(Arbitrary, Debug)]
struct Input {
    before: Model,
    changes: Vec<Change>,
    damages: Vec<Damage>,
}

/// Checks a released catalog, the catalog after changes, and a damaged lock.
///
/// # Panics
///
/// Panics if the result breaks an invariant.
pub fn check(bytes: &[u8]) {
    let Ok(Input {
        mut before,
        changes,
        damages,
    }) = Input::arbitrary_take_rest(Unstructured::new(bytes))
    else {
        return;
    };
    let day = date(2026, 11, 24);
    let first = inputs(before.text().into_bytes());
    let released = match release(&first, "1.0.0", day, Todo::Allowed) {
        Ok(released) => released,
        Err(other) => panic!(
            "a valid catalog is not released: {other:#?}\n{}",
            first.sources()[0].text()
        ),
    };
    let mut catalog = first;
    for (id, text) in released.texts {
        catalog = catalog.with_text(id, text);
    }
    let lock = |text: &[u8]| Source::new("catalog.lock", text.to_vec());
    let catalog = catalog.with_lock(Some(lock(released.lock.as_bytes())));
    let outcome = compile(&catalog);
    assert_eq!(
        errors(&outcome.diagnostics).count(),
        0,
        "{:#?}",
        outcome.diagnostics
    );
    let locked = Inputs::new(lock(released.lock.as_bytes()));
    let unchanged = diff(&locked, &catalog).map(|diff| diff.changes.len());
    assert_eq!(unchanged.ok(), Some(0), "a release differs from its lock");

    let damaged = lock(&damaged(&released.lock, &damages));
    let with_damage = catalog.clone().with_lock(Some(damaged.clone()));
    are_within(&with_damage, &compile(&with_damage).diagnostics);
    let _ = diff(&Inputs::new(damaged), &catalog);

    for change in changes.into_iter().take(8) {
        before.change(change);
    }
    let after = inputs(before.text().into_bytes());
    if compile(&after).value.is_some() {
        is_released(&locked, &after.with_lock(catalog.lock().cloned()));
    }
}

/// Once every breaking change is accepted, the catalog can be released, and then has no changes.
fn is_released(locked: &Inputs, after: &Inputs) {
    are_within(after, &compile(after).diagnostics);
    let changes = diff(locked, after).expect("both are read").changes;
    let is_changed = !changes.is_empty();
    let mut accepted = after.clone();
    for change in changes
        .iter()
        .filter(|change| change.level != ChangeLevel::Safe)
    {
        let (id, text) =
            accept(&accepted, &change.fingerprint, "It was never sent").expect("it is read");
        accepted = accepted.with_text(id, text);
    }
    let found = compile(&accepted).diagnostics;
    are_within(&accepted, &found);
    let day = date(2026, 11, 25);
    match release(&accepted, "9.0.0", day, Todo::Allowed) {
        Ok(released) => {
            let lock = Source::new("catalog.lock", released.lock.into_bytes());
            let mut next = accepted;
            for (id, text) in released.texts {
                next = next.with_text(id, text);
            }
            let next = next.with_lock(Some(lock));
            let found = compile(&next).diagnostics;
            assert_eq!(errors(&found).count(), 0, "{found:#?}");
        }
        Err(NotReleased::Unchanged(_)) => assert!(!is_changed),
        // Some changes cannot be accepted, such as a released name for another code.
        Err(NotReleased::Findings(found)) => assert_ne!(errors(&found).count(), 0),
        Err(other) => panic!("{other:#?}\n{}", accepted.sources()[0].text()),
    }
}
