//! `docs`: builds the errors as a book of their own, and the guide in `docs/`, if it is a book.

use std::path::Path;
use std::process::Command;

use anyhow::bail;
use codegen::Catalog;
use fs_err as fs;

use crate::cli::{DocsOptions, Paths};
use crate::status::Status;
use crate::{project, terminal};

/// The oldest supported version of mdBook.
const OLDEST: [u32; 2] = [0, 5];

pub(crate) fn run(paths: &Paths, options: &DocsOptions) -> anyhow::Result<Status> {
    let (inputs, outcome) = project::compile(paths)?;
    let root = project::output_root(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return terminal::nothing_written(&[]);
    };
    find_mdbook()?;
    let folder = root.join("target/errors");
    let source = folder.join("source");
    write(&catalog, &source)?;
    build(&source, options)?;
    let index = folder.join("book/index.html");
    terminal::print(format_args!("the errors are in {}\n", index.display()))?;
    let guide = root.join("docs");
    if guide.join("book.toml").is_file() {
        build(&guide, options)?;
        terminal::print(format_args!("built the book of {}\n", guide.display()))?;
    }
    Ok(Status::Ok)
}

/// Writes the book of the errors into a folder of its own.
fn write(catalog: &Catalog, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for artifact in codegen::emit::book(catalog) {
        let path = folder.join(&artifact.path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, artifact.contents)?;
    }
    Ok(())
}

fn build(book: &Path, options: &DocsOptions) -> anyhow::Result<()> {
    let mut command = Command::new("mdbook");
    command.arg("build");
    if options.open {
        command.arg("--open");
    }
    if !command.arg(book).status()?.success() {
        bail!("mdbook failed to build {}", book.display());
    }
    Ok(())
}

/// Fails if mdBook is not in PATH or too old.
fn find_mdbook() -> anyhow::Result<()> {
    let how = "get it with `cargo install --locked mdbook@0.5.4`";
    let Ok(output) = Command::new("mdbook").arg("--version").output() else {
        bail!("mdbook is not installed: {how}");
    };
    let version = String::from_utf8_lossy(&output.stdout);
    let version = version.trim().trim_start_matches("mdbook v");
    let numbers = version.split('.').map_while(|number| number.parse().ok());
    if numbers.collect::<Vec<u32>>().as_slice() < OLDEST.as_slice() {
        bail!("expected mdbook 0.5 or newer, found `{version}`: {how}");
    }
    Ok(())
}
