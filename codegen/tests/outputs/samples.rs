//! Lists of errors of other projects, brought in: every field of every row comes out of the catalog again.

use std::collections::BTreeSet;

use codegen::Catalog;
use codegen::catalog::{Deprecation, Envelope};
use codegen::import::{Import, Input, Place};
use serde_json::{Map, Value};

use crate::fixtures::{SAMPLES, artifact, catalog, drafted, list, plan_of, root, sample};

fn export(name: &str) -> Value {
    let plan = plan_of(name);
    serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap()
}

/// The lines about which the draft says something that begins so.
fn lines(draft: &Import, start: &str) -> BTreeSet<usize> {
    let found = draft.undecided.iter();
    let found = found.filter(|finding| finding.message.starts_with(start));
    let lines = found.filter_map(|finding| match finding.place {
        Place::Line(line) => Some(line),
        _ => None,
    });
    lines.collect()
}

#[test]
fn every_field_of_every_row_comes_out_again() {
    let mut counts = Vec::new();
    for name in SAMPLES {
        let draft = sample(name);
        assert_eq!(draft.lost, []);
        assert_eq!(draft.faults, []);
        let export = export(name);
        let compiled = catalog(name);
        let codes = export["codes"].as_array().unwrap();
        let source = list(name);
        assert_eq!(codes.len(), source.lines().count());
        for (position, line) in source.lines().enumerate() {
            let row: Map<String, Value> = serde_json::from_str(line).unwrap();
            let code = &codes[position];
            let deprecated = compiled.codes[position].deprecated.as_ref();
            let example = &code["example"]["error"]["code"];
            assert_eq!(*example, row["code"], "a number stays one");
            for (key, value) in &row {
                compare(key, value, (code, deprecated), &row);
            }
            let line = position + 1;
            let type_of = |start: &str| lines(&draft, start).contains(&line);
            assert_eq!(type_of("the source has no type"), row["type"].is_null());
            assert_eq!(
                type_of("the source has no status from"),
                !row["http_status"].is_number()
            );
            let says_nothing = row["message"].is_null() && row["meaning"].is_null();
            assert_eq!(type_of("there is neither a message"), says_nothing);
        }
        let undeclared = lines(&draft, "the message names").len();
        counts.push((draft.codes, draft.types, undeclared));
    }
    assert_eq!(counts, [(20, 2, 0), (226, 2, 51), (187, 18, 4)]);
}

fn compare(
    key: &str,
    value: &Value,
    (code, deprecated): (&Value, Option<&Deprecation>),
    row: &Map<String, Value>,
) {
    let name = &code["name"];
    let in_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (key, value) {
        ("code", Value::Number(number)) => assert_eq!(*name, number.to_string()),
        ("code", _) => assert_eq!(name, value),
        ("type", Value::Null) => {
            let class = row["http_status"].as_u64().unwrap() / 100;
            let expected = ["client_error", "server_error"][usize::from(class == 5)];
            assert_eq!(code["type"], expected);
        }
        ("type", _) => assert_eq!(&code["type"], value),
        ("http_status", Value::Number(_)) => assert_eq!(&code["status"], value),
        ("http_status", _) => assert_eq!(&code["x-http-status"], value),
        ("message", Value::Null) => {
            assert_eq!(code["message"], "TODO: write what the response says");
        }
        ("message", _) => assert_eq!(&code["message"], value),
        ("meaning", Value::Null) => assert_eq!(code["meaning"], code["message"], "{name}"),
        ("fix", Value::Null) => assert_eq!(code.get("fix"), None, "{name}"),
        ("meaning" | "fix", _) => {
            let expected = value.as_str().map(in_one_line).unwrap_or_default();
            assert_eq!(code[key], expected, "{name}");
        }
        ("retryable", Value::Null) => assert_eq!(code["retry"], "never"),
        ("deprecated", Value::Null) => assert_eq!(deprecated, None),
        ("deprecated", Value::Bool(true)) => {
            let asked = "TODO: say what to do instead";
            assert_eq!(deprecated.and_then(|end| end.note.as_deref()), Some(asked));
        }
        ("source_path", _) => assert_eq!(&code["x-source"], value),
        ("extra", _) => {
            for (key, value) in value.as_object().unwrap() {
                compare_extra(key, value, code);
            }
        }
        _ => panic!("{name}: {key} is not compared"),
    }
}

fn compare_extra(key: &str, value: &Value, code: &Value) {
    match key {
        "args" => {
            let args = code["args"].as_array().unwrap();
            for (declared, argument) in value.as_array().unwrap().iter().zip(args) {
                compare_argument(declared.as_object().unwrap(), argument);
            }
        }
        "errno" => assert_eq!(&code["ids"]["errno"], value),
        "constant" => {
            assert_eq!(&code["ids"]["constant"], value);
            assert_eq!(&code["rust"], value);
        }
        "variable" => {
            assert_eq!(&code["ids"]["variable"], value);
            let plain = value.as_str().unwrap().strip_prefix("ErrorCode").unwrap();
            assert_eq!(code["rust"], plain);
        }
        _ if key.starts_with("x-") => assert_eq!(&code[key], value),
        _ => assert_eq!(code[format!("x-{key}")], *value),
    }
}

fn compare_argument(declared: &Map<String, Value>, argument: &Value) {
    let absent = declared.get("print_if_null");
    for (key, value) in declared {
        match key.as_str() {
            "name" => assert_eq!(&argument["name"], value),
            "type" => {
                let (kind, kept) = match value.as_str().unwrap() {
                    "Binary" | "Atom" => ("string", &Value::Null),
                    "Integer" => ("i64", &Value::Null),
                    "Binaries" => ("strings", &Value::Null),
                    _ => ("string", value),
                };
                assert_eq!(argument["kind"], kind);
                assert_eq!(argument.get("x-source-type").unwrap_or(&Value::Null), kept);
            }
            "nullable" => assert_eq!(&argument["nullable"], value),
            "print_if_null" => assert_eq!(&argument["absent"], value),
            _ => panic!("{key} is not compared"),
        }
    }
    if absent.is_none() && argument["nullable"] == true {
        assert_eq!(argument["absent"], "none");
    }
}

/// What the source has no fixes and no meanings for is allowed once, with a reason; nothing else is found.
#[test]
fn a_draft_compiles_and_is_small_in_what_it_asks() {
    for name in SAMPLES {
        let draft = sample(name);
        let text = draft.catalog.unwrap();
        assert!(text.starts_with("# yaml-language-server: $schema=catalog/catalog.schema.json\n"));
        let rules = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- rule: "));
        let rules: Vec<&str> = rules.collect();
        let distinct: BTreeSet<&&str> = rules.iter().collect();
        assert_eq!(
            rules.len(),
            distinct.len(),
            "{name}: each rule is allowed once"
        );
        assert_eq!(text.matches("- rule: missing-fix\n").count(), 1);
        assert!(catalog(name).codes.iter().all(|code| code.fix.is_empty()));
    }
}

/// The document that this tool prints gives back the catalog that it was printed from.
#[test]
fn the_own_document_gives_back_the_catalog() {
    for name in [
        "seed",
        "details",
        "extras",
        "integers",
        "problem",
        "arguments",
        "shapes",
        "runtime",
    ] {
        let plan = plan_of(name);
        let document: Value =
            serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
        let draft = drafted(Input::OpenApi(&document), name);
        assert_eq!(
            (&draft.lost[..], &draft.faults[..]),
            (&[][..], &[][..]),
            "{name}"
        );
        let again = crate::fixtures::compile_text(name, draft.catalog.unwrap());
        let own = |catalog: &Catalog| {
            let Envelope { shapes, own, .. } = &catalog.envelope;
            let of_catalog = shapes.iter().filter(|shape| own.contains(&shape.name));
            let mut of_catalog: Vec<_> = of_catalog.cloned().collect();
            of_catalog.sort_by(|left, right| left.name.cmp(&right.name));
            of_catalog
        };
        assert_eq!(own(&again), own(&catalog(name)), "{name}");
        let again: Value = {
            let plan = codegen::plan(&again);
            serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap()
        };
        let public = crate::fixtures::public_plan_of(name);
        let export: Value =
            serde_json::from_str(artifact(&public, "generated/errors.json")).unwrap();
        for (list, keys) in [
            ("types", &["name", "rust", "status", "meaning", "names"][..]),
            (
                "codes",
                &[
                    "name",
                    "rust",
                    "type",
                    "status",
                    "meaning",
                    "fix",
                    "message",
                    "param",
                    "description",
                    "causes",
                    "fixes",
                    "headers",
                    "ids",
                    "retry",
                    "since",
                    "see",
                    "names",
                ],
            ),
        ] {
            let [ours, theirs] = [&export, &again].map(|export| export[list].as_array().unwrap());
            assert_eq!(ours.len(), theirs.len(), "{name}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                for key in keys {
                    // Marks of HTML, which the document has for lines that are broken, are set aside.
                    if let Some(text) = theirs.get(format!("x-{key}")) {
                        assert_eq!(*key, "description");
                        assert!(text.as_str().unwrap().contains("<br />"));
                        continue;
                    }
                    assert_eq!(ours[*key], theirs[*key], "{name}: {} {key}", ours["name"]);
                }
            }
        }
        // A template of addresses is in no document but that of each page.
        let docs_url = export["api"]["docs_url"].as_str().unwrap();
        if docs_url.ends_with("/{slug}") {
            assert_eq!(again["api"]["docs_url"], docs_url);
        }
        // The order of the styles is that of their media types in the document; the default is the first.
        // `envelope.param` is in no document, so the places of values may differ.
        let style = |style: &Value| {
            let members = [
                "name",
                "rust",
                "media_type",
                "codes",
                "types",
                "types_of_codes",
            ];
            members.map(|member| style[member].clone())
        };
        let styles = |export: &Value| {
            let styles = export["envelope"]["styles"].as_array().unwrap();
            styles.iter().map(style).collect::<Vec<_>>()
        };
        let (mut ours, mut theirs) = (styles(&export), styles(&again));
        assert_eq!(ours[0], theirs[0], "{name}");
        for styles in [&mut ours, &mut theirs] {
            styles.sort_by_key(|style| style[0].to_string());
        }
        assert_eq!(ours, theirs, "{name}");
        assert_eq!(export["envelope"]["code"], again["envelope"]["code"]);
    }
}

/// A page of tables that says as much as the catalog gives back its codes, too.
#[test]
fn the_own_pages_give_back_codes_meanings_and_fixes() {
    let page = std::fs::read_to_string(root().join("docs/errors/README.md")).unwrap();
    let draft = drafted(Input::Page(&page), "seed");
    assert_eq!(draft.faults, []);
    let text = draft.catalog.unwrap();
    for code in &catalog("seed").codes {
        assert!(
            text.contains(&format!("\n  {}:\n", code.names.wire)),
            "{}",
            code.names.wire
        );
    }
}
