//! `gen`: writes the outputs, or proves that they are current.

use std::time::Instant;

use codegen::artifact::Group;

use crate::Verdict;
use crate::cli::{GenOptions, Paths};
use crate::disk::{self, Change, Comparison};
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &GenOptions) -> anyhow::Result<Verdict> {
    let start = Instant::now();
    let (inputs, outcome) = project::compile(paths)?;
    let root = project::output_root(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        terminal::print("nothing was written\n")?;
        return Ok(Verdict::AtFault);
    };
    let plan = codegen::plan(&catalog);
    let rendered = start.elapsed();
    let spliced = disk::spliced(&root, &plan)?;
    if !spliced.faults.is_empty() {
        spliced.faults.iter().for_each(terminal::error);
        terminal::print("nothing was written\n")?;
        return Ok(Verdict::AtFault);
    }
    let comparison = disk::compare(&root, &plan, &spliced.files)?;
    if options.check {
        return check(&comparison, paths);
    }
    if !comparison.in_the_way.is_empty() {
        for path in &comparison.in_the_way {
            terminal::error(format_args!(
                "{path} stands where an output belongs and was not written by this tool: move it away"
            ));
        }
        terminal::print("nothing was written\n")?;
        return Ok(Verdict::AtFault);
    }
    disk::apply(&root, &comparison)?;
    let wrote = start.elapsed().saturating_sub(rendered);
    for group in Group::ALL {
        terminal::print(summary(group, &comparison))?;
    }
    terminal::print(format_args!(
        "rendered in {} ms, compared and wrote in {} ms\n",
        rendered.as_millis(),
        wrote.as_millis()
    ))?;
    for path in &comparison.foreign {
        terminal::warn(format_args!(
            "{path} was not written by this tool and is left alone: move it out of the generated folder"
        ))?;
    }
    Ok(Verdict::Fine)
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
