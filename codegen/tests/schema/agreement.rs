//! Schema and compiler judge the same, whatever a slip of the hand does to a catalog.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use codegen::{Diagnostic, Inputs, Rule, Source, compile};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::exhaustive;
use super::{read, sample, schema_of};

/// A catalog without mistakes, and the validator that is made of its schema.
struct Good {
    catalog: Value,
    validator: Validator,
    /// The names of types, codes, sets and styles that the schema knows.
    names: BTreeSet<String>,
}

impl Good {
    fn new(text: &str) -> Self {
        Self {
            catalog: read(text),
            validator: validator_of(text),
            names: names_of(&schema_of(text)),
        }
    }
}

fn names_of(schema: &Value) -> BTreeSet<String> {
    let enums = [
        "/TypeName/enum",
        "/CodeName/enum",
        "/CodeOrSet/anyOf/1/enum",
        "/StyleName/enum",
    ];
    let names = enums
        .iter()
        .filter_map(|place| schema["$defs"].pointer(place)?.as_array());
    let names = names.flatten().map(|name| name.as_str().expect("a name"));
    names.map(str::to_owned).collect()
}

fn validator_of(catalog: &str) -> Validator {
    jsonschema::draft202012::new(&schema_of(catalog)).expect("a schema that can be used")
}

/// The sample, and the catalogs of the fixtures.
static GOOD: LazyLock<Vec<Good>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/good");
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path().join("catalog.yaml"))
        .collect();
    files.sort();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("a catalog"));
    std::iter::once(sample())
        .chain(texts)
        .map(|text| Good::new(&text))
        .collect()
});

/// A slip: what happens to which node of a catalog.
#[derive(Clone, Debug)]
enum Slip {
    /// A key or an item is gone.
    Drop(Index),
    /// A key has another name.
    Rename(Index, &'static str),
    /// A value is another one.
    Replace(Index, Value),
    /// A value stands in the place of another.
    Copy(Index, Index),
    /// A mapping has one more key, or a list one more item.
    Add(Index, &'static str, Value),
    /// The same with a value of the catalog.
    Lend(Index, Index, &'static str),
}

/// Keys of the language that stand at many places, and some that stand nowhere.
const KEYS: [&str; 24] = [
    "version", "api", "title", "style", "param", "notes", "see", "text", "url", "statuses",
    "status", "type", "message", "args", "kind", "meaning", "fix", "retry", "like", "code",
    "errors", "x-mine", "fixx", "",
];

fn key() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&KEYS[..])
}

/// Values of every kind, words of the language among them.
fn value() -> impl Strategy<Value = Value> {
    let words = [
        "a word",
        "",
        " ",
        "omit",
        "null",
        "openai",
        "problem",
        "never",
        "after",
        "shared",
        "own",
        "full",
        "string",
        "u64",
        "GET",
        "get",
        "4xx",
        "5xx",
        "3xx",
        "404",
        "error",
        "off",
        "missing-fix",
        "bad-status",
        "http://x.y",
        "1.0.0",
        "@",
    ];
    let words = words.map(Value::from);
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2),
        json!(400),
        json!(404),
        json!(599),
        json!(600),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!([[]]),
        json!([null]),
        json!([400, 404]),
        json!([400, 400]),
        json!([400, "5xx"]),
        json!(["a word"]),
        json!(["openai", "problem"]),
        json!(["openai", "openai"]),
        json!({ "a": 1 }),
        json!({ "status": 404 }),
        json!([{ "text": "T", "url": "https://x.y" }]),
    ];
    proptest::sample::select(words.into_iter().chain(others).collect::<Vec<_>>())
}

fn slip() -> impl Strategy<Value = Slip> {
    let node = any::<Index>;
    prop_oneof![
        node().prop_map(Slip::Drop),
        (node(), key()).prop_map(|(node, key)| Slip::Rename(node, key)),
        (node(), value()).prop_map(|(node, value)| Slip::Replace(node, value)),
        (node(), node()).prop_map(|(from, to)| Slip::Copy(from, to)),
        (node(), key(), value()).prop_map(|(node, key, value)| Slip::Add(node, key, value)),
        (node(), node(), key()).prop_map(|(from, to, key)| Slip::Lend(from, to, key)),
    ]
}

/// The places of all nodes below the root, as JSON Pointers.
fn places(value: &Value) -> Vec<String> {
    fn collect(value: &Value, place: &str, found: &mut Vec<String>) {
        let mut visit = |key: &str, value: &Value| {
            let key = key.replace('~', "~0").replace('/', "~1");
            let place = format!("{place}/{key}");
            found.push(place.clone());
            collect(value, &place, found);
        };
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| visit(key, value)),
            Value::Array(list) => {
                for (position, value) in list.iter().enumerate() {
                    visit(&position.to_string(), value);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

/// The holder of a place, and the key or position of the place in it.
fn holder<'a>(catalog: &'a mut Value, place: &str) -> (&'a mut Value, String) {
    let (holder, key) = place.rsplit_once('/').expect("a place below the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    (catalog.pointer_mut(holder).expect("a holder"), key)
}

fn apply(slip: &Slip, catalog: &mut Value) {
    let places = places(catalog);
    if places.is_empty() {
        return;
    }
    let at = |node: &Index| places[node.index(places.len())].as_str();
    match slip {
        Slip::Drop(node) => match holder(catalog, at(node)) {
            (Value::Object(map), key) => drop(map.shift_remove(&key)),
            (Value::Array(list), position) => {
                drop(list.remove(position.parse().expect("a position")));
            }
            _ => {}
        },
        Slip::Rename(node, name) => {
            if let (Value::Object(map), key) = holder(catalog, at(node)) {
                let entries = std::mem::take(map).into_iter();
                let rename = |old: String| if old == key { (*name).to_owned() } else { old };
                *map = entries.map(|(old, value)| (rename(old), value)).collect();
            }
        }
        Slip::Replace(node, value) => {
            *catalog.pointer_mut(at(node)).expect("a node") = value.clone();
        }
        Slip::Copy(from, to) => {
            let value = catalog.pointer(at(from)).expect("a node").clone();
            *catalog.pointer_mut(at(to)).expect("a node") = value;
        }
        Slip::Add(node, key, value) => add(catalog, at(node), key, value.clone()),
        Slip::Lend(from, to, key) => {
            let value = catalog.pointer(at(from)).expect("a node").clone();
            add(catalog, at(to), key, value);
        }
    }
}

fn add(catalog: &mut Value, place: &str, key: &str, value: Value) {
    match catalog.pointer_mut(place).expect("a node") {
        Value::Object(map) => drop(map.insert(key.to_owned(), value)),
        Value::Array(list) => list.push(value),
        _ => {}
    }
}

/// Rules that a schema can judge as well as the compiler: they are about a key or a value by itself.
const JUDGED: [Rule; 10] = [
    Rule::UnsupportedVersion,
    Rule::UnknownKey,
    Rule::WrongKind,
    Rule::UnknownValue,
    Rule::MissingField,
    Rule::EmptyText,
    Rule::BadStatus,
    Rule::UnknownType,
    Rule::UnknownCode,
    Rule::UnknownRule,
];

/// A repeated status; a schema compares only whole items of a list.
const TWICE: &str = "is listed twice";

/// Whether the two places of a status are in entries of their own.
fn is_in_two_entries(found: &Diagnostic, text: &str) -> bool {
    let first = found.related.iter().map(|label| label.span.start as usize);
    let mut between = first.map(|start| &text[start..found.primary.span.range().start]);
    between.any(|between| between.contains('{'))
}

/// What rules that a schema can judge say only where two values do not go together: the rule, a part
/// of the message, and sections of a catalog that break it.
const BEYOND: [(Rule, &str, &str); 6] = [
    (
        Rule::WrongKind,
        "is not a valid value for this kind of argument",
        "codes: { a: { type: t, meaning: M, message: \"{i}\", fix: Mend it, args: { i: { kind: u64, example: x } } } }",
    ),
    (
        Rule::WrongKind,
        "not both",
        "codes: { a: { type: t, meaning: M, fix: Mend it } }\nframework: [{ status: 404, type: t, code: a }]",
    ),
    (
        Rule::WrongKind,
        "a code is sent with its own status",
        "codes: { a: { type: t, meaning: M, fix: Mend it } }\nframework: [{ status: 404, code: a, as: 400 }]",
    ),
    (
        Rule::WrongKind,
        "a code has its own message",
        "codes: { a: { type: t, meaning: M, fix: Mend it } }\nframework: [{ status: 404, code: a, message: M }]",
    ),
    (
        Rule::MissingField,
        "`args` without a `message`",
        "codes: { a: { type: t, meaning: M, fix: Mend it, args: { i: { kind: u64 } } } }",
    ),
    (
        Rule::BadStatus,
        TWICE,
        "codes: { a: { type: t, meaning: M, fix: Mend it } }\nframework: [{ status: 404, type: t }, { status: 404, code: a }]",
    ),
];

#[test]
fn some_mistakes_are_beyond_a_schema() {
    let head = "version: 1\n\
         api: { title: T, docs_url: https://example.com, crate: t }\n\
         types: { t: { status: 400, meaning: M } }\n";
    let validator = validator_of(&format!(
        "{head}codes: {{ a: {{ type: t, meaning: M, fix: Mend it }} }}\n"
    ));
    for (rule, message, sections) in BEYOND {
        let text = format!("{head}{sections}\n");
        let source = Source::new("catalog.yaml", text.clone().into_bytes());
        let found = compile(&Inputs::new(source)).diagnostics;
        let [found] = &found[..] else {
            panic!("one finding in {text}: {found:#?}");
        };
        assert_eq!(found.rule, rule, "{text}");
        assert!(found.message.contains(message), "{}", found.message);
        assert!(validator.is_valid(&read(&text)), "a schema sees {message}");
    }
}

/// Whether the schema must reject what was found.
fn is_judged(found: &Diagnostic, text: &str, good: &Good) -> bool {
    let underlined = &text[found.primary.span.range()];
    let name = serde_yaml::from_str::<String>(underlined).unwrap_or_default();
    // The schema was written before the name was taken away.
    let is_of_before = good.names.contains(&name);
    let is_beyond = BEYOND.iter().any(|(rule, message, _)| {
        let is_same = found.rule == *rule && found.message.contains(message);
        is_same && (*message != TWICE || is_in_two_entries(found, text))
    });
    JUDGED.contains(&found.rule) && !is_of_before && !is_beyond
}

/// A catalog in JSON, which is one thing to all readers of YAML where it is plain ASCII.
fn written(catalog: &Value) -> String {
    let text = serde_json::to_string(catalog).expect("JSON");
    let escaped = text.chars().map(|c| {
        if c.is_ascii() {
            c.to_string()
        } else {
            format!("\\U{:08X}", u32::from(c))
        }
    });
    escaped.collect()
}

/// Compares the verdicts about a catalog that slips were made in.
fn verdicts_agree(good: &Good, catalog: &Value) {
    let text = written(catalog);
    let source = Source::new("catalog.yaml", text.clone().into_bytes());
    let outcome = compile(&Inputs::new(source));
    let seen = read(&text);
    assert_eq!(&seen, catalog);
    if outcome.value.is_some()
        && let Err(error) = validator_of(&text).validate(&seen)
    {
        panic!(
            "the schema rejects a good catalog: {error} at {}",
            error.instance_path()
        );
    }
    let judged = outcome
        .diagnostics
        .iter()
        .find(|found| is_judged(found, &text, good));
    if let Some(found) = judged {
        let accepts = good.validator.is_valid(&seen);
        assert!(
            !accepts,
            "the schema accepts what the compiler rejects: {found:#?} in {text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: exhaustive::select(48, 256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_compiler_judge_slips_alike(
        which in any::<Index>(),
        slips in proptest::collection::vec(slip(), 1..3),
    ) {
        let good = &GOOD[which.index(GOOD.len())];
        let mut catalog = good.catalog.clone();
        for slip in &slips {
            apply(slip, &mut catalog);
        }
        verdicts_agree(good, &catalog);
    }
}
