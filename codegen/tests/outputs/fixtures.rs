//! The catalogs that outputs are made of.

use std::path::{Path, PathBuf};

use codegen::catalog::EnvelopeStyle;
use codegen::{Catalog, Inputs, Plan, Source, compile, plan};
use serde_json::Value;

/// Small catalogs, each with its expected outputs beside it.
pub(crate) const GOOD: [&str; 6] = [
    "minimal",
    "arguments",
    "details",
    "families",
    "hostile",
    "problem",
];

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

pub(crate) fn compile_text(name: &str, text: String) -> Catalog {
    let inputs = Inputs::new(Source::new(name, text.into_bytes()));
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

/// A fixture, or the project's own catalog under the name `seed`.
pub(crate) fn catalog(name: &str) -> Catalog {
    let file = match name {
        "seed" => root().join("catalog/catalog.yaml"),
        _ => folder().join("good").join(name).join("catalog.yaml"),
    };
    compile_text(name, std::fs::read_to_string(file).unwrap())
}

pub(crate) fn plan_of(name: &str) -> Plan {
    plan(&catalog(name))
}

pub(crate) fn artifact<'a>(plan: &'a Plan, path: &str) -> &'a str {
    let found = plan.artifacts.iter().find(|artifact| artifact.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).contents
}

/// The members of a body in a style, and the name of the one that is the message.
pub(crate) fn members(style: EnvelopeStyle, body: &Value) -> (&Value, &'static str) {
    match style {
        EnvelopeStyle::OpenAi => (&body["error"], "message"),
        EnvelopeStyle::Problem => (body, "detail"),
    }
}
