//! Every fact of the error page, found again in the OpenAPI document, the docs and the crate's documentation.

use serde::Deserialize;
use serde_json::Value;

use crate::fixtures::{artifact, folder, plan_of};
use crate::rendered_text::{page, squeeze};

/// A fact of the page and where it comes out again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    /// The words of the page.
    text: String,
    /// The words of the outputs, where the page's do not stand on their own.
    says: Option<String>,
    /// An expression over the crate that prints the fact, or `docs FILE` for its documentation.
    rust: String,
    /// A pointer into the OpenAPI document whose text holds the fact.
    openapi: String,
    /// The page of the docs that shows the fact.
    docs: String,
}

impl Fact {
    fn said(&self) -> &str {
        self.says.as_deref().unwrap_or(&self.text)
    }
}

fn facts() -> Vec<Fact> {
    let text = std::fs::read_to_string(folder().join("seed/facts.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The facts that no function of the crate returns are in its documentation.
#[test]
fn the_documentation_of_the_crate_has_its_facts() {
    let plan = plan_of("seed");
    for fact in facts() {
        if let Some(module) = fact.rust.strip_prefix("docs ") {
            let source = artifact(&plan, &format!("generated/src/{module}.rs"));
            let docs = page(&doc_lines(source)).text;
            let said = squeeze(fact.said());
            assert!(docs.contains(&said), "{said:?} in {docs}");
        }
    }
}

/// The text of all doc comments of a file, in order.
fn doc_lines(source: &str) -> String {
    let lines = source.lines().map(|line| {
        let line = line.trim_start();
        let text = line
            .strip_prefix("//!")
            .or_else(|| line.strip_prefix("///"));
        text.map_or("", |text| text.strip_prefix(' ').unwrap_or(text))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_openapi_document_has_every_fact() {
    let plan = plan_of("seed");
    let document: Value = serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
    for fact in facts() {
        let said = squeeze(fact.said());
        let value = document.pointer(&fact.openapi);
        let value = value.unwrap_or_else(|| panic!("nothing at {}", fact.openapi));
        let text = match value {
            Value::String(text) => page(text).text,
            other => other.to_string(),
        };
        assert!(text.contains(&said), "{said:?} at {}: {text}", fact.openapi);
    }
}

/// The index shows the facts in the order of the page; other pages show them anywhere.
#[test]
fn the_docs_say_every_fact_in_the_order_of_the_page() {
    let plan = plan_of("seed");
    let index = page(artifact(&plan, "docs/errors/README.md")).text;
    let mut rest = index.as_str();
    for fact in facts() {
        let said = squeeze(fact.said());
        if fact.docs == "README.md" {
            let at = rest.find(&said);
            let at = at.unwrap_or_else(|| panic!("{said:?} is not in the rest: {rest}"));
            rest = &rest[at + said.len()..];
        } else {
            let text = page(artifact(&plan, &format!("docs/errors/{}", fact.docs))).text;
            assert!(text.contains(&said), "{said:?} in {text}");
        }
    }
}

/// Nothing of the page is left when the facts are taken away, in their order, but what frames them.
#[test]
fn the_list_covers_the_whole_page() {
    const FRAME: [&str; 16] = [
        "Skip to main content",
        "Types",
        "Common codes",
        "typeHTTPMeaning",
        "codeMeaningFix",
        "\"error\":",
        "\"message\":",
        "\"type\":",
        "\"code\":",
        "\"param\":",
        "•",
        "{",
        "}",
        "\"",
        ",",
        ".",
    ];
    let seed = std::fs::read_to_string(folder().join("seed/errors-page.txt")).unwrap();
    let mut rest = seed.as_str();
    let mut left = String::new();
    for fact in facts() {
        let at = rest.find(&fact.text);
        let at = at.unwrap_or_else(|| panic!("{:?} is not in the rest: {rest}", fact.text));
        left.push_str(&rest[..at]);
        left.push('\n');
        rest = &rest[at + fact.text.len()..];
    }
    left.push_str(rest);
    for frame in FRAME {
        left = left.replace(frame, " ");
    }
    assert_eq!(squeeze(&left), "", "not covered by a fact");
    assert!(facts().len() >= 60, "only {} facts", facts().len());
}
