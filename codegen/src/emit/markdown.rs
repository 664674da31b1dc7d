//! The Markdown documentation: an index, a page per code, the errors by status, by type and by operation, and the pages
//! of retired codes, moved pages and releases.

mod anchors;
mod by_status_and_type;
mod changelog;
mod client_snippets;
mod code;
mod deprecation;
mod fence;
mod filters;
mod index;
mod operations;
mod place;
mod quoting;
mod styles;

use std::fmt::{self, Write};
use std::sync::LazyLock;

use askama::Template;

use super::{NOTICE, markdown_escape};
use crate::artifact::{Artifact, Region};
use crate::catalog::{Catalog, CodeId};
use by_status_and_type::Overview;
use changelog::ChangelogPage;
use client_snippets::CommonSnippets;
use code::CodePage;
use deprecation::{Moved, MovedPage, RetiredPage};
use index::Index;
use operations::OperationsPage;

/// Escapes values without a filter in a template, as text of a paragraph.
#[derive(Clone, Copy)]
pub(crate) struct Markdown;

impl askama::filters::Escaper for Markdown {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        dest.write_str(&markdown_escape::inline(text))
    }
}

/// Emits the pages.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    files(catalog).collect()
}

/// The pages, one after the other.
pub(super) fn files(catalog: &Catalog) -> impl Iterator<Item = Artifact> {
    let catalog = catalog.public();
    let anchors = anchors::of_operations(catalog);
    let mut pages = vec![
        page("README", &Index::new(catalog)),
        page("statuses/README", &Overview::by_status(catalog)),
        page("types/README", &Overview::by_type(catalog)),
    ];
    if !catalog.operations.is_empty() {
        let operations = OperationsPage::new(catalog, &anchors);
        pages.push(page("operations/README", &operations));
    }
    for code in &catalog.retired {
        pages.push(page(&code.slug, &RetiredPage::new(catalog, code)));
    }
    for moved in Moved::all(catalog) {
        pages.push(page(moved.alias, &MovedPage::new(moved)));
    }
    if !catalog.releases.is_empty() {
        pages.push(page("CHANGELOG", &ChangelogPage::new(catalog)));
    }
    let common = CommonSnippets::of(catalog);
    let codes = CodeId::all(catalog.codes.len()).map(move |id| {
        let code_page = CodePage::new(catalog, id, &anchors, &common);
        page(&catalog[id].names.slug, &code_page)
    });
    pages.into_iter().chain(codes)
}

/// The table of contents of the book: mdBook reads `SUMMARY.md`.
#[must_use]
pub fn summary(catalog: &Catalog) -> Region {
    Region {
        path: "docs/SUMMARY.md",
        name: String::new(),
        contents: format!("\n{}\n", contents(catalog, "errors/")),
    }
}

/// The lines of the table of contents. `folder` is the path to the pages.
pub(super) fn contents(catalog: &Catalog, folder: &str) -> String {
    let catalog = catalog.public();
    let operations =
        (!catalog.operations.is_empty()).then_some(("By operation", "operations/README"));
    let changelog = (!catalog.releases.is_empty()).then_some(("Changelog", "CHANGELOG"));
    let overviews = [
        ("By status", "statuses/README"),
        ("By type", "types/README"),
    ];
    let overviews = overviews.into_iter().chain(operations).chain(changelog);
    let overviews = overviews.map(|(title, slug)| (title.to_owned(), slug));
    let codes = catalog.codes.iter();
    let codes = codes.map(|code| {
        (
            markdown_escape::code(&code.names.wire),
            code.names.slug.as_str(),
        )
    });
    let retired = catalog.retired.iter();
    let retired = retired.map(|code| (markdown_escape::code(&code.wire), code.slug.as_str()));
    let moved = Moved::all(catalog).map(|page| (markdown_escape::code(page.alias), page.alias));
    let mut contents = format!("- [All errors]({folder}README.md)\n");
    for page in overviews.chain(codes) {
        push_chapter("", folder, &page, &mut contents);
    }
    // mdBook builds only the pages in the table. These come last, below titles without a page.
    for (title, pages) in [
        ("Retired codes", retired.collect::<Vec<_>>()),
        ("Moved pages", moved.collect()),
    ] {
        if !pages.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(contents, "  - [{title}]()");
            for page in &pages {
                push_chapter("  ", folder, page, &mut contents);
            }
        }
    }
    contents
}

/// A line of the table of contents: a title and a page.
fn push_chapter(indent: &str, folder: &str, (title, slug): &(String, &str), out: &mut String) {
    for part in [indent, "  - [", title, "](", folder, slug, ".md)\n"] {
        out.push_str(part);
    }
}

fn page(slug: &str, template: &impl Template) -> Artifact {
    let mut contents = String::with_capacity(template_size(template));
    // A template fails only if the formatting of a value fails, and strings never fail.
    let _ = template.render_into(&mut contents);
    // Readers of the page do not need it, so it comes last.
    contents.truncate(contents.trim_end().len());
    contents.push_str(&END);
    Artifact::new(["docs/errors/", slug, ".md"].concat(), contents)
}

fn template_size<T: Template>(_: &T) -> usize {
    T::SIZE_HINT
}

/// The end of a page: the notice as a sentence in italics, escaped for all engines.
static END: LazyLock<String> = LazyLock::new(|| {
    let notice = markdown_escape::inline(&NOTICE.replace('`', ""));
    format!("\n\n*{notice}*\n")
});
