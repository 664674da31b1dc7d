//! Diagnostics as SARIF 2.1.0, which services that scan code read.

mod fingerprint;
mod log;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::line_index::LineIndex;
use super::said;
use crate::diagnostic::{Diagnostic, Label, Suggestion};
use crate::rule::{Level, Rule, RuleKind, Severity};
use crate::{Inputs, span::Span};

use fingerprint::Fingerprints;
use log::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Configuration, Driver, Fix, LabelledPlace,
    Log, Message, Physical, Region, Replacement, ReportingDescriptor, RunOfTool, SarifResult, Tool,
};

/// Renders all diagnostics as one SARIF log, with all rules that there are.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
#[must_use]
pub fn sarif(inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    let places = LineIndex::new(inputs);
    let mut fingerprints = Fingerprints::default();
    let results = diagnostics
        .iter()
        .map(|diagnostic| result(&places, &mut fingerprints, diagnostic));
    let log = Log {
        schema: log::SCHEMA,
        version: log::VERSION,
        runs: [RunOfTool {
            tool: Tool {
                driver: Driver {
                    name: "cargo xtask check",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: Rule::ALL.iter().copied().map(descriptor).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: results.collect(),
        }],
    };
    // Strings and numbers always serialise.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: Rule) -> ReportingDescriptor {
    let explanation: Vec<&str> = rule.explanation().lines().map(str::trim).collect();
    let explanation = explanation.join(" ");
    let short = match explanation.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => explanation.clone(),
    };
    ReportingDescriptor {
        id: rule.id(),
        short_description: message(&short),
        full_description: message(&explanation),
        help: message(&format!(
            "`cargo xtask explain {}` says what the rule asks for.",
            rule.id()
        )),
        default_configuration: Configuration {
            enabled: rule.kind() != RuleKind::Lint(Level::Off),
            level: level(rule.default_severity()),
        },
    }
}

fn result(
    places: &LineIndex<'_>,
    fingerprints: &mut Fingerprints,
    diagnostic: &Diagnostic,
) -> SarifResult {
    let fingerprint = fingerprints.take(places, diagnostic);
    let related = diagnostic.related.iter().zip(0..);
    let suggestion = diagnostic.suggestion.as_ref();
    SarifResult {
        rule_id: diagnostic.rule.id(),
        rule_index: diagnostic.rule as usize,
        level: level(diagnostic.severity),
        message: message(&said(diagnostic)),
        locations: [location(places, &diagnostic.primary, None)],
        related_locations: related
            .map(|(label, id)| location(places, label, Some(id)))
            .collect(),
        partial_fingerprints: [(fingerprint::KEY, fingerprint)].into(),
        fixes: suggestion
            .map(|suggestion| fix(places, diagnostic, suggestion))
            .into_iter()
            .collect(),
    }
}

const fn level(severity: Severity) -> &'static str {
    super::json::severity(severity)
}

fn location(places: &LineIndex<'_>, label: &Label, id: Option<usize>) -> LabelledPlace {
    LabelledPlace {
        id,
        physical_location: Physical {
            artifact_location: artifact(places, label.span),
            region: region(places, label.span),
        },
        message: (!label.text.is_empty()).then(|| message(&label.text)),
    }
}

fn fix(places: &LineIndex<'_>, diagnostic: &Diagnostic, suggestion: &Suggestion) -> Fix {
    Fix {
        description: diagnostic.help.as_deref().map(message),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(places, suggestion.span),
            replacements: [Replacement {
                deleted_region: region(places, suggestion.span),
                inserted_content: ArtifactContent {
                    text: suggestion.text.clone(),
                },
            }],
        }],
    }
}

fn region(places: &LineIndex<'_>, span: Span) -> Region {
    let range = places.range(span);
    Region {
        start_line: range.line,
        start_column: range.column,
        end_line: range.end_line,
        end_column: range.end_column,
    }
}

/// A message in which braces are no placeholders.
fn message(text: &str) -> Message {
    Message {
        text: text.replace('{', "{{").replace('}', "}}"),
    }
}

fn artifact(places: &LineIndex<'_>, span: Span) -> ArtifactLocation {
    ArtifactLocation {
        uri: uri(places.name(span)),
    }
}

/// What stands for itself in a part of a path (RFC 3986, "unreserved").
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address of a file: relative where its name is.
fn uri(name: &str) -> String {
    let separator = std::path::is_separator;
    let parts = name.split(separator).filter(|part| !part.is_empty());
    let parts = parts.filter(|part| *part != ".");
    let parts: Vec<String> = parts
        .map(|part| percent_encode(part.as_bytes(), UNRESERVED).to_string())
        .collect();
    let path = parts.join("/");
    if std::path::Path::new(name).is_absolute() {
        // The drive of a path of Windows keeps its colon.
        format!("file:///{}", path.replacen("%3A", ":", 1))
    } else {
        path
    }
}
