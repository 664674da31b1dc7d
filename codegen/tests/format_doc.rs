//! The pages about the catalog language: their examples compile, and their tables are generated.

extern crate error_catalog_codegen as codegen;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::release::{Todo, release};
use codegen::{Answer, Found, Inputs, Plan, Source, compile, plan};
use jiff::civil::date;
use serde_json::Value;

fn project_file(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(file).expect("a file of the project")
}

/// The pages, each with the number of whole catalogs on it.
const PAGES: [(&str, usize); 3] = [
    ("docs/catalog-format.md", 2),
    ("docs/envelopes.md", 1),
    ("docs/proxies.md", 1),
];

/// The YAML blocks of a page.
fn examples(page: &str) -> Vec<String> {
    let page = project_file(page);
    let blocks = page.split("```yaml\n").skip(1);
    let text = |block: &str| block.split_once("```\n").map(|(text, _)| text.to_owned());
    blocks.map(|block| text(block).expect("an end")).collect()
}

/// The top-level sections of a catalog, by key. Comments are left out.
fn sections(catalog: &str) -> BTreeMap<&str, String> {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = "";
    for line in catalog.lines().filter(|line| !line.starts_with('#')) {
        if let Some((start, _)) = line.split_once(':')
            && !line.starts_with(' ')
        {
            key = start;
        }
        let section = sections.entry(key).or_default();
        section.push_str(line);
        section.push('\n');
    }
    sections
}

fn assert_compiles(text: &str) {
    let outcome = compile(&inputs(text));
    assert!(
        outcome.diagnostics.is_empty(),
        "{text}\n{:#?}",
        outcome.diagnostics
    );
}

/// The inputs of an example.
fn inputs(text: &str) -> Inputs {
    let source = Source::new("example.yaml", text.as_bytes().to_vec());
    let mut inputs = Inputs::new(source);
    // The files that an example includes are there, and add nothing.
    while let Some(path) = inputs.wanted() {
        if let Some(folder) = path.strip_suffix("*.j2") {
            let names = ["page.md", "table.md", "exception.java"];
            let found = names.map(|name| {
                let path = format!("{folder}{name}.j2");
                let source = Source::new(path.as_str(), b"text\n".to_vec());
                Found { path, source }
            });
            inputs.answer(Answer::Files(found.into()));
            continue;
        }
        let source = Source::new(path.as_str(), b"version: 1\n".to_vec());
        inputs.answer(Answer::Files(vec![Found { path, source }]));
    }
    inputs
}

/// The example of the guide about namespaces needs another catalog than the other examples: a test of its crate has it.
#[test]
fn the_example_of_namespaces_is_tested() {
    let page = project_file("docs/consuming-the-crate.md");
    let (_, example) = page.split_once("use device_errors::").expect("the example");
    let (example, _) = example.split_once("```").expect("its end");
    let test = project_file("codegen/tests/crates/crate_tests/namespaces.rs");
    let test: Vec<&str> = test.lines().map(str::trim).collect();
    let lines = example.lines().skip(1).map(str::trim);
    let untested: Vec<&str> = lines.filter(|line| !test.contains(line)).collect();
    assert_eq!(untested, [""; 0]);
}

#[test]
fn every_whole_catalog_on_a_page_compiles_without_findings() {
    for (page, expected) in PAGES {
        let examples = examples(page);
        let whole = examples.iter().filter(|text| text.starts_with("version:"));
        let whole = whole.map(|text| assert_compiles(text));
        assert_eq!(whole.count(), expected, "{page}");
    }
}

#[test]
fn every_section_on_a_page_can_take_its_place_in_the_first_catalog() {
    for (page, _) in PAGES {
        let examples = examples(page);
        let first = sections(&examples[0]);
        for example in &examples {
            let mut catalog = first.clone();
            catalog.extend(sections(example));
            let text: String = catalog.into_values().collect();
            assert_compiles(&text);
        }
    }
}

/// What an example of the page states, and where the outputs say it: a path, and a text of that file.
const SAID: [(&str, &[(&str, &str)]); 6] = [
    (
        "{ code: photo_not_found, status: 410,",
        &[
            (
                "generated/src/catalog/operations.rs",
                "PhotoNotFound: 410, Never",
            ),
            ("generated/openapi.yaml", "\"410\":"),
            ("generated/openapi-strict.yaml", "The photo was deleted"),
            (
                "generated/errors.json",
                "\"meaning\": \"The photo was deleted\"",
            ),
            ("docs/errors/operations/README.md", "The photo was deleted"),
            (
                "docs/errors/photo_not_found.md",
                "with status 410 Gone: The photo was deleted",
            ),
            (
                "docs/errors/errors.html",
                "with status 410 Gone: The photo was deleted",
            ),
            ("catalog.lock", "photo_not_found: 410"),
        ],
    ),
    (
        "namespace: true",
        &[
            ("generated/src/catalog/codes.rs", "laser.12"),
            ("generated/openapi.yaml", "`laser.12`: The toner is used up"),
            ("generated/errors.json", "\"namespace\": \"laser\""),
            (
                "docs/errors/laser-12.md",
                "Codes of other namespaces have the same name in bodies",
            ),
            ("docs/errors/errors.html", "laser.12"),
            ("catalog.lock", "sent: \"12\""),
        ],
    ),
    (
        "when: \"the body has `action: DeletePhoto`\"",
        &[
            ("generated/src/catalog/operations.rs", "DeletePhotoError"),
            (
                "generated/openapi.yaml",
                "the body has `action: DeletePhoto`",
            ),
            (
                "generated/errors.json",
                "\"when\": \"the body has `action: DeletePhoto`\"",
            ),
            (
                "docs/errors/operations/README.md",
                "the body has `action: DeletePhoto`",
            ),
            ("catalog.lock", "action: DeletePhoto"),
        ],
    ),
    (
        "message_suffix: It is empty.",
        &[
            (
                "generated/src/catalog/codes.rs",
                "was rejected. It is empty.",
            ),
            ("generated/openapi.yaml", "was rejected. It is empty."),
            ("generated/errors.json", "was rejected. It is empty."),
            (
                "docs/errors/photo_rejected.md",
                "was rejected. It is empty.",
            ),
            ("docs/errors/photo_empty.md", "photo_rejected"),
            ("catalog.lock", "was rejected. It is empty."),
        ],
    ),
    (
        "\"-1\":",
        &[
            ("generated/src/catalog/codes.rs", "Minus1"),
            ("generated/openapi.yaml", "-1"),
            ("generated/errors.json", "\"rust\": \"Minus1\""),
            ("docs/errors/minus-1.md", "-1"),
            ("catalog.lock", "\"-1\":"),
        ],
    ),
    (
        "status: none, meaning: A job failed",
        &[
            ("generated/src/catalog/codes.rs", "fn http_status"),
            ("generated/openapi.yaml", "status: none"),
            ("generated/errors.json", "\"status\": null"),
            ("docs/errors/export_failed.md", "no status of its own"),
            ("docs/errors/errors.html", "no status of its own"),
            ("catalog.lock", "status: none"),
        ],
    ),
];

#[test]
fn every_output_says_what_an_example_states() {
    let examples = examples("docs/catalog-format.md");
    let first = sections(&examples[0]);
    let mut lacking = Vec::new();
    for (stated, said) in SAID {
        let example = examples.iter().find(|text| text.contains(stated));
        let example = example.unwrap_or_else(|| panic!("no example states {stated}"));
        let mut catalog = first.clone();
        catalog.extend(sections(example));
        let inputs = inputs(&catalog.into_values().collect::<String>());
        let plan = plan(&compile(&inputs).value.expect("a sound example"));
        let released = release(&inputs, "1.0.0", date(2026, 11, 24), Todo::Refused);
        let lock = released.expect("a first release").lock;
        for (path, text) in said {
            let mut files = plan.artifacts.iter();
            let file = files.find(|file| file.path == *path);
            let contents = match *path {
                "catalog.lock" => &lock,
                path => &file.unwrap_or_else(|| panic!("{stated}: {path}")).contents,
            };
            if !contents.contains(text) {
                lacking.push(format!("{path} lacks {text}"));
            }
        }
    }
    assert_eq!(lacking, [""; 0]);
}

/// What the sample catalog is printed to.
fn sample() -> Plan {
    let text = project_file("catalog/catalog.yaml");
    let source = Source::new("catalog.yaml", text.into_bytes());
    let outcome = compile(&Inputs::new(source));
    plan(&outcome.value.expect("the sample is sound"))
}

/// The order of the keys is the canonical one, and readers look that up on the page.
#[test]
fn each_page_has_every_generated_table() {
    for (page, _) in PAGES {
        has_every_table(page);
    }
}

fn has_every_table(path: &str) {
    let page = project_file(path);
    let plan = sample();
    let regions = plan.regions.iter();
    let tables = regions.filter(|region| region.path == path);
    let marks = tables.map(|table| {
        assert_eq!(
            table.splice(&page),
            Ok(Some(page.clone())),
            "{}",
            table.name
        );
        table.start()
    });
    let is_mark = |line: &&str| line.starts_with("<!-- Generated by cargo xtask gen from here on");
    let marked: Vec<&str> = page.lines().filter(is_mark).collect();
    assert_eq!(marks.collect::<Vec<_>>(), marked);
}

#[test]
fn every_example_on_a_page_is_in_canonical_form() {
    let examples = PAGES.map(|(page, _)| examples(page)).concat();
    let catalogs = examples.iter().filter(|text| !text.starts_with('#'));
    for text in catalogs {
        let source = Source::new("example.yaml", text.as_bytes().to_vec());
        let formatted = codegen::edit::format(&Inputs::new(source)).expect("a catalog");
        assert_eq!(&formatted[0], text);
    }
}

#[test]
fn every_definition_and_key_of_the_schema_is_described() {
    let plan = sample();
    let mut files = plan.artifacts.iter();
    let file = files.find(|file| file.path == "catalog/catalog.schema.json");
    let schema: Value = serde_json::from_str(&file.expect("a schema").contents).expect("JSON");
    let definitions = schema["$defs"].as_object().expect("definitions");
    for (name, definition) in definitions.iter().chain([(&"root".to_owned(), &schema)]) {
        assert!(definition["description"].is_string(), "{name}");
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let description = property["description"].as_str().unwrap_or_default();
            assert!(description.ends_with('.'), "{name}.{key}: {description:?}");
        }
    }
}
