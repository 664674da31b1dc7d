//! Diagnostics in SARIF 2.1.0, for code scanning services.

mod fingerprint;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::{Value, json};

use super::json::severity;
use super::line_index::LineIndex;
use super::message_and_help;
use crate::diagnostic::{Diagnostic, Label, Suggestion};
use crate::rule::{Level, Rule};
use crate::{Inputs, span::Span};

use fingerprint::Fingerprints;

/// The schema of this version, at the address of the latest errata.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Renders all diagnostics as one SARIF log, with a description of every rule.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
#[must_use]
pub fn sarif(inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    sarif_of("check", inputs, diagnostics)
}

/// The same for the findings of another verb.
#[must_use]
pub fn sarif_of(verb: &str, inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    let places = LineIndex::new(inputs);
    let mut fingerprints = Fingerprints::default();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(&places, &mut fingerprints, diagnostic))
        .collect();
    sarif_log(&format!("cargo xtask {verb}"), Rule::ALL, &results)
}

/// A SARIF log with a description of rules, to which the member `ruleIndex` of results refers.
#[must_use]
pub fn sarif_log(tool: &str, rules: &[Rule], results: &[Value]) -> String {
    let rules: Vec<Value> = rules.iter().copied().map(descriptor).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": tool,
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: Rule) -> Value {
    let explanation: Vec<&str> = rule.explanation().lines().map(str::trim).collect();
    let explanation = explanation.join(" ");
    let short = match explanation.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => explanation.clone(),
    };
    json!({
        "id": rule.id(),
        "shortDescription": sarif_message(&short),
        "fullDescription": sarif_message(&explanation),
        "help": sarif_message(&format!("Run `cargo xtask explain {}` to read about the rule.", rule.id())),
        "defaultConfiguration": {
            "enabled": rule.kind().default_level() != Some(Level::Off),
            "level": severity(rule.default_severity()),
        },
    })
}

fn result(
    places: &LineIndex<'_>,
    fingerprints: &mut Fingerprints,
    diagnostic: &Diagnostic,
) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.id(),
        "ruleIndex": diagnostic.rule as usize,
        "level": severity(diagnostic.severity),
        "message": sarif_message(&message_and_help(diagnostic)),
        "locations": [location(places, &diagnostic.primary, None)],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate();
        result["relatedLocations"] = related
            .map(|(id, label)| location(places, label, Some(id)))
            .collect();
    }
    let fingerprint = fingerprints.take(places, diagnostic);
    result["partialFingerprints"] = json!({ (fingerprint::KEY): fingerprint });
    if let Some(suggestion) = &diagnostic.suggestion {
        let mut fix = json!({});
        if let Some(help) = &diagnostic.help {
            fix["description"] = sarif_message(help);
        }
        fix["artifactChanges"] = json!([change(places, suggestion)]);
        result["fixes"] = json!([fix]);
    }
    result
}

fn location(places: &LineIndex<'_>, label: &Label, id: Option<usize>) -> Value {
    let mut location = json!({});
    if let Some(id) = id {
        location["id"] = json!(id);
    }
    location["physicalLocation"] = json!({
        "artifactLocation": { "uri": sarif_uri(places.name(label.span)) },
        "region": region(places, label.span),
    });
    if !label.text.is_empty() {
        location["message"] = sarif_message(&label.text);
    }
    location
}

fn change(places: &LineIndex<'_>, suggestion: &Suggestion) -> Value {
    json!({
        "artifactLocation": { "uri": sarif_uri(places.name(suggestion.span)) },
        "replacements": [{
            "deletedRegion": region(places, suggestion.span),
            "insertedContent": { "text": suggestion.text },
        }],
    })
}

fn region(places: &LineIndex<'_>, span: Span) -> Value {
    let range = places.range(span);
    json!({
        "startLine": range.line,
        "startColumn": range.column,
        "endLine": range.end_line,
        "endColumn": range.end_column,
    })
}

/// A message of a SARIF log without placeholders: its braces are escaped.
#[must_use]
pub fn sarif_message(text: &str) -> Value {
    json!({ "text": text.replace('{', "{{").replace('}', "}}") })
}

/// The characters that a path contains unescaped (RFC 3986, "unreserved").
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The URI of a file in a SARIF log; relative if its name is.
#[must_use]
pub fn sarif_uri(name: &str) -> String {
    let separator = std::path::is_separator;
    let parts = name.split(separator).filter(|part| !part.is_empty());
    let parts = parts.filter(|part| *part != ".");
    let parts: Vec<String> = parts
        .map(|part| percent_encode(part.as_bytes(), UNRESERVED).to_string())
        .collect();
    let path = parts.join("/");
    if std::path::Path::new(name).is_absolute() {
        // The drive of a Windows path keeps its colon.
        format!("file:///{}", path.replacen("%3A", ":", 1))
    } else {
        path
    }
}
