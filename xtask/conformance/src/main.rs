//! Conformance tests: clients and tools against the example server, the generated documents and the
//! tables of changes and clients.
//!
//! Exit codes: 0 means that all checks passed, 1 that a check failed, 2 a usage or I/O error, or that a part could not run.

mod adoption;
mod audit;
mod book;
mod cases;
mod catalogs;
mod check;
mod cli;
mod clients;
mod context;
mod driver;
mod editor;
mod envelope;
mod environment;
mod exhaustive;
mod failures;
mod families;
mod formatters;
mod fuzz;
mod gateway;
mod generators;
mod growth;
mod live;
mod live_load;
mod lookup_page;
mod model;
mod openapi;
mod page;
mod proxies;
mod report;
mod requests;
mod selection;
mod server;
mod sites;
mod status;
mod stopped;
mod suite;
mod templates;
mod terminal;
mod toolchain;
mod traffic;
mod verdicts;
mod yaml;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Verb};
use status::Status;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let status = match &cli.verb {
        Some(Verb::Verdicts(options)) => verdicts::run(options),
        Some(Verb::Clients(options)) => failures::run(options),
        Some(Verb::Traffic(options)) => traffic::run(options),
        Some(Verb::LiveLoad) => live_load::run(),
        Some(Verb::Exhaustive) => exhaustive::run(),
        None => suite::run(&cli.suite),
    };
    match status {
        Ok(Status::Ok) => ExitCode::SUCCESS,
        Ok(Status::Failed) => ExitCode::from(1),
        Err(error) => {
            terminal::error(error);
            ExitCode::from(2)
        }
    }
}
