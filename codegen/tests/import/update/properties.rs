//! For any list and any edits by hand: an update with the same list changes nothing, a second update changes nothing
//! either, and what people wrote stays.

use codegen::import::Format;
use proptest::prelude::*;

use super::*;
use crate::exhaustive;
use crate::rewritten::{habits, rewritten, shuffled};

/// A fact of a code in a list.
fn fact() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "One is so",
        "Two: is, so",
        "\"quoted\" 'it'",
        "404",
        "true",
        "Ünï {x} #1",
        "- a\nb",
    ])
    .prop_map(str::to_owned)
}

fn any_row() -> impl Strategy<Value = Value> {
    let status = prop::sample::select(vec![400u16, 404, 409, 503]);
    let more = (
        prop::option::of(fact()),
        prop::option::of(fact()),
        prop::option::of(any::<bool>()),
    );
    (0..9u8, 0..3u8, status, fact(), more, 0..4u8).prop_map(
        |(code, of_type, status, meaning, (fix, team, retryable), operation)| {
            let mut row =
                json!({"code": format!("c{code}"), "http_status": status, "meaning": meaning});
            let others = [
                ("fix", fix.map(Value::from)),
                ("team", team.map(Value::from)),
                ("retryable", retryable.map(Value::from)),
            ];
            for (key, value) in others {
                if let Some(value) = value {
                    row[key] = value;
                }
            }
            if of_type > 0 {
                row["type"] = format!("t{of_type}").into();
            }
            if operation > 0 {
                row["operation"] = format!("GET /p{operation}").into();
            }
            row
        },
    )
}

fn any_list() -> impl Strategy<Value = Vec<Value>> {
    let rows = prop::collection::vec(any_row(), 1..8);
    rows.prop_map(|mut rows| {
        rows.push(row("always", "It is so"));
        let mut known = std::collections::BTreeSet::new();
        rows.retain(|row| known.insert(row["code"].to_string()));
        rows
    })
}

/// An edit by hand at one of the codes.
fn edited(catalog: &str, (position, kind): (usize, u8)) -> String {
    let lines: Vec<&str> = catalog.lines().collect();
    let start = lines.iter().position(|line| *line == "codes:").unwrap();
    let is_code = |line: &str| line.starts_with("  ") && !line[2..].starts_with([' ', '#', '-']);
    let codes: Vec<usize> = (start + 1..lines.len())
        .take_while(|at| lines[*at].starts_with("  ") || lines[*at].is_empty())
        .filter(|at| is_code(lines[*at]))
        .collect();
    let at = codes[position % codes.len()];
    let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
    match kind {
        0 => lines.insert(at, "  # By hand.".to_owned()),
        1 => lines.insert(at + 1, "    x-by-hand: yes indeed".to_owned()),
        2 => lines[at].push_str("  # by hand"),
        3 => {
            let own = lines[at + 1..]
                .iter()
                .position(|line| line.starts_with("    meaning: "));
            if let Some(own) = own {
                "    meaning: It is by hand".clone_into(&mut lines[at + 1 + own]);
            }
        }
        _ => lines.insert(at, String::new()),
    }
    lines.join("\n") + "\n"
}

/// The lines that people wrote.
fn by_hand(catalog: &str) -> Vec<&str> {
    let lines = catalog.lines();
    lines
        .filter(|line| line.to_lowercase().contains("by hand") || line.contains("by-hand"))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: exhaustive::select(20, 400), ..ProptestConfig::default() })]

    #[test]
    fn an_update_changes_what_the_list_changed(
        old in any_list(),
        new in any_list(),
        edits in prop::collection::vec((0..9usize, 0..5u8), 0..5),
        has_breaks in any::<bool>(),
    ) {
        let mut catalog = edits.into_iter().fold(draft(&old), |catalog, edit| edited(&catalog, edit));
        if has_breaks {
            catalog = catalog.replace('\n', "\r\n");
        }
        prop_assume!(compile(&inputs(&catalog)).value.is_some());
        let same = updated(&catalog, &old, &old);
        prop_assert_eq!(&same.texts, &[], "{}", catalog);
        prop_assert_eq!(&same.conflicts, &[]);
        let update = updated(&catalog, &old, &new);
        let after = text(&catalog, &update);
        let outcome = compile(&inputs(&after));
        prop_assert!(outcome.value.is_some(), "{:?}\n{}", outcome.diagnostics, after);
        prop_assert_eq!(by_hand(&after), by_hand(&catalog), "{}", after);
        let again = updated(&after, &new, &new);
        prop_assert_eq!(&again.texts, &[]);
        // Each fact that no person changed is that of the new list.
        let (ours, theirs) = (inputs(&after), draft(&new));
        let ours = compile(&ours).value.unwrap();
        let theirs = compile(&inputs(&theirs)).value.unwrap();
        let conflicts: Vec<_> = update.conflicts.iter().map(|one| one.path.join(".")).collect();
        for code in &theirs.codes {
            let name = &code.names.wire;
            let own = ours.codes.iter().find(|own| own.names.wire == *name).unwrap();
            let is_changed = |key: &str| conflicts.contains(&format!("codes.{name}.{key}"));
            prop_assert!(own.status == code.status || is_changed("status"), "{name} in {after}");
            prop_assert!(own.fix == code.fix || is_changed("fix"), "{name} in {after}");
            prop_assert!(own.meaning == code.meaning || own.meaning == "It is by hand" || is_changed("meaning"), "{name} in {after}");
        }
    }

    /// Comments are between all lines and in brackets; sections and codes are in any order.
    #[test]
    fn a_catalog_in_any_notation_is_updated_and_keeps_its_comments(
        old in any_list(),
        new in any_list(),
        habits in habits(),
        seed in any::<u64>(),
    ) {
        let one_line = |list: &[Value]| draft(list).replace("|-\n      - a\n      b", "a b");
        let catalog = rewritten(&shuffled(&one_line(&old), seed), &habits);
        prop_assume!(compile(&inputs(&catalog)).value.is_some());
        let last = LastImport::new("pets.jsonl", Vec::new(), &one_line(&old)).unwrap();
        let updated = |catalog: &str, draft: &str| codegen::import::update(&inputs(catalog), &last, draft);
        let same = updated(&catalog, &one_line(&old));
        prop_assert_eq!(same.unwrap().texts, &[], "{}", catalog);
        let update = updated(&catalog, &one_line(&new));
        prop_assert!(update.is_ok(), "{:?}\n{}", update, catalog);
        let after = text(&catalog, &update.unwrap());
        prop_assert!(compile(&inputs(&after)).value.is_some(), "{}\n{}", catalog, after);
        prop_assert!(after.ends_with(habits.line_break()));
        let comments = |text: &str| ["# above", "# behind", "# inside"].map(|sign| text.matches(sign).count());
        prop_assert_eq!(comments(&after), comments(&catalog), "{}\n{}", catalog, after);
    }

    #[test]
    fn a_damaged_last_import_is_read_or_refused(list in any_list(), at in any::<prop::sample::Index>(), end in 0..9usize, piece in "[\\PC\n]{0,4}") {
        let stated = last(&list);
        let whole = stated.text();
        let source = |text: String| Source::new("catalog.import", text.into_bytes());
        prop_assert_eq!(LastImport::read(&source(whole.clone())).unwrap(), stated);
        let mut chars: Vec<char> = whole.chars().collect();
        let at = at.index(chars.len());
        let end = (at + end).min(chars.len());
        chars.splice(at..end, piece.chars());
        if let Ok(stated) = LastImport::read(&source(chars.into_iter().collect())) {
            let catalog = draft(&list);
            if let Ok(update) = codegen::import::update(&inputs(&catalog), &stated, &draft(&list)) {
                // What the list says again is in the catalog already.
                prop_assert_eq!(update.texts, []);
            }
        }
    }
}

/// Lists of all formats, and those of real servers.
#[test]
fn no_list_changes_its_own_draft() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let files =
        ["lists", "samples"].map(|name| std::fs::read_dir(format!("{folder}/{name}")).unwrap());
    let mut count = 0;
    for file in files.into_iter().flatten() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let input = Input::Text(Format::of(&text), &text);
        let Some(draft) = import(input, OPTIONS).unwrap().catalog else {
            continue;
        };
        let last = LastImport::new("list", Vec::new(), &draft).unwrap();
        let update = codegen::import::update(&inputs(&draft), &last, &draft).unwrap();
        assert_eq!((update.texts, update.kept), (vec![], 0));
        assert_eq!(
            (update.conflicts, update.notes),
            (vec![], Vec::<String>::new())
        );
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn a_last_import_that_is_not_one_is_refused() {
    for (text, reason) in [
        ("", "the file is empty"),
        ("codes: {}\n", "missing field `import`"),
        (
            "import: 2\n",
            "it has the form 2, and this version of the tool reads 1",
        ),
        ("import: 1\ncodes: {}\n", "missing field `list`"),
        (
            "import: 1\nlist: a\ncodes: {}\n",
            "`types` is not a mapping of mappings",
        ),
        (
            "import: 1\nlist: a\noptions: [a]\n",
            "`options` is not a mapping",
        ),
        (
            "import: 1\nlist: a\ntypes: {}\ncodes: { a: 7 }\n",
            "`codes` is not a mapping of mappings",
        ),
    ] {
        let read = LastImport::read(&Source::new("catalog.import", text.as_bytes().to_vec()));
        assert_eq!(read.unwrap_err(), reason, "{text}");
    }
}
