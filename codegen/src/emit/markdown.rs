//! The Markdown documentation: an index with the sections of the error page, a page per code, and the errors
//! by status, by type and by operation.

mod filters;
mod handling;
mod operations;
mod overview;
mod views;

use std::fmt::{self, Write};

use askama::Template;

use super::{NOTICE, markup};
use crate::artifact::{Artifact, Region};
use crate::catalog::Catalog;
use operations::OperationsPage;
use overview::Overview;
use views::{CodePage, Index};

/// Escapes whatever a template prints without a filter, as the text of a paragraph.
#[derive(Clone, Copy)]
pub(crate) struct Markdown;

impl askama::filters::Escaper for Markdown {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        dest.write_str(&markup::inline(text))
    }
}

/// Emits the pages.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let catalog = catalog.public();
    let mut pages = vec![
        page("README", &Index::new(catalog)),
        page("statuses/README", &Overview::by_status(catalog)),
        page("types/README", &Overview::by_type(catalog)),
    ];
    if !catalog.operations.is_empty() {
        pages.push(page("operations/README", &OperationsPage::new(catalog)));
    }
    for code in &catalog.codes {
        pages.push(page(&code.names.slug, &CodePage::new(catalog, code)));
    }
    pages
}

/// The pages in the table of contents of the book, as mdBook reads it from `SUMMARY.md`.
#[must_use]
pub fn summary(catalog: &Catalog) -> Region {
    let catalog = catalog.public();
    let operations =
        (!catalog.operations.is_empty()).then(|| ("By operation".to_owned(), "operations/README"));
    let overviews = [
        ("By status".to_owned(), "statuses/README"),
        ("By type".to_owned(), "types/README"),
    ];
    let codes = catalog.codes.iter().map(|code| {
        let name = markup::code(&code.names.wire);
        (name, code.names.slug.as_str())
    });
    let mut contents = "\n- [All errors](errors/README.md)\n".to_owned();
    for (name, slug) in overviews.into_iter().chain(operations).chain(codes) {
        // Writing to a string cannot fail.
        let _ = writeln!(contents, "  - [{name}](errors/{slug}.md)");
    }
    contents.push('\n');
    Region {
        path: "docs/SUMMARY.md",
        contents,
    }
}

fn page(slug: &str, template: &impl Template) -> Artifact {
    let mut contents = String::with_capacity(template_size(template));
    // A template fails only where a value's own formatting does, and texts never fail.
    let _ = template.render_into(&mut contents);
    contents.push('\n');
    Artifact::new(format!("docs/errors/{slug}.md"), contents)
}

fn template_size<T: Template>(_: &T) -> usize {
    T::SIZE_HINT
}

/// The notice as a sentence that every engine shows and none mistakes for markup.
fn notice() -> String {
    format!("*{}*", markup::inline(&NOTICE.replace('`', "")))
}
