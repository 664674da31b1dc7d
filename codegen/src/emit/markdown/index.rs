//! The page with all errors.

use std::borrow::Cow;
use std::collections::BTreeSet;

use askama::Template;

use super::super::{example_body, markdown_escape, phrases};
use super::anchors::heading_id;
use super::deprecation::{CodeView, RetiredView};
use super::fence::fenced;
use super::filters;
use crate::catalog::{Catalog, CodeId, Section};

/// The headings that the template states.
const HEADINGS: [&str; 6] = [
    "Envelope",
    "Types",
    "Common codes",
    "Error IDs",
    "Retrying",
    "Retired codes",
];

/// The index.
#[derive(Template)]
#[template(path = "index.md")]
pub(super) struct Index<'a> {
    title: &'a str,
    intro: &'a str,
    example: String,
    other_styles: Vec<phrases::OtherStyle>,
    envelope_prose: String,
    types: Vec<TypeView<'a>>,
    framework: Vec<FrameworkView<'a>>,
    sections: Vec<SectionView<'a>>,
    has_operations: bool,
    version: String,
    /// Whether the documents list all codes that a server can send.
    closed: bool,
    has_releases: bool,
    request_id: &'a str,
    error_ids: String,
    retryable_head: &'static str,
    retryable: Vec<String>,
    not_retryable_head: &'static str,
    not_retryable: Vec<String>,
    retry_prose: String,
    no_retry: &'static str,
    retired: Vec<RetiredView<'a>>,
}

struct TypeView<'a> {
    error_type: &'a str,
    code: Option<&'a str>,
    statuses: &'a str,
    meaning: &'a str,
}

struct FrameworkView<'a> {
    status: String,
    error_type: &'a str,
    code: Option<&'a str>,
    message: &'a str,
}

struct SectionView<'a> {
    headings: Vec<Heading<'a>>,
    rows: Vec<RowView<'a>>,
}

/// The heading of a group.
struct Heading<'a> {
    marks: &'static str,
    title: &'a str,
}

struct RowView<'a> {
    codes: Vec<CodeView<'a>>,
    meaning: Cow<'a, str>,
    fix: &'a str,
}

impl<'a> Index<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        let envelope = &catalog.envelope;
        let retry = &catalog.retry.prose;
        let types = catalog.type_rows.iter().map(|row| TypeView {
            error_type: &catalog[row.error_type].names.wire,
            code: row.code.map(|code| catalog[code].names.wire.as_str()),
            statuses: &row.statuses,
            meaning: &row.meaning,
        });
        let framework = catalog.framework.iter().map(|error| {
            let code = error.code.map(|code| &catalog[code]);
            FrameworkView {
                status: error.shown(),
                error_type: &catalog[error.error_type].names.wire,
                code: code.map(|code| code.names.wire.as_str()),
                message: catalog.framework_message(error),
            }
        });
        let ids = heading_ids(catalog);
        let sections = catalog.sections.iter().enumerate();
        let sections = sections.map(|(position, section)| SectionView {
            headings: headings(&catalog.sections[..position], &section.path),
            rows: section
                .rows
                .iter()
                .map(|row| RowView::new(catalog, &row.codes, &ids))
                .collect(),
        });
        let retired = catalog.retired.iter();
        let retired = retired.map(|code| RetiredView::new(catalog, code, &ids));
        let other_styles = phrases::other_styles(catalog).into_iter();
        let other_styles = other_styles.map(|other| phrases::OtherStyle {
            body: fenced(&other.body),
            ..other
        });
        Self {
            title: &catalog.api.title,
            intro: &envelope.intro,
            example: fenced(&example_body::pretty(
                catalog,
                &catalog.example_of_envelope(),
            )),
            other_styles: other_styles.collect(),
            envelope_prose: phrases::paragraph(&envelope.notes, &[]),
            types: types.collect(),
            framework: framework.collect(),
            sections: sections.collect(),
            has_operations: !catalog.operations.is_empty(),
            version: markdown_escape::inline(&format!("version {}", catalog.api.version)),
            closed: catalog.closed,
            has_releases: !catalog.releases.is_empty(),
            request_id: &envelope.request_id,
            error_ids: phrases::paragraph(&catalog.error_ids.notes, &catalog.error_ids.see),
            retryable_head: phrases::retryable_head(catalog),
            retryable: phrases::retryable(catalog),
            not_retryable_head: phrases::NOT_RETRYABLE_HEAD,
            not_retryable: phrases::not_retryable(catalog),
            no_retry: phrases::NO_RETRY,
            retry_prose: phrases::paragraph(&retry.notes, &retry.see),
            retired: retired.collect(),
        }
    }
}

/// The ids of the headings of the page.
fn heading_ids(catalog: &Catalog) -> BTreeSet<String> {
    let title = format!("{} errors", catalog.api.title);
    let groups = catalog.sections.iter().flat_map(|section| &section.path);
    let groups = groups.map(|title| heading_id(title));
    let fixed = HEADINGS.map(heading_id);
    fixed
        .into_iter()
        .chain(groups)
        .chain([heading_id(&title)])
        .collect()
}

/// The headings of a section: its groups, without those of the section before it.
fn headings<'a>(before: &[Section], path: &'a [String]) -> Vec<Heading<'a>> {
    let before = before.last().map_or(&[][..], |section| &section.path);
    let same = before.iter().zip(path);
    let shared = same.take_while(|(before, own)| before == own).count();
    let own = path.iter().enumerate().skip(shared);
    own.map(|(depth, title)| Heading {
        marks: ["###", "####", "#####"].get(depth).unwrap_or(&"######"),
        title,
    })
    .collect()
}

impl<'a> RowView<'a> {
    fn new(catalog: &'a Catalog, codes: &[CodeId], ids: &BTreeSet<String>) -> Self {
        let first = &catalog[codes[0]];
        let codes = codes.iter().map(|id| CodeView::new(&catalog[*id], ids));
        Self {
            codes: codes.collect(),
            meaning: first.summary(),
            fix: &first.fix,
        }
    }
}
