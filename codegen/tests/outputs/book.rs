//! The errors as a book of their own.

use std::collections::BTreeSet;

use codegen::artifact::Artifact;

use crate::fixtures::{artifact, names, public, public_plan_of};

/// The badges of the guide's pages.
const BADGES: &str = include_str!("../../../docs/theme/badges.css");

#[test]
fn the_book_has_all_pages_of_the_errors_and_no_others() {
    for name in names() {
        let book = codegen::emit::book(&public(name));
        let own = ["book.toml", "badges.css", "src/SUMMARY.md"];
        let found = book.iter().map(|file| file.path.as_str());
        let found: BTreeSet<&str> = found.filter(|path| !own.contains(path)).collect();
        let plan = public_plan_of(name);
        let pages = plan.artifacts.iter();
        let pages = pages.filter_map(|page| page.path.strip_prefix("docs/errors/"));
        let pages: Vec<String> = pages.map(|page| format!("src/{page}")).collect();
        assert_eq!(found, pages.iter().map(String::as_str).collect(), "{name}");
        for page in pages.iter().filter(|page| !page.ends_with("src/README.md")) {
            let output = format!("docs/errors/{}", &page["src/".len()..]);
            assert_eq!(
                file(&book, page),
                artifact(&plan, &output),
                "{name}: {page}"
            );
        }
    }
}

#[test]
fn the_book_has_the_title_of_the_api_and_leads_to_the_page_that_finds_errors() {
    for name in names() {
        let catalog = public(name);
        let book = codegen::emit::book(&catalog);
        let title = format!("{} errors", catalog.api.title);
        let settings = file(&book, "book.toml");
        let line = settings.lines().nth(1).unwrap();
        // A basic string of TOML is a string of JSON here.
        let written: String = serde_json::from_str(line.strip_prefix("title = ").unwrap()).unwrap();
        assert_eq!(written, title);
        let index = file(&book, "src/README.md");
        assert_eq!(index.matches("](errors.html)").count(), 1, "{name}");
        let of_operations = settings.contains("/operations/README.html");
        assert_eq!(of_operations, !catalog.operations.is_empty(), "{name}");
        assert_eq!(file(&book, "badges.css"), BADGES);
    }
}

#[test]
fn the_table_of_contents_names_every_page() {
    for name in names() {
        let book = codegen::emit::book(&public(name));
        let summary = file(&book, "src/SUMMARY.md");
        let links = summary.split("](").skip(1);
        let links = links.map(|link| format!("src/{}", link.split(')').next().unwrap()));
        let linked: BTreeSet<String> = links.filter(|link| link != "src/").collect();
        let pages = book.iter().map(|file| file.path.clone());
        let pages = pages.filter(|path| path.strip_suffix(".md").is_some());
        let pages: BTreeSet<String> = pages.filter(|path| path != "src/SUMMARY.md").collect();
        assert_eq!(linked, pages, "{name}");
    }
}

fn file<'a>(book: &'a [Artifact], path: &str) -> &'a str {
    let found = book.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("no file {path}")).contents
}
