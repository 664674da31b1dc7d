//! `docs`: builds the guide and the error reference as a book.

use std::process::Command;

use anyhow::bail;

use crate::cli::{DocsOptions, Paths};
use crate::status::Status;
use crate::{project, terminal};

/// The oldest supported version of mdBook.
const OLDEST: [u32; 2] = [0, 5];

pub(crate) fn run(paths: &Paths, options: &DocsOptions) -> anyhow::Result<Status> {
    project::refuse_places(paths, "docs builds the book of the project")?;
    let root = project::output_root(paths)?;
    let book = root.join("docs");
    if !book.join("book.toml").is_file() {
        bail!("missing file {}", book.join("book.toml").display());
    }
    find_mdbook()?;
    let mut command = Command::new("mdbook");
    command.arg("build");
    if options.open {
        command.arg("--open");
    }
    if !command.arg(&book).status()?.success() {
        bail!("mdbook failed to build {}", book.display());
    }
    let index = root.join("target/book/index.html");
    terminal::print(format_args!("the book is in {}\n", index.display()))?;
    Ok(Status::Ok)
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
