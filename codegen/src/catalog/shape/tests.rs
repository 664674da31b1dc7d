//! The names of types and codes in shapes.

use super::{CodeCase, Filled, Missing, Names, Node, Shape, ShapeEvent, Slot, Status, StatusClass};

fn names(wire: &str, stated: &[(&str, &str)]) -> Names {
    let stated = stated.iter();
    Names {
        unsent: 0,
        wire: wire.to_owned(),
        variant: String::new(),
        former_variants: Vec::new(),
        slug: String::new(),
        in_shapes: stated
            .map(|(shape, name)| ((*shape).to_owned(), (*name).to_owned()))
            .collect(),
    }
}

fn shape(types: &[(StatusClass, &str)], codes: CodeCase) -> Shape {
    let types = types.iter();
    Shape {
        name: "acme".to_owned(),
        variant: "Acme".to_owned(),
        content_type: "application/json".to_owned(),
        body: Node::Slot(Filled {
            slot: Slot::Code,
            missing: Missing::Null,
        }),
        event: ShapeEvent {
            name: Some("error".to_owned()),
            data: Node::List(Vec::new()),
        },
        types: types
            .map(|(class, name)| (*class, (*name).to_owned()))
            .collect(),
        known_types: Vec::new(),
        codes,
    }
}

#[test]
fn types_have_their_own_name_then_that_of_the_status_then_that_of_its_family() {
    let status = |number| Status::new(number).expect("a status");
    let by_status = [
        (StatusClass::Family(4), "INVALID"),
        (StatusClass::Status(status(404)), "NOT_FOUND"),
    ];
    let acme = shape(&by_status, CodeCase::Wire);
    let plain = names("request_error", &[("other", "OTHER")]);
    let stated = names("request_error", &[("other", "OTHER"), ("acme", "MINE")]);
    for (of, number, expected) in [
        (&plain, 404, "NOT_FOUND"),
        (&plain, 400, "INVALID"),
        (&plain, 500, "request_error"),
        (&stated, 404, "MINE"),
    ] {
        assert_eq!(acme.type_name(of, status(number)), expected, "{number}");
    }
}

#[test]
fn a_code_has_its_own_type_in_a_shape_without_codes() {
    let status = Status::new(404).expect("a status");
    let by_status = [(StatusClass::Family(4), "INVALID")];
    let mut acme = shape(&by_status, CodeCase::Wire);
    let error_type = names("request_error", &[("acme", "MINE")]);
    let (plain, stated) = (names("a", &[]), names("b", &[("acme", "OTHER")]));
    let of = |acme: &Shape, code| acme.type_of_code(code, &error_type, status).to_owned();
    assert_eq!([of(&acme, &plain), of(&acme, &stated)], ["MINE", "MINE"]);
    acme.body = Node::List(Vec::new());
    assert_eq!([of(&acme, &plain), of(&acme, &stated)], ["MINE", "OTHER"]);
}

#[test]
fn codes_have_their_own_name_or_the_form_of_the_shape() {
    let upper = shape(&[], CodeCase::UpperSnake);
    for (wire, expected) in [
        ("file_too_large", "FILE_TOO_LARGE"),
        ("files.tooLarge", "FILES_TOO_LARGE"),
        ("20404", "20404"),
        ("...", "..."),
    ] {
        assert_eq!(upper.code_name(&names(wire, &[])), expected);
    }
    let stated = names("file_too_large", &[("acme", "too-big")]);
    assert_eq!(upper.code_name(&stated), "too-big");
    let wire = shape(&[], CodeCase::Wire);
    assert_eq!(
        wire.code_name(&names("files.tooLarge", &[])),
        "files.tooLarge"
    );
}
