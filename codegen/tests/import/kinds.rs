//! Kinds of lists that teams have, each as a small list of our own: what the source says arrives where it belongs.

use codegen::import::{Format, Import, Input};
use serde_json::{Value, json};

use crate::formats::lost;
use crate::{drafted, text};

/// The list, read in the format that its contents tell.
fn read(list: &str, format: Format) -> Import {
    assert_eq!(Format::of(list), format, "{list}");
    drafted(Input::Text(format, list))
}

/// Each code with these keys; its status is that of its type if it has none of its own.
fn codes(draft: &Import, keys: &[&str]) -> Vec<Value> {
    let catalog: Value = serde_yaml::from_str(text(draft)).unwrap();
    let codes = catalog["codes"].as_object().unwrap().iter();
    let codes = codes.map(|(name, code)| {
        let of_type = &catalog["types"][code["type"].as_str().unwrap()]["status"];
        let status = code.get("status").unwrap_or(of_type);
        let status = status.as_array().map_or(status, |all| &all[0]);
        let mut all = vec![json!(name), status.clone()];
        all.extend(keys.iter().map(|key| code[*key].clone()));
        all.into()
    });
    codes.collect()
}

#[test]
fn a_heading_names_an_error_by_a_negative_number_and_its_constant() {
    let page = "# Errors of the kennel\n\nBodies look like this:\n\n```json\n{\"code\": -12, \"msg\": \"Wrong collar.\"}\n```\n\n\
        ## 10xx - Troubles at the door\n\n### -10 DOOR_SHUT\n * The door is shut.\n\n\
        ### -12 COLLAR\n * The collar is too wide.\n * The collar is too tight.\n\n### -13 Bowl is partly full\n * Half of it is gone.\n";
    let draft = read(page, Format::Markdown);
    let found = codes(&draft, &["rust", "message", "meaning"]);
    let expected = [
        json!(["-10", 400, "DoorShut", null, "The door is shut."]),
        json!([
            "-12",
            400,
            "Collar",
            null,
            "- The collar is too wide. - The collar is too tight."
        ]),
        json!([
            "-13",
            400,
            "BowlIsPartlyFull",
            "Bowl is partly full",
            "Half of it is gone."
        ]),
    ];
    assert_eq!(found, expected);
    assert_eq!(lost(&draft), []);
}

#[test]
fn the_title_in_the_settings_of_a_page_says_that_it_is_about_errors() {
    let page = "---\ntitle: Error codes\nsidebar: Error codes\n---\n\nAll of them: see below.\n\n\
        ## `bowl_empty`\n\nThe bowl is empty: fill it.\n\n## `bowl_broken`\n\nThe bowl is broken.\n";
    let draft = read(page, Format::Markdown);
    let expected = [
        json!(["bowl_empty", 400, "The bowl is empty: fill it."]),
        json!(["bowl_broken", 400, "The bowl is broken."]),
    ];
    assert_eq!(codes(&draft, &["meaning"]), expected);
}

#[test]
fn a_heading_or_a_list_that_looks_like_errors_is_reported_where_nothing_says_so() {
    let page = "# Kennel\n\n## `bowl_empty`\n\nFill it.\n\n## More\n\n- `a_b`: one\n- `c_d`: two\n\n\
        | Error | Meaning |\n| - | - |\n| `e_f` | Three |\n";
    let draft = read(page, Format::Markdown);
    assert_eq!(codes(&draft, &[]), [json!(["e_f", 400])]);
    assert_eq!(lost(&draft), [(3, "line"), (9, "table")]);
    assert!(
        draft.lost[0].message.contains("`bowl_empty`"),
        "{:?}",
        draft.lost
    );
}

#[test]
fn a_status_in_a_heading_is_one_and_the_example_has_the_code() {
    let page = "# Errors\n\n### `403` Not your dog\n\nThe dog has another owner.\n\n\
        ```json\n{\"err_code\": \"NOT_YOURS\", \"err_msg\": \"Not your dog.\"}\n```\n\n\
        ### `422` No such food\n\n```json\n{\"err_code\": \"Bad Food\"}\n```\n";
    let draft = read(page, Format::Markdown);
    let expected = [
        json!(["NOT_YOURS", 403, "Not your dog"]),
        json!(["422", 422, "No such food"]),
    ];
    assert_eq!(codes(&draft, &["message"]), expected);
}

#[test]
fn rows_with_bars_need_no_line_of_dashes() {
    let page = "---\ntitle: Error reasons\n---\n\n# Reasons\n\nReason [width=\"20\"] | Explanation | Next Steps\n---\n\
        `bowl_empty` | The bowl is empty. | Fill it.\n---\n`bowl_broken` | The bowl is broken.\nIt leaks. | Buy one.\n---\n\
        `dog_gone` | No dog is there. |\n- Call it.\n---\n`dog_asleep` | The dog sleeps.\t| Wait.\n";
    let draft = read(page, Format::Markdown);
    let expected = [
        json!(["bowl_empty", 400, "The bowl is empty.", "Fill it."]),
        json!([
            "bowl_broken",
            400,
            "The bowl is broken. It leaks.",
            "Buy one."
        ]),
        json!(["dog_gone", 400, "No dog is there.", null]),
        json!(["dog_asleep", 400, "The dog sleeps.", "Wait."]),
    ];
    assert_eq!(codes(&draft, &["meaning", "fix"]), expected);
}

#[test]
fn statuses_may_be_in_a_column_called_codes() {
    let mut list =
        "name,codes,description\nBOWL_X,420,Wait\nMOVED_X,303,Elsewhere\nBOTH,400 403,Two\n"
            .to_owned();
    list.extend((0..20).map(|number| format!("DOG_{number},403,Not yours\n")));
    let draft = read(&list, Format::Csv);
    let found = codes(&draft, &["x-http-status"]);
    let expected = [
        json!(["BOWL_X", 420, null]),
        json!(["MOVED_X", 400, "303"]),
        json!(["BOTH", 400, "400 403"]),
        json!(["DOG_0", 403, null]),
    ];
    assert_eq!(found[..4], expected);
}

#[test]
fn a_list_of_statuses_has_them_as_its_statuses() {
    let page = "# Errors\n\nError Code | Meaning\n--- | ---\n400 | The request is bad\n404 | There is none\n503 | Try again\n";
    let draft = read(page, Format::Markdown);
    let found = codes(&draft, &[]);
    assert_eq!(
        found,
        [
            json!(["400", 400]),
            json!(["404", 404]),
            json!(["503", 503])
        ]
    );
    let page = page.replace("404", "1404");
    let found = codes(&read(&page, Format::Markdown), &[]);
    assert_eq!(
        found,
        [
            json!(["400", 400]),
            json!(["1404", 400]),
            json!(["503", 400])
        ]
    );
}

#[test]
fn a_text_called_error_is_the_message_of_an_error_with_a_key() {
    let list = "[\"KENNEL:dog:ErrNoBowl\"]\nerror = '''\ndog %s has no bowl\n'''\n\n[\"KENNEL:ErrShut\"]\nerror = '''\nshut\n'''\n\n\
        [\"KENNEL:ErrNoDog\"]\nerror = '''\nthere is no dog %s\n'''\n";
    let draft = read(list, Format::Toml);
    let expected = [
        json!(["KENNEL:dog:ErrNoBowl", 400, "dog {value0} has no bowl"]),
        json!(["KENNEL:ErrShut", 400, "shut"]),
        json!(["KENNEL:ErrNoDog", 400, "there is no dog {value0}"]),
    ];
    assert_eq!(codes(&draft, &["message"]), expected);
}

#[test]
fn numbers_have_the_names_of_their_constants_in_rust() {
    let list = r#"[
        { "error": "NO_BOWL", "code": -1, "description": "The dog has no bowl" },
        { "error": "SHUT", "code": 2, "description": "The kennel is shut" }
    ]"#;
    let draft = read(list, Format::Json);
    let expected = [
        json!(["-1", 400, "NoBowl", { "constant": "NO_BOWL" }]),
        json!(["2", 400, "Shut", { "constant": "SHUT" }]),
    ];
    assert_eq!(codes(&draft, &["rust", "ids"]), expected);
}

#[test]
fn of_texts_in_several_languages_the_english_one_is_taken() {
    let list = "[NoBowl]\nde = \"Es gibt keinen Napf\"\nen-us = \"There is no bowl\"\n\n[Shut]\nde = \"Zu\"\nen-us = \"It is shut\"\n";
    let draft = read(list, Format::Toml);
    let found = codes(&draft, &["message"]);
    assert_eq!(
        found,
        [
            json!(["NoBowl", 400, "There is no bowl"]),
            json!(["Shut", 400, "It is shut"])
        ]
    );
    let list = "errors:\n  - code: K-1\n    detail_en_US: There is no bowl\n    detail_de_DE: Es gibt keinen Napf\n";
    let draft = read(list, Format::Yaml);
    assert_eq!(
        codes(&draft, &["meaning"]),
        [json!(["K-1", 400, "There is no bowl"])]
    );
}

#[test]
fn texts_of_causes_and_solutions_are_taken() {
    let list = r#"[{ "code": 10, "message": "No bowl", "causes": "* The dog hid it\n* It is lost", "solutions": "Buy one" }]"#;
    let draft = read(list, Format::Json);
    let expected = json!(["10", 400, ["The dog hid it", "It is lost"], "Buy one"]);
    assert_eq!(codes(&draft, &["causes", "fix"]), [expected]);
}

#[test]
fn a_blank_reference_is_no_text_and_an_element_no_argument() {
    let list = r#"[{ "code": 10, "message": "<Bowl> is no <pet_id>", "description": "&nbsp;" }, { "code": 11, "message": "Shut" }]"#;
    let draft = read(list, Format::Json);
    let expected = [
        json!(["10", 400, "<Bowl> is no {pet_id}", null]),
        json!(["11", 400, "Shut", null]),
    ];
    assert_eq!(codes(&draft, &["message", "meaning"]), expected);
    assert_eq!(lost(&draft), []);
}

#[test]
fn a_comment_with_a_status_alone_is_no_meaning() {
    let list = "syntax = \"proto3\";\nenum PetErrorReason {\n  // 404\n  NO_BOWL = 0; // There is no bowl\n  NO_DOG = 1 [(errors.code) = 409]; // 409\n}\n";
    let draft = read(list, Format::Proto);
    let expected = [
        json!(["NO_BOWL", 404, "There is no bowl"]),
        json!(["NO_DOG", 409, null]),
    ];
    assert_eq!(codes(&draft, &["meaning"]), expected);
}
