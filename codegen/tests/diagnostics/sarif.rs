//! The SARIF log: as the schema of the standard says, and as the diagnostics say.

use std::collections::BTreeSet;

use codegen::report::{json, sarif};
use codegen::rule::Level;
use codegen::{Inputs, Rule, Source, compile};
use jsonschema::Validator;
use serde_json::Value;

use super::catalogs::{inputs, many, sound};
use super::fixtures;

const SCHEMA: &str = include_str!("../fixtures/sarif/sarif-schema-2.1.0.json");

/// A validator for logs. Formats count: a place is an address.
fn validator() -> Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    // The pattern of a language has a bracket too many, and a log of ours names none.
    for holder in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][holder]["properties"]["language"];
        let language = language.as_object_mut().expect("a schema");
        language.remove("pattern").expect("the pattern");
    }
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).expect("a schema that can be used")
}

/// The log of a catalog.
fn log_of(inputs: &Inputs) -> Value {
    let log = sarif(inputs, &compile(inputs).diagnostics);
    serde_json::from_str(&log).expect("the log is JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn results(log: &Value) -> &[Value] {
    list(&log["runs"][0]["results"])
}

/// A message as a reader shows it: doubled braces are braces.
fn shown(message: &Value) -> String {
    let text = message["text"].as_str().expect("a text");
    let single = text.replace("{{", "").replace("}}", "");
    assert!(!single.contains(['{', '}']), "a placeholder in {text}");
    text.replace("{{", "{").replace("}}", "}")
}

/// The address of a file as its path.
fn path(location: &Value) -> String {
    let uri = location["artifactLocation"]["uri"].as_str();
    let uri = percent_encoding::percent_decode_str(uri.expect("an address"));
    uri.decode_utf8().expect("UTF-8").into_owned()
}

/// The four numbers of a region, and the same four of a place of the JSON report.
fn same_place(region: &Value, place: &Value) {
    for (one, other) in [
        ("startLine", "line"),
        ("startColumn", "column"),
        ("endLine", "endLine"),
        ("endColumn", "endColumn"),
    ] {
        assert_eq!(region[one], place[other], "{one}");
    }
}

#[test]
fn the_log_of_each_fixture_is_valid() {
    let validator = validator();
    for fixture in fixtures::all() {
        let log = log_of(&fixture.inputs);
        if let Err(error) = validator.validate(&log) {
            panic!("{}: {error} at {}", fixture.stem, error.instance_path());
        }
    }
}

#[test]
fn the_schema_finds_what_is_wrong_with_a_log() {
    let validator = validator();
    let good = log_of(&inputs(sound().replace("fix:", "fixx:")));
    assert!(validator.is_valid(&good));
    for (pointer, wrong) in [
        ("/version", "2.0.0"),
        ("/runs/0/columnKind", "characters"),
        ("/runs/0/results/0/level", "fatal"),
        (
            "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
            "a b",
        ),
    ] {
        let mut log = good.clone();
        *log.pointer_mut(pointer).expect("the member") = wrong.into();
        assert!(!validator.is_valid(&log), "{pointer}");
    }
}

#[test]
fn sarif_has_the_findings_of_the_other_formats() {
    for fixture in fixtures::all() {
        let found = fixture.diagnostics();
        let log = log_of(&fixture.inputs);
        let lines = json(&fixture.inputs, &found);
        let lines: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(results(&log).len(), lines.len());
        for (result, line) in results(&log).iter().zip(&lines) {
            assert_eq!(result["ruleId"], line["rule"]);
            assert_eq!(result["level"], line["severity"]);
            let message = line["message"].as_str().expect("a text");
            let help = line["help"].as_str().expect("a text");
            assert_eq!(shown(&result["message"]), format!("{message}\n{help}"));
            let place = &result["locations"][0]["physicalLocation"];
            same_place(&place["region"], line);
            assert_eq!(path(place), line["file"].as_str().expect("a name"));

            let related = list(&result["relatedLocations"]);
            assert_eq!(related.len(), list(&line["related"]).len());
            for (label, line) in related.iter().zip(list(&line["related"])) {
                same_place(&label["physicalLocation"]["region"], line);
                assert_eq!(
                    shown(&label["message"]),
                    line["label"].as_str().expect("a text")
                );
            }
            let fixes = list(&result["fixes"]);
            assert_eq!(fixes.is_empty(), line["suggestion"].is_null());
            for fix in fixes {
                let edit = &fix["artifactChanges"][0]["replacements"][0];
                same_place(&edit["deletedRegion"], &line["suggestion"]);
                assert_eq!(edit["insertedContent"]["text"], line["suggestion"]["text"]);
            }
        }
    }
}

#[test]
fn a_log_has_every_rule_and_results_point_to_theirs() {
    let log = log_of(&inputs(sound().replace("fix:", "fixx:")));
    let rules = list(&log["runs"][0]["tool"]["driver"]["rules"]);
    assert_eq!(rules.len(), Rule::ALL.len());
    for (rule, written) in Rule::ALL.iter().zip(rules) {
        assert_eq!(written["id"], rule.id());
        let full = shown(&written["fullDescription"]);
        assert!(full.starts_with(&shown(&written["shortDescription"])));
        let words: Vec<&str> = rule.explanation().split_whitespace().collect();
        assert_eq!(full, words.join(" "));
        assert!(shown(&written["help"]).contains(rule.id()));
        let level = match rule.kind().default_level() {
            None | Some(Level::Error) => "error",
            Some(Level::Warn | Level::Off) => "warning",
        };
        assert_eq!(written["defaultConfiguration"]["level"], level);
    }
    for fixture in fixtures::all() {
        for result in results(&log_of(&fixture.inputs)) {
            let index = result["ruleIndex"].as_u64().expect("a number");
            let index = usize::try_from(index).expect("it fits");
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    }
}

#[test]
fn a_catalog_without_mistakes_has_a_log_without_results() {
    let log = log_of(&inputs(sound()));
    assert!(validator().is_valid(&log));
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn an_address_is_the_path_of_its_file() {
    for (name, uri) in [
        ("catalog/catalog.yaml", "catalog/catalog.yaml"),
        ("./catalog.yaml", "catalog.yaml"),
        ("../my/catalog.yaml", "../my/catalog.yaml"),
        ("a: b/50% #1?.yaml", "a%3A%20b/50%25%20%231%3F.yaml"),
        ("größer/🦀.yaml", "gr%C3%B6%C3%9Fer/%F0%9F%A6%80.yaml"),
    ] {
        let source = Source::new(name, sound().replace("fix:", "fixx:").into_bytes());
        let log = log_of(&Inputs::new(source));
        assert!(validator().is_valid(&log), "{name}");
        let place = &results(&log)[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], uri);
    }
}

#[cfg(unix)]
#[test]
fn an_absolute_path_is_the_address_of_a_file() {
    let source = Source::new("/my files/catalog.yaml", b"version: 2".to_vec());
    let log = log_of(&Inputs::new(source));
    assert!(validator().is_valid(&log));
    let place = &results(&log)[0]["locations"][0]["physicalLocation"];
    let uri = "file:///my%20files/catalog.yaml";
    assert_eq!(place["artifactLocation"]["uri"], uri);
}

fn fingerprints(text: &str) -> Vec<String> {
    let log = log_of(&inputs(text));
    let prints = results(&log).iter().map(|result| {
        let prints = result["partialFingerprints"].as_object();
        let prints: Vec<_> = prints.expect("an object").iter().collect();
        let [(_, print)] = &prints[..] else {
            panic!("one fingerprint: {prints:?}");
        };
        print.as_str().expect("a text").to_owned()
    });
    prints.collect()
}

/// Two codes that make the same two mistakes.
const TWICE: &str = "
  one:
    type: request_error
    meaning: 5
    fix: 5
  other:
    type: request_error
    meaning: 5
    fix: 5
";

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let text = sound() + TWICE.trim_start_matches('\n');
    let before = fingerprints(&text);
    assert_eq!(before.len(), 4);
    let all: BTreeSet<_> = before.iter().collect();
    assert_eq!(all.len(), 4, "each has its own: {before:?}");

    let moved = text.replace("  one:\n", "  # A comment.\n  one:\n    param: name\n");
    assert_eq!(fingerprints(&moved), before);
    let indented = text.replace("    fix: 5", "    fix:   5");
    assert_eq!(fingerprints(&indented), before);

    let mended = text.replacen("    meaning: 5", "    meaning: Five", 1);
    let left = fingerprints(&mended);
    assert_eq!(left.len(), 3);
    assert!(left.iter().all(|print| before.contains(print)));
}

#[test]
fn many_mistakes_in_one_line_have_fingerprints() {
    let codes: Vec<String> = (0..many())
        .map(|position| format!("é{position}: {{ type: no, meaning: M{position}, fix: Mend it }}"))
        .collect();
    let text = sound();
    let (head, _) = text.split_once("codes:").expect("the codes");
    let prints = fingerprints(&format!("{head}codes: {{ {} }}\n", codes.join(", ")));
    assert_eq!(prints.len(), many());
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), many());
}
