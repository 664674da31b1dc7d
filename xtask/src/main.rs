//! The command line: reads the catalog, passes it to `codegen`, and compares the plan with the disk.
//!
//! Exit codes: 0 means success, 1 that the catalog or the outputs have errors, 2 a usage or I/O error.

mod check;
mod cli;
mod diff;
mod disk;
mod docs;
mod explain;
mod fmt;
mod generate;
mod git;
mod import;
mod list;
mod loader;
mod new;
mod openapi;
mod project;
mod release;
mod status;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, OpenapiVerb, Verb};
use status::Status;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(Status::Ok) => ExitCode::SUCCESS,
        Ok(Status::Failed) => ExitCode::from(1),
        Err(error) => {
            terminal::error(error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Status> {
    match &cli.verb {
        Verb::Gen(options) => generate::run(&cli.paths, options),
        Verb::Watch => watch::run(&cli.paths),
        Verb::Check(options) => check::run(&cli.paths, options),
        Verb::Explain(options) => explain::run(&cli.paths, options),
        Verb::List(options) => list::run(&cli.paths, options),
        Verb::New(options) => new::run(&cli.paths, options),
        Verb::Fmt(options) => fmt::run(&cli.paths, options),
        Verb::Release(options) => release::run(&cli.paths, options),
        Verb::Diff(options) => diff::run(&cli.paths, options),
        Verb::Docs(options) => docs::run(&cli.paths, options),
        Verb::Import(options) => import::run(options),
        Verb::Openapi(OpenapiVerb::Overlay(options)) => openapi::overlay(&cli.paths, options),
    }
}
