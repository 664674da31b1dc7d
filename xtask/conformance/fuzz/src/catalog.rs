//! A catalog: valid by construction, and then perhaps damaged.

use arbitrary::{Arbitrary, Unstructured};
use codegen::edit::{NewCode, Place, Refusal, format, insert};
use codegen::report::{Style, github, human, json, sarif};
use codegen::{Catalog, Diagnostic, Inputs, Severity, Source, compile, plan};

use serde_json::Value;

use crate::damage::{Damage, damaged};
use crate::model::Model;

#[derive(Arbitrary, Debug)]
struct Input {
    model: Model,
    damages: Vec<Damage>,
}

/// Checks a catalog. Bytes that are a catalog themselves are checked as they are.
///
/// # Panics
///
/// Panics if the result breaks an invariant.
pub fn check(bytes: &[u8]) {
    if bytes.starts_with(b"version:") {
        is_answered(bytes.to_vec());
        return;
    }
    let Ok(Input { model, damages }) = Input::arbitrary_take_rest(Unstructured::new(bytes)) else {
        return;
    };
    let text = model.text();
    if damages.is_empty() {
        let inputs = inputs(text.clone().into_bytes());
        let outcome = compile(&inputs);
        let errors: Vec<&Diagnostic> = errors(&outcome.diagnostics).collect();
        assert!(
            errors.is_empty(),
            "a valid catalog is rejected: {errors:#?}\n{text}"
        );
    }
    is_answered(damaged(&text, &damages));
}

pub(crate) fn inputs(bytes: Vec<u8>) -> Inputs {
    Inputs::new(Source::new("catalog.yaml", bytes))
}

pub(crate) fn errors(found: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    found
        .iter()
        .filter(|found| found.severity == Severity::Error)
}

/// The laws of any text.
fn is_answered(bytes: Vec<u8>) {
    let inputs = inputs(bytes);
    let outcome = compile(&inputs);
    are_within(&inputs, &outcome.diagnostics);
    if !outcome.diagnostics.is_empty() {
        are_reported(&inputs, &outcome.diagnostics);
    }
    let canonical = match format(&inputs) {
        Ok(mut texts) => texts.swap_remove(0),
        Err(Refusal::Findings(found)) => {
            assert_ne!(found, []);
            return;
        }
        Err(Refusal::Fault(message)) => panic!("{message:?}: {:?}", inputs.sources()[0].text()),
    };
    let again = self::inputs(canonical.clone().into_bytes());
    assert_eq!(
        format(&again).map_err(|_| ()),
        Ok(vec![canonical]),
        "the canonical form is not canonical"
    );
    let after = compile(&again);
    assert_eq!(
        format!("{:?}", outcome.value),
        format!("{:?}", after.value),
        "the canonical form has another meaning"
    );
    if let Some(catalog) = &outcome.value {
        is_emitted(catalog);
        takes_a_code(&inputs, catalog);
    }
}

/// The places of findings are in the sources.
pub(crate) fn are_within(inputs: &Inputs, found: &[Diagnostic]) {
    for diagnostic in found {
        let related = diagnostic.related.iter().map(|label| label.span);
        let suggested = diagnostic
            .suggestion
            .iter()
            .map(|suggestion| suggestion.span);
        for span in related.chain(suggested).chain([diagnostic.primary.span]) {
            let lock = inputs
                .lock()
                .filter(|_| span.source.0 as usize == inputs.sources().len());
            let source = lock.unwrap_or_else(|| &inputs.sources()[span.source.0 as usize]);
            assert!(
                source.text().get(span.range()).is_some(),
                "{span:?} of {:?}",
                source.text()
            );
        }
    }
}

/// Findings are the same in every format.
fn are_reported(inputs: &Inputs, found: &[Diagnostic]) {
    assert_eq!(json(inputs, found).lines().count(), found.len());
    assert_eq!(github(inputs, found).lines().count(), found.len());
    assert_eq!(
        sarif(inputs, found).matches("\"ruleIndex\": ").count(),
        found.len()
    );
    assert_eq!(
        human(inputs, found, Style::Plain).is_empty(),
        found.is_empty()
    );
}

/// Outputs are in owned folders, and an independent reader reads the YAML as the JSON.
fn is_emitted(catalog: &Catalog) {
    let plan = plan(catalog);
    let contents = |path: &str| plan.artifacts.iter().find(|artifact| artifact.path == path);
    for artifact in &plan.artifacts {
        let is_owned = ["generated/", "docs/", "catalog/"]
            .iter()
            .any(|folder| artifact.path.starts_with(folder));
        assert!(
            is_owned && !artifact.path.contains(".."),
            "{}",
            artifact.path
        );
    }
    if let (Some(yaml), Some(json)) = (
        contents("generated/openapi.yaml"),
        contents("generated/openapi.json"),
    ) {
        let yaml: Value = serde_yaml::from_str(&yaml.contents).expect("YAML");
        let mut json: Value = serde_json::from_str(&json.contents).expect("JSON");
        // What is a comment in YAML.
        json.as_object_mut()
            .and_then(|members| members.shift_remove("x-generated"));
        assert!(yaml == json, "the documents differ:\n{yaml:#}\n{json:#}");
    }
}

/// A new code fits into every catalog, and changes nothing else of it.
fn takes_a_code(inputs: &Inputs, catalog: &Catalog) {
    let code = NewCode {
        name: "424242",
        error_type: &catalog.types[0].names.wire,
        status: None,
        rust: Some("FuzzInserted"),
        place: Place::Type,
    };
    let Ok(insertion) = insert(inputs, &code) else {
        return;
    };
    let after = inputs.clone().with_text(insertion.source, insertion.text);
    let outcome = compile(&after);
    let errors: Vec<&Diagnostic> = errors(&outcome.diagnostics).collect();
    assert!(
        errors.is_empty(),
        "{errors:#?}\n{}",
        after.sources()[0].text()
    );
    let count = outcome.value.map(|catalog| catalog.codes.len());
    assert_eq!(count, Some(catalog.codes.len() + 1));
}
