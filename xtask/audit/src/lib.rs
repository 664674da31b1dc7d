//! Whether an API keeps what its catalog of errors says: exchanges and source code, checked against it.
//!
//! The package contains the program `error-catalog-audit`. `cargo xtask` hands its verbs over to it, so that only those
//! who use them build their dependencies.

mod cli;
mod coverage;
pub mod exchange;
pub mod finding;
mod json;
pub mod judge;
mod live_check;
mod proxy;
pub mod recording;
pub mod report;
pub mod seen;
pub mod tally;

use std::process::ExitCode;

use error_catalog::toolkit::{self, Status};

use cli::{Cli, Verb};

/// Runs the command line of this process, and returns its exit code.
///
/// 0 means that there is no error, 1 that what was checked has errors, and 2 a usage or I/O error. The process ends in
/// this function if the arguments are wrong, or ask for help or the version.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     error_catalog_audit::main()
/// }
/// ```
#[must_use]
pub fn main() -> ExitCode {
    toolkit::main(run)
}

fn run(cli: &Cli) -> anyhow::Result<Status> {
    match &cli.verb {
        Verb::LiveCheck(options) => live_check::run(cli.catalog.as_deref(), options),
        Verb::Coverage(options) => coverage::run(cli.catalog.as_deref(), options),
    }
}
