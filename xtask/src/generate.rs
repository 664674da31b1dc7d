//! `gen`: writes the outputs, or proves that they are current.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use codegen::artifact::{Artifact, Group, Plan};
use codegen::{Catalog, Inputs, Outcome};

use crate::Verdict;
use crate::cli::{GenOptions, Paths};
use crate::disk::{self, Change, Comparison};
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &GenOptions) -> anyhow::Result<Verdict> {
    let start = Instant::now();
    let (inputs, outcome) = project::compile(paths)?;
    let Some(ready) = prepare(paths, &inputs, outcome)? else {
        terminal::print("nothing was written\n")?;
        return Ok(Verdict::AtFault);
    };
    let rendered = start.elapsed();
    let comparison = ready.compare()?;
    if options.check {
        return check(&comparison, paths);
    }
    if !ready.write(&comparison)? {
        terminal::print("nothing was written\n")?;
        return Ok(Verdict::AtFault);
    }
    let wrote = start.elapsed().saturating_sub(rendered);
    for group in Group::ALL {
        terminal::print(summary(group, &comparison))?;
    }
    terminal::print(format_args!(
        "rendered in {} ms, compared and wrote in {} ms\n",
        rendered.as_millis(),
        wrote.as_millis()
    ))?;
    warn_of_foreign(&comparison)?;
    Ok(Verdict::Fine)
}

/// The outputs of a catalog without errors, and where they go.
pub(crate) struct Ready {
    root: PathBuf,
    plan: Plan,
    /// Hand-written files with the regions in their places, and what is on the disk.
    spliced: Vec<(Artifact, String)>,
}

/// Shows the findings and renders the outputs, unless something stands in the way, which is shown too.
pub(crate) fn prepare(
    paths: &Paths,
    inputs: &Inputs,
    outcome: Outcome<Catalog>,
) -> anyhow::Result<Option<Ready>> {
    let root = project::output_root(paths)?;
    terminal::diagnostics(inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return Ok(None);
    };
    let plan = codegen::plan(&catalog);
    let spliced = disk::spliced(&root, &plan)?;
    if !spliced.faults.is_empty() {
        spliced.faults.iter().for_each(terminal::error);
        return Ok(None);
    }
    Ok(Some(Ready {
        root,
        plan,
        spliced: spliced.files,
    }))
}

impl Ready {
    pub(crate) fn compare(&self) -> anyhow::Result<Comparison<'_>> {
        disk::compare(&self.root, &self.plan, &self.spliced)
    }

    /// Makes the disk as planned; or shows what is in the way of it, and answers with no.
    pub(crate) fn write(&self, comparison: &Comparison<'_>) -> anyhow::Result<bool> {
        if !is_free(comparison) {
            return Ok(false);
        }
        disk::apply(&self.root, comparison)?;
        Ok(true)
    }

    /// The folder that the outputs go to.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}

/// Whether nothing stands where outputs belong; shows what does.
pub(crate) fn is_free(comparison: &Comparison<'_>) -> bool {
    for path in &comparison.in_the_way {
        terminal::error(format_args!(
            "{path} stands where an output belongs and was not written by this tool: move it away"
        ));
    }
    comparison.in_the_way.is_empty()
}

pub(crate) fn warn_of_foreign(comparison: &Comparison<'_>) -> io::Result<()> {
    comparison.foreign.iter().try_for_each(|path| {
        terminal::warn(format_args!(
            "{path} was not written by this tool and is left alone: move it out of the generated folder"
        ))
    })
}

fn summary(group: Group, comparison: &Comparison<'_>) -> String {
    let changes = || {
        comparison
            .changes
            .iter()
            .filter(|change| Group::of(change.path()) == group)
    };
    let removed = changes()
        .filter(|change| matches!(change, Change::Surplus { .. }))
        .count();
    let written = changes().count() - removed;
    let current = comparison
        .current
        .iter()
        .filter(|path| Group::of(path) == group)
        .count();
    format!(
        "{:8} {written} written, {current} unchanged, {removed} removed\n",
        group.name()
    )
}

/// Prints what a run would change. Anything at all is a fault: the outputs do not say what the
/// catalog says.
fn check(comparison: &Comparison<'_>, paths: &Paths) -> anyhow::Result<Verdict> {
    for change in &comparison.changes {
        if let Change::Stale { artifact, on_disk } = change {
            let generated = format!("{} (generated)", artifact.path);
            terminal::diff((&artifact.path, on_disk), (&generated, &artifact.contents))?;
        }
    }
    for change in &comparison.changes {
        let word = match change {
            Change::Missing { .. } => "missing",
            Change::Stale { .. } => "stale",
            Change::Surplus { .. } => "surplus",
        };
        terminal::print(format_args!("{word:8} {}\n", change.path()))?;
    }
    let in_the_way = comparison.in_the_way.iter().copied();
    let mut foreign: Vec<&str> = in_the_way
        .chain(comparison.foreign.iter().map(String::as_str))
        .collect();
    foreign.sort_unstable();
    for path in &foreign {
        terminal::print(format_args!(
            "foreign  {path} (not written by this tool: move it away)\n"
        ))?;
    }
    if comparison.changes.is_empty() && foreign.is_empty() {
        let files = terminal::plural(comparison.current.len(), "file");
        terminal::print(format_args!("{files} current\n"))?;
        return Ok(Verdict::Fine);
    }
    let command = project::command("gen", paths);
    if !comparison.in_the_way.is_empty() {
        terminal::print(format_args!(
            "move the foreign files away, then run `{command}` and commit the result\n"
        ))?;
    } else if !comparison.changes.is_empty() {
        terminal::print(format_args!("run `{command}` and commit the result\n"))?;
    }
    Ok(Verdict::AtFault)
}
