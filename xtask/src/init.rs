//! `init`: brings the tool into a repository.

mod answers;
mod catalog;
mod ci;
mod files;
mod formatters;
mod lines;
mod manifest;
mod tool;

use std::path::{Path, PathBuf};

use anyhow::bail;
use codegen::Inputs;
use codegen::artifact::Group;

use crate::cli::InitOptions;
use crate::disk::transaction::{self, Edit};
use crate::disk::{Comparison, Keep};
use crate::status::Status;
use crate::{generate, git, terminal};
use files::Files;

pub(crate) fn run(options: &InitOptions) -> anyhow::Result<Status> {
    if options.out.is_some() || options.catalog.is_some() {
        bail!("init writes a project of its own: name its folder, and remove --catalog and --out");
    }
    let root = options.folder.as_path();
    let mut files = Files::new(root)?;
    manifest::edit(&mut files, options)?;
    tool::edit(&mut files, options)?;
    let Some(inputs) = catalog::edit(&mut files, options)? else {
        return terminal::nothing_written(&[]);
    };
    lines::edit(&mut files)?;
    formatters::edit(&mut files)?;
    if let Some(service) = options.ci {
        ci::edit(&mut files, service)?;
    }
    let Some((catalog, outputs)) = generate::render(&inputs, root.to_owned(), Keep::InMemory)?
    else {
        return Ok(Status::Failed);
    };
    let comparison = outputs.comparison();
    let obstacles = comparison.obstacles();
    if !obstacles.is_empty() {
        return terminal::nothing_written(&obstacles);
    }
    let edits = outputs.edits();
    if files.is_unchanged() && edits.is_empty() {
        terminal::print("everything is in place: nothing to do\n")?;
        return Ok(Status::Ok);
    }
    if options.dry_run {
        return dry_run(&files, comparison);
    }
    guard(&files, options)?;
    apply(&files, edits)?;
    for (path, is_new) in files.changed() {
        let word = if is_new { "created" } else { "edited" };
        terminal::print(format_args!("{word:8} {path}\n"))?;
    }
    print_outputs(comparison, "written")?;
    comparison.warnings().try_for_each(terminal::warn)?;
    files.notes().iter().try_for_each(terminal::warn)?;
    next_steps(&files, &inputs, &catalog.api.crate_name)?;
    Ok(Status::Ok)
}

fn dry_run(files: &Files, comparison: &Comparison) -> anyhow::Result<Status> {
    files.differences().try_for_each(|(path, before, after)| {
        let old = if before.is_some() { path } else { "/dev/null" };
        terminal::diff((old, before.unwrap_or_default()), (path, after))
    })?;
    print_outputs(comparison, "to write")?;
    files.notes().iter().try_for_each(terminal::warn)?;
    terminal::print("nothing was written\n")?;
    Ok(Status::Ok)
}

/// Prints the numbers of outputs.
fn print_outputs(comparison: &Comparison, word: &str) -> anyhow::Result<()> {
    for group in Group::ALL {
        let (written, _) = comparison.counts(|path| Group::of(path) == group);
        if written > 0 {
            terminal::print(format_args!("{:8} {written} {word}\n", group.name()))?;
        }
    }
    Ok(())
}

/// Refuses changes that version control could not show or undo.
fn guard(files: &Files, options: &InitOptions) -> anyhow::Result<()> {
    let edits_a_file = files.changed().any(|(_, is_new)| !is_new);
    match git::state(files.root())? {
        git::State::Clean => Ok(()),
        git::State::None if !edits_a_file || options.guard.allow_no_vcs => Ok(()),
        git::State::None => bail!(
            "{} is not in a git repository, so nothing could undo the edits: run `git init` and commit, or pass --allow-no-vcs",
            files.root().display()
        ),
        git::State::Dirty(_) if options.guard.allow_dirty => Ok(()),
        git::State::Dirty(paths) => {
            let shown: Vec<&str> = paths.iter().take(3).map(String::as_str).collect();
            let more = if paths.len() > shown.len() {
                ", …"
            } else {
                ""
            };
            bail!(
                "git has uncommitted changes ({}{more}): commit or stash them, or pass --allow-dirty",
                shown.join(", ")
            )
        }
    }
}

/// Writes everything, or restores it, the folders included.
fn apply(files: &Files, outputs: Vec<Edit>) -> anyhow::Result<()> {
    let edits: Vec<Edit> = outputs.into_iter().chain(files.edits()).collect();
    let parents = edits
        .iter()
        .flat_map(|edit| edit.path().ancestors().skip(1));
    let new = parents.filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let mut new: Vec<PathBuf> = new.map(Path::to_owned).collect();
    let applied = transaction::apply(edits);
    if applied.is_err() {
        // The deepest first. A folder that is not empty is not this run's.
        new.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        new.dedup();
        for folder in new {
            let _ = std::fs::remove_dir(folder);
        }
    }
    applied
}

fn next_steps(files: &Files, inputs: &Inputs, crate_name: &str) -> anyhow::Result<()> {
    let catalog = inputs.sources().first().map_or("", codegen::Source::name);
    let command = tool::command(files)?;
    let check = if files.exists("Cargo.lock") {
        "`cargo check`, which adds the new members to Cargo.lock,"
    } else {
        "`cargo check`,"
    };
    terminal::print(format_args!(
        "next: run {check} and commit the result; write your errors in {catalog}, and run `{command} gen`;\n\
         depend on {crate_name} = {{ path = \"generated\" }} in your server\n"
    ))?;
    Ok(())
}
