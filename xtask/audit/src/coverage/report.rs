//! The report: a table of the codes, for people, for a pull request and for programs.

use std::fmt::Write as _;

use codegen::report::{columns, plural, position};
use codegen::{Diagnostic, Inputs};
use error_catalog::toolkit;
use serde::Serialize;
use serde_json::Value;

use super::found::Found;
use super::mention::{Mentions, Place};
use super::names::Known;

/// A code in the report for programs.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    emitted: &'a [Place],
    /// The sections of the catalog by which the generated crate emits the code.
    emitted_by: &'a [&'static str],
    handled: &'a [Place],
    tested: &'a [Place],
}

/// The whole report for programs.
#[derive(Serialize)]
struct Report<'a> {
    /// The version of the format.
    version: u32,
    codes: Vec<Row<'a>>,
    declared: usize,
    emitted: usize,
    tested: usize,
    findings: Vec<Value>,
    skipped: &'a [String],
}

fn rows<'a>(known: &Known<'a>, found: &'a Found) -> impl Iterator<Item = (&'a str, &'a Mentions)> {
    let names = (0..found.codes.len()).map(|code| known.name(code));
    names.zip(&found.codes).collect::<Vec<_>>().into_iter()
}

fn count(found: &Found, has: fn(&Mentions) -> bool) -> usize {
    found.codes.iter().filter(|code| has(code)).count()
}

/// The first of some places, and the number of the others.
fn cell(places: &[Place]) -> String {
    let Some(first) = places.first() else {
        return "-".to_owned();
    };
    let Place { file, line, .. } = first;
    match places.len() - 1 {
        0 => format!("{file}:{line}"),
        more => format!("{file}:{line} +{more}"),
    }
}

/// Where a code is emitted; a section of the catalog is in parentheses.
fn emitted(code: &Mentions) -> String {
    match (code.emitted.is_empty(), code.sections.first()) {
        (true, Some(section)) => format!("({section})"),
        _ => cell(&code.emitted),
    }
}

/// The numbers of declared, emitted and tested codes in one line.
fn summary(found: &Found, findings: &[Diagnostic]) -> String {
    let declared = plural(found.codes.len(), "code");
    let emitted = count(found, Mentions::is_emitted);
    let tested = count(found, Mentions::is_tested);
    let findings = toolkit::count(findings);
    format!("{declared}: {emitted} emitted, {tested} tested; {findings}")
}

/// The report for people.
pub(crate) fn text(known: &Known<'_>, found: &Found, findings: &[Diagnostic]) -> String {
    let head = ["CODE", "EMITTED", "TESTED"].map(str::to_owned);
    let body = rows(known, found);
    let body = body.map(|(name, code)| [name.to_owned(), emitted(code), cell(&code.tested)]);
    let lines: Vec<[String; 3]> = std::iter::once(head).chain(body).collect();
    format!("{}\n{}\n", columns(&lines), summary(found, findings))
}

/// The report for a pull request.
pub(crate) fn markdown(
    known: &Known<'_>,
    found: &Found,
    inputs: &Inputs,
    findings: &[Diagnostic],
) -> String {
    let mut out = format!("**{}**\n\n", summary(found, findings));
    out.push_str("| Code | Emitted | Tested |\n| --- | --- | --- |\n");
    for (name, code) in rows(known, found) {
        let cells = [emitted(code), cell(&code.tested)];
        let [emitted, tested] = cells.map(|cell| match cell.as_str() {
            "-" => "**never**".to_owned(),
            cell => format!("`{cell}`"),
        });
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| `{name}` | {emitted} | {tested} |");
    }
    if !findings.is_empty() {
        out.push('\n');
    }
    for finding in findings {
        let place = position(inputs, finding.primary.span);
        let (rule, message) = (finding.rule.id(), &finding.message);
        let help = finding.help.as_deref().unwrap_or_default();
        let _ = writeln!(out, "- `{place}`: {message}; {help} (`{rule}`)");
    }
    out
}

/// The report for programs.
pub(crate) fn json(
    known: &Known<'_>,
    found: &Found,
    inputs: &Inputs,
    findings: &[Diagnostic],
) -> serde_json::Result<String> {
    let rows = rows(known, found).map(|(code, mentions)| Row {
        code,
        emitted: &mentions.emitted,
        emitted_by: &mentions.sections,
        handled: &mentions.handled,
        tested: &mentions.tested,
    });
    let lines = codegen::report::json(inputs, findings);
    let findings = lines.lines().map(serde_json::from_str);
    let report = Report {
        version: 1,
        codes: rows.collect(),
        declared: found.codes.len(),
        emitted: count(found, Mentions::is_emitted),
        tested: count(found, Mentions::is_tested),
        findings: findings.collect::<serde_json::Result<_>>()?,
        skipped: &found.skipped,
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&report)?))
}
