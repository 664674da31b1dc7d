//! `fmt`: formats the catalog in the canonical form.

use std::path::Path;

use anyhow::bail;
use codegen::Inputs;
use codegen::edit::{self, Refusal};

use crate::cli::{FmtOptions, Paths};
use crate::disk::atomic_write;
use crate::status::Status;
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &FmtOptions) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, "fmt writes no outputs")?;
    let inputs = project::reading(paths)?.inputs;
    let texts = match edit::format(&inputs) {
        Ok(texts) => texts,
        Err(refusal) => return refused(&inputs, refusal),
    };
    let sources = inputs.sources().iter().zip(&texts);
    let changed: Vec<_> = sources
        .filter(|(source, text)| source.text() != **text)
        .collect();
    if !options.check {
        project::remove_leftovers(paths, &inputs)?;
    }
    if changed.is_empty() {
        let files = terminal::plural(texts.len(), "file");
        terminal::print(format_args!("{files} in canonical form\n"))?;
        return Ok(Status::Ok);
    }
    for (source, text) in &changed {
        let name = source.name();
        if options.check {
            terminal::diff(
                (name, source.text()),
                (&format!("{name} (formatted)"), text),
            )?;
        } else {
            atomic_write::hand_written(Path::new(name), text)?;
            terminal::print(format_args!("formatted {name}\n"))?;
        }
    }
    if options.check {
        let command = project::command("fmt", paths);
        terminal::print(format_args!("run `{command}` and commit the result\n"))?;
        return Ok(Status::Failed);
    }
    Ok(Status::Ok)
}

/// Reports why the catalog is not changed.
pub(crate) fn refused(inputs: &Inputs, refusal: Refusal) -> anyhow::Result<Status> {
    match refusal {
        Refusal::Findings(found) => {
            terminal::diagnostics(inputs, &found)?;
            terminal::print("nothing was changed\n")?;
            Ok(Status::Failed)
        }
        Refusal::Fault(name) => bail!(
            "cannot edit {name} without changing its meaning, which is a bug of this tool: nothing was changed"
        ),
    }
}
