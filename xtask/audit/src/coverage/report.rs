//! The report: a table of the codes, for people, for a pull request and for programs.

use std::fmt::Write as _;

use codegen::report::{columns, plural};
use serde::Serialize;

use super::mention::{Mentions, Place};
use super::names::Known;
use super::sources::Found;

/// A code in the report for programs.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    emitted: &'a [Place],
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
    skipped: &'a [String],
}

fn rows<'a>(known: &Known<'a>, found: &'a Found) -> impl Iterator<Item = (&'a str, &'a Mentions)> {
    let names = (0..found.codes.len()).map(|code| known.name(code));
    names.zip(&found.codes).collect::<Vec<_>>().into_iter()
}

fn count(found: &Found, places: fn(&Mentions) -> &[Place]) -> usize {
    let codes = found.codes.iter();
    codes.filter(|code| !places(code).is_empty()).count()
}

fn emitted(found: &Found) -> usize {
    count(found, |code| &code.emitted)
}

fn tested(found: &Found) -> usize {
    count(found, |code| &code.tested)
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

/// The numbers of declared, emitted and tested codes in one line.
fn summary(found: &Found) -> String {
    let declared = plural(found.codes.len(), "code");
    let (emitted, tested) = (emitted(found), tested(found));
    format!("{declared}: {emitted} emitted, {tested} tested")
}

/// The report for people.
pub(crate) fn text(known: &Known<'_>, found: &Found) -> String {
    let head = ["CODE", "EMITTED", "TESTED"].map(str::to_owned);
    let body = rows(known, found);
    let body = body.map(|(name, code)| [name.to_owned(), cell(&code.emitted), cell(&code.tested)]);
    let lines: Vec<[String; 3]> = std::iter::once(head).chain(body).collect();
    format!("{}\n{}\n", columns(&lines), summary(found))
}

/// The report for a pull request.
pub(crate) fn markdown(known: &Known<'_>, found: &Found) -> String {
    let mut out = format!(
        "**{}**\n\n| Code | Emitted | Tested |\n| --- | --- | --- |\n",
        summary(found)
    );
    for (name, code) in rows(known, found) {
        let [emitted, tested] = [&code.emitted, &code.tested].map(|places| match places.len() {
            0 => "**never**".to_owned(),
            _ => format!("`{}`", cell(places)),
        });
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| `{name}` | {emitted} | {tested} |");
    }
    out
}

/// The report for programs.
pub(crate) fn json(known: &Known<'_>, found: &Found) -> serde_json::Result<String> {
    let rows = rows(known, found).map(|(code, mentions)| Row {
        code,
        emitted: &mentions.emitted,
        handled: &mentions.handled,
        tested: &mentions.tested,
    });
    let report = Report {
        version: 1,
        codes: rows.collect(),
        declared: found.codes.len(),
        emitted: emitted(found),
        tested: tested(found),
        skipped: &found.skipped,
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&report)?))
}
