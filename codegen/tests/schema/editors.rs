//! What an editor shows: the names of the catalog itself, and a description of everything.

use serde_json::{Value, json};

use super::{sample, schema_of};

const CATALOG: &str = "\
version: 1
api: { title: T, docs_url: https://example.com, crate: t }
types:
  a_type: { status: [400, 413], meaning: What the type means }
  b_type: { status: 5xx, meaning: Ours }
codes:
  a_code: { type: a_type, status: 499, meaning: What it means, fix: F, group: A group }
  b_code: { type: a_type, message: M, fix: F, group: [Outer, \"5\"] }
  c_code: { type: a_type, meaning: M, fix: F, group: A group }
sets:
  a_set: [a_code, b_code, c_code]
operations:
  an_operation: { method: GET, path: /, errors: [\"@a_set\"] }
lint:
  allow: [{ rule: missing-meaning, codes: [b_code], reason: It needs none }]
";

/// The words that an editor offers for a schema, each with its description.
fn offered(schema: &Value) -> Vec<(&str, &str)> {
    let texts = |key: &str| {
        let list = schema[key].as_array().expect("a list").iter();
        list.map(|text| text.as_str().expect("a text"))
    };
    texts("enum").zip(texts("enumDescriptions")).collect()
}

#[test]
fn an_editor_is_offered_the_names_of_the_catalog_itself() {
    let schema = schema_of(CATALOG);
    let definitions = &schema["$defs"];
    assert_eq!(
        offered(&definitions["TypeName"]),
        [
            ("a_type", "What the type means (400 / 413)"),
            ("b_type", "Ours (5xx)"),
        ]
    );
    assert_eq!(
        offered(&definitions["CodeName"]),
        [
            ("a_code", "What it means (499)"),
            ("b_code", "M (400)"),
            ("c_code", "M (400)"),
        ]
    );
    let choices = &definitions["CodeOrSet"]["anyOf"];
    assert_eq!(choices[0], json!({ "$ref": "#/$defs/CodeName" }));
    assert_eq!(
        offered(&choices[1]),
        [("@a_set", "The codes of the set `a_set`.")]
    );
    let group = &definitions["GroupName"];
    let names: Vec<_> = offered(&group["anyOf"][0]);
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["A group", "Outer", "5"]);
    assert_eq!(group["anyOf"][1]["type"], "string", "a new group");
}

#[test]
fn an_editor_is_offered_statuses_by_name() {
    let schema = schema_of(CATALOG);
    let status = &schema["$defs"]["Status"];
    let snippets = status["defaultSnippets"].as_array().expect("a list");
    let one = |number: u64| snippets.iter().find(|snippet| snippet["body"] == number);
    assert_eq!(one(404).expect("an offer")["label"], "404 Not Found");
    assert_eq!(
        one(503).expect("an offer")["label"],
        "503 Service Unavailable"
    );
    assert_eq!(one(499), None, "it has no name");
    assert!(status.get("enum").is_none(), "any other is right too");
}

#[test]
fn an_editor_is_offered_lint_rules() {
    let schema = schema_of(CATALOG);
    let rules = offered(&schema["$defs"]["RuleName"]);
    let rule = rules.iter().find(|(rule, _)| *rule == "missing-fix");
    let (_, description) = rule.expect("the rule");
    assert_eq!(
        *description,
        "Every code needs a fix: what its reader can do about it, in one line."
    );
}

/// Whether a text says something.
fn says(text: &Value) -> bool {
    text.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// Collects the places of a schema, and of all schemas in it, that an editor would show without a word.
fn silent(schema: &Value, place: &str, found: &mut Vec<String>) {
    let Some(members) = schema.as_object() else {
        return;
    };
    if let Some(words) = members.get("enum").and_then(Value::as_array) {
        let descriptions = schema["enumDescriptions"].as_array();
        let descriptions = descriptions.map_or(&[][..], Vec::as_slice);
        for position in 0..words.len().max(descriptions.len()) {
            if !(position < words.len() && descriptions.get(position).is_some_and(says)) {
                found.push(format!("{place}/enum/{position}"));
            }
        }
    }
    if members.contains_key("pattern") && !members.get("patternErrorMessage").is_some_and(says) {
        found.push(format!("{place}/pattern"));
    }
    for key in ["properties", "patternProperties", "$defs"] {
        for (name, schema) in members
            .get(key)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let place = format!("{place}/{key}/{name}");
            if !says(&schema["description"]) {
                found.push(place.clone());
            }
            silent(schema, &place, found);
        }
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        for (position, schema) in schema[key].as_array().into_iter().flatten().enumerate() {
            silent(schema, &format!("{place}/{key}/{position}"), found);
        }
    }
    for key in ["items", "additionalProperties", "propertyNames"] {
        silent(&schema[key], &format!("{place}/{key}"), found);
    }
}

#[test]
fn everything_that_an_editor_shows_is_described() {
    for catalog in [sample(), CATALOG.to_owned()] {
        let mut found = Vec::new();
        silent(&schema_of(&catalog), "", &mut found);
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn what_is_not_described_is_found() {
    let schema = json!({
        "properties": {
            "a": { "description": " " },
            "b": { "description": "B", "pattern": "b", "items": { "enum": ["x"] } },
            "c": { "description": "C", "anyOf": [{ "enum": ["x", "y"], "enumDescriptions": ["X"] }] },
        },
        "$defs": { "D": { "type": "string" } },
    });
    let mut found = Vec::new();
    silent(&schema, "", &mut found);
    let expected = [
        "/properties/a",
        "/properties/b/pattern",
        "/properties/b/items/enum/0",
        "/properties/c/anyOf/0/enum/1",
        "/$defs/D",
    ];
    assert_eq!(found, expected);
}
