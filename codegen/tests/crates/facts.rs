//! Every fact of the error page that the crate returns.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::fixtures::folder;
use crate::workspace::probe;

/// What a fact says, and the expression over the crate that prints it, or `docs FILE` for its documentation.
#[derive(Deserialize)]
struct Fact {
    text: String,
    says: Option<String>,
    rust: String,
}

fn facts() -> Vec<Fact> {
    let text = std::fs::read_to_string(folder().join("seed/facts.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The source of the probe's module: a function that evaluates the expression of every fact.
pub(crate) fn probe_source() -> String {
    let mut out = String::from(
        "use gateway_errors::{ErrorCode, ErrorType};\n\n\
         /// The value of each fact's expression, in the order of the list.\n\
         #[rustfmt::skip]
         pub(crate) fn facts() -> Vec<String> {\n    vec![\n",
    );
    for fact in facts() {
        match fact.rust.strip_prefix("docs ") {
            Some(_) => out.push_str("        String::new(),\n"),
            None => writeln!(out, "        ({}).to_string(),", fact.rust).unwrap(),
        }
    }
    out.push_str("    ]\n}\n");
    out
}

#[test]
fn the_crate_has_every_fact() {
    let values = probe()["facts"].as_array().unwrap();
    assert_eq!(values.len(), facts().len());
    for (fact, value) in facts().iter().zip(values) {
        if !fact.rust.starts_with("docs ") {
            let said = fact.says.as_ref().unwrap_or(&fact.text);
            assert_eq!(value.as_str(), Some(said.as_str()), "{}", fact.rust);
        }
    }
}
