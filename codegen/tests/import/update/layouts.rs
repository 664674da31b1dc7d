//! Catalogs in other files, layouts and line breaks.

use codegen::{Answer, Found};

use super::*;

const OLD: &str = "\
version: 1
api: { title: Pets, docs_url: \"https://docs.example.com\", crate: pet-errors }
types: { pet_error: { status: 404, meaning: A pet } }
codes: { lost: { type: pet_error, message: m, meaning: Lost, fix: Look, x-team: vets }, late: { type: pet_error, message: m, meaning: Late, fix: Wait } }
";

fn plain(code: &str, meaning: &str, fix: &str) -> Value {
    json!({"code": code, "type": "pet_error", "http_status": 404, "message": "m", "meaning": meaning, "fix": fix})
}

fn rows() -> [Value; 2] {
    [
        but(plain("lost", "Lost", "Look"), &[("x-team", json!("vets"))]),
        plain("late", "Late", "Wait"),
    ]
}

#[test]
fn codes_between_brackets_stay_there() {
    let new = [
        plain("first", "First", "Look"),
        but(
            plain("lost", "Gone: far, away", "Look"),
            &[("x-room", json!([7, "8"]))],
        ),
        plain("cold", "Cold", "Check it"),
        plain("late", "Late", "Wait"),
    ];
    let update = updated(OLD, &rows(), &new);
    let after = text(OLD, &update);
    assert_eq!(conflicts(&update), []);
    let first = "first: { type: pet_error, message: m, meaning: First, fix: Look }";
    let lost = "lost: { type: pet_error, message: m, meaning: \"Gone: far, away\", fix: Look, x-room: [7, \"8\"] }";
    let cold = "cold: { type: pet_error, message: m, meaning: Cold, fix: Check it }";
    let late = "late: { type: pet_error, message: m, meaning: Late, fix: Wait }";
    assert!(
        after.ends_with(&format!("codes: {{ {first}, {lost}, {cold}, {late} }}\n")),
        "{after}"
    );
}

#[test]
fn line_breaks_and_blank_lines_are_those_of_the_author() {
    let old = rows();
    let text_of = draft(&old).replace("  late:", "\n  late:");
    for (from, to) in [("\n", "\r\n"), ("\n", "\n")] {
        let catalog = text_of.replace(from, to);
        let new = [
            old[0].clone(),
            plain("cold", "Cold", "Check it"),
            old[1].clone(),
        ];
        let update = updated(&catalog, &old, &new);
        let after = text(&catalog, &update);
        let cold =
            "\n  cold:\n    type: pet_error\n    message: m\n    meaning: Cold\n    fix: Check it\n"
                .replace(from, to);
        assert_eq!(after.replace(&cold, ""), catalog, "{after}");
    }
}

#[test]
fn codes_of_included_files_are_changed_where_they_are() {
    let old = [
        row("lost", "It is lost"),
        row("late", "It is late"),
        row("wet", "It is wet"),
    ];
    let all = draft(&old);
    let (main, codes) = all.split_at(all.find("\ncodes:\n").unwrap() + 1);
    let main = main.replacen(
        "version: 1\n",
        "version: 1\ninclude: [codes.yaml, more.yaml]\n",
        1,
    );
    let (codes, more) = codes.split_at(codes.find("  late:").unwrap());
    let files = [
        ("codes.yaml", codes.to_owned()),
        ("more.yaml", format!("# More.\ncodes:\n{more}")),
    ];
    let mut inputs = inputs(&main);
    while let Some(wanted) = inputs.wanted() {
        let (path, text) = files.iter().find(|(name, _)| *name == wanted).unwrap();
        let source = Source::new(*path, text.clone().into_bytes());
        inputs.answer(Answer::Files(vec![Found {
            path: (*path).to_owned(),
            source,
        }]));
    }
    let new = [
        row("lost", "It is lost"),
        row("late", "It is very late"),
        row("cold", "It is cold"),
        row("wet", "It is wet"),
    ];
    let update = codegen::import::update(&inputs, &last(&old), &draft(&new)).unwrap();
    let [(id, after)] = &update.texts[..] else {
        panic!("{:?}", update.texts)
    };
    assert_eq!(id.0, 2);
    assert!(
        after.contains("very late") && after.find("  cold:") < after.find("  wet:"),
        "{after}"
    );
}

#[test]
fn a_task_of_a_draft_leaves_with_its_reason() {
    let old = [
        but(row("lost", "It is lost"), &[("http_status", json!("soon"))]),
        row("late", "It is late"),
    ];
    let catalog = draft(&old);
    assert!(catalog.contains("# TODO: the source has no valid status"));
    let update = updated(
        &catalog,
        &old,
        &[row("lost", "It is lost"), row("late", "It is late")],
    );
    let after = text(&catalog, &update);
    assert!(
        !after.contains("# TODO: the source has no valid status"),
        "{after}"
    );
    assert_eq!(code(&after, "lost")["status"], json!(404));
    // A task of a new code comes with it.
    let update = updated(
        &draft(&old[1..]),
        &old[1..],
        &[
            old[1].clone(),
            but(row("wet", "It is wet"), &[("http_status", json!("soon"))]),
        ],
    );
    assert!(
        update.texts[0].1.contains(
            "    # TODO: the source has no valid status: replace this one\n    status: 400\n"
        ),
        "{:?}",
        update.texts
    );
    assert_eq!(
        update.notes,
        ["`wet`: TODO: the source has no valid status: replace this one"]
    );
}

/// In a draft, such a text is a literal block.
#[test]
fn a_text_of_several_lines_is_a_block_unless_that_would_take_in_a_comment() {
    let with = |text: &str| {
        [
            but(row("lost", "It is lost"), &[("x-note", json!(text))]),
            row("late", "It is late"),
        ]
    };
    let (old, new) = (with("one"), with("one\n  two\n\nthree\n"));
    let catalog = draft(&old);
    let block = "x-note: |\n      one\n        two\n\n      three\n";
    let update = updated(&catalog, &old, &new);
    let after = text(&catalog, &update);
    assert_eq!(after, replaced(&catalog, "x-note: one\n", block));
    assert_eq!(text(&after, &updated(&after, &new, &old)), catalog);
    // A new key.
    let bare = [row("lost", "It is lost"), row("late", "It is late")];
    let windows = draft(&bare).replace('\n', "\r\n");
    let update = updated(&windows, &bare, &new);
    assert!(text(&windows, &update).contains(&block.replace('\n', "\r\n")));
    let commented = replaced(&catalog, "x-note: one", "x-note: one  # mine");
    let update = updated(&commented, &old, &new);
    let quoted = "x-note: \"one\\n  two\\n\\nthree\\n\"  # mine\n";
    assert!(text(&commented, &update).contains(quoted));
}
