//! Rows that share a code, and that a field tells apart: its values are namespaces.

use codegen::import::{Import, Input, Namespaces, Options, OptionsError, import};
use codegen::{Inputs, Source, compile};
use serde_json::{Value, json};

use crate::{OPTIONS, lost, rows, text};

fn row(code: &Value, field: (&str, &str), message: &str) -> Value {
    json!({ "code": code, "http_status": 404, "message": message, "fix": "Look", field.0: field.1 })
}

fn by(list: &[Value], namespaces: Namespaces<'_>) -> Result<Import, OptionsError> {
    let lines: Vec<_> = list.iter().map(Value::to_string).collect();
    let options = Options {
        namespaces: Some(namespaces),
        ..OPTIONS
    };
    import(Input::Rows(&lines.join("\n")), options)
}

/// The names of the codes in the catalog and in bodies, and their names in Rust.
fn names(draft: &Import) -> Vec<[String; 3]> {
    let inputs = Inputs::new(Source::new("draft", text(draft).as_bytes().to_vec()));
    let catalog = compile(&inputs).value.unwrap();
    let codes = catalog.codes.iter().map(|code| {
        let names = &code.names;
        [
            names.wire.clone(),
            names.sent().to_owned(),
            names.variant.clone(),
        ]
    });
    codes.collect()
}

fn said(draft: &Import) -> Vec<&str> {
    let said = draft.undecided.iter().map(|said| said.message.as_str());
    said.filter(|said| said.contains("namespace")).collect()
}

/// Printers with the same numbers, in the order of the list.
fn printers() -> Vec<Value> {
    vec![
        row(&json!(12), ("printer", "inkjet"), "The ink is used up"),
        row(&json!(12), ("printer", "Laser Jet"), "The toner is used up"),
        row(&json!(13), ("printer", "Laser Jet"), "The drum is worn"),
    ]
}

#[test]
fn a_field_that_divides_the_list_gives_namespaces() {
    let draft = rows(&printers());
    assert_eq!((draft.codes, lost(&draft)), (3, vec![]));
    assert_eq!(draft.namespace.as_deref(), Some("printer"));
    let expected = [
        ["inkjet.12", "12", "InkjetTheInkIsUsedUp"],
        ["laser_jet.12", "12", "LaserJetTheTonerIsUsedUp"],
        ["laser_jet.13", "13", "LaserJetTheDrumIsWorn"],
    ];
    assert_eq!(
        names(&draft),
        expected.map(|names| names.map(str::to_owned))
    );
    let text = text(&draft);
    for expected in [
        "envelope:\n  code: integer\n",
        "  inkjet.12:\n    type: client_error\n    message: The ink is used up\n",
        "\ngroups:\n  inkjet:\n    prefix: inkjet.\n    namespace: true\n  laser_jet:\n    title: Laser Jet\n    \
         prefix: laser_jet.\n    namespace: true\n",
    ] {
        assert!(text.contains(expected), "{text}");
    }
    // The group has the value.
    assert!(!text.contains("x-printer"), "{text}");
    let what = "rows that share a code differ in `printer`: its values are namespaces, and with `--namespace none` these rows are refused";
    assert_eq!(said(&draft), [what]);
}

#[test]
fn the_caller_has_the_last_word_about_namespaces() {
    let none = by(&printers(), Namespaces::None).unwrap();
    assert_eq!(
        (none.codes, none.refused(), none.namespace.as_deref()),
        (2, 1, None)
    );
    assert_eq!(said(&none), [""; 0]);
    let single = [row(&json!("lost"), ("printerModel", "inkjet"), "Lost")];
    for name in ["printer_model", "printerModel", "Printer model"] {
        let draft = by(&single, Namespaces::of(name)).unwrap();
        assert!(
            text(&draft).contains("  inkjet.lost:\n"),
            "{}",
            text(&draft)
        );
    }
    let unknown = by(&printers(), Namespaces::Field("service"));
    let known = vec!["printer".to_owned()];
    let name = "service".to_owned();
    assert_eq!(unknown, Err(OptionsError::Namespace { name, known }));
}

#[test]
fn types_are_namespaces_if_nothing_else_divides_the_list() {
    let list = [
        row(&json!("lost"), ("type", "pets"), "The pet is lost"),
        row(&json!("lost"), ("type", "keys"), "The key is lost"),
        row(&json!("late"), ("type", "keys"), "The key is late"),
    ];
    let draft = rows(&list);
    assert_eq!((draft.codes, draft.namespace.as_deref()), (3, Some("type")));
    assert!(
        text(&draft).contains("  keys.late:\n    type: keys\n"),
        "{}",
        text(&draft)
    );
}

/// A translation, or another severity, is no other error. And a name that each row has for itself divides nothing.
#[test]
fn what_names_no_part_of_an_api_is_not_chosen() {
    for field in ["language", "severity", "Version"] {
        let list = [
            row(&json!("lost"), (field, "a"), "Lost"),
            row(&json!("lost"), (field, "b"), "Verloren"),
            row(&json!("late"), (field, "b"), "Spät"),
        ];
        let draft = rows(&list);
        assert_eq!((draft.refused(), said(&draft)), (1, vec![]), "{field}");
        assert_eq!(by(&list, Namespaces::Field(field)).unwrap().codes, 3);
    }
    let list = ["a", "b", "c"].map(|own| row(&json!("lost"), ("label", own), own));
    assert_eq!(rows(&list).refused(), 2);
}

/// Names of all codes do not change for a mistake in a list.
#[test]
fn for_few_rows_namespaces_are_offered() {
    let code = |number: usize| json!(format!("code_{}", number % 29));
    let field = |number: usize| ("service", if number < 20 { "pets" } else { "keys" });
    let list: Vec<_> = (0..30)
        .map(|number| row(&code(number), field(number), &format!("Failure {number}")))
        .collect();
    let draft = rows(&list);
    assert_eq!((draft.codes, draft.refused()), (29, 1));
    let what = "rows that share a code differ in `service`: with `--namespace service` its values are namespaces";
    assert_eq!(said(&draft), [what]);
    assert_eq!(by(&list, Namespaces::Field("service")).unwrap().codes, 30);
}

#[test]
fn equal_rows_of_a_namespace_are_merged_and_others_are_refused() {
    let on = |service: &str, operation: &str, message: &str| {
        let mut row = row(&json!("lost"), ("service", service), message);
        row["operation"] = operation.into();
        row
    };
    let draft = rows(&[
        on("pets", "GET /pets", "The pet is lost"),
        on("pets", "PUT /pets", "The pet is lost"),
        on("keys", "GET /keys", "The key is lost"),
        on("keys", "PUT /keys", "The key is lost"),
        on("keys", "DELETE /keys", "No key"),
    ]);
    assert_eq!((draft.read(), draft.codes, draft.merged), (5, 2, 2));
    let what = "duplicate code `keys.lost`: the first is at 3, with another message";
    assert_eq!(lost(&draft), [("5".to_owned(), what)]);
    let operation = "  put_keys:\n    method: PUT\n    path: /keys\n    errors: [keys.lost]\n";
    assert!(text(&draft).contains(operation), "{}", text(&draft));
}

#[test]
fn a_row_outside_of_the_namespaces_has_a_code_of_its_own() {
    let plain =
        |code: &str| json!({ "code": code, "http_status": 404, "message": "Plain", "fix": "Look" });
    let mut list = vec![plain("broken")];
    let services = ["pets", "keys", "cats"];
    list.extend(services.map(|service| row(&json!("lost"), ("service", service), service)));
    list.extend(services.map(|service| row(&json!("late"), ("service", service), service)));
    let draft = rows(&list);
    assert_eq!((draft.codes, lost(&draft)), (7, vec![]));
    assert!(text(&draft).contains("\n  broken:\n"), "{}", text(&draft));
    list.push(plain("late"));
    let draft = rows(&list);
    let what =
        "the code `late` is also one of a namespace, and the row has no `service` that can be one";
    assert_eq!(lost(&draft), [("8".to_owned(), what)]);
}

#[test]
fn what_takes_the_place_of_a_code_is_in_its_namespace() {
    let mut list = printers();
    list.push(row(&json!(14), ("printer", "inkjet"), "No ink"));
    list[3]["deprecated"] = json!({ "since": "1.0.0", "use": "12" });
    let draft = rows(&list);
    assert_eq!(draft.codes, 4);
    assert!(
        text(&draft).contains("      use: inkjet.12\n"),
        "{}",
        text(&draft)
    );
}

#[test]
fn constants_that_namespaces_share_are_told_apart() {
    let mut list = printers();
    for (row, constant) in list.iter_mut().zip(["USED_UP", "USED_UP", "DrumWorn"]) {
        row["constant"] = constant.into();
    }
    let draft = rows(&list);
    let variants: Vec<_> = names(&draft)
        .into_iter()
        .map(|[.., variant]| variant)
        .collect();
    assert_eq!(variants, ["InkjetUsedUp", "LaserJetUsedUp", "DrumWorn"]);
}
