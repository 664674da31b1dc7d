//! The JSON Schema for editors agrees with the compiler, and has what editors show.

extern crate error_catalog_codegen as codegen;

mod agreement;
mod editors;
#[path = "../support/exhaustive.rs"]
mod exhaustive;

use std::fs;
use std::path::Path;

use codegen::{Inputs, Source, compile, plan};
use jsonschema::Validator;
use serde_json::Value;

fn sample() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/catalog.yaml");
    fs::read_to_string(file).expect("the sample catalog")
}

fn schema_of(catalog: &str) -> Value {
    schema_at("catalog/catalog.schema.json", catalog)
}

/// One of the schemas of a catalog.
fn schema_at(path: &str, catalog: &str) -> Value {
    let source = Source::new("catalog.yaml", catalog.as_bytes().to_vec());
    let catalog = compile(&Inputs::new(source))
        .value
        .expect("a sound catalog");
    let plan = plan(&catalog);
    let mut files = plan.artifacts.iter();
    let file = files.find(|file| file.path == path);
    serde_json::from_str(&file.expect("a schema").contents).expect("JSON")
}

fn validator() -> Validator {
    let schema = schema_of(&sample());
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    jsonschema::draft202012::new(&schema).expect("a schema that can be used")
}

fn read(catalog: &str) -> Value {
    serde_yaml::from_str(catalog).expect("YAML")
}

fn compiles(catalog: &str) -> bool {
    let source = Source::new("catalog.yaml", catalog.as_bytes().to_vec());
    compile(&Inputs::new(source)).value.is_some()
}

/// The sample with `to` in the place of `from`, where that stands first.
fn variant(from: &str, to: &str) -> String {
    let sample = sample();
    assert!(sample.contains(from), "{from}");
    sample.replacen(from, to, 1)
}

#[test]
fn the_schema_is_a_valid_schema_of_its_draft() {
    let schema = schema_of(&sample());
    if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
        panic!("{error}");
    }
}

#[test]
fn the_sample_is_valid() {
    if let Err(error) = validator().validate(&read(&sample())) {
        panic!("{} at {}", error, error.instance_path());
    }
}

#[test]
fn schema_and_compiler_reject_the_same_mistakes() {
    let validator = validator();
    for (from, to) in [
        ("version: 1\n", "version: 2\n"),
        ("version: 1\n", ""),
        ("  crate: gateway-errors\n", ""),
        ("style: [openai,", "style: [xml,"),
        ("param: omit", "param: leave"),
        (
            "intro: \"All errors follow OpenAI’s format:\"",
            "intro: null",
        ),
        ("code: file_too_large", "code: file_too_huge"),
        ("statuses: [429, 502, 503, 504]", "statuses: 429"),
        ("statuses: [429, 502, 503, 504]", "statuses: [4xx]"),
        ("initial_ms: 500", "initial_ms: \"500\""),
        ("initial_ms: 500", "initial_ms: -1"),
        ("initial_ms: 500", "initial_ms: 1.5"),
        ("jitter: full", "jitter: some"),
        ("- status: 4xx\n", "- status: 3xx\n"),
        ("status: [400, 413]", "status: []"),
        ("status: [400, 413]", "status: [400, 400]"),
        ("status: [400, 413]", "status: [400, 5xx]"),
        ("status: 404", "status: 42"),
        ("status: 404", "status: \"404\""),
        ("status: 404", "status: 4xx"),
        ("type: auth_error", "type: auth_eror"),
        ("like: captcha_required", "like: captcha_needed"),
        ("row: shared", "row: both"),
        ("fix: Rotate", "fixx: Rotate"),
        ("fix: Rotate", "fix: [Rotate]"),
        ("fix: Rotate", "fix: 5"),
        ("fix: Rotate", "fix: Rotate\n    retry: maybe"),
        ("fix: Rotate", "fix: Rotate\n    args: { n: { kind: int } }"),
        (
            "fix: Rotate",
            "fix: Rotate\n    args: { n: { meaning: A number } }",
        ),
        ("fix: Rotate", "fix: Rotate\n    see: [{ text: Keys }]"),
        ("\nlint:\n", "\nlint:\n  levels: { missing-fixx: warn }\n"),
        ("\nlint:\n", "\nlint:\n  levels: { missing-fix: low }\n"),
        ("  allow:\n", "  allow:\n    - rule: missing-fix\n"),
        (
            "      codes: [mime_mismatch]\n",
            "      codes: [mime_mismatch]\n      until: 2027-3-31\n",
        ),
        ("\nlint:\n", "\nlint:\n  max_message: many\n"),
        ("\nlint:\n", "\nlint:\n  house: [{ name: plain-words }]\n"),
        ("\nlint:\n", "\nlint:\n  house: [{ required: [fix] }]\n"),
        (
            "\nlint:\n",
            "\nlint:\n  house: [{ name: both, required: [fix], banned: [simply] }]\n",
        ),
        ("\ncodes:", "\nx-mine: here\ncodes:"),
    ] {
        let text = variant(from, to);
        assert!(
            !validator.is_valid(&read(&text)),
            "the schema accepts `{to}`"
        );
        assert!(!compiles(&text), "the compiler accepts `{to}`");
    }
    for section in ["types", "codes"] {
        let text = format!("{}{section}: {{}}\n", cut(section));
        assert!(!validator.is_valid(&read(&text)), "no {section}");
        assert!(!compiles(&text), "no {section}");
    }
}

/// The sample without a section.
fn cut(section: &str) -> String {
    let sample = sample();
    let start = sample.find(&format!("\n{section}:")).expect("the section") + 1;
    let end = sample[start..]
        .find("\n\n")
        .map_or(sample.len(), |end| start + end + 1);
    format!("{}{}", &sample[..start], &sample[end..])
}

#[test]
fn schema_and_compiler_accept_the_same_variants() {
    let validator = validator();
    for (from, to) in [
        ("param: omit", "param: null"),
        ("param: omit", "param: \"null\""),
        ("status: 404", "status: 499"),
        ("status: [400, 413]", "status: 4xx"),
        ("status: 5xx", "status: [500, 502, 503, 504]"),
        ("- status: 4xx\n", "- status: 400\n"),
        (
            "fix: Rotate",
            "fix: Rotate\n    x-mine: [1, { any: thing }, null]",
        ),
        ("fix: Rotate", "fix: Rotate\n    retry: after"),
        ("\nlint:\n", "\nlint:\n  levels: { missing-fix: off }\n"),
        (
            "      codes: [mime_mismatch]\n",
            "      codes: [mime_mismatch]\n      until: \"2999-12-31\"\n",
        ),
        (
            "\nlint:\n",
            "\nlint:\n  max_message: 500\n  verbs: [gazump]\n",
        ),
        (
            "\nlint:\n",
            "\nlint:\n  house: [{ name: plain-words, banned: [simply], instead: Just, level: error }]\n",
        ),
    ] {
        let text = variant(from, to);
        assert!(
            validator.is_valid(&read(&text)),
            "the schema rejects `{to}`"
        );
        assert!(compiles(&text), "the compiler rejects `{to}`");
    }
}

/// A file that is included holds what belongs to no settings of the whole, and needs nothing.
#[test]
fn the_files_that_a_catalog_includes_have_a_schema_of_their_own() {
    let schema = schema_at("catalog/part.schema.json", &sample());
    let validator = jsonschema::draft202012::new(&schema).expect("a schema that can be used");
    for (part, expected) in [
        ("version: 1", true),
        (
            "include: [more.yaml]\ncodes: { a: { type: auth_error, meaning: M, fix: F } }",
            true,
        ),
        ("lint: { levels: { style: off } }", true),
        ("groups: { files: { prefix: files. } }", true),
        ("codes: { a: { type: no_type, meaning: M, fix: F } }", false),
        ("api: { title: T }", false),
        ("retry: { statuses: [503] }", false),
    ] {
        assert_eq!(validator.is_valid(&read(part)), expected, "{part}");
    }
}
