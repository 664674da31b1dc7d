//! The command line: reads the catalog, hands it to `codegen`, and compares its plan with the
//! disk.
//!
//! Exit codes: 0 is fine, 1 means that the catalog or the outputs are at fault, 2 means wrong
//! usage or a fault of the machine.

mod check;
mod cli;
mod diff;
mod disk;
mod docs;
mod explain;
mod fmt;
mod generate;
mod import;
mod include;
mod list;
mod new;
mod openapi;
mod project;
mod release;
mod replace;
mod revision;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Verb};

/// How a run that did its work went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    AtFault,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::AtFault) => ExitCode::from(1),
        Err(error) => {
            terminal::error(error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Verdict> {
    match &cli.verb {
        Verb::Gen(options) => generate::run(&cli.paths, options),
        Verb::Watch(_) => watch::run(&cli.paths),
        Verb::Check(options) => check::run(&cli.paths, options),
        Verb::Explain(options) => explain::run(&cli.paths, options),
        Verb::List(options) => list::run(&cli.paths, options),
        Verb::New(options) => new::run(&cli.paths, options),
        Verb::Fmt(options) => fmt::run(&cli.paths, options),
        Verb::Release(options) => release::run(&cli.paths, options),
        Verb::Diff(options) => diff::run(&cli.paths, options),
        Verb::Docs(options) => docs::run(&cli.paths, options),
        Verb::Import(options) => import::run(options),
        Verb::Openapi(options) => openapi::run(&cli.paths, options),
    }
}
