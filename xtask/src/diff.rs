//! `diff`: the changes since a release or another catalog.

use std::path::Path;

use anyhow::{Context, bail};
use codegen::Inputs;
use codegen::catalog::ChangeLevel;
use codegen::compat::{self, Change, Diff, Unreadable};
use codegen::edit;
use codegen::report::changes::{self, Compared};

use crate::cli::{DiffFormat, DiffOptions, FailOn, Paths};
use crate::disk::atomic_write;
use crate::status::Status;
use crate::{fmt, git, project, terminal};

pub(crate) fn run(paths: &Paths, options: &DiffOptions) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, "diff is about the catalog alone")?;
    let new = project::reading(paths)?.inputs;
    let old = baseline(paths, &new, options.against.as_deref())?;
    let diff = match compat::diff(&old, &new) {
        Ok(diff) => diff,
        Err(unreadable) => return unread((&old, &new), unreadable),
    };
    if let (Some(fingerprint), Some(reason)) = (&options.accept, &options.reason) {
        project::remove_leftovers(paths, &new)?;
        return accept((&old, &new), &diff, fingerprint, reason);
    }
    let compared = Compared {
        old: &old,
        new: &new,
        diff: &diff,
    };
    terminal::print(match options.format {
        DiffFormat::Text => changes::text(compared, terminal::style_of_results()),
        DiffFormat::Json => changes::json(compared),
        DiffFormat::Markdown => changes::markdown(compared),
        DiffFormat::Github => changes::github(compared),
    })?;
    Ok(verdict(&diff, options.fail_on))
}

/// What the catalog is compared with.
fn baseline(paths: &Paths, new: &Inputs, against: Option<&str>) -> anyhow::Result<Inputs> {
    let catalog = project::catalog_file(paths)?;
    let Some(against) = against else {
        let lock = new.lock().cloned().with_context(|| {
            format!(
                "no {}: nothing was released; run `{}` first, or pass --against",
                project::lock_file(&catalog).display(),
                project::command("release VERSION", paths)
            )
        })?;
        return Ok(Inputs::new(lock));
    };
    let file = Path::new(against);
    if file.is_file() {
        return Ok(project::reading_of(file)?.inputs);
    }
    git::reading(&catalog, against)
}

fn unread((old, new): (&Inputs, &Inputs), unreadable: Unreadable) -> anyhow::Result<Status> {
    match unreadable {
        Unreadable::Old(found) => terminal::diagnostics(old, &found)?,
        Unreadable::New(found) => terminal::diagnostics(new, &found)?,
    }
    Ok(Status::Failed)
}

fn verdict(diff: &Diff, fail_on: Option<FailOn>) -> Status {
    let least = match fail_on {
        None => return Status::Ok,
        Some(FailOn::Breaking) => ChangeLevel::Breaking,
        Some(FailOn::Risky) => ChangeLevel::Risky,
    };
    // The most serious level is the first one.
    let strikes = |change: &Change| change.level <= least && change.is_open();
    if diff.changes.iter().any(strikes) {
        Status::Failed
    } else {
        Status::Ok
    }
}

/// Accepts a change in the catalog.
fn accept(
    (old, new): (&Inputs, &Inputs),
    diff: &Diff,
    fingerprint: &str,
    reason: &str,
) -> anyhow::Result<Status> {
    let change = acceptable(diff, fingerprint)?;
    if reason.trim().is_empty() {
        bail!("--reason is empty: state why the change is accepted");
    }
    let (id, text) = match edit::accept(new, fingerprint, reason) {
        Ok(accepted) => accepted,
        Err(refusal) => return fmt::refused(new, refusal),
    };
    let after = new.clone().with_text(id, text.clone());
    let now = match compat::diff(old, &after) {
        Ok(now) => now,
        Err(unreadable) => {
            unread((old, &after), unreadable)?;
            terminal::print("nothing was changed\n")?;
            return Ok(Status::Failed);
        }
    };
    let mut accepted = now.changes.iter();
    let is_accepted = accepted.any(|change| {
        change.fingerprint == fingerprint && change.accepted.as_deref() == Some(reason)
    });
    let name = new.sources()[id.0 as usize].name();
    if !is_accepted {
        bail!(
            "{name} would not accept the change: this is a bug in the tool, and nothing was changed"
        );
    }
    atomic_write::hand_written(Path::new(name), &text)?;
    terminal::print(format_args!(
        "accepted in {name}: {}: {}\n{}\n",
        change.subject(),
        change.text,
        changes::sum(&now)
    ))?;
    Ok(Status::Ok)
}

/// The change with this fingerprint, if it can be accepted and is not.
fn acceptable<'a>(diff: &'a Diff, fingerprint: &str) -> anyhow::Result<&'a Change> {
    let mut all = diff.changes.iter();
    if let Some(change) = all.find(|change| change.fingerprint == fingerprint) {
        if let Some(reason) = &change.accepted {
            bail!("the change is accepted already, because: {reason}");
        }
        if change.level == ChangeLevel::Safe {
            bail!("the change is safe: it needs no acceptance");
        }
        return Ok(change);
    }
    let open = || diff.changes.iter().filter(|change| change.is_open());
    let known = open().map(|change| change.fingerprint.as_str());
    if let Some(meant) = codegen::closest(fingerprint, known) {
        bail!("no change has the fingerprint {fingerprint}: did you mean {meant}?");
    }
    bail!(
        "no change since the last release has the fingerprint {fingerprint}: `cargo xtask diff` shows the {} that can be accepted",
        terminal::plural(open().count(), "change")
    )
}
