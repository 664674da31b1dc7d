//! The catalogs that outputs are made of.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use codegen::catalog::{Code, CodeKind, Node, Piece, Shape, Slot};
use codegen::import::{Import, Input, Options, import};
use codegen::{Catalog, Inputs, Plan, Source, compile};
use serde_json::Value;

/// Small catalogs, each with its expected outputs beside it.
pub(crate) const GOOD: [&str; 14] = [
    "minimal",
    "arguments",
    "details",
    "extras",
    "families",
    "hostile_markup",
    "hostile_names",
    "hostile_strings",
    "hostile_unicode",
    "integers",
    "lifecycle",
    "namespaces",
    "problem",
    "shapes",
];

/// The fixtures that attack outputs, by theme. One crate with all of their entries is built under the name `hostile`.
pub(crate) const HOSTILE: [&str; 4] = [
    "hostile_markup",
    "hostile_names",
    "hostile_strings",
    "hostile_unicode",
];

/// Lists of other projects, drafted by the import.
pub(crate) const SAMPLES: [&str; 3] = ["docker_registry", "nats_jetstream", "onedata"];

/// The catalogs that are read from a file or from a list.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    GOOD.into_iter().chain(["seed"]).chain(SAMPLES)
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

pub(crate) fn compile_text(name: &str, text: String) -> Catalog {
    compile_released(name, text, None)
}

/// Compiles a catalog that is held to a lock, if it has one.
fn compile_released(name: &str, text: String, lock: Option<Source>) -> Catalog {
    let inputs = Inputs::new(Source::new(name, text.into_bytes())).with_lock(lock);
    let outcome = compile(&inputs);
    assert!(
        outcome.diagnostics.is_empty(),
        "{}",
        codegen::report::human(&inputs, &outcome.diagnostics, codegen::report::Style::Plain)
    );
    outcome
        .value
        .expect("a catalog without findings has a value")
}

/// Values by the name of their catalog. The tests of a binary share them.
pub(crate) type Cache<T> = LazyLock<Mutex<HashMap<String, T>>>;

/// The value of a catalog, which is computed once.
pub(crate) fn cached<T: Clone>(cache: &Cache<T>, name: &str, compute: fn(&str) -> T) -> T {
    let mut values = cache.lock().unwrap();
    let value = values.entry(name.to_owned());
    value.or_insert_with(|| compute(name)).clone()
}

/// A fixture, the draft of a list, the project's own catalog under the name `seed`, or that of the crate `runtime`.
pub(crate) fn catalog(name: &str) -> Catalog {
    static CATALOGS: Cache<Catalog> = Cache::new(Mutex::default);
    cached(&CATALOGS, name, compiled)
}

/// The same, compiled by this call.
pub(crate) fn compiled(name: &str) -> Catalog {
    if SAMPLES.contains(&name) {
        let draft = sample(name).catalog;
        return compile_text(name, draft.expect("a sample has codes"));
    }
    if name == "hostile" {
        return compile_text(name, hostile());
    }
    let file = match name {
        "seed" => root().join("catalog/catalog.yaml"),
        "runtime" => root().join("codegen/runtime/catalog.yaml"),
        _ => folder().join("good").join(name).join("catalog.yaml"),
    };
    let lock = std::fs::read(file.with_extension("lock")).ok();
    let lock = lock.map(|bytes| Source::new("catalog.lock", bytes));
    compile_released(name, std::fs::read_to_string(file).unwrap(), lock)
}

/// One catalog with the entries of all hostile ones. The first has the values of keys that several have.
fn hostile() -> String {
    let mut all = serde_yaml::Mapping::new();
    for name in HOSTILE {
        let file = folder().join("good").join(name).join("catalog.yaml");
        let text = std::fs::read_to_string(file).unwrap();
        let catalog: serde_yaml::Mapping = serde_yaml::from_str(&text).unwrap();
        for (section, entries) in catalog {
            let serde_yaml::Value::Mapping(entries) = entries else {
                all.insert(section, entries);
                continue;
            };
            let known = all
                .entry(section)
                .or_insert_with(|| serde_yaml::Mapping::new().into());
            for (key, value) in entries {
                known.as_mapping_mut().unwrap().entry(key).or_insert(value);
            }
        }
    }
    // JSON quotes every string, and escapes show the hidden characters.
    let text = serde_json::to_string(&all).unwrap();
    let escaped = text.chars().map(|c| match c {
        c if c.is_ascii() => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    });
    escaped.collect()
}

/// The list of a sample.
pub(crate) fn list(name: &str) -> String {
    let file = folder().join("samples").join(name).with_extension("jsonl");
    std::fs::read_to_string(file).unwrap()
}

pub(crate) fn drafted(input: Input<'_>, name: &str) -> Import {
    let options = Options {
        name,
        crate_name: None,
        error_type: None,
        placeholders: None,
        namespaces: None,
        schema: "catalog/catalog.schema.json",
    };
    import(input, options).unwrap()
}

/// The draft of a sample.
pub(crate) fn sample(name: &str) -> Import {
    drafted(Input::Rows(&list(name)), name)
}

pub(crate) fn artifact<'a>(plan: &'a Plan, path: &str) -> &'a str {
    let found = plan.artifacts.iter().find(|artifact| artifact.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).contents
}

/// The first value of a slot in a body of this shape; null if it has none.
pub(crate) fn value_of<'a>(shape: &Shape, body: &'a Value, slot: Slot) -> &'a Value {
    find(&shape.body, body, slot).unwrap_or(&Value::Null)
}

fn find<'a>(node: &Node, value: &'a Value, wanted: Slot) -> Option<&'a Value> {
    match node {
        Node::Object(object) => {
            let mut members = object.members.iter();
            members.find_map(|(name, node)| find(node, &value[name], wanted))
        }
        Node::List(nodes) => nodes.iter().find_map(|node| {
            let mut elements = value.as_array()?.iter();
            let element = elements.find(|element| has_constants(node, element))?;
            find(node, element, wanted)
        }),
        Node::Constant(_) => None,
        Node::Slot(filled) => (filled.slot == wanted).then_some(value),
        Node::Text(pieces) => pieces.contains(&Piece::Slot(wanted)).then_some(value),
    }
}

/// Whether an object has the constant members of a node.
fn has_constants(node: &Node, value: &Value) -> bool {
    let Node::Object(object) = node else {
        return true;
    };
    let mut members = object.members.iter();
    members.all(|(name, node)| match node {
        Node::Constant(constant) => value[name] == *constant,
        _ => true,
    })
}

/// A code in a body: a string, or a number if the codes of the API are numbers.
pub(crate) fn wire_value(catalog: &Catalog, code: &Code) -> Value {
    let wire = code.names.sent();
    match catalog.envelope.code {
        CodeKind::String => wire.into(),
        CodeKind::Integer => wire.parse::<i64>().unwrap().into(),
    }
}
