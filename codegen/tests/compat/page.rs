//! `docs/evolution.md` has the tables of the policy.

use codegen::artifact::Region;
use codegen::compat::{Field, NOT_COMPARED, table};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evolution.md");
    std::fs::read_to_string(path).unwrap()
}

/// Field, change with its condition, rule, level and version.
type Row = [String; 5];

/// The rows of the policy.
fn expected() -> Vec<Row> {
    let rows = |field: &'static Field| {
        let cells = [
            ("changed", field.changed),
            ("added", field.added),
            ("removed", field.removed),
        ];
        cells.into_iter().flat_map(move |(change, cases)| {
            cases.iter().map(move |case| {
                let name = match field.name {
                    "" => "*the entry itself*".to_owned(),
                    name => format!("`{name}`"),
                };
                let when = match case.when {
                    "" => String::new(),
                    when => format!(", {when}"),
                };
                [
                    name,
                    format!("{change}{when}"),
                    format!("`{}`", case.rule),
                    case.level.as_str().to_owned(),
                    case.version.as_str().to_owned(),
                ]
            })
        })
    };
    let mut rows: Vec<Row> = table().flat_map(rows).collect();
    rows.sort();
    rows
}

/// The rows of the page; a row for all three changes counts as three.
fn shown() -> Vec<Row> {
    let page = page();
    let (_, rest) = page.split_once(Region::START).unwrap();
    let (region, _) = rest.split_once(Region::END).unwrap();
    let rows = region.lines().filter_map(|line| {
        let cells: Vec<String> = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split(" | ")
            .map(str::to_owned)
            .collect();
        let row: Row = cells.try_into().unwrap();
        let is_head = row[0] == "Field" || row[0] == "---";
        (!is_head).then_some(row)
    });
    let rows = rows.flat_map(
        |row| match row[1].strip_prefix("changed, added or removed") {
            None => vec![row],
            Some(when) => ["changed", "added", "removed"]
                .map(|change| {
                    let mut one = row.clone();
                    one[1] = format!("{change}{when}");
                    one
                })
                .to_vec(),
        },
    );
    let mut rows: Vec<Row> = rows.collect();
    rows.sort();
    rows
}

#[test]
fn the_page_has_every_row_of_the_policy_and_no_other() {
    assert_eq!(shown(), expected());
}

#[test]
fn the_page_lists_what_is_not_compared() {
    let page = page();
    let (_, rest) = page.split_once("### Not compared\n").unwrap();
    for (kind, field, why) in NOT_COMPARED {
        let name = format!("`{}.{field}`", kind.section());
        assert!(rest.contains(&name) && rest.contains(why), "{name}: {why}");
    }
}
