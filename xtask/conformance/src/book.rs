//! The books in a browser, and the pages in four Markdown engines.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use codegen::Catalog;
use codegen::artifact::Region;
use fs_err as fs;

use crate::catalogs::{self, FIXTURES};
use crate::check::Check;
use crate::context::Context;
use crate::driver;
use crate::model::Language;
use crate::terminal::step;
use crate::toolchain;

/// The version to install if mdBook is missing.
const MDBOOK: &str = "mdbook@0.5.4";

/// The book of the errors alone, below the root.
const ERRORS_BOOK: &str = "target/errors/book";

/// The longest time that a build of the book, or of mdBook itself, may take.
const TIMEOUT: Duration = Duration::from_secs(1200);

/// The test catalogs with the most difficult texts and with every kind of page.
const OTHERS: [&str; 5] = [
    "hostile_markup",
    "hostile_names",
    "hostile_strings",
    "hostile_unicode",
    "lifecycle",
];

pub(crate) fn check(context: &Context<'_>, chromium: &Path) -> anyhow::Result<Vec<Check>> {
    let work = context.folder.join("docs");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let mdbook = step("installing mdBook", || mdbook(context))?;
    let mut checks = vec![step("building the books", || build(context, &mdbook))?];
    let mut compare = |name: &str, catalog: &Catalog| {
        let compare = || compare(context, &mdbook, catalog, &work.join(name));
        let what = format!("rendering the pages of the {name} catalog in four engines");
        step(&what, compare).map(|found| checks.extend(found))
    };
    compare("sample", context.catalog)?;
    for name in OTHERS {
        let folder = context.root.join(FIXTURES).join(name);
        compare(name, &catalogs::compile(&folder)?)?;
    }
    if checks[0].faults.is_empty() {
        for (book, pages) in [("target/book", "/errors/"), (ERRORS_BOOK, "/")] {
            let pictures = work.join("pictures").join(book.replace('/', "-"));
            let search = || search(context, chromium, (book, pages), &pictures);
            checks.extend(step(&format!("searching {book} in Chromium"), search)?);
        }
    }
    Ok(checks)
}

/// The mdBook in PATH, or else one in the folder of this suite.
fn mdbook(context: &Context<'_>) -> anyhow::Result<PathBuf> {
    if let Ok(found) = toolchain::mdbook() {
        return Ok(found);
    }
    let place = context.folder.join("mdbook");
    let program = place.join("bin/mdbook");
    if !program.is_file() {
        let mut command = Command::new(toolchain::cargo());
        command.args(["install", "--locked", "--quiet", "--root"]);
        command.arg(&place).arg(MDBOOK);
        toolchain::output(command, TIMEOUT, context.folder, "mdbook-install")?;
    }
    Ok(program)
}

/// Builds the book with `cargo xtask docs`.
fn build(context: &Context<'_>, mdbook: &Path) -> anyhow::Result<Check> {
    let mut command = Command::new(toolchain::cargo());
    command.args(["xtask", "docs"]).current_dir(context.root);
    // An mdBook in PATH has no folder here.
    let folder = mdbook.parent();
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        command.env("PATH", toolchain::path_with(folder)?);
    }
    let ended = toolchain::run(command, TIMEOUT, context.folder, "book")?;
    let is_clean = ended.success && !ended.err.contains("WARN") && !ended.err.contains("ERROR");
    let mut faults = Vec::new();
    if is_clean {
        faults.extend(foreign(context)?);
    } else {
        faults.push(ended.err);
    }
    Ok(Check {
        tool: "cargo xtask docs".to_owned(),
        subject: "the books".to_owned(),
        faults,
    })
}

/// What the book of the errors lacks, or has of the guide.
fn foreign(context: &Context<'_>) -> anyhow::Result<Option<String>> {
    let book = context.root.join(ERRORS_BOOK);
    let index = fs::read_to_string(book.join("index.html"))?;
    let title = format!("{} errors</title>", context.catalog.api.title);
    if !index.contains(&title) || !index.contains("href=\"errors.html\"") {
        return Ok(Some("the index lacks the title or the link".to_owned()));
    }
    let page = fs::read_to_string(book.join("errors.html"))?;
    let generated = fs::read_to_string(context.root.join("docs/errors/errors.html"))?;
    if page != generated {
        return Ok(Some("errors.html is not the generated one".to_owned()));
    }
    for entry in fs::read_dir(context.root.join("docs"))? {
        let path = entry?.path();
        let is_page = path.extension().is_some_and(|end| end == "md");
        let page = path.with_extension("html");
        let page = page.file_name().unwrap_or_default();
        if is_page && book.join(page).is_file() {
            let fault = format!("it has the page {} of the guide", page.display());
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// Renders the pages of a catalog with each engine, and compares the visible text.
fn compare(
    context: &Context<'_>,
    mdbook: &Path,
    catalog: &Catalog,
    site: &Path,
) -> anyhow::Result<Vec<Check>> {
    write(catalog, site)?;
    let mut command = Command::new(mdbook);
    command.arg("build").arg(site.join("docs"));
    toolchain::output(command, TIMEOUT, context.folder, "mdbook")?;
    let python = context.environments.of(Language::Python)?;
    let mut command = python.python();
    command.args(["-m", "mkdocs", "build", "--quiet", "--config-file"]);
    command.arg(site.join("mkdocs.yml"));
    toolchain::output(command, TIMEOUT, context.folder, "mkdocs")?;
    let node = context.environments.of(Language::Node)?;
    let mut command = node.driver("render_mdx.mjs");
    command.arg(site.join("docs/errors")).arg(site.join("mdx"));
    let ended = toolchain::run(command, TIMEOUT, context.folder, "mdx")?;
    if !ended.success {
        let site = site.display().to_string();
        return Ok(vec![Check::new("@mdx-js/mdx", site, Some(ended.err))]);
    }
    let mut checks = compared(context, site)?;
    checks.push(planted(context, site)?);
    Ok(checks)
}

fn compared(context: &Context<'_>, site: &Path) -> anyhow::Result<Vec<Check>> {
    let python = context.environments.of(Language::Python)?;
    let mut command = python.driver("compare_pages.py");
    command.arg(site);
    let report = driver::run(command, context.folder, "compare-pages")?;
    Ok(Check::of_driver(report).collect())
}

/// Checks that an additional word, in one page of one engine, is found.
fn planted(context: &Context<'_>, site: &Path) -> anyhow::Result<Check> {
    let page = site.join("mdx/README.html");
    let text = fs::read_to_string(&page)?;
    fs::write(&page, format!("{text}<p>planted</p>"))?;
    let found = compared(context, site)?;
    fs::write(&page, text)?;
    let failed = found.iter().filter(|check| !check.faults.is_empty());
    let failed: Vec<&str> = failed.map(|check| check.subject.as_str()).collect();
    let index = site.join("docs/errors/README.md");
    let is_found = failed == [index.to_string_lossy()];
    let fault = (!is_found).then(|| format!("reported for {failed:?}"));
    Ok(Check::new(
        "a planted difference",
        site.display().to_string(),
        fault,
    ))
}

/// Writes the pages, the export, and the configuration of the engines.
fn write(catalog: &Catalog, site: &Path) -> anyhow::Result<()> {
    let plan = codegen::plan(catalog);
    for artifact in &plan.artifacts {
        let path = match artifact.path.as_str() {
            "generated/errors.json" => site.join("errors.json"),
            path if path.starts_with("docs/") => site.join(path),
            _ => continue,
        };
        fs::create_dir_all(path.parent().unwrap_or(site))?;
        fs::write(path, &artifact.contents)?;
    }
    let empty = format!("# Summary\n\n{}\n{}\n", Region::START, Region::END);
    let summary = plan.regions.iter();
    for region in summary.filter(|region| region.path == "docs/SUMMARY.md") {
        let spliced = region.splice(&empty).ok().flatten();
        let spliced = spliced.context("a region has no markers")?;
        fs::write(site.join(region.path), spliced)?;
    }
    let book = "[book]\nsrc = \".\"\n[build]\nbuild-dir = \"../mdbook\"\n[output.html]\nsmart-punctuation = false\n";
    fs::write(site.join("docs/book.toml"), book)?;
    let mkdocs = "site_name: Errors\ndocs_dir: docs\nsite_dir: mkdocs\n";
    fs::write(site.join("mkdocs.yml"), mkdocs)?;
    Ok(())
}

/// Searches a book for every code, in a browser. The book is a folder, and the path of the pages of the errors in it.
fn search(
    context: &Context<'_>,
    chromium: &Path,
    (book, pages): (&str, &str),
    pictures: &Path,
) -> anyhow::Result<Vec<Check>> {
    let node = context.environments.of(Language::Node)?;
    let mut command = node.driver("search_book.mjs");
    command.arg(context.root.join(book)).arg(pages);
    command.arg(context.folder.join("docs/sample/errors.json"));
    command.arg(chromium).arg(pictures);
    let report = driver::run(command, context.folder, "search-book")?;
    Ok(Check::of_driver(report).collect())
}
