//! The Markdown documentation: an index with the sections of the error page, and a page per code.

mod filters;
mod operations;
mod views;

use std::fmt::{self, Write};

use askama::Template;

use super::{NOTICE, markup};
use crate::artifact::Artifact;
use crate::catalog::Catalog;
use operations::OperationsPage;
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
    let mut pages = vec![page("README", &Index::new(catalog))];
    if !catalog.operations.is_empty() {
        pages.push(page("operations/README", &OperationsPage::new(catalog)));
    }
    for code in &catalog.codes {
        pages.push(page(&code.names.slug, &CodePage::new(catalog, code)));
    }
    pages
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
