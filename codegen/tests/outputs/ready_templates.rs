//! The templates that come with the tool. `cargo conformance --only templates` runs what they make.

use codegen::catalog::Audience;
use codegen::{BuiltInTemplate, Catalog, Inputs, Source, compile};
use expect_test::expect_file;

use crate::fixtures::{folder, names, root};

const OUTPUTS: &str = "
outputs:
  - { template: typescript, to: errors.ts }
  - { template: python, to: errors.py }
";

/// A fixture or the sample catalog, with both outputs.
fn with_outputs(name: &str) -> Option<Catalog> {
    let file = match name {
        "seed" => root().join("catalog/catalog.yaml"),
        name => folder().join(name).join("catalog.yaml"),
    };
    // The drafts of lists have no file.
    let text = std::fs::read_to_string(file).ok()?;
    let source = Source::new(name, format!("{text}{OUTPUTS}").into_bytes());
    let outcome = compile(&Inputs::new(source));
    let failed = outcome
        .diagnostics
        .iter()
        .find(|found| found.rule == codegen::Rule::BadTemplate);
    assert_eq!(failed, None, "{name}");
    outcome.value
}

#[test]
fn a_template_makes_a_module_of_every_catalog() {
    for name in names() {
        let place = match name {
            "seed" => name.to_owned(),
            name => format!("good/{name}"),
        };
        let Some(catalog) = with_outputs(&place) else {
            continue;
        };
        let [(_, typescript), (_, python)] = &catalog.outputs[..] else {
            panic!("{name} has {} outputs", catalog.outputs.len());
        };
        let members = python.matches(" = \"").count();
        assert!(members >= catalog.public().codes.len(), "{name}");
        for code in &catalog.codes {
            let wire = serde_json::to_string(&code.names.wire).unwrap();
            let is_row = typescript.contains(&format!("info({wire}, "));
            let is_public = code.audience == Audience::Public;
            // Other texts and names are escaped further.
            if is_public == is_row || !is_plain(&code.names.wire) {
                continue;
            }
            panic!("{name}: {wire} {is_row}");
        }
    }
}

fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A catalog whose styles have names of their own, faults, and numbers as codes; one with namespaces; and one with
/// what operations state, and codes without a status.
#[test]
fn the_modules_are_as_expected() {
    for name in ["good/shapes", "good/namespaces", "ready"] {
        let catalog = with_outputs(name).expect("a catalog");
        for (path, text) in &catalog.outputs {
            let expected = folder().join(name).join("modules").join(path);
            expect_file![expected].assert_eq(text);
        }
    }
}

/// An internal code is in no module, and neither is what operations state of it.
#[test]
fn a_module_has_what_operations_state_of_public_codes() {
    let catalog = with_outputs("ready").expect("a catalog");
    for (path, text) in &catalog.outputs {
        assert!(
            !text.contains("hidden") && !text.contains("shard"),
            "{path}"
        );
        assert!(text.contains("OPERATION_ERRORS"), "{path}");
    }
    let shapes = with_outputs("good/shapes").expect("a catalog");
    for (path, text) in &shapes.outputs {
        assert!(!text.contains("OPERATION"), "{path}");
    }
}

#[test]
fn every_template_is_described() {
    for template in BuiltInTemplate::ALL {
        assert_eq!(BuiltInTemplate::find(template.name), Some(&template));
        assert!(!template.description.is_empty());
    }
    assert_eq!(BuiltInTemplate::find("cobol"), None);
}
