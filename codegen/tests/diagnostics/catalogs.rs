//! Catalogs to make mistakes in.

use codegen::release::{Todo, release};
use codegen::{Answer, Catalog, Diagnostic, Found, Inputs, Outcome, Source, compile};
use jiff::civil::{Date, date};

use super::exhaustive;

/// The sections that every catalog begins with, in lines that can be put together.
pub(crate) const HEAD: &str = "\
version: 1
api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
";
/// A type.
pub(crate) const TYPES: &str = "\
types:
  request_error: { status: 400, meaning: The request is wrong }
";
/// A code of that type.
pub(crate) const CODES: &str = "\
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
";

/// A catalog without mistakes.
pub(crate) fn sound() -> String {
    format!("{HEAD}{TYPES}{CODES}")
}

/// A catalog without mistakes, and this after it.
pub(crate) fn sound_with(more: &str) -> String {
    format!("{HEAD}{TYPES}{CODES}{more}")
}

/// The number of entries of a large catalog.
pub(crate) fn many() -> usize {
    exhaustive::select(2_000, 10_000)
}

/// The day on which the catalogs of these tests are read.
pub(crate) const DAY: Date = date(2026, 7, 1);

/// The inputs of a catalog. Whatever it includes is there, and adds nothing.
pub(crate) fn inputs(text: impl Into<Vec<u8>>) -> Inputs {
    read("catalog.yaml", text, |_| Some("version: 1\n".to_owned()))
}

/// The inputs of a catalog whose further files are given by their paths.
pub(crate) fn read(
    name: &str,
    text: impl Into<Vec<u8>>,
    file: impl Fn(&str) -> Option<String>,
) -> Inputs {
    let mut inputs = Inputs::new(Source::new(name, text.into())).on(DAY);
    while let Some(path) = inputs.wanted() {
        inputs.answer(match file(&path) {
            Some(text) => {
                // The only template of a folder.
                let path = path.replace('*', "template");
                let source = Source::new(path.as_str(), text.into_bytes());
                Answer::Files(vec![Found { path, source }])
            }
            None => Answer::NotFound,
        });
    }
    inputs
}

/// A lock with this text.
pub(crate) fn lock(text: Vec<u8>) -> Source {
    Source::new("catalog.lock", text)
}

/// The lock of a catalog that was released with version 1.0.0.
pub(crate) fn lock_of(released: &[u8]) -> Source {
    let release = release(&inputs(released), "1.0.0", DAY, Todo::Allowed);
    lock(release.expect("it can be released").lock.into_bytes())
}

/// The ids of the rules that a catalog breaks where this was released.
pub(crate) fn broken_promises(lock: Source, text: &str) -> Vec<&'static str> {
    let found = compile(&inputs(text).with_lock(Some(lock))).diagnostics;
    found.iter().map(|found| found.rule.id()).collect()
}

/// Compiles a catalog of one file.
pub(crate) fn outcome(text: &str) -> Outcome<Catalog> {
    compile(&inputs(text))
}

/// Everything that is found about a catalog.
pub(crate) fn diagnostics(text: &str) -> Vec<Diagnostic> {
    outcome(text).diagnostics
}

/// The ids of the rules that a catalog breaks, all of whose templates have the same text.
pub(crate) fn broken_rules_with(text: &str, template: &str) -> Vec<&'static str> {
    let mut inputs = Inputs::new(Source::new("catalog.yaml", text.into())).on(DAY);
    while let Some(pattern) = inputs.wanted() {
        let files = ["errors.ts", "errors.md"].map(|name| Found {
            path: pattern.replace('*', name),
            source: Source::new(pattern.replace('*', name), template.into()),
        });
        inputs.answer(Answer::Files(files.into()));
    }
    let found = compile(&inputs).diagnostics;
    found.iter().map(|found| found.rule.id()).collect()
}

/// The ids of the rules that a catalog breaks, in the order of the places.
pub(crate) fn broken_rules(text: &str) -> Vec<&'static str> {
    let found = diagnostics(text);
    found.iter().map(|found| found.rule.id()).collect()
}
