//! The errors as a book of their own, for mdBook: the pages of the errors, and nothing of another guide.

use super::{llms, lookup, markdown};
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// The badges on the pages.
const BADGES: &str = include_str!("../../templates/book/badges.css");

/// The settings of mdBook, without the title.
const SETTINGS: &str = include_str!("../../templates/book/book.toml");

/// What leads to the page that finds errors.
const LOOKUP: &str =
    "[Find an error](errors.html): paste a code, a message, a response or the output of a client.";

/// The files of the book, below its folder. mdBook writes it into the folder `book` next to that folder.
pub(super) fn book(catalog: &Catalog) -> Vec<Artifact> {
    let pages = [
        markdown::emit(catalog),
        llms::emit(catalog),
        lookup::emit(catalog),
    ]
    .concat();
    let pages = pages.into_iter().filter_map(|page| {
        let name = page.path.strip_prefix("docs/errors/")?;
        let contents = match name {
            "README.md" => with_lookup(&page.contents),
            _ => page.contents,
        };
        Some(Artifact::new(format!("src/{name}"), contents))
    });
    let title = format!("{} errors", catalog.api.title);
    // What JSON escapes in a string, TOML escapes alike.
    let title = serde_json::Value::from(title);
    let mut settings = SETTINGS.replacen("\"\"", &title.to_string(), 1);
    if !catalog.public().operations.is_empty() {
        settings.push_str("\"/operations/README.html\" = \"index.html\"\n");
    }
    let summary = format!("# Summary\n\n{}", markdown::contents(catalog, ""));
    let files = [
        Artifact::new("book.toml", settings),
        Artifact::new("badges.css", BADGES),
        Artifact::new("src/SUMMARY.md", summary),
    ];
    files.into_iter().chain(pages).collect()
}

/// The index, with the link after its title. The pages elsewhere do not have it: a generator of sites may not know
/// files that it does not make.
fn with_lookup(index: &str) -> String {
    let (title, rest) = index.split_once('\n').unwrap_or((index, ""));
    format!("{title}\n\n{LOOKUP}\n{rest}")
}
