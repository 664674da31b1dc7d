//! `docs`: the guide and the error reference as a book.

use std::process::Command;

use anyhow::bail;

use crate::Verdict;
use crate::cli::{DocsOptions, Paths};
use crate::{project, terminal, tools};

pub(crate) fn run(paths: &Paths, options: &DocsOptions) -> anyhow::Result<Verdict> {
    project::refuse_places(paths, "docs builds the book of the project")?;
    let root = project::output_root(paths)?;
    let book = root.join("docs");
    if !book.join("book.toml").is_file() {
        bail!("there is no {}", book.join("book.toml").display());
    }
    let mut command = Command::new(tools::mdbook()?);
    command.arg("build");
    if options.open {
        command.arg("--open");
    }
    if !command.arg(&book).status()?.success() {
        bail!("mdbook cannot build {}", book.display());
    }
    let index = root.join("target/book/index.html");
    terminal::print(format_args!("the book is in {}\n", index.display()))?;
    Ok(Verdict::Fine)
}
