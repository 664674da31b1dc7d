//! `errors.html`: a page into which people paste what they got, and which finds the error in it.
//!
//! The page contains the texts of all errors as HTML, so that it is also a list. Its script reads a body by the shapes
//! in the data of the page, and shows copies of the entries of the list.

mod data;

use askama::Template;
use askama::filters::{Escaper, Html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::markdown_escape::{self, Part};
use super::{NOTICE, phrases};
use crate::artifact::Artifact;
use crate::catalog::{
    Catalog, Code, CodeId, Codeless, Link, Operation, OwnError, Retired, RetryRule, Status,
    StatusGroup,
};

/// The path of the page.
const PATH: &str = "docs/errors/errors.html";

/// The style sheet.
const STYLE: &str = include_str!("../../templates/lookup/page.css");

/// The script, in the order of its parts.
const SCRIPT: [&str; 4] = [
    include_str!("../../templates/lookup/values.js"),
    include_str!("../../templates/lookup/shapes.js"),
    include_str!("../../templates/lookup/search.js"),
    include_str!("../../templates/lookup/page.js"),
];

/// The content security policy: this style sheet and this script, and nothing else. A test computes the hashes.
const POLICY: &str = include_str!("../../templates/lookup/policy.txt");

/// The characters that the fragment of an address contains unescaped.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Emits the page.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let catalog = catalog.public();
    let stated = stated(catalog);
    let codes = catalog.codes.iter().zip(&stated);
    let codes = codes.map(|(code, stated)| EntryView::of_code(catalog, code, stated));
    let retired = catalog.retired.iter();
    let retired = retired.map(|code| EntryView::of_retired(catalog, code));
    let codeless = codeless(catalog);
    let codeless = codeless.map(|(group, error)| EntryView::of_codeless(catalog, group, error));
    let page = Page {
        notice: NOTICE,
        policy: POLICY.trim_end(),
        title: &catalog.api.title,
        version: &catalog.api.version,
        style: STYLE,
        script: script(),
        support: support(catalog),
        see: &catalog.error_ids.see,
        entries: codes.chain(retired).chain(codeless).collect(),
        data: data::json(catalog, &stated),
    };
    // A template fails only if the formatting of a value fails, and strings never fail.
    let contents = page.render().unwrap_or_default();
    vec![Artifact::new(PATH, contents + "\n")]
}

/// What operations state of a code.
type Stated<'a> = Vec<(&'a Operation, &'a OwnError)>;

/// What operations state, for each code.
fn stated(catalog: &Catalog) -> Vec<Stated<'_>> {
    let mut stated = vec![Vec::new(); catalog.codes.len()];
    for (operation, own) in catalog.own_errors() {
        stated[own.code.index()].push((operation, own));
    }
    stated
}

/// The script of the page. Its names are no names of the window.
fn script() -> String {
    format!("\"use strict\";\n(() => {{\n{}}})();\n", SCRIPT.join("\n"))
}

/// The errors without code, each with its status.
fn codeless(catalog: &Catalog) -> impl Iterator<Item = (&StatusGroup, &Codeless)> {
    let groups = catalog.statuses.iter();
    groups.flat_map(|group| group.codeless.iter().map(move |error| (group, error)))
}

/// The message of an error without code.
fn message_of<'a>(catalog: &'a Catalog, error: &'a Codeless) -> &'a str {
    let usual = &catalog[error.error_type].message;
    error.message.as_ref().unwrap_or(usual)
}

/// The page.
#[derive(Template)]
#[template(path = "lookup/page.html")]
struct Page<'a> {
    notice: &'static str,
    policy: &'static str,
    title: &'a str,
    version: &'a str,
    style: &'static str,
    script: String,
    /// What to do with a request id, as HTML.
    support: Vec<String>,
    see: &'a [Link],
    entries: Vec<EntryView<'a>>,
    data: String,
}

/// An error in the list. Its texts are HTML.
struct EntryView<'a> {
    name: Option<&'a str>,
    /// `deprecated` or `retired`.
    state: Option<&'static str>,
    status: Option<String>,
    meaning: String,
    fix: String,
    /// What became of the code.
    end: Option<End>,
    fixes: Vec<String>,
    causes: Vec<String>,
    retry: Option<String>,
    /// What operations state of the code, each with its operation.
    stated: Vec<String>,
    error_type: Option<&'a str>,
    param: Option<&'a str>,
    link: Option<Addresses>,
}

/// The end of a code.
struct End {
    state: &'static str,
    text: String,
}

/// The addresses of an error.
struct Addresses {
    docs: String,
    fragment: String,
}

impl<'a> EntryView<'a> {
    fn of_code(catalog: &'a Catalog, code: &'a Code, stated: &Stated<'_>) -> Self {
        let deprecated = code.deprecated.as_ref();
        let stated = stated.iter().map(|(operation, own)| {
            let mut text = code_html(&operation.distinct_request());
            text += &phrases::own_facts(code, own, html);
            text
        });
        Self {
            name: Some(&code.names.wire),
            state: deprecated.map(|_| "deprecated"),
            status: Some(match code.status.own() {
                Some(own) => status(own),
                None => code.status.to_string(),
            }),
            meaning: html(&code.summary()),
            fix: html(&code.fix),
            end: deprecated.map(|end| End {
                state: "Deprecated",
                text: ended(
                    catalog,
                    end.since.as_deref(),
                    end.successor,
                    end.note.as_deref(),
                ),
            }),
            fixes: all_html(&code.lists.fixes),
            causes: all_html(&code.lists.causes),
            retry: Some(html(&phrases::retry_advice(catalog, code.retry))),
            stated: stated.collect(),
            error_type: Some(&catalog[code.error_type].names.wire),
            param: code.param.as_deref(),
            link: Some(Addresses::new(code.doc_url.clone(), &code.names.wire)),
        }
    }

    fn of_retired(catalog: &'a Catalog, code: &'a Retired) -> Self {
        Self {
            name: Some(&code.wire),
            state: Some("retired"),
            status: None,
            meaning: html(&code.reason),
            fix: String::new(),
            end: Some(End {
                state: "Retired",
                text: ended(catalog, code.since.as_deref(), code.successor, None),
            }),
            fixes: Vec::new(),
            causes: Vec::new(),
            retry: None,
            stated: Vec::new(),
            error_type: None,
            param: None,
            link: Some(Addresses::new(catalog.api.doc_url(&code.slug), &code.wire)),
        }
    }

    fn of_codeless(catalog: &'a Catalog, group: &StatusGroup, error: &'a Codeless) -> Self {
        let rule = if group.retryable {
            RetryRule::Backoff
        } else {
            RetryRule::Never
        };
        Self {
            name: None,
            state: None,
            status: Some(status(group.status)),
            meaning: html(message_of(catalog, error)),
            fix: String::new(),
            end: None,
            fixes: Vec::new(),
            causes: Vec::new(),
            retry: Some(html(&phrases::retry_advice(catalog, rule))),
            stated: Vec::new(),
            error_type: Some(&catalog[error.error_type].names.wire),
            param: None,
            link: None,
        }
    }
}

impl Addresses {
    fn new(docs: String, name: &str) -> Self {
        let fragment = utf8_percent_encode(name, UNRESERVED).to_string();
        Self { docs, fragment }
    }
}

/// A text of the catalog as HTML: what is between backticks is code.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for part in markdown_escape::parts(text) {
        let (text, open, close) = match part {
            Part::Words(words) => (words, "", ""),
            Part::Code(code) => (code, "<code>", "</code>"),
        };
        out.push_str(open);
        // Writing to a string cannot fail.
        let _ = Html.write_escaped_str(&mut out, text);
        out.push_str(close);
    }
    out
}

/// A name as code.
fn code_html(name: &str) -> String {
    let mut out = "<code>".to_owned();
    // Writing to a string cannot fail.
    let _ = Html.write_escaped_str(&mut out, name);
    out + "</code>"
}

fn all_html(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| html(text)).collect()
}

/// What users should do with a request id.
fn support(catalog: &Catalog) -> Vec<String> {
    match &catalog.error_ids.notes[..] {
        [] => {
            let header = &catalog.envelope.request_id;
            vec![html(&format!("Every error response includes `{header}`."))]
        }
        notes => all_html(notes),
    }
}

fn status(status: Status) -> String {
    let mut out = status.to_string();
    if let Some(reason) = status.reason() {
        out.push(' ');
        out.push_str(reason);
    }
    out
}

/// Since when a code has ended, what takes its place, and what its users should do.
fn ended(
    catalog: &Catalog,
    since: Option<&str>,
    successor: Option<CodeId>,
    note: Option<&str>,
) -> String {
    let since = since.map(|version| format!("Since {version}."));
    let successor = successor.map(|code| format!("Use `{}`.", catalog[code].names.wire));
    let texts = [since, successor, note.map(str::to_owned)]
        .into_iter()
        .flatten();
    let sentences: Vec<String> = texts.map(|text| html(&text)).collect();
    if sentences.is_empty() {
        "Yes".to_owned()
    } else {
        sentences.join(" ")
    }
}
