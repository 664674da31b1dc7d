//! `release`: freezes the catalog in its lock, and sets the version in all files that contain it.

mod cargo_lock;

use std::path::{Path, PathBuf};

use codegen::compat::Diff;
use codegen::release::{self, NotReleased, Release, Todo};
use codegen::report::changes::{self, Compared};
use codegen::{Inputs, Source};

use crate::cli::{Paths, ReleaseOptions};
use crate::disk::Keep;
use crate::disk::transaction::{self, Edit};
use crate::status::Status;
use crate::{generate, project, terminal};

pub(crate) fn run(paths: &Paths, options: &ReleaseOptions) -> anyhow::Result<Status> {
    let inputs = project::reading(paths)?.inputs;
    let version = options.version.as_str();
    let todo = if options.allow_todo {
        Todo::Allowed
    } else {
        Todo::Refused
    };
    let release = match release::release(&inputs, version, project::today(), todo) {
        Ok(release) => release,
        Err(reason) => return refused(&inputs, version, reason),
    };
    let lock = project::lock_file(&project::catalog_file(paths)?);
    let after = released(&inputs, &release, &lock);
    let root = project::output_root(paths)?;
    let Some((catalog, outputs)) = generate::render(&after, root, Keep::InMemory)? else {
        return Ok(Status::Failed);
    };
    let comparison = outputs.comparison();
    let obstacles = comparison.obstacles();
    if !obstacles.is_empty() {
        return terminal::nothing_written(&obstacles);
    }
    let mut edits = outputs.edits();
    let crate_name = &catalog.api.crate_name;
    let locks = cargo_lock::edits(outputs.root(), crate_name, version)?;
    let (written, relocked) = (edits.len(), locks.len());
    edits.extend(locks);
    for (id, text) in &release.texts {
        let name = inputs.sources()[id.0 as usize].name();
        edits.push(Edit::hand_written(PathBuf::from(name), text.clone()));
    }
    // The lock comes last: without it, nothing is released.
    edits.push(Edit::hand_written(lock, release.lock.clone()));
    if options.dry_run {
        return dry_run(&inputs, &release, version, &edits);
    }
    project::remove_leftovers(paths, &inputs)?;
    transaction::apply(edits)?;
    terminal::print(format_args!(
        "released {version}: {} changes\n{} of the catalog, {} and {} written\n",
        changes::counts(&release.diff),
        terminal::plural(release.texts.len() + 1, "file"),
        terminal::plural(written, "output"),
        terminal::plural(relocked, "Cargo.lock"),
    ))?;
    comparison.warnings().try_for_each(terminal::warn)?;
    terminal::print(format_args!(
        "commit the result, and tag it: `git tag v{version}`\n"
    ))?;
    Ok(Status::Ok)
}

/// The inputs after the release.
fn released(inputs: &Inputs, release: &Release, lock: &Path) -> Inputs {
    let mut after = inputs.clone();
    for (id, text) in &release.texts {
        after = after.with_text(*id, text.clone());
    }
    let name = lock.display().to_string();
    after.with_lock(Some(Source::new(name, release.lock.clone().into_bytes())))
}

fn refused(inputs: &Inputs, version: &str, reason: NotReleased) -> anyhow::Result<Status> {
    match reason {
        NotReleased::Findings(found) => terminal::diagnostics(inputs, &found)?,
        NotReleased::Unwritten(found) => {
            terminal::diagnostics(inputs, &found)?;
            terminal::error(format_args!(
                "{} not written yet: replace each TODO, or release with --allow-todo",
                match found.len() {
                    1 => "1 text is".to_owned(),
                    count => format!("{count} texts are"),
                }
            ));
        }
        NotReleased::BadVersion => {
            anyhow::bail!("`{version}` is not a version: use three numbers, such as 1.4.0")
        }
        NotReleased::BelowStated(stated) => terminal::error(format_args!(
            "the catalog states version {stated}: use this version or a later one"
        )),
        NotReleased::NotNewer(last) => terminal::error(format_args!(
            "{last} is already released: use a later version"
        )),
        NotReleased::Unchanged(last) => terminal::error(format_args!(
            "no changes since {last}: there is nothing to release"
        )),
        NotReleased::TooSmall { least, diff } => {
            terminal::error(format_args!(
                "{version} is too low for the changes since {}: use {least} or a later version",
                diff.old_version
            ));
            let largest = diff.version();
            let mut decisive = diff;
            decisive
                .changes
                .retain(|change| Some(change.version) == largest);
            show(inputs, &decisive)?;
        }
        NotReleased::Fault => anyhow::bail!(
            "cannot edit this catalog without changing its meaning, which is a bug of this tool: `cargo xtask fmt` may help; nothing was written"
        ),
    }
    terminal::nothing_written(&[])
}

fn dry_run(
    inputs: &Inputs,
    release: &Release,
    version: &str,
    edits: &[Edit],
) -> anyhow::Result<Status> {
    show(inputs, &release.diff)?;
    for (id, text) in &release.texts {
        let source = &inputs.sources()[id.0 as usize];
        let name = source.name();
        terminal::diff((name, source.text()), (&format!("{name} (released)"), text))?;
    }
    for edit in edits {
        let verb = if edit.is_removal() { "remove" } else { "write" };
        terminal::print(format_args!("would {verb} {}\n", edit.path().display()))?;
    }
    terminal::print(format_args!(
        "would release {version}: {} changes; nothing was written\n",
        changes::counts(&release.diff)
    ))?;
    Ok(Status::Ok)
}

/// Shows changes since the last release, whose lock is one of the inputs.
fn show(inputs: &Inputs, diff: &Diff) -> std::io::Result<()> {
    let compared = Compared {
        old: inputs,
        new: inputs,
        diff,
    };
    terminal::print(changes::text(compared, terminal::style_of_results()))
}
