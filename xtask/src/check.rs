//! `check`: diagnostics only.

use codegen::report;

use crate::cli::{CheckFormat, CheckOptions, Paths};
use crate::program::Program;
use crate::status::Status;
use crate::{project, terminal};

pub(crate) fn run(paths: &Paths, options: &CheckOptions) -> anyhow::Result<Status> {
    let (inputs, outcome) = project::compile(paths)?;
    let diagnostics = Program::current().named_in(&outcome.diagnostics);
    let diagnostics = &diagnostics[..];
    match options.format {
        CheckFormat::Json => terminal::print(report::json(&inputs, diagnostics))?,
        CheckFormat::Github => terminal::print(report::github(&inputs, diagnostics))?,
        CheckFormat::Sarif => terminal::print(report::sarif(&inputs, diagnostics))?,
        CheckFormat::Text => {
            terminal::diagnostics(&inputs, diagnostics)?;
            if let Some(catalog) = &outcome.value {
                let types = terminal::plural(catalog.types.len(), "type");
                let codes = terminal::plural(catalog.codes.len(), "code");
                let findings = terminal::count(diagnostics);
                terminal::print(format_args!("{types}, {codes}: {findings}\n"))?;
            }
        }
    }
    let status = match outcome.value {
        Some(_) => Status::Ok,
        None => Status::Failed,
    };
    // The process ends here, and with it all its memory at once.
    std::mem::forget(outcome);
    Ok(status)
}
