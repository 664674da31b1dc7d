//! `gen`: writes the outputs, or checks that they are current.

use std::path::PathBuf;
use std::time::Instant;

use codegen::artifact::Group;
use codegen::{Catalog, Inputs};

use crate::cli::{GenOptions, Paths};
use crate::disk::{Change, Comparison, Keep, Outputs, Seen};
use crate::status::Status;
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &GenOptions) -> anyhow::Result<Status> {
    let start = Instant::now();
    let inputs = project::reading(paths)?.inputs;
    // A check shows the differences.
    let keep = if options.check {
        Keep::InMemory
    } else {
        Keep::Staged
    };
    let Some((catalog, mut outputs)) = render(&inputs, project::output_root(paths)?, keep)? else {
        return Ok(Status::Failed);
    };
    let comparison = outputs.comparison();
    if options.check {
        return check(comparison, paths);
    }
    let rendered = start.elapsed();
    let obstacles = comparison.obstacles();
    if !obstacles.is_empty() {
        outputs.discard();
        return terminal::nothing_written(&obstacles);
    }
    project::remove_leftovers(paths, &inputs)?;
    outputs.write()?;
    let comparison = outputs.comparison();
    let wrote = start.elapsed().saturating_sub(rendered);
    for group in Group::ALL {
        print_summary(group, comparison)?;
    }
    terminal::print(format_args!(
        "rendered and compared in {} ms, wrote in {} ms\n",
        rendered.as_millis(),
        wrote.as_millis()
    ))?;
    comparison.warnings().try_for_each(terminal::warn)?;
    // The process ends here, and with it all its memory at once.
    std::mem::forget(catalog);
    Ok(Status::Ok)
}

/// Compiles the catalog and renders its outputs. Prints what is wrong with it, and why there are no outputs.
pub(crate) fn render(
    inputs: &Inputs,
    root: PathBuf,
    keep: Keep,
) -> anyhow::Result<Option<(Catalog, Outputs)>> {
    let outcome = codegen::compile(inputs);
    terminal::diagnostics(inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        terminal::nothing_written(&[])?;
        return Ok(None);
    };
    match Outputs::render(root, &catalog, keep, &mut Seen::default())? {
        Ok(outputs) => Ok(Some((catalog, outputs))),
        Err(reasons) => {
            terminal::nothing_written(&reasons)?;
            Ok(None)
        }
    }
}

fn print_summary(group: Group, comparison: &Comparison) -> anyhow::Result<()> {
    let is_own = |path: &str| Group::of(path) == group;
    let (written, removed) = comparison.counts(is_own);
    let current = comparison.current.iter();
    let current = current.filter(|path| is_own(path)).count();
    // Most catalogs have no templates.
    if group == Group::Own && written + current + removed == 0 {
        return Ok(());
    }
    terminal::print(format_args!(
        "{:8} {written} written, {current} unchanged, {removed} removed\n",
        group.name()
    ))?;
    Ok(())
}

/// Prints what a run would change. Any change is a failure: the outputs are not current.
fn check(comparison: &Comparison, paths: &Paths) -> anyhow::Result<Status> {
    for change in &comparison.changes {
        if let Change::Stale { new, on_disk } = change {
            let generated = format!("{} (generated)", new.path);
            terminal::diff((&new.path, on_disk), (&generated, new.text()))?;
        }
    }
    for change in &comparison.changes {
        let word = match change {
            Change::Missing(_) => "missing",
            Change::Stale { .. } => "stale",
            Change::Surplus { .. } => "surplus",
        };
        terminal::print(format_args!("{word:8} {}\n", change.path()))?;
    }
    let in_the_way = comparison.in_the_way.iter().map(String::as_str);
    let mut foreign: Vec<&str> = in_the_way
        .chain(comparison.foreign.iter().map(String::as_str))
        .collect();
    foreign.sort_unstable();
    for path in &foreign {
        terminal::print(format_args!(
            "foreign  {path} (not written by this tool: move or delete it)\n"
        ))?;
    }
    for path in &comparison.edited {
        terminal::print(format_args!(
            "edited   {path} (no longer an output: it stays)\n"
        ))?;
    }
    if comparison.changes.is_empty() && foreign.is_empty() {
        let files = terminal::plural(comparison.current.len(), "file");
        terminal::print(format_args!("{files} current\n"))?;
        return Ok(Status::Ok);
    }
    let command = project::command("gen", paths);
    if !comparison.in_the_way.is_empty() {
        terminal::print(format_args!(
            "move or delete the foreign files, then run `{command}` and commit the result\n"
        ))?;
    } else if !comparison.changes.is_empty() {
        terminal::print(format_args!("run `{command}` and commit the result\n"))?;
    }
    Ok(Status::Failed)
}
