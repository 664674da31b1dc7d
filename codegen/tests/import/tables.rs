//! Tables of CSV: their headings, their places, and cells with more than one name.

use codegen::import::{Format, Input};
use serde_json::json;

use crate::formats::export;
use crate::{drafted, lost, text};

#[test]
fn a_cell_of_two_lines_is_no_heading_and_moves_no_place() {
    let source = "ErrCode;HttpStatus;Fehlertext;Message (EN);Retry?\n\n10001;400;Falsch;\"Missing\nparameter %s\";no\n\n\
        10002;500;Intern;\"Internal\nerror\";yes\n\nN/A;500;Kein;None;no\n";
    assert_eq!(Format::of(source), Format::Csv);
    let draft = drafted(Input::Text(Format::Csv, source));
    let expected = [
        json!(["10001", 400, "Missing parameter {value0}"]),
        json!(["10002", 500, "Internal error"]),
    ];
    assert_eq!(export(&draft, &["message"]), expected);
    let places: Vec<_> = lost(&draft).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["9"]);
}

#[test]
fn a_table_without_codes_is_one_of_csv_all_the_same() {
    let source = "Nummer;HttpStatus;Beschreibung\n10001;400;Falsch\n10002;404;Weg\n";
    assert_eq!(Format::of(source), Format::Csv);
    let draft = drafted(Input::Text(Format::Csv, source));
    let said = "no column is called as one of codes: the columns are `Nummer`, `HttpStatus`, `Beschreibung`, and the import looked for names such as `Code`, `Error code`, `ErrCode` and `Name`, beside one such as `Status` or `Message`";
    assert_eq!(lost(&draft), [("1".to_owned(), said)]);
    for prose in [
        "One, two, three.\nFour, five, six.\n",
        "Hello, you\nGood, day\n",
    ] {
        assert_eq!(Format::of(prose), Format::Markdown);
    }
}

#[test]
fn names_of_columns_are_those_of_real_lists() {
    let source = "Error Number,Internal name,What went wrong,How to fix it,Reason\n12,ERR_X,It broke,Mend it,Rain\n13,ERR_Y,It fell,Lift it,Wind\n";
    let draft = drafted(Input::Text(Format::Csv, source));
    let expected = [
        json!(["12", 400, "It broke", "Mend it", "ErrX"]),
        json!(["13", 400, "It fell", "Lift it", "ErrY"]),
    ];
    assert_eq!(export(&draft, &["meaning", "fix", "rust"]), expected);
    let source = "Code,Status,Reason\na_b,400,Bad\nc_d,404,Gone\n";
    let draft = drafted(Input::Text(Format::Csv, source));
    assert_eq!(export(&draft, &["meaning"])[0], json!(["a_b", 400, "Bad"]));
}

#[test]
fn a_range_is_refused_and_several_names_are_several_codes() {
    let source = "Code;Status;Message\n1004–1006;400;Reserved\n4-6;400;Reserved\n--;400;None\n\"1,000\";400;Thousand\n\
        5001, 5002 & 5003;400;Three\n6001 (deprecated since v2);410;Gone\n";
    let draft = drafted(Input::Text(Format::Csv, source));
    let expected = [
        json!(["1000", 400, "Thousand"]),
        json!(["5001", 400, "Three"]),
        json!(["5002", 400, "Three"]),
        json!(["5003", 400, "Three"]),
        json!(["6001", 410, "Gone"]),
    ];
    assert_eq!(export(&draft, &["message"]), expected);
    assert!(text(&draft).contains("note: deprecated since v2\n"));
    let range = |first: &str, last: &str| {
        format!("the codes `{first}` to `{last}` are a range: write a row for each")
    };
    let said = [
        ("2".to_owned(), range("1004", "1006")),
        ("3".to_owned(), range("4", "6")),
        ("4".to_owned(), "the row has no code".to_owned()),
    ];
    let lost: Vec<_> = lost(&draft)
        .into_iter()
        .map(|(place, what)| (place, what.to_owned()))
        .collect();
    assert_eq!(lost, said);
}

#[test]
fn statuses_are_ranges_and_names_too() {
    let source = "Code,Status,Message\na_a,500-599,A\nb_b,408-410,B\nc_c,4xx/5xx,C\nd_d,BAD_REQUEST,D\ne_e,Not Found,E\n";
    let draft = drafted(Input::Text(Format::Csv, source));
    let statuses: Vec<_> = export(&draft, &[])
        .into_iter()
        .map(|code| code[1].clone())
        .collect();
    assert_eq!(
        statuses,
        [500, 408, 400, 400, 404].map(|status| json!(status))
    );
}
