//! Every text gets an answer, in every format, about places that are in it.

use codegen::report::{Style, github, human, json, sarif};
use codegen::{Inputs, Source, compile};

/// Compiles anything, renders what is found in every format, and asserts that each place lies
/// within its source, on the bounds of characters.
pub(crate) fn gets_an_answer(bytes: Vec<u8>) {
    let inputs = Inputs::new(Source::new("catalog.yaml", bytes));
    let outcome = compile(&inputs);
    for found in &outcome.diagnostics {
        let related = found.related.iter().map(|label| label.span);
        let suggestion = found.suggestion.iter().map(|suggestion| suggestion.span);
        for span in related.chain(suggestion).chain([found.primary.span]) {
            let text = inputs.sources()[span.source.0 as usize].text();
            assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
    }
    let lines = json(&inputs, &outcome.diagnostics).lines().count();
    assert_eq!(lines, outcome.diagnostics.len());
    let commands = github(&inputs, &outcome.diagnostics).lines().count();
    assert_eq!(commands, outcome.diagnostics.len());
    let log = sarif(&inputs, &outcome.diagnostics);
    let results = log.matches("\"ruleIndex\": ").count();
    assert_eq!(results, outcome.diagnostics.len());
    let report = human(&inputs, &outcome.diagnostics, Style::Plain);
    assert_eq!(report.is_empty(), outcome.diagnostics.is_empty());
}
