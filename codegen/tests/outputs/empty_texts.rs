//! Outputs of catalogs without their optional texts: no text of an output is empty.

use std::collections::BTreeSet;

use codegen::{Plan, plan};
use serde_json::{Value, json};

use crate::fixtures::{artifact, compile_text};
use crate::rendered_text::page;

/// A catalog with every optional text, each with a word that no other text has.
const FULL: &str = r"
version: 1
api:
  title: Pet API
  docs_url: https://docs.example.com/errors
  crate: pet-errors
  license: { name: MIT, url: https://example.com/license }
  contact: { name: Support, url: https://example.com/support, email: help@example.com }
  servers:
    - { url: https://api.example.com, description: Production }
envelope:
  style: [openai, problem]
  details: true
  intro: Every error has this body
  example: { code: name_taken, message: A name is taken, param: name }
  notes: [Members may be added]
error_ids:
  notes: [Quote the id]
  see: [{ text: Tracing, url: https://example.com/tracing }]
retry:
  statuses: [503]
  not_retryable:
    - { status: 409, reason: the name stays taken }
  notes: [Retries are counted]
  see: [{ text: Limits, url: https://example.com/limits }]
types:
  request_error: { status: [400, 409], meaning: The request is wrong, message: Change the request }
  server_error: { status: 5xx, meaning: The service failed, message: Try later }
groups:
  names: { title: Names of pets }
codes:
  name_taken:
    type: request_error
    status: 409
    message: The pet {owner} has the name.
    args:
      owner: { kind: string, meaning: The pet with the name, example: Rex }
    param: name
    meaning: Another pet has the name
    fix: Choose another name
    description: A name belongs to one pet.
    causes: [Two requests at once]
    fixes: [Rename the other pet]
    type_row: A name is taken twice
    group: names
    headers: { x-taken: 'yes' }
    ids: { errno: EEXIST }
    see: [{ text: Rules for names, url: https://example.com/names }]
  pet_asleep:
    type: request_error
    status: 404
    message: The pet is asleep.
    meaning: A pet does not answer
    fix: Wait until it wakes up
    type_row: The pet sleeps
    deprecated: { use: name_taken, note: Pets never sleep now }
  store_closed:
    type: server_error
    message: The store is closed.
    meaning: The store does not open
    fix: Come back tomorrow
    retry: after
retired:
  pet_sold: { reason: Pets are not sold, use: name_taken, aliases: [sold] }
sets:
  common: [pet_asleep]
operations:
  renamePet:
    method: PUT
    path: /pets/{id}
    summary: Renames a pet
    errors: [name_taken, '@common', store_closed]
  listPets: { method: GET, path: /pets, errors: [] }
framework:
  - { status: 404, type: request_error, message: There is no such path }
lint:
  levels: { missing-meaning: off, missing-fix: off, retry-4xx-without-reason: off }
";

/// The optional texts: where they are, with `/` between the keys. All of a line are removed together.
const OPTIONAL: [&[&str]; 37] = [
    &["api/license"],
    &["api/license/url"],
    &["api/contact"],
    &["api/contact/name"],
    &["api/servers"],
    &["api/servers/0/description"],
    &["envelope/intro"],
    &["envelope/notes"],
    &["envelope/example"],
    &["envelope/example/message"],
    &["error_ids"],
    &["error_ids/notes"],
    &["error_ids/see"],
    &["retry/statuses"],
    &["retry/not_retryable"],
    &["retry/notes"],
    &["retry/see"],
    &["types/request_error/meaning"],
    &["types/request_error/message"],
    &["groups"],
    &["groups/names/title"],
    &["codes/name_taken/meaning"],
    &["codes/name_taken/meaning", "codes/name_taken/fix"],
    &["codes/name_taken/message", "codes/name_taken/args"],
    &["codes/name_taken/fix"],
    &["codes/name_taken/description"],
    &["codes/name_taken/causes"],
    &["codes/name_taken/fixes"],
    &["codes/name_taken/args/owner/meaning"],
    &["codes/name_taken/group"],
    &["codes/name_taken/see"],
    &["codes/pet_asleep/type_row", "codes/pet_asleep/meaning"],
    &["codes/pet_asleep/deprecated/note"],
    &["codes/pet_asleep/deprecated/use"],
    &["retired/pet_sold/use"],
    &["operations/renamePet/summary"],
    &["framework/0/message"],
];

/// The catalog without the texts at these places.
fn without(places: &[&str]) -> Value {
    let mut catalog: Value = serde_yaml::from_str(FULL).unwrap();
    for place in places {
        let (outer, key) = place.rsplit_once('/').unwrap_or(("", place));
        let pointer = format!("/{outer}");
        let outer = match outer {
            "" => Some(&mut catalog),
            _ => catalog.pointer_mut(&pointer),
        };
        // A larger text may be gone already.
        if let Some(outer) = outer.and_then(Value::as_object_mut) {
            outer.remove(key);
        }
    }
    catalog
}

fn outputs(name: &str, catalog: &Value) -> Plan {
    plan(&compile_text(name, catalog.to_string()))
}

/// A page that lists errors without having one.
#[test]
fn a_type_without_public_codes_has_no_empty_table() {
    let mut catalog = without(&[]);
    let code = json!({ "type": "hidden_error", "message": "Hidden", "audience": "internal" });
    catalog["types"]["hidden_error"] = json!({ "status": 410, "meaning": "It is hidden" });
    catalog["codes"]["hidden"] = code;
    catalog["operations"]["listPets"]["errors"] = json!(["hidden"]);
    let plan = outputs("hidden", &catalog);
    let page = page(artifact(&plan, "docs/errors/types/README.md"));
    assert!(
        page.text
            .contains("It is hidden The documentation lists no errors of this type.")
    );
    check("public codes", plan, &mut BTreeSet::new());
}

#[test]
fn no_output_has_an_empty_text() {
    let mut checked = BTreeSet::new();
    check("nothing", outputs("nothing", &without(&[])), &mut checked);
    for places in OPTIONAL {
        let name = places.join(", ");
        check(&name, outputs(&name, &without(places)), &mut checked);
    }
    let all = OPTIONAL.concat();
    // A code needs a meaning or a message, and a deprecation a successor or a note.
    let required = ["/message", "/args", "/deprecated/use"];
    let is_optional = |place: &&str| !required.iter().any(|end| place.ends_with(end));
    let all: Vec<&str> = all.into_iter().filter(is_optional).collect();
    check("all", outputs("all", &without(&all)), &mut checked);
}

/// Checks the artifacts whose contents were not checked before.
fn check(name: &str, plan: Plan, checked: &mut BTreeSet<(String, String)>) {
    for artifact in plan.artifacts {
        let (path, text) = (artifact.path.as_str(), artifact.contents.as_str());
        if !checked.insert((path.to_owned(), text.to_owned())) {
            continue;
        }
        let place = format!("without {name}: {path}");
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => markdown(&place, text),
            Some("yaml") => data(&place, &serde_yaml::from_str(text).unwrap()),
            Some("json") => data(&place, &serde_json::from_str(text).unwrap()),
            Some("rs") => doc_comments(&place, text),
            _ => {}
        }
        if path.ends_with("llms.txt") {
            for line in text.lines().filter(|line| !line.is_empty()) {
                assert!(!line.ends_with([':', ';', ' ']), "{place}: {line}");
            }
        }
    }
}

/// Every cell, heading and item contains a text, and so does every section.
fn markdown(place: &str, text: &str) {
    let page = page(text);
    for row in &page.rows {
        assert!(row.iter().all(|cell| !cell.is_empty()), "{place}: {row:?}");
    }
    let mut above = None;
    for block in blocks(text) {
        let level = block.bytes().take_while(|b| *b == b'#').count();
        let is_heading = level > 0 && block[level..].starts_with(' ');
        assert!(!is_heading || block.len() > level + 1, "{place}: {block}");
        if let Some((upper, title)) = above.filter(|_| is_heading) {
            assert!(level > upper, "{place}: {title} is empty");
        }
        above = is_heading.then_some((level, block));
        for line in block.lines() {
            assert!(!matches!(line.trim(), "-" | "*"), "{place}: {block}");
        }
        let head = block.trim_end().trim_end_matches('*');
        assert!(!head.ends_with(": "), "{place}: {block}");
    }
    assert_eq!(above, None, "{place}: the last section is empty");
}

/// The blocks of a page; a fence is one block.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("```").enumerate();
    let blocks = parts.flat_map(|(position, part)| {
        let end = if position % 2 == 1 { "\0" } else { "\n\n" };
        part.split(end).map(str::trim)
    });
    blocks.filter(|block| !block.is_empty())
}

/// Every string contains a character that can be seen, and every Markdown text of a document is complete.
fn data(place: &str, value: &Value) {
    match value {
        Value::String(text) => {
            assert!(!text.trim().is_empty(), "{place} is empty");
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                data(&format!("{place}/{position}"), item);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                let place = format!("{place}/{key}");
                data(&place, value);
                if let ("description" | "summary", Value::String(text)) = (key.as_str(), value) {
                    markdown(&place, &format!("{text}\n\nend"));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every doc comment contains a text, and none ends before its text.
fn doc_comments(place: &str, text: &str) {
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let Some(mark) = ["///", "//!"]
            .into_iter()
            .find(|mark| line.starts_with(mark))
        else {
            continue;
        };
        let mut docs = line[mark.len()..].trim_start().to_owned();
        while let Some(next) = lines.next_if(|next| next.starts_with(mark)) {
            docs.push('\n');
            docs.push_str(next[mark.len()..].strip_prefix(' ').unwrap_or_default());
        }
        assert!(!docs.trim().is_empty(), "{place} has an empty doc comment");
        assert!(!docs.trim_end().ends_with([':', ',']), "{place}: {docs}");
        markdown(place, &format!("{docs}\n\nend"));
    }
}

/// The template of the message is in the place of a missing meaning.
#[test]
fn a_code_without_a_meaning_is_shown_with_its_message() {
    let catalog = without(&[
        "codes/name_taken/meaning",
        "codes/name_taken/type_row",
        "codes/pet_asleep/meaning",
        "codes/pet_asleep/type_row",
        "types/request_error/meaning",
    ]);
    let plan = outputs("messages", &catalog);
    let template = "The pet {owner} has the name.";
    let index = page(artifact(&plan, "docs/errors/README.md"));
    for (first, meaning) in [
        ("name_taken", template),
        ("pet_asleep deprecated", "The pet is asleep."),
        ("request_error", "Change the request"),
        ("request_error with code: pet_asleep", "The pet is asleep."),
    ] {
        let mut rows = index.rows.iter();
        assert!(
            rows.any(|row| row[0] == first && row[1..].iter().any(|cell| cell == meaning)),
            "{first}: {:?}",
            index.rows
        );
    }
    for path in [
        "docs/errors/name_taken.md",
        "docs/errors/statuses/README.md",
        "docs/errors/types/README.md",
        "docs/errors/operations/README.md",
    ] {
        let text = page(artifact(&plan, path)).text;
        assert!(text.contains(template), "{path}: {text}");
    }
    let rust = artifact(&plan, "generated/src/catalog/codes.rs");
    assert!(rust.contains("/// `name_taken`, status 409: The pet &#123;owner&#125; has the name."));
    let rust = artifact(&plan, "generated/src/catalog/types.rs");
    assert!(rust.contains("/// `request_error`, status 400 / 409: Change the request"));
    let document: Value = serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
    let schemas = &document["components"]["schemas"];
    let described = &schemas["ErrorCode"]["x-enumDescriptions"];
    assert_eq!(
        described["name_taken"],
        format!("{template} Choose another name.")
    );
    let described = &schemas["ErrorType"]["x-enumDescriptions"];
    assert_eq!(described["request_error"], "Change the request.");
    let export: Value = serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap();
    assert_eq!(export["codes"][0]["meaning"], template);
    assert_eq!(export["types"][0]["meaning"], "Change the request");
    let schema = artifact(&plan, "catalog/catalog.schema.json");
    assert!(schema.contains("The pet {owner} has the name. (409)"));

    let mut terse = catalog;
    terse["codes"]["name_taken"]
        .as_object_mut()
        .unwrap()
        .remove("fix");
    let plan = outputs("terse", &terse);
    let llms = artifact(&plan, "docs/errors/llms.txt");
    assert!(
        llms.contains("; message: The pet {owner} has the name.\n"),
        "{llms}"
    );
}
