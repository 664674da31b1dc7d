//! Lists of numbers, long names, and errors without a status.

use codegen::import::{Format, Input, Place};
use serde_json::json;

use crate::{drafted, lost, rows, text};

#[test]
fn codes_are_numbers_only_if_all_are() {
    let numbers = rows(&[json!({"code": 7, "message": "m"})]);
    assert!(text(&numbers).contains("envelope:\n  code: integer\n"));
    let mixed = rows(&[
        json!({"code": 7, "message": "m"}),
        json!({"code": "seven", "message": "m"}),
    ]);
    assert!(!text(&mixed).contains("integer"));
    let said = mixed
        .undecided
        .iter()
        .find(|said| said.message.starts_with("the code is a number"));
    assert_eq!(said.unwrap().place, Place::Line(1));
    let large = rows(&[
        json!({"code": 7, "message": "m"}),
        json!({"code": u64::MAX, "message": "m"}),
    ]);
    assert_eq!(lost(&large).len(), 1);
    assert_eq!((large.codes, lost(&large)[0].0.as_str()), (1, "2"));
}

#[test]
fn one_odd_row_changes_nothing_for_the_other_numbers() {
    let list = [1, 40, 41].map(|code| json!({"code": code, "message": format!("Failure {code}")}));
    let before = text(&rows(&list)).to_owned();
    let odd = [
        (json!(-1), "  \"-1\":\n    type: error\n    message: Odd\n"),
        (
            json!(0),
            "  \"0\":\n    type: error\n    message: Odd\n    rust: Odd\n",
        ),
    ];
    for (code, expected) in odd {
        let draft = rows(&[&list[..], &[json!({"code": code, "message": "Odd"})]].concat());
        assert_eq!((draft.codes, lost(&draft)), (4, vec![]));
        let text = text(&draft);
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("  code: integer\n"), "{text}");
        for number in ["1", "40", "41"] {
            let start = before.find(&format!("  \"{number}\":\n")).unwrap();
            let block = before[start..]
                .split_inclusive('\n')
                .take(4)
                .collect::<String>();
            assert!(text.contains(&block), "{block}");
        }
    }
    for code in ["N/A", "retry_later"] {
        let draft = rows(&[&list[..], &[json!({"code": code, "message": "Odd"})]].concat());
        assert_eq!(text(&draft), before);
        let what =
            format!("the code `{code}` is not a whole number, as those of the other rows are");
        assert_eq!(lost(&draft), [("4".to_owned(), what.as_str())]);
    }
}

#[test]
fn a_code_has_a_name_of_up_to_200_bytes() {
    let name = "a_name_of_200_bytes_".repeat(10);
    let other = format!("{}x", &name[..199]);
    let draft = rows(&[
        json!({"code": name, "message": "m", "http_status": 404}),
        json!({"code": other, "message": "m", "http_status": 404}),
    ]);
    assert_eq!((draft.codes, lost(&draft)), (2, vec![]));
    assert!(!text(&draft).contains("slug:"), "{}", text(&draft));
}

#[test]
fn negative_numbers_are_codes_in_every_format() {
    let sources = [
        (
            Format::Json,
            r#"{"errors": [{"code": -1, "message": "No"}, {"code": 7, "message": "Yes"}]}"#,
        ),
        (
            Format::Yaml,
            "errors:\n  -1: { message: No }\n  7: { message: Yes }\n",
        ),
        (Format::Csv, "code,message\n-1,No\nN/A,Maybe\n7,Yes\n"),
        (
            Format::Markdown,
            "# Errors\n\n| Code | Message |\n| --- | --- |\n| \u{2212}1 | No |\n| `7` | Yes |\n",
        ),
        (
            Format::Rust,
            "pub enum Error {\n    /// No\n    No = -1,\n    /// Yes\n    Yes = 7,\n}\n",
        ),
    ];
    for (format, source) in sources {
        let draft = drafted(Input::Text(format, source));
        assert_eq!(draft.codes, 2, "{format:?} {:?}", draft.lost);
        let text = text(&draft);
        for expected in [
            "  code: integer\n",
            "  \"-1\":\n",
            "rust: \"No\"\n",
            "  \"7\":\n",
        ] {
            assert!(text.contains(expected), "{format:?} {text}");
        }
    }
}

/// Where other rows have a status, a word for none or an empty cell is `status: none`.
#[test]
fn an_error_without_a_status_has_no_responses_if_others_have_one() {
    let source = "code,type,http status,message\nno_pet,request,404,No pet\nrow_failed,request,-,The row failed\n\
                  job_ended,job,n/a,The job ended\njob_lost,job,,The job is lost\nbusy,request,busy,Busy\n";
    let draft = drafted(Input::Text(Format::Csv, source));
    assert_eq!((draft.codes, lost(&draft)), (5, vec![]));
    let text = text(&draft);
    for expected in [
        "  job:\n    status: none\n",
        "  row_failed:\n    type: request\n    status: none\n",
        "  job_ended:\n    type: job\n    message: The job ended\n",
        "  job_lost:\n    type: job\n    message: The job is lost\n",
    ] {
        assert!(text.contains(expected), "{text}");
    }
    // What is no status and no word for none is decided by a person.
    assert!(text.contains("    x-http-status: busy\n"), "{text}");
    assert!(!text.contains("x-http-status: n/a"), "{text}");

    let source = "code,http status,message\na,-,A\nb,n/a,B\n";
    let without = drafted(Input::Text(Format::Csv, source));
    let text = without.catalog.unwrap();
    assert!(
        !text.contains("status: none") && text.contains("status: 400\n"),
        "{text}"
    );
}
