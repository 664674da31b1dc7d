//! Reads a catalog from a git revision.

mod command;
#[cfg(feature = "init")]
mod state;
mod tree;

use std::path::Path;

use anyhow::{Context, bail};
use codegen::Inputs;

use crate::loader::{self, Read, Tree as _};
use command::Git;
#[cfg(feature = "init")]
pub(crate) use state::{State, state};
use tree::Tree;

/// Reads a catalog and the files that it includes from a revision.
pub(crate) fn reading(catalog: &Path, revision: &str) -> anyhow::Result<Inputs> {
    let folder = match catalog.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let file = catalog.file_name().and_then(|name| name.to_str());
    let file = file.context("the name of the catalog is not UTF-8: rename the file")?;
    let git = Git::new(folder);
    let commit = commit(&git, revision)?;
    let prefix = git.line(&["rev-parse", "--show-prefix"])?;
    let place = format!("{revision}:{prefix}");
    let gone = || {
        format!(
            "{revision} has no catalog at {prefix}{file}: name an older file with --against, such as one that `git show` wrote, or a revision that has it"
        )
    };
    let Some(mut tree) = Tree::new(git, &commit, &prefix, place)? else {
        bail!(gone());
    };
    match tree.read(file)? {
        Read::File(found) => {
            let mut inputs = Inputs::new(found.source).called(file);
            loader::load(&mut inputs, &mut tree)?;
            Ok(inputs)
        }
        Read::Absent | Read::NoFile | Read::Outside => bail!(gone()),
    }
}

/// The commit that a revision names.
fn commit(git: &Git, revision: &str) -> anyhow::Result<String> {
    let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let peeled = format!("{revision}^{{commit}}");
    let found = git.try_line(&[&arguments[..], &[peeled.as_str()]].concat());
    let found = found.with_context(|| {
        format!("there is no file {revision}, and git cannot resolve it as a revision")
    })?;
    if let Some(commit) = found {
        return Ok(commit);
    }
    if Path::new(revision).is_dir() {
        bail!("{revision} is a folder: name the file in it, or a git revision");
    }
    let is_shallow = git.line(&["rev-parse", "--is-shallow-repository"])?;
    let help = if is_shallow == "true" {
        "this clone is shallow, so `git fetch --unshallow` may get it"
    } else {
        "`git fetch` may get it; `git branch --all` and `git tag` list the known ones"
    };
    bail!("{revision} is neither a file nor a git revision: {help}")
}
