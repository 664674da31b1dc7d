//! Field by field: what the export says of each error is what its list said, in each format.

use std::collections::BTreeMap;

use codegen::import::{Format, Import, Input};
use codegen::{Inputs, Source, compile, plan};
use serde_json::{Map, Value, json};

use crate::drafted;
use crate::formats::exported;

/// Fields of an error, by the names that a list gives them.
type Facts = [(&'static str, &'static str)];

/// Two errors with all fields that a list can have as texts.
const PET: &Facts = &[
    ("code", "no_such_pet"),
    ("type", "not_found"),
    ("status", "404"),
    ("message", "There is no pet {id}"),
    ("meaning", "No pet has the id"),
    ("fix", "List the pets, then choose one"),
    ("retryable", "yes"),
    ("deprecated", "Ask the owner"),
    ("operation", "GET /pets/{id}"),
    ("owner", "pets & co"),
];
const NAME: &Facts = &[
    ("code", "name_taken"),
    ("type", "conflict"),
    ("status", "409"),
    ("message", "The name is taken"),
    ("meaning", "Another pet has the name"),
    ("fix", "Choose \"another\" name"),
    ("retryable", "no"),
    ("deprecated", ""),
    ("operation", "PUT /pets"),
    ("owner", "names"),
];

/// What the export says of these fields.
fn expected(facts: &Facts, fields: &[&str]) -> Map<String, Value> {
    let mut said = Map::new();
    for (name, text) in facts.iter().filter(|(name, _)| fields.contains(name)) {
        let (key, value) = match *name {
            "code" => ("name", json!(text)),
            "status" => ("status", json!(text.parse::<u16>().unwrap())),
            "retryable" if *text == "yes" => ("retry", json!("backoff")),
            "retryable" => ("retry", json!("never")),
            "deprecated" if text.is_empty() => ("deprecated", Value::Null),
            "deprecated" => (
                "deprecated",
                json!({ "since": null, "use": null, "note": text }),
            ),
            "operation" => ("operations", json!([text])),
            "owner" => ("x-owner", json!(text)),
            name => (name, json!(text)),
        };
        said.insert(key.to_owned(), value);
        if *name == "message" {
            let args = if text.contains("{id}") {
                json!(["id"])
            } else {
                json!([])
            };
            said.insert("args".to_owned(), args);
        }
    }
    said
}

/// What the export of a draft says of each code, with operations by their requests and arguments by their names. Keys that
/// follow from others, and what the draft has for a missing value, are left out.
fn export(draft: &Import) -> Vec<Map<String, Value>> {
    const DERIVED: [&str; 8] = [
        "audience",
        "docs",
        "example",
        "param",
        "retry_advice",
        "rust",
        "see",
        "slug",
    ];
    let export = exported(draft);
    let all = |key: &str| export[key].as_array().cloned().unwrap_or_default();
    let requests: BTreeMap<String, String> = all("operations")
        .iter()
        .map(|one| {
            let [id, method, path] = ["id", "method", "path"].map(|key| one[key].as_str().unwrap());
            (id.to_owned(), format!("{method} {path}"))
        })
        .collect();
    let codes = all("codes").into_iter().map(|code| {
        let mut code = code.as_object().unwrap().clone();
        code.retain(|key, value| {
            let is_task = value
                .as_str()
                .is_some_and(|text| text.starts_with("TODO: "));
            let is_default = ["client_error", "server_error", "error"]
                .iter()
                .any(|name| value == name);
            !DERIVED.contains(&key.as_str()) && !is_task && !is_default
        });
        for argument in code["args"].as_array_mut().unwrap() {
            *argument = argument["name"].take();
        }
        if let Some(operations) = code.get_mut("operations") {
            for id in operations.as_array_mut().unwrap() {
                *id = requests[id.as_str().unwrap()].as_str().into();
            }
        }
        code.entry("deprecated").or_insert(Value::Null);
        code
    });
    codes.collect()
}

/// The fields of errors as rows of cells, with a heading.
fn cells(names: &[&str]) -> Vec<Vec<String>> {
    let heading = names.iter().map(|name| (*name).to_owned()).collect();
    let rows = [PET, NAME].map(|facts| {
        let cells = names.iter().map(|name| fact(facts, name).to_owned());
        cells.collect::<Vec<_>>()
    });
    std::iter::once(heading).chain(rows).collect()
}

fn fact(facts: &Facts, name: &str) -> &'static str {
    let mut facts = facts.iter();
    facts.find(|(known, _)| *known == name).unwrap().1
}

fn object(facts: &Facts, without: &[&str]) -> Value {
    let facts = facts
        .iter()
        .filter(|(name, text)| !text.is_empty() && !without.contains(name));
    facts
        .map(|(name, text)| ((*name).to_owned(), json!(text)))
        .collect::<Map<_, _>>()
        .into()
}

/// The rows joined by a separator, each cell between two other signs.
fn table(rows: &[Vec<String>], [begin, between, end]: [&str; 3]) -> String {
    let rows = rows
        .iter()
        .map(|row| format!("{begin}{}{end}\n", row.join(between)));
    rows.collect()
}

const ALL: [&str; 10] = [
    "code",
    "type",
    "status",
    "message",
    "meaning",
    "fix",
    "retryable",
    "deprecated",
    "operation",
    "owner",
];

/// A heading for each error, with its fields below it.
fn sections() -> String {
    let sections = [PET, NAME].map(|facts| {
        let items = ALL[1..]
            .iter()
            .filter(|name| !["meaning", "fix"].contains(name));
        let items = items.filter(|name| !fact(facts, name).is_empty());
        let items = items.map(|name| format!("- **{name}**: {}\n", fact(facts, name)));
        let [code, meaning, fix] = ["code", "meaning", "fix"].map(|name| fact(facts, name));
        format!(
            "## `{code}`\n\n{meaning}\n\n{}\n### How to fix\n\n{fix}\n\n",
            items.collect::<String>()
        )
    });
    sections.concat()
}

/// The list in each format, with the fields that this format can say.
fn lists() -> Vec<(&'static str, Format, String, &'static [&'static str])> {
    let objects = [object(PET, &[]), object(NAME, &[])];
    let keyed = json!({ "errors": {
        "no_such_pet": object(PET, &["code"]), "name_taken": object(NAME, &["code"]),
    } });
    let rows = cells(&ALL);
    let quoted: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect()
        })
        .collect();
    let escaped: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.replace('&', "&amp;")).collect())
        .collect();
    let marked: Vec<Vec<String>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| match at {
            0 => row.clone(),
            _ => std::iter::once(format!("`{}`", row[0]))
                .chain(row[1..].iter().cloned())
                .collect(),
        })
        .collect();
    let (head, body) = marked.split_at(1);
    let rule = "|---".repeat(ALL.len()) + "|\n";
    let pipes = ["| ", " | ", " |"];
    let page = format!(
        "# Errors\n\n{}{rule}{}",
        table(head, pipes),
        table(body, pipes)
    );
    let html = [
        table(&escaped[..1], ["<tr><th>", "</th><th>", "</th></tr>"]),
        table(&escaped[1..], ["<tr><td>", "</td><td>", "</td></tr>"]),
    ];
    let toml = [PET, NAME].map(|facts| {
        let facts = facts.iter().filter(|(_, text)| !text.is_empty());
        let lines = facts.map(|(name, text)| format!("{name} = '{text}'\n"));
        format!("[[errors]]\n{}", lines.collect::<String>())
    });
    vec![
        (
            "lines",
            Format::JsonLines,
            format!("{}\n{}\n", objects[0], objects[1]),
            &ALL,
        ),
        ("array", Format::Json, json!(objects).to_string(), &ALL),
        ("keys", Format::Json, keyed.to_string(), &ALL),
        (
            "yaml",
            Format::Yaml,
            serde_yaml::to_string(&objects).unwrap(),
            &ALL,
        ),
        (
            "yaml keys",
            Format::Yaml,
            serde_yaml::to_string(&keyed).unwrap(),
            &ALL,
        ),
        ("toml", Format::Toml, toml.concat(), &ALL),
        ("csv", Format::Csv, table(&quoted, ["", ",", ""]), &ALL),
        ("tsv", Format::Csv, table(&rows, ["", "\t", ""]), &ALL),
        ("markdown", Format::Markdown, page, &ALL),
        (
            "headings",
            Format::Markdown,
            format!("# Errors\n\n{}", sections()),
            &ALL,
        ),
        (
            "html",
            Format::Html,
            format!("<h1>Errors</h1><table>\n{}</table>\n", html.concat()),
            &ALL,
        ),
        (
            "rust",
            Format::Rust,
            RUST.to_owned(),
            &["code", "status", "message", "meaning"],
        ),
        (
            "proto",
            Format::Proto,
            PROTO.to_owned(),
            &["code", "status", "meaning"],
        ),
    ]
}

const RUST: &str = r#"
#[derive(Debug, thiserror::Error)]
pub enum PetError {
    /// No pet has the id
    #[error("There is no pet {id}")]
    NoSuchPet { id: u64 },
    /// Another pet has the name
    #[error("The name is taken")]
    NameTaken,
}

impl PetError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchPet { .. } => StatusCode::NOT_FOUND,
            Self::NameTaken => StatusCode::CONFLICT,
        }
    }
}
"#;

const PROTO: &str = r#"syntax = "proto3";
enum ErrorReason {
  // No pet has the id
  no_such_pet = 0 [(errors.code) = 404];
  // Another pet has the name
  name_taken = 1 [(errors.code) = 409];
}
"#;

/// The export says what the list says, in the fields that the format has.
fn compare(name: &str, draft: &Import, fields: &[&str]) {
    assert_eq!((draft.codes, &draft.lost[..]), (2, &[][..]), "{name}");
    for (facts, said) in [PET, NAME].into_iter().zip(export(draft)) {
        for (key, value) in expected(facts, fields) {
            assert_eq!(said.get(&key), Some(&value), "{key} from {name}: {said:?}");
        }
    }
}

#[test]
fn the_export_says_what_the_list_says_in_every_format() {
    for (name, format, text, fields) in lists() {
        assert_eq!(Format::of(&text), format, "{text}");
        compare(name, &drafted(Input::Text(format, &text)), fields);
    }
}

#[test]
fn the_export_says_what_a_document_says() {
    let response = |status: &str, facts: &Facts| {
        let [code, message, meaning] = ["code", "message", "meaning"].map(|name| fact(facts, name));
        let body = json!({ "error": { "code": code, "type": fact(facts, "type"), "message": message.replace("{id}", "7") } });
        json!({ status: { "description": meaning, "content": { "application/json": { "example": body } } } })
    };
    let document = json!({ "openapi": "3.1.0", "info": { "title": "Pets", "version": "1.0.0" }, "paths": {
        "/pets/{id}": { "get": { "responses": response("404", PET) } },
        "/pets": { "put": { "responses": response("409", NAME) } },
    } });
    let fields = ["code", "type", "status", "meaning", "operation"];
    compare("a document", &drafted(Input::OpenApi(&document)), &fields);
    // A document of this tool says nearly all.
    let (_, format, text, _) = &lists()[0];
    let draft = drafted(Input::Text(*format, text));
    let inputs = Inputs::new(Source::new("draft", draft.catalog.unwrap().into_bytes()));
    let plan = plan(&compile(&inputs).value.unwrap());
    let mut files = plan.artifacts.iter();
    let own = files
        .find(|file| file.path == "generated/openapi.yaml")
        .unwrap();
    let own: Value = serde_yaml::from_str(&own.contents).unwrap();
    let fields = ALL.into_iter().filter(|name| *name != "operation");
    compare(
        "a document of this tool",
        &drafted(Input::OpenApi(&own)),
        &fields.collect::<Vec<_>>(),
    );
}
