//! `docs/evolution.md` has the verdicts of other tools beside ours, and ours are as the library has them.

use super::changes::CHANGES;
use super::outside::{HEAD, Row, place};

/// The table as the page has it, and its rows.
fn table() -> (String, Vec<Row>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evolution.md");
    let page = std::fs::read_to_string(path).unwrap();
    let table = page[place(&page).unwrap()].to_owned();
    let rows = table.strip_prefix(HEAD).unwrap().lines().map(row);
    (table.clone(), rows.collect())
}

fn row(line: &str) -> Row {
    let cells = line.strip_prefix("| ").unwrap().strip_suffix(" |").unwrap();
    let mut cells = cells.split(" | ").map(str::to_owned);
    let mut cell = || cells.next().unwrap_or_else(|| panic!("{line}"));
    Row {
        change: cell(),
        rules: cell(),
        level: cell(),
        version: cell(),
        semver_checks: cell(),
        documents: [cell(), cell()],
        why: cell(),
    }
}

#[test]
fn each_change_has_a_row_with_what_the_library_says_of_it() {
    let (table, rows) = table();
    let lines: String = rows.iter().map(Row::line).collect();
    assert_eq!(
        table,
        format!("{HEAD}{lines}"),
        "the table was written by the bench"
    );
    let told: Vec<[String; 5]> = rows
        .into_iter()
        .map(|row| [row.change, row.rules, row.level, row.version, row.why])
        .collect();
    let expected: Vec<[String; 5]> = CHANGES
        .iter()
        .map(|change| {
            let [rules, level, version] = change.verdict();
            [
                change.title.to_owned(),
                rules,
                level,
                version,
                change.why.to_owned(),
            ]
        })
        .collect();
    assert_eq!(
        told, expected,
        "run `cargo bench -p codegen --bench verdicts -- --write`"
    );
}

#[test]
fn what_others_say_otherwise_is_explained_and_nothing_else() {
    let (_, rows) = table();
    for row in rows {
        assert_eq!(row.is_disputed(), !row.why.is_empty(), "{row:?}");
    }
}

/// Others may find less than we do, since names and statuses are values to them, and never more without a reason.
#[test]
fn no_outside_verdict_is_larger_than_ours_but_for_what_is_no_promise() {
    let (_, rows) = table();
    let larger: Vec<Row> = rows
        .into_iter()
        .filter(|row| row.semver_checks.starts_with("major") && row.version != "major")
        .collect();
    for row in &larger {
        let numbers = "major: `enum_no_repr_variant_discriminant_changed`";
        assert_eq!(row.semver_checks, numbers, "{row:?}");
    }
    assert!(!larger.is_empty());
}
