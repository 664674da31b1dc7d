//! Types, operations, and the lint rules that new codes break.

use super::*;

#[test]
fn types_and_statuses_that_new_codes_need_are_added() {
    let old = [row("lost", "It is lost")];
    let catalog = draft(&old);
    let new = [
        but(
            row("cold", "It is cold"),
            &[
                ("type", json!("weather_error")),
                ("http_status", json!(409)),
            ],
        ),
        row("lost", "It is lost"),
    ];
    let update = updated(&catalog, &old, &new);
    let after = text(&catalog, &update);
    assert!(after.contains("types:\n  weather_error:\n    status: 409\n    meaning: \"TODO: say what the type means\"\n  pet_error:\n"), "{after}");
    assert!(after.contains("\ncodes:\n  cold:\n"), "{after}");
    assert_eq!(code(&after, "cold")["type"], json!("weather_error"));
}

#[test]
fn new_codes_get_the_name_that_a_person_gave_their_type() {
    let untyped = |code: &str| json!({"code": code, "http_status": 404, "message": "m", "meaning": "M", "fix": "Look"});
    let old = [untyped("a"), untyped("b")];
    let by_hand = draft(&old).replace("client_error", "pet_error");
    let new = [untyped("a"), untyped("b"), untyped("c")];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert!(!after.contains("client_error"), "{after}");
    assert_eq!(
        (code(&after, "c")["type"].clone(), conflicts(&update)),
        (json!("pet_error"), vec![])
    );
}

#[test]
fn operations_get_their_new_codes_and_lose_those_that_left_them() {
    let on = |code: &str, operations: &[&str]| {
        but(row(code, "It is so"), &[("operation", json!(operations))])
    };
    let old = [
        on("a", &["GET /pets", "GET /pets/{id}"]),
        on("b", &["GET /pets", "DELETE /pets"]),
        on("d", &["DELETE /pets"]),
    ];
    let by_hand = draft(&old).replace("get_pets_id:", "find_pet:");
    let new = [
        on("a", &["GET /pets/{id}"]),
        on("b", &["GET /pets", "DELETE /pets"]),
        on("c", &["GET /pets/{id}", "PUT /pets"]),
        on("d", &[]),
    ];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert_eq!(conflicts(&update), []);
    for (name, operations) in [
        ("a", json!(["find_pet"])),
        ("b", json!(["get_pets", "delete_pets"])),
        ("c", json!(["find_pet", "put_pets"])),
    ] {
        assert_eq!(
            code(&after, name)["operations"],
            operations,
            "{name} in {after}"
        );
    }
}

#[test]
fn the_first_operations_are_a_section() {
    let old = [row("a", "A is so")];
    let catalog = draft(&old);
    let with = but(
        row("a", "A is so"),
        &[("operation", json!(["GET /pets", "PUT /pets"]))],
    );
    let update = updated(&catalog, &old, &[with]);
    let after = text(&catalog, &update);
    assert_eq!(
        code(&after, "a")["operations"],
        json!(["get_pets", "put_pets"]),
        "{after}"
    );
}

#[test]
fn a_rule_that_a_new_code_breaks_is_allowed_for_it() {
    let bare = |code: &str| json!({"code": code, "type": "pet_error", "http_status": 404, "message": "m", "meaning": format!("{code} is so")});
    let old = [row("lost", "It is lost"), bare("late")];
    let catalog = draft(&old);
    let new = [row("lost", "It is lost"), bare("late"), bare("cold")];
    let update = updated(&catalog, &old, &new);
    let after = text(&catalog, &update);
    assert!(after.contains("codes: [late, cold]"), "{after}");
    let allowed: Vec<_> = update
        .allowed
        .iter()
        .map(|(rule, codes)| (rule.id(), *codes))
        .collect();
    assert_eq!(allowed, [("missing-fix", 1)]);
    assert_eq!(update.diagnostics, []);
    // Without an allowance before.
    let catalog = draft(&old[..1]);
    let update = updated(&catalog, &old[..1], &[old[0].clone(), bare("cold")]);
    let after = text(&catalog, &update);
    assert!(after.contains("codes: [cold]"), "{after}");
    assert_eq!(update.diagnostics, []);
}

#[test]
fn sections_of_people_are_not_changed_and_that_is_said() {
    let document = |title: &str| {
        json!({"openapi": "3.1.0", "info": {"title": title, "version": "1"},
        "components": {"schemas": {"ErrorCode": {"enum": ["lost"]}}}})
    };
    let draft = |title: &str| {
        import(Input::OpenApi(&document(title)), OPTIONS)
            .unwrap()
            .catalog
            .unwrap()
    };
    let last = LastImport::new("openapi.yaml", Vec::new(), &draft("Pets")).unwrap();
    let update = codegen::import::update(&inputs(&draft("Pets")), &last, &draft("Dogs")).unwrap();
    assert_eq!(update.texts, []);
    assert_eq!(
        update.notes,
        [
            "`api.title` follows from the list and is now \"Dogs\": an update does not change it, decide yourself"
        ]
    );
}

#[test]
fn a_code_of_a_group_with_a_prefix_is_found_by_its_wire_name() {
    let bare = |code: &str, meaning: &str| json!({"code": code, "type": "pet_error", "http_status": 404, "message": "m", "meaning": meaning});
    let old = [
        bare("pets.lost", "It is lost"),
        row("pets.late", "It is late"),
    ];
    let by_hand = draft(&old);
    let by_hand = replaced(&by_hand, "  pets.lost:\n", "  lost:\n    group: pets\n");
    let by_hand = replaced(
        &by_hand,
        "\ncodes:\n",
        "\ngroups:\n  pets: { title: Pets, prefix: pets. }\n\ncodes:\n",
    );
    assert_eq!(updated(&by_hand, &old, &old).texts, []);
    let new = [
        bare("pets.lost", "It is gone"),
        bare("pets.cold", "It is cold"),
        but(row("pets.late", "It is late"), &[("fix", json!(null))]),
    ];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert_eq!(conflicts(&update), []);
    let changed: Vec<_> = update
        .changed
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(changed, ["pets.lost", "pets.late"]);
    assert_eq!(code(&after, "pets.lost")["meaning"], json!("It is gone"));
    assert!(
        after.find("  lost:\n") < after.find("  pets.cold:\n"),
        "{after}"
    );
    assert_eq!(update.diagnostics, [], "{after}");
}

/// Operations of one method and path differ in `when`.
#[test]
fn operations_of_one_path_are_not_mixed_up() {
    let on = |code: &str, operation: &str| {
        but(row(code, "It is so"), &[("operation", json!([operation]))])
    };
    let old = [on("a", "GET /pets"), on("b", "PUT /pets")];
    let first = "  get_pets:\n    method: GET\n    path: /pets\n";
    let by_hand = replaced(
        &draft(&old),
        first,
        &format!("{first}    when: The owner is known\n"),
    );
    let other = "operations:\n  find:\n    method: GET\n    path: /pets\n    when: The owner is unknown\n    errors: [b]\n";
    let by_hand = replaced(&by_hand, "operations:\n", other);
    let update = updated(
        &by_hand,
        &old,
        &[
            on("a", "GET /pets"),
            on("b", "PUT /pets"),
            on("c", "GET /pets"),
        ],
    );
    let after = text(&by_hand, &update);
    assert_eq!(
        code(&after, "c")["operations"],
        json!(["get_pets"]),
        "{after}"
    );
}

#[test]
fn a_type_without_a_status_gets_the_first_one_and_its_codes_stay_as_they_are() {
    let of = |code: &str, status: &str| json!({ "code": code, "type": "job", "http_status": status, "message": code, "meaning": "M", "fix": "F" });
    let other = row("lost", "It is lost");
    let old = [other.clone(), of("ended", "none"), of("failed", "none")];
    let by_hand = replaced(
        &draft(&old),
        "  failed:\n",
        "  own_job:\n    type: job\n    meaning: A job of our own\n    fix: Wait for it\n  failed:\n",
    );
    assert!(by_hand.contains("  job:\n    status: none\n"), "{by_hand}");
    let new = [
        other,
        of("ended", "none"),
        of("failed", "503"),
        of("stuck", "none"),
        of("busy", "503"),
    ];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert_eq!(
        (update.diagnostics.as_slice(), conflicts(&update)),
        (&[][..], vec![])
    );
    assert!(after.contains("  job:\n    status: 503\n"), "{after}");
    for (name, status) in [
        ("ended", json!("none")),
        ("failed", json!(503)),
        ("own_job", json!("none")),
        ("stuck", json!("none")),
        ("busy", json!(503)),
    ] {
        assert_eq!(code(&after, name)["status"], status, "{name} in {after}");
    }
}

#[test]
fn a_type_with_a_family_of_statuses_gets_those_of_another_class() {
    let old = [
        row("lost", "It is lost"),
        but(row("late", "It is late"), &[("http_status", json!(409))]),
    ];
    let by_hand = replaced(&draft(&old), "status: [404, 409]", "status: 4xx");
    let by_hand = replaced(
        &by_hand,
        "  lost:\n    type: pet_error\n",
        "  lost:\n    type: pet_error\n    status: 404\n",
    );
    let busy = but(row("busy", "It is busy"), &[("http_status", json!(503))]);
    let new = [old[0].clone(), old[1].clone(), busy];
    let update = updated(&by_hand, &old, &new);
    let after = text(&by_hand, &update);
    assert!(
        after.contains("    status: [400, 404, 409, 503]\n"),
        "{after}"
    );
    assert_eq!(update.diagnostics, []);
}

#[test]
fn a_new_namespace_is_a_new_group() {
    let of = |code: &str, service: &str| but(row(code, "It is so"), &[("service", json!(service))]);
    let old = [of("lost", "pets"), of("lost", "keys"), of("late", "keys")];
    let options = codegen::import::Options {
        namespaces: Some(codegen::import::Namespaces::Field("service")),
        ..OPTIONS
    };
    let draft = |rows: &[Value]| {
        let lines: Vec<_> = rows.iter().map(Value::to_string).collect();
        import(Input::Rows(&lines.join("\n")), options)
            .unwrap()
            .catalog
            .unwrap()
    };
    let catalog = draft(&old);
    let last = LastImport::new("pets.jsonl", Vec::new(), &catalog).unwrap();
    let more = [of("lost", "cats"), of("late", "pets")];
    let new = draft(&[&old[..], &more[..]].concat());
    let update = codegen::import::update(&inputs(&catalog), &last, &new).unwrap();
    let after = text(&catalog, &update);
    assert_eq!(update.added, ["cats.lost", "pets.late"]);
    assert!(
        after.contains("  cats:\n    prefix: cats.\n    namespace: true\n"),
        "{after}"
    );
    assert_eq!(update.diagnostics, []);
}
