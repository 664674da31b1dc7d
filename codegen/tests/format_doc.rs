//! The reference of the catalog language says what the language is: its examples compile, and its
//! tables have the keys of the JSON Schema.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use codegen::{Answer, Found, Inputs, Source, compile, plan};
use serde_json::Value;

fn project_file(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(file).expect("a file of the project")
}

/// The YAML blocks of the page.
fn examples() -> Vec<String> {
    let page = project_file("docs/catalog-format.md");
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
    let source = Source::new("example.yaml", text.as_bytes().to_vec());
    let mut inputs = Inputs::new(source);
    // The files that an example includes are there, and add nothing.
    while let Some(path) = inputs.wanted() {
        let source = Source::new(path.as_str(), b"version: 1\n".to_vec());
        inputs.answer(Answer::Files(vec![Found { path, source }]));
    }
    let outcome = compile(&inputs);
    assert!(
        outcome.diagnostics.is_empty(),
        "{text}\n{:#?}",
        outcome.diagnostics
    );
}

#[test]
fn every_whole_catalog_on_the_page_compiles_without_findings() {
    let examples = examples();
    let whole = examples.iter().filter(|text| text.starts_with("version:"));
    assert_eq!(whole.map(|text| assert_compiles(text)).count(), 2);
}

#[test]
fn every_section_on_the_page_can_take_its_place_in_the_first_catalog() {
    let examples = examples();
    let first = sections(&examples[0]);
    for example in &examples {
        let mut catalog = first.clone();
        catalog.extend(sections(example));
        let text: String = catalog.into_values().collect();
        assert_compiles(&text);
    }
}

/// Keys by path, in some order, and whether each is required.
type Keys = Vec<(String, bool)>;

/// The keys that the tables of the page describe, in their order.
fn documented() -> Keys {
    let page = project_file("docs/catalog-format.md");
    let mut keys: Keys = Vec::new();
    let mut in_table = false;
    for line in page.lines() {
        in_table = line.starts_with("| Key |") || (in_table && line.starts_with('|'));
        let cells: Vec<&str> = line.split(" | ").collect();
        if let (true, Some(key)) = (in_table, cells[0].strip_prefix("| `")) {
            let key = key.trim_end_matches('`').to_owned();
            let is_double = keys.iter().any(|(known, _)| *known == key);
            assert!(!is_double, "documented twice: {line}");
            keys.push((key, cells[2] == "required"));
        }
    }
    keys
}

fn schema() -> Value {
    let source = Source::new(
        "catalog.yaml",
        project_file("catalog/catalog.yaml").into_bytes(),
    );
    let catalog = compile(&Inputs::new(source))
        .value
        .expect("the sample is sound");
    let plan = plan(&catalog);
    let mut files = plan.artifacts.iter();
    let file = files.find(|file| file.path == "catalog/catalog.schema.json");
    serde_json::from_str(&file.expect("a schema").contents).expect("JSON")
}

/// Collects the properties of a schema and of all schemas in it, in the order of the schema.
fn collect(root: &Value, schema: &Value, path: &str, keys: &mut Keys) {
    let target = schema["$ref"].as_str().map_or(schema, |target| {
        root.pointer(&target[1..]).expect("a definition")
    });
    let required = target["required"].as_array().map_or(&[][..], Vec::as_slice);
    let members = |key: &str| target[key].as_object().into_iter().flatten();
    for (name, property) in members("properties") {
        let description = property["description"].as_str().unwrap_or_default();
        assert!(
            description.ends_with(['.', ':']),
            "{path}{name}: {description:?}"
        );
        let key = format!("{path}{name}");
        let below = format!("{key}.");
        keys.push((key, required.iter().any(|required| required == name)));
        collect(root, property, &below, keys);
    }
    for (pattern, property) in members("patternProperties") {
        assert!(property["description"].is_string(), "{path}{pattern}");
        let prefix = pattern.trim_start_matches('^');
        keys.push((format!("{path}{prefix}*"), false));
    }
    if target["additionalProperties"].is_object() {
        collect(
            root,
            &target["additionalProperties"],
            &format!("{path}*."),
            keys,
        );
    }
    if target["items"].is_object() {
        let path = path.trim_end_matches('.');
        collect(root, &target["items"], &format!("{path}[]."), keys);
    }
}

#[test]
fn the_page_has_every_key_of_the_schema_and_no_other() {
    let schema = schema();
    let mut keys = Vec::new();
    collect(&schema, &schema, "", &mut keys);
    let documented: BTreeMap<_, _> = documented().into_iter().collect();
    for (key, required) in &keys {
        assert_eq!(documented.get(key), Some(required), "the page on `{key}`");
    }
    for key in documented.keys() {
        let is_known = keys.iter().any(|(known, _)| known == key);
        assert!(is_known, "the schema has no `{key}`");
    }
}

/// The canonical form has the order of the schema, and readers look that up on the page.
#[test]
fn the_page_has_the_keys_in_the_order_of_the_schema() {
    let schema = schema();
    let mut keys = Vec::new();
    collect(&schema, &schema, "", &mut keys);
    assert_eq!(siblings(&documented()), siblings(&keys));
}

/// The keys of each mapping, in their order.
fn siblings(keys: &Keys) -> BTreeMap<&str, Vec<&str>> {
    let mut siblings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, _) in keys {
        let (parent, name) = key.rsplit_once('.').unwrap_or(("", key));
        siblings.entry(parent).or_default().push(name);
    }
    siblings
}

#[test]
fn every_example_on_the_page_is_in_canonical_form() {
    let examples = examples();
    let catalogs = examples.iter().filter(|text| !text.starts_with('#'));
    for text in catalogs {
        let source = Source::new("example.yaml", text.as_bytes().to_vec());
        let formatted = codegen::edit::format(&Inputs::new(source)).expect("a catalog");
        assert_eq!(&formatted[0], text);
    }
}

#[test]
fn every_definition_of_the_schema_is_described() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name}");
    }
}
