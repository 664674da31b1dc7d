//! Changes of the catalog itself: its canonical form, and new codes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate error_catalog_codegen as codegen;

mod canonical;
#[path = "../diagnostics/changes.rs"]
mod changes;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod insert;
mod orders;
mod properties;
mod rewritten;

use std::path::Path;

use codegen::edit::{Refusal, format};
use codegen::{Inputs, Source};

fn inputs(text: impl Into<Vec<u8>>) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", text.into()))
}

/// The canonical form of a catalog that has one.
#[track_caller]
fn formatted(text: &str) -> String {
    match format(&inputs(text)) {
        Ok(mut texts) => texts.remove(0),
        Err(refusal) => panic!("{refusal:#?}\n{text}"),
    }
}

/// The rules that a catalog breaks which has no canonical form.
#[track_caller]
fn refused(text: impl Into<Vec<u8>>) -> Vec<&'static str> {
    match format(&inputs(text)) {
        Ok(texts) => panic!("formatted:\n{}", texts[0]),
        Err(Refusal::Fault(name)) => panic!("{name} would mean something else"),
        Err(Refusal::Findings(found)) => found.iter().map(|found| found.rule.id()).collect(),
    }
}

/// The sample and the good fixtures, by name.
fn catalogs() -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let sample = tests.join("../../catalog/catalog.yaml");
    let mut files = vec![sample];
    for entry in std::fs::read_dir(tests.join("fixtures/good")).unwrap() {
        files.push(entry.unwrap().path().join("catalog.yaml"));
    }
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        (file.display().to_string(), text)
    };
    files.iter().map(read).collect()
}

/// Those that the tests can rewrite line by line: without blocks, whose lines are text.
fn rewritable() -> Vec<(String, String)> {
    let mut catalogs = catalogs();
    catalogs.retain(|(_, text)| !text.lines().any(|line| line.ends_with(": |")));
    assert!(catalogs.len() > 5);
    catalogs
}
